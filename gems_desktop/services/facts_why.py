# SPDX-License-Identifier: Apache-2.0
"""Why a movement of money is what it is: parts that add up to it, and what on this computer proves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement. `pocket` is paid, bonded, stake, wallet or fee; amount is signed. requester: 0x address or "".
    fee: what the relayer took for it, which is a movement of its own beside it. ref: what it was read from, for
    `Why.why`."""

    at: int
    what: str  # reward | stake_put | stake_back | stake_lost | review_pay | claim | relayer_fee | ... (movement_words)
    campaign_title: str
    item_id: str
    pocket: str
    amount: Amount
    practice: bool = False
    requester: str = ""
    fee: Amount = ZERO
    ref: str = ""


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One summand, signed. times, each: so many tasks at so much, where it is a product; 0 else."""

    what: str  # see viewmodels/why_words.py
    amount: Amount
    times: int = 0
    each: Amount = ZERO


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """The parts of one movement, which add up to it exactly, and its evidence.

    index: the task's number in its campaign, from 0; None without a task. opens: the item whose page tells more, "".
    policy: of the campaign. accepted: of a verdict; None for none. seq, voucher_*: the voucher that paid it, 0 for
    none, and the two sums that it signs. check: verdict | returned | order | signed | chain | earlier: what this
    computer checked. tx_hash: on chain, or "".
    """

    line: LedgerLine
    parts: tuple[PartFacts, ...]
    index: int | None = None
    opens: str = ""
    policy: str = ""
    accepted: bool | None = None
    judged_at: int = 0
    seq: int = 0
    voucher_at: int = 0
    voucher_paid: Amount = ZERO
    voucher_bonded: Amount = ZERO
    check: str = ""
    tx_hash: str = ""


class Why(Protocol):
    """Explains movements."""

    async def why(self, line: LedgerLine) -> WhyFacts:
        """The parts of a movement, read from what is stored; raises NothingToDo when it is not there any more."""
        ...
