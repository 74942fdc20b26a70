# SPDX-License-Identifier: Apache-2.0
"""Results for people: how many agreed with the answer that stands, and how probable it is where that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gems_protocol.errors import MalformedMessage
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.gold import GoldItem
from gems_protocol.rules import Rules
from gems_protocol.verification import standing_of
from gems_protocol.verification.calibration import Calibration, Known, Opinion, fit, opinion_of
from gems_protocol.verification.commissioned import COMMISSION_ROUND
from gems_protocol.verification.policy import Ballot


@dataclass(frozen=True, slots=True)
class Agreement:
    """`agreed` of the `people` who answered or judged say what stands; nobody verified it when people is 1."""

    agreed: int
    people: int

    def text(self) -> str:
        """In words."""
        if self.people < 2:
            return "not verified" if self.people else ""
        return f"{self.agreed} of {self.people} agreed"


def agreement(row: Mapping[str, Any]) -> Agreement:
    """From one row of the platform's results; the last judged attempt counts."""
    votes = [vote for vote in row["votes"] if vote["round"] != COMMISSION_ROUND]
    last = max((vote["attempt"] for vote in votes), default=0)
    votes = [vote for vote in votes if vote["attempt"] == last]
    if row["answer"] is None:
        return Agreement(0, 0)
    if not row.get("adopted"):
        return Agreement(1 + sum(vote["accept"] for vote in votes), 1 + len(votes))
    number = next((vote["number"] for vote in votes if vote.get("answer") == row["answer"]), None)
    agreed = sum(vote["number"] == number if vote["round"] == 0 else not vote["accept"] for vote in votes)
    return Agreement(agreed, 1 + len(votes))


def last_attempt(row: Mapping[str, Any]) -> int:
    """The attempt whose verdict stands: the last that was judged, else the last that came in."""
    judged = [vote["attempt"] for vote in row["votes"]]
    return int(max(judged)) if judged else max(0, int(row["attempts"]) - 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One task's blind answers: what was said in the miner's and verifiers' order, and what stands of it."""

    index: int
    answers: tuple[Any, ...]
    opinion: Opinion
    stands: int | None
    known: Known | None = None


def reading(index: int, evidence: VerdictEvidence, rules: Rules, stands: Any) -> Reading | None:
    """The reading of a blindly verified task; None for one that was not. Raises MalformedMessage."""
    standings = {signed.note.worker: standing_of(signed.note) for signed in evidence.notes}
    miner = standings.get(evidence.assignment.miner)
    if not rules.policy.blind or evidence.answer is None or miner is None:
        return None
    answers, ballots = [evidence.answer], []
    for cast in evidence.votes:
        if cast.vote.round != 0 or cast.answer is None or cast.verifier not in standings:
            continue
        number = rules.number(cast.answer, answers)
        if number == len(answers):
            answers.append(cast.answer)
        ballots.append(Ballot(number == 0, number, standings[cast.verifier].accuracy))
    if not ballots:
        return None
    found = None if stands is None else rules.number(stands, answers)
    opinion = opinion_of(ballots, miner.accuracy, rules.classes)
    return Reading(index, tuple(answers), opinion, found if found is None or found < len(answers) else None)


def calibrate(
    readings: Sequence[Reading], gold: Sequence[GoldItem], rules: Rules
) -> tuple[list[Reading], Calibration | None]:
    """The readings with what is known of them, and the temperature that this gives; None with too few."""
    by_index = {item.index: item for item in gold}
    found = [_with_known(one, by_index.get(one.index), rules) for one in readings]
    return found, fit([one.known for one in found if one.known is not None])


def _with_known(found: Reading, item: GoldItem | None, rules: Rules) -> Reading:
    if item is None:
        return found
    try:
        number = rules.number(item.answer, list(found.answers))
    except MalformedMessage:
        return found
    return replace(found, known=Known(found.opinion, number if number < len(found.answers) else None))


def probability(found: Reading, calibration: Calibration | None) -> float | None:
    """That the answer which stands is right; None where that cannot be said yet."""
    if calibration is None or found.stands is None:
        return None
    return found.opinion.probability(found.stands, calibration.beta)
