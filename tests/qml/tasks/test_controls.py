# SPDX-License-Identifier: Apache-2.0
"""Stars, numbers, dates and trees by mouse and by keyboard: each action is one edit, what is wrong is never sent."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.qml.tasks.bench import LEFT, NONE, Bench
from tests.qml.tasks.conftest import OpenBench

KEY = Qt.Key
STARS = """<View><Text name="text" value="$text"/><Rating name="r" toName="text" maxRating="7" required="true"/>
  <Choices name="c" toName="text"><Choice value="Yes" hotkey="2"/><Choice value="No" hotkey="n"/></Choices></View>"""
NUMBER = """<View><Text name="text" value="$text"/>
  <Number name="n" toName="text" min="1" max="10" step="0.5" hint="Score"/></View>"""
SLIDER = NUMBER.replace("/></View>", ' slider="true"/></View>')
DATE = (
    '<View><Text name="text" value="$text"/><DateTime name="d" toName="text" only="date" min="2000"/></View>'
)
TREE = """<View><Text name="text" value="$text"/><Taxonomy name="t" toName="text" {more}>
  <Choice value="Archaea"/><Choice value="Eukarya"><Choice value="Human"/><Choice value="Opossum"/></Choice>
  </Taxonomy></View>"""


def puts(bench: Bench) -> list[Any]:
    """The values that edits put."""
    return [edit["value"] for edit in bench.edits if edit["op"] == "put"]


def test_stars(open_bench: OpenBench) -> None:
    bench = open_bench(STARS)
    assert bench.named("needed").property("text").startswith("*")
    bench.click(bench.named("star5"))
    assert bench.values("r") == [{"rating": 5}]
    bench.key("2")  # the key of an option stays the option's while the stars have the keyboard
    assert bench.values("r") == [{"rating": 5}] and bench.chosen() == ["Yes"]
    assert bench.named("number2").opacity() == 0 and bench.named("number3").opacity() == 1
    bench.key("3")
    assert bench.values("r") == [{"rating": 3}] and bench.chosen() == ["Yes"]
    bench.key(KEY.Key_Right, KEY.Key_Up, KEY.Key_Left, KEY.Key_End, KEY.Key_Right)
    assert bench.values("r") == [{"rating": 7}] and bench.named("stars").property("value") == 7
    bench.key(KEY.Key_Delete)
    assert bench.values("r") == []
    bench.click(bench.named("star3"))
    bench.click(bench.named("star3"))
    assert bench.values("r") == [] and puts(bench)[-2:] == [{"rating": 3}, None]


def test_stars_beside_choices_without_keys_of_their_own(open_bench: OpenBench) -> None:
    bench = open_bench(
        """<View><Text name="text" value="$text"/><Rating name="r" toName="text"/><Rating name="s" toName="text"/>
        <Choices name="c" toName="text"><Choice value="Wrong"/><Choice value="Right"/></Choices></View>"""
    )
    bench.click(bench.named("star4"))
    bench.key("1")
    assert bench.values("r") == [{"rating": 4}] and bench.chosen() == ["Wrong"]
    bench.key(KEY.Key_Delete)
    assert "Digits" not in bench.named("stars").property("accessibleAbout")
    bench.key("5")
    assert bench.values("r") == [{"rating": 5}], "no option has this key"


def test_a_hidden_option_leaves_its_digit_to_the_stars(open_bench: OpenBench) -> None:
    bench = open_bench(
        STARS.replace(
            '<Choices name="c" toName="text">',
            '<Choices name="q" toName="text"><Choice value="More" hotkey="m"/></Choices>'
            '<Choices name="c" toName="text" visibleWhen="choice-selected" whenTagName="q" whenChoiceValue="More">',
        )
    )
    bench.click(bench.named("star5"))
    bench.key("2")
    assert bench.values("r") == [{"rating": 2}] and bench.named("number2").opacity() == 1
    bench.key("m", "2")
    assert bench.values("r") == [{"rating": 2}] and bench.chosen() == ["More", "Yes"]
    assert bench.named("number2").opacity() == 0


def test_stars_from_anywhere(open_bench: OpenBench) -> None:
    bench = open_bench(STARS)
    bench.key("2", "4")
    assert bench.chosen() == ["Yes"], "the module's own key comes first"
    assert bench.values("r") == [{"rating": 4}]


def test_stars_that_are_only_read(open_bench: OpenBench) -> None:
    given = {"id": "r", "from_name": "r", "to_name": "text", "type": "rating", "value": {"rating": 3}}
    bench = open_bench(STARS, [given], read_only=True)
    assert bench.named("stars").property("value") == 3
    bench.click(bench.named("star5"))
    bench.focus(bench.named("stars"))
    bench.key("1", KEY.Key_Right, KEY.Key_Delete)
    assert bench.edits == []


def test_very_many_stars_are_slid(open_bench: OpenBench) -> None:
    bench = open_bench(STARS.replace('"7"', '"9999"'))
    assert not [item for item in bench.drawn() if item.objectName().startswith("star")]
    bench.focus(bench.named("slider"))
    bench.key(KEY.Key_Right, KEY.Key_Right)
    assert bench.values("r") == [{"rating": 2}]
    bench.key(KEY.Key_Left, KEY.Key_Left)
    assert bench.values("r") == []


def test_the_hotkey_of_a_place_in_a_tree_harms_nothing(open_bench: OpenBench) -> None:
    bench = open_bench(TREE.format(more="").replace('"Archaea"', '"Archaea" hotkey="x"'))
    bench.key("x")
    assert bench.model.answer() == []


def test_a_number(open_bench: OpenBench) -> None:
    bench = open_bench(NUMBER)
    bench.click(bench.named("number"))
    bench.type("7,5")
    assert bench.edits == []
    bench.key(KEY.Key_Tab)
    assert bench.values("n") == [{"number": 7.5}]
    bench.click(bench.named("more"))
    assert bench.values("n") == [{"number": 8}] and bench.named("number").property("text") == "8"
    bench.click(bench.named("number"))
    bench.key(KEY.Key_Down, KEY.Key_Down)
    assert bench.values("n") == [{"number": 7}]
    assert all(type(value["number"]) is int for value in bench.values("n"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("x", "not a number"), ("0", "at least 1"), ("11", "at most 10"), ("1.25", "step of 0.5")],
)
def test_a_wrong_number(open_bench: OpenBench, typed: str, said: str) -> None:
    bench = open_bench(NUMBER)
    bench.click(bench.named("number"))
    bench.type(typed)
    bench.settle()
    assert said in bench.named("trouble").property("text")
    bench.key(KEY.Key_Tab)
    assert bench.edits == [] and bench.model.answer() == []
    assert bench.named("number").property("text") == typed, "what was typed stays to be mended"


def test_undo_shows_the_number_again(open_bench: OpenBench) -> None:
    bench = open_bench(NUMBER)
    bench.click(bench.named("more"))
    saved = bench.model.answer()
    bench.click(bench.named("more"))
    bench.model.setAnswer(saved)
    bench.settle()
    assert bench.named("number").property("text") == "1"
    bench.model.setAnswer([])
    bench.settle()
    assert bench.named("number").property("text") == "" and len(bench.edits) == 2


def test_a_slider_is_one_edit(open_bench: OpenBench) -> None:
    bench = open_bench(SLIDER)
    slider = bench.named("slider")
    start = slider.mapToScene(slider.boundingRect().center()).toPoint()
    QTest.mousePress(bench.window, LEFT, NONE, start)
    for step in range(1, 6):
        QTest.mouseMove(bench.window, start + QPoint(10 * step, 0))
    assert bench.edits == []
    QTest.mouseRelease(bench.window, LEFT, NONE, start + QPoint(50, 0))
    bench.settle()
    assert len(bench.edits) == 1 and bench.values("n")[0]["number"] > 5
    bench.focus(slider)
    bench.key(KEY.Key_Right)
    assert len(bench.edits) == 2


def test_a_date(open_bench: OpenBench) -> None:
    bench = open_bench(DATE)
    bench.click(bench.named("date"))
    bench.type("2024-2-29")
    bench.key(KEY.Key_Tab)
    assert bench.values("d") == [{"datetime": "2024-02-29"}]
    assert bench.named("date").property("text") == "2024-02-29"
    bench.click(bench.named("clear"))
    assert bench.values("d") == []


@pytest.mark.parametrize("typed", ["2023-02-29", "1999-12-31", "today", "31.12.2020"])
def test_a_wrong_date(open_bench: OpenBench, typed: str) -> None:
    bench = open_bench(DATE)
    bench.click(bench.named("date"))
    bench.type(typed)
    bench.key(KEY.Key_Tab)
    assert bench.edits == [] and bench.named("trouble").property("text")


def test_a_calendar(open_bench: OpenBench) -> None:
    answer = [
        {
            "id": "d",
            "from_name": "d",
            "to_name": "text",
            "type": "datetime",
            "value": {"datetime": "2024-02-29"},
        }
    ]
    bench = open_bench(DATE, answer)
    bench.click(bench.named("calendarButton"))
    bench.key(KEY.Key_Right, KEY.Key_Down, KEY.Key_Return)
    assert bench.values("d") == [{"datetime": "2024-03-08"}]
    bench.click(bench.named("calendarButton"))
    bench.key(KEY.Key_PageUp)
    bench.click(bench.named("day14"))
    assert bench.values("d") == [{"datetime": "2024-02-14"}]


@pytest.mark.parametrize(
    ("more", "typed", "stored"),
    [
        ('only="time"', ("", "9:05"), "09:05"),
        ("", ("2024-01-02", "23:10"), "2024-01-02T23:10"),
        ('only="date" format="%d.%m.%Y"', ("2024-01-02", ""), "02.01.2024"),
        ('only="year"', ("1987", ""), "1987-01-01"),
    ],
)
def test_kinds_of_moments(open_bench: OpenBench, more: str, typed: tuple[str, str], stored: str) -> None:
    bench = open_bench(DATE.replace('only="date" min="2000"', more))
    for name, text in zip(("date", "time"), typed, strict=True):
        if text:
            bench.click(bench.named(name))
            bench.type(text)
    bench.key(KEY.Key_Tab)
    assert bench.values("d") == [{"datetime": stored}] and len(bench.edits) == 1


def branches(bench: Bench) -> list[str]:
    """The names of the tree's rows."""
    rows = sorted(bench.of_type("TaskBranch"), key=lambda item: item.property("index"))
    return [str(item.property("text")) for item in rows]


def branch(bench: Bench, text: str) -> Any:
    """The row of that name."""
    return next(item for item in bench.of_type("TaskBranch") if item.property("text") == text)


def test_a_tree_by_mouse(open_bench: OpenBench) -> None:
    bench = open_bench(TREE.format(more='showFullPath="true" required="true"'))
    assert branches(bench) == ["Archaea", "Eukarya", "Human", "Opossum"]
    bench.click(branch(bench, "Opossum"))
    bench.click(branch(bench, "Archaea"))
    assert bench.values("t") == [{"taxonomy": [["Archaea"], ["Eukarya", "Opossum"]]}]
    assert "Eukarya / Opossum" in bench.words()
    bench.click(bench.named("chip0"))
    assert bench.values("t") == [{"taxonomy": [["Eukarya", "Opossum"]]}]
    bench.click(branch(bench, "Opossum"))
    assert bench.values("t") == []


def test_a_tree_by_keyboard(open_bench: OpenBench) -> None:
    bench = open_bench(TREE.format(more='leafsOnly="true"'))
    bench.focus(bench.named("tree"))
    bench.key(KEY.Key_Down, KEY.Key_Left)
    assert branches(bench) == ["Archaea", "Eukarya"]
    bench.key(KEY.Key_Space)  # a branch that cannot be chosen opens
    bench.key(KEY.Key_Down, KEY.Key_Space, KEY.Key_Left)
    assert bench.values("t") == [{"taxonomy": [["Eukarya", "Human"]]}]
    assert bench.named("tree").property("currentIndex") == 1, "left goes to the branch it lies in"
    assert len(bench.edits) == 1


def test_a_tree_is_searched(open_bench: OpenBench) -> None:
    bench = open_bench(TREE.format(more='maxUsages="1"'))
    bench.click(bench.named("search"))
    bench.type("OPO")
    bench.settle()
    assert branches(bench) == ["Opossum"] and "Eukarya" in bench.words()
    bench.key(KEY.Key_Return)
    assert bench.values("t") == [{"taxonomy": [["Eukarya", "Opossum"]]}]
    bench.key(KEY.Key_Escape)
    assert len(branches(bench)) == 4
    bench.click(branch(bench, "Archaea"))
    assert len(bench.edits) == 1, "no more than the module allows"


def test_nothing_is_required_of_who_only_looks(open_bench: OpenBench) -> None:
    assert "* Required" in open_bench(STARS).words()
    assert "* Required" not in open_bench(STARS, read_only=True).words()
