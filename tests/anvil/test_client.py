# SPDX-License-Identifier: Apache-2.0
"""The worker's program on a real node: it books what is deep, finds a replaced claim, and believes two nodes only
while they agree."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from gems_desktop.adapters.chain_errors import ChainUnreachable, NodeLied
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.services.errors import BatchRefused
from gems_desktop.services.facts import ClaimState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.network import Network
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_protocol.amount import ZERO, Amount
from tests.anvil.conftest import STUCK
from tests.anvil.nodes import Anvil, Live, Lived
from tests.desktop.services.conftest import TestClock
from tests.desktop.services.test_loop import do_all
from tests.platform.conftest import key

DEEP = 12  # confirmations of a network that is not a practice one
Opened = Callable[..., Awaitable[LiveSession]]


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def opened(clock: TestClock, tmp_path: Path) -> AsyncIterator[Opened]:
    """Opens the profile of a miner with a voucher of 1 GEM, who asks these nodes."""
    async with AsyncExitStack() as stack:

        async def start(here: Live, *more: Anvil) -> LiveSession:
            folder, net = tmp_path / "miner", _network(here, *more)
            folder.mkdir()
            signer = InProcessSigner(signer_config(folder, net), key("miner"))
            session = await open_session(folder, net, signer=signer, clock=clock)
            stack.push_async_callback(session.close)
            await _earn(here, session)
            return session

        yield start


def _network(here: Live, *more: Anvil) -> Network:
    made = here.world.settings
    return Network(
        name="anvil",
        chain_id=made.chain_id,
        rpc_urls=(here.node.url, *(node.url for node in more)),
        platform_url=here.world.server.url,
        platform_signer=made.hub,
        gem=made.gem,
        channels=made.channels,
        campaigns=made.campaigns,
        hub_payer=made.hub_payer,
        relayer=made.relayer,
        practice=False,
    )


async def _earn(here: Live, miner: LiveSession) -> None:
    campaign = await here.world.campaign(2)
    with pytest.raises(BatchRefused, match="no confirmed deposit"):  # it is in one block
        await miner.sync.fetch_batch(campaign, 2)
    await here.node.mine(DEEP)
    await miner.sync.fetch_batch(campaign, 2)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    for number in range(2):
        await here.world.review(await here.world.person(f"verifier {number}"), 2)
    await here.node.mine(DEEP)
    await here.settle()
    await miner.sync.pull()


async def _claim(miner: LiveSession) -> ClaimState:
    return (await miner.earnings.claim(await miner.earnings.quote_claim())).state


async def _state(miner: LiveSession) -> ClaimState:
    await miner.sync._claims.follow()
    [claim] = (await miner.earnings.facts()).claims
    return claim.state


def _reader(here: Live, *nodes: Anvil) -> ChainRpc:
    made = here.world.settings
    urls = [node.url for node in nodes]
    return ChainRpc(urls, made.chain_id, made.gem, made.channels, made.campaigns, depth=DEEP)


async def test_a_deposit_counts_when_it_is_deep(live: Lived) -> None:
    here = await live()
    before = await here.node.rpc("evm_snapshot")
    anna = await here.world.person("anna")
    opened = await anna.post("/v1/channel", {})
    assert int(opened["deposit"]) > 0  # what its payer says of a fresh block
    channel, chain = bytes.fromhex(opened["channel_id"][2:]), _reader(here, here.node)
    for _ in range(DEEP - 1):
        assert (await chain.agree(channel)).deposit == 0
        await here.node.mine()
    assert (await chain.agree(channel)).deposit == int(opened["deposit"])
    await here.node.rpc("evm_revert", before)
    assert (await chain.agree(channel)).deposit == 0
    await chain.close()


async def test_a_replaced_claim_arrives(live: Lived, opened: Opened) -> None:
    """The hash that the client was given first is in no block, and never will be."""
    here = await live()
    miner = await opened(here)
    await here.node.automine(False)
    assert await _claim(miner) is ClaimState.SENT
    [told] = (await miner.earnings.facts()).claims
    for _ in range(STUCK):
        await here.node.base_fee(40)
        await here.node.mine()
    await here.ticks()
    await here.node.mine()
    assert await _state(miner) is ClaimState.SENT or await _state(miner) is ClaimState.CONFIRMING
    await here.node.mine(DEEP)
    await here.settle()
    assert await _state(miner) is ClaimState.CLAIMED
    facts = await miner.earnings.facts()
    assert facts.claims[0].tx_hash != told.tx_hash
    assert facts.claimable == ZERO and facts.wallet_gem == Amount.gem("1") - facts.claims[0].fee


async def test_a_claim_in_the_wallet_is_on_its_way_again_when_its_block_is_taken_back(
    live: Lived, opened: Opened
) -> None:
    here = await live()
    miner = await opened(here)
    before = await here.node.rpc("evm_snapshot")
    await _claim(miner)
    seen = []
    for _ in range(DEEP):
        seen.append(await _state(miner))
        await here.ticks()
        await here.node.mine()
    assert ClaimState.CLAIMED not in seen[:-1]
    assert await _state(miner) is ClaimState.CLAIMED
    await here.node.rpc("evm_revert", before)  # deeper than anybody waits for
    assert await _state(miner) is not ClaimState.CLAIMED
    await here.settle()
    await here.node.mine(DEEP)
    assert await _state(miner) is ClaimState.CLAIMED
    facts = await miner.earnings.facts()
    assert facts.wallet_gem == Amount.gem("1") - facts.claims[0].fee


@pytest.fixture
async def other(anvil: Path) -> AsyncIterator[Anvil]:
    """A second node, still empty."""
    running = Anvil(anvil)
    await running.start()
    yield running
    await running.stop()


async def _follow(node: Anvil, leader: Anvil) -> None:
    """Give a node the chain of another, from which it goes on by itself."""
    newest = int(await leader.rpc("eth_blockNumber"), 16)
    await node.rpc("anvil_reset", {"forking": {"jsonRpcUrl": leader.url, "blockNumber": newest}})


async def test_nothing_is_booked_while_two_nodes_disagree(live: Lived, opened: Opened, other: Anvil) -> None:
    here = await live()
    miner = await opened(here)
    await _follow(other, here.node)
    await miner.context.chain.use((here.node.url, other.url))
    await _claim(miner)
    await here.node.mine(DEEP)
    await other.mine(DEEP + 1)  # a branch of its own, without the claim
    with pytest.raises(NodeLied, match="disagree about the channel's money"):
        await _state(miner)
    [claim] = (await miner.earnings.facts()).claims
    assert claim.state is ClaimState.SENT and (await miner.earnings.facts()).claimable > ZERO
    raw = (await here.sender.find(f"claim:{claim.claim_id}")).attempts[-1].signed.raw  # type: ignore[union-attr]
    await other.rpc("eth_sendRawTransaction", raw)  # the same money now, on another branch
    await asyncio.sleep(0)
    with pytest.raises(NodeLied, match="different branches"):
        await _state(miner)
    await _follow(other, here.node)
    await here.settle()
    assert await _state(miner) is ClaimState.CLAIMED


async def test_a_node_that_is_away_is_said_and_comes_back(live: Lived, opened: Opened) -> None:
    here = await live()
    miner = await opened(here)
    await miner.context.chain.use((here.line.url,))
    await _claim(miner)
    await here.node.mine(DEEP)
    here.line.down = True
    with pytest.raises(ChainUnreachable):
        await _state(miner)
    here.line.down = False
    assert await _state(miner) is ClaimState.CLAIMED
