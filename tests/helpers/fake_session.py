# SPDX-License-Identifier: Apache-2.0
"""A session made of plain values: ten-line fakes of every service over tests/helpers/sample_facts.py.

Tests change the public fields and call `publish`; what was asked for stands in `calls`. `fail(name, error)` makes
the next calls of that method raise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gems_desktop.services.answers import module_of
from gems_desktop.services.errors import BadSeedWords, WrongPassword
from gems_desktop.services.facts import (
    CampaignFacts,
    ClaimFacts,
    ClaimQuote,
    ClaimState,
    Connection,
    ConnectionFacts,
    EarningsFacts,
    ItemState,
    LedgerLine,
    OutboxItem,
    ReportFacts,
    ReviewFacts,
    ReviewQueueFacts,
    SettingsFacts,
    TaskFacts,
    Topic,
    TrustFacts,
    WalletFacts,
)
from gems_protocol.amount import ZERO, Amount
from gems_protocol.modules.edits import replay
from tests.helpers.sample_facts import (
    ADDRESS,
    NOW,
    PASSWORD,
    RELAYER,
    WORDS,
    campaign,
    earnings,
    gem,
    item_id,
    ledger,
    outbox_item,
    report,
    review,
    task,
    trust,
)


class Part:
    """Base of the fakes: remembers what was asked, raises what the test wants."""

    def __init__(self, owner: FakeSession) -> None:
        self.owner = owner

    def asked(self, name: str, *values: Any) -> None:
        """Note a call; raise what `FakeSession.fail` was told."""
        self.owner.calls.append((name, *values))
        error = self.owner.errors.get(name)
        if error is not None:
            raise error


class FakeWallet(Part):
    """A wallet whose words and password are the constants above."""

    keyring = False

    def __init__(self, owner: FakeSession, state: WalletFacts) -> None:
        super().__init__(owner)
        self.state = state

    async def facts(self) -> WalletFacts:
        self.asked("wallet.facts")
        return self.state

    async def create(self) -> list[bytearray]:
        self.asked("wallet.create")
        return [bytearray(word.encode()) for word in WORDS.split()]

    async def restore(self, words: bytearray) -> None:
        self.asked("wallet.restore")
        count = len(words.split())
        if bytes(words) != WORDS.encode():
            raise BadSeedWords((3,) if count == 12 else (), count)

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

    async def facts(self) -> ConnectionFacts:
        self.asked("sync.facts")
        return self.state

    async def campaigns(self, *, refresh: bool = False) -> list[CampaignFacts]:
        self.asked("sync.campaigns", refresh)
        return self.offers

    async def fetch_batch(self, campaign_id: str, count: int) -> str:
        self.asked("sync.fetch_batch", campaign_id, count)
        return item_id(500)

    async def fetch_reviews(self, count: int) -> str:
        self.asked("sync.fetch_reviews", count)
        return item_id(600)

    async def flush(self) -> int:
        self.asked("sync.flush")
        return int(self.owner.work._move(ItemState.SEALED, ItemState.DELIVERED) > 0)

    async def pull(self) -> int:
        self.asked("sync.pull")
        return 0

    async def run(self) -> None:
        self.asked("sync.run")
        self.ran = True


class FakeWork(Part):
    """Ten leased tasks, edited in memory."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.tasks = {item_id(n): task(n) for n in range(1, 11)}
        self.undone: dict[str, list[dict[str, Any]]] = {}
        self.open_id = item_id(1)
        self.items = [
            outbox_item(1, ItemState.FINISHED),
            outbox_item(2, ItemState.SEALED),
            outbox_item(3, ItemState.DELIVERED),
            outbox_item(4, ItemState.PAID),
            outbox_item(
                5,
                ItemState.REJECTED,
                reason="wrong_label",
                note="The last word turns it.",
                redo_until=NOW + 9_000,
            ),
        ]

    async def current(self) -> TaskFacts | None:
        self.asked("work.current")
        return self.tasks.get(self.open_id)

    async def open(self, item_id: str) -> TaskFacts:
        self.asked("work.open", item_id)
        self.open_id = item_id
        return self.tasks[item_id]

    async def record(self, item_id: str, edit: dict[str, Any]) -> None:
        self.asked("work.record", item_id, edit)
        self._draft(item_id, (*self.tasks[item_id].edits, edit), [])

    async def undo(self, item_id: str) -> TaskFacts:
        self.asked("work.undo", item_id)
        edits, undone = self.tasks[item_id].edits, self.undone.get(item_id, [])
        return self._draft(item_id, edits[:-1], [*undone, *edits[-1:]])

    async def redo(self, item_id: str) -> TaskFacts:
        self.asked("work.redo", item_id)
        edits, undone = self.tasks[item_id].edits, self.undone.get(item_id, [])
        return self._draft(item_id, (*edits, *undone[-1:]), undone[:-1])

    def _draft(
        self, item_id: str, edits: tuple[dict[str, Any], ...], undone: list[dict[str, Any]]
    ) -> TaskFacts:
        """Replay the journal as the real service does: `edits` are those that count."""
        was = self.tasks[item_id]
        self.undone[item_id] = undone
        answer = replay([], edits, module_of(was.config))
        self.tasks[item_id] = replace(
            was, answer=answer, edits=edits, undone=len(undone), state=ItemState.DRAFT
        )
        self.owner.publish(Topic.WORK)
        return self.tasks[item_id]

    async def finish(self, item_id: str) -> TaskFacts | None:
        self.asked("work.finish", item_id)
        return self._end(item_id, ItemState.FINISHED)

    def _end(self, item_id: str, state: ItemState) -> TaskFacts | None:
        was = self.tasks[item_id] = replace(self.tasks[item_id], state=state)
        self.items = [item for item in self.items if item.item_id != item_id]
        self.items.insert(
            0, outbox_item(was.position, state, item_id=item_id, campaign_title=was.campaign_title)
        )
        left = [each for each in self.tasks.values() if each.state in (ItemState.LEASED, ItemState.DRAFT)]
        self.open_id = left[0].item_id if left else ""
        self.owner.publish(Topic.WORK, Topic.OUTBOX)
        return left[0] if left else None

    async def seal(self) -> int:
        self.asked("work.seal")
        return self._move(ItemState.FINISHED, ItemState.SEALED)

    def _move(self, old: ItemState, new: ItemState) -> int:
        moved = sum(item.state is old and item.kind == "work" for item in self.items)
        self.items = [
            replace(item, state=new) if item.state is old and item.kind == "work" else item
            for item in self.items
        ]
        self.owner.publish(Topic.WORK, Topic.OUTBOX)
        return moved

    async def take_back(self, item_id: str) -> TaskFacts:
        self.asked("work.take_back", item_id)
        self.items = [
            replace(item, state=ItemState.DRAFT) if item.item_id == item_id else item for item in self.items
        ]
        self.tasks[item_id] = replace(self.tasks[item_id], state=ItemState.DRAFT)
        self.owner.publish(Topic.WORK, Topic.OUTBOX)
        return self.tasks[item_id]

    async def give_back(self, item_id: str) -> None:
        self.asked("work.give_back", item_id)
        self._end(item_id, ItemState.RETURNED)

    async def outbox(self) -> list[OutboxItem]:
        self.asked("work.outbox")
        return self.items

    async def neighbours(self, item_id: str) -> list[TaskFacts]:
        after = self.tasks[item_id].position
        return [each for each in self.tasks.values() if after < each.position <= after + 3]


class FakeReview(Part):
    """Five submissions to judge."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = ReviewQueueFacts(True, "", True, 5, 0, True)
        self.reviews = [review(n) for n in range(1, 6)]
        self.at = 0

    async def queue(self) -> ReviewQueueFacts:
        self.asked("review.queue")
        return self.state

    async def current(self) -> ReviewFacts | None:
        self.asked("review.current")
        return self.reviews[self.at] if self.at < len(self.reviews) else None

    async def decide(
        self, item_id: str, verdict: str, reason: str = "", note: str = ""
    ) -> ReviewFacts | None:
        self.asked("review.decide", item_id, verdict, reason, note)
        self.reviews[self.at] = replace(self.reviews[self.at], verdict=verdict, reason=reason, note=note)
        self.at += 1
        self.state = replace(self.state, decided=self.at)
        return self.reviews[self.at] if self.at < len(self.reviews) else None

    async def undo(self) -> ReviewFacts | None:
        self.asked("review.undo")
        self.at = max(0, self.at - 1)
        return self.reviews[self.at]

    async def seal(self) -> int:
        self.asked("review.seal")
        sealed, self.state = self.state.decided, replace(self.state, decided=0)
        return sealed


class FakeEarnings(Part):
    """Money as facts."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = earnings()
        self.lines = ledger()
        self.quote = ClaimQuote(gem("4.55"), gem("0.02"), gem("4.53"), RELAYER, NOW + 3_600)

    async def facts(self) -> EarningsFacts:
        self.asked("earnings.facts")
        return self.state

    async def ledger(self, limit: int = 500) -> list[LedgerLine]:
        self.asked("earnings.ledger")
        return self.lines[:limit]

    async def quote_claim(self) -> ClaimQuote:
        self.asked("earnings.quote_claim")
        return self.quote

    async def claim(self, quote: ClaimQuote) -> ClaimFacts:
        self.asked("earnings.claim", quote)
        made = ClaimFacts(item_id(903), quote.amount, quote.fee, ClaimState.SENT, "", NOW)
        self.state = replace(self.state, claimable=ZERO, claims=(made, *self.state.claims))
        self.owner.publish(Topic.EARNINGS)
        return made

    async def set_bond_target(self, target: Amount) -> None:
        self.asked("earnings.set_bond_target", target)
        self.state = replace(self.state, bond_target=target)
        self.owner.publish(Topic.EARNINGS)

    async def export_csv(self, path: str) -> int:
        self.asked("earnings.export_csv", path)
        return len(self.lines)


class FakeTrust(Part):
    """My score."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = trust()

    async def facts(self, *, refresh: bool = False) -> TrustFacts:
        self.asked("trust.facts", refresh)
        return self.state


class FakeReports(Part):
    """Requester reports."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = report()

    async def report(self, requester: str, *, refresh: bool = False) -> ReportFacts:
        self.asked("reports.report", requester, refresh)
        return replace(self.state, requester=requester)


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


class FakeSession:
    """Everything of one open profile; `wallet` says whether there is one ("none", "locked", "open")."""

    def __init__(self, wallet: str = "open") -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.errors: dict[str, Exception] = {}
        self.listeners: list[Callable[[frozenset[Topic]], None]] = []
        self.closed = False
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
