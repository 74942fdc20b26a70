# SPDX-License-Identifier: Apache-2.0
"""What is known of a worker when a task is offered or judged: the only thing about people that policies see."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.messages import StandingNote

NEWCOMER_TASKS = 10  # checked tasks from which a worker is no newcomer any more
WHOLE = 100  # hundredths in a task
GRADES = "FDCBA"  # a note holds the place in it
GRADE_A, GRADE_B, GRADE_C = 4, 3, 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A worker's record in one module family.

    passes: audited passes, GIRM's N. gold: known-answer checks; settled: judged tasks, both with the number that
    were right. weighed: what the settled ones are worth as evidence, in hundredths of a task (requesters and kinds
    of work that say little count little); None: all of them whole. grade: place in GRADES.
    """

    passes: int = 0
    gold_right: int = 0
    gold: int = 0
    settled_right: int = 0
    settled: int = 0
    grade: int = GRADE_C
    weighed_right: int | None = None
    weighed: int | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.gold_right <= self.gold and 0 <= self.settled_right <= self.settled):
            raise ValueError("right answers are some of the answers")
        right, whole = self.evidence
        if not 0 <= right <= whole <= WHOLE * self.settled:
            raise ValueError("evidence is at most what was settled")
        if self.passes < 0 or not 0 <= self.grade < len(GRADES):
            raise ValueError("a standing's passes or grade is not possible")

    @property
    def checked(self) -> int:
        """How many checked tasks it rests on."""
        return self.gold + self.settled

    @property
    def is_newcomer(self) -> bool:
        """Whether there is too little checked work to say anything."""
        return self.checked < NEWCOMER_TASKS

    @property
    def evidence(self) -> tuple[int, int]:
        """(right, all) of the settled tasks as evidence, in hundredths."""
        if self.weighed is None or self.weighed_right is None:
            return WHOLE * self.settled_right, WHOLE * self.settled
        return self.weighed_right, self.weighed

    @property
    def accuracy(self) -> Fraction:
        """Share of right answers, shrunk by Beta(4, 2): gold counts whole, the evidence of settled tasks half."""
        right, settled = self.evidence
        return (4 + self.gold_right + Fraction(right, 2 * WHOLE)) / (
            6 + self.gold + Fraction(settled, 2 * WHOLE)
        )


NEWCOMER = Standing()


def weighed_in_hundredths(s: float, n: float, settled: int) -> tuple[int, int]:
    """(weighed_right, weighed) of effective evidence s of n from so many settled tasks, rounded down as a whole."""
    weighed = min(WHOLE * settled, int(WHOLE * n))
    return min(weighed, round(WHOLE * s)), weighed


def standing_of(note: StandingNote) -> Standing:
    """The standing that a signed note states; raises ValueError when it is not possible."""
    return Standing(
        passes=note.passes,
        gold_right=note.gold_right,
        gold=note.gold,
        settled_right=note.settled_right,
        settled=note.settled,
        weighed_right=note.weighed_right,
        weighed=note.weighed,
        grade=note.grade,
    )


def note_of(standing: Standing, worker: str, family: bytes, at: int) -> StandingNote:
    """The note that the platform signs about `worker`; family: keccak256 of the module family's name."""
    return StandingNote(
        worker=worker,
        family=family,
        passes=standing.passes,
        gold_right=standing.gold_right,
        gold=standing.gold,
        settled_right=standing.settled_right,
        settled=standing.settled,
        weighed_right=standing.evidence[0],
        weighed=standing.evidence[1],
        grade=standing.grade,
        at=at,
    )
