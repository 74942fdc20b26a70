# SPDX-License-Identifier: Apache-2.0
"""The better of two, orders and buckets, lists and tables: by mouse, by keyboard, drawn no more than needed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.qml.tasks.bench import LEFT, NONE, Bench
from tests.qml.tasks.conftest import OpenBench

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
PAIR = (
    """<View><Pairwise name="p" toName="a,b"/><Text name="a" value="$a"/><Text name="b" value="$b"/></View>"""
)
PICTURES = PAIR.replace("Text", "Image")
SOUNDS = PAIR.replace("Text", "Paragraphs")
ORDER = """<View><List name="l" value="$items" title="All"/><Ranker name="r" toName="l">{}</Ranker></View>"""
BUCKETS = '<Bucket name="good" title="Good ones"/><Bucket name="bad" title="Bad ones"/>'
TABLE = """<View><Table name="t" value="$table"/>
  <Choices name="c" toName="t"><Choice value="Right"/><Choice value="Wrong"/></Choices></View>"""
LIST = """<View><List name="l" value="$items" title="All of them"/><TextArea name="c" toName="l"/></View>"""
ITEMS = {"items": [{"id": key, "title": f"Item {key}", "body": "A few words."} for key in ("a", "b", "c")]}


def test_the_better_of_two_texts(open_bench: OpenBench) -> None:
    bench = open_bench(PAIR, data={"a": "One thing", "b": "Another thing"})
    assert bench.words().count("One thing") <= 2 and bench.of_type("TaskText") == []
    left, right = bench.named("left"), bench.named("right")
    assert left.x() < right.x() and left.height() == right.height()
    bench.click(right)
    assert bench.values("p") == [{"selected": "right"}] and right.property("chosen")
    bench.key("1")
    assert bench.values("p") == [{"selected": "left"}]
    bench.focus(left)
    bench.key(KEY.Key_Right, KEY.Key_Space)
    assert bench.values("p") == [{"selected": "right"}]
    bench.key(KEY.Key_Space)
    assert bench.values("p") == []


def test_the_better_of_two_pictures(open_bench: OpenBench, photo: str) -> None:
    bench = open_bench(PICTURES, data={"a": photo, "b": photo})
    bench.painted()
    thumbs = bench.of_type("TaskThumb")
    assert len(thumbs) == 2 and all(item.property("picture") == photo[7:] for item in thumbs)
    bench.click(bench.named("left"))
    assert bench.values("p") == [{"selected": "left"}]


def test_a_picture_of_a_pair_that_is_missing(
    open_bench: OpenBench, photo: str, qt_messages: list[str]
) -> None:
    bench = open_bench(PICTURES, data={"a": photo, "b": "sha256:" + "0" * 64})
    bench.until(lambda: bench.model.pictureProblem)
    assert not bench.model.shown and "This picture cannot be shown." in bench.words()
    qt_messages.clear()


def test_pairs_that_show_themselves(open_bench: OpenBench) -> None:
    said = [{"author": "A", "text": "Hello"}]
    bench = open_bench(SOUNDS, data={"a": said, "b": said})
    kinds = [row.kind for row in bench.model._list.rows]
    assert kinds == ["pairwise", "paragraphs", "paragraphs"]
    bench.click(bench.named("left"))
    assert bench.values("p") == [{"selected": "left"}]


def test_a_pair_that_is_only_read(open_bench: OpenBench) -> None:
    given = {"id": "p", "from_name": "p", "to_name": "a", "type": "pairwise", "value": {"selected": "left"}}
    bench = open_bench(PAIR, [given], read_only=True, data={"a": "x", "b": "y"})
    bench.click(bench.named("right"))
    bench.key("2")
    assert bench.edits == [] and bench.named("left").property("chosen")


def card(bench: Bench, title: str) -> QQuickItem:
    """The card with this title."""
    return next(
        item
        for item in bench.drawn()
        if item.property("title") == title and item.objectName().startswith("card")
    )


def drag(bench: Bench, item: QQuickItem, to: QPoint) -> None:
    """Drag a card to a place in the window."""
    start = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mousePress(bench.window, LEFT, NONE, start)
    for step in range(1, 6):
        QTest.mouseMove(bench.window, start + (to - start) * step / 5)
    bench.settle()
    assert bench.edits == [], "nothing is said before the card is dropped"
    QTest.mouseRelease(bench.window, LEFT, NONE, to)
    bench.settle()


def test_an_order_by_drag(open_bench: OpenBench) -> None:
    bench = open_bench(ORDER.format(""), data=ITEMS)
    last = card(bench, "Item c")
    below = last.mapToScene(QPoint(40, int(last.height()) - 2)).toPoint()
    drag(bench, card(bench, "Item a"), below)
    assert bench.values("r") == [{"ranker": {"r": ["b", "c", "a"]}}] and len(bench.edits) == 1


def test_an_order_by_keyboard(open_bench: OpenBench) -> None:
    bench = open_bench(ORDER.format(""), data=ITEMS)
    bench.focus(card(bench, "Item a"))
    bench.key(KEY.Key_Down, with_=ALT)
    bench.key(KEY.Key_Down, with_=ALT)
    assert bench.values("r") == [{"ranker": {"r": ["b", "c", "a"]}}]
    assert card(bench, "Item a").hasActiveFocus(), "the keyboard stays on the card"
    bench.key(KEY.Key_Down, with_=ALT)  # it is the last
    bench.key(KEY.Key_Up)
    assert card(bench, "Item c").hasActiveFocus() and len(bench.edits) == 2


def test_the_order_is_right_as_it_is(open_bench: OpenBench) -> None:
    bench = open_bench(ORDER.format(""), data=ITEMS)
    bench.click(bench.named("keep"))
    assert bench.values("r") == [{"ranker": {"r": ["a", "b", "c"]}}]


def test_buckets(open_bench: OpenBench) -> None:
    bench = open_bench(ORDER.format(BUCKETS), data=ITEMS)
    good = bench.named("column1")
    drag(bench, card(bench, "Item b"), good.mapToScene(good.boundingRect().center()).toPoint())
    assert bench.values("r") == [{"ranker": {"_": ["a", "c"], "good": ["b"], "bad": []}}]
    bench.focus(card(bench, "Item a"))
    bench.key("3")
    assert bench.values("r")[0]["ranker"]["bad"] == ["a"]
    bench.key(KEY.Key_Left, with_=ALT)
    assert bench.values("r") == [{"ranker": {"_": ["c"], "good": ["a", "b"], "bad": []}}]
    assert card(bench, "Item a").hasActiveFocus() and len(bench.edits) == 3
    bench.key("2")
    assert len(bench.edits) == 3, "it lies there already"


def test_the_digit_of_an_option_sorts_nothing(open_bench: OpenBench) -> None:
    asked = '<Choices name="c" toName="l"><Choice value="Fine" hotkey="2"/></Choices></View>'
    bench = open_bench(ORDER.format(BUCKETS).replace("</View>", asked), data=ITEMS)
    assert [bench.named(f"column{at}").property("key") for at in range(3)] == ["1", "", "3"]
    bench.focus(card(bench, "Item a"))
    bench.key("2")
    assert bench.chosen() == ["Fine"] and bench.values("r") == []
    bench.key("3")
    assert bench.values("r")[0]["ranker"]["bad"] == ["a"]
    assert bench.passes(KEY.Key_Return), "Enter finishes the task"


def test_the_digit_of_an_option_is_no_better_one(open_bench: OpenBench) -> None:
    asked = '<Choices name="c" toName="a"><Choice value="Fine" hotkey="1"/></Choices></View>'
    bench = open_bench(PAIR.replace("</View>", asked), data={"a": "One thing", "b": "Another thing"})
    left, right = bench.named("left"), bench.named("right")
    assert (left.property("key"), right.property("key")) == ("", "2")
    bench.focus(right)
    bench.key("1")
    assert bench.chosen() == ["Fine"] and bench.values("p") == []
    bench.key("2")
    assert bench.values("p") == [{"selected": "right"}]


def test_an_order_that_is_only_read(open_bench: OpenBench) -> None:
    given = {
        "id": "r",
        "from_name": "r",
        "to_name": "l",
        "type": "ranker",
        "value": {"ranker": {"r": ["c", "a", "b"]}},
    }
    bench = open_bench(ORDER.format(""), [given], read_only=True, data=ITEMS)
    assert card(bench, "Item c").y() < card(bench, "Item a").y()
    bench.focus(card(bench, "Item c"))
    bench.key(KEY.Key_Down, with_=ALT)
    assert bench.edits == []


def test_a_list_alone(open_bench: OpenBench) -> None:
    bench = open_bench(LIST, data=ITEMS)
    assert {"All of them", "Item a", "Item c", "A few words."} <= set(bench.words())


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"Name": "Ada", "Age": 36, "Tags": ["a", "b"], "None": None}, ["Name", "Ada", "36", '["a", "b"]']),
        ([{"x": 1, "y": "two"}, {"x": True}], ["x", "y", "1", "two", "true"]),
        ([["p", "q"], ["r"]], ["p", "q", "r"]),
        (["<b>bold</b>"], ["<b>bold</b>"]),
    ],
)
def test_tables(open_bench: OpenBench, table: Any, words: list[str]) -> None:
    bench = open_bench(TABLE, data={"table": table})
    assert set(words) <= set(bench.words())


def test_a_long_table_is_drawn_as_far_as_it_is_seen(open_bench: OpenBench) -> None:
    rows = [{"number": at, "word": f"word {at}"} for at in range(500)]
    bench = open_bench(TABLE, data={"table": rows})
    drawn = [word for word in bench.words() if word.startswith("word ")]
    assert 5 < len(drawn) < 60
    bench.focus(bench.named("table"))
    bench.key(KEY.Key_End)
    assert "word 499" in bench.words()
    bench.key(KEY.Key_Home, KEY.Key_PageDown)
    assert "word 0" not in bench.words() and "word 20" in bench.words()
