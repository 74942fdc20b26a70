# SPDX-License-Identifier: Apache-2.0
"""Boxes by hand and by key: drawn, selected, moved, resized, relabelled, removed; looking closer changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import BOXES, OpenBench

NEAR = 0.8  # percent: about half a pixel of the test's view
MIDDLE = Qt.MouseButton.MiddleButton


def region(name: str, x: float, y: float, w: float, h: float, label: str = "Cat") -> dict[str, Any]:
    """A box of an answer."""
    value = {"x": x, "y": y, "width": w, "height": h, "rotation": 0, "rectanglelabels": [label]}
    return {"id": name, "from_name": "box", "to_name": "photo", "type": "rectanglelabels", "value": value}


def place(bench: Bench, at: int = 0) -> list[float]:
    """Where a box is."""
    return [bench.values("box")[at][key] for key in ("x", "y", "width", "height")]


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """An empty picture."""
    made = open_bench(BOXES)
    made.painted()
    return made


@pytest.fixture
def boxed(open_bench: OpenBench) -> Bench:
    """A picture with a large and a small box in it, the small one inside the large one."""
    made = open_bench(BOXES, [region("large", 10, 10, 60, 60), region("small", 20, 20, 20, 20)])
    made.painted()
    return made


def test_draw(bench: Bench) -> None:
    bench.drag((10, 20), (50, 60))
    assert place(bench) == pytest.approx([10, 20, 40, 40], abs=NEAR)
    assert bench.values("box")[0]["rectanglelabels"] == ["Cat"]
    assert [edit["op"] for edit in bench.edits] == ["add"], "one edit for the whole drag"
    assert bench.model.selected == bench.model.answer()[0]["id"]


def test_draw_backwards_and_beyond_the_edge(bench: Bench) -> None:
    bench.drag((60, 60), (20, 30))
    assert place(bench) == pytest.approx([20, 30, 40, 30], abs=NEAR)
    bench.drag((80, 80), (140, 100))
    x, y, w, h = place(bench, 1)
    assert (x + w, y + h) == pytest.approx((100, 100), abs=NEAR)


def test_a_slip_draws_nothing(bench: Bench) -> None:
    bench.click_at(50, 50)
    point = bench.at(30, 30)
    QTest.mousePress(bench.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    point.setX(point.x() + 2)
    QTest.mouseMove(bench.window, point)
    QTest.mouseRelease(bench.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert bench.edits == []


def test_draw_with_another_label(bench: Bench) -> None:
    bench.key("d")
    assert bench.chosen() == ["Dog"] and bench.edits == []
    bench.drag((10, 10), (30, 30))
    assert bench.values("box")[0]["rectanglelabels"] == ["Dog"]
    bench.model.select("")
    bench.click(bench.option("Cat"))
    bench.drag((40, 40), (60, 60))
    assert bench.values("box")[1]["rectanglelabels"] == ["Cat"]


def test_select(boxed: Bench) -> None:
    boxed.click_at(30, 30)
    assert boxed.model.selected == "small"
    boxed.click_at(60, 60)
    assert boxed.model.selected == "large"
    boxed.click_at(90, 90)
    assert boxed.model.selected == "" and boxed.edits == []


def test_move(boxed: Bench) -> None:
    boxed.drag((30, 30), (50, 40))
    assert place(boxed, 1) == pytest.approx([40, 30, 20, 20], abs=NEAR)
    boxed.drag((50, 40), (100, 100))
    assert place(boxed, 1) == pytest.approx([80, 80, 20, 20], abs=NEAR)
    assert place(boxed, 0) == [10, 10, 60, 60]
    assert [edit["op"] for edit in boxed.edits] == ["replace", "replace"]


@pytest.mark.parametrize(
    ("grasp", "to", "end"),
    [
        ((70, 70), (80, 90), [10, 10, 70, 80]),
        ((10, 10), (5, 0), [5, 0, 65, 70]),
        ((70, 40), (90, 10), [10, 10, 80, 60]),
        ((40, 10), (0, 20), [10, 20, 60, 50]),
        ((10, 70), (0, 80), [0, 10, 70, 70]),
    ],
)
def test_resize_by_a_handle(
    boxed: Bench, grasp: tuple[float, float], to: tuple[float, float], end: list[float]
) -> None:
    boxed.model.select("large")
    boxed.drag(grasp, to)
    assert place(boxed, 0) == pytest.approx(end, abs=NEAR)


def test_relabel(boxed: Bench) -> None:
    boxed.click_at(30, 30)
    boxed.key("d")
    assert boxed.values("box")[1]["rectanglelabels"] == ["Dog"]
    assert boxed.values("box")[0]["rectanglelabels"] == ["Cat"]
    boxed.click(boxed.option("Cat"))
    assert boxed.values("box")[1]["rectanglelabels"] == ["Cat"]


def test_remove(boxed: Bench) -> None:
    boxed.click_at(30, 30)
    boxed.key(Qt.Key.Key_Delete)
    assert [r["id"] for r in boxed.model.answer()] == ["large"] and boxed.model.selected == ""
    boxed.key(Qt.Key.Key_Delete)
    assert len(boxed.values("box")) == 1
    boxed.click_at(60, 60)
    boxed.key(Qt.Key.Key_Backspace)
    assert boxed.model.answer() == []


def test_all_by_key(bench: Bench) -> None:
    bench.focus(bench.canvas)
    bench.key("n")
    assert place(bench) == pytest.approx([40, 40, 20, 20], abs=NEAR)
    start = place(bench)
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up)
    assert place(bench) == pytest.approx([start[0] + 1, start[1] - 0.5, 20, 20])
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Down, with_=Qt.KeyboardModifier.ShiftModifier)
    assert place(bench) == pytest.approx([start[0] + 1, start[1] - 0.5, 20.5, 20.5])
    bench.key(Qt.Key.Key_Left, with_=Qt.KeyboardModifier.ControlModifier)
    assert place(bench)[0] == pytest.approx(start[0] + 0.9)
    bench.key(Qt.Key.Key_Escape)
    assert bench.model.selected == ""
    bench.key("n")
    first, second = (r["id"] for r in bench.model.answer())
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    assert bench.model.selected == first
    bench.key(Qt.Key.Key_Tab)
    assert bench.model.selected == second
    bench.key(Qt.Key.Key_Backtab)
    assert bench.model.selected == first
    bench.key(Qt.Key.Key_Delete)
    assert [r["id"] for r in bench.model.answer()] == [second]
    bench.key(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert not bench.canvas.hasActiveFocus(), "past the last box the keyboard goes on"


def test_a_key_of_another_alphabet(bench: Bench) -> None:
    bench.focus(bench.canvas)
    bench.type("مд")
    bench.settle()
    assert bench.edits == []


def test_escape_lets_go_of_a_drag(boxed: Bench) -> None:
    boxed.drag((30, 30), (60, 60), drop=False)
    boxed.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(
        boxed.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, boxed.at(60, 60)
    )
    boxed.settle()
    assert boxed.edits == []


def test_looking_closer_changes_nothing(boxed: Bench) -> None:
    before = boxed.model.answer()
    boxed.focus(boxed.canvas)
    boxed.key(Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert boxed.canvas.property("zoom") == pytest.approx(1.25**2)
    boxed.wheel(50, 50, 2)
    assert boxed.canvas.property("zoom") == pytest.approx(1.25**4)
    corner = boxed.canvas.point_of(0, 0)
    boxed.drag((50, 50), (60, 60), button=MIDDLE)
    moved = boxed.canvas.point_of(0, 0)
    assert moved.x() > corner.x() and moved.y() > corner.y()
    boxed.key(Qt.Key.Key_Left)
    assert boxed.canvas.point_of(0, 0).x() > moved.x()
    QTest.keyPress(boxed.window, Qt.Key.Key_Space)
    boxed.drag((50, 50), (40, 40))
    QTest.keyRelease(boxed.window, Qt.Key.Key_Space)
    assert boxed.model.answer() == before and boxed.edits == []
    boxed.key(Qt.Key.Key_0)
    assert boxed.canvas.property("zoom") == 1.0


def test_a_box_drawn_closer_by_is_as_exact(bench: Bench) -> None:
    bench.focus(bench.canvas)
    bench.wheel(25, 25, 5)
    bench.drag((20, 20), (30, 30))
    assert place(bench) == pytest.approx([20, 20, 10, 10], abs=NEAR)
    zoomed = bench.model.answer()
    bench.key(Qt.Key.Key_0, Qt.Key.Key_Minus)
    assert bench.model.answer() == zoomed and bench.canvas.property("zoom") == 1.0


def test_looking_closer_needs_no_tab(bench: Bench) -> None:
    task = bench.of_type("TaskView")[0]
    bench.focus(task)
    assert not bench.canvas.hasActiveFocus()
    bench.key("+", "+")
    assert bench.canvas.property("zoom") > 1.5
    bench.key("-")
    assert bench.canvas.property("zoom") < 1.5
    bench.key("0")
    assert bench.canvas.property("zoom") == 1.0


def test_undo(bench: Bench) -> None:
    bench.drag((10, 10), (30, 30))
    bench.model.setAnswer([])
    bench.settle()
    assert bench.model.selected == "" and bench.canvas.property("boxCount") == 0
    assert len(bench.edits) == 1


def test_reading_only(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES, [region("b", 20, 20, 30, 30)], read_only=True)
    bench.painted()
    bench.drag((60, 60), (90, 90))
    bench.drag((30, 30), (60, 60))
    bench.click_at(30, 30)
    bench.key("n", "d", Qt.Key.Key_Delete, Qt.Key.Key_Right)
    bench.click(bench.option("Dog"))
    assert bench.model.add("photo", BOX) == ""
    assert not bench.model.change("b", BOX) and not bench.model.remove("b")
    assert not bench.model.relabel("b", "box", "Dog")
    assert bench.edits == [] and place(bench) == [20, 20, 30, 30]


BOX = {"x": 1, "y": 1, "width": 10, "height": 10, "rotation": 0}


def test_what_the_model_refuses(bench: Bench) -> None:
    model = bench.model
    assert model.add("nothing", BOX) == ""
    assert model.add("photo", BOX | {"x": float("nan")}) == ""
    assert model.add("photo", BOX | {"x": 200}) == ""
    model.take("box", "Bird")
    assert model.add("photo", BOX) == ""
    assert not model.change("nothing", BOX) and not model.relabel("nothing", "box", "Cat")
    assert bench.edits == []
