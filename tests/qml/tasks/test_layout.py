# SPDX-License-Identifier: Apache-2.0
"""Where the elements of a task stand: what is judged left, controls right, pairs in order, pictures side by side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench

QUESTIONS = """<View><Image name="photo" value="$photo"/>
  <Header value="Q1:"/><Text name="q1" value="$q1"/><Header value="A1:"/><TextArea name="a1" toName="photo"/>
  <Header value="Q2:"/><Text name="q2" value="$q2"/><Header value="A2:"/><TextArea name="a2" toName="photo"/></View>"""
TURNS = """<View><Text name="q1" value="$q1"/><TextArea name="a1" toName="q1"/>
  <Text name="q2" value="$q2"/><TextArea name="a2" toName="q2"/></View>"""
NOTED = """<View><Text name="by" value="@somebody"/><Text name="text" value="$text"/><Text name="n" value="2 hrs ago"/>
  <Choices name="c" toName="text"><Choice value="a"/><Choice value="b"/></Choices>
  <Text name="why" value="Why?"/><TextArea name="w" toName="text"/></View>"""
PICTURES = "<View>{}<Rating name='r' toName='i0'/></View>"
DATA = {"q1": "First?", "q2": "Second?", "text": "Words."}


def rows(bench: Bench) -> list[QQuickItem]:
    """The rows that are seen, as they are read: the left column first, then down."""
    found = [
        item
        for item in bench.drawn()
        if item.property("kind") and item.property("side") and item.height() > 0
    ]
    return sorted(found, key=lambda row: (bool(row.property("onRight")), row.y(), row.x()))


def order(bench: Bench) -> list[str]:
    """The names or words of the rows as they are read."""
    return [str(row.property("name") or row.property("text")) for row in rows(bench)]


def test_questions_and_answers_beside_a_picture(open_bench: OpenBench, photo: str) -> None:
    bench = open_bench(QUESTIONS, data={**DATA, "photo": photo}, size=(1366, 768))
    assert order(bench) == ["photo", "Q1:", "q1", "A1:", "a1", "Q2:", "q2", "A2:", "a2"]
    assert [bool(row.property("onRight")) for row in rows(bench)] == [False, *[True] * 8]


@pytest.mark.parametrize(("size", "beside"), [((780, 330), True), ((780, 700), False), ((480, 290), False)])
def test_answers_are_beside_a_picture_where_the_window_is_low(
    open_bench: OpenBench, photo: str, size: tuple[int, int], beside: bool
) -> None:
    bench = open_bench(QUESTIONS, data={**DATA, "photo": photo}, size=size)
    assert any(row.property("onRight") for row in rows(bench)) == beside


@pytest.mark.parametrize("size", [(1366, 768), (800, 600)])
def test_texts_and_answers_in_turns(open_bench: OpenBench, size: tuple[int, int]) -> None:
    bench = open_bench(TURNS, data=DATA, size=size)
    assert order(bench) == ["q1", "a1", "q2", "a2"]
    assert not any(row.property("onRight") for row in rows(bench))
    assert all(row.width() <= 900 for row in rows(bench)), "no longer than is good to read"


def test_notes_stand_where_they_belong(open_bench: OpenBench) -> None:
    bench = open_bench(NOTED, data=DATA, size=(1366, 768))
    assert order(bench) == ["by", "text", "n", "c", "why", "w"]
    assert [bool(row.property("onRight")) for row in rows(bench)] == [False, False, False, True, True, True]


@pytest.mark.parametrize(("count", "lines"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2])])
def test_pictures_side_by_side(open_bench: OpenBench, photo: str, count: int, lines: list[int]) -> None:
    pictures = "".join(f"<Image name='i{at}' value='$photo'/>" for at in range(count))
    bench = open_bench(PICTURES.format(pictures), data={"photo": photo}, size=(1366, 768))
    shown = [row for row in rows(bench) if row.property("kind") == "image"]
    assert [str(row.property("name")) for row in shown] == [f"i{at}" for at in range(count)]
    heights = sorted({row.y() for row in shown})
    assert [sum(row.y() == height for row in shown) for height in heights] == lines
    assert all(row.width() >= 240 for row in shown)


def test_a_shape_without_a_row_leaves_no_gap(open_bench: OpenBench, photo: str) -> None:
    shapes = """<View><Image name="photo" value="$photo"/><Rectangle name="a" toName="photo"/>
      <Polygon name="b" toName="photo"/><Rating name="r" toName="photo"/></View>"""
    bench = open_bench(shapes, data={"photo": photo}, size=(1366, 768))
    right = [row for row in rows(bench) if row.property("onRight")]
    assert right[0].property("name") == "r" and right[0].y() < 10


def test_columns_scroll_by_themselves(open_bench: OpenBench) -> None:
    many = "".join(f'<Header value="Question {at}"/><Rating name="r{at}" toName="text"/>' for at in range(12))
    config = f'<View><Text name="text" value="$text"/>{many}</View>'
    bench = open_bench(config, data={"text": "A long text. " * 600}, size=(1366, 768))
    objects, controls = bench.named("objects"), bench.named("controls")
    bench.window.requestActivate()
    bench.focus(bench.named("task"))
    bench.key(Qt.Key.Key_PageDown)
    assert objects.property("contentY") > 300 and controls.property("contentY") == 0
    bench.key(Qt.Key.Key_PageDown, with_=Qt.KeyboardModifier.ShiftModifier)
    assert controls.property("contentY") > 100
    bench.key(Qt.Key.Key_PageUp, with_=Qt.KeyboardModifier.ShiftModifier)
    for _ in range(12):
        bench.key(Qt.Key.Key_Tab)
    held = bench.window.activeFocusItem()
    assert held is not None and held.objectName() == "stars"
    top = held.mapToScene(held.boundingRect().topLeft()).y()
    assert top >= 0 and top + held.height() <= 768, "what has the keyboard is in sight"
    assert controls.property("contentY") > 100


def test_tab_goes_in_reading_order_after_a_change_of_width(open_bench: OpenBench) -> None:
    bench = open_bench(NOTED, data=DATA, size=(1366, 768))
    for width in (700, 1366, 700):
        bench.window.setWidth(width)
        bench.settle()
        bench.focus(bench.named("task"))
        seen = []
        for _ in range(3):
            bench.key(Qt.Key.Key_Tab)
            held = bench.window.activeFocusItem()
            seen.append(str(held.property("text") or held.objectName()) if held is not None else "")
        assert seen == ["a", "b", "field0"], width
