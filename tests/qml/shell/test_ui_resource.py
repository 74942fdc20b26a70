# SPDX-License-Identifier: Apache-2.0
"""The window's files in one: the closed engine opens them there, and no longer the folder that they were made from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QResource, QUrl
from PySide6.QtQml import QQmlComponent

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import make_engine
from gems_desktop.own_ui import ui_address, ui_folder

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "packaging"))
import ui_resource  # noqa: E402


@pytest.fixture
def packed(tmp_path: Path) -> Iterator[Path]:
    """A folder like that of the packaged application."""
    ui_resource.write(ROOT / "ui", tmp_path / "ui.rcc")
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    yield tmp_path
    QResource.unregisterResource(str(tmp_path / "ui.rcc"))


def test_a_clone_reads_its_folder() -> None:
    assert ui_folder(ROOT) == str(ROOT / "ui")
    assert ui_address(ROOT, "Gems/Main.qml") == QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "Main.qml"))


def test_the_package_reads_the_one_file(packed: Path, no_pictures: DecodeClient) -> None:
    engine = make_engine(packed, no_pictures)
    for name in ("Gems/Main.qml", "Gems/ConfirmWindow.qml"):
        address = ui_address(packed, name)
        assert address.scheme() == "qrc"
        component = QQmlComponent(engine, address)
        assert component.isReady(), component.errorString()
    assert not engine.interceptor.allows(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "Main.qml")))
    assert not engine.interceptor.allows(QUrl.fromLocalFile(str(packed / "ui.rcc")))


def test_a_file_that_is_spoilt_is_named(tmp_path: Path) -> None:
    (tmp_path / "ui.rcc").write_bytes(b"qres, but not whole")
    with pytest.raises(FileNotFoundError, match=r"ui\.rcc could not be opened"):
        ui_folder(tmp_path)
