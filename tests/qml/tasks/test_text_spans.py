# SPDX-License-Identifier: Apache-2.0
"""Stretches of a text by hand and by key: marked, selected, changed, relabelled, removed, on any script."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gems_desktop.items.text_canvas import TextCanvas
from tests.helpers.waiting import wait
from tests.qml.tasks.bench import LEFT, NONE, Bench
from tests.qml.tasks.conftest import OpenBench

NER = """<View><Labels name="ner" toName="text"><Label value="Person" hotkey="p" background="#d33"/>
  <Label value="Place" hotkey="l"/></Labels><Text name="text" value="$text"/></View>"""
WORDS = NER.replace('value="$text"', 'value="$text" granularity="word"')
TEXT = "Ann went to Paris with 👨\u200d👩\u200d👧 and e\u0301va.\nשלום עולם abc\n\u200bThe end 👍 of it."
SPAN = {
    "id": "a",
    "from_name": "ner",
    "to_name": "text",
    "type": "labels",
    "value": {"start": 12, "end": 17, "text": "Paris", "labels": ["Place"]},
}
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def canvas_of(bench: Bench, name: str = "text") -> TextCanvas:
    """The text on the screen."""
    found = bench.named(f"text-{name}")
    assert isinstance(found, TextCanvas)
    return found


def where(bench: Bench, words: str, *, end: bool = False, name: str = "text") -> QPoint:
    """In the window, where words that are shown begin or end."""
    canvas = canvas_of(bench, name)
    assert canvas.text is not None
    shown = canvas.text.sheet.text
    at = shown.index(words) + (len(words) if end else 0)
    units = len(shown[:at].encode("utf-16-le")) // 2
    return canvas.mapToScene(canvas.point_of(units)).toPoint()


def sweep(bench: Bench, start: QPoint, end: QPoint) -> None:
    """Drag from one point of the window to another."""
    QTest.mousePress(bench.window, LEFT, NONE, start)
    for step in range(1, 6):
        QTest.mouseMove(bench.window, start + (end - start) * step / 5)
    QTest.mouseRelease(bench.window, LEFT, NONE, end)
    bench.settle()


def mark(bench: Bench, words: str, name: str = "text") -> None:
    """Drag over words."""
    sweep(bench, where(bench, words, name=name), where(bench, words, end=True, name=name))


def marked(bench: Bench, control: str = "ner") -> list[tuple[str, str]]:
    """Label and words of each span."""
    return [(value.get("labels", [""])[0], value["text"]) for value in bench.values(control)]


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """An unmarked text."""
    return open_bench(NER, data={"text": TEXT})


def test_drag(bench: Bench) -> None:
    mark(bench, "Paris")
    assert bench.values("ner") == [{"start": 12, "end": 17, "text": "Paris", "labels": ["Person"]}]
    assert [edit["op"] for edit in bench.edits] == ["add"], "one edit for the whole drag"
    assert bench.model.selected == bench.model.answer()[0]["id"]


def test_drag_backwards_and_trimmed(bench: Bench) -> None:
    sweep(bench, where(bench, " with", end=True), where(bench, " Paris"))
    assert marked(bench) == [("Person", "Paris with")]


def test_a_click_marks_nothing(bench: Bench) -> None:
    QTest.mouseClick(bench.window, LEFT, NONE, where(bench, "ris"))
    bench.settle()
    assert bench.edits == [] and str(bench.model.selected) == ""


def test_double_click_marks_a_word_once(bench: Bench) -> None:
    for _ in range(2):
        QTest.mouseDClick(bench.window, LEFT, NONE, where(bench, "ris"))
        bench.settle()
    assert marked(bench) == [("Person", "Paris")]


def test_widened_to_words(open_bench: OpenBench) -> None:
    bench = open_bench(WORDS, data={"text": TEXT})
    sweep(bench, where(bench, "ent to"), where(bench, "ris w"))
    assert marked(bench) == [("Person", "went to Paris")]


@pytest.mark.parametrize("words", ["👨\u200d👩\u200d👧", "\u00e9va", "end 👍 of"])
def test_signs_are_whole_and_counted_in_the_text_as_it_came(bench: Bench, words: str) -> None:
    mark(bench, words)
    value = bench.values("ner")[0]
    assert value["text"] == TEXT[value["start"] : value["end"]]
    assert value["text"] == words.replace("\u00e9", "e\u0301")


def test_right_to_left_by_mouse(bench: Bench) -> None:
    first, last = where(bench, "שלום"), where(bench, "שלום", end=True)
    assert last.x() < first.x(), "it is written to the left"
    sweep(bench, first + QPoint(-1, 0), last + QPoint(1, 0))
    assert marked(bench) == [("Person", "שלום")]


def test_mixed_directions(bench: Bench) -> None:
    first = where(bench, "שלום")
    sweep(bench, first + QPoint(2, 0), QPoint(first.x() - 300, first.y()))
    assert marked(bench) == [("Person", "שלום עולם abc")]
    canvas = canvas_of(bench)
    assert canvas.page is not None and canvas.text is not None
    span = canvas.text.spans[0]
    pieces = canvas.page.pieces(span.start, span.end, 0, canvas.page.height)
    assert len(pieces) == 1 and pieces[0].right() == pytest.approx(canvas.page.caret(span.start).x(), abs=1)
    assert len(canvas.page.pieces(span.start + 5, span.end - 1, 0, canvas.page.height)) == 2, (
        "seen in two parts"
    )


def test_right_to_left_by_key(bench: Bench) -> None:
    canvas = canvas_of(bench)
    bench.focus(canvas)
    canvas.caret.put(canvas.text.sheet.text.encode("utf-16-le").index("ש".encode("utf-16-le")) // 2)  # type: ignore[union-attr]
    bench.key(*[Qt.Key.Key_Left] * 4, with_=SHIFT)
    bench.key(Qt.Key.Key_Return)
    assert marked(bench) == [("Person", "שלום")]


def test_by_key_alone(bench: Bench) -> None:
    bench.focus(canvas_of(bench))
    bench.key(Qt.Key.Key_Right, with_=CONTROL)
    bench.key(Qt.Key.Key_Right, with_=CONTROL | SHIFT)
    bench.key(Qt.Key.Key_Return)
    assert marked(bench) == [("Person", "went")]
    bench.key(Qt.Key.Key_Home)
    bench.key(*[Qt.Key.Key_Right] * 3, with_=SHIFT)
    bench.key("l")
    assert marked(bench) == [("Person", "went"), ("Place", "Ann")]
    assert [edit["op"] for edit in bench.edits] == ["add", "add"]


def test_the_cursor_never_stands_inside_a_sign(bench: Bench) -> None:
    canvas = canvas_of(bench)
    bench.focus(canvas)
    assert canvas.text is not None
    stops = {*canvas.text.sheet.alignment.shown, *(block.end for block in canvas.text.sheet.blocks)}
    for _ in range(len(TEXT)):
        QTest.keyClick(bench.window, Qt.Key.Key_Right)
        assert canvas.caret.place in stops
    bench.key(Qt.Key.Key_End, with_=CONTROL)
    assert canvas.caret.place == canvas.text.sheet.length
    bench.key(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert canvas.caret.place in stops and canvas.caret.place < 40


def test_overlapping_and_selected_in_turn(bench: Bench) -> None:
    mark(bench, "went to Paris")
    bench.model.select(str(bench.model.selected))
    bench.key("l")  # relabels what is selected on purpose
    bench.model.select("")
    bench.key("p")
    mark(bench, "Paris with")
    assert marked(bench) == [("Place", "went to Paris"), ("Person", "Paris with")]
    one, two = (result["id"] for result in bench.model.answer())
    bench.model.select("")
    point = where(bench, "ris")
    seen = []
    for _ in range(3):
        QTest.mouseClick(bench.window, LEFT, NONE, point)
        wait(450)  # or it is a double click
        seen.append(bench.model.selected)
    assert seen == [two, one, two]
    QTest.mouseClick(bench.window, LEFT, NONE, where(bench, "The en"))
    assert str(bench.model.selected) == ""


def test_ends_by_key_and_removal(bench: Bench) -> None:
    mark(bench, "Paris")
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Right, with_=SHIFT)
    bench.key(Qt.Key.Key_Left, Qt.Key.Key_Left, with_=ALT)
    assert marked(bench) == [("Person", "o Paris w")]
    bench.key(Qt.Key.Key_Right, with_=SHIFT | CONTROL)
    assert marked(bench) == [("Person", "o Paris with")] or marked(bench) == [("Person", "o Paris with ")]
    bench.key(Qt.Key.Key_Delete)
    assert marked(bench) == []


def test_ends_by_mouse(bench: Bench) -> None:
    mark(bench, "Paris")
    sweep(bench, where(bench, "Paris", end=True), where(bench, "with", end=True))
    assert marked(bench) == [("Person", "Paris with")]
    sweep(bench, where(bench, "Paris"), where(bench, "to "))
    assert marked(bench) == [("Person", "to Paris with")]
    assert [edit["op"] for edit in bench.edits] == ["add", "replace", "replace"]


def test_a_locked_span_stays(bench: Bench) -> None:
    mark(bench, "Paris")
    bench.model.setLocked(bench.model.answer()[0]["id"], True)
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    bench.key(Qt.Key.Key_Delete)
    assert marked(bench) == [("Person", "Paris")]


def test_tab_goes_through_the_spans_and_on(bench: Bench) -> None:
    mark(bench, "with")
    mark(bench, "Ann")
    canvas = canvas_of(bench)
    bench.model.select("")
    seen = []
    for _ in range(3):
        bench.key(Qt.Key.Key_Tab)
        seen.append(bench.model.selected)
    with_, ann = (result["id"] for result in bench.model.answer())
    assert seen == [ann, with_, ""] and not canvas.hasActiveFocus()


def test_hidden_ones_are_not_there(bench: Bench) -> None:
    mark(bench, "Paris")
    canvas = canvas_of(bench)
    assert canvas.text is not None and len(canvas.text.spans) == 1
    bench.model.setHidden(canvas.text.chosen, True)
    assert len(canvas.text.spans) == 0


def test_enter_finishes_the_task_where_it_marks_nothing(bench: Bench) -> None:
    canvas = canvas_of(bench)
    bench.focus(canvas)
    assert bench.passes(Qt.Key.Key_Return), "nothing is selected"
    bench.key(Qt.Key.Key_Right, with_=CONTROL | SHIFT)
    assert not bench.passes(Qt.Key.Key_Return) and len(marked(bench)) == 1
    assert bench.passes(Qt.Key.Key_Return), "the mark at the cursor is selected already"
    mark(bench, "Paris")
    assert len(marked(bench)) == 2 and bench.passes(Qt.Key.Key_Return)


def test_enter_on_a_text_that_is_only_read(open_bench: OpenBench) -> None:
    bench = open_bench(NER, data={"text": TEXT}, read_only=True)
    mark(bench, "went")
    assert canvas_of(bench).caret.selects and bench.passes(Qt.Key.Key_Return)


def test_read_only(open_bench: OpenBench) -> None:
    bench = open_bench(NER, [SPAN], data={"text": TEXT}, read_only=True)
    mark(bench, "went")
    bench.key("l", Qt.Key.Key_Return)
    assert bench.edits == [] and len(bench.model.answer()) == 1
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    assert str(bench.model.selected) == "a"
    bench.key(Qt.Key.Key_Delete)
    assert bench.edits == []


def test_beside_another_answer(open_bench: OpenBench) -> None:
    bench = open_bench(NER, [SPAN], data={"text": TEXT}, read_only=True)
    text = canvas_of(bench).text
    assert text is not None
    other = {**SPAN, "value": {"start": 0, "end": 3, "text": "Ann", "labels": ["Person"]}}
    bench.model.setOther([other])
    bench.settle()
    assert [(span.start, span.end) for span in text.others] == [(0, 3)] and text.spans[0].differs
    bench.model.setOther([SPAN])
    assert not text.spans[0].differs


def test_a_fault_is_marked_by_mouse_and_by_key(open_bench: OpenBench) -> None:
    bench = open_bench(NER, [SPAN], data={"text": TEXT}, read_only=True)
    bench.model.beside.ask(True)
    QTest.mouseClick(bench.window, LEFT, NONE, where(bench, "aris"))
    bench.settle()
    assert bench.model.beside.mark == {"kind": "span", "on": "text", "start": 12, "end": 17}
    canvas = canvas_of(bench)
    assert canvas.text is not None and canvas.text.mark == (12, 17)
    bench.model.beside.ask(True)
    bench.key(Qt.Key.Key_Home)
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    bench.key(Qt.Key.Key_Return)
    assert bench.model.beside.mark == {"kind": "span", "on": "text", "start": 0, "end": 1}


def test_another_task_in_the_same_scene(bench: Bench) -> None:
    mark(bench, "Paris")
    bench.model.open(bench.model.module, {"text": "Other words"}, [])
    bench.settle()
    mark(bench, "words")
    assert marked(bench) == [("Person", "words")]


def test_a_long_text_scrolls_with_the_cursor(open_bench: OpenBench) -> None:
    text = "\n".join(f"Line {number} of a long text." for number in range(700))[:20_000]
    answer = [
        {
            "id": f"r{at}",
            "from_name": "ner",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": at * 45,
                "end": at * 45 + 20,
                "text": text[at * 45 : at * 45 + 20],
                "labels": ["Place"],
            },
        }
        for at in range(400)
    ]
    bench = open_bench(NER, answer, data={"text": text})
    canvas = canvas_of(bench)
    assert canvas.height() < 500 < canvas.property("contentHeight")
    bench.focus(canvas)
    bench.key(Qt.Key.Key_End, with_=CONTROL)
    assert canvas.property("scroll") == pytest.approx(
        canvas.property("contentHeight") - canvas.height(), abs=40
    )
    bench.key(Qt.Key.Key_Home, with_=CONTROL)
    assert canvas.property("scroll") == 0
    bench.key(Qt.Key.Key_PageDown)
    assert canvas.caret.place > 0
