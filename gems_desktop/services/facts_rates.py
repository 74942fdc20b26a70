# SPDX-License-Identifier: Apache-2.0
"""What GEM is worth in the currency that a person thinks in: for reading only, beside amounts in GEM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gems_protocol.rate import Rate


@dataclass(frozen=True, slots=True)
class RateFacts:
    """currency: the chosen one, "" for none. rate: what counts for it now; None where nothing young enough is known.

    own: `rate` was typed here. mine: what was typed for the chosen currency, also when it is over. offered: what the
    platform called `platform` says and is not over. age_s: of `rate`. old: it is older than seven days.
    """

    currency: str = ""
    rate: Rate | None = None
    own: bool = False
    mine: Rate | None = None
    offered: tuple[Rate, ...] = ()
    platform: str = ""
    age_s: int = 0
    old: bool = False


class Rates(Protocol):
    """Rates of this profile."""

    async def facts(self) -> RateFacts: ...
    async def choose(self, currency: str) -> RateFacts:
        """Show amounts in this currency too, "" in none; raises MalformedRate and changes nothing then."""
        ...

    async def keep_own(self, per_gem: str) -> RateFacts:
        """What one GEM is worth in the chosen currency as I say it, a plain decimal number; "" forgets it.

        Raises MalformedRate and changes nothing then.
        """
        ...

    async def look(self) -> None:
        """Ask the platform if it was not asked in the last hour; what cannot be asked is left as it is."""
        ...
