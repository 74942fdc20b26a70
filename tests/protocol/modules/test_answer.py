# SPDX-License-Identifier: Apache-2.0
"""Answers: every value type, valid and invalid, what keeps one from being finished, and its hash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import answer_hash, limits, parse, parse_answer, problems
from gems_protocol.modules.answer import percentage
from tests.protocol.modules.configs import box, choice, everything, parts, typed

MODULE = everything()
NAN, INF = float("nan"), float("inf")


VALID: dict[str, list[dict[str, Any]]] = {
    "nothing": [],
    "one choice": [choice("good")],
    "several choices": [parts("Head", "Legs")],
    "box": [box()],
    "whole picture": [box(0, 0, 100, 100)],
    "thin box": [box(0, 0, 0.0001, 100)],
    "rounding at the edge": [box(66.6667, 0, 33.3334, 10)],
    "alias of a label": [box(label="dog")],
    "turned box": [box(value=box()["value"] | {"rotation": 12.5})],
    "turned box, longer than the picture is wide": [
        box(value=box(w=10)["value"] | {"width": 300, "rotation": 90})
    ],
    "size of the picture": [box(original_width=4000, original_height=3000, image_rotation=0)],
    "typed": [typed("why not")],
    "two entries": [typed("a", "b")],
    "unicode": [typed("مرحبا \U0001f600 \u202e")],
    "longest text": [typed("x" * limits.TYPED_LENGTH)],
    "most regions": [box(id=f"b{at}") for at in range(limits.REGIONS)],
    "everything": [choice("Bad"), parts("Tail"), box(), box(id="b2", label="dog"), typed("x")],
}
INVALID: dict[str, Any] = {
    "no list": {},
    "nothing at all": None,
    "tuple": (choice(),),
    "no object": ["x"],
    "too many": [box(id=f"b{at}") for at in range(limits.REGIONS + 1)],
    "too large": [typed(*("x" * limits.TYPED_LENGTH for _ in range(21)))],
    "foreign field": [choice(score=1)],
    "no value": [{key: value for key, value in choice().items() if key != "value"}],
    "no id": [{key: value for key, value in choice().items() if key != "id"}],
    "number as id": [choice(id=1)],
    "id with letters from elsewhere": [choice(id="é")],
    "id with a line end": [choice(id="a\n")],
    "long id": [choice(id="a" * 65)],
    "empty id": [choice(id="")],
    "id twice": [choice(), parts("Head", id="kind")],
    "foreign control": [choice(from_name="other")],
    "no control": [choice(from_name=None)],
    "list as control": [choice(from_name=["kind"])],
    "foreign object": [choice(to_name="photo")],
    "foreign type": [choice(type="taxonomy")],
    "type of another": [choice(type="textarea")],
    "value is a list": [choice(value=["good"])],
    "foreign value": [choice(value={"choices": ["good"], "x": 1})],
    "no choices": [choice(value={"choices": []})],
    "choices as text": [choice(value={"choices": "good"})],
    "unknown choice": [choice("Excellent")],
    "shown text instead of the alias": [choice("Good")],
    "number as choice": [choice(value={"choices": [1]})],
    "list as choice": [parts(value={"choices": [["Head"]]})],
    "two where one is allowed": [choice(value={"choices": ["good", "Bad"]})],
    "choice twice": [parts("Head", "Head")],
    "unknown label": [box(label="Bird")],
    "two labels": [box(value=box()["value"] | {"rectanglelabels": ["Cat", "dog"]})],
    "no label": [box(value=box()["value"] | {"rectanglelabels": []})],
    "label as text": [box(value=box()["value"] | {"rectanglelabels": "Cat"})],
    "turned by more than a turn": [box(value=box()["value"] | {"rotation": 361})],
    "turned backwards": [box(value=box()["value"] | {"rotation": -12})],
    "rotated picture": [box(image_rotation=90)],
    "falsehood as rotation": [box(value=box()["value"] | {"rotation": False})],
    "falsehood as rotation of the picture": [box(image_rotation=False)],
    "no rotation": [box(value={key: value for key, value in box()["value"].items() if key != "rotation"})],
    "outside left": [box(-0.1)],
    "outside top": [box(y=-0.1)],
    "outside right": [box(90, 0, 10.01, 5)],
    "outside bottom": [box(0, 90, 5, 10.01)],
    "no width": [box(w=0)],
    "negative height": [box(h=-1)],
    "NaN": [box(NAN)],
    "NaN width": [box(w=NAN)],
    "infinite": [box(w=INF)],
    "minus infinite": [box(-INF)],
    "huge number": [box(w=10**400)],
    "negative huge number": [box(-(10**400))],
    "huge float": [box(1e308, 0, 1e308, 1)],
    "truth as number": [box(True)],
    "text as number": [box("10")],  # type: ignore[arg-type]
    "nothing as number": [box(None)],  # type: ignore[arg-type]
    "picture without width": [box(original_width=0)],
    "picture too wide": [box(original_width=50_001)],
    "picture with half a pixel": [box(original_width=10.5)],
    "picture with a true width": [box(original_width=True)],
    "nothing typed": [typed()],
    "empty entry": [typed("a", "")],
    "number typed": [typed(1)],  # type: ignore[arg-type]
    "text instead of entries": [typed(value={"text": "x"})],
    "half a character": [typed("a\ud800")],
    "too long": [typed("x" * (limits.TYPED_LENGTH + 1))],
    "too many entries": [typed("a", "b", "c")],
}


@pytest.mark.parametrize("name", VALID)
def test_valid(name: str) -> None:
    assert parse_answer(VALID[name], MODULE) is VALID[name]


@pytest.mark.parametrize("name", INVALID)
def test_invalid(name: str) -> None:
    with pytest.raises(MalformedMessage) as refused:
        parse_answer(INVALID[name], MODULE)
    assert refused.value.message.endswith(".") and len(refused.value.message) < 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
SOUND = st.sampled_from([regions[0] for regions in VALID.values() if regions])


@settings(max_examples=300)
@given(SOUND, st.sampled_from(["id", "from_name", "to_name", "type", "value", "original_width", "new"]), JSON)
def test_any_field_holding_anything(region: dict[str, Any], key: str, value: Any) -> None:
    try:
        parse_answer([region | {key: value}], MODULE)
    except MalformedMessage:
        return


@settings(max_examples=300)
@given(SOUND, st.data())
def test_any_value_holding_anything(region: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([*region["value"], "new"]))
    answer = [region | {"value": region["value"] | {key: data.draw(JSON)}}]
    try:
        parse_answer(answer, MODULE)
    except MalformedMessage:
        return
    assert len(answer_hash(answer)) == 32


def test_a_missing_control_is_not_the_control_named_none() -> None:
    module = parse(
        "<View><Text name='t' value='$t'/><Choices name='None' toName='t'><Choice value='a'/></Choices></View>"
    )
    result = {"id": "x", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}
    assert parse_answer([result | {"from_name": "None"}], module)
    for wrong in (result, result | {"from_name": None}):
        with pytest.raises(MalformedMessage):
            parse_answer([wrong], module)


def test_problems() -> None:
    assert problems([], MODULE) == ["Pick one"]
    assert problems([choice()], MODULE) == []
    crowd = [choice(), *(box(id=f"b{at}") for at in range(3)), box(id="d", label="dog")]
    assert problems(crowd, MODULE) == ["A label of box may be used at most 2 times."]
    assert problems(crowd[:-2], MODULE) == []


@pytest.mark.parametrize(
    ("control", "said"),
    [
        ("<Choices name='c' toName='i' required='true'><Choice value='a'/></Choices>", "Choose an answer."),
        ("<TextArea name='c' toName='i' required='true'/>", "Write your answer."),
        (
            "<RectangleLabels name='c' toName='i' required='true'><Label value='a'/></RectangleLabels>",
            "Mark at least one region.",
        ),
        ("<Choices name='c' toName='i'><Choice value='a'/></Choices>", "Nothing is answered yet."),
    ],
)
def test_what_is_missing(control: str, said: str) -> None:
    module = parse(f"<View><Image name='i' value='$i'/>{control}</View>")
    assert problems([], module) == [said]


def test_a_picture_without_any_box_can_be_an_answer() -> None:
    boxes = "<RectangleLabels name='c' toName='i'><Label value='a'/></RectangleLabels>"
    assert problems([], parse(f"<View><Image name='i' value='$i'/>{boxes}</View>")) == []


def test_the_hash_is_of_what_is_said_not_how_it_is_written() -> None:
    answer = [box(12.5, 10, 20, 20), choice()]
    again = json.loads(json.dumps(answer, indent=3))
    turned = [dict(reversed(region.items())) for region in answer]
    assert answer_hash(answer) == answer_hash(again) == answer_hash(turned)
    assert answer_hash(answer) != answer_hash(answer[::-1])
    assert answer_hash([box(10)]) == answer_hash([box(percentage(10.0))])
    # fixed: another version must give the same hash, or old signatures would not fit their answers
    assert answer_hash([choice()]).hex() == "7c676b173df16d002b9d20533d33ad5a57ac5273a227f733d92290a7b0b3d90e"


@given(st.floats(0, 100))
def test_percentages_are_stable(value: float) -> None:
    rounded = percentage(value)
    assert percentage(rounded) == rounded and abs(rounded - value) <= 0.00005 + 1e-9
    assert json.loads(json.dumps(rounded)) == rounded
    assert isinstance(rounded, int) or not rounded.is_integer()
