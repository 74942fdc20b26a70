# SPDX-License-Identifier: Apache-2.0
"""Audits had against expected over time: revealed draws summed by week, or by month where they reach far back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from gems_desktop.services.facts_trust import AuditSpan
from gems_protocol.audit_record import Draw

MOST_SPANS = 12
_WEEK = timedelta(7)


def audit_spans(draws: Iterable[tuple[int, Draw]]) -> tuple[bool, tuple[AuditSpan, ...]]:
    """(whether by week, the spans up to the newest draw, oldest first without gaps); draws with their Unix time."""
    shown = [(datetime.fromtimestamp(at, UTC).date(), draw) for at, draw in draws if draw.revealed and at > 0]
    if not shown:
        return True, ()
    days = [day for day, _ in shown]
    weekly = _week(max(days)) - _week(min(days)) < MOST_SPANS * _WEEK
    begin = _week if weekly else _month
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for day, draw in shown:
        of = sums[begin(day)]
        of[0] += draw.chance_ppm
        of[1] += draw.drawn
    first, last = begin(min(days)), begin(max(days))
    found = [last]
    while found[-1] > first and len(found) < MOST_SPANS:
        found.append(begin(found[-1] - timedelta(1)))
    return weekly, tuple(AuditSpan(day.isoformat(), *sums[day]) for day in reversed(found))


def _week(day: date) -> date:
    return day - timedelta(day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)
