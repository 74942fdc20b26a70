# SPDX-License-Identifier: Apache-2.0
"""Nothing of the window is ever rich text: in its sources, in the running frame, under 300 hostile strings."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from tests.helpers.canary import canary
from tests.helpers.frame import ROOT, Frame, FrameModel
from tests.helpers.hostile import COUNT, hostile_strings
from tests.helpers.plaintext import find_rich_text, rich_text_below, rich_text_in
from tests.helpers.storm import storm

EVERYTHING = ROOT / "ui" / "Gems" / "catalogue" / "Everything.qml"

AUTO_TEXT = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from tests.helpers.hostile import hostile_strings
from tests.helpers.plaintext import find_rich_text
folder, url = Path(sys.argv[1]), sys.argv[2]
(folder / "auto.qml").write_text("import QtQuick\\nWindow { visible: true; Text { objectName: 'words' } }")
app = QGuiApplication([])
engine = QQmlApplicationEngine()
engine.load(QUrl.fromLocalFile(str(folder / "auto.qml")))
window = engine.rootObjects()[0]
assert isinstance(window, QQuickWindow)
print("rich", len(find_rich_text(window, engine)), flush=True)
words = next(child for child in window.contentItem().childItems())
for text in hostile_strings(url):
    words.setProperty("text", text)
    loop = QEventLoop()
    QTimer.singleShot(5, loop.quit)
    loop.exec()
"""


def test_no_source_draws_rich_text() -> None:
    folder = ROOT / "ui"
    assert len(list(folder.rglob("*.qml"))) > 60
    assert rich_text_below(folder) == []


@pytest.mark.parametrize(
    "source",
    [
        "Text {\n    text: model.title\n}",
        "contentItem: Text {\n    text: control.text\n}",
        "Text {\n    textFormat: Text.StyledText\n}",
        "TextEdit { }",
        "Item {\n    Text {\n        Item { textFormat: Text.PlainText }\n    }\n}",
        "DelayButton { text: name }",
        'Component.onCompleted: Qt.createQmlObject("", this)',
    ],
)
def test_the_lint_sees_what_is_wrong(source: str) -> None:
    assert rich_text_in(source)


def test_300_hostile_strings_in_every_string_of_the_frame(
    qt_app: QGuiApplication, no_pictures: DecodeClient
) -> None:
    with canary() as bird:
        frame = Frame(FrameModel(), EVERYTHING, no_pictures)
        frame.window.show()
        strings = hostile_strings(bird.url())
        assert len(strings) == COUNT == 300
        places = storm(frame.window, strings)
        assert places > 150
        assert find_rich_text(frame.window, frame.engine) == []
        frame.close()
        assert bird.hits == []


def test_control_the_same_storm_on_a_default_text_is_noticed(tmp_path: Path) -> None:
    with canary() as bird:
        run = subprocess.run(
            [sys.executable, "-c", AUTO_TEXT, str(tmp_path), bird.url()],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "rich 1" in run.stdout
        # a default Text fetches, or crashes the process on its way there
        assert bird.hits or run.returncode < 0, run.stderr
