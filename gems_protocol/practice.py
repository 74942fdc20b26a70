# SPDX-License-Identifier: Apache-2.0
"""Practice sets: what a learner is told about each example, by the module's own comparison of answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gems_protocol.audit import MILLION
from gems_protocol.errors import MalformedMessage

MOST_ITEMS = 200
LONGEST_HINT = 1_000


@dataclass(frozen=True, slots=True)
class PracticeItem:
    """One example: a task's data, its right answer, and the author's hint for whoever gets it wrong."""

    data: dict[str, Any]
    answer: list[Any]
    hint: str

    def to_json(self) -> dict[str, Any]:
        """{"data", "answer", "hint"}."""
        return {"data": self.data, "answer": self.answer, "hint": self.hint}


@dataclass(frozen=True, slots=True)
class Answered:
    """A learner's answer to the example at `place` (from 0)."""

    place: int
    answer: list[Any]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the learner gets back: never the answer, and the hint only where the answer was wrong."""

    place: int
    right: bool
    hint: str


def items_of(value: Any) -> tuple[PracticeItem, ...]:
    """A practice set from JSON, None for none; raises MalformedMessage."""
    if value is None:
        return ()
    if type(value) is not list or len(value) > MOST_ITEMS:
        raise MalformedMessage(f"A practice set is a list of at most {MOST_ITEMS} examples.")
    return tuple(_item(one) for one in value)


def _item(value: Any) -> PracticeItem:
    if type(value) is not dict or set(value) != {"data", "answer", "hint"}:
        raise MalformedMessage("A practice example does not have exactly its fields.")
    data, answer, hint = value["data"], value["answer"], value["hint"]
    if type(data) is not dict or type(answer) is not list or type(hint) is not str:
        raise MalformedMessage("A practice example is malformed.")
    if len(hint) > LONGEST_HINT:
        raise MalformedMessage(f"A hint is longer than {LONGEST_HINT} characters.")
    if "\0" in hint:  # PostgreSQL keeps no text with it
        raise MalformedMessage("A hint holds a character that is none.")
    return PracticeItem(data, answer, hint)


def graded(
    items: Sequence[PracticeItem], answers: Sequence[Answered], same: Callable[[Any, Any], bool]
) -> list[Feedback]:
    """Feedback on each answer in the order of places; same: `rules.Rules.same`. Raises MalformedMessage."""
    found = []
    for one in sorted(answers, key=lambda answered: answered.place):
        if not 0 <= one.place < len(items):
            raise MalformedMessage("There is no such practice example.")
        right = same(one.answer, items[one.place].answer)
        found.append(Feedback(one.place, right, "" if right else items[one.place].hint))
    return found


def passes(right: int, of: int, share_ppm: int) -> bool:
    """Whether so many right examples of all are the share (in parts per million) that is asked for."""
    return of > 0 and right * MILLION >= share_ppm * of
