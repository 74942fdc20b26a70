# SPDX-License-Identifier: Apache-2.0
"""Two answers beside each other: what differs in words, the other's regions in the task, a mark where the fault is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from gems_desktop.viewmodels.differences import differences
from gems_desktop.viewmodels.mark_words import mark_text
from gems_protocol.modules import parse
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import item_id, review, task
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key
BOXES = """<View><Image name="photo" value="$image"/>
<RectangleLabels name="box" toName="photo"><Label value="Boat"/><Label value="Bird"/></RectangleLabels>
<TextArea name="word" toName="photo" perRegion="true"/><Choices name="kind" toName="photo"><Choice value="Day"/>
<Choice value="Night"/></Choices><TextArea name="note" toName="photo"/><Rating name="stars" toName="photo"/></View>"""
SPANS = """<View><Text name="text" value="$text"/><Labels name="what" toName="text"><Label value="Ship"/></Labels>
</View>"""
SENTENCE = "The ferry came late again."


def box(identity: str, x: float, label: str = "Boat") -> dict[str, Any]:
    value = {"x": x, "y": 10, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": [label]}
    return {"id": identity, "from_name": "box", "to_name": "photo", "type": "rectanglelabels", "value": value}


def said(control: str, kind: str, value: Any) -> dict[str, Any]:
    key = {"textarea": "text"}.get(kind, kind)
    return {"id": control, "from_name": control, "to_name": "photo", "type": kind, "value": {key: value}}


def span(identity: str, start: int, end: int) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": SENTENCE[start:end], "labels": ["Ship"]}
    return {"id": identity, "from_name": "what", "to_name": "text", "type": "labels", "value": value}


def lines(ours: list[dict[str, Any]], theirs: list[dict[str, Any]], config: str = BOXES) -> list[str]:
    return [each.text for each in differences(ours, theirs, parse(config))]


def test_the_same_differs_in_nothing() -> None:
    answer = [box("a", 10), said("kind", "choices", ["Day"])]
    assert lines(answer, answer) == []
    assert lines(answer, [box("z", 10), said("kind", "choices", ["Day"])]) == []


def test_what_concerns_the_whole_task() -> None:
    assert lines([said("kind", "choices", ["Day"])], [said("kind", "choices", ["Night"])]) == [
        "kind: Day / Night"
    ]
    assert lines([said("note", "textarea", ["a", "b"])], []) == ["note: a, b / nothing"]
    assert lines([said("stars", "rating", 1)], [said("stars", "rating", 4)]) == ["stars: 1 / 4"]


def test_regions_that_moved_are_missing_or_new() -> None:
    ours, theirs = [box("a", 10), box("b", 60, "Bird")], [box("x", 14), box("y", 80)]
    found = differences(ours, theirs, parse(BOXES))
    assert [each.text for each in found] == [
        "Boat 1: Boat / Boat (overlap 66 %)",
        "Bird 2: Bird / nothing (only here)",
        "Boat 2: nothing / Boat (only in the other)",
    ]
    assert [each.region for each in found] == ["a", "b", ""]


def test_what_is_said_about_one_region() -> None:
    def worded(identity: str, text: str) -> list[dict[str, Any]]:
        region = box(identity, 10)
        geometry = {key: each for key, each in region["value"].items() if key != "rectanglelabels"}
        note = {**said("word", "textarea", [text]), "id": identity}
        return [region, {**note, "value": {**geometry, "text": [text]}}]

    assert len(lines(worded("a", "one"), worded("b", "two"))) == 1


def test_spans() -> None:
    assert lines([span("a", 4, 9)], [span("x", 0, 9)], SPANS) == [
        "Ship 1: Ship “ferry” / Ship “The ferry” (overlap 55 %)"
    ]


def test_hostile_words_stay_as_they_are() -> None:
    [line] = lines([said("note", "textarea", ["{theirs} %1 %2 <b>"])], [said("note", "textarea", ["x"])])
    assert line == "note: {theirs} %1 %2 <b> / x"


def test_marks_in_words() -> None:
    assert mark_text(None) == ""
    assert mark_text({"kind": "point", "on": "p", "x": 30.6, "y": 4, "page": 1}) == (
        "page 2: 31 % from the left, 4 % from the top"
    )
    assert mark_text({"kind": "time", "on": "p", "start": 0.5, "end": 2}) == "0.50 – 2.00 s"
    assert mark_text({"kind": "span", "on": "p", "start": 4, "end": 9}) == "characters 5 to 9"
    assert "x" not in mark_text({"kind": "region", "on": "x", "id": "x"})


async def test_the_rejected_answer_and_the_mark_beside_a_correction(open_stage: OpenStage) -> None:
    mark = {"kind": "span", "on": "text", "start": 4, "end": 9}
    session = FakeSession()
    session.work.tasks[item_id(1)] = task(
        1,
        config=SPANS,
        data={"text": SENTENCE},
        answer=[span("a", 4, 9)],
        before=(span("b", 0, 9),),
        redo_reason="bad_outline",
        redo_mark=mark,
    )
    stage = await open_stage("work", session)
    assert stage.says("Marked in the task: characters 5 to 9")
    model = stage.work.task
    assert model.mark_on("text") == mark and model.other_on("text") == ()
    await stage.key(Key.Key_F4)
    assert stage.says("The answer that was rejected (dashed): 1 difference")
    assert stage.says("overlap 55 %")
    assert [each.id for each in model.other_on("text")] == ["b"]
    await stage.key(Key.Key_F4)
    assert model.other_on("text") == () and not stage.says("overlap 55 %")


async def test_a_rejection_marks_the_place(open_stage: OpenStage) -> None:
    session = FakeSession()
    shown = review(1, config=SPANS, data={"text": SENTENCE}, answer=[span("a", 4, 9)])
    session.review.reviews = [shown, replace(shown, item_id=item_id(202))]
    stage = await open_stage("review", session)
    await stage.key("m")  # nothing to mark before there is a rejection
    assert not stage.review.marking
    await stage.key("r", "3", "m")
    model = stage.review.task
    assert stage.review.marking and model.marking and stage.says("Click the place")
    assert model.placeMark("text", {"kind": "span", "start": 4, "end": 9})
    await stage.calm()
    assert stage.says("Marked: characters 5 to 9") and not stage.review.marking
    await stage.key("m")
    model.select("a")
    await stage.calm()
    assert model.selected == ""
    await stage.key(Key.Key_Return)
    assert session.asked("review.decide") == [
        (
            "review.decide",
            item_id(201),
            "reject",
            "bad_outline",
            "",
            {"kind": "region", "on": "text", "id": "a"},
        )
    ]
    assert stage.review.markText == ""  # the next one has none


async def test_a_malformed_answer_is_not_shown(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.review.reviews = [review(1, config=SPANS, data={"text": SENTENCE}, answer=[{"type": "labels"}])]
    stage = await open_stage("review", session)
    assert stage.review.broken
    await stage.key("s")
    assert session.asked("review.decide")[-1][2] == "skip"


async def test_a_place_is_marked_with_the_keyboard_alone(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.review.reviews = [review(1, config=SPANS, data={"text": SENTENCE}, answer=[span("a", 4, 9)])]
    stage = await open_stage("review", session)
    await stage.key("r", "3", "m")
    assert stage.review.marking
    await stage.key(Key.Key_Escape)
    assert stage.review.rejecting and not stage.review.marking
    await stage.key("m", Key.Key_Right, Key.Key_Return)  # the keyboard is on the text
    assert not session.asked("review.decide")  # Enter was not the verdict
    mark = stage.review.task.beside.mark
    assert mark is not None and mark["on"] == "text" and not stage.review.marking
    await stage.key(Key.Key_Return)
    assert session.asked("review.decide")[-1][-1] == mark
