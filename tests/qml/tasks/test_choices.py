# SPDX-License-Identifier: Apache-2.0
"""Choosing by click and by key, several at once, and what undo and reading only do."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.qml.tasks.conftest import CHOICES, OpenBench

CTRL = Qt.KeyboardModifier.ControlModifier


def test_by_click(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)
    assert not bench.model.complete and bench.chosen() == []
    bench.click(bench.option("Sad"))
    assert bench.values("mood") == [{"choices": ["Sad"]}] and bench.chosen() == ["Sad"]
    assert bench.model.complete
    bench.click(bench.option("Angry"))
    bench.click(bench.option("Angry"))
    assert bench.values("mood") == [{"choices": ["Angry"]}]
    # choosing what is chosen already is no edit
    assert [edit["option"] for edit in bench.edits] == ["Sad", "Angry"]


def test_by_key(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)
    bench.key("h")
    assert bench.chosen() == ["Happy"]
    bench.key("1")
    assert bench.chosen() == ["Sad"]
    bench.key("H")
    assert bench.chosen() == ["Happy"]
    before = list(bench.edits)
    for modifier in (CTRL, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier):
        bench.key("1", with_=modifier)
    bench.key("z", "9", Qt.Key.Key_F5)
    assert bench.edits == before


def test_by_space_on_the_option(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)
    bench.focus(bench.option("Angry"))
    bench.key(Qt.Key.Key_Space)
    assert bench.chosen() == ["Angry"]


def test_several(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)
    bench.click(bench.option("Noun"))
    bench.click(bench.option("Verb"))
    assert bench.values("parts") == [{"choices": ["Verb", "Noun"]}]
    bench.key("3")  # the keys of Verb and Noun are the next free digits
    assert bench.values("parts") == [{"choices": ["Noun"]}] and bench.chosen() == ["Noun"]
    bench.key("4")
    assert bench.values("parts") == []


def test_undo(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)
    bench.key("h")
    saved = bench.model.answer()
    bench.key("1", "3")
    assert bench.chosen() == ["Sad", "Verb"]
    made = len(bench.edits)
    bench.model.setAnswer(saved)
    bench.settle()
    assert bench.chosen() == ["Happy"] and bench.values("mood") == [{"choices": ["Happy"]}]
    assert len(bench.edits) == made, "what the services put back is no edit of the user"


def test_reading_only(open_bench: OpenBench) -> None:
    answer = [
        {"id": "m", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["Sad"]}}
    ]
    bench = open_bench(CHOICES, answer, read_only=True)
    assert bench.chosen() == ["Sad"]
    bench.click(bench.option("Happy"))
    bench.key("h", "3", Qt.Key.Key_Space)
    bench.model.choose("mood", "Happy")
    bench.model.unchoose("mood", "Sad")
    bench.model.toggle("parts", "Verb")
    assert bench.edits == [] and bench.chosen() == ["Sad"]


def test_the_next_task_in_the_same_scene(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)
    bench.key("h")
    before = bench.option("Happy")
    bench.model.open(bench.model.module, {"text": "Another sentence."}, [])
    bench.settle()
    assert bench.chosen() == [] and "Another sentence." in bench.words()
    assert bench.option("Happy") is before, "the scene is kept"
