# SPDX-License-Identifier: Apache-2.0
"""What can happen to a task, in the past tense; `task.step` says what follows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.amount import Amount
from gems_protocol.verification.policy import Quote
from gems_protocol.verification.standing import NEWCOMER, Standing


@dataclass(frozen=True, slots=True)
class Leased:
    """A miner of this standing took the task for what the quote says; the stake moves."""

    miner: str
    quote: Quote
    standing: Standing = NEWCOMER


@dataclass(frozen=True, slots=True)
class LeaseExpired:
    """The lease's time passed without a submission."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The miner gave the task back before its time."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The miner's answer arrived in time."""


@dataclass(frozen=True, slots=True)
class AuditNotDrawn:
    """The draw left this submission unjudged, or was not revealed in time."""


@dataclass(frozen=True, slots=True)
class PanelSeated:
    """Verifiers took seats of the present round; may happen seat by seat."""

    verifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voted:
    """A seated verifier's vote arrived; it stays hidden until the round is judged.

    answer: 0 when a blind verifier answered as the miner did, else the number of the answer.
    """

    verifier: str
    accept: bool
    answer: int = 0
    accuracy: Fraction = NEWCOMER.accuracy


@dataclass(frozen=True, slots=True)
class VerifierMissed:
    """A seated verifier did not vote in time, or skipped: stake back, no pay, the seat is free."""

    verifier: str


@dataclass(frozen=True, slots=True)
class Judged:
    """All votes of the round are in, or its deadline passed."""

    deadline_passed: bool = False


@dataclass(frozen=True, slots=True)
class Appealed:
    """The requester (against acceptance) or the miner (against rejection) put down a bond."""

    bond: Amount


@dataclass(frozen=True, slots=True)
class Commissioned:
    """The requester pays `fee` for having accepted work judged by two strangers."""

    fee: Amount


@dataclass(frozen=True, slots=True)
class Settled:
    """The verdict stands: nobody appealed in the window. Everyone gets what the verdict gives."""


@dataclass(frozen=True, slots=True)
class RedoTaken:
    """The miner took the second try."""


@dataclass(frozen=True, slots=True)
class RedoWindowPassed:
    """The miner let the second try pass."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The requester wants no new leases; what was submitted is judged and paid."""


Event = (
    Leased
    | LeaseExpired
    | Returned
    | Submitted
    | AuditNotDrawn
    | PanelSeated
    | Voted
    | VerifierMissed
    | Judged
    | Appealed
    | Commissioned
    | Settled
    | RedoTaken
    | RedoWindowPassed
    | Cancelled
)
