# SPDX-License-Identifier: Apache-2.0
"""A verdict as Judge and Campaigns take it and keep it: from evidence to a call, from an event to facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gems_protocol.abi import encode
from gems_protocol.campaign import ZERO_ADDRESS, Terms
from gems_protocol.evidence import SignedPanel, SubmissionEvidence, VerdictEvidence, VoteEvidence
from gems_protocol.keccak import keccak
from gems_protocol.messages import Assignment
from gems_protocol.verification.commissioned import COMMISSION_ROUND

Row = tuple[Any, ...]
ARBITER_ROUND = 15
SILENCE_S = 2 * 86_400  # beside the rounds' windows: for the audit's secret and the requester's seed
_STANDING = "(bytes32,address,uint128,uint8,address[],uint8,uint128,address,bool)"


class TaskOnChain(Enum):
    """The states of one attempt at one task in Campaigns, in the contract's numbers."""

    NONE = 0
    ACCEPTED = 1
    REJECTED = 2
    ACCEPTED_APPEALED = 3
    REJECTED_APPEALED = 4
    PAID = 5
    REOPENED = 6
    COVERED = 7

    @property
    def is_pending(self) -> bool:
        """Whether something stands that can still change."""
        return TaskOnChain.ACCEPTED.value <= self.value <= TaskOnChain.REJECTED_APPEALED.value

    @property
    def accepts(self) -> bool:
        """Whether the verdict that stands, or stood, accepts."""
        return self in (TaskOnChain.ACCEPTED, TaskOnChain.ACCEPTED_APPEALED, TaskOnChain.PAID)


@dataclass(frozen=True, slots=True)
class TaskWord:
    """What Campaigns stores of an attempt. until: Unix seconds. released: bit 0 the miner, bit i + 1 the voter i."""

    state: TaskOnChain
    round: int
    released: int
    until: int
    digest: int

    @classmethod
    def of(cls, word: int) -> TaskWord:
        """The parts of the 256-bit number; raises ValueError for an unknown state."""
        state = TaskOnChain(word & 15)
        return cls(state, word >> 4 & 15, word >> 8 & (1 << 24) - 1, word >> 32 & (1 << 40) - 1, word >> 72)


@dataclass(frozen=True, slots=True)
class Pending:
    """What stands of a verdict: the struct Standing. Base units, lowercase addresses."""

    assignment_hash: bytes = bytes(32)
    miner: str = ZERO_ADDRESS
    reward: int = 0
    panel: int = 0
    voters: tuple[str, ...] = ()
    bond_seats: int = 0
    bond: int = 0
    appellant: str = ZERO_ADDRESS
    billed: bool = False

    def abi(self) -> Row:
        """The struct as contract calls take it."""
        seats = (self.panel, list(self.voters), self.bond_seats)
        return self.assignment_hash, self.miner, self.reward, *seats, self.bond, self.appellant, self.billed

    @classmethod
    def of(cls, row: Sequence[Any]) -> Pending:
        """The struct as an event `Pending` has it."""
        name, miner, reward, panel, voters, bond_seats, bond, appellant, billed = row
        who = tuple(voter.lower() for voter in voters)
        return cls(
            bytes(name), miner.lower(), reward, panel, who, bond_seats, bond, appellant.lower(), billed
        )

    def digest(self) -> int:
        """What Campaigns keeps of it: the upper 184 bits of its keccak256."""
        return int.from_bytes(keccak(encode([_STANDING], [self.abi()])), "big") >> 72

    def recipient(self, who: str) -> int | None:
        """The bit that `who` releases: 0 for the miner, i + 1 for the voter i; None if it is paid nothing."""
        if who == self.miner:
            return 0
        return self.voters.index(who) + 1 if who in self.voters else None


NOTHING = Pending()


def split(signature: bytes) -> Row:
    """A 65-byte signature as the struct Sig: v, r, s."""
    return signature[64], int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")


def place(index: int, count: int, path: Sequence[bytes], batch_id: bytes, sealed_at: int) -> Row:
    """The struct Place of a leaf of a signed batch."""
    return (index, count, list(path)), batch_id, sealed_at


def given(assignment: Assignment) -> Row:
    """The struct Assignment: the message without its campaign."""
    found = assignment
    pay = (found.miner, found.reward, found.stake)
    audit = (found.audit_ppm, found.audit_commit, found.input_hash)
    return found.index, found.attempt, *pay, *audit, found.due_at


def given_by(campaign_id: bytes, row: Sequence[Any], signature: Sequence[int]) -> tuple[Assignment, bytes]:
    """The assignment and its 65-byte signature out of the structs of a claim; raises MalformedMessage."""
    index, attempt, miner, reward, stake, audit_ppm, audit_commit, input_hash, due_at = row
    v, r, s = signature
    pay = (miner.lower(), reward, stake, audit_ppm, bytes(audit_commit), bytes(input_hash), due_at)
    signed = r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([v])
    return Assignment(campaign_id, index, attempt, *pay), signed


def work(sent: SubmissionEvidence) -> Row:
    """The struct Work."""
    batch = sent.batch
    where = place(sent.index_in_batch, batch.count, sent.proof, batch.batch_id, batch.sealed_at)
    return sent.submission.result_hash, sent.submission.salt, where, split(sent.signature)


def claim_arguments(
    evidence: VerdictEvidence, terms: Terms, signer: str, before: Pending = NOTHING, above: int = -1
) -> Row | None:
    """The arguments of `Judge.claim` that prove the verdict of the last round with a quorum; None if none has one.

    signer: the hub's key that signed assignment and panels. above: only rounds above this one count.
    """
    panels = [one for one in evidence.panels if above < one.panel.round < terms.rounds]
    for signed in sorted(panels, key=lambda one: one.panel.round, reverse=True):
        found = _verdict(evidence, signed, terms)
        if found is not None:
            head = (terms.abi(), given(evidence.assignment), signer, split(evidence.assignment_signature))
            return *head, work(evidence.submission), found, before.abi()
    return None


def silent_arguments(
    evidence: VerdictEvidence, terms: Terms, signer: str, received_at: int, receipt: bytes | None
) -> Row:
    """The arguments of `Judge.claim_silent`: with the signature over the receipt, or with none if it was anchored."""
    head = (terms.abi(), given(evidence.assignment), signer, split(evidence.assignment_signature))
    if receipt is None:
        return *head, work(evidence.submission), 0, (0, 0, 0)
    return *head, work(evidence.submission), received_at, split(receipt)


def silent_from(terms: Terms, received_at: int) -> int:
    """Unix seconds from which a hub that brought no verdict counts as silent."""
    return received_at + SILENCE_S + terms.rounds * terms.window


def least_votes(terms: Terms, seats: int, round_: int) -> int:
    """How many votes that agree decide a round on chain: the quorum; in the last round a simple majority.

    Never fewer than a majority of the terms' panel, however few the seats.
    """
    majority = max(seats, terms.panel) // 2 + 1
    return majority if round_ + 1 == terms.rounds else max(majority, terms.quorum)


def _verdict(evidence: VerdictEvidence, signed: SignedPanel, terms: Terms) -> Row | None:
    """The struct Verdict of one round, if enough of its votes agree."""
    panel = signed.panel
    if panel.round == COMMISSION_ROUND:
        return None
    sides: dict[tuple[bytes, bool], list[VoteEvidence]] = {}
    for cast in evidence.votes:
        if cast.vote.round == panel.round and cast.verifier in panel.verifiers:
            sides.setdefault((cast.vote.result_hash, cast.vote.accept), []).append(cast)
    own = evidence.submission.submission.result_hash
    for (result, accept), votes in sides.items():
        if len(votes) >= least_votes(terms, len(panel.verifiers), panel.round) and (accept or result == own):
            ballots = sorted(_ballot(cast, panel.verifiers.index(cast.verifier)) for cast in votes)
            return panel.round, list(panel.verifiers), split(signed.signature), result, accept, ballots
    return None


def _ballot(cast: VoteEvidence, seat: int) -> Row:
    batch = cast.batch
    where = place(cast.index_in_batch, batch.count, cast.proof, batch.batch_id, batch.sealed_at)
    return seat, where, (0, 0, []), split(cast.signature)
