# SPDX-License-Identifier: Apache-2.0
"""Edits: each operation, replay, undo by dropping the last one, and refusals that leave the answer alone."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.modules import EditRefused, apply, parse_answer
from gems_protocol.modules.edits import replay
from tests.protocol.modules.configs import box, choice, everything, parts, typed

MODULE = everything()


def choose(control: str, option: Any) -> dict[str, Any]:
    return {"op": "choose", "control": control, "option": option}


def test_single_choice_is_replaced() -> None:
    answer = replay([], [choose("kind", "good"), choose("kind", "Bad")], MODULE)
    assert answer == [choice("Bad")]
    assert apply(answer, {"op": "unchoose", "control": "kind", "option": "Bad"}, MODULE) == []
    assert apply(answer, {"op": "unchoose", "control": "kind", "option": "good"}, MODULE) == answer


def test_several_choices_stand_in_the_modules_order() -> None:
    answer = replay([], [choose("parts", option) for option in ("Legs", "Head", "Legs")], MODULE)
    assert answer == [parts("Head", "Legs")]
    assert apply(answer, {"op": "unchoose", "control": "parts", "option": "Head"}, MODULE) == [parts("Legs")]


def test_typed() -> None:
    write = {"op": "write", "control": "why", "texts": ["a", "", "b"]}
    assert apply([], write, MODULE) == [typed("a", "b")]
    assert apply([typed("a")], {**write, "texts": []}, MODULE) == []


def test_boxes() -> None:
    added = apply([choice()], {"op": "add", "region": box(id="b1")}, MODULE)
    moved = apply(added, {"op": "replace", "region": box(30, id="b1")}, MODULE)
    assert moved == [choice(), box(30, id="b1")]
    assert apply(moved, {"op": "remove", "id": "b1"}, MODULE) == [choice()]
    assert apply(moved, {"op": "reset", "answer": [parts("Head")]}, MODULE) == [parts("Head")]


REFUSED: dict[str, Any] = {
    "unknown operation": {"op": "drop"},
    "no operation": {},
    "list as operation": {"op": []},
    "unknown control": choose("other", "a"),
    "list as control": choose(["kind"], "a"),  # type: ignore[arg-type]
    "unknown option": choose("kind", "Excellent"),
    "unknown option among several": choose("parts", "Wing"),
    "list as option": choose("parts", ["Head"]),
    "missing option": {"op": "choose", "control": "kind"},
    "choice in a text field": choose("why", "a"),
    "choice among boxes": choose("box", "Cat"),
    "writing a choice": {"op": "write", "control": "kind", "texts": ["good"]},
    "too many texts": {"op": "write", "control": "why", "texts": ["a", "b", "c"]},
    "texts are no list": {"op": "write", "control": "why", "texts": 1},
    "box outside": {"op": "add", "region": box(95, id="b")},
    "box is no region": {"op": "add", "region": 1},
    "id taken": {"op": "add", "region": box(id="kind")},
    "changing what is not there": {"op": "replace", "region": box(id="b")},
    "changing without id": {"op": "replace", "region": {}},
    "changing with a list": {"op": "replace", "region": []},
    "removing without id": {"op": "remove"},
    "reset to nonsense": {"op": "reset", "answer": [1]},
    "reset to nothing": {"op": "reset", "answer": None},
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    answer = [choice(), parts("Head")]
    before = copy.deepcopy(answer)
    with pytest.raises(EditRefused):
        apply(answer, REFUSED[name], MODULE)
    assert answer == before


PLACE = st.integers(0, 50)
IDS = st.sampled_from(["b1", "b2", "b3"])
REGION = st.builds(
    lambda x, y, w, h, label, name: box(x, y, w, h, label, id=name),
    PLACE,
    PLACE,
    st.integers(1, 50),
    st.integers(1, 50),
    st.sampled_from(["Cat", "dog", "Bird"]),
    IDS,
)
EDIT = st.one_of(
    st.builds(choose, st.sampled_from(["kind", "parts"]), st.sampled_from(["good", "Bad", "Head", "Legs"])),
    st.builds(
        lambda option: {"op": "unchoose", "control": "parts", "option": option},
        st.sampled_from(["Head", "Legs"]),
    ),
    st.builds(
        lambda texts: {"op": "write", "control": "why", "texts": texts},
        st.lists(st.text(max_size=3), max_size=3),
    ),
    st.builds(lambda region: {"op": "add", "region": region}, REGION),
    st.builds(lambda region: {"op": "replace", "region": region}, REGION),
    st.builds(lambda name: {"op": "remove", "id": name}, IDS),
    st.just({"op": "reset", "answer": [typed("again")]}),
)


@settings(max_examples=200)
@given(st.lists(EDIT, max_size=12))
def test_replay_and_undo(edits: list[dict[str, Any]]) -> None:
    states: list[list[dict[str, Any]]] = [[]]
    journal: list[dict[str, Any]] = []
    for edit in edits:
        before = copy.deepcopy(states[-1])
        try:
            after = apply(states[-1], edit, MODULE)
        except EditRefused:
            assert states[-1] == before
            continue
        assert states[-1] == before, "an edit changed the answer that it was applied to"
        assert parse_answer(after, MODULE) == after
        journal.append(edit)
        states.append(after)
    assert replay([], journal, MODULE) == states[-1]
    for done in range(len(journal), 0, -1):  # undo, one by one
        assert replay([], journal[: done - 1], MODULE) == states[done - 1]
