# SPDX-License-Identifier: Apache-2.0
"""The lines that a voucher settles: what one worker is owed, one line per reason, the same on both sides.

Hub and client both derive them from signed assignments and votes, so that their sums agree to the unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gems_protocol import ledger
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import MalformedMessage
from gems_protocol.ledger import Transfer, Why
from gems_protocol.messages import Appeal, Assignment, ReviewAssignment, hash_from_hex
from gems_protocol.verdict import Verdict


class LineKind(Enum):
    """Why a worker is owed something."""

    REWARD = "reward"
    STAKE_BACK = "stake_back"
    REVIEW_PAY = "review_pay"
    REVIEW_STAKE_BACK = "review_stake_back"
    BOND_BACK = "bond_back"
    UNBONDED = "unbonded"

    @property
    def is_stake(self) -> bool:
        """Whether it returns what was at risk (a stake, an appeal's bond), which always goes to the bond pocket."""
        return self in (LineKind.STAKE_BACK, LineKind.REVIEW_STAKE_BACK, LineKind.BOND_BACK)


_KINDS = {
    Why.REWARD: LineKind.REWARD,
    Why.STAKE_BACK: LineKind.STAKE_BACK,
    Why.REVIEW_PAY: LineKind.REVIEW_PAY,
    Why.REVIEW_STAKE_BACK: LineKind.REVIEW_STAKE_BACK,
    Why.BOND_BACK: LineKind.BOND_BACK,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One amount owed to one worker; `key` is unique in a worker's life. `round` is 0 for miners.

    A step out of the bond (`unbonding.py`) has the channel's id as its campaign and its number as its index.
    """

    campaign_id: bytes
    index: int
    attempt: int
    round: int
    kind: LineKind
    amount: Amount

    @property
    def key(self) -> tuple[bytes, int, int, int, LineKind]:
        """What the line is about, without the amount: one debt is paid once."""
        return self.campaign_id, self.index, self.attempt, self.round, self.kind

    def to_json(self) -> dict[str, Any]:
        """{"campaign_id","index","attempt","round","kind","amount"}, the amount as text."""
        return {
            "campaign_id": "0x" + self.campaign_id.hex(),
            "index": self.index,
            "attempt": self.attempt,
            "round": self.round,
            "kind": self.kind.value,
            "amount": str(self.amount),
        }

    @classmethod
    def from_json(cls, value: Any) -> Line:
        """Read what `to_json` wrote: exactly its keys and types; raises MalformedMessage."""
        names = {"campaign_id", "index", "attempt", "round", "kind", "amount"}
        if type(value) is not dict or set(value) != names:
            raise MalformedMessage("A statement line does not have exactly its fields.")
        index, attempt, round_ = value["index"], value["attempt"], value["round"]
        if any(type(number) is not int or not 0 <= number < 1 << 32 for number in (index, attempt, round_)):
            raise MalformedMessage("A statement line has a number out of range.")
        if value["kind"] not in {kind.value for kind in LineKind}:
            raise MalformedMessage("A statement line is of an unknown kind.")
        if type(value["amount"]) is not str or not re.fullmatch(r"[1-9]\d{0,38}", value["amount"], re.ASCII):
            raise MalformedMessage("A statement line's amount is not a positive whole number.")
        campaign = hash_from_hex(value["campaign_id"], "campaign_id")
        amount = Amount(int(value["amount"]))
        return cls(campaign, index, attempt, round_, LineKind(value["kind"]), amount)


def lines_of(
    campaign_id: bytes, index: int, attempt: int, transfers: Iterable[Transfer], worker: str
) -> list[Line]:
    """The lines of one worker (address) among a `task.Step`'s transfers; `attempt` is the one that ended."""
    party = ledger.worker(worker)
    return [
        Line(campaign_id, index, attempt, moved.round, _KINDS[moved.why], moved.amount)
        for moved in transfers
        if moved.target == party and moved.why in _KINDS
    ]


def miner_lines(assignment: Assignment, verdict: Verdict) -> list[Line]:
    """What a final verdict owes the miner: stake and reward of the signed assignment, or nothing.

    What strangers found poor loses twice their fee of the reward. A redo's assignment carries Mr - Vr as its
    reward and the first attempt's stake.
    """
    if not verdict.accepted:
        return []
    return _miner(assignment, Amount(assignment.reward) - verdict.withheld)


def returned_lines(assignment: Assignment) -> list[Line]:
    """What a first try owes the miner that ran out or was given back: the stake."""
    return _miner(assignment, ZERO)


def _miner(assignment: Assignment, reward: Amount) -> list[Line]:
    about = (assignment.campaign_id, assignment.index, assignment.attempt, 0)
    owed = [(LineKind.STAKE_BACK, Amount(assignment.stake)), (LineKind.REWARD, reward)]
    return [Line(*about, kind, amount) for kind, amount in owed if amount]


def bond_lines(appeal: Appeal, won: bool) -> list[Line]:
    """What a miner's own appeal owes the miner: the bond if the work was accepted after all, else nothing."""
    if not won or not appeal.bond:
        return []
    about = (appeal.campaign_id, appeal.index, appeal.attempt, 0)
    return [Line(*about, LineKind.BOND_BACK, Amount(appeal.bond))]


def review_lines(assignment: ReviewAssignment, agreed: bool | None) -> list[Line]:
    """What a verdict owes a verifier: stake and pay if it agreed, nothing if not, the stake for no vote.

    agreed: of the final `Verdict.agreed`; strangers (round 255) are paid whatever they found.
    """
    campaign_id, index, attempt = assignment.campaign_id, assignment.index, assignment.attempt
    owed = [(LineKind.REVIEW_STAKE_BACK, assignment.stake)] if agreed is not False else []
    owed += [(LineKind.REVIEW_PAY, assignment.reward)] if agreed else []
    round_ = assignment.round
    return [Line(campaign_id, index, attempt, round_, kind, Amount(units)) for kind, units in owed if units]
