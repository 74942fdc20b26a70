# SPDX-License-Identifier: Apache-2.0
"""What a campaign would pay and cost, and what a fair requester should think twice about."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gems_desktop.requesting.draft import Draft
from gems_protocol.amount import Amount
from gems_protocol.staking import escrow_per_task, reviewer_reward

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Preview:
    """Per task unless it says otherwise; `hourly` is a worker's pay at the expected time."""

    tasks: int
    reward: Amount
    review_reward: Amount
    stake: Amount
    escrow_each: Amount
    escrow: Amount
    hourly: Amount
    media_bytes: int
    warnings: tuple[str, ...]


def preview(draft: Draft, hourly_floor: Amount) -> Preview:
    """The preview of a draft; warns when an hour pays less than `hourly_floor`."""
    pay, manifest = draft.pay, draft.manifest
    vr = reviewer_reward(pay.mr, pay.z, pay.floor)
    each = escrow_per_task(pay.mr, pay.panel, vr)
    hourly = pay.mr.share(Fraction(HOUR_S, manifest.expected_seconds))
    warnings = []
    if hourly < hourly_floor:
        warnings.append(
            f"An hour of this work pays {hourly.text()} GEM, less than the floor of {hourly_floor.text()} GEM."
        )
    if manifest.policy.name == "consensus" and pay.mr <= pay.floor:
        warnings.append(
            "The reward is not above the floor: a verifier earns as much as the miner, and a redo earns nothing."
        )
    if manifest.policy.name == "girm":
        warnings.append(
            "GIRM deters careless work, it does not correct honest errors: what no audit was drawn for is accepted."
        )
    return Preview(
        tasks=len(draft.tasks),
        reward=pay.mr,
        review_reward=vr,
        stake=pay.ms,
        escrow_each=each,
        escrow=each * len(draft.tasks),
        hourly=hourly,
        media_bytes=sum(path.stat().st_size for path in draft.media.values()),
        warnings=tuple(warnings),
    )
