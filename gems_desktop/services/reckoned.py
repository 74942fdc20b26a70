# SPDX-License-Identifier: Apache-2.0
"""The part of a session's earnings that is reckoned: sums by day, requester and kind, and what an hour brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from gems_desktop.services.facts_history import ALL, Chosen, Totals
from gems_desktop.services.facts_wage import WageFacts


class Reckoned(Protocol):
    """Of Earnings: sums and the wage per hour."""

    async def totals(self, chosen: Chosen = ALL) -> Totals:
        """Sums of the chosen movements by day, campaign, requester, kind and pocket."""
        ...

    async def wage(self) -> WageFacts:
        """The last days of work with the pay for it and the time of the window, paid and unpaid."""
        ...

    async def keep_time(self, spent: Mapping[str, int]) -> None:
        """Write down milliseconds of today in which the window was in use, by task; "" for none."""
        ...
