# SPDX-License-Identifier: Apache-2.0
"""The signed messages of carry files: the platform's key, the worker's file, the platform's reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_protocol.typed_data import Message


@dataclass(frozen=True, slots=True)
class CarryKey(Message):
    """The platform opens carry files that are sealed to this X25519 key until `until` (Unix seconds)."""

    TYPE: ClassVar[str] = "CarryKey(bytes32 key,uint64 since,uint64 until)"
    key: bytes
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Carry(Message):
    """The worker's carry file: what is in it, and the X25519 key that its reply is to be sealed to.

    content_hash: keccak256 of the packed content. seq: the worker's last event that is known, from which the reply
    goes on. made_at: Unix seconds by the worker.
    """

    TYPE: ClassVar[str] = "Carry(bytes32 contentHash,bytes32 replyKey,uint64 seq,uint64 madeAt)"
    content_hash: bytes
    reply_key: bytes
    seq: int
    made_at: int


@dataclass(frozen=True, slots=True)
class CarryReply(Message):
    """The platform's reply to the carry file with this struct hash; `content_hash` as in `Carry`."""

    TYPE: ClassVar[str] = "CarryReply(bytes32 carryHash,bytes32 contentHash,uint64 issuedAt)"
    carry_hash: bytes
    content_hash: bytes
    issued_at: int
