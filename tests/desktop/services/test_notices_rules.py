# SPDX-License-Identifier: Apache-2.0
"""Notices by rule: every happening is in one notice, quiet hours go over midnight, few leave the window at a time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.services.facts_notices import KINDS, SAFETY, WHAT, Happening, Notice, Outside, Quiet
from gems_desktop.services.notices_rules import LOOKED_S, PAUSE_S, TOO_OLD_S, choose, grouped, is_quiet
from gems_protocol.amount import ZERO, Amount

NOW = 1_800_000_000
NIGHT = Quiet(True, 22 * 60, 7 * 60)

happenings = st.builds(
    Happening,
    what=st.sampled_from(sorted(WHAT)),
    at=st.integers(NOW - 9, NOW),
    good=st.integers(0, 1),
    bad=st.integers(0, 1),
    amount=st.builds(Amount, st.integers(0, 10**24)),
    text=st.sampled_from(["", "a", "b", "c", "d"]),
    count=st.integers(1, 5),
)


@given(st.lists(st.lists(happenings, max_size=12), max_size=5))
def test_every_happening_is_in_exactly_one_notice(turns: list[list[Happening]]) -> None:
    kept: dict[str, Notice] = {}
    for turn in turns:
        before = dict(kept)
        for notice in grouped(turn, tuple(kept.values()), len(kept) + 1):
            kept[notice.notice_id] = notice
        assert set(before) <= set(kept)
    told = [event for turn in turns for event in turn]
    for what in WHAT:
        mine = [notice for notice in kept.values() if notice.what == what]
        of = [event for event in told if event.what == what]
        assert sum(notice.count for notice in mine) == sum(event.count for event in of)
        assert sum(notice.good for notice in mine) == sum(event.good for event in of)
        assert sum(notice.bad for notice in mine) == sum(event.bad for event in of)
        assert sum((n.amount for n in mine), ZERO) == sum((e.amount for e in of), ZERO)
        assert len(mine) <= (len(of) if what in ("trouble", "claim_failed") else 1)


def test_twelve_verdicts_are_one_notice() -> None:
    events = [Happening("judged", NOW + n, good=int(n != 3), bad=int(n == 3)) for n in range(12)]
    (notice,) = grouped(events, (), 1)
    assert (notice.count, notice.good, notice.bad, notice.at) == (12, 11, 1, NOW + 11)


def test_a_notice_that_left_does_not_grow() -> None:
    """What went outside says its number there for good; the next one is another notice."""
    (first,) = grouped([Happening("judged", NOW, good=1)], (), 1)
    (second,) = grouped([Happening("judged", NOW + 1, bad=1)], (), 2)
    assert (first.notice_id, first.count, second.count) != (second.notice_id, 2, 2)
    (grown,) = grouped([Happening("judged", NOW + 1, bad=1)], (first,), 2)
    assert (grown.notice_id, grown.count) == (first.notice_id, 2)


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_quiet_hours_are_a_span_of_the_clock_face(start: int, end: int, minute: int) -> None:
    span = {(start + n) % 1440 for n in range((end - start) % 1440)}
    assert is_quiet(Quiet(True, start, end), minute) is (minute in span)
    assert not is_quiet(Quiet(False, start, end), minute)


def test_quiet_hours_hold_when_clocks_change() -> None:
    """In the night in which an hour is left out or comes twice, quiet is what the clock on the wall says."""
    berlin = ZoneInfo("Europe/Berlin")
    for day, quiet in (
        (datetime(2026, 3, 28, 21, tzinfo=berlin), 8),
        (datetime(2026, 10, 24, 21, tzinfo=berlin), 10),
    ):
        begin = int(day.timestamp())
        hours = [datetime.fromtimestamp(begin + 3600 * n, berlin) for n in range(14)]
        assert sum(is_quiet(NIGHT, at.hour * 60 + at.minute) for at in hours) == quiet


def a_notice(what: str = "judged", at: int = NOW, seen: bool = False) -> Notice:
    return Notice(what, at, what, seen=seen)


def told(
    *waiting: Notice,
    options: Outside | None = None,
    minute: int = 720,
    since: int = 10**6,
    looking: bool = False,
) -> tuple[list[str], list[str]]:
    choice = choose(waiting, options or Outside(), now=NOW, minute=minute, since=since, looking=looking)
    return [n.what for n in choice.tell], sorted(n.what for n in choice.done)


def test_safety_leaves_always() -> None:
    alert, news = a_notice("trouble"), a_notice()
    silent = Outside(kinds=frozenset(), on=False, quiet=NIGHT)
    assert told(alert, news, options=silent, minute=0, since=0, looking=True) == (
        ["trouble"],
        ["judged", "trouble"],
    )


def test_others_wait_for_morning_and_for_a_pause() -> None:
    night = Outside(quiet=NIGHT)
    assert told(a_notice(), options=night, minute=23 * 60) == ([], [])
    assert told(a_notice(), options=night, minute=7 * 60) == (["judged"], ["judged"])
    assert told(a_notice(), since=PAUSE_S - 1) == ([], [])
    assert told(a_notice(), looking=True) == ([], [])


def test_what_was_read_is_old_or_unwanted_does_not_leave() -> None:
    assert told(a_notice(seen=True)) == ([], ["judged"])
    assert told(a_notice(at=NOW - TOO_OLD_S - 1)) == ([], ["judged"])
    assert told(a_notice(at=NOW - LOOKED_S - 1), looking=True) == ([], ["judged"])
    unwanted = Outside(kinds=frozenset(KINDS) - {"verdicts"})
    assert told(a_notice(), a_notice("paid"), options=unwanted) == (["paid"], ["judged", "paid"])


def test_only_safety_cannot_be_switched_off() -> None:
    assert set(WHAT.values()) == {*KINDS, SAFETY}
