# SPDX-License-Identifier: Apache-2.0
"""Frozen values that services hand to view models: what a screen shows, already decided, not yet worded.

Money is `Amount`; times are Unix seconds by the platform's or the chain's clock; texts that came from outside
have gone through `gems_protocol.text.clean`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gems_protocol.amount import ZERO, Amount


class Connection(Enum):
    """How the platform can be reached right now."""

    OFFLINE = "offline"
    ONLINE = "online"
    SYNCING = "syncing"


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


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault to show: what happened, what is safe, what to do. Never a server's own text."""

    message: str
    safe: str
    action: str
    retryable: bool = True
    code: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """The status strip."""

    connection: Connection
    syncing_done: int = 0
    syncing_total: int = 0
    unsent: int = 0
    bytes_today: int = 0
    balance: Amount = ZERO
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class WalletFacts:
    """The wallet as the window may know it: no secret."""

    exists: bool
    unlocked: bool
    address: str = ""
    backed_up: bool = False
    storage: str = ""  # "keyring" | "password"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say: a stable code with its numbers for the window's own words, and the English sentence.

    numbers: whole numbers or short words by name, in the order of `gems_protocol.trust.reasons.Code`.
    """

    code: str
    numbers: tuple[tuple[str, int | str], ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """`part` of `whole` with its Wilson bounds in parts per million.

    name: accepted | appeals_won_by_workers | decisions_reverted.
    """

    name: str
    part: int
    whole: int
    lower_ppm: int
    upper_ppm: int


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """One question of the ratings: pay, clarity, speed or fairness.

    median: 1..5 by all who rated, None without any. good: how many gave 4 or 5; lower_ppm: the Wilson bound of that
    share.
    """

    question: str
    count: int
    median: int | None
    good: int
    lower_ppm: int


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """A figure of one campaign as the platform says it beside what the chain's own events come to."""

    campaign_id: str  # "" for all campaigns of the requester that are known here
    what: str  # funded | paid_out | returned
    told: Amount | None  # None where the platform says nothing of it
    on_chain: Amount
    agrees: bool


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A requester report, computed from evidence, with counts."""

    requester: str
    practice: bool
    paid_out: Amount
    accepted: int
    rejected: int
    appealed: int
    overturned: int
    median_release_s: int | None
    p95_release_s: int | None
    pay_per_hour: Amount | None
    funded_now: Amount
    tasks_total: int
    checked_on_chain: bool = False
    # of appeals: those of workers, how many of them they won; of the requester likewise
    worker_appeals: int = 0
    worker_appeals_won: int = 0
    requester_appeals: int = 0
    requester_appeals_won: int = 0
    # decisions of verifiers: how many stood at first, and how many a later round reversed
    decisions_accepted: int = 0
    decisions_reverted: int = 0
    verifier_pay_per_hour: Amount | None = None
    ratings: tuple[RatingFacts, ...] = ()
    median_task_s: int | None = None
    median_review_s: int | None = None
    shares: tuple[ShareFacts, ...] = ()
    explanations: tuple[Said, ...] = ()
    chain: tuple[ChainCheck, ...] = ()  # empty when the chain was not asked


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
    content_warning: str | None
    can_lease: bool
    why_not: str = ""
    fetched_at: int = 0
    penalty: Amount = ZERO  # lost beyond the reward when work is rejected for good
    hold_s: int = 0  # accepted work waits this long for its requester's objection; 0: paid at once
    pays_within_s: int = 0  # from accepted to paid at the latest when nobody disagrees
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


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """What appealing a rejected task would mean, known offline.

    possible: else `why_not` says why. verifiers: how many others judge. until: last moment to send it.
    decided_by: when they will have judged at the latest, counted from sending now. bond: put up, comes back when
    won. loses: what losing costs in all, beyond the reward. wins: what winning brings, the reward included, the
    returned stake and bond not. gives_up_redo: the second try, worth `redo_reward`, is given up for it.
    state: as `OutboxItem.appeal`. reason: mine, once written.
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


@dataclass(frozen=True, slots=True)
class ClaimQuote:
    """What a claim would do: shown before it is made."""

    amount: Amount
    fee: Amount
    receives: Amount
    relayer: str
    deadline: int


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement. `pocket` is paid, bonded, stake, wallet or fee; amount is signed."""

    at: int
    what: str  # reward | stake_put | stake_back | stake_lost | review_pay | claim | relayer_fee | bond_put | bond_back
    campaign_title: str
    item_id: str
    pocket: str
    amount: Amount
    practice: bool = False


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
    in_review: Amount = ZERO  # rewards of delivered, unjudged work
    deposit: Amount = ZERO
    wallet_gem: Amount = ZERO
    gas_coin: int = 0
    earned_today: Amount = ZERO
    earned_week: Amount = ZERO
    earned_total: Amount = ZERO
    bond_target: Amount = ZERO
    difference: Problem | None = None  # a voucher that was refused
    claims: tuple[ClaimFacts, ...] = ()
    by_day: tuple[tuple[str, Amount], ...] = ()  # ISO day, earned


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """My record in one module family. right, checked: judged tasks. effective: what they count as, hundredths.

    lower, upper: bounds of the share, 0..1. missing: what keeps me from reviewing, None when I may.
    """

    family: str
    grade: str
    right: int
    checked: int
    effective_hundredths: int
    lower: float
    upper: float
    verifier: bool
    missing: Said | None


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """The next ten tasks with `right` of them right: the bounds and the grade then."""

    right: int
    lower: float
    upper: float
    grade: str


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """next_grade: "" at A. in_a_row: right answers to its bar; confirmed_after: until it is held; None beyond sight."""

    next_grade: str
    in_a_row: int | None
    confirmed_after: int | None
    scenarios: tuple[ScenarioFacts, ...]


@dataclass(frozen=True, slots=True)
class TrustFacts:
    """My trust, recomputed here from signed outcomes; beside the white paper's score the whole profile.

    grade: a letter; newcomer: its C only means that too little is known. trend: "up" | "level" | "down", level
    unless significant. alarm: a sudden fall that still counts. removal: too few right to go on; appealable.
    differences: sentences where the platform's figures are not mine.
    """

    score: float
    lower: float
    upper: float
    checked: int
    accepted: int
    first_try: int
    sentence: str
    to_verifier: str
    verifier: bool
    platform_score: float | None
    differs: bool
    history: tuple[float, ...] = ()
    outcomes: tuple[dict[str, Any], ...] = field(default=())
    practice: bool = False
    grade: str = "C"
    newcomer: bool = True
    level: str = "newcomer"
    level_number: int = 0
    to_next_level: int | None = None
    trend: str = "level"
    alarm: bool = False
    removal: bool = False
    families: tuple[FamilyFacts, ...] = ()
    forecast: ForecastFacts | None = None
    explanations: tuple[Said, ...] = ()
    next_ten: tuple[Said, ...] = ()
    differences: tuple[str, ...] = ()
    passes: int = 0  # audited passes since the last failure rule: what fees under GIRM go by
    reviews: int = 0  # my votes that were settled, and how many of them a verdict overturned
    overturned: int = 0


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One submission of mine that could be drawn for an audit.

    chance_ppm: as my signed assignment fixes it. drawn: whether verifiers judged it. checked: I recomputed the draw
    from the revealed secret; False where none was revealed. seeded: the requester's seed of the day was in it.
    """

    item_id: str
    campaign_title: str
    at: int
    chance_ppm: int
    drawn: bool
    checked: bool
    seeded: bool


@dataclass(frozen=True, slots=True)
class AuditRecordFacts:
    """My audits against chance. expected_hundredths: the sum of the chances. one_in: how rarely chance alone gives
    at least as many (or as few) audits; code: "nothing" | "none_yet" | "more" | "fewer"."""

    submissions: int
    expected_hundredths: int
    had: int
    not_revealed: int
    without_seed: int
    one_in: int
    code: str
    sentence: str
    rows: tuple[AuditRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeTask:
    """One task of a practice set; place: its number in the set."""

    place: int
    data: dict[str, Any]
    media: tuple[tuple[str, int], ...] = ()  # SHA-256 and size


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """A campaign's practice set. share_ppm: how many must be right."""

    campaign_id: str
    campaign_title: str
    instructions: str
    config: str
    tasks: tuple[PracticeTask, ...]
    share_ppm: int
    passed: bool


@dataclass(frozen=True, slots=True)
class PracticeFeedback:
    """How one practice answer was: never the right answer, only the requester's hint (cleaned)."""

    place: int
    right: bool
    hint: str


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """How a practice set went."""

    right: int
    of: int
    passed: bool
    items: tuple[PracticeFeedback, ...]


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """Options with their present values; keys are stable names."""

    language: str = "en"
    theme: str = "system"
    text_scale: int = 100  # percent
    days_of_work: int = 2
    megabytes_per_day: int = 100
    metered: bool = False
    bond_target: Amount = ZERO
    rpc_urls: tuple[str, ...] = ()
    platform_url: str = ""
    profile: str = "default"
    reduce_motion: bool = False
