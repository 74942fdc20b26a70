# SPDX-License-Identifier: Apache-2.0
"""Keeps what the platform says, and what its user says, that one GEM is worth; nothing signed ever holds it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_rates import RateFacts
from gems_desktop.services.ports import Tx
from gems_protocol.errors import GemsError
from gems_protocol.rate import OLD_S, OVER_S, MalformedRate, Rate, checked_code, parse

SAID, CHOSEN = "rates_said", "rates_chosen"
DAILY_S, AGAIN_S = 86_400, 3_600
_AHEAD_S = 3_600  # clocks differ; what is said for later than that is not believed
_MOST = 400  # there are fewer currencies
_SOURCE_HERE = "me"


class RatesService:
    """Implements Rates."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def facts(self) -> RateFacts:
        """See Rates."""
        now, name = self._c.platform.time(), self._c.network.name
        return await self._c.store.run(lambda tx: rate_facts(tx, now, name))

    async def choose(self, currency: str) -> RateFacts:
        """See Rates."""
        code = checked_code(currency) if currency else ""
        await self._keep(lambda kept: {**kept, "currency": code})
        return await self.facts()

    async def keep_own(self, per_gem: str) -> RateFacts:
        """See Rates; raises MalformedRate also when no currency is chosen."""
        code = (await self.facts()).currency
        own = (
            Rate(checked_code(code), parse(per_gem), _SOURCE_HERE, self._c.platform.time())
            if per_gem
            else None
        )
        await self._keep(lambda kept: {**kept, "own": own.to_json() if own else None})
        return await self.facts()

    async def _keep(self, change: Any) -> None:
        await self._c.store.run(lambda tx: set_value(tx, CHOSEN, change(get_value(tx, CHOSEN, {}))))
        self._c.publish(Topic.SETTINGS)

    async def look(self) -> None:
        """See Rates."""
        with suppress(GemsError):
            await ask(self._c, AGAIN_S)


async def ask(context: Context, after_s: int = DAILY_S) -> None:
    """Ask the platform when that was not done for so long. A platform that says nothing of rates has none.

    Raises what a question to the platform raises, but never because of what a rate says.
    """
    now = context.platform.time()
    kept = await context.store.run(lambda tx: get_value(tx, SAID, {}))
    if 0 <= now - kept.get("asked_at", 0) < after_s:
        return
    try:
        said = await context.platform.get("/v1/rates", token=False)
    except PlatformRefused:
        said = None
    fresh = {"asked_at": now, "rates": [rate.to_json() for rate in believed(said, now)]}
    await context.store.run(lambda tx: set_value(tx, SAID, fresh))
    if fresh["rates"] or kept.get("rates"):
        context.publish(Topic.SETTINGS)


def believed(said: Any, now: int) -> list[Rate]:
    """The well-formed rates in an answer, the first of each currency; whatever else it holds is left out."""
    rows = said.get("rates") if isinstance(said, dict) else None
    found: dict[str, Rate] = {}
    for row in rows[:_MOST] if isinstance(rows, list) else []:
        with suppress(MalformedRate):
            rate = Rate.from_json(row)
            if rate.at <= now + _AHEAD_S:
                found.setdefault(rate.code, rate)
    return sorted(found.values(), key=lambda rate: rate.code)


def rate_facts(tx: Tx, now: int, platform: str) -> RateFacts:
    """What counts at `now`: my own rate before the platform's, and neither once it is over."""
    chosen = get_value(tx, CHOSEN, {})
    currency = chosen.get("currency", "")
    young = [rate for rate in _kept(get_value(tx, SAID, {}).get("rates", [])) if now - rate.at <= OVER_S]
    mine = next((rate for rate in _kept([chosen.get("own")]) if rate.code == currency), None)
    own = mine if mine is not None and now - mine.at <= OVER_S else None
    rate = own or next((rate for rate in young if rate.code == currency), None)
    age = max(0, now - rate.at) if rate is not None else 0
    return RateFacts(currency, rate, own is not None, mine, tuple(young), platform, age, age > OLD_S)


def _kept(rows: list[Any]) -> list[Rate]:
    return [Rate.from_json(row) for row in rows if row is not None]
