# SPDX-License-Identifier: Apache-2.0
"""Choosing by click and by key, several at once, and what undo and reading only do."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.qml.tasks.conftest import CHOICES, OpenBench

NESTED = """<View><Text name="text" value="$text"/><Choices name="c" toName="text" {more} allowNested="true">
  <Choice value="Food"><Choice value="Bread"/><Choice value="Milk"/></Choice><Choice value="Toys"/></Choices></View>"""
FOLDED = """<View><Text name="text" value="$text"/><Choices name="c" toName="text" layout="select">
  <Choice value="Apple"/><Choice value="Banana"/><Choice value="Cherry"/></Choices></View>"""
DYNAMIC = """<View><Text name="text" value="$text"/>
  <Choices name="c" toName="text" value="$options" choice="multiple"/></View>"""
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


def test_choices_inside_choices(open_bench: OpenBench) -> None:
    bench = open_bench(NESTED.format(more='choice="multiple"'))
    assert bench.option("Bread").mapToScene(bench.option("Bread").boundingRect().topLeft()).x() > (
        bench.option("Food").mapToScene(bench.option("Food").boundingRect().topLeft()).x()
    )
    bench.click(bench.option("Bread"))
    assert bench.values("c") == [{"choices": [["Food", "Bread"]]}] and bench.chosen() == ["Bread"]
    assert bench.option("Food").property("some")
    bench.click(bench.option("Food"))
    assert bench.chosen() == ["Food", "Bread", "Milk"]
    bench.key("3")  # Milk: keys count through the tree
    assert bench.values("c") == [{"choices": [["Food", "Bread"]]}]
    bench.click(bench.option("Toys"))
    bench.click(bench.option("Bread"))
    assert bench.values("c") == [{"choices": [["Toys"]]}] and len(bench.edits) == 5


def test_one_choice_inside_choices(open_bench: OpenBench) -> None:
    bench = open_bench(NESTED.format(more=""))
    assert [str(item.property("text")) for item in bench.of_type("TaskOption")] == ["Bread", "Milk", "Toys"]
    assert "Food" in bench.words(), "what cannot be chosen alone is a heading"
    bench.click(bench.option("Milk"))
    bench.click(bench.option("Toys"))
    assert bench.values("c") == [{"choices": [["Toys"]]}]


def test_folded_choices(open_bench: OpenBench) -> None:
    bench = open_bench(FOLDED)
    assert bench.of_type("TaskOption") == []
    bench.click(bench.named("select"))
    assert len(bench.of_type("TaskOption")) == 3
    bench.click(bench.option("Banana"))
    bench.until(lambda: not bench.of_type("TaskOption"))
    assert (
        bench.values("c") == [{"choices": ["Banana"]}] and bench.named("select").property("text") == "Banana"
    )
    bench.focus(bench.named("select"))
    bench.key(Qt.Key.Key_Down)
    bench.type("ch")
    bench.settle()
    assert [item.property("text") for item in bench.of_type("TaskOption")] == ["Cherry"]
    bench.key(Qt.Key.Key_Return)
    assert bench.values("c") == [{"choices": ["Cherry"]}]


def test_very_many_choices_are_found_by_typing(open_bench: OpenBench) -> None:
    bench = open_bench(DYNAMIC, data={"text": "x", "options": [f"class {at}" for at in range(900)]})
    bench.click(bench.named("select"))
    assert 3 < len(bench.of_type("TaskOption")) < 40
    bench.type("class 777")
    bench.key(Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert bench.values("c") == [{"choices": ["class 777"]}]
    assert bench.of_type("TaskOption"), "several may be chosen, so the list stays"


def test_choices_with_pictures(open_bench: OpenBench, photo: str) -> None:
    options = [{"value": "a", "html": f"<img src='{photo}'>First"}, {"value": "b"}]
    bench = open_bench(DYNAMIC, data={"text": "x", "options": options})
    assert [item.property("picture") for item in bench.of_type("TaskThumb")] == [photo[7:]]
    assert bench.option("First").height() > bench.option("b").height() + 60
    bench.click(bench.option("First"))
    assert bench.values("c") == [{"choices": ["a"]}]
