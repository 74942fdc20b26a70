# SPDX-License-Identifier: Apache-2.0
"""Everything done and not yet paid out, with what happens next to each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Connection, ItemState, OutboxItem, Topic
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage, Progress, QueueFacts, Stage
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.appeal import AppealViewModel
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.case import CaseViewModel
from gems_desktop.viewmodels.mark_words import mark_text
from gems_desktop.viewmodels.outbox_words import case_text, deadline_of, held, next_text, redo_of, stand_text
from gems_desktop.viewmodels.progress_words import problem_text, progress_text, stays_text
from gems_desktop.viewmodels.reasons import reason_text
from gems_desktop.viewmodels.rows import PagedRowsModel
from gems_desktop.viewmodels.words import clock_time, gem, say

_TONES = {
    ItemState.ACCEPTED: "good",
    ItemState.PAID: "good",
    ItemState.REJECTED: "bad",
    ItemState.DISPUTED: "warn",
    ItemState.EXPIRED: "bad",
    ItemState.SEALED: "warn",
    ItemState.SENDING: "info",
    ItemState.DELIVERED: "info",
    ItemState.FINISHED: "warn",
}
_TAKE_BACK = (ItemState.FINISHED, ItemState.SEALED)
FILTERS = ("all", "unsent", "waiting", "rejected", "paid")
MOST_ROWS = 10_000  # shown at once; what is older is found by its campaign
MOST_LETTERS = 200  # of what is searched for


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One row."""

    itemId: str
    title: str
    kind: str
    place: str
    stateText: str
    tone: str
    reward: str
    changed: str
    reason: str
    note: str
    markText: str
    canTakeBack: bool
    canRedo: bool
    redoId: str
    redoUntil: int
    problem: str
    next: str
    dispute: str
    disputeTitle: str
    canAppeal: bool
    hasAppeal: bool
    answerUntil: int
    standText: str
    canCase: bool


def row_of(item: OutboxItem, redo: OutboxItem | None = None, progress: Progress | None = None) -> OutboxRow:
    """An item as a row says it; `redo` is the second try at it that waits to be done."""
    number = item.index + 1
    progress = progress or Progress(Stage.DRAFT)
    stays = stays_text(progress)
    return OutboxRow(
        itemId=item.item_id,
        title=item.campaign_title,
        kind=item.kind,
        place=_place(item, number),
        stateText=say(item.state.value),
        tone="info" if held(item) else _TONES.get(item.state, ""),
        reward=gem(item.reward),
        changed=clock_time(item.changed_at),
        reason=reason_text(item.reason),
        note=item.note,
        markText=mark_text(item.mark),
        canTakeBack=item.kind == "work" and item.state in _TAKE_BACK and not stays,
        canRedo=redo is not None,
        redoId=redo.item_id if redo else "",
        redoUntil=(item.redo_until or redo.due_at) if redo else 0,
        problem=problem_text(progress),
        next=" ".join(
            part for part in (next_text(item, redo), progress_text(progress), stays, case_text(item)) if part
        ),
        dispute=item.dispute if _both_sides(item) else "",
        disputeTitle=_dispute_title(item) if item.dispute and _both_sides(item) else "",
        canAppeal=item.appeal == "open",
        hasAppeal=item.appeal not in ("", "open"),
        answerUntil=deadline_of(item, redo) or 0,
        standText=stand_text(item, redo),
        canCase=item.case in ("possible", "saved"),
    )


def _next(item: OutboxItem, redo: OutboxItem | None, progress: Progress, stays: str) -> str:
    told = (next_text(item, redo), progress_text(progress), stays, case_text(item))
    return " ".join(part for part in told if part)


def _both_sides(item: OutboxItem) -> bool:
    """Whether the reason of a dispute is to be read: somebody has written one."""
    return item.kind == "work" and bool(item.disputed_by or item.appeal not in ("", "open"))


def _dispute_title(item: OutboxItem) -> str:
    return say("Its requester wrote:") if item.disputed_by == "requester" else say("You wrote:")


def _place(item: OutboxItem, number: int) -> str:
    if item.kind == "review":
        return (
            say("Review no. {n}, answered blind", n=number) if item.blind else say("Review no. {n}", n=number)
        )
    # Odd attempts are corrections of the one before (white paper, one redo a panel).
    return say("Task no. {n}, corrected", n=number) if item.attempt % 2 else say("Task no. {n}", n=number)


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


def _rows_of(page: OutboxPage) -> list[OutboxRow]:
    others = list(page.redos)
    return [row_of(item, redo_of(item, others), page.progress.get(item.item_id)) for item in page.items]


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
        self._rows = PagedRowsModel(OutboxRow, self)
        self._rows.wanted.connect(self._fetch_more)
        self._appeal = AppealViewModel(session, self)
        self._case = CaseViewModel(session, folder, self)
        self._page = OutboxPage()
        self._queue = QueueFacts()
        self._asked = self._read_for = OutboxFilter()
        self._offline = False
        self._sending = False
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
        link = await self.session.sync.facts()
        self._offline = link.connection is Connection.OFFLINE
        if asked == self._asked:
            rows = _rows_of(page)
            later = self._later(page, rows)
            more = self._page.after if later else page.after
            self._page, self._read_for = replace(page, after=more), asked
            self._rows.show_page([*rows, *later], more is not None)
        self._arrange()

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
        rows = [row for row in _rows_of(page) if row.itemId not in known]
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
        self.fail(None)
        self.start(self._let_stand(item_id))

    async def _let_stand(self, item_id: str) -> None:
        await self.session.work.let_stand(item_id)
        await self.session.sync.pull()

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
            self._appeal.look(item_id, row.title, row.place, row.reason, row.note, row.redoId)
