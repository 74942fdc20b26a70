# SPDX-License-Identifier: Apache-2.0
"""Everything done and not yet paid out, with what happens next to each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import ItemState, OutboxItem, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.reasons import reason_text
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import clock_time, gem, say

_TONES = {
    ItemState.ACCEPTED: "good",
    ItemState.PAID: "good",
    ItemState.REJECTED: "bad",
    ItemState.EXPIRED: "bad",
    ItemState.SEALED: "warn",
    ItemState.SENDING: "info",
    ItemState.DELIVERED: "info",
    ItemState.FINISHED: "warn",
}
_TAKE_BACK = (ItemState.FINISHED, ItemState.SEALED)
_UNSENT = (ItemState.FINISHED, ItemState.SEALED, ItemState.SENDING)
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
    canTakeBack: bool
    canRedo: bool
    redoUntil: int
    problem: str


def row_of(item: OutboxItem) -> OutboxRow:
    """An item as a row says it."""
    return OutboxRow(
        itemId=item.item_id,
        title=item.campaign_title,
        kind=say("Review") if item.kind == "review" else say("Task"),
        place=say("No. {n}", n=item.index + 1) + (say(", second try") if item.attempt % 2 else ""),
        stateText=say(item.state.value),
        tone=_TONES.get(item.state, ""),
        reward=gem(item.reward),
        changed=clock_time(item.changed_at),
        reason=reason_text(item.reason),
        note=item.note,
        canTakeBack=item.state in _TAKE_BACK,
        canRedo=item.redo_until is not None and item.state is ItemState.REJECTED,
        redoUntil=item.redo_until or 0,
        problem=item.problem.message if item.problem is not None else "",
    )


def keeps(item: OutboxItem, chosen: str) -> bool:
    """Whether the filter `chosen` shows this item."""
    if chosen == "unsent":
        return item.state in _UNSENT
    if chosen == "waiting":
        return item.state is ItemState.DELIVERED
    if chosen == "rejected":
        return item.state is ItemState.REJECTED
    if chosen == "paid":
        return item.state in (ItemState.ACCEPTED, ItemState.PAID)
    return item.state not in (ItemState.LEASED, ItemState.RETURNED)


@dataclass(frozen=True, slots=True)
class OutboxProps:
    """What the page shows besides its rows."""

    ready: bool
    filter: str
    total: int
    finished: int
    unsent: int
    delivered: int
    rejected: int
    summary: str


class OutboxViewModel(ViewModel):
    """Outbox."""

    topics = frozenset({Topic.OUTBOX, Topic.WORK})
    changed = Signal()
    reopened = Signal()

    ready = prop(bool, "ready", changed)
    filter = prop(str, "filter", changed)
    total = prop(int, "total", changed)
    finished = prop(int, "finished", changed)
    unsent = prop(int, "unsent", changed)
    delivered = prop(int, "delivered", changed)
    rejected = prop(int, "rejected", changed)
    summary = prop(str, "summary", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rows = RowsModel(OutboxRow, self)
        self._items: list[OutboxItem] = []
        self._filter = "all"
        self.show(OutboxProps(False, "all", 0, 0, 0, 0, 0, ""))

    def _rows_model(self) -> QObject:
        return self._rows

    rows = Property(QObject, _rows_model, constant=True)

    async def refresh(self) -> None:
        """Read the items."""
        self._items = await self.session.work.outbox()
        self._arrange()

    def _arrange(self) -> None:
        items = self._items
        self._rows.replace([row_of(item) for item in items if keeps(item, self._filter)])
        unsent = sum(keeps(item, "unsent") for item in items)
        delivered = sum(keeps(item, "waiting") for item in items)
        self.show(
            OutboxProps(
                ready=True,
                filter=self._filter,
                total=sum(keeps(item, "all") for item in items),
                finished=sum(item.state is ItemState.FINISHED for item in items),
                unsent=unsent,
                delivered=delivered,
                rejected=sum(keeps(item, "rejected") for item in items),
                summary=say(
                    "{unsent} to send, {waiting} waiting for a verdict", unsent=unsent, waiting=delivered
                ),
            )
        )

    @Slot(str)
    def choose(self, chosen: str) -> None:
        """Show one of FILTERS."""
        if chosen in FILTERS:
            self._filter = chosen
            self._arrange()

    @Slot()
    def send(self) -> None:
        """Seal what is finished and send everything that waits."""
        self.start(self._send())

    async def _send(self) -> None:
        await self.session.work.seal()
        await self.session.review.seal()
        await self.session.sync.flush()
        await self.session.sync.pull()

    @Slot(str)
    def takeBack(self, item_id: str) -> None:
        """Reopen a finished answer that has not left."""
        self.start(self._reopen(item_id))

    async def _reopen(self, item_id: str) -> None:
        await self.session.work.take_back(item_id)
        self.reopened.emit()
