# SPDX-License-Identifier: Apache-2.0
"""An offer that is a unit off is refused before the lease."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gems_protocol.errors import MoneyDiffers
from gems_protocol.messages import Assignment, ReviewAssignment
from gems_protocol.offers import check_offer, check_review_offer
from gems_protocol.verification import NEWCOMER, NotOffered, Standing, policy_of
from tests.helpers.protocol_terms import terms, who

TERMS, FREE = terms(), terms(z=1)
CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2})
GIRM = policy_of("girm", {})
SEVEN = Standing(passes=7)


def assignment(reward: int, stake: int, ppm: int) -> Assignment:
    return Assignment(TERMS.campaign_id(), 0, 0, who("m"), reward, stake, ppm, bytes(32), bytes(32), 1)


def test_consensus_offers_the_terms_and_a_redo_less_vr() -> None:
    good = assignment(TERMS.mr.units, TERMS.ms.units, 1_000_000)
    check_offer(good, TERMS, CONSENSUS, SEVEN)
    check_offer(replace(good, reward=(TERMS.mr - TERMS.vr()).units), TERMS, CONSENSUS, SEVEN, redo=True)
    for wrong in (
        replace(good, reward=good.reward - 1),
        replace(good, stake=good.stake + 1),
        replace(good, audit_ppm=1),
        replace(good, campaign_id=bytes(32)),
    ):
        with pytest.raises(MoneyDiffers):
            check_offer(wrong, TERMS, CONSENSUS, SEVEN)


def test_girm_offers_what_the_miners_own_history_gives() -> None:
    quote = GIRM.quote(Standing(passes=20), FREE)
    good = replace(assignment(quote.reward.units, 0, quote.audit_ppm), campaign_id=FREE.campaign_id())
    check_offer(good, FREE, GIRM, Standing(passes=20))
    with pytest.raises(MoneyDiffers):
        check_offer(good, FREE, GIRM, Standing(passes=21))


def test_reviews_pay_vr_against_vs() -> None:
    units = (TERMS.vr().units, TERMS.vs.units)
    good = ReviewAssignment(TERMS.campaign_id(), 0, 0, 0, who("v"), *units, bytes(32), bytes(32), 1)
    check_review_offer(good, TERMS, CONSENSUS)
    for wrong in (
        replace(good, reward=good.reward - 1),
        replace(good, stake=0),
        replace(good, campaign_id=bytes(32)),
    ):
        with pytest.raises(MoneyDiffers):
            check_review_offer(wrong, TERMS, CONSENSUS)
    drawn = replace(good, campaign_id=FREE.campaign_id(), reward=FREE.mr.units // 2)
    check_review_offer(drawn, FREE, GIRM)
    with pytest.raises(MoneyDiffers):
        check_review_offer(replace(drawn, reward=FREE.mr.units + 1), FREE, GIRM)


def test_evidence_asks_newcomers_for_no_stake_and_others_for_theirs() -> None:
    evidence, rich = policy_of("evidence", {}), terms(panel=5)
    free = replace(assignment(rich.mr.units, 0, 1_000_000), campaign_id=rich.campaign_id())
    staked = replace(free, stake=rich.ms.units)
    settled = Standing(settled_right=8, settled=10)
    check_offer(free, rich, evidence, NEWCOMER)
    check_offer(staked, rich, evidence, settled)
    for wrong, standing in [(staked, NEWCOMER), (free, settled)]:
        with pytest.raises(MoneyDiffers):
            check_offer(wrong, rich, evidence, standing)


def test_a_penalty_is_offered_to_grade_a_alone() -> None:
    gram, dear = policy_of("gram", {"audit_ppm": 100_000}), terms(ms="15")
    good = replace(assignment(dear.mr.units, dear.ms.units, 100_000), campaign_id=dear.campaign_id())
    check_offer(good, dear, gram, Standing(grade=4))
    with pytest.raises(NotOffered):
        check_offer(good, dear, gram, Standing(grade=3))
    with pytest.raises(MoneyDiffers):
        check_offer(replace(good, audit_ppm=100_001), dear, gram, Standing(grade=4))


def test_a_mix_offers_newcomers_girm() -> None:
    mix = policy_of("consensus", {"panel": 2, "quorum": 2, "entry_tasks": 10})
    quote = GIRM.quote(NEWCOMER, TERMS)
    young = assignment(quote.reward.units, 0, quote.audit_ppm)
    old = assignment(TERMS.mr.units, TERMS.ms.units, 1_000_000)
    check_offer(young, TERMS, mix, Standing(settled=9))
    check_offer(old, TERMS, mix, Standing(settled=10))
    for wrong, standing in [(young, Standing(settled=10)), (old, Standing(settled=9))]:
        with pytest.raises(MoneyDiffers):
            check_offer(wrong, TERMS, mix, standing)
    review = ReviewAssignment(
        TERMS.campaign_id(), 0, 0, 0, who("v"), TERMS.vr().units, TERMS.vs.units, bytes(32), bytes(32), 1
    )
    check_review_offer(review, TERMS, mix)
    check_review_offer(replace(review, reward=quote.review_reward.units), TERMS, mix)
    with pytest.raises(MoneyDiffers):
        check_review_offer(replace(review, reward=quote.review_reward.units - 1), TERMS, mix)


def test_strangers_share_at_most_what_the_campaign_allows() -> None:
    asked = policy_of("consensus", {"panel": 2, "quorum": 2, "commission_ppm": 300_000})
    most = TERMS.mr.units * 3 // 20
    good = ReviewAssignment(
        TERMS.campaign_id(), 0, 0, 255, who("v"), most, TERMS.vs.units, bytes(32), bytes(32), 1
    )
    check_review_offer(good, TERMS, asked)
    check_review_offer(replace(good, reward=1), TERMS, asked)
    for wrong, policy in [(replace(good, reward=most + 1), asked), (replace(good, reward=0), asked),
                          (good, CONSENSUS)]:  # fmt: skip
        with pytest.raises(MoneyDiffers):
            check_review_offer(wrong, TERMS, policy)
