# SPDX-License-Identifier: Apache-2.0
"""A small crowd that works at a bounded rate: answers, reviews, claims now and then, and open event streams."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp

from gems_protocol.amount import Amount
from gems_protocol.messages import Spend
from tests.helpers.stubborn import Stubborn
from tests.platform.api import Refused
from tests.platform.claiming import claim_body
from tests.platform.conftest import key
from tests.platform.world import World

BATCH, REVIEWED = 20, 40  # answers and votes in one request
#: Three batches of each verifier hold more seats than three of each miner need: else all could wait for each other.
MINERS, VERIFIERS, STREAMS = 8, 12, 4
PATIENCE_S = 900.0  # a machine that others use, too, may be slow; how slow is told
CLAIM_S, SPEND_S, STATUS_S = 300.0, 30.0, 15.0
STOCK = 2000  # tasks of a campaign,
LOW = 400  # and how few open ones bring the next
_RICH: dict[str, Any] = {"mr": Amount.gem("0.05"), "floor": Amount.gem("0.01")}


@dataclass
class Tally:
    """What was done, and what was answered instead of it by code."""

    answers: int = 0
    votes: int = 0
    claims: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    again: int = 0  # requests that were cut off, or answered that the store or the chain is away


class Crowd:
    """People on `live`, whose platform is asked through its proxy."""

    def __init__(self, live: World, rate: float) -> None:
        """rate: answers a second of all together."""
        self._live, self._rate, self.tally = live, rate, Tally()
        self._campaigns: list[str] = []
        self._people: list[Stubborn] = []
        self._requester = self._person("requester")

    def _person(self, name: str) -> Stubborn:
        found = Stubborn(self._live.http, self._live.server.url, self._live.settings, key(name))
        found.patience = PATIENCE_S
        self._people.append(found)
        return found

    async def run(self) -> None:
        """Work until cancelled."""
        self._campaigns = [await self._live.campaign(STOCK, **_RICH)]
        miners = [self._person(f"miner {number}") for number in range(MINERS)]
        verifiers = [self._person(f"verifier {number}") for number in range(VERIFIERS)]
        for who in (*miners, *verifiers):
            await who.sign_in()
            await who.post("/v1/channel", {})
        each = MINERS * BATCH / self._rate
        voting = VERIFIERS * REVIEWED / (2 * self._rate)
        async with asyncio.TaskGroup() as group:
            for place, who in enumerate(miners):
                group.create_task(self._again(each, place / MINERS, partial(self._mine, who)))
                group.create_task(self._again(CLAIM_S, (place + 1) / MINERS, partial(self._claim, who)))
            for place, who in enumerate(verifiers):
                group.create_task(self._again(voting, place / VERIFIERS, partial(self._review, who)))
            group.create_task(self._again(SPEND_S, 1.0, self._spend))
            group.create_task(self._again(STATUS_S, 0.5, self._look))
            for who in miners[:STREAMS]:
                group.create_task(self._listen(who))

    async def _again(self, every: float, first: float, act: Callable[[], Awaitable[None]]) -> None:
        """`act` every so many seconds, from `first` of that on; a refusal is counted and no more."""
        due = time.monotonic() + every * first
        while True:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due = max(due + every, time.monotonic())
            began = time.monotonic()
            try:
                await act()
            except Refused as error:
                self.tally.refused[error.code] += 1
            self.tally.again = sum(one.again for one in self._people)
            self.tally.slowest = max(self.tally.slowest, time.monotonic() - began)

    async def _mine(self, who: Stubborn) -> None:
        self.tally.answers += len(await self._live.work(who, self._campaigns[-1], BATCH))

    async def _review(self, who: Stubborn) -> None:
        self.tally.votes += await self._live.review(who, REVIEWED)

    async def _claim(self, who: Stubborn) -> None:
        body = await claim_body(self._live, who)
        if body["voucher"] is not None:
            await who.post("/v1/relay/claims", body)
            self.tally.claims += 1

    async def _spend(self) -> None:
        requester = self._requester
        if not requester.token:
            await requester.sign_in()
        for campaign in self._campaigns[-2:]:
            due = await requester.get(f"/v1/campaigns/{campaign}/spend-due")
            message = Spend(bytes.fromhex(campaign[2:]), int(due["spent"]), int(due["seq"]) + 1)
            signature = message.sign(self._live.settings.campaigns_domain, requester.key)
            body: dict[str, Any] = {"message": message.to_json(), "signature": "0x" + signature.hex()}
            await requester.post(f"/v1/campaigns/{campaign}/spends", body)
        shown = await requester.get(f"/v1/campaigns/{self._campaigns[-1]}")
        if shown["tasks_open"] < LOW:
            self._campaigns.append(await self._live.campaign(STOCK, **_RICH))

    async def _look(self) -> None:
        for path in ("/status", "/metrics"):
            async with self._live.http.get(self._live.server.url + path) as answer:
                await answer.read()

    async def _listen(self, who: Stubborn) -> None:
        """An event stream, opened again when its token is over."""
        while True:
            await asyncio.sleep(1)
            try:
                async with self._live.http.get(
                    f"{who.url}/v1/events/stream",
                    headers={"Authorization": f"Bearer {who.token}"},
                    timeout=aiohttp.ClientTimeout(total=None, sock_read=60),
                ) as answer:
                    async for _line in answer.content:
                        pass
            except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError):
                continue
