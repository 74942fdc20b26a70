# SPDX-License-Identifier: Apache-2.0
"""Polygons: corner by corner, each an edit that outlives the program; closed, moved, with corners put in and out."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gems_protocol.modules import parse, parse_answer, problems
from gems_protocol.modules.edits import replay
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench
from tests.qml.tasks.test_boxes import NEAR

POLYGONS = """<View><Image name="photo" value="$photo"/><PolygonLabels name="outline" toName="photo">
  <Label value="Road"/><Label value="Tree"/></PolygonLabels></View>"""
CORNERS = [(20, 20), (60, 20), (60, 60), (20, 60)]


def polygon(name: str, points: list[Any], closed: bool = True) -> dict[str, Any]:
    """A polygon of an answer."""
    value = {"points": [list(point) for point in points], "closed": closed, "polygonlabels": ["Road"]}
    return {"id": name, "from_name": "outline", "to_name": "photo", "type": "polygonlabels", "value": value}


def points(bench: Bench, at: int = 0) -> list[Any]:
    """The corners of a polygon."""
    return list(bench.values("outline")[at]["points"])


def near(found: list[Any], wanted: list[Any]) -> bool:
    """Whether corners are where they should be."""
    return len(found) == len(wanted) and all(
        abs(a - b) < NEAR
        for one, two in zip(found, wanted, strict=True)
        for a, b in zip(one, two, strict=True)
    )


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """An empty picture."""
    made = open_bench(POLYGONS)
    made.painted()
    return made


@pytest.fixture
def drawn(open_bench: OpenBench) -> Bench:
    """A selected polygon."""
    made = open_bench(POLYGONS, [polygon("p", CORNERS)])
    made.painted()
    made.model.select("p")
    made.focus(made.canvas)
    return made


def test_click_by_click(bench: Bench) -> None:
    for at, corner in enumerate(CORNERS):
        bench.click_at(*corner)
        assert len(bench.edits) == at + 1, "each corner is journalled"
        assert near(points(bench), CORNERS[: at + 1]) and not bench.values("outline")[0]["closed"]
    assert bench.model.property("problems") == ["Close the polygon that is not finished."]
    bench.click_at(*CORNERS[0])
    assert bench.values("outline")[0]["closed"] and near(points(bench), CORNERS)
    assert bench.model.property("complete") and not bench.canvas.property("drawing")
    bench.click_at(90, 90)
    assert len(bench.values("outline")) == 2, "the next click begins another"


def test_enter_closes_and_backspace_takes_back(bench: Bench) -> None:
    for corner in CORNERS:
        bench.click_at(*corner)
    bench.key(Qt.Key.Key_Backspace)
    assert near(points(bench), CORNERS[:3])
    bench.key(Qt.Key.Key_Return)
    assert bench.values("outline")[0]["closed"]


def test_backspace_to_nothing(bench: Bench) -> None:
    bench.click_at(20, 20)
    bench.click_at(40, 20)
    bench.key(Qt.Key.Key_Return)
    assert not bench.values("outline")[0]["closed"], "two corners are no area"
    bench.key(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert bench.model.answer() == []


def test_its_first_corner_again_is_no_corner(bench: Bench) -> None:
    for corner in (CORNERS[0], CORNERS[0], CORNERS[1], CORNERS[0], CORNERS[0]):
        bench.click_at(*corner)
    assert near(points(bench), CORNERS[:2]) and not bench.values("outline")[0]["closed"]
    bench.click_at(*CORNERS[2])
    assert not bench.passes(Qt.Key.Key_Return), "Enter closes it"
    assert bench.values("outline")[0]["closed"]
    assert bench.passes(Qt.Key.Key_Return), "and then finishes the task"


def test_corners_in_one_place_are_not_closed(open_bench: OpenBench) -> None:
    begun = [polygon("p", [CORNERS[0], CORNERS[1], CORNERS[0]], closed=False)]
    bench = open_bench(POLYGONS, begun)
    bench.painted()
    bench.focus(bench.canvas)
    bench.key(Qt.Key.Key_Return)
    bench.click_at(*CORNERS[0])
    assert bench.edits == []


def test_escape_drops_it(bench: Bench) -> None:
    bench.click_at(20, 20)
    bench.click_at(40, 20)
    bench.key(Qt.Key.Key_Escape)
    assert bench.model.answer() == []


def test_a_double_click_closes(bench: Bench) -> None:
    for corner in CORNERS[:2]:
        bench.click_at(*corner)
    bench.click_at(*CORNERS[2])
    QTest.mouseDClick(
        bench.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bench.at(60, 60)
    )
    bench.settle()
    assert bench.values("outline")[0]["closed"]


def test_what_a_crash_leaves_is_gone_on_with(open_bench: OpenBench) -> None:
    begun = [polygon("p", CORNERS[:3], closed=False)]
    module = parse(POLYGONS)
    assert parse_answer(begun, module) == begun and problems(begun, module) != []
    bench = open_bench(POLYGONS, begun)
    bench.painted()
    assert bench.canvas.property("drawing")
    bench.click_at(*CORNERS[3])
    bench.key(Qt.Key.Key_Return)
    assert near(points(bench), CORNERS) and bench.values("outline")[0]["closed"]


def test_the_journal_holds_every_corner(bench: Bench) -> None:
    for corner in CORNERS[:3]:
        bench.click_at(*corner)
    assert replay([], bench.edits, bench.model.module) == bench.model.answer()
    assert replay([], bench.edits[:2], bench.model.module)[0]["value"]["points"] == points(bench)[:2]


def test_by_key_alone(bench: Bench) -> None:
    bench.focus(bench.canvas)
    bench.key("n")
    assert near(points(bench), [(50, 50)])
    bench.key("n", Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert points(bench)[1][0] == pytest.approx(59, abs=NEAR)
    bench.key("n", "n", Qt.Key.Key_Return)
    assert len(points(bench)) == 4 and bench.values("outline")[0]["closed"]


def test_move_a_corner_and_all_of_it(drawn: Bench) -> None:
    drawn.drag((20, 20), (10, 10))
    assert near(points(drawn), [(10, 10), *CORNERS[1:]])
    drawn.drag((40, 40), (50, 50))
    assert near(points(drawn), [(20, 20), (70, 30), (70, 70), (30, 70)])
    drawn.drag((50, 50), (150, 50))
    assert max(x for x, _ in points(drawn)) == 100
    assert [edit["op"] for edit in drawn.edits] == ["replace"] * 3


def test_corners_by_key(drawn: Bench) -> None:
    drawn.key(".", Qt.Key.Key_Left)
    assert near(points(drawn), [(19.5, 20), *CORNERS[1:]])
    drawn.key(".", ".", ",", Qt.Key.Key_Up)
    assert points(drawn)[1][1] == pytest.approx(19.5)
    drawn.key("i")
    assert len(points(drawn)) == 5 and points(drawn)[2] == pytest.approx([60, 39.75])
    drawn.key(Qt.Key.Key_Delete)
    assert len(points(drawn)) == 4
    drawn.key(Qt.Key.Key_Escape)
    assert drawn.model.selected == "p", "Escape lets go of the corner first"
    drawn.key(Qt.Key.Key_Delete)
    assert drawn.model.answer() == []


def test_a_triangle_keeps_its_corners(open_bench: OpenBench) -> None:
    bench = open_bench(POLYGONS, [polygon("p", CORNERS[:3])])
    bench.painted()
    bench.model.select("p")
    bench.focus(bench.canvas)
    bench.key(".", Qt.Key.Key_Delete)
    assert len(points(bench)) == 3 and bench.model.selected == "p"


def test_a_double_click_on_an_edge_puts_a_corner_in(drawn: Bench) -> None:
    QTest.mouseDClick(
        drawn.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, drawn.at(40, 20)
    )
    drawn.settle()
    assert len(points(drawn)) == 5 and points(drawn)[1] == pytest.approx([40, 20], abs=NEAR)


def test_turn_and_grow(drawn: Bench) -> None:
    drawn.key("]")
    assert len(points(drawn)) == 4 and points(drawn)[0] != [20, 20]
    drawn.key("[")
    assert near(points(drawn), CORNERS)
    drawn.key(Qt.Key.Key_Right, with_=Qt.KeyboardModifier.ShiftModifier)
    assert points(drawn)[1] == pytest.approx([60.5, 20], abs=0.01)


def test_a_corner_is_dragged_under_a_glass(drawn: Bench) -> None:
    drawn.drag((20, 20), (15, 15), drop=False)
    assert drawn.canvas._pointer.fine
    drawn.key(Qt.Key.Key_Escape)
    assert not drawn.canvas._pointer.fine and drawn.edits == []
