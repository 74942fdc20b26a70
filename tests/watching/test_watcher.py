# SPDX-License-Identifier: Apache-2.0
"""A hub closes with an old voucher while its worker sleeps: a tower hands the newest in, and the worker has it all."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gems_platform.errors import ChainDown
from gems_platform.watching.tower_app import StandAlone
from gems_platform.watching.watcher import Turn
from gems_platform.watching.worth import CLOSED
from gems_protocol.amount import UNIT
from gems_protocol.signature import address_of
from tests.platform.conftest import HandClock, key
from tests.watching.ground import DEPOSIT, Ground, ground

OLD, NEW = 2 * UNIT, 9 * UNIT


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def land(tmp_path: Path, clock: HandClock) -> AsyncIterator[Ground]:
    async with ground(tmp_path, clock) as found:
        yield found


async def test_the_tower_hands_the_newest_in_and_the_worker_has_the_whole_rest(land: Ground) -> None:
    await land.open("worker")
    tower = land.tower()
    await land.keep(tower, land.voucher(NEW, seq=2))
    assert await tower.turn() == Turn(0, 0, 0)
    await land.close(land.voucher(OLD))
    assert await tower.turn() == Turn(1, 1, 0)
    assert await land.gem() == NEW
    assert await tower.turn() == Turn(1, 0, 0)  # in a block: nothing is sent twice
    await land.finish()
    assert await land.gem() == DEPOSIT
    assert await tower.turn() == Turn(1, 0, 0) and await tower.turn() == Turn(0, 0, 0)
    await tower.close()


async def test_without_a_tower_the_worker_loses_exactly_what_was_not_claimed(land: Ground) -> None:
    """The control: U is what the newest voucher pays above the one that the hub closed with."""
    await land.open("worker")
    before = await land.gem()
    await land.close(land.voucher(OLD))
    await land.finish()
    assert await land.gem() - before == OLD == NEW - (NEW - OLD)
    assert (await land.chain.channel(land.config().channel_id())).closing == CLOSED


@pytest.mark.long
async def test_a_bond_that_the_hub_hid_is_handed_in_too(land: Ground) -> None:
    await land.open("worker")
    tower = land.tower()
    await land.keep(tower, land.voucher(OLD, 3 * UNIT, seq=2))
    await land.close(land.voucher(OLD, UNIT))
    assert (await tower.turn()).sent == 1
    await land.finish()
    assert await land.gem() == DEPOSIT
    await tower.close()


@pytest.mark.parametrize("kept", [OLD, pytest.param(OLD - 1, marks=pytest.mark.long)])
async def test_a_stale_voucher_is_left_where_it_is(land: Ground, kept: int) -> None:
    await land.open("worker")
    tower = land.tower()
    await land.keep(tower, land.voucher(kept))
    gas = int(await land.chain._rpc("eth_getBalance", address_of(key("tower")), "latest"), 16)
    await land.close(land.voucher(OLD, seq=2))
    assert await tower.turn() == Turn(1, 0, 0)
    assert int(await land.chain._rpc("eth_getBalance", address_of(key("tower")), "latest"), 16) == gas
    await land.finish()
    assert await land.gem() == OLD
    await tower.close()


async def test_a_tower_that_is_restarted_in_the_middle_goes_on_where_it_was(
    land: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies after it stored what it meant to send; the close is far behind the blocks that are read again."""
    await land.open("worker")
    first = land.tower()
    await land.keep(first, land.voucher(NEW, seq=2))
    await land.close(land.voucher(OLD))

    async def never(_self: object, _raw: str) -> None:
        raise ChainDown("The power is gone.")

    with monkeypatch.context() as patch:
        patch.setattr("gems_platform.channels.chain.Chain.broadcast", never)
        assert (await first.turn()).sent == 1  # it is stored
    assert await land.gem() == OLD
    await first.close()
    await land.chain._rpc("evm_mine", "0x42")
    again = land.tower()
    await again.turn()
    assert await land.gem() == NEW
    assert await again.turn() == Turn(1, 0, 0)
    await again.close()


async def test_a_close_that_started_while_the_tower_was_away_is_found(land: Ground) -> None:
    await land.open("worker")
    tower = land.tower()
    await land.keep(tower, land.voucher(NEW, seq=2))
    await tower.turn()
    await tower.close()
    await land.close(land.voucher(OLD))
    await land.chain._rpc("evm_mine", "0x42")  # deeper than what is read again
    again = land.tower()
    assert (await again.turn()).sent == 1
    assert await land.gem() == NEW
    await again.close()


async def test_many_closes_are_one_transaction_and_a_bad_one_spoils_none(land: Ground) -> None:
    people = ("worker", "anna", "ben")
    await land.open(*people)
    tower = land.tower()
    for person in people:
        await land.keep(tower, land.voucher(NEW, seq=2, worker=person), person)
        await land.close(land.voucher(OLD, worker=person), person)
    count = int(await land.chain._rpc("eth_getTransactionCount", address_of(key("tower")), "latest"), 16)
    assert (await tower.turn()).sent == 3
    after = int(await land.chain._rpc("eth_getTransactionCount", address_of(key("tower")), "latest"), 16)
    assert after - count == 1
    assert [await land.gem(person) for person in people] == [NEW] * 3
    await tower.close()


async def test_a_tower_without_a_key_only_warns(land: Ground, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "gems_platform.watching")
    await land.open("worker")
    tower = land.tower(gas=False)
    await land.keep(tower, land.voucher(NEW, seq=2))
    await land.close(land.voucher(OLD))
    assert await tower.turn() == Turn(1, 0, 1) == await tower.turn()
    assert await land.gem() == OLD
    said = [record.getMessage() for record in caplog.records]
    assert sum("no key" in text for text in said) == 1 and any("worth 7" in text for text in said)
    await tower.close()


async def test_gas_above_the_bound_is_not_paid_and_tried_again(land: Ground) -> None:
    await land.open("worker")
    tower = land.tower(place={"gas_price_cap": 1})
    await land.keep(tower, land.voucher(NEW, seq=2))
    await land.close(land.voucher(OLD))
    assert await tower.turn() == Turn(1, 0, 1)
    await tower.close()
    dear = land.tower()
    assert (await dear.turn()).sent == 1
    await dear.close()


@pytest.mark.long
async def test_a_voucher_that_comes_during_the_close_is_handed_in_as_well(land: Ground) -> None:
    await land.open("worker")
    tower = land.tower()
    await land.close(land.voucher(OLD))
    assert (await tower.turn()).sent == 0
    await land.keep(tower, land.voucher(NEW - 1, seq=2))
    assert (await tower.turn()).sent == 1
    await land.keep(tower, land.voucher(NEW, seq=3))
    assert (await tower.turn()).sent == 1
    assert await land.gem() == NEW
    await tower.close()


@pytest.mark.long
async def test_a_node_that_is_away_hides_nothing(land: Ground) -> None:
    await land.open("worker")
    tower: StandAlone = land.tower(urls=["http://127.0.0.1:9", land.url])
    await land.keep(tower, land.voucher(NEW, seq=2))
    await land.close(land.voucher(OLD))
    assert (await tower.turn()).sent == 1
    assert await land.gem() == NEW
    await tower.close()
    alone = land.tower("other", urls=["http://127.0.0.1:9"])
    with pytest.raises(ChainDown):
        await alone.turn()
    await alone.close()
