# SPDX-License-Identifier: Apache-2.0
"""PySide6's look at every import is off once the window stands, and in the helpers that load PySide6."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_WINDOW = """
from gems_desktop.shown import Shown
from gems_desktop.startup_options import parse
shown = Shown(parse(["--local"]))
shown.paint_first()
shown.close()
"""
_TELL = """
import builtins, json, linecache
from gems_desktop.services.facts import Topic  # one that is imported after it
kept = [name for name in linecache.cache if name.endswith("services/facts.py")]
print(json.dumps([builtins.__import__.__name__, kept]))
"""


def told(code: str) -> tuple[str, list[str]]:
    """What a process that ran `code` says its import is, and whether it keeps the source of what it loaded next."""
    done = subprocess.run(
        [sys.executable, "-c", code + _TELL], capture_output=True, text=True, cwd=ROOT, check=True
    )
    name, kept = json.loads(done.stdout.splitlines()[-1])
    return name, kept


@pytest.mark.parametrize(
    "code",
    [
        _WINDOW,
        "import gems_desktop.instance",
        "import gems_desktop.decoding.worker",
        "import gems_desktop.decoding.page_operations",
    ],
)
def test_imports_are_pythons_own_again(code: str) -> None:
    name, kept = told(code)
    assert name != "__feature_import__"
    assert kept == []


def test_without_it_pyside_reads_each_source_again() -> None:
    """The control: when this fails, PySide6 no longer does so, and `plain_imports` can go."""
    name, kept = told("import PySide6.QtCore")
    assert name == "__feature_import__"
    assert kept


def test_without_pyside_nothing_is_changed() -> None:
    assert told("from gems_desktop import plain_imports; plain_imports.restore()") == ("__import__", [])
