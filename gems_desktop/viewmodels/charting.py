# SPDX-License-Identifier: Apache-2.0
"""What a chart draws, and the words that it says: points, the values of its axis in nice steps, one summary.

Texts are exact and made here; floats are heights on a screen, never money. ui/Gems/components/ChartFrame.qml shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Property

from gems_desktop.viewmodels.words import day_of, gem, number, say
from gems_protocol.amount import UNIT, ZERO, Amount, total

MOST_STEPS = 3  # above zero: two to four texts on an axis can be read
_NICE = (1, 2, 5)
_SHOWN = 10**14  # base units: amounts are shown to four decimals


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One point: the label on the axis, its height, what is read out of it, and its row of the table.

    text: its value, where bars run across. other: a second height. low, high: the range around the value. marked:
    today, or what else stands out; its label says so.
    """

    label: str
    value: float
    said: str
    cells: tuple[str, ...]
    text: str = ""
    other: float = 0.0
    low: float = 0.0
    high: float = 0.0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ChartTick:
    """A value of the axis with its text."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole chart; without points there is nothing to show yet."""

    points: tuple[ChartPoint, ...] = ()
    ticks: tuple[ChartTick, ...] = ()
    summary: str = ""

    def shown(self) -> dict[str, Any]:
        """As QML reads it."""
        return {
            "points": [asdict(point) | {"cells": list(point.cells)} for point in self.points],
            "ticks": [asdict(tick) for tick in self.ticks],
            "summary": self.summary,
        }


def nice_steps(top: int, least: int = 1) -> list[int]:
    """Zero and up to MOST_STEPS values of 1, 2 or 5 times a power of ten, the last at least `top`.

    least: no step is smaller.
    """
    unit = 1
    while True:
        for nice in _NICE:
            step = nice * unit
            if step >= least and step * MOST_STEPS >= top:
                return [step * at for at in range(max(1, -(-top // step)) + 1)]
        unit *= 10


def ticks(top: int, text: Callable[[int], str], least: int = 1, scale: int = 1) -> tuple[ChartTick, ...]:
    """The axis up to `top` in whole units; scale: units of a height of one."""
    return tuple(ChartTick(value / scale, text(value)) for value in nice_steps(top, least))


def gem_ticks(top: Amount) -> tuple[ChartTick, ...]:
    """The axis of amounts."""
    return ticks(top.units, plain_gem, _SHOWN, UNIT)


def plain_gem(units: int) -> str:
    """A round amount without the zeros behind it: "2", "0.5"."""
    return number(Amount(units).exact().rstrip("0").rstrip("."))


def last_days(today: str, count: int) -> list[str]:
    """`count` days up to `today`, oldest first, as 2026-11-22."""
    end = date.fromisoformat(today)
    return [(end - timedelta(back)).isoformat() for back in reversed(range(count))]


def day_label(day: str, today: str) -> str:
    """A day under its bar."""
    return say("Today") if day == today else day_of(day)


def earned_chart(by_day: Sequence[tuple[str, Amount]], today: str, count: int) -> Chart:
    """What was earned on each of the last `count` days; nothing to show while nothing ever was."""
    if not by_day:
        return Chart()
    found = dict(by_day)
    days = last_days(max(today, by_day[-1][0]), count)
    amounts = [found.get(day, ZERO) for day in days]
    points = [_earned(day, amount, days[-1]) for day, amount in zip(days, amounts, strict=True)]
    return Chart(
        tuple(points),
        gem_ticks(max(amounts)),
        say(
            "Earned in the last {n} days: {amount} GEM",
            n=count,
            amount=gem(total(amounts)),
        ),
    )


def _earned(day: str, amount: Amount, today: str) -> ChartPoint:
    text = gem(amount)
    return ChartPoint(
        label=day_label(day, today),
        value=amount.units / UNIT,
        said=say("{day}: {amount} GEM", day=day_label(day, today), amount=text),
        cells=(day_label(day, today), text),
        marked=day == today,
    )


def chart_prop(field: str, changed: Any) -> Any:
    """The read-only Qt property of a chart in the shown props."""
    return Property(dict, lambda self: getattr(self._props, field).shown(), notify=changed)
