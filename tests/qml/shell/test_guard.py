# SPDX-License-Identifier: Apache-2.0
"""The interceptor lets through what lies in its folders, by whatever way it is written, and nothing beside them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from gems_desktop.engine import REFUSED, OwnFilesOnly
from tests.helpers.frame import ROOT

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


_START = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from gems_desktop.shown import Shown
from gems_desktop.startup_options import parse
shown = Shown(parse(["--home", sys.argv[2]]))
outside = QUrl.fromLocalFile(sys.argv[1])
component = QQmlComponent(shown.engine)
component.loadUrl(outside)
while component.isLoading():
    shown.app.processEvents()
print(component.isReady(), shown.engine.interceptor.refused == [outside.toString()], flush=True)
"""


def test_the_window_of_a_real_start_opens_nothing_from_outside(tmp_path: Path) -> None:
    outside = tmp_path / "Outside.qml"
    outside.write_text("import QtQml\nQtObject {}\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _START + "import os; os._exit(0)\n", str(outside), str(tmp_path / "home")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.stdout.split() == ["False", "True"], done.stderr
