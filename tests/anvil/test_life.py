# SPDX-License-Identifier: Apache-2.0
"""The whole life of money on a real node: each step is what the platform does on the chain of its own, too."""

from __future__ import annotations

from gems_protocol.amount import Amount
from tests.anvil.nodes import Lived


async def test_from_a_funded_campaign_to_a_closed_channel(live: Lived) -> None:
    here = await live()
    world, chain = here.world, here.world.chain
    anna = await here.earned(2)
    claim = await here.claim(anna)
    assert await here.state(anna, claim) == "sent"
    await here.settle()
    assert await here.state(anna, claim) == "confirmed"
    fee = world.settings.relay_fee
    assert await chain.gem_balance(anna.address) == Amount.gem("1.00").units - fee
    (campaign,) = [one["campaign_id"] for one in (await anna.get("/v1/campaigns"))["campaigns"]]
    due = await world.spend(campaign)
    await here.settle()
    assert await chain.redeemed(bytes.fromhex(campaign[2:])) == due
    assert (await anna.get(f"/v1/campaigns/{campaign}"))["report"]["paid_out"] == str(due)
