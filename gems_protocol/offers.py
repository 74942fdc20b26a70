# SPDX-License-Identifier: Apache-2.0
"""Whether what a platform assigns is what the campaign's terms and policy promise."""

from __future__ import annotations

from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.errors import MoneyDiffers
from gems_protocol.messages import Assignment, ReviewAssignment
from gems_protocol.staking import redo_reward
from gems_protocol.verification.policy import Policy


def check_offer(assignment: Assignment, terms: Terms, policy: Policy, n: int, *, redo: bool = False) -> None:
    """Raise MoneyDiffers unless a miner with `n` audited passes is offered exactly the policy's quote.

    A redo offers Mr - Vr against the stake of the first try.
    """
    quote = policy.quote(n, terms)
    reward = redo_reward(terms.mr, terms.vr()) if redo else quote.reward
    offered = (assignment.campaign_id, assignment.reward, assignment.stake, assignment.audit_ppm)
    if offered != (terms.campaign_id(), reward.units, quote.stake.units, quote.audit_ppm):
        raise MoneyDiffers(
            "The platform offers a task for other pay, stake or chance of an audit than the campaign promises.",
            safe="Nothing was accepted.",
        )


def check_review_offer(assignment: ReviewAssignment, terms: Terms, policy: Policy) -> None:
    """Raise MoneyDiffers unless a review offers what the terms promise.

    Where audits are drawn the pay depends on the miner's N, which a verifier does not see: it lies between the pay
    for a newcomer's work and Mr.
    """
    least, stake = policy.quote(0, terms).review_reward, policy.quote(0, terms).review_stake
    most = terms.mr if policy.draws_audits else least
    fair = least <= Amount(assignment.reward) <= most and assignment.stake == stake.units
    if assignment.campaign_id != terms.campaign_id() or not fair:
        raise MoneyDiffers(
            "The platform offers a review for other pay or stake than the campaign promises.",
            safe="Nothing was accepted.",
        )
