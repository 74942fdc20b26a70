# SPDX-License-Identifier: Apache-2.0
"""Everything done and not yet paid out, with what happens next to each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Connection, ItemState, OutboxItem, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.appeal import AppealViewModel
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.mark_words import mark_text
from gems_desktop.viewmodels.outbox_words import deadline_of, held, next_text, redo_of, stand_text
from gems_desktop.viewmodels.reasons import reason_text
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import clock_time, gem, say, sentence

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
_UNSENT = (ItemState.FINISHED, ItemState.SEALED, ItemState.SENDING)
_JUDGING = (ItemState.DELIVERED, ItemState.DISPUTED)
_HIDDEN = (ItemState.LEASED, ItemState.RETURNED)
FILTERS = ("all", "unsent", "waiting", "rejected", "paid")


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


def row_of(item: OutboxItem, redo: OutboxItem | None = None) -> OutboxRow:
    """An item as a row says it; `redo` is the second try at it that waits to be done."""
    number = item.index + 1
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
        canTakeBack=item.kind == "work" and item.state in _TAKE_BACK,
        canRedo=redo is not None,
        redoId=redo.item_id if redo else "",
        redoUntil=(item.redo_until or redo.due_at) if redo else 0,
        problem=sentence(item.problem.message) if item.problem is not None else "",
        next=next_text(item, redo),
        dispute=item.dispute if _both_sides(item) else "",
        disputeTitle=_dispute_title(item) if item.dispute and _both_sides(item) else "",
        canAppeal=item.appeal == "open",
        hasAppeal=item.appeal not in ("", "open"),
        answerUntil=deadline_of(item, redo) or 0,
        standText=stand_text(item, redo),
    )


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


def keeps(item: OutboxItem, chosen: str) -> bool:
    """Whether the filter `chosen` shows this item."""
    if chosen == "unsent":
        return item.state in _UNSENT
    if chosen == "waiting":
        return item.state in _JUDGING or held(item)
    if chosen == "rejected":
        return item.state is ItemState.REJECTED
    if chosen == "paid":
        return item.state in (ItemState.ACCEPTED, ItemState.PAID) and not held(item)
    return item.state not in _HIDDEN


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


def derive(
    items: list[OutboxItem], chosen: str, *, ready: bool = True, offline: bool = False, sending: bool = False
) -> OutboxProps:
    """Counts and the sentence above the rows."""
    count = {name: sum(keeps(item, name) for item in items) for name in FILTERS}
    return OutboxProps(
        ready=ready,
        filter=chosen,
        total=count["all"],
        unsent=count["unsent"],
        delivered=count["waiting"],
        rejected=count["rejected"],
        paid=count["paid"],
        offline=offline,
        sending=sending,
        summary=_summary(items, count, offline),
    )


def _summary(items: list[OutboxItem], count: dict[str, int], offline: bool) -> str:
    judging = sum(item.state in _JUDGING for item in items)
    waiting_to_be_paid = sum(held(item) for item in items)
    if count["unsent"] and offline:
        return say("{n} kept on this computer until there is a connection", n=count["unsent"])
    if count["unsent"]:
        return say(
            "{unsent} to send, {waiting} waiting for a verdict", unsent=count["unsent"], waiting=judging
        )
    if judging:
        return say("Everything is sent; {n} waiting for a verdict", n=judging)
    if waiting_to_be_paid:
        return say("Everything is judged; {n} accepted, paid unless objected to", n=waiting_to_be_paid)
    return say("Everything is sent and judged") if count["all"] else ""


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

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rows = RowsModel(OutboxRow, self)
        self._appeal = AppealViewModel(session, self)
        self._items: list[OutboxItem] = []
        self._filter = "all"
        self._offline = False
        self._sending = False
        self.show(derive([], "all", ready=False))

    def _rows_model(self) -> QObject:
        return self._rows

    def _appeal_model(self) -> QObject:
        return self._appeal

    items = Property(QObject, _rows_model, constant=True)
    appeal = Property(QObject, _appeal_model, constant=True)

    def close(self) -> None:
        """Stop what runs and listen no more."""
        self._appeal.close()
        super().close()

    async def refresh(self) -> None:
        """Read my items again."""
        self._items = await self.session.work.outbox()
        link = await self.session.sync.facts()
        self._offline = link.connection is Connection.OFFLINE
        self._arrange()

    def _arrange(self) -> None:
        items = self._items
        self._rows.replace(
            [row_of(item, redo_of(item, items)) for item in items if keeps(item, self._filter)]
        )
        self.show(derive(self._items, self._filter, offline=self._offline, sending=self._sending))

    @Slot(str)
    def choose(self, chosen: str) -> None:
        """Show one of FILTERS."""
        if chosen in FILTERS:
            self._filter = chosen
            self._arrange()

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
    def openAppeal(self, item_id: str) -> None:
        """Open the page on which an appeal is written or looked at."""
        item = next((each for each in self._items if each.item_id == item_id), None)
        if item is not None:
            row = row_of(item, redo_of(item, self._items))
            self._appeal.look(item_id, row.title, row.place, row.reason, row.note, row.redoId)
