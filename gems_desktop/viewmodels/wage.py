# SPDX-License-Identifier: Apache-2.0
"""Pay per hour with and without unpaid time, in words and as a picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_wage import WageDay, WageFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.charting import Chart, ChartPoint, chart_prop, day_label, gem_ticks
from gems_desktop.viewmodels.words import duration, number, say
from gems_protocol.amount import UNIT, ZERO, Amount

_NONE = "–"
_MINUTE_MS, _HOUR = 60_000, 60
KEPT_EVERY_MS = 60_000  # what a crash may cost


@dataclass(frozen=True, slots=True)
class WageProps:
    """The card's figures."""

    ready: bool = False
    perHour: str = _NONE
    perHourAll: str = _NONE
    paidTime: str = ""
    allTime: str = ""
    chart: Chart = Chart()  # noqa: RUF009 - frozen


def derive(facts: WageFacts) -> WageProps:
    """The card; with too little time nothing is said about an hour."""
    whole = facts.together
    paid, used = _minutes(whole.paid_ms), _minutes(whole.used_ms)
    return WageProps(
        ready=True,
        perHour=_shown(whole.per_hour),
        perHourAll=_shown(whole.per_hour_all),
        paidTime=say("{time} on tasks that were paid", time=_time(paid)),
        allTime=say("{time} in all, {unpaid} of it unpaid", time=_time(used), unpaid=_time(used - paid)),
        chart=wage_chart(facts),
    )


def _shown(amount: Amount | None) -> str:
    return _NONE if amount is None else number(amount.text(2))


def _minutes(millis: int) -> int:
    return millis // _MINUTE_MS


def _time(minutes: int) -> str:
    """A time to the minute, so that the parts of a sum can be added up by who reads them."""
    if minutes < _HOUR:
        return duration(60 * minutes)
    return say("{h} h {m} min", h=minutes // _HOUR, m=minutes % _HOUR)


def wage_chart(facts: WageFacts) -> Chart:
    """Both figures by day; nothing to show while no hour can be reckoned."""
    whole = facts.together
    paid, everything = whole.per_hour, whole.per_hour_all
    if paid is None or everything is None:
        return Chart()
    rates = [rate or ZERO for day in facts.days for rate in (day.per_hour, day.per_hour_all)]
    today = facts.days[-1].day
    return Chart(
        tuple(_point(day, today) for day in facts.days),
        gem_ticks(max(rates)),
        say(
            "Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time",
            n=len(facts.days),
            paid=_shown(paid),
            all=_shown(everything),
        ),
    )


def _point(day: WageDay, today: str) -> ChartPoint:
    name = day_label(day.day, today)
    paid, everything = day.per_hour, day.per_hour_all
    if everything is None or (paid is None and day.paid_ms):
        told = say("{day}: too little time to reckon an hour", day=name)
    elif paid is None:
        told = say("{day}: no task of that day is paid yet", day=name)
    else:
        told = say(
            "{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time",
            day=name,
            paid=_shown(paid),
            all=_shown(everything),
        )
    return ChartPoint(
        label=name,
        value=(paid or ZERO).units / UNIT,
        other=(everything or ZERO).units / UNIT,
        said=told,
        cells=(name, _shown(paid), _shown(everything), _time(_minutes(day.used_ms))),
        marked=day.day == today,
    )


class WageViewModel(ViewModel):
    """The pay per hour, a card of the earnings page; it reads nothing while it is not shown."""

    topics = frozenset({Topic.EARNINGS})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    perHour = prop(str, "perHour", changed)
    perHourAll = prop(str, "perHourAll", changed)
    paidTime = prop(str, "paidTime", changed)
    allTime = prop(str, "allTime", changed)
    chart = chart_prop("chart", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._spent: dict[str, int] = {}
        self._shown = False
        self.show(WageProps())

    async def refresh(self) -> None:
        """Reckon from what is stored, while somebody looks."""
        if self._shown:
            self.show(derive(await self.session.earnings.wage()))

    @Slot(bool)
    def setShown(self, shown: bool) -> None:
        """Whether the card can be seen."""
        if shown and not self._shown:
            self.reload()
        self._shown = shown

    def spend(self, item_id: str, millis: int) -> None:
        """The window was in use so long for a task, "" for none; written down about once a minute."""
        self._spent[item_id] = self._spent.get(item_id, 0) + millis
        if sum(self._spent.values()) >= KEPT_EVERY_MS:
            self.start(self._keep())

    async def _keep(self) -> None:
        spent, self._spent = self._spent, {}
        if spent:
            await self.session.earnings.keep_time(spent)

    async def settle(self) -> None:
        """Write down what is not yet, before the profile closes."""
        await self._keep()
