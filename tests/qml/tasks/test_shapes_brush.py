# SPDX-License-Identifier: Apache-2.0
"""Masks: painted and erased by hand and by key, kept as Label Studio's code at the picture's own size."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from gems_desktop.items import masks
from gems_protocol.modules import rle
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench

BRUSH = """<View><Image name="photo" value="$photo"/><BrushLabels name="mask" toName="photo">
  <Label value="Sky" background="#ff0000"/><Label value="Sea"/></BrushLabels></View>"""
SIZE = (400, 300)


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """An empty picture."""
    made = open_bench(BRUSH)
    made.painted()
    return made


def painted(bench: Bench, at: int = 0) -> bytes:
    """The pixels of a mask."""
    return rle.decode(bench.values("mask")[at]["rle"], SIZE[0] * SIZE[1])


def covers(mask: bytes, x: float, y: float) -> bool:
    """Whether a place, in percent, is painted."""
    return mask[int(y / 100 * SIZE[1]) * SIZE[0] + int(x / 100 * SIZE[0])] == 255


def test_a_stroke(bench: Bench) -> None:
    bench.drag((20, 50), (60, 50))
    assert [edit["op"] for edit in bench.edits] == ["add"], "one edit for the whole stroke"
    made = bench.model.answer()[0]
    assert (made["original_width"], made["original_height"]) == SIZE and made["value"]["format"] == "rle"
    assert made["value"]["brushlabels"] == ["Sky"]
    mask = painted(bench)
    assert covers(mask, 20, 50) and covers(mask, 40, 50) and not covers(mask, 40, 60)


def test_a_second_stroke_goes_to_the_same_mask(bench: Bench) -> None:
    bench.drag((20, 50), (60, 50))
    bench.drag((20, 80), (60, 80))
    assert len(bench.values("mask")) == 1
    assert covers(painted(bench), 40, 50) and covers(painted(bench), 40, 80)
    bench.key("n")
    bench.drag((20, 20), (60, 20))
    assert len(bench.values("mask")) == 2 and not covers(painted(bench), 40, 20)


def test_erase(bench: Bench) -> None:
    bench.drag((20, 50), (60, 50))
    bench.key("e")
    assert bench.canvas.property("erasing")
    bench.drag((40, 30), (40, 70))
    mask = painted(bench)
    assert covers(mask, 25, 50) and not covers(mask, 40, 50)
    bench.key("]", "]", "]", "]", "]", "]")
    bench.drag((15, 50), (65, 50))
    assert bench.model.answer() == [], "a mask from which all is erased is removed"
    bench.drag((15, 50), (65, 50))
    assert bench.model.answer() == []
    bench.click(bench.named("eraser"))
    assert not bench.canvas.property("erasing")


def test_the_size_of_the_brush(bench: Bench) -> None:
    bench.focus(bench.canvas)
    before = bench.canvas.property("brushWidth")
    bench.key("]", "]")
    wide = bench.canvas.property("brushWidth")
    assert wide > before
    bench.key("[", "[", "[")
    assert bench.canvas.property("brushWidth") < before


def test_by_key_alone(bench: Bench) -> None:
    bench.focus(bench.canvas)
    bench.key("n")
    QTest.keyPress(bench.window, Qt.Key.Key_Space)
    bench.key(*[Qt.Key.Key_Right] * 10)
    assert bench.edits == []
    QTest.keyRelease(bench.window, Qt.Key.Key_Space)
    bench.settle()
    assert covers(painted(bench), 50, 50) and covers(painted(bench), 55, 50) and len(bench.edits) == 1
    bench.key(*[Qt.Key.Key_Down] * 10)
    assert len(bench.edits) == 1, "without Space the cursor only moves"


def test_a_mask_is_selected_where_it_is_painted(bench: Bench) -> None:
    bench.drag((20, 50), (60, 50))
    bench.model.select("")
    QTest.mouseClick(
        bench.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, bench.at(40, 50)
    )
    assert bench.model.selected == bench.model.answer()[0]["id"]
    bench.key(Qt.Key.Key_Delete)
    assert bench.model.answer() == []


def test_it_is_seen_in_the_colour_of_its_label(bench: Bench) -> None:
    bench.drag((30, 50), (70, 50))
    bench.model.select("")
    bench.settle()
    seen = bench.window.grabWindow().pixelColor(bench.at(50, 50))
    bare = bench.window.grabWindow().pixelColor(bench.at(50, 40))
    assert seen.red() > bare.red() - 5 and seen.green() < bare.green() - 60, "half of it red"


def test_what_is_too_detailed_is_refused_by_name(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rle, "MOST_RUNS", 3)
    bench.drag((30, 50), (70, 50))
    assert bench.model.answer() == [] and bench.canvas.property("notice") == "detail"
    assert any("too much detail" in said for said in bench.words())


def test_codes_come_back_as_they_were() -> None:
    size = (101, 67)
    mask = masks.blank(size)
    mask.fill(0)
    for x in range(20, 60):
        for y in range(10, 30):
            mask.setPixelColor(x, y, QColor(0, 0, 0, 255))
    value: Any = masks.encoded(mask, size)
    assert masks.encoded(masks.decoded(value["rle"], size), size) == value
    seen = masks.tinted(mask, QColor("red"))
    assert seen is not None and (seen.image.width(), seen.image.height()) == (40, 20)
    assert seen.covers(30, 30) and not seen.covers(90, 90)
    assert masks.encoded(masks.blank(size), size) is None


def test_masks_in_colour_keep_to_a_budget() -> None:
    kept = masks.Masks(most=200_000)
    for at in range(20):
        mask = QImage(200, 100, QImage.Format.Format_Alpha8)
        mask.fill(255)
        value: Any = masks.encoded(mask, (200, 100))
        assert kept.get(value, f"#0000{at:02x}", (200, 100)) is not None
        assert kept._bytes <= 200_000
    assert kept.get({"rle": [1, 2, 3]}, "#000000", (200, 100)) is None
