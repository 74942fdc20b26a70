# SPDX-License-Identifier: Apache-2.0
"""`image://task/<sha256>` shows pictures of the content store and nothing else."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQml import QQmlComponent

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import make_engine
from tests.helpers.frame import ROOT
from tests.helpers.waiting import wait

HERE = Path(__file__).resolve().parent
READY, ERROR = 1, 3


@pytest.mark.parametrize(("name", "status"), [("", READY), ("0" * 64, ERROR), ("../../etc/passwd", ERROR)])
def test_pictures_by_hash(
    qt_app: QGuiApplication, tmp_path: Path, qt_messages: list[str], name: str, status: int
) -> None:
    image = QImage(128, 32, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    file = tmp_path / "picture.png"
    assert image.save(str(file))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    client = DecodeClient({sha256: file}.get)
    engine = make_engine(ROOT, client)
    engine.interceptor.allow(HERE)
    component = QQmlComponent(engine, QUrl.fromLocalFile(str(HERE / "Picture.qml")))
    item = component.createWithInitialProperties({"sha256": name or sha256})
    while status_of(item) not in (READY, ERROR):
        wait(5)
    assert status_of(item) == status
    if status == READY:
        assert (item.property("implicitWidth"), item.property("implicitHeight")) == (64, 16)
    else:
        assert qt_messages  # Qt says that the picture failed
        qt_messages.clear()
    item.deleteLater()
    client.close()


def status_of(item: object) -> int:
    """Image.status as a number."""
    return int(item.property("state_number"))  # type: ignore[attr-defined]
