# SPDX-License-Identifier: Apache-2.0
"""Sums of the movements by day, requester or kind, over a week, a month or everything."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_history import Chosen, Sum, Totals
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.movement_words import movement
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.spans import ALL_TIME, WEEK, since
from gems_desktop.viewmodels.words import gem, say, short
from gems_protocol.amount import ZERO, Amount, total

BY_DAY, BY_REQUESTER, BY_KIND = 0, 1, 2
_INSIDE = ("bond", "unbond")  # from one pocket of the channel into another: nothing came and nothing went


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The sums of one day, requester or kind. count: of what was paid for; by kind, of the movements."""

    name: str
    count: str
    pay: str
    stakes: str
    wallet: str
    amount: str


@dataclass(frozen=True, slots=True)
class TotalsProps:
    """What is chosen."""

    ready: bool = False
    by: int = BY_DAY
    span: int = WEEK


def total_rows(totals: Totals, by: int) -> list[TotalRow]:
    """The table and its last row, everything together; empty without movements."""
    if by == BY_KIND:
        sums = dict(totals.by_kind)
        kinds = [one for one in totals.kinds if one.name not in _INSIDE]
        return [_row(movement(one.name), one, one.count, sums.get(one.name, ZERO)) for one in kinds]
    if by == BY_REQUESTER:
        found = sorted(totals.requesters, key=lambda one: (-one.earned.units, one.name))
        named = [(short(one.name) if one.name else say("Of no requester"), one) for one in found]
    else:
        named = [(one.name, one) for one in reversed(totals.days)]
    rows = [_row(name, one, one.paid_for) for name, one in named]
    return [*rows, _together([one for _, one in named])] if rows else []


def _row(name: str, one: Sum, count: int, amount: Amount = ZERO) -> TotalRow:
    stakes, wallet = gem(one.stakes, sign=True), gem(one.wallet, sign=True)
    return TotalRow(name, str(count), gem(one.earned), stakes, wallet, gem(amount, sign=True))


def _together(sums: list[Sum]) -> TotalRow:
    whole = Sum(
        say("Together"),
        total([one.earned for one in sums]),
        total([one.stakes for one in sums]),
        total([one.wallet for one in sums]),
    )
    return _row(whole.name, whole, sum(one.paid_for for one in sums))


class TotalsViewModel(ViewModel):
    """The table of sums on the earnings page; it reads nothing while it is not shown."""

    topics = frozenset({Topic.EARNINGS})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    by = prop(int, "by", changed)
    span = prop(int, "span", changed)

    def __init__(
        self, session: Session, now: Callable[[], float] = time.time, parent: QObject | None = None
    ) -> None:
        super().__init__(session, parent)
        self._now, self._rows = now, RowsModel(TotalRow, self)
        self._totals: Totals | None = None
        self._shown = self._reading = self._again = False
        self._by, self._span = BY_DAY, WEEK
        self.show(TotalsProps())

    rows = Property(QObject, lambda self: self._rows, constant=True)

    async def refresh(self) -> None:
        """Sum up while the table is shown; what changes meanwhile is summed up once more, afterwards."""
        self._again = True
        if self._reading or not self._shown:
            return
        self._reading = True
        try:
            while self._again:
                self._again = False
                chosen = Chosen(since=since(self._span, int(self._now())))
                self._totals = await self.session.earnings.totals(chosen)
        finally:
            self._reading = False
        self._arrange()

    def _arrange(self) -> None:
        self._rows.replace([] if self._totals is None else total_rows(self._totals, self._by))
        self.show(TotalsProps(self._totals is not None, self._by, self._span))

    @Slot(bool)
    def setShown(self, shown: bool) -> None:
        """Whether the table can be seen."""
        if shown and not self._shown:
            self.reload()
        self._shown = shown

    @Slot(int)
    def chooseBy(self, by: int) -> None:
        """By day, requester or kind."""
        if BY_DAY <= by <= BY_KIND:
            self._by = by
            self._arrange()

    @Slot(int)
    def chooseSpan(self, span: int) -> None:
        """This week, this month, all."""
        if WEEK <= span <= ALL_TIME and span != self._span:
            self._span = span
            self._arrange()
            self.reload()
