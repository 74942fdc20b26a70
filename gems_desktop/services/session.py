# SPDX-License-Identifier: Apache-2.0
"""What view models may ask of the services: the seam between the window and everything below it.

A session belongs to one profile. Every method is a coroutine that runs on the Qt loop and never blocks it.
Expected faults are raised as `GemsError`; a mutating call publishes the topics that it touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from gems_desktop.services.carrying import Carrying
from gems_desktop.services.facts import (
    AppealFacts,
    AuditRecordFacts,
    CampaignFacts,
    ClaimFacts,
    ClaimQuote,
    ConnectionFacts,
    EarningsFacts,
    ItemState,
    LedgerLine,
    OutboxItem,
    PracticeFacts,
    PracticeResult,
    ReportFacts,
    ReviewFacts,
    ReviewQueueFacts,
    SettingsFacts,
    TaskFacts,
    Topic,
    TrustFacts,
    WalletFacts,
)
from gems_desktop.services.facts_case import CaseFacts
from gems_desktop.services.facts_history import ALL, Chosen
from gems_desktop.services.facts_messages import Messages
from gems_desktop.services.facts_meter import MeterFacts
from gems_desktop.services.facts_notices import Notices
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage, QueueFacts
from gems_desktop.services.facts_rates import Rates
from gems_desktop.services.facts_report import RateOffer
from gems_desktop.services.facts_safety import SafetyFacts
from gems_desktop.services.facts_story import StoryFacts
from gems_desktop.services.facts_upkeep import CloseQuote, SendQuote, TransferFacts, UpkeepFacts
from gems_desktop.services.facts_why import Why
from gems_desktop.services.reckoned import Reckoned
from gems_protocol.amount import Amount
from gems_protocol.modules.mark import Mark


class Wallet(Protocol):
    """Keys live in the signer process; this only asks it."""

    async def facts(self) -> WalletFacts: ...
    async def create(self, language: str = "english") -> list[bytearray]:
        """Make a new wallet in the signer; its twelve words, shown once, then wiped by the caller.

        language: one of services.signing.WORD_LANGUAGES.
        """
        ...

    async def restore(self, words: bytearray, passphrase: bytearray | None = None, index: int = 0) -> None:
        """Twelve to 24 words of any language of BIP-39; raises BadSeedWords without ever repeating them."""
        ...

    async def restore_key(self, key: bytearray) -> None:
        """A private key as 64 hex digits, with or without 0x; raises BadKey."""
        ...

    async def restore_keystore(self, keystore: bytes, password: bytearray) -> None:
        """A keystore file (version 3); raises BadKeystore, WrongPassword."""
        ...

    async def export_keystore(self, password: bytearray) -> bytes:
        """The wallet as a keystore file behind `password`, after a yes in the signer's window; raises NotConfirmed."""
        ...

    async def confirm_words(self, words: bytearray) -> bool:
        """Whether the words typed back are those of the wallet just made; marks it as backed up."""
        ...

    async def protect(self, password: bytearray | None) -> None:
        """Store the wallet: behind a password, or in the system keyring when None."""
        ...

    async def change_password(self, old: bytearray, new: bytearray) -> None:
        """Seal the stored wallet behind another password; raises WrongPassword."""
        ...

    async def unlock(self, password: bytearray | None) -> None: ...
    async def lock(self) -> None: ...
    async def keyring_available(self) -> bool: ...

    async def safety(self) -> SafetyFacts:
        """The signer's own limits and address book; raises WalletLocked."""
        ...

    async def change_safety(
        self, *, daily_limit: Amount | None = None, delay_s: int | None = None
    ) -> SafetyFacts:
        """Change limits; loosening one asks in the signer's own window and raises NotConfirmed on a no."""
        ...

    async def add_address(self, name: str, address: str) -> SafetyFacts:
        """Put an address into the book, after a yes in the signer's window; raises NotConfirmed, BadAddress."""
        ...

    async def remove_address(self, address: str) -> SafetyFacts: ...
    async def set_looks(self, language: str, theme: str, text_scale: int) -> None:
        """How the signer's own window looks; `text_scale` in percent."""
        ...


class Sync(Protocol):
    """Talks to the platform: leases in, work out, events in."""

    async def facts(self) -> ConnectionFacts: ...
    async def campaigns(self, *, refresh: bool = False) -> list[CampaignFacts]:
        """The last known campaigns (also offline); with `refresh` asks the platform first."""
        ...

    async def fetch_batch(self, campaign_id: str, count: int) -> str:
        """Lease `count` tasks, check every signature and proof, fetch their media, store; the batch id."""
        ...

    async def fetch_reviews(self, count: int) -> str: ...
    async def practice(self, campaign_id: str) -> PracticeFacts:
        """The campaign's practice set with its media; raises NothingToDo when it has none."""
        ...

    async def answer_practice(
        self, campaign_id: str, answers: dict[int, list[dict[str, Any]]]
    ) -> PracticeResult:
        """Have practice answers (by place) checked; may be repeated. Raises AnswerIncomplete before sending."""
        ...

    async def flush(self) -> int:
        """Send what is sealed, most urgent first; the number of batches that got a receipt."""
        ...

    async def look_for_voucher(self, place: str) -> bool:
        """Look in a backup or at a tower for a newer voucher; whether it was kept; NothingToDo, TowerUnreachable."""
        ...

    async def meter(self) -> MeterFacts:
        """Bytes that crossed the network in the last days, by day and by campaign."""
        ...

    async def pull(self) -> int:
        """Fetch and check events (verdicts, vouchers); the number of new ones."""
        ...

    async def run(self) -> None:
        """Keep flushing and pulling with back-off until cancelled."""
        ...


class Work(Protocol):
    """Doing tasks; needs no network."""

    async def current(self) -> TaskFacts | None:
        """The task to go on with: the open draft, else the most urgent leased task."""
        ...

    async def open(self, item_id: str) -> TaskFacts: ...
    async def record(self, item_id: str, edit: dict[str, Any]) -> None:
        """Append one edit to the journal; returns when it is durable."""
        ...

    async def undo(self, item_id: str) -> TaskFacts: ...
    async def redo(self, item_id: str) -> TaskFacts: ...
    async def finish(self, item_id: str) -> TaskFacts | None:
        """Check the answer is complete, mark it finished; the next task or None."""
        ...

    async def seal(self) -> int:
        """Seal everything finished with one signature a campaign; the number of sealed tasks."""
        ...

    async def take_back(self, item_id: str) -> TaskFacts:
        """Reopen a finished or sealed task that has not left the outbox."""
        ...

    async def give_back(self, item_id: str) -> None:
        """Return a leased task to the platform at no cost."""
        ...

    async def appeal_offer(self, item_id: str) -> AppealFacts:
        """What appealing this rejected task would mean; works offline."""
        ...

    async def appeal(self, item_id: str, reason: str) -> None:
        """Write an appeal with its reason (1..500 characters), sign it, and its bond; `flush` sends it.

        The second try, if there is one, is given up for it. Raises NothingToDo in words when it is too late, when
        the second try is finished already, or when the bond is not there; then nothing changes.
        """
        ...

    async def keep_appeal_draft(self, item_id: str, text: str) -> None:
        """Keep what is being written against a verdict, on disk and sealed, until it is signed or the time is over."""
        ...

    async def story(self, item_id: str) -> StoryFacts:
        """The way of one task of mine from the answer to the money; works offline. Raises NothingToDo."""
        ...

    async def let_stand(self, item_id: str) -> None:
        """Accept a rejection that could be appealed or done again: its final verdict comes with the next events."""
        ...

    async def queue(self) -> QueueFacts:
        """What is at hand, what runs out soon, what waits to leave."""
        ...

    async def outbox_page(
        self, asked: OutboxFilter, after: tuple[int, int] | None = None, limit: int = 100
    ) -> OutboxPage:
        """The next page of what was done, the newest change first."""
        ...

    async def outbox(self) -> list[OutboxItem]:
        """Everything at once, for who works through it without a window."""
        ...

    async def judged_in(self) -> frozenset[str]:
        """The campaigns in which work of mine was judged."""
        ...

    async def state(self, item_id: str) -> ItemState | None:
        """Where a task of mine stands; None when it is not here."""
        ...

    async def neighbours(self, item_id: str) -> list[TaskFacts]:
        """The next few tasks after this one, for decoding their media ahead."""
        ...


class Review(Protocol):
    """Judging other people's work; needs no network once leased."""

    async def queue(self) -> ReviewQueueFacts: ...
    async def current(self) -> ReviewFacts | None: ...
    async def decide(
        self, item_id: str, verdict: str, reason: str = "", note: str = "", mark: Mark | None = None
    ) -> ReviewFacts | None:
        """`accept`, `reject` or `skip`; the next review or None. A blind one only `skip`.

        A rejection needs a coded reason; mark: the place of the fault (gems_protocol.modules.mark), if it has one.
        """
        ...

    async def open_blind(self, item_id: str) -> TaskFacts:
        """A blind review as a task: `Work.record`, `undo` and `redo` take its `item_id` too."""
        ...

    async def finish_blind(self, item_id: str) -> ReviewFacts | None:
        """Check that the blind answer is complete, keep it as the vote; the next review or None."""

    async def neighbours(self, item_id: str) -> list[ReviewFacts]:
        """The next few reviews after this one, for decoding their media ahead."""
        ...

    async def undo(self) -> ReviewFacts | None: ...
    async def seal(self) -> int: ...


class Earnings(Reckoned, Protocol):
    """Money: the client's own sum, vouchers, claims."""

    async def facts(self) -> EarningsFacts: ...
    async def known(self) -> EarningsFacts:
        """At once, with the wallet's balance as it was read last; the chain is asked behind, and news are published."""
        ...

    async def ledger(self, limit: int = 500, chosen: Chosen = ALL) -> list[LedgerLine]: ...  # newest first
    async def quote_claim(self) -> ClaimQuote: ...
    async def claim(self, quote: ClaimQuote) -> ClaimFacts:
        """Store the intent, sign, hand to the relayer; confirmations are awaited in the background."""
        ...

    async def set_bond_target(self, target: Amount) -> None: ...
    async def export_csv(self, path: str, chosen: Chosen = ALL) -> int:
        """Write the chosen movements as CSV; the number of rows."""
        ...

    async def upkeep(self) -> UpkeepFacts:
        """Where copies of the newest voucher are, a close with its time, and what is wrong with the channel."""
        ...

    async def write_voucher(self, path: str) -> None:
        """Write the newest voucher to a file, whole or not at all."""
        ...

    async def quote_close(self) -> CloseQuote:
        """What closing my channel gives now and at its end, before it is signed; raises NothingToDo."""
        ...

    async def close_channel(self, quote: CloseQuote) -> None:
        """Store the intent, have the signer ask and sign, hand to the relayer; the chain's word comes later."""
        ...

    async def unbond(self, amount: Amount) -> None:
        """Move so much of what is free in the bond to the free pocket, and lower the standing order to what stays.

        Step by step; one that is not paid stops the move, which goes on by itself. Raises NothingToDo, NotConfirmed.
        """
        ...

    async def quote_send(self, source: str, to: str, amount: Amount) -> SendQuote:
        """GEM from the "wallet" or the "channel" to another address, before it is signed."""
        ...

    async def send(self, quote: SendQuote) -> TransferFacts | ClaimFacts:
        """Store the intent, have the signer sign (it may ask), hand to the relayer."""
        ...

    async def transfers(self) -> tuple[TransferFacts, ...]:
        """GEM sent from the wallet, newest first."""
        ...


class Trust(Protocol):
    """My trust score and profile, and how my audits were drawn."""

    async def facts(self, *, refresh: bool = False) -> TrustFacts: ...
    async def appeal_removal(self, reason: str) -> None:
        """Ask the platform's operator to look at one's removal, in 1 to 2,000 characters."""

    async def audit_record(self) -> AuditRecordFacts:
        """Every draw about my work against what chance explains, newest first."""

    async def export_evidence(self, item_id: str, path: str) -> None:
        """Write a settled task's evidence as the file that `gems audit verify FILE` reads; raises NothingToDo."""


class Reports(Protocol):
    """Requester reports."""

    async def report(self, requester: str, *, refresh: bool = False) -> ReportFacts: ...
    async def rate(self, campaign_id: str, pay: int, clarity: int, speed: int, fairness: int) -> None:
        """Rate a campaign that I worked in, 1 (bad) to 5 (good) each; a second rating takes the first one's place."""

    async def to_rate(self, shown: str = "") -> RateOffer | None:
        """What to ask about now: the one that is shown while it is not rated, else one not asked about yet."""

    async def rating_asked(self, campaign_id: str) -> None:
        """It was: never again."""


class Cases(Protocol):
    """What the platform does not judge, pay or take, brought to the contracts by anybody with gas."""

    async def facts(self, item_id: str) -> CaseFacts:
        """The case of an item, with what stands on chain as two nodes say; without a line, what is known here."""

    async def write(self, item_id: str, path: str) -> None:
        """Write its file; raises NothingToDo before its time, DiskFull, StoreUnreadable, ChainUnreachable."""


class Settings(Protocol):
    """Options of this profile."""

    async def facts(self) -> SettingsFacts: ...
    async def change(self, **options: Any) -> SettingsFacts: ...
    async def keep_keys(self, config: str, wishes: tuple[tuple[str, str, str], ...]) -> None:
        """Keep my own keys (control, stored option, key) for the module with this config, in place of those before."""

    async def fold_instructions(self, campaign_id: str, away: bool) -> None:
        """Remember whether a campaign's instructions are folded away."""

    async def set_aside(self, *, requester: str = "", campaign_id: str = "", on: bool) -> None:
        """Offer, lease and tell nothing more of a requester or of one campaign; or again. Kept on this computer."""


class Session(Protocol):
    """Everything of one open profile, which is called `profile`."""

    profile: str
    wallet: Wallet
    sync: Sync
    work: Work
    review: Review
    earnings: Earnings
    trust: Trust
    reports: Reports
    settings: Settings
    carry: Carrying
    cases: Cases
    notices: Notices
    rates: Rates
    why: Why
    messages: Messages

    def subscribe(self, listener: Callable[[frozenset[Topic]], None]) -> Callable[[], None]:
        """Call `listener` with the touched topics after each change; returns the way to unsubscribe."""

    async def close(self) -> None: ...
