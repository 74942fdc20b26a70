# SPDX-License-Identifier: Apache-2.0
"""What the store holds, one frozen record a row; the store's tables are made from these.

Fields are str, int, bool or Amount. JSON that was signed is kept as the text that came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_desktop.services.record import Record as Record
from gems_desktop.services.records_messages import AbuseRecord as AbuseRecord
from gems_desktop.services.records_messages import MessageRecord as MessageRecord
from gems_desktop.services.records_notices import NoticeMark as NoticeMark
from gems_desktop.services.records_notices import NoticeRecord as NoticeRecord
from gems_desktop.services.records_on_the_way import AttemptRecord as AttemptRecord
from gems_desktop.services.records_on_the_way import CarryRecord as CarryRecord
from gems_desktop.services.records_on_the_way import CopyRecord as CopyRecord
from gems_desktop.services.records_on_the_way import TimeRecord as TimeRecord
from gems_desktop.services.records_on_the_way import TrafficRecord as TrafficRecord
from gems_desktop.services.records_on_the_way import TransferRecord as TransferRecord
from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class BatchRecord(Record):
    """A confirmed lease, of work or of reviews."""

    TABLE: ClassVar[str] = "batches"
    KEY: ClassVar[str] = "batch_id"
    batch_id: str
    kind: str  # "work" | "review"
    campaign_id: str
    root: str
    size: int
    stake_total: Amount
    due_at: int
    leased_at: int


@dataclass(frozen=True, slots=True)
class ItemRecord(Record):
    """One task or review of mine, with the assignment's signed fields as they were received."""

    TABLE: ClassVar[str] = "items"
    KEY: ClassVar[str] = "item_id"
    SEALED: ClassVar[tuple[str, ...]] = ("data", "start", "note", "answered", "appeal_reason")
    item_id: str  # the assignment's struct hash
    batch_id: str
    campaign_id: str
    kind: str
    position: int  # 1-based in the batch
    index: int
    attempt: int
    round: int
    reward: Amount
    stake: Amount
    due_at: int
    state: str  # name of an ItemState
    changed_at: int
    assignment: str  # JSON
    signature: str
    data: str  # JSON, the task
    start: str  # JSON, the answer to begin with (a redo), or the answer to judge (a review)
    media: str  # JSON, [{"sha256","size"}]
    redo_of: str = ""
    redo_until: int = 0
    reason: str = ""
    note: str = ""
    verdict: str = ""  # of a review: accept | reject | skip
    decided_at: int = 0
    paid: Amount = ZERO
    #: of a verdict that was checked: 1 accepted, -1 rejected, 0 none; by voters, or by silence
    outcome: int = 0
    judged: bool = False
    judged_at: int = 0
    delivered_at: int = 0
    #: whether the verdict can change no more: money and trust count from here
    final: bool = False
    standing: str = ""  # JSON of the note about me that the work was offered by
    appeal_by: str = ""  # "" | "miner" | "requester": who may appeal the verdict, or did
    appeal_until: int = 0
    appeal_bond: Amount = ZERO
    appeal_round: int = 0
    appeal_seats: int = 0
    appeal_state: str = ""  # "" | "made" | "sent" | "judging" | "won" | "lost" | "late"
    appeal_reason: str = ""  # of whoever appealed
    judge_by: int = 0
    fee: Amount = ZERO  # paid by the requester for having accepted work looked at
    poor: bool = False
    answered: str = ""  # JSON of the verifiers' answer that stands instead of mine
    draw: str = ""  # JSON of the `audit_record.Draw` of a submission that could be audited
    blind: bool = False
    mark: str = ""  # JSON of the place of a fault: that I marked (a review), or that was marked in my work
    sealed_root: str = ""  # of the SealedRecord that it is in


@dataclass(frozen=True, slots=True)
class EditRecord(Record):
    """One line of the journal of edits: append-only; undo and redo are lines too."""

    TABLE: ClassVar[str] = "edits"
    KEY: ClassVar[str] = "seq"
    SEALED: ClassVar[tuple[str, ...]] = ("edit",)
    INDEXED: ClassVar[tuple[str, ...]] = ("item_id",)
    JOURNALLED: ClassVar[bool] = True
    seq: int  # 0: the store gives the next number
    item_id: str
    kind: str  # "edit" | "undo" | "redo"
    edit: str  # JSON


@dataclass(frozen=True, slots=True)
class AnswerRecord(Record):
    """A finished answer: the canonical JSON that is hashed, and the salt of its audit draw."""

    TABLE: ClassVar[str] = "answers"
    KEY: ClassVar[str] = "item_id"
    SEALED: ClassVar[tuple[str, ...]] = ("answer",)
    CHECKED: ClassVar[bool] = True
    JOURNALLED: ClassVar[bool] = True
    item_id: str
    answer: str
    result_hash: str
    salt: str
    finished_at: int


@dataclass(frozen=True, slots=True)
class SealedRecord(Record):
    """A signed batch of answers or votes, as it is sent and re-sent."""

    TABLE: ClassVar[str] = "sealed"
    KEY: ClassVar[str] = "root"
    SEALED: ClassVar[tuple[str, ...]] = ("body",)
    CHECKED: ClassVar[bool] = True
    JOURNALLED: ClassVar[bool] = True
    root: str
    kind: str  # "work" | "review"
    count: int
    body: str  # the request's JSON, bytes as sent
    item_ids: str  # JSON list
    due_at: int
    sealed_at: int
    attempted: bool = False  # it may have left this computer
    receipt: str = ""  # JSON, message and signature, checked


@dataclass(frozen=True, slots=True)
class AppealRecord(Record):
    """An appeal of mine from its intent to the platform's answer: signed once, sent as it is."""

    TABLE: ClassVar[str] = "appeals"
    KEY: ClassVar[str] = "item_id"
    SEALED: ClassVar[tuple[str, ...]] = ("reason",)
    CHECKED: ClassVar[bool] = True
    item_id: str
    root: str  # the appeal's struct hash, which its bond's debit names
    message: str  # JSON
    signature: str
    reason: str
    redo_id: str  # of the second try that was given up for it, or ""
    made_at: int
    sent: bool = False


@dataclass(frozen=True, slots=True)
class EventRecord(Record):
    """One event of the platform, as received; `problem` says why it was refused."""

    TABLE: ClassVar[str] = "events"
    KEY: ClassVar[str] = "seq"
    SEALED: ClassVar[tuple[str, ...]] = ("body",)
    INDEXED: ClassVar[tuple[str, ...]] = ("kind",)
    seq: int
    at: int
    kind: str
    body: str
    problem: str = ""
    refused: bool = False  # whether there is a problem


@dataclass(frozen=True, slots=True)
class FormerRecord(Record):
    """What counts of work that this wallet did elsewhere, from a checked final verdict.

    outcome 0: a second try that was offered and has not ended. judged_at: the verdict's place among the events.
    """

    TABLE: ClassVar[str] = "former"
    KEY: ClassVar[str] = "item_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("campaign_id",)
    item_id: str  # the assignment's struct hash
    campaign_id: str
    index: int
    attempt: int
    outcome: int = 0  # 1 accepted, -1 rejected
    judged: bool = False
    judged_at: int = 0
    changed_at: int = 0
    fee: Amount = ZERO
    poor: bool = False


@dataclass(frozen=True, slots=True)
class ChannelRecord(Record):
    """The channel with the hub; deposit, claimed and closing are the chain's words, debited is mine."""

    TABLE: ClassVar[str] = "channel"
    KEY: ClassVar[str] = "channel_id"
    channel_id: str
    config: str  # JSON
    deposit: Amount
    claimed: Amount
    closing: bool
    debited: Amount
    bond_target: Amount
    former_target: str  # base units, or "" when there is none
    from_rewards: Amount
    read_at: int


@dataclass(frozen=True, slots=True)
class DebitRecord(Record):
    """A stake that I signed away: cumulative `debited`, for the batch with this root."""

    TABLE: ClassVar[str] = "debits"
    KEY: ClassVar[str] = "root"
    root: str
    batch_id: str
    campaign_id: str
    message: str  # JSON
    signature: str
    amount: Amount
    debited: Amount
    signed_at: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class VoucherRecord(Record):
    """A voucher that my own sum agreed with."""

    TABLE: ClassVar[str] = "vouchers"
    KEY: ClassVar[str] = "seq"
    CHECKED: ClassVar[bool] = True
    JOURNALLED: ClassVar[bool] = True
    seq: int
    channel_id: str
    paid: Amount
    bonded: Amount
    signature: str
    lines: str  # JSON
    received_at: int


@dataclass(frozen=True, slots=True)
class LineRecord(Record):
    """One amount that checked evidence owes me; `seq` is the voucher that settled it, 0 while it is owed."""

    TABLE: ClassVar[str] = "lines"
    KEY: ClassVar[str] = "line_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("item_id", "seq")
    line_id: str  # campaign, index, attempt, round, kind
    seq: int
    at: int
    place: int  # order in which it came to be owed
    campaign_id: str
    index: int
    attempt: int
    round: int
    kind: str
    item_id: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class ClaimRecord(Record):
    """A claim from its intent to its confirmation; `body` is what the relayer gets, signed."""

    TABLE: ClassVar[str] = "claims"
    KEY: ClassVar[str] = "claim_id"
    CHECKED: ClassVar[bool] = True
    claim_id: str
    channel_id: str
    claimed_before: Amount
    amount: Amount
    fee: Amount
    relayer: str
    deadline: int
    body: str
    state: str  # name of a ClaimState
    tx_hash: str
    at: int


@dataclass(frozen=True, slots=True)
class CampaignRecord(Record):
    """A campaign as last fetched, checked."""

    TABLE: ClassVar[str] = "campaigns"
    KEY: ClassVar[str] = "campaign_id"
    campaign_id: str
    body: str  # JSON
    quote: str  # JSON or ""
    listed: bool
    fetched_at: int


@dataclass(frozen=True, slots=True)
class ReportRecord(Record):
    """A requester report as last fetched."""

    TABLE: ClassVar[str] = "reports"
    KEY: ClassVar[str] = "requester"
    requester: str
    body: str
    fetched_at: int


#: the setting that says that this database went back to a backup: what the platform holds is to be read again
REPAIRED = "database_repaired"


@dataclass(frozen=True, slots=True)
class SettingRecord(Record):
    """One option or cursor; the value is JSON."""

    TABLE: ClassVar[str] = "settings"
    KEY: ClassVar[str] = "name"
    name: str
    value: str


RECORDS: tuple[type[Record], ...] = (
    BatchRecord,
    ItemRecord,
    EditRecord,
    AnswerRecord,
    SealedRecord,
    AppealRecord,
    AttemptRecord,
    TrafficRecord,
    TimeRecord,
    CopyRecord,
    TransferRecord,
    CarryRecord,
    EventRecord,
    FormerRecord,
    ChannelRecord,
    DebitRecord,
    VoucherRecord,
    LineRecord,
    ClaimRecord,
    CampaignRecord,
    ReportRecord,
    SettingRecord,
    NoticeRecord,
    NoticeMark,
    MessageRecord,
    AbuseRecord,
)
