# SPDX-License-Identifier: Apache-2.0
"""`./dev test`: every test is run by one group of tests, and a group that hangs is ended and says where it hung."""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
HANGS = """import pathlib, threading
def test_that_waits_for_ever():
    pathlib.Path(__file__).with_name("began").touch()
    threading.Event().wait()
"""


@pytest.fixture
def dev() -> ModuleType:
    """The script `./dev`, which has no name that Python imports."""
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def times_run(file: str, groups: list[tuple[str, ...]]) -> int:
    """How many groups run a test file."""

    def covers(place: str) -> bool:
        return file == place or file.startswith(f"{place}/")

    return sum(
        any(covers(part) for part in group)
        and not any(covers(part.removeprefix("--ignore=")) for part in group if part.startswith("--"))
        for group in groups
    )


def test_every_test_is_in_one_group(dev: ModuleType) -> None:
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]
    groups = dev.test_groups()
    assert {file: times_run(file, groups) for file in files if times_run(file, groups) != 1} == {}
    # the control: without one of the groups its files are run by none
    assert any(times_run(file, groups[1:]) == 0 for file in files)


@pytest.mark.skipif(os.name != "posix", reason="the traces are asked for by a signal")
def test_a_group_that_hangs_is_ended_and_says_where(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    file = tmp_path / "test_hanging.py"
    file.write_text(HANGS)
    plain = ["-c", os.devnull, "--rootdir", str(tmp_path)]
    bare = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    for limit in (4, 20, 100):  # a busy machine takes long to begin
        code, printed = dev.test_group((str(file),), plain, bare, limit, {})
        if (tmp_path / "began").exists():
            break
    assert code == dev.EXPIRED
    assert f"took longer than {limit} s" in printed.splitlines()[0]
    assert "in test_that_waits_for_ever" in printed
    file.write_text("def test_at_once(): pass")
    code, printed = dev.test_group((str(file),), plain, bare, 100, {})
    assert code == 0 and "passed" in printed.splitlines()[0]
