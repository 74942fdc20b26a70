# SPDX-License-Identifier: Apache-2.0
"""What proves a verdict: signed assignment, submission, panels, votes and notes, and the revealed audit draw.

Anybody can recompute the verdict from it (`verdict.check_verdict`): the client before it believes a rejection or a
voucher, the contract's callers, another platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_protocol.audit import AuditReveal
from gems_protocol.messages import (
    Appeal,
    Assignment,
    BatchSubmission,
    BatchVote,
    Commission,
    Panel,
    StandingNote,
    Submission,
    Vote,
)


@dataclass(frozen=True, slots=True)
class SubmissionEvidence:
    """A submission and the miner's signature over the batch that holds it at `index_in_batch`."""

    submission: Submission
    batch: BatchSubmission
    index_in_batch: int
    proof: tuple[bytes, ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class VoteEvidence:
    """A vote and the verifier's signature over the batch that holds it at `index_in_batch`.

    answer: what a blind verifier answered, whose hash the vote names; None where the miner's answer was shown.
    """

    vote: Vote
    verifier: str
    batch: BatchVote
    index_in_batch: int
    proof: tuple[bytes, ...]
    signature: bytes
    answer: Any = None


@dataclass(frozen=True, slots=True)
class SignedPanel:
    """A panel and the hub's signature."""

    panel: Panel
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedNote:
    """What the hub stated about a worker when it gave out work, and its signature."""

    note: StandingNote
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedAppeal:
    """An appeal and the signature of whoever the verdict went against."""

    appeal: Appeal
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedCommission:
    """A commission and the requester's signature."""

    commission: Commission
    signature: bytes


@dataclass(frozen=True, slots=True)
class VerdictEvidence:
    """Everything about one attempt's verdict.

    panels: in the order of their rounds, that of a commission last. votes: in the order in which they came.
    notes: of the miner and of every verifier who answered blind. answer: the miner's, where verifiers were blind.
    """

    assignment: Assignment
    assignment_signature: bytes
    submission: SubmissionEvidence
    panels: tuple[SignedPanel, ...]
    votes: tuple[VoteEvidence, ...]
    audit: AuditReveal | None
    notes: tuple[SignedNote, ...]
    answer: Any = None
    appeal: SignedAppeal | None = None
    commission: SignedCommission | None = None
