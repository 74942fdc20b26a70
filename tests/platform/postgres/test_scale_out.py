# SPDX-License-Identifier: Apache-2.0
"""Two processes behind nginx and one that works, on one PostgreSQL: no task is given twice, and money adds up though
processes and the database itself are killed."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from gems_platform.tasks.tables import TaskRow
from tests.faults.fleet_books import wrong
from tests.helpers.fleet import NGINX, Fleet
from tests.helpers.postgres import Postgres
from tests.helpers.scaled import scaled
from tests.helpers.stubborn import Stubborn
from tests.platform.api import Refused
from tests.platform.conftest import key
from tests.platform.world import World

pytestmark = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed")
_OVER = ("no_work", "credit_limit", "conflict", "late", "not_found", "releases_due")


def _person(live: World, name: str) -> Stubborn:
    return Stubborn(live.http, live.server.url, live.settings, key(name))


async def _share(live: World, clients: int, each: int) -> None:
    """Everybody takes work at once; nobody gets what another has."""
    campaign = await live.campaign(each * clients)
    taken: list[tuple[int, int]] = []

    async def work(who: Stubborn) -> None:
        await who.sign_in()
        got = 0
        while got < each:  # others may hold the last open ones for a moment
            try:
                given = await live.work(who, campaign, each - got)
            except Refused as error:
                if error.code != "no_work":
                    raise
                break
            got += len(given)
            taken.extend((one.index, one.attempt) for one in given)

    await asyncio.gather(*(work(_person(live, f"miner {number}")) for number in range(clients)))
    assert len(taken) == len(set(taken)) > each * clients // 2
    shown = await _person(live, "requester").get(f"/v1/campaigns/{campaign}")
    assert shown["tasks_open"] == each * clients - len(taken)


async def test_a_dozen_clients_get_each_task_once(tmp_path: Path) -> None:
    async with scaled(tmp_path) as (live, _):
        await _share(live, 12, 2)


@pytest.mark.long
async def test_sixty_four_clients_get_each_task_once(tmp_path: Path) -> None:
    async with scaled(tmp_path) as (live, _):
        await _share(live, 64, 4)


async def _mine(live: World, campaign: str, who: Stubborn) -> None:
    """Take, answer and send until nothing is left, then see to it that what was paid is released."""
    while True:
        try:
            await live.work(who, campaign, 3)
        except Refused as error:
            if error.code not in _OVER:
                raise
            shown = await who.get(f"/v1/campaigns/{campaign}")
            if not shown["tasks_open"]:
                return
        await asyncio.sleep(0.05)


async def _verify(live: World, who: Stubborn, over: asyncio.Event) -> None:
    await who.post("/v1/channel", {})
    while not over.is_set():
        with suppress(Refused):
            await live.review(who, 12)  # three batches of each hold every seat that the miners' work wants
        await asyncio.sleep(0.2)


async def _storm(live: World, blows: list[Callable[[], Awaitable[None]]], tasks: int, rest: float) -> None:
    """Work goes on while blow after blow falls; in the end every task was paid once and nothing else happened."""
    campaign = await live.campaign(tasks)
    over = asyncio.Event()
    miners = [_person(live, f"miner {number}") for number in range(4)]
    verifiers = [_person(live, f"verifier {number}") for number in range(3)]

    async def fall() -> None:
        for blow in blows:
            await asyncio.sleep(rest * (0.5 + random.random()))
            await blow()

    for who in (*miners, *verifiers):
        await who.sign_in()
        await who.post("/v1/channel", {})
    reviewing = [asyncio.create_task(_verify(live, who, over)) for who in verifiers]
    try:
        await asyncio.gather(fall(), *(_mine(live, campaign, who) for who in miners))
        async with asyncio.timeout(240):
            while _states(live) != {"paid": tasks}:
                await asyncio.sleep(0.5)
    finally:
        over.set()
        await asyncio.gather(*reviewing, return_exceptions=True)
    with live.server.app.state.context.db.read() as session:
        assert wrong(session) == []


def _states(live: World) -> dict[str, int]:
    with live.server.app.state.context.db.read() as session:
        return Counter(session.scalars(select(TaskRow.state)))


def _kill(many: Fleet, works: bool) -> Callable[[], Awaitable[None]]:
    async def blow() -> None:
        member = random.choice([one for one in many.members if one.works is works])
        member.end()
        member.start()

    return blow


def _crash(postgres: Postgres) -> Callable[[], Awaitable[None]]:
    async def blow() -> None:
        await asyncio.to_thread(postgres.stop, "immediate")
        await asyncio.to_thread(postgres.start)

    return blow


async def test_nothing_is_lost_or_paid_twice_when_processes_die(tmp_path: Path, postgres: Postgres) -> None:
    async with scaled(tmp_path) as (live, many):
        await _storm(live, [_kill(many, False), _kill(many, True), _crash(postgres)], 12, 2.0)


@pytest.mark.long
async def test_a_long_storm(tmp_path: Path, postgres: Postgres) -> None:
    async with scaled(tmp_path, 2, 2) as (live, many):
        kinds = [_kill(many, False), _kill(many, True), _kill(many, False), _crash(postgres)]
        await _storm(live, kinds * int(os.environ.get("GEMS_STORM", "6")), 200, 4.0)
