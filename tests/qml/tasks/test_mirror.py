# SPDX-License-Identifier: Apache-2.0
"""From right to left, every part of a task stands where it would be seen in a mirror; texts follow their own script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench
from tests.qml.tasks.test_controls_looks import CONTROLS, DATA, config, edges

WIDTH = 1100
BOX = {"type": "rectanglelabels", "from_name": "box", "to_name": "photo"}
LINKED: list[dict[str, Any]] = [
    {**BOX, "id": "a", "value": {"x": 10, "y": 10, "width": 20, "height": 20, "rotation": 0}},
    {**BOX, "id": "b", "value": {"x": 50, "y": 50, "width": 20, "height": 20, "rotation": 0}},
    {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": ["near"]},
]
for _result in LINKED[:2]:
    _result["value"]["rectanglelabels"] = ["Cat"]
MORE = {
    "picture": """<View><Image name="photo" value="$photo"/><RectangleLabels name="box" toName="photo">
      <Label value="Cat"/></RectangleLabels><Relations><Relation value="near"/></Relations></View>""",
    "chat": """<View><Chat name="chat" value="$chat" messageroles="user,assistant"/>
      <Choices name="c" toName="chat"><Choice value="a"/></Choices></View>""",
}
CHAT = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hello to you"}]


@pytest.fixture
def turned(qt_app: QGuiApplication) -> Iterator[Any]:
    """`turned()` makes what is opened next run from right to left, for the length of a test."""
    yield lambda: qt_app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def parts(bench: Bench) -> list[tuple[str, float, float]]:
    """What has a place of its own on the screen: its kind and words, where it begins and where it ends."""
    bench.settle()
    found = []
    for item in bench.drawn():
        kind = item.metaObject().className().partition("_QML")[0]
        left, right = edges(item)
        if right - left > 1 and kind != "QQuickTextEdit":
            found.append((f"{kind} {item.objectName()} {item.property('text') or ''}", left, right))
    bench.close()
    return found


@pytest.mark.parametrize("kind", sorted([*CONTROLS, *MORE]))
def test_everything_is_mirrored(open_bench: OpenBench, turned: Any, photo: str, kind: str) -> None:
    task = MORE.get(kind) or config(kind)
    answer = LINKED if kind == "picture" else []
    data = {**DATA, "photo": photo, "chat": CHAT}
    usual = parts(open_bench(task, answer, data=data, size=(WIDTH, 700)))
    turned()
    mirrored = parts(open_bench(task, answer, data=data, size=(WIDTH, 700)))
    assert len(mirrored) == len(usual) > 5
    wrong = [
        (name, left, WIDTH - right)
        for (name, left, _), (_, _, right) in zip(usual, mirrored, strict=True)
        if abs(left - (WIDTH - right)) > 2
    ]
    assert wrong == []


@pytest.mark.parametrize(("text", "right"), [("كلام يُقرأ من اليمين", True), ("Read from the left", False)])
def test_a_text_stands_where_its_script_begins(open_bench: OpenBench, text: str, right: bool) -> None:
    bench = open_bench(config("rating"), data={"text": text}, size=(1900, 700))
    sheet = next(item for item in bench.drawn() if item.inherits("QQuickTextEdit"))
    above = sheet.parentItem()
    assert above.width() > sheet.width() + 100
    assert (sheet.x() > above.width() - sheet.width() - 40) is right


def test_an_arrow_points_as_the_words_run(open_bench: OpenBench, turned: Any, photo: str) -> None:
    turned()
    bench = open_bench(MORE["picture"], LINKED, data={"photo": photo})
    words = next(word for word in bench.words() if "←" in word)
    assert words.startswith("\u200f"), "Latin names would turn the line, but not the arrow"
