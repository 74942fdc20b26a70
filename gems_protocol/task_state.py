# SPDX-License-Identifier: Apache-2.0
"""What a task is at one moment: its state, its seats, and what its escrow still holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from gems_protocol.amount import ZERO, Amount
from gems_protocol.ledger import Transfer
from gems_protocol.task_events import (
    Appealed,
    AuditNotDrawn,
    Cancelled,
    Commissioned,
    Judged,
    Leased,
    LeaseExpired,
    PanelSeated,
    RedoTaken,
    RedoWindowPassed,
    Returned,
    Settled,
    Submitted,
    VerifierMissed,
    Voted,
)
from gems_protocol.verification.commissioned import STRANGERS
from gems_protocol.verification.policy import Ballot, Case, PanelSize, Policy
from gems_protocol.verification.standing import NEWCOMER, Standing

LAST_ATTEMPT = 255


class TaskState(Enum):
    """Where a task is; `sentence` says it to people."""

    OPEN = "open"
    LEASED = "leased"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    APPEALED = "appealed"
    COMMISSIONED = "commissioned"
    REDO = "redo"
    PAID = "paid"
    ANSWERED = "answered"
    CANCELLED = "cancelled"
    EXHAUSTED = "exhausted"

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        return _SENTENCES[self]


_SENTENCES = {
    TaskState.OPEN: "Waiting for a miner.",
    TaskState.LEASED: "A miner is working on it.",
    TaskState.SUBMITTED: "An answer has arrived.",
    TaskState.IN_REVIEW: "Verifiers are judging the answer.",
    TaskState.ACCEPTED: "The answer is accepted; pay is due.",
    TaskState.REJECTED: "The answer is rejected.",
    TaskState.APPEALED: "The verdict is disputed; other verifiers will judge.",
    TaskState.COMMISSIONED: "Accepted; its requester pays two strangers to look at it.",
    TaskState.REDO: "The miner may try once more.",
    TaskState.PAID: "Accepted and paid.",
    TaskState.ANSWERED: "Rejected; the answer that the verifiers gave is the result.",
    TaskState.CANCELLED: "Cancelled by the requester; what was left went back.",
    TaskState.EXHAUSTED: "No answer was accepted and the escrow covers no more attempts; the rest went back.",
}

ALLOWED: dict[TaskState, frozenset[type]] = {
    TaskState.OPEN: frozenset({Leased, Cancelled}),
    TaskState.LEASED: frozenset({Submitted, LeaseExpired, Returned, Cancelled}),
    TaskState.SUBMITTED: frozenset({AuditNotDrawn, PanelSeated, Judged, Cancelled}),  # Judged: nobody came
    TaskState.IN_REVIEW: frozenset({PanelSeated, Voted, VerifierMissed, Judged, Cancelled}),
    TaskState.ACCEPTED: frozenset({Settled, Appealed, Commissioned, Cancelled}),
    TaskState.REJECTED: frozenset({Settled, Appealed, Cancelled}),
    TaskState.APPEALED: frozenset({PanelSeated, Judged, Cancelled}),
    TaskState.COMMISSIONED: frozenset({PanelSeated, Voted, VerifierMissed, Judged, Cancelled}),
    TaskState.REDO: frozenset({RedoTaken, RedoWindowPassed, Cancelled}),
    TaskState.PAID: frozenset(),
    TaskState.ANSWERED: frozenset(),
    TaskState.CANCELLED: frozenset(),
    TaskState.EXHAUSTED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A verifier of one round, with the vote once it is in.

    vote: whether the miner's answer is right. answer, accuracy: see `Ballot`.
    """

    verifier: str
    round: int
    vote: bool | None = None
    answer: int = 0
    accuracy: Fraction = NEWCOMER.accuracy


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a campaign. `budget` is its escrow, `spent` what left it (forfeits come back).

    classes: how many different answers a task can have. reward, stake, standing: of the present lease.
    seats: the present round; earlier: voters of this attempt's earlier rounds. missed: who may not sit again in
    this attempt. verdict: the standing one; answer: the number of the verifiers' answer that stands instead of a
    rejected one, 0 for none. commission: what the requester pays for having accepted work judged; poor: whether
    both strangers rejected it.
    """

    campaign_id: bytes
    index: int
    requester: str
    policy: Policy
    mr: Amount
    vr: Amount
    vs: Amount
    attempt_cost: Amount
    budget: Amount
    classes: int = 2
    spent: Amount = ZERO
    state: TaskState = TaskState.OPEN
    attempt: int = 0
    redo: bool = False
    miner: str | None = None
    standing: Standing = NEWCOMER
    reward: Amount = ZERO
    stake: Amount = ZERO
    review_reward: Amount = ZERO
    review_stake: Amount = ZERO
    audited: bool = False
    round: int = 0
    seats: tuple[Seat, ...] = ()
    earlier: tuple[Seat, ...] = ()
    missed: tuple[str, ...] = ()
    verdict: bool | None = None
    answer: int = 0
    appealed_verdict: bool | None = None
    bond: Amount = ZERO
    commission: Amount = ZERO
    poor: bool = False
    cancelled: bool = False

    @property
    def remaining(self) -> Amount:
        """What the escrow still holds for this task."""
        return self.budget - self.spent

    @property
    def rules(self) -> Policy:
        """The policy for the miner of the present attempt."""
        return self.policy.for_standing(self.standing)

    @property
    def panel(self) -> PanelSize:
        """The size and quorum of the present round."""
        return STRANGERS if self.commission else self.rules.panel(self.round)

    def case(self, *, late: bool = False) -> Case:
        """The present round as its policy judges it."""
        ballots = tuple(Ballot(seat.vote, seat.answer, seat.accuracy) for seat in self.seats)
        return Case(self.round, ballots, self.standing.accuracy, self.classes, late)

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen."""
        return not ALLOWED[self.state]


@dataclass(frozen=True, slots=True)
class Step:
    """The task after an event and the money that moved."""

    task: Task
    transfers: tuple[Transfer, ...] = ()
