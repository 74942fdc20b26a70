# SPDX-License-Identifier: Apache-2.0
"""An offer that is a unit off is refused before the lease."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gems_protocol.errors import MoneyDiffers
from gems_protocol.messages import Assignment, ReviewAssignment
from gems_protocol.offers import check_offer, check_review_offer
from gems_protocol.verification import Standing, policy_of
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
