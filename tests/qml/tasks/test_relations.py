# SPDX-License-Identifier: Apache-2.0
"""Relations between what is marked: made by R and by mouse, on texts and on pictures, named, turned, taken away."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.qml.tasks.bench import LEFT, NONE, Bench
from tests.qml.tasks.conftest import BOXES, OpenBench
from tests.qml.tasks.test_text_spans import NER, TEXT, canvas_of, mark, where

KINDS = '<Relations choice="single"><Relation value="lives in"/><Relation value="knows"/></Relations></View>'
RELATED = NER.replace("</View>", KINDS)


def relations(bench: Bench) -> list[dict[str, Any]]:
    """The relations of the answer, without their ends."""
    ids = [result["id"] for result in bench.model.answer() if "id" in result]
    return [
        {**one, "from_id": ids.index(one["from_id"]), "to_id": ids.index(one["to_id"])}
        for one in bench.model.answer()
        if one["type"] == "relation"
    ]


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """A text with two marks."""
    made = open_bench(RELATED, data={"text": TEXT}, size=(1100, 900))
    mark(made, "Ann")
    mark(made, "Paris")
    return made


def listed(bench: Bench) -> QQuickItem:
    """The list of relations."""
    return bench.named("relations")


def test_by_key_and_mouse(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    assert bench.model.region(str(bench.model.selected)).snippet == "Ann"  # type: ignore[union-attr]
    bench.key("r")
    assert bench.named("unlink") is not None
    QTest.mouseClick(bench.window, LEFT, NONE, where(bench, "ris"))
    bench.settle()
    expected = {"type": "relation", "from_id": 0, "to_id": 1, "direction": "right"}
    assert relations(bench) == [expected]
    bench.click(bench.option("lives in"))
    assert relations(bench) == [{**expected, "labels": ["lives in"]}]
    bench.click(bench.option("knows"))
    assert relations(bench) == [{**expected, "labels": ["knows"]}]
    assert len(canvas_of(bench).text.links) == 1  # type: ignore[union-attr]
    assert any("1 Ann\u2069 → \u20682 Paris" in word for word in bench.words())


def test_by_key_alone(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab, "r", Qt.Key.Key_Tab)
    assert relations(bench) == [], "passing over a mark by key does not relate it"
    bench.key("r")
    assert len(relations(bench)) == 1
    bench.focus(listed(bench))
    bench.key("d")
    bench.key("d")
    assert relations(bench)[0]["direction"] == "bi"
    bench.key(Qt.Key.Key_Delete)
    assert relations(bench) == []


def test_given_up(bench: Bench) -> None:
    bench.key("r")
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert not [item for item in bench.drawn() if item.objectName() == "unlink"]
    QTest.mouseClick(bench.window, LEFT, NONE, where(bench, "An"))
    assert relations(bench) == []


def test_goes_with_its_mark(bench: Bench) -> None:
    bench.key("r")
    QTest.mouseClick(bench.window, LEFT, NONE, where(bench, "nn"))
    assert len(relations(bench)) == 1
    bench.focus(canvas_of(bench))
    bench.key(Qt.Key.Key_Delete)
    assert relations(bench) == []


def test_on_a_picture(open_bench: OpenBench) -> None:
    bench = open_bench(BOXES.replace("</View>", KINDS))
    bench.painted()
    bench.drag((10, 10), (30, 30))
    bench.drag((50, 50), (80, 80))
    bench.key("r")
    bench.click_at(20, 20)
    assert [(one["from_id"], one["to_id"]) for one in relations(bench)] == [(1, 0)]


def test_read_only(open_bench: OpenBench, bench: Bench) -> None:
    bench.key("r")
    QTest.mouseClick(bench.window, LEFT, NONE, where(bench, "nn"))
    seen = open_bench(RELATED, bench.model.answer(), data={"text": TEXT}, read_only=True, size=(1100, 900))
    seen.focus(listed(seen))
    seen.key(Qt.Key.Key_Down, "d", Qt.Key.Key_Delete)
    assert seen.edits == [] and str(seen.model.selected) != ""
