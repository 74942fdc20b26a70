# SPDX-License-Identifier: Apache-2.0
"""Whether what a platform assigns is what the campaign's terms and policy promise."""

from __future__ import annotations

from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.errors import MoneyDiffers
from gems_protocol.messages import Assignment, ReviewAssignment
from gems_protocol.staking import redo_reward
from gems_protocol.verification import Mix, Policy, Standing
from gems_protocol.verification.commissioned import COMMISSION_ROUND, STRANGERS
from gems_protocol.verification.girm import Girm


def check_offer(
    assignment: Assignment, terms: Terms, policy: Policy, standing: Standing, *, redo: bool = False
) -> None:
    """Raise MoneyDiffers unless a miner of this standing is offered exactly the policy's quote; NotOffered.

    A redo offers Mr - Vr against the stake of the first try.
    """
    quote = policy.quote(standing, terms)
    reward = redo_reward(terms.mr, terms.vr()) if redo else quote.reward
    offered = (assignment.campaign_id, assignment.reward, assignment.stake, assignment.audit_ppm)
    if offered != (terms.campaign_id(), reward.units, quote.stake.units, quote.audit_ppm):
        raise MoneyDiffers(
            "The platform offers a task for other pay, stake or chance of an audit than the campaign promises.",
            safe="Nothing was accepted.",
        )


def check_review_offer(assignment: ReviewAssignment, terms: Terms, policy: Policy) -> None:
    """Raise MoneyDiffers unless a review offers what the terms promise.

    Under GIRM the pay depends on the miner's N, which a verifier does not see: it lies between the pay for a
    newcomer's work and Mr. Who is commissioned gets a share of at most what the campaign allows for it.
    """
    least, most = _review_pay(assignment.round, terms, policy)
    fair = least <= Amount(assignment.reward) <= most and assignment.stake == terms.vs.units
    if assignment.campaign_id != terms.campaign_id() or not fair:
        raise MoneyDiffers(
            "The platform offers a review for other pay or stake than the campaign promises.",
            safe="Nothing was accepted.",
        )


def _review_pay(round_: int, terms: Terms, policy: Policy) -> tuple[Amount, Amount]:
    if round_ == COMMISSION_ROUND:
        return Amount(1), Amount(terms.mr.units * policy.commission_ppm // MILLION // STRANGERS.size)
    if isinstance(policy, Girm):
        return policy.quote(Standing(), terms).review_reward, terms.mr
    if isinstance(policy, Mix):
        low, high = _review_pay(round_, terms, policy.entry)
        other_low, other_high = _review_pay(round_, terms, policy.others)
        return min(low, other_low), max(high, other_high)
    return terms.vr(), terms.vr()
