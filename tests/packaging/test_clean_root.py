# SPDX-License-Identifier: Apache-2.0
"""The clean root: what is read of this machine, what is said where it cannot be made, and (--long) a real one."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEWER = """Types: deb
# a comment: with a colon
URIs: http://mirror.test/debian http://other.test/debian
Suites: stable stable-updates
Components: main
Signed-By: /usr/share/keyrings/test.gpg

Types: deb
URIs: http://security.test/debian
Suites: stable-security
Components: main
"""
OLDER = """# deb http://commented.test/debian stable main
deb-src http://source.test/debian stable main
deb http://tools.test/debian tools-stable main
deb [arch=amd64 signed-by=/usr/share/keyrings/test.gpg] http://mirror.test/debian stable main contrib
"""
Fake = Callable[[str], Path]


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sources() -> ModuleType:
    return loaded("apt_sources")


@pytest.fixture
def clean_root(sources: ModuleType) -> ModuleType:
    return loaded("clean_root")


def etc(folder: Path, name: str, text: str, suite: str = "stable") -> Path:
    """A made-up /etc with one file of sources."""
    (folder / "apt" / "sources.list.d").mkdir(parents=True)
    (folder / "os-release").write_text(f'ID=debian\nVERSION_CODENAME="{suite}"\n')
    (folder / "apt" / name).write_text(text)
    return folder


@pytest.mark.parametrize(
    ("name", "text"), [("sources.list", OLDER), ("sources.list.d/debian.sources", NEWER)]
)
def test_the_mirror_of_this_machine(sources: ModuleType, tmp_path: Path, name: str, text: str) -> None:
    found = sources.find(etc(tmp_path, name, text))
    assert found == sources.Source("http://mirror.test/debian", "stable", "/usr/share/keyrings/test.gpg")


def test_no_mirror(sources: ModuleType, tmp_path: Path) -> None:
    assert sources.find(etc(tmp_path / "a", "sources.list", OLDER, "other")) is None
    assert sources.find(tmp_path / "nothing") is None


def test_one_list_of_packages(clean_root: ModuleType) -> None:
    names = clean_root.packages()
    assert {"libegl1", "libpulse0", "libglib2.0-0", "ca-certificates"} <= set(names)
    assert not [name for name in names if "python" in name or not name.strip()]


def test_python_is_found(clean_root: ModuleType, tmp_path: Path) -> None:
    for folder in ("usr/bin", "usr/lib/x86_64-linux-gnu", "opt/gems-desktop"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "opt/gems-desktop/libpython3.11.so").touch()
    assert clean_root.pythons(tmp_path) == [], "the application brings its own"
    (tmp_path / "usr/bin/python3.11").touch()
    (tmp_path / "usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0").touch()
    assert len(clean_root.pythons(tmp_path)) == 2


# --- where it cannot be done, that is said, and the code is neither that of a success nor of a failure -------
@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A built folder by its looks."""
    folder = tmp_path / "built"
    folder.mkdir()
    (folder / "gems-desktop").write_text("#!/bin/sh\nexit 0\n")
    return folder


@pytest.fixture
def fake(
    clean_root: ModuleType, sources: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Fake:
    """`fake(script)` puts this debootstrap ($1 is the folder) in place of the real one, for root."""

    def put(script: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "debootstrap"
        program.write_text(f"#!/bin/sh\nwhile [ $# -gt 2 ]; do shift; done\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(sources, "find", lambda: sources.Source("http://127.0.0.1:9", "stable"))
        monkeypatch.setattr(clean_root.shutil, "which", lambda name: f"/bin/{name}")
        return tmp_path / "cache"

    return put


def test_not_root(
    clean_root: ModuleType, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert clean_root.main([str(built)]) == clean_root.NOT_DONE == 3
    assert "NOT DONE" in (said := capsys.readouterr().out) and "root" in said


def test_no_debootstrap(
    clean_root: ModuleType, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(clean_root.shutil, "which", lambda _name: None)
    assert clean_root.main([str(built)]) == 3
    assert "there is no debootstrap" in capsys.readouterr().out


def test_nothing_built(
    clean_root: ModuleType, fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = fake("exit 0")
    assert clean_root.main([str(tmp_path / "nothing"), "--cache", str(cache)]) == 3
    assert "./dev package" in capsys.readouterr().out


def test_no_packages_to_be_had(
    clean_root: ModuleType, fake: Fake, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = fake("echo E: the mirror does not answer >&2; exit 1")
    assert clean_root.main([str(built), "--cache", str(cache)]) == 3
    assert "the mirror does not answer" in capsys.readouterr().out
    assert not [path for path in cache.glob("*") if not path.name.startswith(".")], (
        "nothing half made is used"
    )


def test_a_root_with_python_is_none(
    clean_root: ModuleType, fake: Fake, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = fake('mkdir -p "$1/usr/bin" && touch "$1/usr/bin/python3"')
    assert clean_root.main([str(built), "--cache", str(cache)]) == 1
    assert "has Python in it: usr/bin/python3" in capsys.readouterr().out


def test_a_program_that_reports_nothing_has_failed(
    clean_root: ModuleType, fake: Fake, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache = fake('mkdir -p "$1/usr/bin" "$1/opt"')
    (tmp_path / "bin" / "chroot").write_text("#!/bin/sh\nexit 0\n")
    (tmp_path / "bin" / "chroot").chmod(0o755)
    monkeypatch.setattr(clean_root, "cut_off", list)
    assert clean_root.main([str(built), "--cache", str(cache)]) == 1


@pytest.fixture
def packaged(clean_root: ModuleType) -> Path:
    """What ./dev package built."""
    built = Path(os.environ.get("GEMS_BUILT") or ROOT / "dist" / "gems-desktop")
    if clean_root.missing_here() or not (built / "gems-desktop").is_file():
        pytest.skip(clean_root.missing_here() or "./dev package was not run")
    return built


def reported(clean_root: ModuleType, built: Path, file: Path) -> tuple[int, dict[str, Any]]:
    """The exit code and the report of a run in the real clean root."""
    cache = ROOT / "build" / "clean-root"
    code = clean_root.main([str(built), "--cache", str(cache), "--report", str(file)])
    told: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return code, told


@pytest.mark.long
def test_a_real_one(clean_root: ModuleType, packaged: Path, tmp_path: Path) -> None:
    code, told = reported(clean_root, packaged, tmp_path / "report.json")
    assert code == 0 and told["packaged"] and len(told["checks"]) > 140


@pytest.mark.long
def test_a_broken_one(clean_root: ModuleType, packaged: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(packaged, broken, symlinks=True)
    next(broken.rglob("GemsSansArabic-Regular.ttf")).unlink()
    code, told = reported(clean_root, broken, tmp_path / "report.json")
    assert code == 1
    assert {check["name"] for check in told["checks"] if not check["ok"]} == {"language ar", "language ur"}
