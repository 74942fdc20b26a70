# SPDX-License-Identifier: Apache-2.0
"""The trust page from my own verdicts: profile, explanations, and the platform's figures where they differ."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from gems_desktop.services.record_of_work import MyRecord, Result, audited_passes
from gems_desktop.services.trust_facts import read_told, trust_facts, weights
from gems_protocol.trust.score import Outcome

FAMILY = "image-classification"


def result(
    index: int, accepted: bool = True, *, redone: bool = False, look: Fraction | None = None
) -> Result:
    requester = "0x" + ("a1" if index % 2 else "a2") * 20
    made = Outcome(
        bytes(32), index, requester, accepted, accepted and not redone, index, FAMILY, "easy", redone=redone
    )
    return Result(made, look)


def record(right: int, wrong: int = 0) -> MyRecord:
    return MyRecord(tuple(result(index, index >= wrong) for index in range(right + wrong)))


def told(**answer: Any) -> dict[str, Any]:
    return read_told(answer) | {"counted_here": answer.get("score", {}).get("n", 0)}


def test_the_profile_is_shown_with_words() -> None:
    facts = trust_facts(record(38, 2), {}, (4, 1))
    assert (facts.grade, facts.checked, facts.accepted, facts.passes) == ("C", 40, 38, 38)
    (family,) = facts.families
    assert (family.family, family.right, family.checked, family.missing) == (FAMILY, 38, 40, None)
    assert facts.explanations[0].sentence.startswith("38 of 40 checked tasks right")
    assert facts.forecast is not None and facts.forecast.next_grade == "B" and facts.next_ten
    assert (facts.reviews, facts.overturned) == (4, 1)


def test_a_newcomer_is_told_no_share() -> None:
    facts = trust_facts(MyRecord(()), {}, (0, 0))
    assert facts.newcomer and facts.grade == "C" and facts.families == () and facts.next_ten == ()
    assert not any("%" in one.sentence for one in facts.explanations)


def test_differences_are_said_with_both_figures() -> None:
    mine = record(11)
    same = told(score={"score": 0.0, "n": 11, "accepted": 11}, passes=11, profile={"grade": "C"})
    assert trust_facts(mine, same, (0, 0)).differences == ()
    other = told(score={"score": 0.0, "n": 11, "accepted": 10}, passes=4, profile={"grade": "B"})
    facts = trust_facts(mine, other, (0, 0))
    assert facts.differs and [said.sentence for said in facts.differences] == [
        "The platform counts 10 as right answers, this computer 11.",
        "The platform counts 4 as audited passes, this computer 11.",
        "The platform gives you grade B, this computer computes C.",
    ]
    assert facts.differences[0].numbers == (("theirs", 10), ("ours", 11))
    more = told(score={"score": 0.0, "n": 12, "accepted": 11}) | {"counted_here": 11}
    assert [said.sentence for said in trust_facts(mine, more, (0, 0)).differences] == [
        "The platform counts 12 as checked tasks, this computer 11.",
    ]
    old = other | {"counted_here": 5}  # asked for before newer verdicts came
    assert trust_facts(mine, old, (0, 0)).differences == ()


def test_published_weights_are_used_and_odd_ones_are_not() -> None:
    kinds = [{"family": FAMILY, "difficulty": "easy", "weight": 0.25}]
    known = told(weights={"at": 1, "requesters": {"0x" + "a1" * 20: 0.5}, "kinds": kinds})
    facts = trust_facts(record(8), known, (0, 0))
    assert facts.families[0].effective_hundredths == round(100 * (4 * 0.25 + 4 * 0.25 * 0.5))
    for odd in (
        {"requesters": {"x": 2}, "kinds": []},
        {"requesters": 5},
        [],
        {"requesters": {}, "kinds": [{}]},
    ):
        assert weights(told(weights=odd)) == weights({})


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"removed": True, "appeal": None}, (True, "")),
        ({"removed": True, "appeal": {"made_at": 1, "answered_at": None}}, (True, "waiting")),
        ({"removed": False, "appeal": {"made_at": 1, "answered_at": 5}}, (False, "answered")),
        ({"removed": "yes", "appeal": 5}, (False, "")),
    ],
)
def test_removal_is_the_platforms_word(answer: dict[str, Any], shown: tuple[bool, str]) -> None:
    facts = trust_facts(MyRecord(()), told(**answer, hidden={"checks": 9, "right": 7}), (0, 0))
    assert (facts.removed, facts.removal_appeal) == shown
    assert (facts.hidden_checks, facts.hidden_right) == (9, 7)


def test_n_halves_at_a_rejection_and_falls_less_at_a_paid_look() -> None:
    passed = [result(index) for index in range(16)]
    assert audited_passes([*passed, result(16, False)]) == 8
    assert audited_passes([*passed, result(16, False, look=Fraction(1, 4))]) == 14
    assert audited_passes([*passed, result(16, redone=True)]) == 17
