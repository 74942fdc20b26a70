# SPDX-License-Identifier: Apache-2.0
"""Results in words and numbers: who agreed with what stands, and how probable it is once enough is known."""

from __future__ import annotations

from typing import Any

import pytest

from gems_platform.client.requesting.readings import agreement, calibrate, last_attempt, probability, reading
from gems_protocol.gold import GoldItem
from gems_protocol.verification import NEWCOMER, policy_of
from gems_protocol.verification.evidence import posterior
from gems_protocol.verification.policy import Ballot
from tests.helpers import protocol_evidence as proof
from tests.helpers.protocol_terms import terms

POLICY = policy_of("evidence", {"theta_ppm": 990_000, "panel": 7, "rounds": 2})
RULES = proof.rules(POLICY, terms(panel=7))


def vote(attempt: int = 0, round_: int = 0, accept: bool = True, number: int = 0) -> dict[str, Any]:
    """A vote as the platform's results hold it."""
    shown = proof.answer(number) if round_ == 0 else None
    return {"attempt": attempt, "round": round_, "accept": accept, "number": number, "answer": shown}


def row(*votes: dict[str, Any], answer: Any = (), adopted: bool = False) -> dict[str, Any]:
    """A row of results."""
    return {"index": 0, "answer": answer, "adopted": adopted, "attempts": 1, "votes": list(votes)}


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (row(vote(), vote()), "3 of 3 agreed"),
        (row(vote(), vote(accept=False, number=1), vote()), "3 of 4 agreed"),
        (row(vote(accept=False), vote(1), vote(1)), "3 of 3 agreed"),
        (row(vote(), vote(round_=255, accept=False)), "2 of 2 agreed"),
        (row(), "not verified"),
        (row(answer=None), ""),
        (
            row(
                vote(accept=False, number=1),
                vote(accept=False, number=1),
                answer=proof.answer(1),
                adopted=True,
            ),
            "2 of 3 agreed",
        ),
    ],
)
def test_agreement_is_with_the_answer_that_stands(found: dict[str, Any], text: str) -> None:
    assert agreement(found).text() == text


def test_the_attempt_that_stands() -> None:
    assert last_attempt(row(vote(0), vote(2))) == 2 and last_attempt(row()) == 0


def test_a_reading_weighs_as_the_policy_does() -> None:
    evidence = proof.answered(
        {"a": 1, "b": 1}, policy=POLICY, terms=terms(panel=7), who_is={"a": proof.EXPERT, "b": proof.EXPERT}
    )
    found = reading(7, evidence, RULES, proof.answer(1, "other"))
    assert found is not None and found.stands == 1 and found.opinion.unsaid == 1
    ballots = [Ballot(False, 1, proof.EXPERT.accuracy)] * 2
    shares = posterior(ballots, NEWCOMER.accuracy, proof.CLASSES)
    assert found.opinion.probability(1) == pytest.approx(float(shares[1]))
    assert probability(found, None) is None
    other = reading(7, evidence, RULES, proof.answer(2))
    assert other is not None and other.stands is None


def test_a_probability_comes_with_fifty_known_answers() -> None:
    evidence = proof.answered({"a": 0}, policy=POLICY, terms=terms(panel=7), who_is={"a": proof.EXPERT})
    one = reading(0, evidence, RULES, proof.answer(0))
    assert one is not None
    readings = [type(one)(index, one.answers, one.opinion, one.stands) for index in range(80)]
    gold = [GoldItem(index, proof.answer(0 if index % 4 else 1), bytes(32)) for index in range(60)]
    few, nothing = calibrate(readings, gold[:49], RULES)
    assert nothing is None and sum(each.known is not None for each in few) == 49
    known, found = calibrate(readings, gold, RULES)
    assert found is not None and found.items == 60
    assert probability(known[70], found) == pytest.approx(0.75, abs=0.01)
    assert calibrate(readings, [GoldItem(0, [{}], bytes(32))], RULES)[0][0].known is None


def test_what_was_not_judged_blind_is_not_read() -> None:
    panels = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})
    worth = terms(panel=7)
    evidence = proof.voted({"a": True, "b": True}, policy=panels, terms=worth)
    assert reading(0, evidence, proof.rules(panels, worth), proof.answer(0)) is None
