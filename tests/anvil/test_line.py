# SPDX-License-Identifier: Apache-2.0
"""The node goes away in the middle of a claim: whether it had the transaction or not, it pays exactly once."""

from __future__ import annotations

import pytest

from gems_platform.channels.sending import Sender
from gems_platform.clock import SystemClock
from gems_protocol.amount import Amount
from tests.anvil.nodes import Live, Lived
from tests.platform.api import Person, Refused

SEND = "eth_sendRawTransaction"


async def _paid_once(here: Live, who: Person) -> None:
    fee = here.world.settings.relay_fee
    assert await here.world.chain.gem_balance(who.address) == Amount.gem("1.00").units - fee
    assert await here.world.chain.gem_balance(here.world.settings.relayer) == fee


@pytest.mark.parametrize("arrives", [True, False], ids=["the answer is lost", "the question is lost"])
async def test_a_line_that_breaks_while_a_claim_is_sent(live: Lived, arrives: bool) -> None:
    here = await live()
    anna = await here.earned(2)
    body = await here.claim_body(anna)
    await here.node.automine(False)
    if arrives:
        here.line.cut = SEND
    else:
        here.line.lose = SEND
    with pytest.raises(Refused) as refused:
        await anna.post("/v1/relay/claims", body)
    assert refused.value.code == "chain_unavailable"
    assert len(await here.node.waiting()) == int(arrives)
    here.line.down = True
    assert await here.ticks(2) is not None
    here.line.down = False
    claim = await anna.post("/v1/relay/claims", body)  # as a client does: the same again
    await here.ticks(2)
    assert [one["hash"] for one in await here.node.waiting()] == [claim["tx_hash"]]
    await here.settle()
    assert await here.state(anna, claim) == "confirmed"
    await _paid_once(here, anna)


async def test_what_was_signed_before_a_restart_is_sent_after_it(live: Lived) -> None:
    """All that a killed platform leaves is its store: another Sender over it sends the very same bytes."""
    here = await live()
    anna = await here.earned(2)
    here.line.lose = SEND
    with pytest.raises(Refused):
        await here.claim(anna)
    context = here.world.server.app.state.context
    (before,) = await here.sender.under_way()
    again = Sender(context.settings, context.db, context.chain, SystemClock())
    await again.follow_up()
    (after,) = await again.under_way()
    assert after.attempts == before.attempts
    await here.settle()
    await _paid_once(here, anna)


async def test_what_a_node_forgot_is_sent_again_in_order(live: Lived) -> None:
    """Two of one sender: the first is dropped, so the second waits for a nonce that nobody has."""
    here = await live()
    anna, ben = await here.earned(2), await here.world.person("ben")
    await here.node.automine(False)
    claim = await here.claim(anna)
    with pytest.raises(Refused):  # a deposit; another sender's
        await ben.post("/v1/channel", {})
    (first,) = [one for one in await here.node.waiting() if one["hash"] == claim["tx_hash"]]
    await here.node.rpc("anvil_dropTransaction", first["hash"])
    await here.ticks()
    assert claim["tx_hash"] in [one["hash"] for one in await here.node.waiting()]
    await here.node.forget()
    await here.settle()
    await _paid_once(here, anna)
    assert int((await ben.post("/v1/channel", {}))["deposit"]) == here.world.settings.channel_deposit
