# SPDX-License-Identifier: Apache-2.0
"""Blocks are taken back while two processes on one PostgreSQL send, look after and open: everything happens once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from gems_platform.app import serve
from gems_platform.db import Database
from gems_platform.duties.jobs import migrate
from gems_protocol.amount import Amount
from tests.anvil.conftest import DEPTH, STUCK
from tests.anvil.nodes import Anvil, Line
from tests.helpers.postgres import Postgres
from tests.platform import stores
from tests.platform.api import Person, Refused
from tests.platform.claiming import claim_body
from tests.platform.conftest import HandClock
from tests.platform.postgres.test_chain_faults import Pair
from tests.platform.world import world_on


@pytest.fixture
def on_postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with closing(Postgres.new()) as postgres:

        def place() -> str:
            url = postgres.database()
            with closing(Database(url, migrate=None)) as db:
                migrate(db, url)
            return url

        monkeypatch.setattr(stores, "place", place)
        yield


@pytest.fixture
async def pair(node: Anvil, on_postgres: None, tmp_path: Path) -> AsyncIterator[Pair]:
    where, line, clock = await node.contracts(), Line(node), HandClock()
    await line.start()
    settings = {"confirmations": DEPTH, "stuck_blocks": STUCK, "block_wait_s": 0.3}
    async with world_on(line.url, where, tmp_path, clock, own_url=node.url, **settings) as world:
        world.mine = partial(node.mine, DEPTH)
        other = await serve(replace(world.settings), clock=clock, ticking=False)
        async with aiohttp.ClientSession(headers={"Host": world.settings.siwe_domain}) as http:
            yield Pair(world, http, other, line)
        await other.close()
    await line.stop()


async def _settle(pair: Pair, node: Anvil) -> None:
    for _ in range(60):
        await pair.ticks()
        if all(one.state not in ("sent", "mined") for one in pair.intents()):
            await pair.ticks(2)
            return
        await node.mine()
    raise AssertionError([(one.name, one.state) for one in pair.intents()])


async def _open(pair: Pair, node: Anvil, who: Person) -> None:
    with suppress(Refused):
        await who.post("/v1/channel", {})
    await _settle(pair, node)


async def test_blocks_are_taken_back_under_two_processes(pair: Pair, node: Anvil) -> None:
    world = pair.world
    anna, ben = [await pair.person(name, place).sign_in() for place, name in enumerate(("anna", "ben"))]
    await _open(pair, node, anna)
    campaign = await world.campaign(2)
    await world.work(anna, campaign, 2)
    for number in range(2):
        await world.review(await world.person(f"verifier {number}"), 2)
    await _settle(pair, node)
    body = await claim_body(world, anna)
    anna_there = await pair.person("anna", True).sign_in()
    whole = await world.chain.gem_balance(world.settings.hub_payer)
    for number in range(3):
        before = await node.rpc("evm_snapshot")
        await asyncio.gather(
            anna.post("/v1/relay/claims", body),
            anna_there.post("/v1/relay/claims", body),
            ben.post("/v1/channel", {}),
            pair.ticks(),
            return_exceptions=True,  # a deposit is waited for in vain
        )
        await pair.ticks(2)
        await node.mine(number % DEPTH)
        await node.rpc("evm_revert", before)
        await pair.ticks()
    await _settle(pair, node)
    claim = await anna_there.post("/v1/relay/claims", body)
    assert (await anna.get(f"/v1/relay/claims/{claim['claim_id']}"))["state"] == "confirmed"
    fee, deposit = world.settings.relay_fee, world.settings.channel_deposit
    assert await world.chain.gem_balance(anna.address) == Amount.gem("1.00").units - fee
    assert int((await ben.post("/v1/channel", {}))["deposit"]) == deposit
    assert whole - await world.chain.gem_balance(world.settings.hub_payer) == deposit
    done = Counter((one.sender, one.nonce) for one in pair.intents() if one.state == "done")
    assert set(done.values()) == {1}
    assert Counter(one.name for one in pair.intents())[f"claim:{claim['claim_id']}"] == 1
