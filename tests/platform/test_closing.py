# SPDX-License-Identifier: Apache-2.0
"""The hub closes a channel: nothing is signed after the freeze, whatever runs at the same time and wherever it dies."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gems_platform.app import serve
from gems_platform.channels import repository, service
from gems_platform.channels.chain import claim_many_data
from gems_platform.channels.closing import freeze
from gems_platform.channels.tables import ChannelRow
from gems_platform.db import Database
from gems_platform.errors import ChainDown, Conflict
from gems_platform.watching.worth import CLOSED
from gems_protocol.amount import UNIT, Amount
from gems_protocol.lines import Line, LineKind
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.test_towers import _paid
from tests.platform.world import World, world

CHEATED = 1 << 254


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


def _freeze(live: World, worker: Person, **more: bool) -> None:
    with live.server.app.state.context.db.write() as session:
        freeze(session, live.settings, worker.address, live.clock.at, **more)


def _owe(live: World, worker: Person, index: int) -> None:
    line = Line(bytes(32), index, 0, 0, LineKind.REWARD, Amount(UNIT // 100))
    live.server.app.state.context.db.run(
        lambda session: repository.add_lines(session, worker.address, [line])
    )


def _settle(live: World, worker: Person) -> bool:
    found: bool = live.server.app.state.context.db.run(
        lambda session: service.settle(session, live.settings, worker.address, live.clock.at)
    )
    return found


async def _restart(live: World, clock: HandClock) -> None:
    port = int(live.server.url.rpartition(":")[2])
    await live.server.close()
    live.server = await serve(live.settings, port=port, clock=clock, ticking=False)


async def _after_the_delay(live: World, clock: HandClock) -> None:
    clock.at += 31 * 86_400
    await live.chain._rpc("evm_mine")
    for _ in range(3):
        await live.tick()


async def test_a_close_goes_on_after_a_crash_at_each_step_and_pays_all(
    live: World, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, campaign = await _paid(live, 3)
    channel = bytes.fromhex((await worker.get("/v1/channel"))["channel_id"][2:])
    _freeze(live, worker)
    await _restart(live, clock)  # after the freeze: the newest voucher is what it closes with
    await worker.sign_in()
    with pytest.raises(Refused) as refused:
        await live.lease(worker, campaign, 1)
    assert refused.value.code == "conflict"
    _owe(live, worker, 7)

    async def never(_self: object, _raw: str) -> None:
        raise ChainDown("The power is gone.")

    with monkeypatch.context() as patch:
        patch.setattr("gems_platform.channels.chain.Chain.broadcast", never)
        with pytest.raises(ChainDown):
            await live.tick()
    assert (await live.chain.channel(channel)).closing == 0
    await _restart(live, clock)  # after the transaction was stored, before it was sent
    await worker.sign_in()
    await live.tick()
    await live.tick()
    found = await live.chain.channel(channel)
    assert found.closing not in (0, CLOSED) and found.claimed == int(Amount.gem("0.5").units)
    await _after_the_delay(live, clock)
    assert (await live.chain.channel(channel)).closing == CLOSED
    await worker.sign_in()
    assert len(await live.events(worker, "voucher")) == 1
    assert await live.chain.gem_balance(worker.address) == Amount.gem("0.5").units


async def test_no_voucher_is_signed_after_the_freeze_whatever_runs_beside_it(live: World) -> None:
    worker, _ = await _paid(live, 2)
    assert await _race(live, worker)


async def test_control_a_settle_that_does_not_look_signs_after_the_freeze(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same race with a hub that forgets its freeze must be caught; on chain it forfeits the rest (row 24)."""
    worker, _ = await _paid(live, 2)
    monkeypatch.setattr(ChannelRow, "stopped", property(lambda _self: False))
    assert not await _race(live, worker)
    await live.tick()
    _owe(live, worker, 400)
    assert _settle(live, worker)
    channel = await worker.get("/v1/channel")
    body = {
        "chain_id": str(live.settings.chain_id),
        "contract": live.settings.channels,
        "config": channel["config"],
        "voucher": channel["voucher"],
    }
    await worker.post("/v1/tower/vouchers", body)
    data = live.server.app.state.context.tower.best(channel["channel_id"])
    await live.chain.send(live.settings.relayer_key, live.settings.channels, claim_many_data([data.row]))
    found = await live.chain.channel(bytes.fromhex(channel["channel_id"][2:]))
    assert found.closing & CHEATED


async def _race(live: World, worker: Person) -> bool:
    """Settle from two threads without pause, freeze in between; whether the number stands from then on."""
    stop, at_freeze = threading.Event(), []

    def work(first: int) -> None:
        index = first
        while not stop.is_set() and index < first + 40:
            _owe(live, worker, index)
            _settle(live, worker)
            index += 1

    threads = [threading.Thread(target=work, args=(first,)) for first in (100, 200)]
    for thread in threads:
        thread.start()
    other = Database(live.settings.store, migrate=False)  # as the command, which is another process
    frozen = other.run(
        lambda session: freeze(session, live.settings, worker.address, live.clock.at, whatever=True)
    )
    at_freeze.append(frozen.seq)
    other.close()
    for index in range(300, 303):
        _owe(live, worker, index)
        _settle(live, worker)
    stop.set()
    for thread in threads:
        thread.join()
    with live.server.app.state.context.db.read() as session:
        row = repository.own(session, worker.address)
        return bool(row.seq == at_freeze[0])


async def test_work_that_waits_keeps_a_channel_open_and_a_freeze_is_done_once(live: World) -> None:
    worker, campaign = await _paid(live, 2)
    await live.work(worker, campaign, 1)
    with pytest.raises(Conflict):
        _freeze(live, worker)
    assert not _stopped(live, worker)
    _freeze(live, worker, whatever=True)
    _freeze(live, worker)
    assert _stopped(live, worker)


def _stopped(live: World, worker: Person) -> bool:
    with live.server.app.state.context.db.read() as session:
        return repository.own(session, worker.address).stopped
