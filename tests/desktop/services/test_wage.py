# SPDX-License-Identifier: Apache-2.0
"""The wage per hour with and without unpaid time: exact sums, times by task, and what of it is stored."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.services.facts_wage import LEAST_MS, WageDay, add
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import LineRecord, TimeRecord
from gems_desktop.services.wage import keep_time, reckon, wage
from gems_protocol.amount import ZERO, Amount, total

DAYS = [f"2026-09-{day:02d}" for day in range(8, 22)]
HOUR = 3_600_000


def line(item_id: str, amount: str, seq: int, kind: str = "reward") -> LineRecord:
    return LineRecord(f"{item_id}/{kind}", seq, 1, 1, "0xc", 0, 1, 1, kind, item_id, Amount.gem(amount))


def test_an_hour_on_paid_work_and_one_that_brought_nothing() -> None:
    spent = [(DAYS[0], "a", HOUR // 2), (DAYS[0], "lost", HOUR // 2), (DAYS[0], "", HOUR)]
    found = reckon(DAYS, spent, {"a": Amount.gem("3")}).days[0]
    assert (found.paid_ms, found.task_ms, found.used_ms) == (HOUR // 2, HOUR, 2 * HOUR)
    assert (found.per_hour, found.per_hour_all) == (Amount.gem("6"), Amount.gem("1.5"))
    assert found.unpaid_ms == HOUR + HOUR // 2


def test_too_little_time_says_nothing() -> None:
    assert WageDay("", Amount.gem("1"), LEAST_MS - 1, 0, LEAST_MS - 1).per_hour is None
    assert WageDay("", Amount.gem("1"), 0, 0, LEAST_MS).per_hour_all == Amount.gem("12")


@given(
    st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from("abc"), st.integers(1, 10**7)), min_size=1),
    st.lists(st.integers(0, 10**21), min_size=3, max_size=3),
)
def test_the_days_add_up_to_the_ledger_to_the_last_unit(
    spent: list[tuple[str, str, int]], units: list[int]
) -> None:
    known = {item_id for _, item_id, _ in spent}
    paid = {item_id: Amount(sum_) for item_id, sum_ in zip("abc", units, strict=True) if item_id in known}
    found = reckon(DAYS, spent, paid)
    assert found.together.pay == total(list(paid.values()))
    assert found.together.used_ms == sum(millis for *_, millis in spent)
    assert add(found.days) == found.together


async def test_time_is_added_up_and_only_what_is_paid_counts(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open()

    def work(tx: Tx) -> None:
        tx.put(line("a", "2", 7), line("a", "9", 7, "stake_back"), line("b", "1", 0), line("old", "5", 7))
        keep_time(tx, DAYS[-1], {"a": HOUR, "": 5, "b": HOUR, "nothing": 0})
        keep_time(tx, DAYS[-1], {"a": HOUR})
        keep_time(tx, "2026-09-07", {"old": HOUR})  # before what is shown

    await store.run(work)
    assert await store.run(lambda tx: tx.count(TimeRecord)) == 4
    found = await store.run(lambda tx: wage(tx, DAYS[-1]))
    assert [day.day for day in found.days] == DAYS
    assert found.days[-1] == WageDay(DAYS[-1], Amount.gem("2"), 2 * HOUR, 3 * HOUR, 3 * HOUR + 5)
    assert all(day.pay == ZERO for day in found.days[:-1])
    await store.close()
