# SPDX-License-Identifier: Apache-2.0
"""Feedback on practice never carries an answer."""

from __future__ import annotations

from typing import Any

import pytest

from gems_protocol.errors import MalformedMessage
from gems_protocol.practice import Answered, Feedback, PracticeItem, graded, items_of, passes

ITEMS = (PracticeItem({"text": "a"}, ["x"], "think"), PracticeItem({"text": "b"}, ["y"], ""))


def test_feedback_is_right_or_wrong_with_the_hint_for_what_was_wrong() -> None:
    found = graded(ITEMS, [Answered(1, ["y"]), Answered(0, ["z"])], lambda one, other: one == other)
    assert found == [Feedback(0, False, "think"), Feedback(1, True, "")]
    with pytest.raises(MalformedMessage):
        graded(ITEMS, [Answered(2, ["y"])], lambda one, other: one == other)


def test_a_set_reads_what_it_writes() -> None:
    assert items_of([item.to_json() for item in ITEMS]) == ITEMS
    assert items_of(None) == items_of([]) == ()


@pytest.mark.parametrize(
    "value", [{}, [1], [{"data": {}, "answer": []}], [{"data": {}, "answer": {}, "hint": ""}], [{}] * 201]
)
def test_a_malformed_set_is_refused(value: Any) -> None:
    with pytest.raises(MalformedMessage):
        items_of(value)


@pytest.mark.parametrize(
    ("right", "of", "share", "wanted"),
    [
        (3, 5, 600_000, True),
        (2, 5, 600_000, False),
        (0, 5, 0, True),
        (0, 0, 0, False),
        (1, 3, 333_334, False),
    ],
)
def test_the_share_is_exact(right: int, of: int, share: int, wanted: bool) -> None:
    assert passes(right, of, share) is wanted
