# SPDX-License-Identifier: Apache-2.0
"""The interceptor lets through what lies in its folders, by whatever way it is written, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from gems_desktop.engine import REFUSED, OwnFilesOnly

KIND = OwnFilesOnly.DataType.QmlFile


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A folder with a page in it, beside another one."""
    folder = tmp_path / "ours"
    for place in (folder / "pages", tmp_path / "other"):
        place.mkdir(parents=True)
        (place / "Page.qml").write_text("", "utf-8")
    return folder


def local(*parts: object) -> QUrl:
    return QUrl.fromLocalFile("/".join(map(str, parts)))


def test_what_is_inside_goes_through_again_and_again(ours: Path) -> None:
    guard = OwnFilesOnly((ours,))
    for _ in range(3):
        for url in (local(ours, "pages/Page.qml"), local(ours, "pages/NotThere.qml"), local(ours, "qmldir")):
            assert guard.intercept(url, KIND) == url
    assert guard.intercept(QUrl("qrc:/x.qml"), KIND) == QUrl("qrc:/x.qml")
    assert guard.refused == []


def test_what_is_beside_goes_nowhere_also_after_its_neighbours_went_through(ours: Path) -> None:
    (ours / "pages" / "Link.qml").symlink_to(ours.parent / "other" / "Page.qml")
    (ours / "linked").symlink_to(ours.parent / "other")
    guard = OwnFilesOnly((ours,))
    assert guard.allows(local(ours, "pages/Page.qml"))
    outside = [
        local(ours, "../other/Page.qml"),
        local(ours, "pages/../../other/Page.qml"),
        local(ours, "pages/Link.qml"),
        local(ours, "linked/Page.qml"),
        local(ours, "pages/../.."),
        local(ours.parent, "ours2/Page.qml"),
        QUrl("http://127.0.0.1/x.qml"),
        QUrl("file://elsewhere/x.qml"),
    ]
    for url in outside:
        assert guard.intercept(url, KIND) == REFUSED, url
