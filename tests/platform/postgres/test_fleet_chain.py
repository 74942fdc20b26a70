# SPDX-License-Identifier: Apache-2.0
"""A fleet whose chain node comes and goes while its processes and PostgreSQL die: everything is sent once, and the
chain and the store agree to the unit."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from gems_platform.channels.sending_tables import IntentRow
from gems_platform.channels.tables import ChannelRow, RelayedClaimRow
from gems_protocol.amount import UNIT
from tests.anvil.nodes import Line
from tests.helpers.fleet import NGINX
from tests.helpers.postgres import Postgres
from tests.helpers.scaled import scaled
from tests.helpers.stubborn import Stubborn
from tests.platform.api import Refused
from tests.platform.claiming import claim_body
from tests.platform.conftest import key
from tests.platform.postgres.test_scale_out import _crash as crash
from tests.platform.postgres.test_scale_out import _kill as kill
from tests.platform.postgres.test_scale_out import _storm as storm
from tests.platform.postgres.test_store_faults import CUT
from tests.platform.world import World

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed"),
]
Blow = Callable[[], Awaitable[None]]
SEND = "eth_sendRawTransaction"


def _for_a_while(line: Line, what: str, value: object, seconds: float) -> Blow:
    async def blow() -> None:
        before = getattr(line, what)
        setattr(line, what, value)
        await asyncio.sleep(seconds)
        setattr(line, what, before)

    return blow


def _set(line: Line, what: str) -> Blow:
    async def blow() -> None:
        setattr(line, what, SEND)

    return blow


def _claims(live: World) -> Blow:
    """Everybody who worked claims, at whichever process answers."""

    async def one(name: str) -> None:
        who = Stubborn(live.http, live.server.url, live.settings, key(name))
        await who.sign_in()
        with suppress(Refused):  # nothing to claim, or another claim is on its way
            await who.post("/v1/relay/claims", await claim_body(live, who))

    async def blow() -> None:
        await asyncio.gather(*(one(f"miner {number}") for number in range(3)))

    return blow


def _cut(postgres: Postgres, live: World) -> Blow:
    name = live.settings.store_url.rpartition("@/")[2].partition("?")[0]

    async def blow() -> None:
        await asyncio.to_thread(postgres.sql, CUT.format(name))

    return blow


async def test_a_storm_on_the_side_of_the_chain(tmp_path: Path, postgres: Postgres) -> None:
    lines: list[Line] = []

    async def between(url: str) -> str:
        lines.append(Line(SimpleNamespace(port=int(url.rpartition(":")[2]))))
        await lines[0].start()
        return lines[0].url

    changes = {"channel_deposit": 2 * UNIT, "channel_headroom": UNIT, "block_wait_s": 2.0}
    async with scaled(tmp_path, 2, 2, line=between, **changes) as (live, many):
        (line,) = lines
        blows: list[Blow] = [
            _for_a_while(line, "down", True, 3), _claims(live), _set(line, "cut"), _claims(live),
            _for_a_while(line, "refuses", ("*",), 3), kill(many, True), _claims(live), _set(line, "lose"),
            crash(postgres), _claims(live), _for_a_while(line, "slow_s", 0.5, 4), _cut(postgres, live),
            kill(many, False), _for_a_while(line, "refuses", ("eth_call",), 3), _claims(live),
        ]  # fmt: skip
        random.shuffle(blows)
        await storm(live, blows * int(os.environ.get("GEMS_STORM", "1")), 40, 1.5)
        await _settle(live)
        await _agree(live)
    await lines[0].stop()


async def _settle(live: World) -> None:
    async with asyncio.timeout(120):
        while await live.server.app.state.context.sender.under_way():
            await asyncio.sleep(0.3)
    await asyncio.sleep(3)  # the channels are read once more


async def _agree(live: World) -> None:
    """Every nonce once, and what the chain holds is what the store says."""
    with live.server.app.state.context.db.read() as session:
        intents = list(session.query(IntentRow))
        channels = [(one.worker, bytes.fromhex(one.id[2:])) for one in session.query(ChannelRow)]
        claims = Counter((one.worker, one.state) for one in session.query(RelayedClaimRow))
    nonces = Counter((one.sender, one.nonce) for one in intents)
    assert set(nonces.values()) == {1}, nonces
    for sender in {one.sender for one in intents}:
        used = sorted(one.nonce for one in intents if one.sender == sender)
        assert used == list(range(used[0], await live.chain.nonce(sender, "latest")))
    assert {one.state for one in intents} == {"done"}
    put_down, fee = 0, live.settings.relay_fee
    for worker, name in channels:
        there = await live.chain.channel(name)
        put_down += there.deposit
        fees = fee * claims[worker, "confirmed"]
        assert await live.chain.gem_balance(worker) == there.claimed - fees
    relayed = sum(number for (_, state), number in claims.items() if state == "confirmed")
    assert await live.chain.gem_balance(live.settings.relayer) == fee * relayed > 0
    assert await live.chain.gem_balance(live.settings.hub_payer) == 10_000 * UNIT - put_down
