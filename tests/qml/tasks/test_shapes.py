# SPDX-License-Identifier: Apache-2.0
"""Turned boxes, ellipses and key points by hand and by key; the tools to choose between; what is locked or hidden."""

from __future__ import annotations

import math
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import BOXES, OpenBench
from tests.qml.tasks.test_boxes import NEAR, region

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ELLIPSES = """<View><Image name="photo" value="$photo"/><EllipseLabels name="oval" toName="photo">
  <Label value="Eye"/></EllipseLabels></View>"""
POINTS = """<View><Image name="photo" value="$photo"/><KeyPointLabels name="point" toName="photo">
  <Label value="Nose"/><Label value="Ear"/></KeyPointLabels></View>"""
SPLIT = """<View><Image name="photo" value="$photo"/><Labels name="kind" toName="photo"><Label value="Cat"/></Labels>
  <Rectangle name="box" toName="photo"/><Polygon name="outline" toName="photo"/><Ellipse name="oval" toName="photo"/>
  <KeyPoint name="point" toName="photo"/></View>"""
MANY = """<View><Image name="photo" value="$photo"/>
  <RectangleLabels name="box" toName="photo"><Label value="Cat"/></RectangleLabels>
  <PolygonLabels name="outline" toName="photo"><Label value="Road" hotkey="p"/></PolygonLabels></View>"""


@pytest.fixture
def turned(open_bench: OpenBench) -> Bench:
    """A box in the middle of a picture, selected."""
    bench = open_bench(BOXES, [region("b", 40, 40, 20, 20)])
    bench.painted()
    bench.model.select("b")
    bench.focus(bench.canvas)
    return bench


def corners(bench: Bench, at: int = 0) -> list[tuple[float, float]]:
    """Where the corners of a box are, in percent, as Label Studio turns it: around its upper left, in pixels."""
    value, wide, high = bench.values("box")[at], 400, 300
    turn = math.radians(value["rotation"])
    found = []
    for across, down in (
        (0, 0),
        (value["width"], 0),
        (value["width"], value["height"]),
        (0, value["height"]),
    ):
        x, y = across / 100 * wide, down / 100 * high
        found.append(
            (
                value["x"] + (x * math.cos(turn) - y * math.sin(turn)) / wide * 100,
                value["y"] + (x * math.sin(turn) + y * math.cos(turn)) / high * 100,
            )
        )
    return found


def test_turn_by_key(turned: Bench) -> None:
    turned.key("]", "]")
    value = turned.values("box")[0]
    assert value["rotation"] == 10 and value["width"] == pytest.approx(20)
    middle = [sum(part) / 4 for part in zip(*corners(turned), strict=True)]
    assert middle == pytest.approx([50, 50], abs=0.01), "around its middle"
    turned.key("[", with_=CTRL)
    assert turned.values("box")[0]["rotation"] == pytest.approx(9)
    turned.key("[", "[")
    assert turned.values("box")[0]["rotation"] == pytest.approx(359)


def test_turn_by_the_handle(turned: Bench) -> None:
    grips = turned.canvas._scene.grips(turned.model.region("b"))
    turn = next(grip for grip in grips if grip.name == "turn")
    assert turn.y < 40, "above the box"
    turned.drag((turn.x, turn.y), (90, 50))
    assert turned.values("box")[0]["rotation"] == pytest.approx(90, abs=1)
    assert [edit["op"] for edit in turned.edits] == ["replace"], "one edit for the whole drag"


def test_a_turned_box_is_resized_along_its_own_edges(turned: Bench) -> None:
    turned.key(*"]]]]]]]]]")
    before = corners(turned)
    grip = next(g for g in turned.canvas._scene.grips(turned.model.region("b")) if g.name == "1 0")
    turned.drag((grip.x, grip.y), (grip.x + 10, grip.y + 10))
    after = corners(turned)
    assert turned.values("box")[0]["width"] > 25
    assert turned.values("box")[0]["height"] == pytest.approx(20, abs=0.01)
    for place, same in ((0, True), (3, True), (1, False)):
        assert (math.dist(before[place], after[place]) < 0.05) is same


def test_a_turned_box_stays_in_its_picture(turned: Bench) -> None:
    turned.key(*"]]]]]]]]]")
    turned.drag((50, 50), (150, 50))
    assert max(x for x, _ in corners(turned)) == pytest.approx(100, abs=0.05)
    turned.click_at(5, 5)
    assert turned.model.selected == ""
    x, y = (sum(part) / 4 for part in zip(*corners(turned), strict=True))
    turned.click_at(x, y)
    assert turned.model.selected == "b"


def test_regions_name_the_size_of_their_picture(turned: Bench) -> None:
    turned.model.select("")
    turned.drag((5, 5), (20, 20))
    made = turned.model.answer()[-1]
    assert (made["original_width"], made["original_height"], made["image_rotation"]) == (400, 300, 0)


def test_ellipse(open_bench: OpenBench) -> None:
    bench = open_bench(ELLIPSES)
    bench.painted()
    bench.drag((20, 30), (60, 50))
    value = bench.values("oval")[0]
    assert [value[key] for key in ("x", "y", "radiusX", "radiusY")] == pytest.approx(
        [40, 40, 20, 10], abs=NEAR
    )
    assert value["ellipselabels"] == ["Eye"] and value["rotation"] == 0
    bench.model.select("")
    bench.click_at(22, 31)
    assert bench.model.selected == "", "the corner of its box is not on it"
    bench.drag((40, 40), (50, 60))
    assert bench.values("oval")[0]["y"] == pytest.approx(60, abs=NEAR)
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    assert bench.values("oval")[0]["radiusX"] == pytest.approx(20.25, abs=NEAR)
    bench.key("]")
    assert bench.values("oval")[0]["rotation"] == 5
    bench.model.select("")
    bench.key("n")
    assert len(bench.values("oval")) == 2


def test_key_points(open_bench: OpenBench) -> None:
    bench = open_bench(POINTS)
    bench.painted()
    bench.click_at(30, 40)
    value = bench.values("point")[0]
    assert [value["x"], value["y"]] == pytest.approx([30, 40], abs=NEAR)
    assert value["width"] == 2 and value["keypointlabels"] == ["Nose"]
    bench.drag((30, 40), (50, 60))
    assert [bench.values("point")[0][key] for key in "xy"] == pytest.approx([50, 60], abs=NEAR)
    bench.focus(bench.canvas)
    bench.key("n", Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert [bench.values("point")[1][key] for key in "xy"] == pytest.approx([49, 50], abs=NEAR)
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    assert bench.values("point")[1]["width"] == 2.5
    bench.key(Qt.Key.Key_Delete)
    assert len(bench.values("point")) == 1


def test_a_point_is_set_on_a_region(open_bench: OpenBench) -> None:
    both = POINTS.replace(
        "</View>", '<RectangleLabels name="box" toName="photo"><Label value="Cat"/></RectangleLabels></View>'
    )
    bench = open_bench(both, [region("b", 20, 20, 60, 60)])
    bench.painted()
    bench.click_at(50, 50)
    assert len(bench.values("point")) == 1
    bench.model.take("box", "Cat")
    bench.model.select("")
    bench.click_at(30, 30)
    assert bench.model.selected == "b"


def test_a_region_over_another(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, [region("b", 10, 10, 80, 80)])
    bench.painted()
    one, two = bench.at(30, 30), bench.at(50, 50)
    QTest.mousePress(bench.window, Qt.MouseButton.LeftButton, CTRL, one)
    QTest.mouseMove(bench.window, (one + two) / 2)
    QTest.mouseMove(bench.window, two)
    QTest.mouseRelease(bench.window, Qt.MouseButton.LeftButton, CTRL, two)
    bench.settle()
    assert [edit["op"] for edit in bench.edits] == ["add"]


def test_locked_and_hidden(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, [region("b", 20, 20, 30, 30)])
    bench.painted()
    bench.model.setLocked("b", True)
    bench.drag((30, 30), (60, 60))
    assert bench.model.selected == "b"
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Delete, "]")
    assert bench.edits == []
    bench.model.select("")
    bench.model.setHidden("b", True)
    bench.click_at(30, 30)
    assert bench.model.selected == "" and bench.canvas.property("boxCount") == 0


def tools(bench: Bench) -> dict[str, Any]:
    """The tools that are offered: word and key."""
    found = [item for item in bench.of_type("SecondaryButton") if item.property("kind")]
    return {str(item.property("text")): item.property("keyHint") for item in found}


def test_tools(open_bench: OpenBench) -> None:
    bench = open_bench(SPLIT)
    bench.painted()
    assert tools(bench) == {"Box": "R", "Polygon": "P", "Ellipse": "O", "Point": "K"}
    assert bench.canvas.property("toolKind") == "rectangle"
    bench.focus(bench.canvas)
    bench.key("o")
    assert bench.canvas.property("toolKind") == "ellipse"
    bench.drag((20, 20), (40, 40))
    bench.key("k")
    bench.click_at(70, 70)
    bench.click(next(item for item in bench.of_type("SecondaryButton") if item.property("text") == "Box"))
    bench.drag((60, 10), (80, 30))
    bench.key("p")
    for corner in ((10, 60), (30, 60), (20, 80)):
        bench.click_at(*corner)
    bench.key(Qt.Key.Key_Return)
    answer = bench.model.answer()
    assert [r["type"] for r in answer if r["type"] != "labels"] == [
        "ellipse",
        "keypoint",
        "rectangle",
        "polygon",
    ]
    assert sum(r["type"] == "labels" and r["value"]["labels"] == ["Cat"] for r in answer) == 4


def test_a_key_that_a_label_has_is_no_key_of_a_tool(open_bench: OpenBench) -> None:
    bench = open_bench(MANY)
    bench.painted()
    assert tools(bench) == {"Box": "R", "Polygon": ""}
    bench.focus(bench.canvas)
    bench.key("p")
    assert bench.chosen() == ["Road"] and bench.canvas.property("toolKind") == "polygon"
    bench.key("r")
    assert bench.chosen() == ["Cat"] and bench.canvas.property("toolKind") == "rectangle"


def test_one_shape_needs_no_tools(turned: Bench) -> None:
    assert tools(turned) == {}


def test_the_line_of_keys_follows(turned: Bench) -> None:
    def words() -> str:
        return str(turned.of_type("TaskImageHelp")[0].property("words"))

    assert "[ and ] turn it" in words()
    turned.model.select("")
    turned.settle()
    assert "N makes a box" in words()


def test_magnifier(turned: Bench) -> None:
    turned.model.select("")
    turned.settle()
    before = turned.window.grabWindow()
    QTest.keyPress(turned.window, Qt.Key.Key_M)
    turned.settle()
    assert turned.window.grabWindow() != before
    QTest.keyRelease(turned.window, Qt.Key.Key_M)
    turned.settle()
    assert turned.window.grabWindow() == before and turned.edits == []


def test_another_answer_and_a_mark(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, [region("b", 10, 10, 30, 30)], read_only=True)
    bench.painted()
    before = bench.window.grabWindow()
    bench.model.setOther([region("c", 50, 50, 30, 30)])
    bench.settle()
    both = bench.window.grabWindow()
    assert both != before and len(bench.canvas.property("other")) == 1
    bench.model.beside.ask(True)
    bench.click_at(60, 70)
    mark = bench.model.mark_on("photo")
    assert mark is not None and [mark["x"], mark["y"]] == pytest.approx([60, 70], abs=NEAR)
    assert bench.window.grabWindow() != both
    bench.model.beside.ask(True)
    bench.focus(bench.canvas)
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Return)
    mark = bench.model.mark_on("photo")
    assert mark is not None and [mark["x"], mark["y"]] == pytest.approx([51.2, 50], abs=2)
    at: QPointF = bench.canvas.point_of(50, 50)
    assert at.x() > 0


def test_boxes_of_text(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES.replace("RectangleLabels", "OcrLabels"))
    bench.painted()
    bench.drag((10, 10), (50, 20))
    made = bench.model.answer()[0]
    assert made["type"] == "ocrlabels" and made["value"]["ocrlabels"] == ["Cat"]
