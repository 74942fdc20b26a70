# SPDX-License-Identifier: Apache-2.0
"""Gas gets dear after a claim was sent: it is replaced by one with the same nonce, and pays once whatever is mined."""

from __future__ import annotations

from gems_protocol.amount import Amount
from tests.anvil.conftest import STUCK
from tests.anvil.nodes import GWEI, Live, Lived
from tests.platform.api import Person

WEEK = 10**9  # blocks: never


async def _stuck(here: Live) -> tuple[Person, dict[str, str]]:
    """Somebody whose claim waits while the base fee is above all that it pays."""
    anna = await here.earned(2)
    await here.node.automine(False)
    claim = await here.claim(anna)
    await _dear_blocks(here, STUCK)
    return anna, claim


async def _dear_blocks(here: Live, count: int, gwei: int = 40) -> None:
    for _ in range(count):
        await here.node.base_fee(gwei)
        await here.node.mine()
    await here.node.base_fee(gwei)


async def _paid_once(here: Live, who: Person) -> None:
    world = here.world
    fee = world.settings.relay_fee
    assert await world.chain.gem_balance(who.address) == Amount.gem("1.00").units - fee
    assert await world.chain.gem_balance(world.settings.relayer) == fee


async def test_a_stuck_claim_is_replaced_for_more(live: Lived) -> None:
    here = await live()
    anna, claim = await _stuck(here)
    assert await here.ticks() is None
    intent = await here.sender.find(f"claim:{claim['claim_id']}")
    assert intent is not None
    first, second = intent.attempts
    assert second.fees.most * 10 >= first.fees.most * 11 and second.fees.tip * 10 >= first.fees.tip * 11
    assert second.fees.most >= 40 * GWEI
    waiting = await here.node.waiting()
    assert [one["hash"] for one in waiting] == [second.signed.tx_hash]  # it took the first one's place
    await here.settle()
    assert await here.state(anna, claim) == "confirmed"
    told = await anna.get(f"/v1/relay/claims/{claim['claim_id']}")
    assert told["tx_hash"] == second.signed.tx_hash != claim["tx_hash"]
    await _paid_once(here, anna)


async def test_without_replacement_it_stays_stuck(live: Lived) -> None:
    """The control: the same, and nothing ever replaces it."""
    here = await live(stuck_blocks=WEEK)
    anna, claim = await _stuck(here)
    for _ in range(5):
        await here.ticks()
        await _dear_blocks(here, STUCK)
    assert await here.state(anna, claim) == "sent"
    assert await here.world.chain.gem_balance(anna.address) == 0
    intent = await here.sender.find(f"claim:{claim['claim_id']}")
    assert intent is not None and len(intent.attempts) == 1


async def test_the_first_may_be_mined_after_all(live: Lived) -> None:
    """Another miner had only the one that was replaced: it is known by its hash, the second never counts."""
    here = await live()
    anna, claim = await _stuck(here)
    await here.ticks()
    intent = await here.sender.find(f"claim:{claim['claim_id']}")
    assert intent is not None
    first, second = (one.signed for one in intent.attempts)
    await here.node.rpc("anvil_dropTransaction", second.tx_hash)
    await here.node.base_fee(1)
    await here.node.rpc("eth_sendRawTransaction", first.raw)
    await here.node.mine()
    await here.settle()
    told = await anna.get(f"/v1/relay/claims/{claim['claim_id']}")
    assert (told["state"], told["tx_hash"]) == ("confirmed", first.tx_hash)
    await _paid_once(here, anna)


async def test_nothing_is_paid_above_the_cap(live: Lived) -> None:
    """It waits, says why, and is mined when gas is cheap again: without ever having signed for more."""
    here = await live(gas_price_cap=20 * GWEI)
    anna, claim = await _stuck(here)
    for _ in range(12):
        await here.ticks()
        await _dear_blocks(here, STUCK)
    intent = await here.sender.find(f"claim:{claim['claim_id']}")
    assert intent is not None and len(intent.attempts) < 12
    assert max(one.fees.most for one in intent.attempts) <= 20 * GWEI
    assert await here.state(anna, claim) == "sent"
    await here.node.base_fee(1)
    await here.settle()
    assert await here.state(anna, claim) == "confirmed"
    await _paid_once(here, anna)
