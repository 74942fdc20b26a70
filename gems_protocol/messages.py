# SPDX-License-Identifier: Apache-2.0
"""Every signed message: its EIP-712 type and what it says.

The types and their order are fixed (docs/protocol.md): other implementations read and write them.
A message may only ever be added; none may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_protocol.abi import encode
from gems_protocol.carry_messages import Carry, CarryKey, CarryReply
from gems_protocol.escrow_messages import BatchRelease, Bill, Receipt, Release
from gems_protocol.keccak import keccak
from gems_protocol.transfer import TransferAuth
from gems_protocol.typed_data import (
    CAMPAIGNS_DOMAIN,
    CHANNELS_DOMAIN,
    GEM_DOMAIN,
    Domain,
    Message,
    hash_from_hex,
    signature_from_hex,
)

__all__ = [
    "CAMPAIGNS_DOMAIN",
    "CHANNELS_DOMAIN",
    "GEM_DOMAIN",
    "Answer",
    "Appeal",
    "Assignment",
    "BatchReceipt",
    "BatchRelease",
    "BatchSubmission",
    "BatchVote",
    "Bill",
    "Carry",
    "CarryKey",
    "CarryReply",
    "ClaimAuth",
    "CloseAuth",
    "Commission",
    "Debit",
    "Domain",
    "Message",
    "Offer",
    "Panel",
    "Receipt",
    "Release",
    "ReviewAssignment",
    "Spend",
    "StandingNote",
    "Submission",
    "TransferAuth",
    "Vote",
    "Voucher",
    "hash_from_hex",
    "request_hash",
    "signature_from_hex",
    "task_key",
]


@dataclass(frozen=True, slots=True)
class Voucher(Message):
    """The hub owes the worker `paid` at once and `bonded` on closing; both only grow."""

    TYPE: ClassVar[str] = "Voucher(bytes32 channelId,uint128 paid,uint96 bonded,uint64 seq)"
    DOMAIN: ClassVar[str] = CHANNELS_DOMAIN
    channel_id: bytes
    paid: int
    bonded: int
    seq: int


@dataclass(frozen=True, slots=True)
class Debit(Message):
    """The worker puts stake at risk: `debited` of the bond pocket in all, for what the hash names."""

    TYPE: ClassVar[str] = "Debit(bytes32 channelId,uint96 debited,bytes32 assignmentHash)"
    DOMAIN: ClassVar[str] = CHANNELS_DOMAIN
    channel_id: bytes
    debited: int
    assignment_hash: bytes


@dataclass(frozen=True, slots=True)
class ClaimAuth(Message):
    """The worker lets one relayer claim once, to one address, for one fee, until a chain time."""

    TYPE: ClassVar[str] = (
        "ClaimAuth(bytes32 channelId,uint128 claimedBefore,address to,"
        "address relayer,uint128 fee,uint64 deadline)"
    )
    DOMAIN: ClassVar[str] = CHANNELS_DOMAIN
    channel_id: bytes
    claimed_before: int
    to: str
    relayer: str
    fee: int
    deadline: int


@dataclass(frozen=True, slots=True)
class CloseAuth(Message):
    """The worker lets one relayer start to close the channel, for one fee, until a chain time."""

    TYPE: ClassVar[str] = "CloseAuth(bytes32 channelId,address relayer,uint128 fee,uint64 deadline)"
    DOMAIN: ClassVar[str] = CHANNELS_DOMAIN
    channel_id: bytes
    relayer: str
    fee: int
    deadline: int


@dataclass(frozen=True, slots=True)
class Offer(Message):
    """The requester stands behind a campaign's manifest: text, module, policy, pay."""

    TYPE: ClassVar[str] = "Offer(bytes32 campaignId,bytes32 manifestHash)"
    campaign_id: bytes
    manifest_hash: bytes


@dataclass(frozen=True, slots=True)
class Spend(Message):
    """The requester lets the hub take `spent` base units in all from the campaign's escrow."""

    TYPE: ClassVar[str] = "Spend(bytes32 campaignId,uint128 spent,uint64 seq)"
    campaign_id: bytes
    spent: int
    seq: int


@dataclass(frozen=True, slots=True)
class Assignment(Message):
    """The hub gives a miner one task; attempt 0 is the first try. `due_at` is Unix seconds."""

    TYPE: ClassVar[str] = (
        "Assignment(bytes32 campaignId,uint32 index,uint8 attempt,address miner,uint128 reward,"
        "uint128 stake,uint32 auditPpm,bytes32 auditCommit,bytes32 inputHash,uint64 dueAt)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    miner: str
    reward: int
    stake: int
    audit_ppm: int
    audit_commit: bytes
    input_hash: bytes
    due_at: int


@dataclass(frozen=True, slots=True)
class ReviewAssignment(Message):
    """The hub gives a verifier one submission to judge, for `reward`, at the risk of `stake`."""

    TYPE: ClassVar[str] = (
        "ReviewAssignment(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address verifier,"
        "uint128 reward,uint128 stake,bytes32 resultHash,bytes32 inputHash,uint64 dueAt)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    verifier: str
    reward: int
    stake: int
    result_hash: bytes
    input_hash: bytes
    due_at: int


@dataclass(frozen=True, slots=True)
class Submission(Message):
    """The miner's answer to one assignment, with the salt of the audit draw; a leaf of a batch."""

    TYPE: ClassVar[str] = "Submission(bytes32 assignmentHash,bytes32 resultHash,bytes32 salt)"
    assignment_hash: bytes
    result_hash: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class BatchSubmission(Message):
    """One signature of the miner over `count` submissions."""

    TYPE: ClassVar[str] = "BatchSubmission(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)"
    root: bytes
    count: int
    batch_id: bytes
    sealed_at: int


@dataclass(frozen=True, slots=True)
class BatchReceipt(Message):
    """The platform has the batch (of submissions or of votes) with this root, whole and durable."""

    TYPE: ClassVar[str] = "BatchReceipt(bytes32 root,uint32 count,uint64 receivedAt)"
    root: bytes
    count: int
    received_at: int


@dataclass(frozen=True, slots=True)
class Panel(Message):
    """Who judges one attempt in one round; addresses ascend, so they are distinct. Signed by the hub."""

    TYPE: ClassVar[str] = (
        "Panel(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address[] verifiers)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    verifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vote(Message):
    """A verifier's judgement of one result; a leaf of a batch, or signed alone for the contract."""

    TYPE: ClassVar[str] = (
        "Vote(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,bytes32 resultHash,bool accept)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    result_hash: bytes
    accept: bool


@dataclass(frozen=True, slots=True)
class BatchVote(Message):
    """One signature of the verifier over `count` votes."""

    TYPE: ClassVar[str] = "BatchVote(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)"
    root: bytes
    count: int
    batch_id: bytes
    sealed_at: int


@dataclass(frozen=True, slots=True)
class Appeal(Message):
    """The miner (against a rejection) or the requester (against an acceptance) asks for the panel of `round`.

    reason_hash: keccak256 of the reason's UTF-8 text. `bond` is what losing costs.
    """

    TYPE: ClassVar[str] = (
        "Appeal(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,uint128 bond,bytes32 reasonHash)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    bond: int
    reason_hash: bytes


@dataclass(frozen=True, slots=True)
class Commission(Message):
    """The requester pays `fee` for having accepted work judged by two strangers."""

    TYPE: ClassVar[str] = "Commission(bytes32 campaignId,uint32 index,uint8 attempt,uint128 fee)"
    campaign_id: bytes
    index: int
    attempt: int
    fee: int


@dataclass(frozen=True, slots=True)
class StandingNote(Message):
    """The platform states a worker's record in one module family, by which it offers, weighs and judges.

    family: keccak256 of the family's name. weighed: the settled tasks after requesters' and kinds' weights, in
    hundredths. grade: 0 for F to 4 for A. `at` is Unix seconds.
    """

    TYPE: ClassVar[str] = (
        "StandingNote(address worker,bytes32 family,uint32 passes,uint32 goldRight,uint32 gold,"
        "uint32 settledRight,uint32 settled,uint32 weighedRight,uint32 weighed,uint8 grade,uint64 at)"
    )
    worker: str
    family: bytes
    passes: int
    gold_right: int
    gold: int
    settled_right: int
    settled: int
    weighed_right: int
    weighed: int
    grade: int
    at: int


@dataclass(frozen=True, slots=True)
class Answer(Message):
    """The platform's signature over one answer to one request, so that it can be held to it."""

    TYPE: ClassVar[str] = "Answer(bytes32 requestHash,bytes32 bodyHash,uint64 issuedAt)"
    request_hash: bytes
    body_hash: bytes
    issued_at: int


def request_hash(method: str, target: str, body: bytes) -> bytes:
    """What an `Answer` answers: "METHOD /path?query", a newline and the request's body."""
    return keccak(f"{method} {target}\n".encode() + body)


def task_key(campaign_id: bytes, index: int, attempt: int) -> bytes:
    """What a `Release` and the escrow call one attempt at one task: 32 bytes."""
    return keccak(encode(["bytes32", "uint32", "uint8"], [campaign_id, index, attempt]))
