# SPDX-License-Identifier: Apache-2.0
"""What is said about a region stands beside it, lies where it lies, and is said once; relations join two regions."""

from __future__ import annotations

from typing import Any

import pytest

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import parse, parse_answer
from gems_protocol.modules.regions import companions, labels_of, regions
from tests.protocol.modules.kinds import BOX, KINDS, SIZE, SPAN, result

TOLD = KINDS["text about regions"]
PLACE, TEXT = TOLD.answer
SPLIT = KINDS["rectangle"]
JOINED = KINDS["relations"]
FIRST, SECOND, RELATION = JOINED.answer


def test_who_is_who() -> None:
    assert regions(TOLD.answer, TOLD.module) == [PLACE] and companions(TOLD.answer, "r1") == [TEXT]
    assert labels_of(TOLD.answer, "r1") == ["Cat"] and labels_of(SPLIT.answer, "r1") == ["Cat"]
    assert regions(JOINED.answer, JOINED.module) == [FIRST, SECOND]
    assert labels_of(KINDS["videorectangle"].answer, "r1") == ["dog"]


@pytest.mark.parametrize(
    "wrong",
    [
        [TEXT],
        [TEXT, PLACE],
        [PLACE, PLACE],
        [PLACE, TEXT, TEXT],
        [PLACE, TEXT | {"id": "r2"}],
        [PLACE, TEXT | {"value": {"text": ["abc"]}}],
        [PLACE, TEXT | {"value": BOX | {"x": 11, "text": ["abc"]}}],
        [PLACE, TEXT | {"value": BOX | {"rotation": False, "text": ["abc"]}}],
        [PLACE, TEXT | {"value": BOX | {"rectanglelabels": ["Cat"], "text": ["abc"]}}],
        [PLACE, TEXT | {"value": BOX | {"text": []}}],
        [PLACE, TEXT | {"value": BOX}],
        [PLACE, {key: part for key, part in TEXT.items() if key not in SIZE}],
        [PLACE, TEXT | {"original_width": 9}],
    ],
)
def test_what_does_not_belong(wrong: Any) -> None:
    with pytest.raises(MalformedMessage):
        parse_answer(wrong, TOLD.module)


def test_whole_numbers_are_alike_however_they_are_written() -> None:
    assert parse_answer([PLACE, TEXT | {"value": BOX | {"x": 10.0, "text": ["abc"]}}], TOLD.module)


def test_labels_beside_a_bare_shape() -> None:
    shape, label = SPLIT.answer
    assert parse_answer([shape], SPLIT.module)  # not labelled yet
    for wrong in (
        [label],
        [label, shape],
        [shape, label | {"value": {"labels": ["Cat"]}}],
        [shape, label | {"value": BOX | {"labels": []}}],
        [shape, label | {"value": BOX | {"labels": ["Cat", "dog"]}}],
        [shape, label | {"value": BOX | {"labels": ["Bird"]}}],
    ):
        with pytest.raises(MalformedMessage):
            parse_answer(wrong, SPLIT.module)


def test_a_label_cannot_stand_beside_a_span() -> None:
    kind = KINDS["text about spans"]
    with pytest.raises(MalformedMessage):
        parse_answer([*kind.answer, result("labels", SPAN | {"labels": ["Cat"]})], kind.module)


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_id": "r9"},
        {"to_id": "r1"},
        {"to_id": ["r2"]},
        {"direction": "up"},
        {"direction": None},
        {"labels": ["owns"]},
        {"labels": ["is", "is"]},
        {"labels": "is"},
        {"id": "x"},
    ],
)
def test_a_relation_that_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(MalformedMessage):
        parse_answer([FIRST, SECOND, RELATION | wrong], JOINED.module)


def test_relations() -> None:
    without = {key: part for key, part in RELATION.items() if key != "labels"}
    back = without | {"from_id": "r2", "to_id": "r1", "direction": "bi"}
    assert parse_answer([RELATION, FIRST, SECOND, back], JOINED.module)
    with pytest.raises(MalformedMessage):
        parse_answer([FIRST, SECOND, RELATION, without], JOINED.module)
    with pytest.raises(MalformedMessage):  # a module without them
        parse_answer([FIRST, SECOND, RELATION], KINDS["labels on text"].module)


def test_one_kind_of_relation_or_several() -> None:
    several = [FIRST, SECOND, RELATION | {"labels": ["is", "has"]}]
    assert parse_answer(several, JOINED.module)
    single = parse(f"<View>{JOINED.config}</View>".replace("<Relations>", '<Relations choice="single">'))
    with pytest.raises(MalformedMessage):
        parse_answer(several, single)
