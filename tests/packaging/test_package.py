# SPDX-License-Identifier: Apache-2.0
"""The packaged application: what is chosen for it, and (with --long) that it builds and opens a profile."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NETWORK = {
    "name": "nowhere",
    "chain_id": 31337,
    "rpc_urls": ["http://127.0.0.1:9"],
    "platform_url": "http://127.0.0.1:9",
    **{
        name: "0x" + f"{place:02x}" * 20
        for place, name in enumerate(
            ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer"), 1
        )
    },
    "practice": True,
}


@pytest.fixture(scope="module")
def contents() -> ModuleType:
    spec = importlib.util.spec_from_file_location("contents", ROOT / "packaging" / "contents.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("PySide6/Qt/qml/QtQuick/Controls/qmldir", True),
        ("PySide6/Qt/qml/QtQuick/Controls/Basic/Button.qml", False),
        ("PySide6/Qt/qml/QtQuick3D/qmldir", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so", True),
        ("PySide6/Qt/plugins/imageformats/libqpdf.so", False),
        ("ui/Gems/Main.qml", True),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
    ],
)
def test_what_goes_in(contents: ModuleType, target: str, kept: bool) -> None:
    assert contents.wanted(target) is kept


def has_tables(database: Path) -> bool:
    """Whether the profile's database has been made, which needs Alembic and SQLAlchemy to be whole."""
    if not database.exists():
        return False
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'items'").fetchone() is not None


@pytest.mark.long
def test_it_builds_and_opens_a_profile(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "PyInstaller", str(ROOT / "packaging" / "gems-desktop.spec"), "--noconfirm",
         "--log-level", "ERROR", "--distpath", str(tmp_path / "dist"), "--workpath", str(tmp_path / "build")],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr[-2000:]
    folder = tmp_path / "dist" / "gems-desktop"
    assert len([path for path in folder.rglob("*") if path.is_file()]) <= 450
    (tmp_path / "network.json").write_text(json.dumps(NETWORK), "utf-8")
    program = subprocess.Popen(
        [str(folder / "gems-desktop"), "--network", str(tmp_path / "network.json"), "--home", str(tmp_path / "home")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    profile = tmp_path / "home" / "profiles" / "default"
    try:
        end = time.monotonic() + 60
        while not has_tables(profile / "gems.db") and program.poll() is None and time.monotonic() < end:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(0.2)
        assert has_tables(profile / "gems.db"), (profile / "gems.log").read_text("utf-8")
    finally:
        program.terminate()
        program.wait(30)
