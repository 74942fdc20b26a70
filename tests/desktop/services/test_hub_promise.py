# SPDX-License-Identifier: Apache-2.0
"""No stake where the platform could not be held to its word on chain; work without one goes on."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.services import hub_promise
from gems_desktop.services.errors import BatchRefused, ChainUnreachable
from gems_desktop.services.live import LiveSession
from gems_protocol.amount import UNIT
from gems_protocol.contracts.calls import call_data
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import delivered
from tests.platform.conftest import key
from tests.platform.disputing import Court
from tests.platform.world import World

DAY = 86_400


def codes(facts: Any) -> list[str]:
    return [trouble.code for trouble in facts.troubles]


async def by_payer(live: World, function: str, *values: Any) -> None:
    judge = await Court(live).on_chain.judge()
    await live.chain.send(key("hub payer"), judge, call_data("Judge", function, *values))


async def ready(live: World, opened: Open) -> LiveSession:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    return miner


async def test_a_collateral_on_its_way_out_stops_stakes(live: World, opened: Open) -> None:
    miner = await ready(live, opened)
    await hub_promise.check_before_stake(miner.context)
    judge = await Court(live).on_chain.judge()
    await live.chain.send(key("hub payer"), live.settings.gem, call_data("Gem", "approve", judge, UNIT))
    await by_payer(live, "add_collateral", live.settings.hub_payer, UNIT)
    await by_payer(live, "start_collateral_exit")
    await hub_promise.check_before_stake(miner.context)  # seen a moment ago: not asked again
    live.clock.at += 3 * DAY
    with pytest.raises(BatchRefused, match="collateral"):
        await hub_promise.check_before_stake(miner.context)
    assert "hub_leaves" in codes(await miner.earnings.upkeep())
    await delivered(live, miner, 1)  # no stake is asked for here


async def test_a_retired_key_stops_stakes_until_it_is_set_again(live: World, opened: Open) -> None:
    miner = await ready(live, opened)
    await by_payer(live, "retire_signer", live.settings.hub)
    with pytest.raises(BatchRefused, match="not registered"):
        await hub_promise.check_before_stake(miner.context)
    assert codes(await miner.earnings.upkeep()) == ["hub_no_key"]
    await by_payer(live, "set_signer", live.settings.hub)
    await hub_promise.check_before_stake(miner.context)
    assert codes(await miner.earnings.upkeep()) == []


async def test_a_dead_line_refuses_only_what_was_never_known(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await ready(live, opened)
    real, dead = miner.context.court.hub, False

    async def hub(payer: str, signer: str) -> Any:
        if dead:
            raise ChainUnreachable
        return await real(payer, signer)

    monkeypatch.setattr(miner.context.court, "hub", hub)
    dead = True
    with pytest.raises(ChainUnreachable):
        await hub_promise.check_before_stake(miner.context)
    dead = False
    await hub_promise.check_before_stake(miner.context)
    dead = True
    live.clock.at += 3 * DAY
    await hub_promise.check_before_stake(miner.context)
