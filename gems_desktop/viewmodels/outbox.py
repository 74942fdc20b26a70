# SPDX-License-Identifier: Apache-2.0
"""Everything done and not yet paid out, with what happens next to each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Connection, Topic
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage, QueueFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.appeal import AppealViewModel
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.case import CaseViewModel
from gems_desktop.viewmodels.outbox_row import OutboxRow, let_stand
from gems_desktop.viewmodels.outbox_row import row_of as row_of
from gems_desktop.viewmodels.outbox_words import redo_of
from gems_desktop.viewmodels.pending import Pending, Step
from gems_desktop.viewmodels.rows import PagedRowsModel
from gems_desktop.viewmodels.words import say

FILTERS = ("all", "unsent", "waiting", "rejected", "paid")
MOST_ROWS = 10_000  # shown at once; what is older is found by its campaign
MOST_LETTERS = 200  # of what is searched for
Unread = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class OutboxProps:
    """What the page shows besides its rows."""

    ready: bool
    filter: str
    total: int
    unsent: int
    delivered: int
    rejected: int
    paid: int
    offline: bool
    sending: bool
    summary: str
    search: str = ""


def derive(
    page: OutboxPage,
    queue: QueueFacts,
    asked: OutboxFilter,
    *,
    ready: bool = True,
    offline: bool = False,
    sending: bool = False,
) -> OutboxProps:
    """Counts and the sentence above the rows."""
    count = dict.fromkeys(FILTERS, 0) | page.counts
    return OutboxProps(
        ready=ready,
        filter=asked.shelf,
        total=count["all"],
        unsent=count["unsent"],
        delivered=count["waiting"],
        rejected=count["rejected"],
        paid=count["paid"],
        offline=offline,
        sending=sending,
        summary=_summary(count, queue, offline),
        search=asked.text,
    )


def _summary(count: dict[str, int], queue: QueueFacts, offline: bool) -> str:
    if count["unsent"] and offline:
        return say("{n} kept on this computer until there is a connection", n=count["unsent"])
    if count["unsent"]:
        return say(
            "{unsent} to send, {waiting} waiting for a verdict", unsent=count["unsent"], waiting=queue.judging
        )
    if queue.judging:
        return say("Everything is sent; {n} waiting for a verdict", n=queue.judging)
    if queue.held:
        return say("Everything is judged; {n} accepted, paid unless objected to", n=queue.held)
    return say("Everything is sent and judged") if count["all"] else ""


def _rows_of(page: OutboxPage, stand: frozenset[str], unread: Unread) -> list[OutboxRow]:
    """The rows; `stand` names rejections that are let stand unless that is taken back, `unread` tasks with news."""
    others = list(page.redos)
    rows = [row_of(item, redo_of(item, others), page.progress.get(item.item_id)) for item in page.items]
    talked = {
        item.item_id
        for item in page.items
        if item.kind == "work" and (item.campaign_id, item.index) in unread
    }
    rows = [replace(row, unread=True) if row.itemId in talked else row for row in rows]
    return [let_stand(row) if row.itemId in stand else row for row in rows]


class OutboxViewModel(ViewModel):
    """Outbox; `reopened` names the task that is open to be worked on again, `appeal` is the page of one appeal."""

    topics = frozenset({Topic.OUTBOX, Topic.WORK, Topic.REVIEW, Topic.CONNECTION})
    changed = Signal()
    reopened = Signal(str)

    ready = prop(bool, "ready", changed)
    filter = prop(str, "filter", changed)
    total = prop(int, "total", changed)
    unsent = prop(int, "unsent", changed)
    delivered = prop(int, "delivered", changed)
    rejected = prop(int, "rejected", changed)
    paid = prop(int, "paid", changed)
    offline = prop(bool, "offline", changed)
    sending = prop(bool, "sending", changed)
    summary = prop(str, "summary", changed)
    search = prop(str, "search", changed)

    def __init__(self, session: Session, folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.pending = Pending(self)
        self._rows = PagedRowsModel(OutboxRow, self)
        self._rows.wanted.connect(self._fetch_more)
        self._appeal = AppealViewModel(session, folder, self)
        self._case = CaseViewModel(session, folder, self)
        self._page = OutboxPage()
        self._queue = QueueFacts()
        self._asked = self._read_for = OutboxFilter()
        self._offline = False
        self._sending = False
        self._unread: Unread = frozenset()
        self.show(derive(self._page, self._queue, self._asked, ready=False))

    def _rows_model(self) -> QObject:
        return self._rows

    def _appeal_model(self) -> QObject:
        return self._appeal

    def _case_model(self) -> QObject:
        return self._case

    caseModel = Property(QObject, _case_model, constant=True)
    items = Property(QObject, _rows_model, constant=True)
    appeal = Property(QObject, _appeal_model, constant=True)
    mostRows = Property(int, lambda self: MOST_ROWS, constant=True)

    def close(self) -> None:
        """Stop what runs and listen no more."""
        self._appeal.close()
        self._case.close()
        super().close()

    async def refresh(self) -> None:
        """Read the first page again; what was read after it stays as far as it still follows."""
        asked = self._asked
        page = await self.session.work.outbox_page(asked)
        self._queue = await self.session.work.queue()
        self._unread = await self.session.messages.unread()
        link = await self.session.sync.facts()
        self._offline = link.connection is Connection.OFFLINE
        if asked == self._asked:
            rows = _rows_of(page, self.pending.keys, self._unread)
            later = self._later(page, rows)
            more = self._page.after if later else page.after
            self._page, self._read_for = replace(page, after=more), asked
            self._rows.show_page([*rows, *later], more is not None)
            self._follow()
        self._arrange()

    def _follow(self) -> None:
        """The page of one task says what its row says now."""
        row = next((row for row in self._rows.rows if row.itemId == self._appeal.item_id), None)
        if row is not None:
            self._appeal.follow(row, standing=row.itemId in self.pending.keys)

    def _later(self, page: OutboxPage, rows: list[OutboxRow]) -> tuple[OutboxRow, ...]:
        """Rows after the first page that can stay: nothing that they were read with has changed."""
        known = self._rows.rows
        same = self._read_for == self._asked and page.counts == self._page.counts
        same = same and known[: len(rows)] == tuple(rows)
        return known[len(rows) :] if same else ()

    @Slot()
    def _fetch_more(self) -> None:
        self.start(self._read_on(self._asked, self._page))

    async def _read_on(self, asked: OutboxFilter, before: OutboxPage) -> None:
        page = await self.session.work.outbox_page(asked, before.after)
        if asked != self._asked or before is not self._page:
            self._rows.show_page(self._rows.rows, self._page.after is not None)  # it may be asked for again
            return
        known = {row.itemId for row in self._rows.rows}
        found = _rows_of(page, self.pending.keys, self._unread)
        rows = [row for row in found if row.itemId not in known]
        shown = [*self._rows.rows, *rows]
        more = page.after if len(shown) < MOST_ROWS else None
        self._page = replace(page, after=more)
        self._rows.show_page(shown, more is not None)

    def _arrange(self) -> None:
        self.show(derive(self._page, self._queue, self._asked, offline=self._offline, sending=self._sending))

    def _ask(self, asked: OutboxFilter) -> None:
        if asked != self._asked:
            self._asked = asked
            self._arrange()
            self.reload()

    @Slot(str)
    def choose(self, chosen: str) -> None:
        """Show one of FILTERS."""
        if chosen in FILTERS:
            self._ask(replace(self._asked, shelf=chosen))

    @Slot(str)
    def find(self, text: str) -> None:
        """Show only what is of campaigns whose title holds these words."""
        self._ask(replace(self._asked, text=text[:MOST_LETTERS]))

    @Slot()
    def send(self) -> None:
        """Seal what is finished and send everything that waits."""
        if not self._sending:
            self._sending = True
            self.fail(None)
            self._arrange()
            self.start(self._send())

    async def _send(self) -> None:
        try:
            await self.session.work.seal()
            await self.session.review.seal()
            await self.session.sync.flush()
            await self.session.sync.pull()
        finally:
            self._sending = False
            self._arrange()

    @Slot(str)
    def takeBack(self, item_id: str) -> None:
        """Reopen a finished answer that has not left."""
        self.start(self._reopen(item_id))

    async def _reopen(self, item_id: str) -> None:
        await self.session.work.take_back(item_id)
        self.reopened.emit(item_id)

    @Slot(str)
    def correct(self, item_id: str) -> None:
        """Open the second try at a rejected task."""
        self.reopened.emit(item_id)

    @Slot(str)
    def letStand(self, item_id: str) -> None:
        """Accept a rejection that could be answered: nothing waits for me any more."""
        row = next((each for each in self._rows.rows if each.itemId == item_id), None)
        if row is None or not row.standText:
            return
        self.fail(None)
        said = say("You let the rejection stand.") + " " + row.standText
        self.pending.offer(Step(item_id, said, lambda: self._let_stand(item_id), self.reload))
        self.reload()

    async def _let_stand(self, item_id: str) -> None:
        await self.session.work.let_stand(item_id)
        await self.session.sync.pull()

    async def settle(self) -> None:
        """Do what waits to be taken back, before the window or the profile closes."""
        await self._appeal.settle()
        await self.pending.settle()

    @Slot(str)
    def openCase(self, item_id: str) -> None:
        """Open the page on which it is taken to the contract."""
        row = next((each for each in self._rows.rows if each.itemId == item_id), None)
        if row is not None:
            self._case.look(item_id, row.title, row.place)

    @Slot(str)
    def openAppeal(self, item_id: str) -> None:
        """Open the page on which an appeal is written or looked at."""
        row = next((each for each in self._rows.rows if each.itemId == item_id), None)
        if row is not None:
            self._appeal.look(row, standing=item_id in self.pending.keys)

    @Slot(str)
    def openTask(self, item_id: str) -> None:
        """Open the page of a task that was judged, wherever in the outbox it stands."""
        self.start(self._open_task(item_id))

    async def _open_task(self, item_id: str) -> None:
        after = None
        while True:
            page = await self.session.work.outbox_page(OutboxFilter(), after)
            rows = _rows_of(page, self.pending.keys, self._unread)
            row = next((row for row in rows if row.itemId == item_id), None)
            if row is not None:
                self._appeal.look(row, standing=item_id in self.pending.keys)
                return
            after = page.after
            if after is None:
                return
