# SPDX-License-Identifier: Apache-2.0
"""A session made of plain values: ten-line fakes of every service over tests/helpers/sample_facts.py.

Tests change the public fields and call `publish`; what was asked for stands in `calls`. `fail(name, error)` makes
the next calls of that method raise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gems_desktop.services.errors import BadSeedWords, WrongPassword
from gems_desktop.services.facts import (
    AuditRecordFacts,
    CampaignFacts,
    Connection,
    ConnectionFacts,
    ItemState,
    PracticeFacts,
    PracticeFeedback,
    PracticeResult,
    ReportFacts,
    SettingsFacts,
    Topic,
    TrustFacts,
    WalletFacts,
)
from gems_desktop.services.facts_meter import CampaignTraffic, DayTraffic, MeterFacts
from gems_desktop.services.facts_report import RateOffer
from gems_desktop.services.facts_safety import BookEntry, SafetyFacts
from gems_desktop.services.wallet_errors import BadKey, NotConfirmed
from gems_protocol.amount import ZERO, Amount
from tests.helpers.fake_carry import FakeCarry
from tests.helpers.fake_cases import FakeCases
from tests.helpers.fake_messages import FakeMessages
from tests.helpers.fake_money import FakeEarnings
from tests.helpers.fake_notices import FakeNotices
from tests.helpers.fake_rates import FakeRates
from tests.helpers.fake_why import FakeWhy
from tests.helpers.fake_work import FakeReview, FakeWork, Part
from tests.helpers.sample_facts import (
    ADDRESS,
    KEY,
    NOW,
    PASSWORD,
    WORDS,
    audits,
    campaign,
    gem,
    item_id,
    practice,
    report,
    trust,
)


class FakeWallet(Part):
    """A wallet whose words and password are the constants above."""

    keyring = False
    says_yes = True  # in the signer's own window

    def __init__(self, owner: FakeSession, state: WalletFacts) -> None:
        super().__init__(owner)
        home = BookEntry("Home", "0x" + "5a" * 20, NOW - 90_000, NOW - 3_600)
        phone = BookEntry("Phone", "0x" + "6b" * 20, NOW - 3_600, NOW + 82_800)
        self.safe = SafetyFacts(gem("500"), gem("12.5"), (home, phone), 86_400, 15, now=NOW)
        self.state = state

    async def facts(self) -> WalletFacts:
        self.asked("wallet.facts")
        return self.state

    async def create(self, language: str = "english") -> list[bytearray]:
        self.asked("wallet.create", language)
        return [bytearray(word.encode()) for word in WORDS.split()]

    async def restore(self, words: bytearray, passphrase: bytearray | None = None, index: int = 0) -> None:
        self.asked("wallet.restore")
        count = len(words.split())
        if bytes(words) != WORDS.encode():
            raise BadSeedWords((3,) if count == 12 else (), count)

    async def restore_key(self, key: bytearray) -> None:
        self.asked("wallet.restore_key")
        if bytes(key) != KEY.encode():
            raise BadKey

    async def restore_keystore(self, keystore: bytes, password: bytearray) -> None:
        self.asked("wallet.restore_keystore", keystore)
        if bytes(password) != PASSWORD.encode():
            raise WrongPassword

    async def export_keystore(self, password: bytearray) -> bytes:
        self.asked("wallet.export_keystore")
        if not self.says_yes:
            raise NotConfirmed
        return b"{}"

    async def change_password(self, old: bytearray, new: bytearray) -> None:
        self.asked("wallet.change_password")
        if bytes(old) != PASSWORD.encode():
            raise WrongPassword

    async def safety(self) -> SafetyFacts:
        self.asked("wallet.safety")
        return self.safe

    async def change_safety(
        self, *, daily_limit: Amount | None = None, delay_s: int | None = None
    ) -> SafetyFacts:
        self.asked("wallet.change_safety", daily_limit, delay_s)
        if not self.says_yes:
            raise NotConfirmed
        limit = self.safe.daily_limit if daily_limit is None else daily_limit
        delay = self.safe.delay_s if delay_s is None else delay_s
        self.safe = replace(self.safe, daily_limit=limit, delay_s=delay)
        return self.safe

    async def add_address(self, name: str, address: str) -> SafetyFacts:
        self.asked("wallet.add_address", name, address)
        if not self.says_yes:
            raise NotConfirmed
        entry = BookEntry(name, address, self.safe.now, self.safe.now + self.safe.delay_s)
        self.safe = replace(self.safe, book=(*self.safe.book, entry))
        return self.safe

    async def remove_address(self, address: str) -> SafetyFacts:
        self.asked("wallet.remove_address", address)
        kept = tuple(entry for entry in self.safe.book if entry.address != address)
        self.safe = replace(self.safe, book=kept)
        return self.safe

    async def set_looks(self, language: str, theme: str, text_scale: int) -> None:
        self.looks = (language, theme, text_scale)

    async def confirm_words(self, words: bytearray) -> bool:
        self.asked("wallet.confirm_words")
        return bytes(words) == WORDS.encode()

    async def protect(self, password: bytearray | None) -> None:
        self.asked("wallet.protect", password is None)
        storage = "keyring" if password is None else "password"
        self.state = WalletFacts(True, True, ADDRESS, True, storage)

    async def unlock(self, password: bytearray | None) -> None:
        self.asked("wallet.unlock", password is None)
        if password is not None and bytes(password) != PASSWORD.encode():
            raise WrongPassword
        self.state = replace(self.state, unlocked=True)

    async def unlocked(self) -> None:
        self.asked("wallet.unlocked")

    async def lock(self) -> None:
        self.asked("wallet.lock")
        self.state = replace(self.state, unlocked=False)
        self.owner.publish(Topic.WALLET)

    async def keyring_available(self) -> bool:
        return self.keyring


class FakeSync(Part):
    """The platform as it was last seen."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = ConnectionFacts(Connection.ONLINE, 0, 0, 2, 3_100_000, gem("4.55"))
        self.offers = [
            campaign(1),
            campaign(2),
            campaign(3, policy="girm", stake=ZERO, fee_ppm=280_000, audit_ppm=500_000),
        ]
        self.ran = False
        self.practice_set = practice()
        self.practice_right = {0, 2}  # the places that are answered right, whatever is answered

    async def facts(self) -> ConnectionFacts:
        self.asked("sync.facts")
        return self.state

    async def look_for_voucher(self, place: str) -> bool:
        self.asked("sync.look_for_voucher", place)
        return "newer" in place

    async def meter(self) -> MeterFacts:
        self.asked("sync.meter")
        days = tuple(
            DayTraffic(f"2026-07-{18 + back:02}", back * 90_000, back * 30_000) for back in range(14)
        )
        campaigns = (
            CampaignTraffic("0x" + "01" * 32, "Moods", 7_000_000, 2_000_000),
            CampaignTraffic("", "", 1_000_000, 700_000),
        )
        return MeterFacts(days, campaigns, 3_100_000)

    async def campaigns(self, *, refresh: bool = False) -> list[CampaignFacts]:
        self.asked("sync.campaigns", refresh)
        options, watching = self.owner.settings.state, self.owner.notices.watching
        return [
            replace(
                offer,
                watched=watching.get(offer.requester, offer.watched),
                set_aside="requester"
                if offer.requester in options.blocked
                else "campaign"
                if offer.campaign_id in options.hidden_campaigns
                else "",
            )
            for offer in self.offers
        ]

    async def fetch_batch(self, campaign_id: str, count: int) -> str:
        self.asked("sync.fetch_batch", campaign_id, count)
        return item_id(500)

    async def fetch_reviews(self, count: int) -> str:
        self.asked("sync.fetch_reviews", count)
        return item_id(600)

    async def practice(self, campaign_id: str) -> PracticeFacts:
        self.asked("sync.practice", campaign_id)
        return replace(self.practice_set, campaign_id=campaign_id)

    async def answer_practice(
        self, campaign_id: str, answers: dict[int, list[dict[str, Any]]]
    ) -> PracticeResult:
        self.asked("sync.answer_practice", campaign_id, answers)
        items = tuple(
            PracticeFeedback(place, place in self.practice_right, "Look at the last word.")
            for place in sorted(answers)
        )
        right, of = sum(item.right for item in items), len(self.practice_set.tasks)
        passed = right * 1_000_000 >= self.practice_set.share_ppm * of
        self.practice_set = replace(self.practice_set, passed=passed)
        if passed:
            self.offers = [
                replace(offer, can_lease=True, why_not="", practice_passed=True)
                if offer.campaign_id == campaign_id
                else offer
                for offer in self.offers
            ]
        return PracticeResult(right, of, passed, items)

    async def flush(self) -> int:
        self.asked("sync.flush")
        return int(self.owner.work._move(ItemState.SEALED, ItemState.DELIVERED) > 0)

    async def pull(self) -> int:
        self.asked("sync.pull")
        return 0

    async def run(self) -> None:
        self.asked("sync.run")
        self.ran = True


class FakeTrust(Part):
    """My score."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = trust()
        self.audits = audits()

    async def facts(self, *, refresh: bool = False) -> TrustFacts:
        self.asked("trust.facts", refresh)
        return self.state

    async def audit_record(self) -> AuditRecordFacts:
        self.asked("trust.audit_record")
        return self.audits

    async def appeal_removal(self, reason: str) -> None:
        self.asked("trust.appeal_removal", reason)
        self.state = replace(self.state, removal_appeal="waiting")
        self.owner.publish(Topic.TRUST)

    async def export_evidence(self, item_id: str, path: str) -> None:
        self.asked("trust.export_evidence", item_id, path)


class FakeReports(Part):
    """Requester reports."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = report()
        self.rate_offer: RateOffer | None = None

    async def to_rate(self, shown: str = "") -> RateOffer | None:
        self.asked("reports.to_rate", shown)
        return self.rate_offer

    async def rating_asked(self, campaign_id: str) -> None:
        self.asked("reports.rating_asked", campaign_id)

    async def report(self, requester: str, *, refresh: bool = False) -> ReportFacts:
        self.asked("reports.report", requester, refresh)
        return replace(self.state, requester=requester)

    async def rate(self, campaign_id: str, pay: int, clarity: int, speed: int, fairness: int) -> None:
        self.asked("reports.rate", campaign_id, pay, clarity, speed, fairness)
        self.owner.sync.offers = [
            replace(offer, rated=True) if offer.campaign_id == campaign_id else offer
            for offer in self.owner.sync.offers
        ]
        self.owner.publish(Topic.CAMPAIGNS)


class FakeSettings(Part):
    """Options in memory."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = SettingsFacts(
            rpc_urls=("http://127.0.0.1:8545",), platform_url="http://127.0.0.1:8000", bond_target=gem("1")
        )

    async def facts(self) -> SettingsFacts:
        self.asked("settings.facts")
        return self.state

    async def change(self, **options: Any) -> SettingsFacts:
        self.asked("settings.change", options)
        self.state = replace(self.state, **options)
        self.owner.publish(Topic.SETTINGS)
        return self.state

    async def keep_keys(self, config: str, wishes: tuple[tuple[str, str, str], ...]) -> None:
        self.asked("settings.keep_keys", config, wishes)

    async def fold_instructions(self, campaign_id: str, away: bool) -> None:
        self.asked("settings.fold_instructions", campaign_id, away)

    async def set_aside(self, *, requester: str = "", campaign_id: str = "", on: bool) -> None:
        self.asked("settings.set_aside", requester, campaign_id, on)
        blocked = tuple(one for one in self.state.blocked if one != requester)
        hidden = tuple(one for one in self.state.hidden_campaigns if one != campaign_id)
        self.state = replace(
            self.state,
            blocked=(*blocked, requester) if on and requester else blocked,
            hidden_campaigns=(*hidden, campaign_id) if on and campaign_id else hidden,
        )
        self.owner.publish(Topic.SETTINGS, Topic.CAMPAIGNS)


class FakeSession:
    """Everything of one open profile; `wallet` says whether there is one ("none", "locked", "open")."""

    def __init__(self, wallet: str = "open") -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.errors: dict[str, Exception] = {}
        self.listeners: list[Callable[[frozenset[Topic]], None]] = []
        self.closed, self.profile = False, "default"
        states = {
            "none": WalletFacts(False, False),
            "locked": WalletFacts(True, False, ADDRESS, True, "password"),
            "open": WalletFacts(True, True, ADDRESS, True, "password"),
        }
        self.wallet = FakeWallet(self, states[wallet])
        self.sync = FakeSync(self)
        self.work = FakeWork(self)
        self.review = FakeReview(self)
        self.earnings = FakeEarnings(self)
        self.trust = FakeTrust(self)
        self.reports = FakeReports(self)
        self.settings = FakeSettings(self)
        self.carry = FakeCarry(self)
        self.cases = FakeCases(self)
        self.notices = FakeNotices(self)
        self.rates = FakeRates(self)
        self.why = FakeWhy(self)
        self.messages = FakeMessages(self)

    def fail(self, name: str, error: Exception | None) -> None:
        """Let the method `name` ("sync.flush") raise `error` from now on; None mends it."""
        if error is None:
            self.errors.pop(name, None)
        else:
            self.errors[name] = error

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        """The calls of one method."""
        return [call for call in self.calls if call[0] == name]

    def publish(self, *topics: Topic) -> None:
        """Tell every listener."""
        for listener in tuple(self.listeners):
            listener(frozenset(topics))

    def subscribe(self, listener: Callable[[frozenset[Topic]], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener) if listener in self.listeners else None

    async def close(self) -> None:
        self.closed = True
