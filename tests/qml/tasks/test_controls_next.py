# SPDX-License-Identifier: Apache-2.0
"""The next task in the same scene shows its own items, trees and tables; nothing of the one before is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from gems_protocol.modules import parse
from tests.qml.tasks.conftest import OpenBench

CONFIG = """<View><List name="l" value="$items" title="All"/><Ranker name="k" toName="l"/>
  <Header value="How good?"/><Rating name="r" toName="l"/>
  <Number name="n" toName="l"/><DateTime name="d" toName="l" only="date"/>
  <Taxonomy name="t" toName="l" value="$tree"/></View>"""
PAIRS = """<View><Pairwise name="p" toName="a,b"/><Text name="a" value="$a"/><Text name="b" value="$b"/>
  <Pairwise name="q" toName="c,d"/><Text name="c" value="$c"/><Text name="d" value="$d"/></View>"""


def data(*names: str) -> dict[str, object]:
    """A task with these items and classes."""
    return {"items": [{"id": name, "title": name} for name in names], "tree": [{"value": n} for n in names]}


def test_the_next_task(open_bench: OpenBench) -> None:
    bench = open_bench(CONFIG, data=data("one", "two"))
    bench.click(bench.named("star4"))
    bench.click(bench.named("keep"))
    bench.click(bench.named("number"))
    bench.type("12")
    bench.click(bench.named("date"))
    bench.type("nonsense")
    bench.model.open(parse(CONFIG), data("three", "four", "five"), [])
    bench.settle()
    assert [edit["control"] for edit in bench.edits] == ["r", "k", "n"], "what was typed is sent before"
    assert {"three", "four", "five"} <= set(bench.words()) and not {"one", "two"} & set(bench.words())
    assert bench.named("stars").property("value") == 0
    assert bench.named("number").property("text") == "" and bench.named("date").property("text") == ""
    assert [item.property("text") for item in bench.of_type("TaskBranch")] == ["three", "four", "five"]
    bench.click(bench.named("keep"))
    assert bench.values("k") == [{"ranker": {"k": ["three", "four", "five"]}}]


def test_a_heading_names_what_stands_below_it(open_bench: OpenBench) -> None:
    bench = open_bench(CONFIG, data=data("one"))
    found = QAccessible.queryAccessibleInterface(bench.named("stars"))
    assert found is not None and found.text(QAccessible.Text.Name) == "How good?"


def test_two_pairs_have_no_keys_in_common(open_bench: OpenBench) -> None:
    bench = open_bench(PAIRS, data={name: f"Text {name}" for name in "abcd"})
    bench.key("1")
    assert bench.edits == [] and not any(item.property("keys") == "1" for item in bench.drawn())
    second = [item for item in bench.drawn() if item.objectName() == "right"][1]
    bench.focus(second)
    bench.key(Qt.Key.Key_Space)
    assert bench.values("q") == [{"selected": "right"}] and bench.values("p") == []
