# SPDX-License-Identifier: Apache-2.0
"""Hostile words are drawn as they are; right-to-left mirrors; twice the text size cuts nothing off."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import quoteattr

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from gems_protocol.modules import ConfigRefused, parse
from gems_protocol.text import clean, line
from tests.helpers.canary import canary
from tests.helpers.hostile import hostile_strings
from tests.helpers.plaintext import find_rich_text
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import BOXES, CHOICES, TYPED, OpenBench

LONG = "a rather long description of a choice that surely does not fit one line of a narrow column "
WORDY = f"""<View><Header value="{LONG * 2}"/><Text name="text" value="$text"/>
  <Choices name="mood" toName="text" hint="{LONG}"><Choice value="{LONG}" hint="{LONG}"/><Choice value="{"w" * 120}"/>
  </Choices><TextArea name="why" toName="text" placeholder="{LONG}" rows="2"/></View>"""


def hostile_config(text: str) -> str:
    """A config whose every word is `text`."""
    value = quoteattr(line(text, 100) or "x")
    return (
        f"<View><Header value={value}/><Header value='$text'/><Text name='text' value='$text'/>"
        "<Image name='photo' value='$photo'/>"
        f"<Choices name='mood' toName='text' hint={value}><Choice value={value} hint={value}/><Choice value='Other'/>"
        f"</Choices><RectangleLabels name='box' toName='photo'><Label value={value} hint={value}/></RectangleLabels>"
        f"<TextArea name='why' toName='text' placeholder={value}/></View>"
    )


def test_hostile_words(open_bench: OpenBench) -> None:
    with canary() as bird:
        bench = open_bench(hostile_config("<b>bold</b>"), data={"text": "<i>x</i>", "photo": ""})
        assert "<b>bold</b>" in bench.words() and "<i>x</i>" in bench.words()
        for at, text in enumerate(hostile_strings(bird.url())):
            try:
                module = parse(hostile_config(text))
            except ConfigRefused:
                module = parse(hostile_config("x"))
            answer = [
                {
                    "id": "w",
                    "from_name": "why",
                    "to_name": "text",
                    "type": "textarea",
                    "value": {"text": [text]},
                }
            ]
            typed = answer if text.isprintable() and 0 < len(text) < 10_000 else []
            bench.model.open(module, {"text": text, "photo": text}, typed)
            if at % 10 == 0:
                bench.settle()
                assert find_rich_text(bench.window, bench.engine) == []
        text = hostile_strings(bird.url())[0]
        bench.model.open(parse(hostile_config(text)), {"text": text, "photo": ""}, [])
        bench.settle()
        assert line(text, 100) in bench.words() and clean(text) in bench.words()
        assert find_rich_text(bench.window, bench.engine) == []
        assert bench.engine.interceptor.refused == []
        bench.close()
        assert bird.hits == []


def left_of(bench: Bench, kind: str) -> float:
    """Where a row stands in the window."""
    row = next(item for item in bench.drawn() if item.property("kind") == kind)
    return scene_x(row)


@pytest.mark.parametrize("config", [CHOICES, BOXES, TYPED])
def test_right_to_left(open_bench: OpenBench, qt_app: QGuiApplication, config: str) -> None:
    shown = "image" if config is BOXES else "text"
    control = {CHOICES: "choices", BOXES: "labels", TYPED: "textarea"}[config]
    bench = open_bench(config)
    assert left_of(bench, shown) < left_of(bench, control)
    bench.close()
    qt_app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = open_bench(config)
        assert left_of(mirrored, shown) > left_of(mirrored, control)
        if config is CHOICES:
            option = mirrored.option("Happy")
            parts = [item for item in inside(option) if item.isVisible()]
            words = next(item for item in parts if item.property("text") == "Happy")
            key = next(item for item in parts if item.property("keys") == "H")
            assert scene_x(key) < scene_x(words), "the key stands on the other side of the words"
        mirrored.close()
    finally:
        qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def scene_x(item: QQuickItem) -> float:
    """Where an item begins in the window."""
    return item.mapToScene(item.boundingRect().topLeft()).x()


def inside(item: QQuickItem) -> list[QQuickItem]:
    """Everything drawn below an item."""
    return [found for child in item.childItems() for found in (child, *inside(child))]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1366, 768), (640, 480), (400, 700)])
def test_nothing_is_cut_off(open_bench: OpenBench, scale: float, size: tuple[int, int]) -> None:
    bench = open_bench(WORDY, size=size, text_scale=scale, data={"text": LONG * 4})
    bench.settle()
    texts = [
        item for item in bench.drawn() if item.property("contentHeight") is not None and item.property("text")
    ]
    assert len(texts) >= 6
    for item in texts:
        said = str(item.property("text"))[:30]
        assert item.property("contentHeight") <= item.height() + 1, f"{said} is cut off below"
        assert item.property("contentWidth") <= item.width() + 1, f"{said} is cut off at the side"
        assert not item.property("truncated"), said
    for option in bench.of_type("TaskOption"):
        assert option.height() >= option.implicitHeight() - 0.5
        right = option.mapToScene(option.boundingRect().bottomRight()).x()
        assert right <= size[0], "an option reaches beyond the window"
    rows = [item for item in bench.drawn() if item.property("kind")]
    assert all(row.height() >= row.implicitHeight() - 0.5 for row in rows)
    rows.sort(key=lambda row: (row.x(), row.y()))
    for upper, lower in pairwise(rows):
        if upper.x() == lower.x() and upper.property("onRight") == lower.property("onRight"):
            assert upper.y() + upper.height() <= lower.y() + 0.5, "rows overlap"
