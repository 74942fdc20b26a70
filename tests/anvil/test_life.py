# SPDX-License-Identifier: Apache-2.0
"""The whole life of money on a real node: each step is what the platform does on the chain of its own, too."""

from __future__ import annotations

from gems_platform.channels.closing import freeze
from gems_platform.watching.worth import CLOSED
from gems_protocol.amount import UNIT, Amount
from gems_protocol.campaign import Terms
from gems_protocol.contracts.calls import call_data
from tests.anvil.nodes import Live, Lived
from tests.platform.api import Person
from tests.platform.test_towers import _transfer as transfer_of

MONTH = 31 * 86_400


async def _later(here: Live, seconds: int) -> None:
    here.world.clock.at += seconds
    await here.node.rpc("evm_increaseTime", seconds)
    await here.node.mine()


async def _judged(here: Live, count: int) -> None:
    for number in range(2):
        await here.world.review(await here.world.person(f"verifier {number}"), count)
    await here.settle()


async def test_work_claim_redeem_and_withdraw(live: Lived) -> None:
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
    await here.node.mine(3)
    await here.settle()
    assert await chain.redeemed(bytes.fromhex(campaign[2:])) == due
    await _withdrawn(here, campaign, due)


async def _withdrawn(here: Live, campaign: str, redeemed: int) -> None:
    """What was not redeemed goes back to the requester, to the unit."""
    world, requester = here.world, await here.world.person("requester")
    shown = await requester.get(f"/v1/campaigns/{campaign}")
    terms, settings = Terms.from_json(shown["terms"]), world.settings
    await _later(here, MONTH)
    before = await world.chain.gem_balance(requester.address)
    for step in ("start_withdraw", "finish_withdraw"):
        data = call_data("Campaigns", step, terms.abi())
        await world.chain.send(requester.key, settings.campaigns, data)
        await _later(here, MONTH)
    back = await world.chain.gem_balance(requester.address) - before
    assert back == await world.chain.funded(bytes.fromhex(campaign[2:])) - redeemed > 0


async def _staked(here: Live) -> Person:
    """Somebody with 0.60 in the bond from the first earnings, who then put up 0.20 and got them back."""
    world, anna = here.world, await here.world.person("anna")
    await here.opened(anna)
    await anna.ask("PUT", "/v1/channel/standing-order", {"bond_target": str(Amount.gem("0.60"))})
    await world.work(anna, await world.campaign(2), 2)
    await _judged(here, 2)
    await world.work(anna, await world.campaign(1, ms=Amount.gem("0.20")), 1)
    await _judged(here, 1)
    shown = await anna.get("/v1/channel")
    assert shown["debited"] == str(Amount.gem("0.20"))
    assert shown["voucher"]["message"]["bonded"] == str(Amount.gem("0.80"))
    return anna


async def test_a_channel_is_closed_with_its_debit(live: Lived) -> None:
    """Freeze, close with the newest voucher, debit, delay, end: the worker has pay and bond, the payer the rest."""
    here = await live()
    world, chain = here.world, here.world.chain
    treasury = await chain.gem_balance(world.settings.hub_payer)
    anna = await _staked(here)
    channel = bytes.fromhex((await anna.get("/v1/channel"))["channel_id"][2:])
    with world.server.app.state.context.db.write() as session:
        freeze(session, world.settings, anna.address, world.clock.at)
    for _ in range(3):
        await here.settle()
        await here.node.mine(3)
    shown = await chain.channel(channel)
    assert shown.debit_open == Amount.gem("0.20").units
    assert await chain.gem_balance(anna.address) == Amount.gem("0.90").units
    await _later(here, MONTH)
    for _ in range(2):
        await here.settle()
        await here.node.mine(3)
    assert (await chain.channel(channel)).closing == CLOSED
    assert await chain.gem_balance(anna.address) == Amount.gem("1.50").units
    assert treasury - await chain.gem_balance(world.settings.hub_payer) == Amount.gem("1.50").units
    assert await chain.gem_balance(world.settings.channels) == 0


async def test_a_transfer_by_signature_arrives_once(live: Lived) -> None:
    here = await live()
    world, gem = here.world, here.world.chain.gem_balance
    owner, to, fee = await world.person("requester"), "0x" + "ab" * 20, world.settings.relay_fee
    body = transfer_of(world, owner, to, 3 * UNIT, fee)
    sent = await owner.post("/v1/relay/transfers", body)
    assert await owner.post("/v1/relay/transfers", body) == sent
    await here.settle()
    found = await owner.get(f"/v1/relay/transfers/{sent['transfer_id']}")
    assert found == {**sent, "state": "confirmed"}
    assert (await gem(to), await gem(world.settings.relayer)) == (3 * UNIT, fee)
