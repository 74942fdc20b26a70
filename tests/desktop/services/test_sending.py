# SPDX-License-Identifier: Apache-2.0
"""GEM sent to another address: once, whatever is lost on the way, and nowhere that was not agreed to."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from eth_utils import to_checksum_address

from gems_desktop.services.errors import NothingToDo, Offline
from gems_desktop.services.facts import ClaimState
from gems_desktop.services.facts_upkeep import SendQuote
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import TransferRecord
from gems_desktop.services.transfers import Transfers
from gems_desktop.services.wallet_errors import BadAddress
from gems_platform.errors import BadTransfer, ChainDown, NotFound, Refusal
from gems_protocol.amount import UNIT, Amount
from gems_protocol.contracts.calls import call_data
from gems_protocol.errors import GemsError
from gems_protocol.signature import address_of
from tests.desktop.services.conftest import Open, TestClock
from tests.desktop.services.test_crashes import Crash, crash_after
from tests.platform.conftest import key
from tests.platform.world import World

TO = "0x" + "ab" * 20


async def _rich(live: World, opened: Open) -> LiveSession:
    """A miner with 5 GEM in the wallet."""
    give = call_data("Gem", "transfer", address_of(key("miner")), 5 * UNIT)
    await live.chain.send(key("requester"), live.settings.gem, give)
    return await opened("miner")


async def _state(session: LiveSession) -> list[str]:
    return sorted(transfer.state for transfer in await session.earnings.transfers())


async def _arrived(live: World, session: LiveSession) -> None:
    await live.tick()
    await session.sync._upkeep._transfers.follow()


async def test_a_transfer_arrives_once_whatever_is_lost(live: World, opened: Open, clock: TestClock) -> None:
    miner = await _rich(live, opened)
    quote = await miner.earnings.quote_send("wallet", to_checksum_address(TO), Amount.gem("1"))
    assert quote == SendQuote(
        "wallet", TO, Amount.gem("1"), Amount.gem("0.01"), Amount.gem("1"), quote.relayer, quote.until
    )
    crash_after(miner, "/v1/relay/transfers")
    with pytest.raises(Crash):
        await miner.earnings.send(quote)
    assert await _state(miner) == ["INTENDED"]
    await miner.close()
    again = await opened("miner")
    for _ in range(2):
        await again.sync._upkeep._transfers.follow()
        await _arrived(live, again)
    assert await _state(again) == ["CLAIMED"]
    assert await live.chain.gem_balance(TO) == UNIT
    assert (await again.earnings.facts()).wallet_gem == Amount.gem("3.99")

    await live.server.close()
    with pytest.raises(Offline):
        await again.earnings.send(quote)
    assert await _state(again) == ["CLAIMED", "INTENDED"]


async def test_what_was_never_signed_or_ran_out_of_time_ends(
    live: World, opened: Open, clock: TestClock
) -> None:
    miner = await _rich(live, opened)
    quote = await miner.earnings.quote_send("wallet", TO, Amount.gem("1"))

    async def ends(message: object) -> bytes:
        raise Crash

    miner.context.signer.sign = ends  # type: ignore[method-assign]
    with pytest.raises(Crash):
        await miner.earnings.send(quote)
    await miner.close()
    again = await opened("miner")
    await again.sync._upkeep._transfers.follow()
    assert await _state(again) == [ClaimState.FAILED.name]

    relay = live.server.app.state.context.transfers

    async def swallow(me: str, body: object) -> dict[str, str]:
        raise ChainDown("Not now.")

    relay.send = swallow
    with pytest.raises(GemsError):
        await again.earnings.send(quote)
    assert await _state(again) == ["FAILED", "INTENDED"]
    clock.at += 2 * 86_400
    await live.tick()
    await again.sync._upkeep._transfers.follow()
    assert await _state(again) == ["FAILED", "FAILED"]
    assert await live.chain.gem_balance(TO) == 0
    assert await again.context.store.run(lambda tx: tx.count(TransferRecord)) == 2


async def test_a_transfer_that_the_relayer_forgot_ends_by_the_chain(
    live: World, opened: Open, clock: TestClock
) -> None:
    miner = await _rich(live, opened)
    quote = await miner.earnings.quote_send("wallet", TO, Amount.gem("1"))
    await miner.earnings.send(quote)
    await live.tick()
    relay = live.server.app.state.context.transfers

    def forgot(_transfer_id: str, _me: str) -> dict[str, str]:
        raise NotFound("There is no such transfer.")

    relay.show = forgot
    await miner.sync._upkeep._transfers.follow()
    assert await live.chain.gem_balance(TO) == UNIT
    clock.at += 2 * 86_400
    await live.tick()
    await miner.sync._upkeep._transfers.follow()
    assert await _state(miner) == [ClaimState.CLAIMED.name]


async def test_nothing_goes_to_a_wrong_address_or_beyond_what_is_held(live: World, opened: Open) -> None:
    miner = await _rich(live, opened)
    wrong = to_checksum_address(TO).swapcase().replace("0X", "0x")
    for to in (wrong, "0x1234", TO[:-1], "0x" + "00" * 20, ""):
        with pytest.raises(BadAddress):
            await miner.earnings.quote_send("wallet", to, Amount.gem("1"))
    mine = address_of(key("miner"))
    for to in (mine, live.settings.gem, live.settings.channels, live.settings.relayer):
        with pytest.raises(NothingToDo):
            await miner.earnings.quote_send("wallet", to, Amount.gem("1"))
    for amount in ("0", "5", "4.991"):
        with pytest.raises(NothingToDo):
            await miner.earnings.quote_send("wallet", TO, Amount.gem(amount))
    assert (await miner.earnings.quote_send("wallet", TO, Amount.gem("4.99"))).arrives == Amount.gem("4.99")
    with pytest.raises(NothingToDo):
        await miner.earnings.quote_send("channel", TO, Amount.gem("1"))


@pytest.mark.parametrize("again", [True, pytest.param(False, marks=pytest.mark.long)])
async def test_a_relayer_that_says_no_and_carries_it_out_later_pays_once(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """`again` False is the control: with another nonce both signatures are carried out."""
    miner = await _rich(live, opened)
    relay = live.server.app.state.context.transfers
    real = relay.send
    kept: list[tuple[str, Any]] = []

    async def says_no(me: str, body: object) -> dict[str, str]:
        kept.append((me, body))
        raise BadTransfer("No.")

    if not again:

        async def fresh(_self: Transfers, _quote: SendQuote) -> None:
            return None

        monkeypatch.setattr(Transfers, "_failed_nonce", fresh)
    quote = await miner.earnings.quote_send("wallet", TO, Amount.gem("1"))
    relay.send = says_no
    with pytest.raises(GemsError):
        await miner.earnings.send(quote)
    assert await _state(miner) == ["FAILED"]
    relay.send = real
    await miner.earnings.send(replace(quote, until=quote.until + 1))  # the person tries again
    await _arrived(live, miner)
    with contextlib.suppress(Refusal):
        await relay.send(*kept[0])
    await _arrived(live, miner)
    assert await live.chain.gem_balance(TO) == (UNIT if again else 2 * UNIT)
