# SPDX-License-Identifier: Apache-2.0
"""Rates of a test's own: nothing is chosen until a test or the window chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_rates import RateFacts
from gems_protocol.rate import Rate, checked_code, parse
from tests.helpers.fake_work import Part

if TYPE_CHECKING:
    from tests.helpers.fake_session import FakeSession

NOW = 1_790_000_000


def rate(code: str = "KES", per_gem: str = "12.50", source: str = "market of the day") -> Rate:
    return Rate(code, parse(per_gem), source, NOW - 3 * 3_600)


class FakeRates(Part):
    """Rates in memory; `state` is what the platform says and what is chosen."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = RateFacts(platform="Gems practice")

    def say(self, *rates: Rate, currency: str = "", age_s: int = 3 * 3_600) -> None:
        """The platform says these, and this currency is chosen."""
        self._set(
            replace(
                self.state,
                offered=rates,
                currency=currency,
                rate=next((one for one in rates if one.code == currency), None),
                age_s=age_s,
                old=age_s > 7 * 86_400,
            )
        )

    def _set(self, state: RateFacts) -> RateFacts:
        self.state = state
        self.owner.publish(Topic.SETTINGS)
        return state

    async def facts(self) -> RateFacts:
        return self.state

    async def choose(self, currency: str) -> RateFacts:
        self.asked("rates.choose", currency)
        found = next((one for one in self.state.offered if one.code == currency), None)
        code = checked_code(currency) if currency else ""
        return self._set(replace(self.state, currency=code, rate=found, mine=None, own=False))

    async def keep_own(self, per_gem: str) -> RateFacts:
        self.asked("rates.keep_own", per_gem)
        if not per_gem:
            return await self.choose(self.state.currency)
        mine = Rate(checked_code(self.state.currency), parse(per_gem), "me", NOW)
        return self._set(replace(self.state, mine=mine, rate=mine, own=True, age_s=0, old=False))

    async def look(self) -> None:
        self.asked("rates.look")
