# SPDX-License-Identifier: Apache-2.0
"""Frozen values that services hand to view models: what a screen shows, already decided, not yet worded.

Money is `Amount`; times are Unix seconds by the platform's or the chain's clock; texts that came from outside
have gone through `gems_protocol.text.clean`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from gems_desktop.services.facts_connection import Connection as Connection
from gems_desktop.services.facts_connection import ConnectionFacts as ConnectionFacts
from gems_desktop.services.facts_connection import Problem as Problem
from gems_desktop.services.facts_practice import PracticeFacts as PracticeFacts
from gems_desktop.services.facts_practice import PracticeFeedback as PracticeFeedback
from gems_desktop.services.facts_practice import PracticeResult as PracticeResult
from gems_desktop.services.facts_practice import PracticeTask as PracticeTask
from gems_desktop.services.facts_report import ChainCheck as ChainCheck
from gems_desktop.services.facts_report import RatingFacts as RatingFacts
from gems_desktop.services.facts_report import ReportFacts as ReportFacts
from gems_desktop.services.facts_report import Said as Said
from gems_desktop.services.facts_report import ShareFacts as ShareFacts
from gems_desktop.services.facts_settings import SettingsFacts as SettingsFacts
from gems_desktop.services.facts_trust import AuditRecordFacts as AuditRecordFacts
from gems_desktop.services.facts_trust import AuditRow as AuditRow
from gems_desktop.services.facts_trust import FamilyFacts as FamilyFacts
from gems_desktop.services.facts_trust import ForecastFacts as ForecastFacts
from gems_desktop.services.facts_trust import ScenarioFacts as ScenarioFacts
from gems_desktop.services.facts_trust import TrustFacts as TrustFacts
from gems_desktop.services.facts_why import LedgerLine as LedgerLine
from gems_protocol.amount import ZERO, Amount

if TYPE_CHECKING:  # the window asks for its password before there are tasks
    from gems_protocol.content_warning import ContentWarning
    from gems_protocol.modules.mark import Mark


class Topic(Enum):
    """What a change touches; a screen redraws only on its own topics."""

    WALLET = "wallet"
    CAMPAIGNS = "campaigns"
    WORK = "work"
    OUTBOX = "outbox"
    REVIEW = "review"
    EARNINGS = "earnings"
    TRUST = "trust"
    CONNECTION = "connection"
    SETTINGS = "settings"
    PROBLEM = "problem"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class WalletFacts:
    """The wallet as the window may know it: no secret."""

    exists: bool
    unlocked: bool
    address: str = ""
    backed_up: bool = False
    storage: str = ""  # "keyring" | "password"


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """A campaign before accepting: everything a worker must know."""

    campaign_id: str
    title: str
    description: str
    instructions: str
    module_name: str
    policy: str
    requester: str
    practice: bool
    reward: Amount  # what this worker gets if right, after any fee
    gross_reward: Amount
    stake: Amount
    fee_ppm: int
    audit_ppm: int
    worst_case: Amount  # what this worker loses at most on one task
    expected_seconds: int
    measured_seconds: int | None
    pay_per_hour: Amount | None
    media_bytes_per_task: int
    lease_s: int
    ends_at: int
    tasks_open: int
    tasks_total: int
    rejection_ppm: int | None
    median_release_s: int | None
    content_warning: ContentWarning | None
    can_lease: bool
    why_not: str = ""
    fetched_at: int = 0
    penalty: Amount = ZERO  # lost beyond the reward when work is rejected for good
    hold_s: int = 0  # accepted work waits this long for its requester's objection; 0: paid at once
    pays_within_s: int = 0  # from handing in to paid at the latest
    blind: bool = False  # verifiers answer before they see the miner's answer
    has_redo: bool = False
    commission_ppm: int = 0  # largest part of the reward for which accepted work can still be looked at
    newcomer: bool = False  # the figures are those for a newcomer
    own_accuracy_ppm: int = 0  # what the expectation counts with, from this worker's own record
    expected_pay: Amount | None = None  # for one task of honest work, after everything lost on average
    expected_loss: Amount | None = None  # the part that is lost on average
    expected_accept_ppm: int | None = None
    expected_per_hour: Amount | None = None
    practice_ppm: int = 0  # share of the practice set that must be right before the first lease; 0: none
    practice_passed: bool = True
    rated: bool = False  # this worker has rated it
    kinds: tuple[str, ...] = ()  # of services.kinds.KINDS
    languages: tuple[str, ...] = ()  # codes such as "en" that its tasks are in; none: they need none
    stakes_fit: int | None = None  # how many of its stakes the bond holds now; None where it asks for none
    watched: bool = False  # its requester is: new work is told of
    set_aside: str = ""  # not offered: its "requester" is blocked, or the "campaign" is hidden


class ItemState(Enum):
    """The life of one task on this computer, each with its sentence."""

    LEASED = "Yours to do"
    DRAFT = "Begun, kept on this computer"
    FINISHED = "Finished, not yet sealed"
    SEALED = "Sealed and waiting to be sent"
    SENDING = "Being sent"
    DELIVERED = "The platform has signed for it"
    ACCEPTED = "Accepted"
    REJECTED = "Rejected"
    DISPUTED = "Disputed; other verifiers judge it"
    PAID = "Paid into your channel"
    EXPIRED = "The time for it ran out"
    RETURNED = "Given back"


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One task or review of mine with all a row shows."""

    item_id: str  # assignment hash, 0x-hex
    batch_id: str
    campaign_id: str
    campaign_title: str
    kind: str  # "work" | "review"
    index: int
    attempt: int
    state: ItemState
    reward: Amount
    stake: Amount
    due_at: int
    changed_at: int
    reason: str = ""  # coded reason of a rejection
    note: str = ""  # the verifier's note, cleaned
    redo_until: int | None = None
    problem: Problem | None = None
    mark: Mark | None = None  # where the fault is
    final: bool = True  # False: accepted or rejected, but it can still change until `open_until`
    open_until: int | None = None  # held or appealable until then; judged again by then while disputed
    appeal: str = ""  # "" | "open" (may be appealed) | "made" | "sent" | "judging" | "won" | "lost" | "late"
    disputed_by: str = ""  # "" | "miner" | "requester"
    dispute: str = ""  # the other side's reason, cleaned
    poor: bool = False  # accepted, and found poor by two strangers afterwards: part of the reward went back
    answered: bool = False  # rejected, and the verifiers' answer is the task's answer: nothing to redo
    blind: bool = False  # of a review: the verifier does the task
    commissioned: bool = (
        False  # the dispute is a look at accepted work that its requester pays two strangers for
    )
    verdict: str = ""  # of a review of mine: "accept" | "reject" | "skip"
    case: str = ""  # to take it to the contract: "" | "later" (from `case_from`) | "possible" | "saved"
    case_from: int = 0


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A leased task ready to be drawn: config, data, and the answer drafted so far."""

    item_id: str
    batch_id: str
    campaign_id: str
    campaign_title: str
    instructions: str
    config: str
    data: dict[str, Any]
    answer: list[dict[str, Any]]
    edits: tuple[dict[str, Any], ...]
    undone: int
    position: int  # 1-based in the batch
    batch_size: int
    done_in_batch: int
    reward: Amount
    due_at: int
    state: ItemState
    redo_reason: str = ""
    redo_note: str = ""
    kind: str = "work"  # "review": a blind review, done like a task
    stake: Amount = ZERO
    redo_mark: Mark | None = None  # where the fault is, as its verifier marked it
    before: tuple[dict[str, Any], ...] = ()  # of a redo: the answer that was rejected
    wishes: tuple[tuple[str, str, str], ...] = ()  # my own keys: (control, stored option, key)
    folded: bool | None = None  # whether I folded the instructions away; None: not touched yet
    content_warning: ContentWarning | None = None
    language: str = ""  # of its instructions, as the campaign states it


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """What appealing a rejected task would mean, known offline.

    possible: else `why_not` says why. verifiers: how many others judge. until: last moment to send it.
    decided_by: when they will have judged at the latest, counted from sending now. bond: put up, comes back when
    won. loses: what losing costs in all, beyond the reward. wins: what winning brings, the reward included, the
    returned stake and bond not. gives_up_redo: the second try, worth `redo_reward`, is given up for it.
    state: as `OutboxItem.appeal`. reason: mine, once signed; draft: what I have written of it so far.
    """

    item_id: str
    possible: bool
    why_not: str
    verifiers: int
    until: int
    decided_by: int
    bond: Amount
    bond_free: Amount
    loses: Amount
    wins: Amount
    gives_up_redo: bool
    redo_reward: Amount
    state: str = ""
    reason: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A submission to judge: no author in it."""

    item_id: str
    batch_id: str
    campaign_id: str
    campaign_title: str
    instructions: str
    config: str
    data: dict[str, Any]
    answer: list[dict[str, Any]]
    reward: Amount
    stake: Amount
    due_at: int
    position: int
    batch_size: int
    verdict: str = ""  # "" | "accept" | "reject" | "skip" | "answer" (blind)
    reason: str = ""
    note: str = ""
    blind: bool = False  # do the task with `Review.open_blind`; `answer` is empty then
    disputed: bool = False  # somebody appealed: an earlier round was judged already
    commissioned: bool = False  # accepted work that its requester pays to have looked at
    mark: Mark | None = None
    before: tuple[dict[str, Any], ...] = ()  # the answer of the attempt before, if I judged that too
    content_warning: ContentWarning | None = None
    language: str = ""  # of its instructions, as the campaign states it


@dataclass(frozen=True, slots=True)
class ReviewQueueFacts:
    """Whether I may review, and how far away it is."""

    eligible: bool
    why_not: str
    available: bool
    queued: int
    decided: int
    practice: bool = False


class ClaimState(Enum):
    """The life of one claim, each with its sentence."""

    INTENDED = "Written down, not yet sent"
    SENT = "Handed to the relayer"
    CONFIRMING = "On chain, waiting for confirmations"
    CLAIMED = "In your wallet"
    FAILED = "Did not go through; nothing was taken"


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim."""

    claim_id: str
    amount: Amount
    fee: Amount
    state: ClaimState
    tx_hash: str
    at: int
    to: str = ""  # another address than my wallet's, or ""


@dataclass(frozen=True, slots=True)
class ClaimQuote:
    """What a claim would do: shown before it is made."""

    amount: Amount
    fee: Amount
    receives: Amount
    relayer: str
    deadline: int
    to: str = ""  # another address than my wallet's, or ""


@dataclass(frozen=True, slots=True)
class EarningsFacts:
    """The channel and the wallet, as far as they are proven."""

    owed: Amount = ZERO  # own sum from judged evidence, not yet vouchered
    paid: Amount = ZERO  # vouchered into the free pocket, in all
    claimed: Amount = ZERO  # already on chain
    claimable: Amount = ZERO
    bonded: Amount = ZERO
    at_stake: Amount = ZERO
    bond_free: Amount = ZERO
    in_review: Amount = (
        ZERO  # rewards of delivered work that is not judged, disputed, or held for its requester
    )
    deposit: Amount = ZERO
    wallet_gem: Amount = ZERO
    gas_coin: int = 0
    earned_today: Amount = ZERO
    earned_week: Amount = ZERO
    earned_total: Amount = ZERO
    bond_target: Amount = ZERO
    unbonding: Amount = ZERO  # asked to be moved out of the bond and not signed yet
    difference: Problem | None = None  # a voucher that was refused
    claims: tuple[ClaimFacts, ...] = ()
    by_day: tuple[tuple[str, Amount], ...] = ()  # ISO day, earned
    today: str = ""  # the UTC day that is now, as 2026-11-22
