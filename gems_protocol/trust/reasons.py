# SPDX-License-Identifier: Apache-2.0
"""Reasons as facts, a code and its numbers, so that the window can say each in any language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Code(Enum):
    """What is said; beside each, the numbers it comes with."""

    NOTHING_CHECKED = "nothing_checked"
    FEW_CHECKED = "few_checked"  # right, checked
    CHECKED = "checked"  # right, checked, percent, low, high
    COUNTS_AS = "counts_as"  # checked, counted
    REDONE = "redone"  # redone, last
    ALARM = "alarm"  # rejected, last
    WORSE = "worse"  # rejected, last
    BETTER = "better"  # right, last
    GRADE = "grade"  # grade
    GRADE_NEWCOMER = "grade_newcomer"  # grade
    TO_NEXT_GRADE = "to_next_grade"  # more, grade
    CONFIRM_GRADE = "confirm_grade"  # more, grade
    LEVEL = "level"  # level
    TO_NEXT_LEVEL = "to_next_level"  # more
    NEXT_TEN = "next_ten"  # right, low, grade
    VERIFIER = "verifier"  # family
    VERIFIER_EVIDENCE = "verifier_evidence"  # more
    VERIFIER_REQUESTERS = "verifier_requesters"  # more
    VERIFIER_OTHERS = "verifier_others"  # more
    VERIFIER_HIDDEN = "verifier_hidden"  # right, checks
    VERIFIER_BAR = "verifier_bar"  # more
    REMOVAL = "removal"  # right, checked
    NO_DECISIONS = "no_decisions"
    FEW_DECISIONS = "few_decisions"  # decisions
    REJECTS = "rejects"  # rejected, decisions, percent, low, high
    OVERTURNED = "overturned"  # overturned, rejected, percent, low, high


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say. numbers: (name, value), in the order of `Code`; whole numbers or a short word."""

    code: Code
    numbers: tuple[tuple[str, int | str], ...] = ()

    @classmethod
    def of(cls, code: Code, **numbers: int | str) -> Reason:
        """A reason from named numbers."""
        return cls(code, tuple(numbers.items()))

    def __getitem__(self, name: str) -> int | str:
        """One of the numbers; raises KeyError."""
        return dict(self.numbers)[name]
