# SPDX-License-Identifier: Apache-2.0
"""Typing: edits are few while fingers move and complete when they rest, leave or go on."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gems_desktop.viewmodels.task import TYPING_MS
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import TYPED, OpenBench


def written(bench: Bench) -> list[list[str]]:
    """What each edit wrote."""
    return [edit["texts"] for edit in bench.edits if edit["op"] == "write"]


def test_edits_are_throttled(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    assert 100 <= TYPING_MS <= 500
    bench.click(bench.named("field0"))
    bench.type("because it is so")
    assert bench.edits == [], "not an edit for each letter"
    bench.until(lambda: bench.edits)
    assert written(bench) == [["because it is so"]]
    bench.type("!")
    assert len(bench.edits) == 1
    bench.until(lambda: len(bench.edits) == 2)
    assert bench.values("why") == [{"text": ["because it is so!"]}]


def test_leaving_the_field_sends_at_once(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    bench.click(bench.named("field0"))
    bench.type("x")
    bench.key(Qt.Key.Key_Tab)
    assert not bench.named("field0").hasActiveFocus()
    assert written(bench) == [["x"]]


def test_keys_of_the_module_are_letters_in_a_field(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    bench.click(bench.named("field0"))
    bench.type("hhh 1")
    bench.key(Qt.Key.Key_Return)
    bench.model.flush()
    assert bench.chosen() == [] and written(bench) == [["hhh 1\n"]]


def test_asking_for_the_answer_or_the_next_task_sends(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    bench.click(bench.named("field0"))
    bench.type("a")
    assert bench.model.answer()[0]["value"] == {"text": ["a"]}
    bench.type("b")
    bench.model.open(bench.model.module, {"text": "next"}, [])
    bench.settle()
    assert written(bench) == [["a"], ["ab"]]
    assert bench.named("field0").property("text") == "" and bench.model.answer() == []


def test_several_entries(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    bench.click(bench.named("field0"))
    bench.type("one")
    bench.model.flush()
    bench.settle()
    bench.click(bench.of_type("QuietButton")[0])
    bench.click(bench.named("field1"))
    bench.type("two")
    bench.model.flush()
    assert bench.values("why") == [{"text": ["one", "two"]}]
    bench.named("field0").setProperty("text", "")
    bench.model.flush()
    bench.settle()
    assert bench.values("why") == [{"text": ["two"]}]


def test_undo(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    bench.click(bench.named("field0"))
    bench.type("first")
    saved = bench.model.answer()
    bench.type(" second")
    bench.model.flush()
    bench.model.setAnswer(saved)
    bench.settle()
    assert bench.named("field0").property("text") == "first"
    assert written(bench) == [["first"], ["first second"]]
    bench.model.setAnswer([])
    bench.settle()
    assert bench.named("field0").property("text") == "" and len(bench.edits) == 2


def test_half_a_character_and_too_much(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    bench.model.write("why", ["a\ud800b", "  ", "x" * 20_000])
    assert bench.values("why") == [{"text": ["a\ufffdb", "x" * 10_000]}]


def test_reading_only(open_bench: OpenBench) -> None:
    answer = [
        {"id": "w", "from_name": "why", "to_name": "text", "type": "textarea", "value": {"text": ["said"]}}
    ]
    bench = open_bench(TYPED, answer, read_only=True)
    bench.click(bench.named("field0"))
    bench.type("more")
    bench.model.typed("why", 0, "more")
    bench.model.write("why", ["more"])
    bench.model.flush()
    assert bench.edits == [] and bench.named("field0").property("text") == "said"
    assert bench.of_type("QuietButton") == []


def test_an_entry_is_removed(open_bench: OpenBench) -> None:
    bench = open_bench(TYPED)
    bench.model.write("why", ["one", "two", "three"])
    bench.settle()
    bench.click(bench.named("remove1"))
    assert bench.values("why") == [{"text": ["one", "three"]}]
    assert [bench.named(f"field{at}").property("text") for at in range(2)] == ["one", "three"]
