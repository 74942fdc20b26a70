# SPDX-License-Identifier: Apache-2.0
"""How much data crossed the network: bars by day, a table by campaign."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_meter import DayTraffic, MeterFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.charting import Chart, ChartPoint, chart_prop, day_label, ticks
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import say, size

CAMPAIGNS_SHOWN = 8
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class UsedRow:
    """What one campaign took."""

    title: str
    used: str


@dataclass(frozen=True, slots=True)
class DataUsedProps:
    """The card's figures."""

    ready: bool = False
    today: str = ""
    total: str = ""
    chart: Chart = Chart()  # noqa: RUF009 - frozen


def derive(facts: MeterFacts) -> DataUsedProps:
    """The card from the meter."""
    total = sum(day.total for day in facts.days)
    return DataUsedProps(
        ready=True,
        today=size(facts.today),
        total=size(total),
        chart=used_chart(facts),
    )


def used_chart(facts: MeterFacts) -> Chart:
    """Bytes by day."""
    days = facts.days
    total = sum(day.total for day in days)
    if not total:
        return Chart()
    today = days[-1].day
    return Chart(
        tuple(_used(day, today) for day in days),
        ticks(max(day.total for day in days), _megabytes, _MEGABYTE // 10, _MEGABYTE),
        say("Data used in the last 14 days: {size}", size=size(total)),
    )


def _used(day: DayTraffic, today: str) -> ChartPoint:
    label, text = day_label(day.day, today), size(day.total)
    return ChartPoint(
        label,
        day.total / _MEGABYTE,
        say("{day}: {size}", day=label, size=text),
        (label, text),
        marked=day.day == today,
    )


def _megabytes(count: int) -> str:
    return size(count) if count else "0"


def rows(facts: MeterFacts) -> tuple[UsedRow, ...]:
    """The table: the largest campaigns, what belongs to none, and the rest in one line."""
    named = [one for one in facts.campaigns if one.title]
    found = [UsedRow(one.title, size(one.total)) for one in named[:CAMPAIGNS_SHOWN]]
    others = sum(one.total for one in named[CAMPAIGNS_SHOWN:])
    if others:
        found.append(UsedRow(say("Other campaigns"), size(others)))
    rest = sum(one.total for one in facts.campaigns if not one.title)
    if rest:
        found.append(UsedRow(say("Everything else"), size(rest)))
    return tuple(found)


class DataUsedViewModel(ViewModel):
    """The data meter, a card of the settings page."""

    topics = frozenset({Topic.CONNECTION})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    today = prop(str, "today", changed)
    total = prop(str, "total", changed)
    chart = chart_prop("chart", changed)
    campaigns = Property(QObject, lambda self: self._campaigns, constant=True)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._campaigns = RowsModel(UsedRow, self)
        self.show(DataUsedProps())

    async def refresh(self) -> None:
        """Read the meter."""
        facts = await self.session.sync.meter()
        self._campaigns.replace(rows(facts))
        self.show(derive(facts))
