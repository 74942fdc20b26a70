# SPDX-License-Identifier: Apache-2.0
"""Until the contracts of a network are verified, nothing that moves money is signed; afterwards they cost nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.chain_errors import WrongContract
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.services.errors import ChainUnreachable
from gems_desktop.services.network import Network
from gems_desktop.services.signing import REQUESTER_ONLY, SIGNABLE
from gems_desktop.services.trusted_contracts import WORK, ensure_contracts
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_protocol.amount import Amount
from gems_protocol.messages import ClaimAuth, Debit
from tests.desktop.services.conftest import Open, TestClock
from tests.platform.conftest import key
from tests.platform.world import World

SERVICES = Path(__file__).resolve().parents[3] / "gems_desktop" / "services"
WORD = b"\1" * 32


class Counted:
    """A session's chain that counts how often the contracts were fetched, and may lose its line."""

    def __init__(self, inner: Any, unplugged: bool = False) -> None:
        self.inner, self.unplugged, self.fetched = inner, unplugged, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    async def check_contracts(self) -> None:
        self.fetched += 1
        if self.unplugged:
            raise ChainUnreachable
        await self.inner.check_contracts()

    async def use(self, urls: Sequence[str]) -> None:
        await self.inner.use(urls)


async def test_they_are_fetched_once_for_each_choice_of_nodes(live: World, opened: Open) -> None:
    session = await opened("miner")
    counted = Counted(session.context.chain)
    session.context.chain = counted
    for _ in range(3):
        await ensure_contracts(session.context)
    assert counted.fetched == 1
    await session.settings.change(rpc_urls=[live.settings.rpc_url, live.settings.rpc_url])
    await ensure_contracts(session.context)
    assert counted.fetched == 2, "a second node has to agree"
    await session.close()

    again = await opened("miner")
    later = Counted(again.context.chain, unplugged=True)
    again.context.chain = later
    await ensure_contracts(again.context)
    assert later.fetched == 0, "known from before, without a line"


async def test_without_a_line_nothing_is_taken_on_trust(live: World, opened: Open) -> None:
    session = await opened("miner")
    session.context.chain = Counted(session.context.chain, unplugged=True)  # type: ignore[assignment]
    with pytest.raises(ChainUnreachable):
        await session.context.sign(Debit(WORD, 5, WORD))
    assert (await session.earnings.facts()).wallet_gem == Amount(0)


@pytest.fixture
async def lured(network: Network, live: World, clock: TestClock, tmp_path: Path) -> Any:
    """A session in a network whose description swaps two contracts."""
    folder = tmp_path / "lured"
    folder.mkdir()
    wrong = replace(network, channels=network.campaigns)
    session = await open_session(
        folder, wrong, signer=InProcessSigner(signer_config(folder, wrong), key("miner")), clock=clock
    )
    yield session
    await session.close()


async def test_in_a_network_with_other_contracts_no_money_moves(live: World, lured: Any) -> None:
    await live.person("miner")
    campaign_id = await live.campaign(2)
    signed: list[Any] = []
    inner = lured.context.signer.sign

    async def sign(message: Any) -> bytes:
        signed.append(type(message))
        return bytes(await inner(message))

    lured.context.signer.sign = sign
    me = await lured.context.address()
    claim = ClaimAuth(WORD, 0, me, lured.context.network.relayer, 1, 2**40)
    for attempt in (
        lambda: lured.sync.fetch_batch(campaign_id, 1),
        lambda: lured.sync.fetch_reviews(1),
        lambda: lured.context.sign(Debit(WORD, 5, WORD)),
        lambda: lured.context.sign(claim),
        lambda: lured.sync._upkeep.turn(),
    ):
        with pytest.raises(WrongContract) as caught:
            await attempt()
        fault = caught.value
        assert "channels contract is not at its address" in fault.message
        assert "Nothing was signed" in fault.safe and "Do not work" in fault.action
    assert signed == []
    # the control: straight to the signer, past the services, it would have been signed
    assert len(await inner(Debit(WORD, 5, WORD))) == 65


def test_nothing_goes_to_the_signer_past_the_check() -> None:
    direct = re.compile(r"signer\.sign\(")
    found = [path.name for path in SERVICES.glob("*.py") if direct.search(path.read_text("utf-8"))]
    assert found == ["context.py"], "ask Context.sign"


def test_only_messages_that_move_no_money_are_signed_before() -> None:
    free = {name for name, kind in SIGNABLE.items() if issubclass(kind, WORK)}
    assert free == {"sign_submissions", "sign_votes", "sign_appeal", "sign_carry"}
    assert not free & set(REQUESTER_ONLY)


def test_a_session_asks_the_chain_by_its_description(network: Network) -> None:
    other = replace(network, gem="0x" + "99" * 20)
    made = [
        ChainRpc(one.rpc_urls, one.chain_id, one.gem, one.channels, one.campaigns) for one in (network, other)
    ]
    assert made[0].contracts_id != made[1].contracts_id
