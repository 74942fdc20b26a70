# SPDX-License-Identifier: Apache-2.0
"""The wage per hour with and without unpaid time: what the window's time went on, beside what the ledger paid for it.

Time is kept by UTC day and task (ADR 0080). Pay goes to the days on which its task was done, by the time of each, to
the last unit: the days' sum is the ledger's for these tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from gems_desktop.services.facts_wage import WageDay, WageFacts
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above
from gems_desktop.services.records import LineRecord, TimeRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.lines import LineKind

SHOWN_DAYS = 14
_EARNED = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)
_AT_ONCE = 1000

#: (day, item_id, milliseconds); item_id "" is time on no task
Spent = tuple[str, str, int]


def keep_time(tx: Tx, day: str, spent: Mapping[str, int]) -> None:
    """Add milliseconds by task to what is stored of a UTC day."""
    for item_id, millis in spent.items():
        if millis > 0:
            key = f"{day}:{item_id}"
            had = tx.get(TimeRecord, key)
            tx.put(TimeRecord(key, day, item_id, (had.millis if had else 0) + millis))


def wage(tx: Tx, today: str, days: int = SHOWN_DAYS) -> WageFacts:
    """The last `days` days up to `today`."""
    shown = _days(today, days)
    before = (date.fromisoformat(shown[0]) - timedelta(1)).isoformat()
    found = tx.rows(TimeRecord, ("day", "item_id", "millis"), day=Above(before))
    spent = sorted((str(day), str(item_id), int(millis)) for day, item_id, millis in found)
    items = sorted({item_id for _, item_id, _ in spent if item_id})
    paid: dict[str, Amount] = {}
    for start in range(0, len(items), _AT_ONCE):
        lines = tx.rows(
            LineRecord,
            ("item_id", "amount", "seq"),
            item_id=tuple(items[start : start + _AT_ONCE]),
            kind=_EARNED,
        )
        for item_id, amount, seq in lines:
            if seq:  # owed is not paid
                paid[item_id] = paid.get(item_id, ZERO) + Amount(int(amount))
    return reckon(shown, spent, paid)


def _days(today: str, days: int) -> list[str]:
    last = date.fromisoformat(today)
    return [(last - timedelta(back)).isoformat() for back in reversed(range(days))]


def reckon(shown: Iterable[str], spent: Iterable[Spent], paid: Mapping[str, Amount]) -> WageFacts:
    """The days `shown` from what was spent and paid; a pure function."""
    pay: dict[str, int] = defaultdict(int)
    paid_ms: dict[str, int] = defaultdict(int)
    task_ms: dict[str, int] = defaultdict(int)
    used_ms: dict[str, int] = defaultdict(int)
    by_item: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for day, item_id, millis in spent:
        used_ms[day] += millis
        if item_id:
            task_ms[day] += millis
            by_item[item_id].append((day, millis))
    for item_id, amount in paid.items():
        for (day, millis), units in zip(by_item[item_id], _parts(by_item[item_id], amount), strict=True):
            pay[day] += units
            paid_ms[day] += millis
    return WageFacts(
        tuple(WageDay(day, Amount(pay[day]), paid_ms[day], task_ms[day], used_ms[day]) for day in shown)
    )


def _parts(parts: list[tuple[str, int]], amount: Amount) -> list[int]:
    """An amount in the proportion of the times, whole units that add up to it exactly."""
    whole, so_far, given, found = sum(millis for _, millis in parts), 0, 0, []
    for _, millis in parts:
        so_far += millis
        until = amount.units * so_far // whole if whole else 0
        found.append(until - given)
        given = until
    if found:
        found[-1] += amount.units - given
    return found
