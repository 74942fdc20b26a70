# SPDX-License-Identifier: Apache-2.0
"""Texts that dataclasses run, compiled while the package is built; PySide6's Python part as modules of the package."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from gems_desktop import compiled_texts

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import checked  # noqa: E402
import modules  # noqa: E402
import of_dataclasses  # noqa: E402
import shiboken_support  # noqa: E402
import shipped  # noqa: E402

Use = Callable[[Path], compiled_texts.Texts | None]
_WAYS: tuple[dict[str, bool], ...] = ({"frozen": True, "slots": True}, {"order": True}, {"kw_only": True})


def three() -> list[type]:
    """Three dataclasses, made now."""
    made = []
    for number, how in enumerate(_WAYS):
        names = {"__annotations__": {"first": int, "second": "str"}, "second": "two", "__module__": __name__}
        made.append(dataclasses.dataclass(**how)(type(f"Made{number}", (), names)))
    return made


def texts_of_three() -> list[str]:
    """What dataclasses runs for them."""
    found: list[str] = []

    def run(text: str, names: dict[str, Any], local: Any) -> None:
        found.append(text)
        exec(text, names, local)  # noqa: S102

    vars(dataclasses)["exec"] = run
    try:
        three()
    finally:
        del vars(dataclasses)["exec"]
    return found


def codes(kind: type) -> dict[str, CodeType]:
    """The code of each method of a class that dataclasses made."""
    functions = {name: getattr(value, "__wrapped__", value) for name, value in vars(kind).items()}
    return {name: each.__code__ for name, each in functions.items() if hasattr(each, "__code__")}


@pytest.fixture
def use() -> Iterator[Use]:
    """`compiled_texts.use`, undone afterwards."""
    used = []

    def one(path: Path) -> compiled_texts.Texts | None:
        used.append(compiled_texts.use(path))
        return used[-1]

    yield one
    vars(dataclasses).pop("exec", None)
    for texts in used:
        if texts is not None:
            texts.close()


def in_file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / compiled_texts.NAME
    path.write_bytes(content)
    return path


def test_a_class_is_the_same_from_the_file_and_nothing_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use: Use
) -> None:
    texts = texts_of_three()
    assert len(texts) >= 15
    plain = three()
    assert use(in_file(tmp_path, of_dataclasses.packed(texts)))
    monkeypatch.setattr(compiled_texts, "compiled", lambda text: pytest.fail(f"compiled: {text}"))
    kept = three()
    for one, other in zip(plain, kept, strict=True):
        assert codes(one) == codes(other) and codes(one)
        assert repr(one(first=1)) == repr(other(first=1))
        assert one(first=1, second="x") != other(first=1, second="x")  # two classes
        assert other(first=1) == other(first=1, second="two")
        with pytest.raises(TypeError, match="first"):
            other()


def test_a_text_that_is_not_there_is_compiled(tmp_path: Path, use: Use) -> None:
    texts = texts_of_three()
    assert use(in_file(tmp_path, of_dataclasses.packed(texts[:1])))
    assert [repr(made(first=1)) for made in three()] == [
        f"Made{number}(first=1, second='two')" for number in range(3)
    ]


def test_each_text_finds_its_own_code_and_no_other(tmp_path: Path) -> None:
    texts = [f"def f():\n return {number}" for number in range(200)]
    found = compiled_texts.opened(in_file(tmp_path, of_dataclasses.packed(texts)))
    assert found is not None
    for text in texts:
        assert found.find(text) == compiled_texts.compiled(text)
        assert found.find(text + " ") is None
    found.close()
    assert found.find(texts[0]) is None


@pytest.mark.parametrize(
    "spoil", [lambda held: b"", lambda held: b"x" + held, lambda held: held[1:], lambda held: held[:90], None]
)
def test_without_a_file_for_this_python_all_is_as_ever(tmp_path: Path, spoil: Any, use: Use) -> None:
    held = of_dataclasses.packed(texts_of_three())
    path = in_file(tmp_path, spoil(held)) if spoil else tmp_path / "nothing"
    assert not use(path)
    assert "exec" not in vars(dataclasses)
    assert three()


def test_what_can_no_longer_be_read_is_compiled(tmp_path: Path, use: Use) -> None:
    path = in_file(tmp_path, of_dataclasses.packed(texts_of_three()))
    assert use(path)
    os.truncate(path, path.stat().st_size // 2)
    assert [made(first=1).first for made in three()] == [1, 1, 1]


def test_it_is_of_this_python_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use: Use) -> None:
    path = in_file(tmp_path, of_dataclasses.packed(texts_of_three()))
    monkeypatch.setattr("importlib.util.MAGIC_NUMBER", b"\0\0\0\0")
    assert not use(path)


def test_the_bytes_are_the_same_each_time_and_say_nothing_of_this_machine(tmp_path: Path) -> None:
    names = ["gems_desktop.signer.__main__", "gems_desktop.services.facts", "gems_protocol.task", "sys"]
    sums = set()
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.bin"
        code = (
            "import of_dataclasses as made, pathlib, sys; made.write(sys.argv[2:], pathlib.Path(sys.argv[1]))"
        )
        environment = os.environ | {
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'packaging'}",
            "PYTHONHASHSEED": seed,
        }
        subprocess.run([sys.executable, "-c", code, target, *names], env=environment, check=True)
        content = target.read_bytes()
        sums.add(hashlib.sha256(content).digest())
        assert len(content) > 50_000
        assert not any(checked.needle(place).search(content) for place in checked.places())
    assert len(sums) == 1


def test_a_module_that_cannot_be_imported_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        of_dataclasses.write(["gems_desktop.no_such_module"], tmp_path / "texts.bin")


def test_the_hook_runs_before_the_others_can_make_a_class() -> None:
    assert modules.HOOKS[0] == "beforehand.py"
    assert {*of_dataclasses.STAND_INS, "qt_when_wanted.py"} == {*modules.HOOKS[1:]}


def test_the_support_of_pyside_is_taken_out_of_its_library(tmp_path: Path) -> None:
    found = shiboken_support.write(tmp_path / "modules", tmp_path / "word")
    assert {"shibokensupport", "shibokensupport.feature", "shibokensupport.signature.loader"} <= set(found)
    assert {shipped.owner_of_module(name) for name in found} == {"shiboken6"}
    held = shiboken_support.sources()
    other = [name for name in held if (tmp_path / "modules" / name).read_bytes() != held[name]]
    assert set(other) == {shiboken_support.TOOL, shiboken_support.PARSER}


_LOADED = """
import sys
from PySide6.QtCore import QObject
print(sys.modules["shibokensupport.signature.loader"].__file__, file=sys.stderr)
try:
    QObject().setObjectName(1, 2)
except TypeError as wrong:
    print(wrong)
from PySide6.support.signature import get_signature
print(get_signature(QObject.setObjectName))
"""


def loaded(*places: Path) -> tuple[str, str]:
    """Where PySide6 took its Python part from when it looks at `places` first, and what it says with it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))}
    done = subprocess.run(
        [sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True, env=environment
    )
    return done.stderr.strip(), done.stdout


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_pyside_takes_it_from_there_and_says_the_same(tmp_path: Path) -> None:
    spec = importlib.util.find_spec("shiboken6")
    assert spec is not None and spec.origin is not None
    copy = tmp_path / "copy" / "shiboken6"
    (copy / "files.dir").mkdir(parents=True)
    for file in Path(spec.origin).parent.iterdir():
        if (
            file.name == "__init__.py"
        ):  # its folder, with its links followed, is where the other is looked for
            (copy / file.name).write_bytes(file.read_bytes())
        else:
            (copy / file.name).symlink_to(file)
    shiboken_support.write(tmp_path / "modules", tmp_path / "word")
    place, said = loaded(copy.parent, tmp_path / "modules")
    assert place == str(tmp_path / "modules" / "shibokensupport" / "signature" / "loader.py")
    (copy / "files.dir").rmdir()
    place, plain = loaded(copy.parent, tmp_path / "modules")
    assert place == "shibokensupport/signature/loader.py"
    assert said == plain and "setObjectName" in said


def test_another_way_of_keeping_it_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    shiboken_support.sources()
    monkeypatch.delitem(sys.modules, "shibokensupport.signature.loader")
    with pytest.raises(shiboken_support.NoSources):
        shiboken_support.sources()


@pytest.mark.long
def test_the_folder_that_was_built_has_both() -> None:
    """GEMS_BUILT or dist/gems-desktop."""
    folder = Path(os.environ.get("GEMS_BUILT", ROOT / "dist" / "gems-desktop"))
    if not folder.is_dir():
        pytest.skip("nothing was built: ./dev package")
    inner = folder / "_internal"
    texts = compiled_texts.opened(inner / compiled_texts.NAME)
    assert texts is not None
    texts.close()
    assert (inner / compiled_texts.NAME).stat().st_size > 2_000_000  # all of ours, not only what a test makes
    assert (inner / shiboken_support.WORD).is_file()
    assert {"shibokensupport.signature.loader", "shibokensupport.feature"} <= set(checked.code(folder))
