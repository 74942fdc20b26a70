# SPDX-License-Identifier: Apache-2.0
"""The signed messages that the contract Campaigns judges besides assignments, submissions and votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_protocol.typed_data import Message


@dataclass(frozen=True, slots=True)
class Receipt(Message):
    """The platform has the one submission with this struct hash since `received_at` (Unix seconds)."""

    TYPE: ClassVar[str] = "Receipt(bytes32 submissionHash,uint64 receivedAt)"
    submission_hash: bytes
    received_at: int


@dataclass(frozen=True, slots=True)
class Release(Message):
    """A worker was paid for a task in its channel: what the escrow would pay it for that task is `to`'s.

    task_key: keccak256(abi_encode(campaignId, index, attempt)), see `task_key`. to: the hub of the terms.
    """

    TYPE: ClassVar[str] = "Release(bytes32 taskKey,address to)"
    task_key: bytes
    to: str


@dataclass(frozen=True, slots=True)
class BatchRelease(Message):
    """One signature of a worker over `count` releases."""

    TYPE: ClassVar[str] = "BatchRelease(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)"
    root: bytes
    count: int
    batch_id: bytes
    sealed_at: int


@dataclass(frozen=True, slots=True)
class Bill(Message):
    """The hub states which tasks the requester's Spend of `spent` pays in all: `count` task keys under `root`."""

    TYPE: ClassVar[str] = "Bill(bytes32 campaignId,uint128 spent,bytes32 root,uint32 count)"
    campaign_id: bytes
    spent: int
    root: bytes
    count: int
