# SPDX-License-Identifier: Apache-2.0
"""The chain's node is away, slow, or answers errors, while two processes serve: what needs no chain goes on, what
does is told so and succeeds when it is asked again, and nothing is sent twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from gems_platform.app import Server, serve
from gems_platform.channels.chain import Chain
from gems_platform.channels.sending_tables import IntentRow
from gems_platform.db import Contended
from gems_platform.errors import ChainDown
from gems_protocol.amount import Amount
from tests.anvil.nodes import Line
from tests.faults.fleet_books import wrong
from tests.platform.api import Person, Refused
from tests.platform.claiming import claim_body
from tests.platform.conftest import HandClock, key
from tests.platform.world import World, world

_AWAY = (ChainDown, Contended)


@dataclass
class Pair:
    """One world, a second process on its store, and the line by which both ask the chain's node."""

    world: World
    http: aiohttp.ClientSession
    other: Server
    line: Line

    def person(self, name: str, at_other: bool) -> Person:
        url = self.other.url if at_other else self.world.server.url
        return Person(self.http, url, self.world.settings, key(name))

    async def ticks(self, count: int = 1) -> list[str]:
        """Both processes do what is due at the same time, so often; what was in the way at last."""
        found: list[BaseException | None] = []
        for _ in range(count):
            found = await asyncio.gather(
                *(one.app.state.ticker.tick() for one in (self.world.server, self.other)),
                return_exceptions=True,
            )
            assert all(one is None or isinstance(one, _AWAY) for one in found), found
        return [type(one).__name__ for one in found if one is not None]

    def intents(self) -> list[IntentRow]:
        with self.world.server.app.state.context.db.read() as session:
            return list(session.query(IntentRow).order_by(IntentRow.id))

    def deposited(self) -> int:
        return sum(one.name == "deposit" for one in self.intents())

    async def earned(self, who: Person, count: int = 2) -> None:
        campaign = await self.world.campaign(count)
        await who.post("/v1/channel", {})
        await self.world.work(who, campaign, count)
        for number in range(2):
            await self.world.review(await self.world.person(f"verifier {number}"), count)
        await self.ticks(2)


@asynccontextmanager
async def paired(folder: Path, **changes: Any) -> AsyncIterator[Pair]:
    lines: list[Line] = []

    async def between(url: str) -> str:
        lines.append(Line(SimpleNamespace(port=int(url.rpartition(":")[2]))))
        await lines[0].start()
        return lines[0].url

    clock = HandClock()
    async with world(folder, clock, line=between, **{"block_wait_s": 0.5, **changes}) as live:
        # the same public address, as behind a proxy: what is signed for one is good for the other
        other = await serve(replace(live.settings), clock=clock, ticking=False)
        async with aiohttp.ClientSession(headers={"Host": live.settings.siwe_domain}) as http:
            yield Pair(live, http, other, lines[0])
        await other.close()
    await lines[0].stop()


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    async with paired(tmp_path) as made:
        yield made


async def _refused(what: Any) -> str:
    with pytest.raises(Refused) as found:
        await what
    assert found.value.error["safe"] and found.value.error["action"]
    return f"{found.value.status} {found.value.code} {found.value.error['retryable']}"


AWAY = "503 chain_unavailable True"


@pytest.mark.long
async def test_work_goes_on_without_a_node_and_money_follows_once_it_is_back(pair: Pair) -> None:
    live = pair.world
    anna, ben = await pair.person("anna", False).sign_in(), await pair.person("ben", True).sign_in()
    await pair.earned(anna)
    campaign = await live.campaign(4)
    body = await claim_body(pair.world, anna)
    sent = pair.deposited()
    pair.line.down = True
    assert await _refused(anna.post("/v1/relay/claims", body)) == AWAY
    assert await _refused(ben.post("/v1/channel", {})) == AWAY
    await live.work(anna, campaign, 2)
    assert await live.review(await pair.person("verifier 0", True).sign_in(), 2) == 2
    assert await live.review(await pair.person("verifier 1", False).sign_in(), 2) == 2
    assert await pair.ticks(2) == ["ChainDown", "ChainDown"]
    paid = (await anna.get("/v1/channel"))["voucher"]["message"]["paid"]
    assert int(paid) == Amount.gem("2.00").units  # both campaigns: vouchers need no chain
    pair.line.down = False
    both = await asyncio.gather(
        anna.post("/v1/relay/claims", body),
        pair.person("anna", True).sign_in(),
        ben.post("/v1/channel", {}),
    )
    again = await both[1].post("/v1/relay/claims", body)  # and at the other process
    assert again["claim_id"] == both[0]["claim_id"]
    await pair.ticks(3)
    assert pair.deposited() == sent + 1
    names = Counter(one.name for one in pair.intents())
    assert names[f"claim:{again['claim_id']}"] == 1
    fee = live.settings.relay_fee
    assert await live.chain.gem_balance(anna.address) == Amount.gem("1.00").units - fee
    with live.server.app.state.context.db.read() as session:
        assert wrong(session) == []


async def test_a_node_that_answers_errors_refuses_nothing_in_a_contracts_name(pair: Pair) -> None:
    """Only what says so is a contract's refusal; before, a claim failed for good when its node had no state."""
    anna = await pair.person("anna", False).sign_in()
    await pair.earned(anna)
    body = await claim_body(pair.world, anna)
    for methods in (("*",), ("eth_call",), ("eth_estimateGas",), ("eth_sendRawTransaction",)):
        pair.line.refuses = methods
        assert await _refused(anna.post("/v1/relay/claims", body)) == AWAY, methods
    pair.line.refuses = ()
    claim = await anna.post("/v1/relay/claims", body)
    await pair.ticks(2)
    assert (await anna.get(f"/v1/relay/claims/{claim['claim_id']}"))["state"] == "confirmed"
    fee = pair.world.settings.relay_fee
    assert await pair.world.chain.gem_balance(anna.address) == Amount.gem("1.00").units - fee


@pytest.mark.long
@pytest.mark.parametrize("reads", [True, False], ids=["", "control: what is there is not read again"])
async def test_a_deposit_that_could_not_be_read_is_not_made_again(
    pair: Pair, reads: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in a block that counts, and the node fails where the channel is read: it looks as if there were none."""
    anna = await pair.person("anna", False).sign_in()
    await (await pair.world.person("ben")).post("/v1/channel", {})  # the approval is there
    before, contexts = pair.deposited(), [one.app.state.context for one in (pair.world.server, pair.other)]
    chain = contexts[0].chain
    sent: list[str] = []

    async def notes(raw: str) -> None:
        sent.append(raw)
        await Chain.broadcast(chain, raw)

    async def fails(*args: Any, **more: Any) -> Any:
        if sent:
            raise ChainDown("The node has no state.")
        return await Chain.channel(chain, *args, **more)

    async def nothing(*_args: Any) -> None:
        """The control."""

    with monkeypatch.context() as patch:
        for context in contexts:
            patch.setattr(context.chain, "broadcast", notes)
            patch.setattr(context.chain, "channel", fails)
            if not reads:
                patch.setattr(context.treasury, "watch_channels", nothing)
        if reads:
            assert await _refused(anna.post("/v1/channel", {})) == AWAY
        else:
            await anna.post("/v1/channel", {})
        await pair.ticks(3)
    assert (pair.deposited() == before + 1) is reads
    await pair.ticks(2)
    opened = await anna.post("/v1/channel", {})
    assert (int(opened["deposit"]) == pair.world.settings.channel_deposit) is reads


@pytest.mark.long
async def test_a_slow_node_holds_up_only_who_asks_it(pair: Pair) -> None:
    live = pair.world
    anna, ben = await pair.person("anna", False).sign_in(), await pair.person("ben", False).sign_in()
    await pair.earned(anna)
    campaign, body = await live.campaign(2), await claim_body(live, anna)
    pair.line.slow_s = 0.6
    claim = asyncio.create_task(anna.post("/v1/relay/claims", body))
    await live.work(ben, campaign, 2)
    assert (await ben.get(f"/v1/campaigns/{campaign}"))["tasks_open"] == 0
    assert not claim.done()
    pair.line.slow_s = 0.0
    assert (await claim)["state"] in ("sent", "confirmed")


@pytest.mark.long
async def test_both_open_and_claim_for_the_same_people_at_once(pair: Pair) -> None:
    """The same requests at both processes, and both tick: each deposit and each claim is sent once."""
    people = [f"worker {number}" for number in range(3)]
    at = {name: [await pair.person(name, place).sign_in() for place in (False, True)] for name in people}
    await asyncio.gather(
        *(one.post("/v1/channel", {}) for both in at.values() for one in both), pair.ticks(), pair.ticks(),
        return_exceptions=True,
    )  # fmt: skip
    await pair.ticks(2)
    deposit = pair.world.settings.channel_deposit
    for both in at.values():
        assert int((await both[0].post("/v1/channel", {}))["deposit"]) == deposit
    asked = [who for one in pair.intents() if one.name == "deposit" for who in one.about.split()]
    assert sorted(asked) == sorted(both[0].address for both in at.values())
    nonces = Counter((one.sender, one.nonce) for one in pair.intents())
    assert set(nonces.values()) == {1}
