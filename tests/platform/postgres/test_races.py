# SPDX-License-Identifier: Apache-2.0
"""One person who asks two platforms over one store at once for what there is once: it happens once."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import aiohttp
import pytest
from sqlalchemy import func, select

from gems_platform.accounts.tables import TokenRow
from gems_platform.app import serve
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.channels.sending_tables import IntentRow
from gems_platform.messaging.tables import MessageRow
from gems_platform.uploads.tables import UploadRow
from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment, ClaimAuth, Spend
from gems_protocol.siwe import sign_text
from tests.helpers.scaled import RealClock
from tests.platform.acts import ask, newcomer
from tests.platform.api import Person, Refused
from tests.platform.conftest import key
from tests.platform.drafts import draft
from tests.platform.test_abuse import about
from tests.platform.test_messages import says
from tests.platform.test_unbonding import _step
from tests.platform.test_uploads import begin
from tests.platform.world import BAD, GOOD, World, world


class Either:
    """Asks one of two platforms that have one store and one name, in turn, as a proxy before them would."""

    def __init__(self, http: aiohttp.ClientSession, one: str, other: str) -> None:
        self._http, self._one, self._urls = http, one, itertools.cycle((one, other))

    def request(self, method: str, url: str, *, headers: Mapping[str, str], **more: Any) -> Any:
        """See ClientSession.request."""
        told = {**headers, "Host": self._one.removeprefix("http://")}
        return self._http.request(
            method, next(self._urls) + url.removeprefix(self._one), headers=told, **more
        )


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[World]:
    clock: Any = RealClock()
    limits: dict[str, Any] = {"draft_limit": 3, "message_thread_limit": 3, "upload_count": 4}
    async with world(tmp_path, clock, **limits) as one:
        other = await serve(one.settings, clock=clock, ticking=False)
        one.http = cast(Any, Either(one.http, one.server.url, other.url))
        yield one
        await other.close()


async def _told(asking: Awaitable[Any]) -> Any:
    try:
        return await asking
    except Refused as refused:
        assert refused.status < 500 or refused.code == "store_unavailable", refused.error
        return refused.code


async def _at_once(asking: Iterable[Awaitable[Any]]) -> list[Any]:
    """What each is told; a code where it is refused."""
    return list(await asyncio.gather(*(_told(one) for one in asking)))


def _taken(told: list[Any]) -> list[Any]:
    return [one for one in told if not isinstance(one, str)]


def _count(live: World, table: type[Any], *where: Any) -> int:
    with live.server.app.state.context.db.read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


async def _sign_in_once(live: World) -> None:
    thief = Person(live.http, live.server.url, live.settings, key("nonce"))
    for _ in range(4):
        text = thief.sign_in_text(await thief.post("/v1/sign-in/nonce", {"address": thief.address}))
        body = {"message": text, "signature": "0x" + sign_text(text, thief.key).hex()}
        told = await _at_once(thief.post("/v1/sign-in", body) for _ in range(10))
        assert len(_taken(told)) == 1 and set(map(str, told)) - {"sign_in_refused"} == {str(_taken(told)[0])}
    assert _count(live, TokenRow, TokenRow.address == thief.address) == 4


async def _work_once(live: World, campaign: str, anna: Person) -> int:
    """One lease, one confirmation, one answer; the task's index."""
    body = {"request_id": "0x" + secrets.token_hex(32), "campaign_id": campaign, "count": 1}
    batches = _taken(await _at_once(anna.post("/v1/leases", body) for _ in range(6)))
    assert batches and all(one == batches[0] for one in batches)
    await live.confirm(anna, batches[0])
    given = Assignment.from_json(batches[0]["items"][0]["assignment"]["message"])
    name = "0x" + given.struct_hash().hex()
    bodies = [
        live.sealed(anna, batches[0]["batch_id"], [name], answer) for answer in (GOOD, BAD, GOOD, GOOD) * 2
    ]
    receipts = _taken(await _at_once(anna.post("/v1/submissions", one) for one in bodies))
    assert len(receipts) == 1
    return given.index


async def _vote_once(live: World, number: int) -> None:
    who = await live.person(f"verifier {number}")
    await live.release(who)
    batch = await who.post("/v1/reviews/leases", {"request_id": "0x" + secrets.token_hex(32), "count": 1})
    await live.confirm(who, batch)
    bodies = [live.votes(who, batch, accept) for accept in (True, False) * 4]
    told = await _at_once(who.post("/v1/votes", one) for one in bodies)
    accepted = {one["receipt"]["message"]["root"] for one in _taken(told)}
    assert len(accepted) == 1


async def _limits_hold(live: World, campaign: str, index: int, anna: Person) -> None:
    path = f"/v1/campaigns/{campaign}/tasks/{index}/messages"
    told = await _at_once(anna.post(path, says(f"Number {number}.")) for number in range(12))
    assert len(_taken(told)) == _count(live, MessageRow) == 3
    told = await _at_once(anna.post("/v1/reports", about(campaign_id=campaign)) for _ in range(6))
    assert len(_taken(told)) == 1
    clock: Any = RealClock()
    told = await _at_once(draft(anna, clock, [{"text": "x"}]) for _ in range(8))
    assert _count(live, CampaignRow, CampaignRow.state == "draft") == 3, Counter(map(str, told))
    names = [secrets.token_hex(32) for _ in range(12)]
    assert (
        Counter(one.status for one in await asyncio.gather(*(begin(anna, name, 10) for name in names)))[201]
        <= 4
    )
    assert _count(live, UploadRow) <= 4


async def _money_once(live: World, campaign: str, anna: Person) -> None:
    units = Amount.gem("0.25").units
    steps = [await _step(live, anna, units, 1), await _step(live, anna, units * 2, 1)]
    told = await _at_once(anna.post("/v1/channel/unbond", one) for one in steps * 4)
    assert len({one["amount"] for one in _taken(told)}) == 1
    channel = await anna.get("/v1/channel")
    assert channel["unbonded"] == 1 and channel["debited"] == _taken(told)[0]["debited"]
    requester = await live.person("requester")
    due = await requester.get(f"/v1/campaigns/{campaign}/spend-due")
    bodies = []
    for less in (0, 1, 2):
        message = Spend(bytes.fromhex(campaign[2:]), int(due["spent"]) - less, int(due["seq"]) + 1)
        signature = message.sign(live.settings.campaigns_domain, requester.key)
        bodies.append({"message": message.to_json(), "signature": "0x" + signature.hex()})
    told = await _at_once(requester.post(f"/v1/campaigns/{campaign}/spends", one) for one in bodies * 3)
    assert len({str(one) for one in _taken(told)}) == 1


def _claim(live: World, who: Person, channel: dict[str, Any], to: str) -> dict[str, Any]:
    name, relayer = bytes.fromhex(channel["channel_id"][2:]), live.settings.relayer
    auth = ClaimAuth(name, 0, to, relayer, live.settings.relay_fee, live.clock.at + 600)
    signature = "0x" + auth.sign(live.settings.channels_domain, who.key).hex()
    signed = {"message": auth.to_json(), "signature": signature}
    return {"config": channel["config"], "voucher": channel["voucher"], "auth": signed}


async def _claim_once(live: World, anna: Person) -> None:
    """Two claims over the same sum: the second would cost the relayer its gas."""
    channel = await anna.get("/v1/channel")
    bodies = [_claim(live, anna, channel, to) for to in (anna.address, "0x" + "77" * 20)]
    told = await _at_once(anna.post("/v1/relay/claims", one) for one in bodies * 4)
    assert len({one["claim_id"] for one in _taken(told)}) == 1, told
    assert _count(live, IntentRow, IntentRow.name.like("claim:%")) == 1


async def test_what_there_is_once_happens_once(live: World) -> None:
    await _sign_in_once(live)
    anna = await newcomer(live, "1.50")
    campaign = await live.campaign(1, mr=Amount.gem("2"))
    index = await _work_once(live, campaign, anna)
    await _limits_hold(live, campaign, index, anna)
    await ask(live, range(2), accept=True)
    await live.tick()
    await _money_once(live, campaign, anna)
    await _claim_once(live, anna)
    other = await live.campaign(1)
    await live.work(await live.person("ben"), other, 1)
    await _vote_once(live, 2)
