# SPDX-License-Identifier: Apache-2.0
"""Edits of every type of answer, companions that follow their region, and an answer that stays valid whatever comes."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.modules import EditRefused, apply, parse, parse_answer
from gems_protocol.modules.edits import _OPERATIONS, replay
from tests.protocol.modules.kinds import BOX, KINDS, SIZE, SPAN, TREE, result
from tests.protocol.modules.test_answer_kinds import JUNK

TOLD = KINDS["text about regions"]
PLACE, TEXT = TOLD.answer
SPLIT = KINDS["rectangle"]
JOINED = KINDS["relations"]
FIRST, SECOND, RELATION = JOINED.answer


def moved(region: dict[str, Any], **value: Any) -> dict[str, Any]:
    return region | {"value": region["value"] | value}


@pytest.mark.parametrize(
    "name", [name for name, kind in KINDS.items() if "put" in kind.config or len(kind.answer) == 1]
)
def test_put_whole_values(name: str) -> None:
    kind = KINDS[name]
    first = kind.answer[0]
    if first["id"] != "a":  # a region
        assert apply([], {"op": "add", "region": first}, kind.module) == [first]
        return
    edit = {"op": "put", "control": "a", "value": first["value"]}
    assert apply([], edit, kind.module) == [first]
    assert apply([first], {**edit, "value": None}, kind.module) == []


def test_text_about_a_region_follows_it() -> None:
    write = {"op": "write", "control": "t", "texts": ["abc"], "region": "r1"}
    answer = replay([], [{"op": "add", "region": PLACE}, write], TOLD.module)
    assert answer == TOLD.answer
    away = apply(answer, {"op": "replace", "region": moved(PLACE, x=50)}, TOLD.module)
    assert away == [moved(PLACE, x=50), moved(TEXT, x=50)] and answer == TOLD.answer
    paged = apply(answer, {"op": "replace", "region": PLACE | {"original_width": 9}}, TOLD.module)
    assert paged[1]["original_width"] == 9
    again = apply(away, {**write, "texts": ["new"]}, TOLD.module)
    assert again[1]["value"]["text"] == ["new"] and again[1]["value"]["x"] == 50
    assert apply(again, {**write, "texts": []}, TOLD.module) == [again[0]]
    assert apply(again, {"op": "remove", "id": "r1"}, TOLD.module) == []


def test_text_about_a_span_leaves_out_its_words() -> None:
    kind = KINDS["text about spans"]
    write = {"op": "write", "control": "t", "texts": ["abc"], "region": "r1"}
    assert apply(kind.answer[:1], write, kind.module) == kind.answer
    longer = moved(kind.answer[0], end=9, text="abcdefg")
    assert apply(kind.answer, {"op": "replace", "region": longer}, kind.module)[1]["value"] == {
        "start": 2,
        "end": 9,
        "text": ["abc"],
    }


def test_choices_about_a_region() -> None:
    module = parse(
        '<View><Text name="o" value="$o"/><Labels name="a" toName="o"><Label value="x"/></Labels>'
        '<Choices name="c" toName="o" perRegion="true" choice="multiple"><Choice value="1"/><Choice value="2"/>'
        "</Choices></View>"
    )
    spans = [result("labels", SPAN | {"labels": ["x"]}, id=name) for name in ("r1", "r2")]
    choose = {"op": "choose", "control": "c", "option": "2", "region": "r1"}
    answer = replay(spans, [choose, {**choose, "option": "1"}, {**choose, "region": "r2"}], module)
    assert [one["id"] for one in answer] == ["r1", "r1", "r2", "r2"]
    assert answer[1]["value"] == {**SPAN, "choices": ["1", "2"]} and answer[3]["value"]["choices"] == ["2"]
    less = apply(answer, {**choose, "op": "unchoose", "region": "r2"}, module)
    assert less == answer[:3]
    for wrong in ({"region": "r9"}, {"region": ["r1"]}, {"region": ""}, {"option": "3"}):
        with pytest.raises(EditRefused):
            apply(answer, choose | wrong, module)


def test_labels_in_and_beside_a_region() -> None:
    label = {"op": "label", "id": "r1", "control": "a", "labels": ["dog"]}
    assert apply(TOLD.answer, label, TOLD.module) == [moved(PLACE, rectanglelabels=["dog"]), TEXT]
    beside = {**label, "control": "l", "labels": ["Cat"]}
    assert apply(SPLIT.answer[:1], beside, SPLIT.module) == SPLIT.answer
    assert apply(SPLIT.answer, {**beside, "labels": []}, SPLIT.module) == SPLIT.answer[:1]
    video, bare = KINDS["videorectangle"], KINDS["videorectangle without label"]
    assert apply(bare.answer, {**beside, "labels": ["dog"]}, video.module) == video.answer
    assert apply(video.answer, {**beside, "labels": []}, video.module) == bare.answer
    for wrong in ({"labels": []}, {"labels": ["Bird"]}, {"labels": "dog"}, {"id": "r9"}, {"control": "t"}):
        with pytest.raises(EditRefused):
            apply(TOLD.answer, label | wrong, TOLD.module)


def test_relations() -> None:
    relate = {"op": "relate", "from": "r1", "to": "r2", "labels": ["has"]}
    assert apply([FIRST, SECOND], relate, JOINED.module) == JOINED.answer
    other = apply(JOINED.answer, {**relate, "labels": ["is"], "direction": "bi"}, JOINED.module)
    assert other[2:] == [RELATION | {"labels": ["is"], "direction": "bi"}]
    assert apply(other, {"op": "unrelate", "from": "r1", "to": "r2"}, JOINED.module) == [FIRST, SECOND]
    assert apply(JOINED.answer, {"op": "remove", "id": "r2"}, JOINED.module) == [FIRST]
    for wrong in ({"to": "r1"}, {"to": "r9"}, {"to": None}, {"labels": ["owns"]}):
        with pytest.raises(EditRefused):
            apply([FIRST, SECOND], relate | wrong, JOINED.module)


def test_messages() -> None:
    kind = KINDS["chatmessage"]
    say = {"op": "say", "control": "a", "role": "user", "content": "Hi", "id": "r1", "createdAt": 17}
    answer = apply([], say, kind.module)
    assert answer == kind.answer[:1]
    again = {**say, "role": "assistant", "content": "Yes?", "id": "r2"}
    del again["createdAt"]
    assert apply(answer, again, kind.module) == kind.answer
    for wrong in ({"id": "r1"}, {"role": "judge"}, {"content": ""}, {"id": 1}, {"control": "b"}):
        with pytest.raises(EditRefused):
            apply(answer, again | wrong, kind.module)


def test_a_tree_of_choices() -> None:
    kind = KINDS["choices of a tree"]
    choose = {"op": "choose", "control": "a", "option": ["Animal", "dog"]}
    answer = replay([], [choose, {**choose, "option": "Stone"}], kind.module)
    assert answer == kind.answer
    whole = apply(answer, {**choose, "option": "Animal"}, kind.module)
    assert whole[0]["value"]["choices"] == [["Animal"], ["Animal", "Cat"], ["Animal", "dog"], ["Stone"]]
    less = apply(whole, {**choose, "op": "unchoose", "option": "Cat"}, kind.module)
    assert less == answer
    assert apply(less, {**choose, "op": "unchoose", "option": ["Animal"]}, kind.module)[0]["value"] == {
        "choices": [["Stone"]]
    }
    single = parse(
        f'<View><Text name="o" value="$o"/><Choices name="a" toName="o" allowNested="true">{TREE}</Choices></View>'
    )
    assert replay([], [choose, {**choose, "option": ["Stone"]}], single)[0]["value"] == {
        "choices": [["Stone"]]
    }
    for wrong in ("Animal", ["Animal", "Bird"], [], [["Animal"]], None):
        with pytest.raises(EditRefused):
            apply([], {**choose, "option": wrong}, single)


def test_choices_of_a_task_that_is_not_known_yet() -> None:
    kind = KINDS["choices of the task"]
    module = parse(f"<View>{kind.config}</View>".replace("<Choices ", '<Choices choice="multiple" '))
    chosen = [{"op": "choose", "control": "a", "option": option} for option in ("z", "b")]
    assert replay([], chosen, module)[0]["value"] == {"choices": ["z", "b"]}


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "write", "control": "t", "texts": ["abc"]},
        {"op": "write", "control": "t", "texts": ["abc"], "region": "r9"},
        {"op": "put", "control": "a", "value": {"rectanglelabels": ["Cat"]}},
        {"op": "put", "control": "t", "value": ["abc"], "region": "r1"},
        {"op": "put", "control": "t", "value": {"text": ["abc"], "x": 1}, "region": "r1"},
        {"op": "add", "region": PLACE},
        {"op": "add", "region": TEXT},
        {"op": "add", "region": TEXT | {"id": "r2"}},
        {"op": "replace", "region": TEXT},
        {"op": "replace", "region": {"id": "r1"}},
        {"op": "replace", "region": PLACE | {"value": []}},
        {"op": "say", "control": "a", "role": "user", "content": "Hi", "id": "r3"},
    ],
)
def test_refused(edit: dict[str, Any]) -> None:
    before = copy.deepcopy(TOLD.answer)
    with pytest.raises(EditRefused):
        apply(TOLD.answer, edit, TOLD.module)
    assert before == TOLD.answer


def test_an_answer_whose_id_a_region_has_gets_another() -> None:
    module = parse(f'<View>{TOLD.config}<Rating name="r1" toName="o"/></View>')
    answer = apply([PLACE], {"op": "put", "control": "r1", "value": {"rating": 3}}, module)
    assert [one["id"] for one in answer] == ["r1", "r1_"]


BOTH = parse(
    f"<View>{TOLD.config}"
    '<Rectangle name="s" toName="o"/><Labels name="l" toName="o"><Label value="m"/></Labels>'
    '<Rating name="stars" toName="o"/><Relations><Relation value="is"/></Relations></View>'
)
IDS = st.sampled_from(["r1", "r2", "r3", "stars"])
VALUES = st.builds(lambda x, w: BOX | {"x": x, "width": w}, st.integers(-1, 90), st.integers(0, 10))
REGIONS = st.builds(
    lambda identity, value, label: result(
        "rectanglelabels", value | {"rectanglelabels": [label]}, id=identity, **SIZE
    ),
    IDS,
    VALUES,
    st.sampled_from(["Cat", "dog", "Bird"]),
) | st.builds(lambda identity, value: result("rectangle", value, name="s", id=identity), IDS, VALUES)
EDITS = st.one_of(
    st.fixed_dictionaries({"op": st.sampled_from(["add", "replace"]), "region": REGIONS}),
    st.fixed_dictionaries({"op": st.just("remove"), "id": IDS}),
    st.fixed_dictionaries(
        {
            "op": st.just("label"),
            "id": IDS,
            "control": st.sampled_from(["a", "l"]),
            "labels": st.lists(st.sampled_from(["Cat", "dog", "m"]), max_size=2),
        }
    ),
    st.fixed_dictionaries(
        {
            "op": st.just("write"),
            "control": st.just("t"),
            "region": IDS,
            "texts": st.lists(st.text(max_size=2)),
        }
    ),
    st.fixed_dictionaries(
        {
            "op": st.just("put"),
            "control": st.just("stars"),
            "value": st.none() | st.builds(lambda n: {"rating": n}, st.integers(0, 6)),
        }
    ),
    st.fixed_dictionaries({"op": st.sampled_from(["relate", "unrelate"]), "from": IDS, "to": IDS}),
)


@settings(max_examples=300)
@given(st.lists(EDITS, max_size=15))
def test_the_answer_stays_valid(edits: list[dict[str, Any]]) -> None:
    answer: list[dict[str, Any]] = []
    for edit in edits:
        before = json.dumps(answer)
        try:
            after = apply(answer, edit, BOTH)
        except EditRefused:
            after = answer
        assert json.dumps(answer) == before, "an edit changed the answer that it was applied to"
        assert parse_answer(json.loads(json.dumps(after)), BOTH) == after
        answer = after


OPS = st.sampled_from([*sorted(_OPERATIONS), "other"])
KEYS = "op control option texts value region id labels from to direction role content answer createdAt"


@settings(max_examples=600)
@given(
    st.sampled_from(
        ["text about regions", "choices of a tree", "relations", "videorectangle", "chatmessage", "brush"]
    ),
    OPS,
    st.dictionaries(
        st.sampled_from(KEYS.split()),
        JUNK | st.sampled_from(["a", "t", "l", "r1", "r2", ["Cat"], TEXT, PLACE]),
    ),
)
def test_any_edit_is_applied_or_refused(name: str, op: str, given_edit: dict[str, Any]) -> None:
    kind = KINDS[name]
    before = copy.deepcopy(kind.answer)
    try:
        after = apply(kind.answer, {"op": op, **given_edit}, kind.module)
    except EditRefused:
        after = kind.answer
    assert kind.answer == before and parse_answer(after, kind.module) == after


@settings(max_examples=200)
@given(JUNK)
def test_any_value_as_an_edit(edit: Any) -> None:
    with pytest.raises(EditRefused):
        apply(TOLD.answer, edit, TOLD.module)
