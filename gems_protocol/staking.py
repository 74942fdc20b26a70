# SPDX-License-Identifier: Apache-2.0
"""Ms, Vs, Mr, Vr: what is put at stake, what comes back, and what a task can cost at worst."""

from __future__ import annotations

from enum import Enum

from gems_protocol.amount import ZERO, Amount


class MinerOutcome(Enum):
    """How a staked miner's work on one task ended."""

    ACCEPTED_FIRST = "accepted_first"
    ACCEPTED_SECOND = "accepted_second"
    FAILED = "failed"


def reviewer_reward(mr: Amount, z: int, floor: Amount) -> Amount:
    """Vr = min(Mr, max(Mr / z, floor)), rounded down; z 1..10 says how quick verifying is (white paper 5.2).

    Raises ValueError for a z outside 1..10 or a negative amount.
    """
    if not 1 <= z <= 10:
        raise ValueError("z is between 1 and 10")
    if mr < ZERO or floor < ZERO:
        raise ValueError("a reward is not negative")
    return min(mr, max(Amount(mr.units // z), floor))


def redo_reward(mr: Amount, vr: Amount) -> Amount:
    """What a second try earns: Mr - Vr, one Vr whatever the panel (ADR 0010)."""
    return mr - vr


def miner_return(mr: Amount, ms: Amount, vr: Amount, outcome: MinerOutcome) -> Amount:
    """What a miner who staked `ms` gets in all: Ms + Mr, Ms + Mr - Vr, or nothing."""
    if outcome is MinerOutcome.ACCEPTED_FIRST:
        return ms + mr
    if outcome is MinerOutcome.ACCEPTED_SECOND:
        return ms + redo_reward(mr, vr)
    return ZERO


def escrow_per_task(mr: Amount, panel: int, vr: Amount) -> Amount:
    """What the requester escrows for one task: the reward, one panel and one panel of reserve."""
    return mr + vr * (2 * panel)
