# SPDX-License-Identifier: Apache-2.0
"""Movements of GEM between named parties: every rule that moves money says so in these; they sum to zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from gems_protocol.amount import ZERO, Amount


class Why(Enum):
    """The reason of a transfer."""

    STAKE = "stake"
    STAKE_BACK = "stake_back"
    STAKE_LOST = "stake_lost"
    REWARD = "reward"
    REVIEW_STAKE = "review_stake"
    REVIEW_STAKE_BACK = "review_stake_back"
    REVIEW_STAKE_LOST = "review_stake_lost"
    REVIEW_PAY = "review_pay"
    BOND = "bond"
    BOND_BACK = "bond_back"
    BOND_LOST = "bond_lost"
    UNSPENT = "unspent"


@dataclass(frozen=True, slots=True)
class Transfer:
    """`amount` moves from `source` to `target`; `round` is the panel's round, 0 for miners."""

    source: str
    target: str
    amount: Amount
    why: Why
    round: int = 0


def escrow(campaign_id: bytes) -> str:
    """The campaign's money that no task has spent."""
    return f"escrow:0x{campaign_id.hex()}"


def worker(address: str) -> str:
    """What belongs to a miner or verifier."""
    return f"worker:{address}"


def stake_of(address: str) -> str:
    """What a miner or verifier has put at risk."""
    return f"stake:{address}"


def requester(address: str) -> str:
    """What belongs to a requester."""
    return f"requester:{address}"


def bond_of(party: str) -> str:
    """What an appealing party has put down."""
    return f"bond:{party}"


def balances(transfers: Iterable[Transfer]) -> dict[str, Amount]:
    """The net change of each party; the values always sum to zero."""
    found: dict[str, Amount] = {}
    for transfer in transfers:
        found[transfer.source] = found.get(transfer.source, ZERO) - transfer.amount
        found[transfer.target] = found.get(transfer.target, ZERO) + transfer.amount
    return found
