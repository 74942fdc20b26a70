# SPDX-License-Identifier: Apache-2.0
"""Blocks that were there are gone: what was in them is sent again, counted once, and told only when it is deep."""

from __future__ import annotations

from gems_platform.channels.chain import approve_data
from gems_protocol.amount import Amount
from tests.anvil.conftest import DEPTH
from tests.anvil.nodes import Lived


async def test_a_claim_whose_block_is_taken_back_is_sent_again(live: Lived) -> None:
    here = await live()
    anna = await here.earned(2)
    before = await here.node.rpc("evm_snapshot")
    claim = await here.claim(anna)
    assert await here.ticks() is None
    name = f"claim:{claim['claim_id']}"
    intent = await here.sender.find(name)
    assert intent is not None and intent.state == "mined"
    assert await here.state(anna, claim) == "sent"  # in a block, and not told yet
    assert await here.node.rpc("evm_revert", before)
    assert await here.world.chain.gem_balance(anna.address) == 0
    await here.settle()
    intent = await here.sender.find(name)
    assert intent is not None and (intent.state, len(intent.attempts)) == ("done", 1)
    assert await here.state(anna, claim) == "confirmed"
    fee = here.world.settings.relay_fee
    assert await here.world.chain.gem_balance(anna.address) == Amount.gem("1.00").units - fee


async def test_with_one_confirmation_it_was_told_too_early(live: Lived) -> None:
    """The control for the depth; and what was done is done again even then, since its nonce is free."""
    here = await live(confirmations=1)
    anna = await here.earned(2)
    before = await here.node.rpc("evm_snapshot")
    claim = await here.claim(anna)
    await here.ticks()
    assert await here.state(anna, claim) == "confirmed"
    await here.node.rpc("evm_revert", before)
    assert await here.world.chain.gem_balance(anna.address) == 0
    await here.settle()
    assert await here.world.chain.gem_balance(anna.address) > 0


async def test_a_deposit_is_paid_once_however_often_it_is_taken_back(live: Lived) -> None:
    here = await live()
    world = here.world
    anna = await world.person("anna")
    await here.opened(await world.person("ben"))  # the treasury's approval is there
    whole = await world.chain.gem_balance(world.settings.hub_payer)
    for _ in range(3):
        before = await here.node.rpc("evm_snapshot")
        channel = (await anna.post("/v1/channel", {}))["channel_id"]
        await here.ticks()
        there = await world.chain.channel(bytes.fromhex(channel[2:]))
        assert there.deposit == world.settings.channel_deposit
        await here.node.rpc("evm_revert", before)
    await here.settle()
    opened = await anna.post("/v1/channel", {})
    assert int(opened["deposit"]) == world.settings.channel_deposit
    assert whole - await world.chain.gem_balance(world.settings.hub_payer) == world.settings.channel_deposit


async def test_a_deposit_that_lost_its_nonce_is_made_anew_once_that_is_sure(live: Lived) -> None:
    """Another transaction of the treasury's has its number: only when that is deep a second deposit is safe."""
    here = await live()
    world = here.world
    anna = await world.person("anna")
    await here.opened(await world.person("ben"))
    whole = await world.chain.gem_balance(world.settings.hub_payer)
    before = await here.node.rpc("evm_snapshot")
    await anna.post("/v1/channel", {})
    (deposit,) = await here.sender.under_way("deposit")
    await here.node.rpc("evm_revert", before)
    approve = approve_data(world.settings.channels, 2**250)
    await world.chain.send(world.settings.hub_payer_key, world.settings.gem, approve)
    await here.ticks(3)
    assert [one.id for one in await here.sender.under_way("deposit")] == [deposit.id]  # waits
    await here.settle()
    await here.settle()
    assert int((await anna.post("/v1/channel", {}))["deposit"]) == world.settings.channel_deposit
    assert whole - await world.chain.gem_balance(world.settings.hub_payer) == world.settings.channel_deposit


async def test_a_campaign_opens_when_its_money_is_deep(live: Lived) -> None:
    """Else work would be done for money that a reorganisation gave back to the requester."""
    here = await live()
    requester = await here.world.person("requester")
    states: list[str] = []

    async def blocks() -> None:
        """Called when the money is in one block; only these blocks come, whatever the platform sends meanwhile."""
        await here.node.automine(False)
        for _ in range(DEPTH):
            await here.ticks()
            found = (await requester.get("/v1/campaigns"))["campaigns"]  # of which drafts are none
            states.append(found[0]["state"] if found else "draft")
            await here.node.mine()
        await here.node.automine(True)

    here.world.mine = blocks
    await here.world.campaign(1)
    assert states == ["draft"] * (DEPTH - 1) + ["open"]
