# SPDX-License-Identifier: Apache-2.0
"""Policies: which are possible, what they quote, how panels grow, and the numbers that they promise."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import PolicyInfo, Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.task import covers, open_task
from gems_protocol.verification import (
    NEWCOMER,
    Accepted,
    Ballot,
    Case,
    Judgement,
    Mix,
    NoConsensus,
    NotOffered,
    PanelSize,
    Policy,
    Rejected,
    Standing,
    Undecided,
    check_funding,
    policy_for,
    policy_of,
)
from gems_protocol.verification.commissioned import check_fee, fee_of_each, withheld
from gems_protocol.verification.gram import expected_penalty, penalty, penalty_ratio
from gems_protocol.verification.standing import GRADE_A, GRADE_B
from tests.helpers.protocol_terms import terms

CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})
GIRM = policy_of("girm", {"rounds": 3})
GRAM = policy_of("gram", {"audit_ppm": 100_000})
CERTAIN = Standing(gold_right=40, gold=40, grade=GRADE_A)
PENALTY = terms(ms="15")


def judged(policy: Policy, votes: Sequence[bool | None], round_: int, *, late: bool = False) -> Judgement:
    return policy.judge(Case(round_, tuple(Ballot(vote) for vote in votes), late=late))


def test_panels_grow_and_the_last_round_decides() -> None:
    assert [CONSENSUS.panel(number) for number in range(3)] == [
        PanelSize(2, 2),
        PanelSize(3, 2),
        PanelSize(7, 4),
    ]
    assert judged(CONSENSUS, [True, False], 0) == NoConsensus(PanelSize(3, 2))
    assert judged(CONSENSUS, [True], 0) == Undecided(1)
    assert judged(CONSENSUS, [True, None], 0) == Undecided(1)
    assert judged(CONSENSUS, [True, None], 0, late=True) == NoConsensus(PanelSize(3, 2))
    assert judged(CONSENSUS, [None] * 7, 2, late=True) == Accepted()
    assert judged(CONSENSUS, [False] * 3 + [True] * 2, 2, late=True) == Accepted()
    assert judged(CONSENSUS, [False] * 4 + [True] * 3, 2) == Rejected()
    alone = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 1})
    assert judged(alone, [True, False], 0) == Accepted()
    with pytest.raises(ValueError, match="seats"):
        judged(CONSENSUS, [True] * 3, 0)
    with pytest.raises(ValueError, match="round"):
        CONSENSUS.panel(3)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("consensus", {"panel": 8, "quorum": 5}), ("consensus", {"panel": 4, "quorum": 2}),
        ("consensus", {"panel": 2, "quorum": 3}), ("consensus", {"panel": 2, "quorum": 2, "rounds": 4}),
        ("consensus", {"commission_ppm": 500_001}), ("consensus", {"entry_tasks": 1_001}),
        ("girm", {"panel": 3, "quorum": 2}), ("girm", {"floor_ppm": 2_000_000}), ("girm", {"entry_tasks": 5}),
        ("evidence", {"theta_ppm": 499_999}), ("evidence", {"theta_ppm": 1_000_000}), ("evidence", {"panel": 0}),
        ("evidence", {"panel": 8}), ("evidence", {"rounds": 0}),
        ("gram", {"panel": 3, "quorum": 2}), ("gram", {"audit_ppm": 0}), ("gram", {"audit_ppm": 1_000_001}),
        ("gram", {"factor_ppm": 999_999}), ("gram", {"factor_ppm": 10_000_001}),
        ("commissioned", {"commission_ppm": 0}), ("commissioned", {"commission_ppm": 500_001}), ("oracle", {}),
    ],
)  # fmt: skip
def test_impossible_policies_are_refused(name: str, params: dict[str, int]) -> None:
    with pytest.raises(MalformedMessage):
        policy_of(name, params)


@pytest.mark.parametrize(
    ("name", "params", "poor", "rich"),
    [
        ("girm", {"panel": 5, "quorum": 3}, terms(), terms(z=1)),
        ("evidence", {"panel": 7, "quorum": 4}, terms(), terms(panel=5)),
        ("commissioned", {"panel": 2, "quorum": 2}, terms(z=10, floor="0", panel=1), terms()),
        ("consensus", {"panel": 4, "quorum": 3}, terms(), terms(panel=5)),
    ],
)
def test_the_escrow_has_to_cover_the_policy(
    name: str, params: dict[str, int], poor: Terms, rich: Terms
) -> None:
    info = PolicyInfo(name, params["panel"], params["quorum"])
    with pytest.raises(MalformedMessage):
        policy_for(info, poor)
    policy = policy_for(info, rich)
    assert policy.name == name
    assert policy.attempt_cost(rich) <= policy.worst_case(rich) <= rich.cost()


def test_a_quote_says_everything_before_the_lease() -> None:
    quote = CONSENSUS.quote(Standing(passes=9), terms())
    assert (quote.reward, quote.stake, quote.penalty) == (terms().mr, terms().ms, terms().ms)
    assert (quote.review_reward, quote.audit_ppm) == (Amount.gem("0.2"), 1_000_000)
    newcomer = GIRM.quote(NEWCOMER, terms())
    assert (newcomer.stake, newcomer.penalty, newcomer.audit_ppm) == (ZERO, ZERO, 1_000_000)
    evidence = policy_of("evidence", {})
    assert evidence.quote(NEWCOMER, terms()).stake == ZERO
    assert evidence.quote(Standing(settled=9, settled_right=9), terms()).stake == ZERO
    assert evidence.quote(Standing(settled=10), terms()).stake == terms().ms
    asked = policy_of("commissioned", {"commission_ppm": 300_000}).quote(NEWCOMER, terms())
    assert (asked.reward, asked.stake, asked.audit_ppm) == (terms().mr, ZERO, 0)
    assert (asked.review_reward, asked.worst_case) == (Amount.gem("0.15"), Amount.gem("1.3"))


def test_gram_is_for_grade_a_and_its_stake_is_the_penalty() -> None:
    with pytest.raises(NotOffered):
        GRAM.quote(Standing(grade=GRADE_B), PENALTY)
    quote = GRAM.quote(CERTAIN, PENALTY)
    assert (quote.stake.text(), quote.penalty, quote.audit_ppm) == ("15.00", quote.stake, 100_000)
    info = PolicyInfo("gram", 2, 2, {"audit_ppm": 100_000})
    assert policy_for(info, PENALTY).name == "gram"
    for other in (terms(ms="14"), terms(ms="16")):
        with pytest.raises(MalformedMessage, match="penalty"):
            policy_for(info, other)
    mixed = PolicyInfo("gram", 2, 2, {"audit_ppm": 100_000, "entry_tasks": 10})
    with pytest.raises(MalformedMessage, match="penalty"):
        policy_for(mixed, terms(z=1))


def kept(wrong: Fraction, audit_ppm: int, factor_ppm: int) -> Fraction:
    """What a task earns in units of Mr: everything unaudited is paid, and audited wrong answers are fined."""
    unpaid = wrong * Fraction(audit_ppm, 1_000_000)
    return 1 - unpaid - expected_penalty(wrong, audit_ppm, factor_ppm)


@pytest.mark.parametrize("ppm", [50_000, 100_000, 200_000])
def test_a_guesser_keeps_nearly_half_under_the_blogs_penalty_and_less_under_ours(ppm: int) -> None:
    """m = 100 / x % fines exactly the error rate, whatever x is; it exceeds nobody's earnings by itself."""
    half, audited = Fraction(1, 2), Fraction(ppm, 1_000_000)
    assert penalty_ratio(ppm, 1_000_000) * audited == 1
    assert kept(half, ppm, 1_000_000) == half - audited / 2
    assert kept(half, ppm, 1_500_000) == half / 2 - audited / 2
    assert kept(Fraction(2, 3), ppm, 1_500_000) < 0  # three classes
    assert kept(Fraction(1, 20), ppm, 1_500_000) > Fraction(9, 10)  # who is right 19 times in 20
    with pytest.raises(ValueError, match="above 0"):
        penalty_ratio(0)


def test_penalties_are_rounded_up() -> None:
    assert penalty(Amount(1), 700_000, 1_500_000) == Amount(3)
    assert penalty(Amount(0), 700_000) == ZERO
    assert penalty(Amount.gem("1"), 200_000).text() == "7.50"


def test_a_commission_costs_at_most_what_the_campaign_allows_and_half_the_reward() -> None:
    mr = Amount(1_001)
    for fee, reward, ppm, fair in [
        (0, 1_001, 500_000, False), (1, 1_001, 500_000, True), (500, 1_001, 500_000, True),
        (501, 1_001, 500_000, False), (100, 1_001, 100_000, True), (101, 1_001, 100_000, False),
        (100, 200, 500_000, True), (101, 200, 500_000, False), (1, 1_001, 0, False),
    ]:  # fmt: skip
        if fair:
            check_fee(Amount(fee), mr, Amount(reward), ppm)
            assert withheld(Amount(fee)) <= Amount(reward)
            assert fee_of_each(Amount(fee)) * 2 <= Amount(fee)
        else:
            with pytest.raises(MalformedMessage):
                check_fee(Amount(fee), mr, Amount(reward), ppm)


def test_a_mix_is_girm_for_newcomers_and_the_other_for_the_rest() -> None:
    mix = policy_of("consensus", {"panel": 2, "quorum": 2, "entry_tasks": 10})
    assert isinstance(mix, Mix)
    young, old = Standing(settled=9, settled_right=9), Standing(settled=10, settled_right=2)
    assert (mix.for_standing(young).name, mix.for_standing(old).name) == ("girm", "consensus")
    assert (mix.name, mix.has_redo, mix.blind, mix.draws_audits) == ("consensus", True, False, False)
    assert mix.quote(young, terms()) == GIRM.quote(young, terms())
    assert mix.quote(old, terms()).stake == terms().ms
    assert mix.worst_case(terms(z=1)) >= mix.others.worst_case(terms(z=1))
    check_funding(mix, terms())
    with pytest.raises(MalformedMessage):
        check_funding(policy_of("consensus", {"panel": 2, "quorum": 2, "entry_tasks": 100}), terms())


def test_who_passed_many_audits_elsewhere_still_enters_a_mix() -> None:
    """N counts every family, the entry one: the escrow must cover what such a worker is offered too."""
    mix = policy_of("consensus", {"panel": 2, "quorum": 2, "entry_tasks": 10})
    elsewhere = Standing(passes=1_000)
    quote = mix.quote(elsewhere, terms())
    assert quote == GIRM.quote(Standing(passes=10), terms())
    assert covers(open_task(0, terms(), mix), quote, elsewhere)


def test_a_standing_is_possible_or_refused() -> None:
    for wrong in (
        {"gold_right": 1}, {"settled_right": 2, "settled": 1}, {"passes": -1}, {"grade": 5}, {"grade": -1},
        {"gold": -1, "gold_right": -1},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"not possible|some of"):
            Standing(**wrong)
    assert NEWCOMER.accuracy == Fraction(2, 3)
    assert Standing(gold_right=10, gold=10).accuracy == Fraction(14, 16)
    assert Standing(settled_right=10, settled=10).accuracy == Fraction(9, 11)
    assert Standing(gold_right=3, gold=4, settled_right=3, settled=5).accuracy == Fraction(17, 25)
    assert Standing(gold=9).is_newcomer
    assert not Standing(gold=9, settled=1).is_newcomer
