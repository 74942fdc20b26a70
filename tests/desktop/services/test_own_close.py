# SPDX-License-Identifier: Apache-2.0
"""A worker without a gas coin closes the channel through the relayer, and the bond comes though the hub only relays."""

from __future__ import annotations

import pytest

from gems_desktop.services.errors import NothingToDo, Offline
from gems_platform.channels.chain import finish_close_data
from gems_protocol.amount import ZERO, Amount
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_crashes import Crash, crash_after
from tests.desktop.services.test_upkeep import _codes, _paid, _turn
from tests.platform.conftest import key
from tests.platform.world import World

BOND = Amount.gem("0.3")


async def test_a_close_is_quoted_signed_and_seen_and_the_bond_comes_at_its_end(
    live: World, opened: Open
) -> None:
    miner = await opened("miner")
    await miner.earnings.set_bond_target(BOND)
    miner = await _paid(live, opened)
    quote = await miner.earnings.quote_close()
    assert (quote.pays_now, quote.fee, quote.bond) == (Amount.gem("0.69"), Amount.gem("0.01"), BOND)
    assert (quote.waiting, quote.at_stake) == (0, ZERO)
    assert quote.ends_at == live.clock.at + 30 * 86_400
    await miner.earnings.close_channel(quote)
    await live.tick()
    await _turn(miner)
    upkeep = await miner.earnings.upkeep()
    assert not upkeep.leaving and _codes(upkeep) == ["closing_mine"]
    assert upkeep.closing is not None and not upkeep.closing.by_hub and upkeep.closing.bond == BOND
    assert (await miner.earnings.facts()).wallet_gem == quote.pays_now
    with pytest.raises(NothingToDo):
        await miner.earnings.quote_close()
    config = (await miner.context.platform.get("/v1/channel"))["config"]
    row = (config["payer"], config["signer"], config["worker"], config["delay"], config["salt"])
    await live.server.close()  # the hub did nothing but relay: anybody ends the close
    live.clock.at = upkeep.closing.until + 1
    await live.chain._rpc("evm_mine")
    await live.chain.send(key("requester"), live.settings.channels, finish_close_data(row))
    assert (await miner.earnings.facts()).wallet_gem == quote.pays_now + BOND


async def test_a_close_whose_answer_was_lost_is_sent_once_more_and_is_one(live: World, opened: Open) -> None:
    miner = await _paid(live, opened)
    quote = await miner.earnings.quote_close()
    crash_after(miner, "/v1/relay/closes")
    with pytest.raises(Crash):
        await miner.earnings.close_channel(quote)
    await miner.close()
    again = await opened("miner")
    assert (await again.earnings.upkeep()).leaving
    await live.tick()
    await _turn(again)
    await _turn(again)
    upkeep = await again.earnings.upkeep()
    assert not upkeep.leaving and upkeep.closing is not None
    assert (await again.earnings.facts()).wallet_gem == quote.pays_now


async def test_a_close_that_the_relayer_never_carries_is_told_and_the_channel_stays_open(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await _paid(live, opened)
    quote = await miner.earnings.quote_close()
    await live.server.close()
    with pytest.raises(Offline):
        await miner.earnings.close_channel(quote)
    assert (await miner.earnings.upkeep()).leaving
    with pytest.raises(NothingToDo):
        await miner.earnings.quote_close()
    live.clock.at += 3 * 3_600
    monkeypatch.setattr(miner.context.platform, "time", lambda: live.clock.at)
    await miner.earnings._upkeep.own_close.follow()
    upkeep = await miner.earnings.upkeep()
    assert "close_failed" in _codes(upkeep) and not upkeep.leaving and upkeep.closing is None
