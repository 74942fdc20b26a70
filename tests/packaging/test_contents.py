# SPDX-License-Identifier: Apache-2.0
"""What goes into the package and what must not: by reading our imports, and (with --long) the folder that was built."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import checked  # noqa: E402
import contents  # noqa: E402
import modules  # noqa: E402
import ui_resource  # noqa: E402

STARTS = ("gems_desktop.__main__", *(name for name in modules.HIDDEN if name.startswith("gems_")))


def source_of(name: str, root: Path = ROOT) -> Path | None:
    path = root / name.replace(".", "/")
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def imports(tree: ast.AST, package: str, always: bool) -> Iterator[str]:
    """What a module imports; with `always`, only what it does as soon as it is loaded itself."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join(
                    [*package.split(".")[: len(package.split(".")) - node.level + 1], base]
                ).strip(".")
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)
        elif isinstance(node, ast.expr) or (
            isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        ):
            continue
        elif not (always and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
            yield from imports(node, package, always)


@cache
def reached(root: Path = ROOT, starts: tuple[str, ...] = STARTS) -> dict[str, set[str]]:
    """Our modules that the packaged application can load, with what each loads at once."""
    found: dict[str, set[str]] = {}
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        file = source_of(name, root)
        if name in found or file is None or modules.below(name, modules.FORBIDDEN):
            continue
        tree = ast.parse(file.read_text("utf-8"))
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        found[name] = set(imports(tree, package, always=True))
        parents = [name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)]
        waiting += [*imports(tree, package, always=False), *parents]
    return found


def spoilt(found: dict[str, set[str]]) -> list[str]:
    """Our modules that would not load in the package, since they at once load what is not in it."""
    absent = (*modules.FORBIDDEN, *modules.UNUSED)
    return sorted(
        f"{name}: {one}" for name, all_ in found.items() for one in all_ if modules.below(one, absent)
    )


def test_nothing_that_is_packaged_needs_what_is_not() -> None:
    found = reached()
    assert len(found) > 300
    assert {"gems_desktop.signer.__main__", "gems_desktop.main", "gems_protocol.network"} <= found.keys()
    assert spoilt(found) == []


def test_a_window_that_imports_the_server_is_noticed(tmp_path: Path) -> None:
    package = tmp_path / "gems_desktop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text("def main():\n    from gems_desktop import shown\n")
    (package / "shown.py").write_text("from gems_platform.client import Client\n")
    found = reached(tmp_path, ("gems_desktop.__main__",))
    assert spoilt(found) == [
        "gems_desktop.shown: gems_platform.client",
        "gems_desktop.shown: gems_platform.client.Client",
    ]


def test_what_is_packaged_is_installed_by_the_applications_own_lock() -> None:
    lock = (ROOT / "packaging" / "requirements" / "app.lock").read_text("utf-8")
    locked = {match[1] for match in re.finditer(r"^([a-z0-9-]+)==", lock, re.M)}
    holders = importlib.metadata.packages_distributions()
    tops = {name.partition(".")[0] for names in reached().values() for name in names}
    others = tops - sys.stdlib_module_names - {"gems_desktop", "gems_protocol", ""}
    others -= {"compression"}  # Python 3.14 has it, and backports.zstd stands in before
    missing = {
        top
        for top in others
        if not any(re.sub(r"[-_.]+", "-", name).lower() in locked for name in holders.get(top, ()))
    }
    assert missing == set()


@pytest.mark.parametrize(
    "name", ["gems_platform.client", "gems_desktop.commands.demo", "vyper", "psycopg.types"]
)
def test_what_is_forbidden_is_found(name: str) -> None:
    assert modules.forbidden(["gems_desktop.main", name, "gems_desktop.commanding"]) == [name]


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("Crypto/Hash/_keccak.abi3.so", True),
        ("Crypto/Cipher/_raw_aes.abi3.so", False),
        (
            "Crypto/Util/_cpuid_c.abi3.so",
            True,
        ),  # without it the folder Util is not there, and _keccak not found
        ("resources/i18n/gems_ar.qm", True),
        ("resources/i18n/gems_ar.ts", False),
        ("resources/i18n/make_catalogues.py", False),
        ("gems_desktop/adapters/migrations/env.py", True),
        ("eth_utils-6.0.0.dist-info/METADATA", True),
        ("attrs-26.1.0.dist-info/METADATA", False),
        ("cryptography-50.0.2.dist-info/licenses/LICENSE", False),
        ("mnemonic/wordlist/english.txt", True),
    ],
)
def test_which_files_are_kept(target: str, kept: bool) -> None:
    assert contents.wanted(target) is kept


def test_the_windows_files_are_whole_without_the_catalogue() -> None:
    names = [path.as_posix() for path in ui_resource.files(ROOT / "ui")]
    assert {"Gems/Main.qml", "Gems/ConfirmWindow.qml", "Gems/qmldir", "Gems/tasks/Bands.js"} <= set(names)
    assert not [name for name in names if "catalogue" in name or name.endswith((".md", ".qmltypes"))]
    assert names == sorted(names)
    everything = {path.name for path in (ROOT / "ui").rglob("*.qml") if "catalogue" not in path.parts}
    assert everything <= {name.rpartition("/")[2] for name in names}


def test_too_many_files_and_strangers_are_told() -> None:
    assert checked.too_many(["x"] * checked.MOST_FILES) == []
    assert checked.too_many(["x"] * (checked.MOST_FILES + 1)) == ["441 files are more than 440"]
    paths = [
        "_internal/ui.rcc",
        "_internal/gems_platform/app.py",
        "_internal/whatever.so",
        "_internal/a/tests/b.py",
    ]
    said = "\n".join(checked.strangers(paths, ["gems_desktop.main", "uvicorn.main"]))
    for wrong in ("gems_platform/app.py", "whatever.so is of unknown origin", "a/tests/b.py", "uvicorn.main"):
        assert wrong in said
    assert "ui.rcc" not in said


def test_a_trace_of_this_machine_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\0/home/somebody/gems/x.py\0")
    clean, spoilt_ = (compile("def f(): pass", name, "exec") for name in ("gems/x.py", "/home/somebody/x.py"))
    files = {"a": tmp_path / "a"}
    assert checked.traces(files, {"x": clean}, ["/home/other/gems/"]) == []
    assert checked.traces(files, {"x": spoilt_}, ["/home/somebody/gems/"]) == [
        "a names /home/somebody/gems/",
        "the module x names /home/somebody/x.py",
    ]


@pytest.mark.long
def test_the_folder_that_was_built(tmp_path: Path) -> None:
    """GEMS_BUILT or dist/gems-desktop, whole; and with the server's code put into it, not any more."""
    folder = Path(os.environ.get("GEMS_BUILT", ROOT / "dist" / "gems-desktop"))
    if not folder.is_dir():
        pytest.skip("nothing was built: ./dev package")
    assert checked.faults(folder) == []
    for archive in folder.parent.glob("gems-desktop-*.tar.xz"):
        assert archive.stat().st_size <= checked.MOST_PACKED
    other = Path(shutil.copytree(folder, tmp_path / "gems-desktop", symlinks=True))
    (other / "_internal" / "gems_platform").mkdir()
    (other / "_internal" / "gems_platform" / "app.py").write_text(f"# {ROOT}/gems_platform/app.py\n")
    assert len(checked.faults(other)) == 3  # not the user's, unknown, and it names this machine
