# SPDX-License-Identifier: Apache-2.0
"""Leases under contention: no task twice, nothing for who asks more often, and rounds that can be drawn again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from eth_utils import keccak
from sqlalchemy import select

from gems_platform.app import Server
from gems_platform.errors import NoWork
from gems_platform.matching.tables import WishRow
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol import draw
from gems_protocol.draw import Candidate
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.matching import Market, all_at_once, market

Somebody = Callable[[str], Person]


async def _market(server: Server, person: Somebody, clock: HandClock, tasks: int, **changes: int) -> Market:
    ctx = server.app.state.context
    return await market(person, ctx.db, ctx.settings, clock, tasks, **changes)


def _scarce(here: Market) -> tuple[str, list[str], dict[str, object]]:
    """Somebody has all tasks in hand, and six others wait."""
    first, *others = here.people(7)
    return first, others, here.ask(first, 12)


async def test_no_task_is_leased_twice_by_64_who_ask_at_once(
    server: Server, person: Somebody, clock: HandClock
) -> None:
    here = await _market(server, person, clock, 150, allot_s=0)
    people = here.people(64)
    got = await asyncio.to_thread(all_at_once, 64, lambda number: here.try_ask(people[number], 3))
    with here.db.read() as session:
        rows = session.execute(select(AssignmentRow.index, AssignmentRow.miner)).all()
    assert len({index for index, _ in rows}) == len(rows) == sum(got) == 150
    assert max(Counter(miner for _, miner in rows).values()) == 3


async def test_nobody_hoards_and_small_demand_is_met_at_once(
    server: Server, person: Somebody, clock: HandClock
) -> None:
    here = await _market(server, person, clock, 60, work_share_ppm=100_000, work_share_least=6)
    one, other = here.people(2)
    assert (here.try_ask(one, 60), here.try_ask(one, 60), here.try_ask(other, 4)) == (6, 0, 4)


async def test_asking_a_hundred_times_gives_no_more_than_once(
    server: Server, person: Somebody, clock: HandClock
) -> None:
    here = await _market(server, person, clock, 12)
    first, others, batch = _scarce(here)
    greedy = others[0]
    assert [here.try_ask(one, 2) for one in others] == [0] * 6
    assert [here.try_ask(greedy, 2) for _ in range(100)] == [0] * 100
    with here.db.read() as session:
        wishes = session.scalars(select(WishRow).order_by(WishRow.worker)).all()
        assert sorted(wish.worker for wish in wishes) == sorted(others)
        assert {(wish.count, wish.since) for wish in wishes} == {(2, clock.at)}
    here.give_back(first, batch, 6)
    assert here.try_ask(greedy, 2) == 0  # the round is not over: who is quick gets nothing
    clock.at += here.settings.allot_s
    got = [here.try_ask(one, 2) for one in others]
    assert got == [1] * 6
    assert here.given() == Counter({first: 6, **dict.fromkeys(others, 1)})


async def test_without_rounds_the_quickest_would_take_it_all(
    server: Server, person: Somebody, clock: HandClock
) -> None:
    """The control of the test above."""
    here = await _market(server, person, clock, 12, allot_s=0)
    first, others, batch = _scarce(here)
    here.give_back(first, batch, 6)
    assert [here.try_ask(one, 6) for one in others] == [6, 0, 0, 0, 0, 0]


async def test_a_round_can_be_drawn_again_by_who_waited(
    server: Server, person: Somebody, clock: HandClock
) -> None:
    here = await _market(server, person, clock, 12)
    first, others, batch = _scarce(here)
    told = {}
    for one in others:
        with pytest.raises(NoWork) as refused:
            here.ask(one, 2)
        told[one] = refused.value.wish or {}
        assert told[one]["retry_after"] == 30  # there is nothing at all
    here.give_back(first, batch, 4)
    clock.at += 5
    got = [here.try_ask(one, 2) for one in others]
    assert sorted(got) == [0, 0, 1, 1, 1, 1]
    shown = await person("anybody").get(f"/v1/draws/{here.campaign}")
    (found,) = shown["rounds"]
    secret = bytes.fromhex(found["secret"][2:])
    assert {wish["commit"] for wish in told.values()} == {"0x" + keccak(secret).hex()}
    assert sorted(wish["request_id"] for wish in told.values()) == sorted(
        name for name, _ in found["requests"]
    )
    asked = [bytes.fromhex(name[2:]) for name, _ in found["requests"]]
    seed = draw.work_seed(secret, bytes.fromhex(here.campaign[2:]), asked)
    people = [Candidate(bytes.fromhex(name[2:]), weight) for name, weight in found["candidates"]]
    wanted = {place: most for place, (_, most) in enumerate(found["requests"])}
    again = draw.allotted(draw.ranked(seed, people), wanted, found["supply"])
    assert [[place, n] for place, n in sorted(again.items()) if n] == found["chosen"]
    names = [draw.candidate_name(bytes.fromhex(str(told[one]["salt"])[2:]), one) for one in others]
    places = [next(at for at, one in enumerate(people) if one.name == name) for name in names]
    assert [again[place] for place in places] == got
    other_seed = draw.work_seed(keccak(secret), bytes.fromhex(here.campaign[2:]), asked)
    assert draw.ranked(other_seed, people) != draw.ranked(seed, people)  # a hub that tried another is found


async def test_what_is_kept_and_not_fetched_goes_to_others(
    server: Server, person: Somebody, clock: HandClock
) -> None:
    here = await _market(server, person, clock, 12)
    first, others, batch = _scarce(here)
    for one in others[:2]:
        assert here.try_ask(one, 2) == 0
    here.give_back(first, batch, 2)
    clock.at += 5
    assert here.try_ask(others[0], 2) == 1  # the other one's stays
    assert here.try_ask(others[2], 1) == 0
    clock.at += here.settings.hold_s + 1
    assert here.try_ask(others[2], 1) == 1
    assert here.try_ask(others[1], 1) == 0


async def test_the_same_tasks_come_however_often_one_asks(
    server: Server, person: Somebody, clock: HandClock
) -> None:
    """Leaving offers unconfirmed shows nobody other tasks: who may not choose does not get to see more."""
    here = await _market(server, person, clock, 300)
    (me,) = here.people(1)
    from gems_platform.tasks import leasing

    with here.db.read() as session:
        first = leasing.scout(session, here.settings, me, here.campaign, 5)
        again = leasing.scout(session, here.settings, me, here.campaign, 5)
    strangers = here.people(4)  # one of them may well begin where I do, or just beside
    with here.db.read() as session:
        others = [leasing.scout(session, here.settings, one, here.campaign, 5) for one in strangers]
    assert first == again and len(set(first)) == len(first)
    assert any(found != first for found in others)
