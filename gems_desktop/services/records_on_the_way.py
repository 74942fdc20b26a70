# SPDX-License-Identifier: Apache-2.0
"""What the store holds of things on their way: attempts to send, bytes and time, copies, transfers, carry files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_desktop.services.record import Record
from gems_protocol.amount import Amount


@dataclass(frozen=True, slots=True)
class AttemptRecord(Record):
    """How the sending of a sealed batch goes: what went wrong last, and when it is tried again."""

    TABLE: ClassVar[str] = "attempts"
    KEY: ClassVar[str] = "root"
    root: str  # of a SealedRecord
    tries: int
    next_at: int  # Unix seconds; 0: as soon as there is a line
    problem: str  # code of the last fault, or ""
    upload: str = ""  # where a resumable upload goes on, or ""
    sent: int = 0  # bytes that the platform has acknowledged
    size: int = 0  # bytes in all


@dataclass(frozen=True, slots=True)
class TrafficRecord(Record):
    """Bytes that crossed the network on one UTC day for one campaign; campaign_id "": for everything else."""

    TABLE: ClassVar[str] = "traffic"
    KEY: ClassVar[str] = "traffic_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("day",)
    traffic_id: str  # day:campaign_id
    day: str
    campaign_id: str
    received: int
    sent: int


@dataclass(frozen=True, slots=True)
class TimeRecord(Record):
    """Time in which the window was in use on one UTC day, for one task or review; item_id "": for none."""

    TABLE: ClassVar[str] = "time_spent"
    KEY: ClassVar[str] = "spent_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("day",)
    spent_id: str  # day:item_id
    day: str
    item_id: str
    millis: int


@dataclass(frozen=True, slots=True)
class CopyRecord(Record):
    """The newest voucher that is kept somewhere else: at the platform, at a watch-tower, in a file."""

    TABLE: ClassVar[str] = "copies"
    KEY: ClassVar[str] = "place"
    place: str  # "platform", "file:<name>" or a tower's address
    seq: int
    at: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TransferRecord(Record):
    """GEM on its way to another address, from its intent to its confirmation."""

    TABLE: ClassVar[str] = "transfers"
    KEY: ClassVar[str] = "transfer_id"
    CHECKED: ClassVar[bool] = True
    JOURNALLED: ClassVar[bool] = True
    transfer_id: str
    source: str  # "channel" (a claim to that address) | "wallet"
    to: str
    amount: Amount
    fee: Amount
    body: str  # what is sent, signed
    nonce: int
    state: str  # name of a ClaimState
    tx_hash: str
    at: int


@dataclass(frozen=True, slots=True)
class CarryRecord(Record):
    """A carry file that was written, until its reply is read."""

    TABLE: ClassVar[str] = "carries"
    KEY: ClassVar[str] = "carry_id"
    SEALED: ClassVar[tuple[str, ...]] = ("reply_key",)
    carry_id: str
    made_at: int
    roots: str  # JSON list of the sealed batches in it
    reply_key: str  # hex of the private key that opens the reply
    state: str  # "made" | "answered"
