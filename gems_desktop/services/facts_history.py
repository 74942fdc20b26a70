# SPDX-License-Identifier: Apache-2.0
"""Which movements of the history somebody wants to see, and their sums."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gems_desktop.services.facts_why import LedgerLine
from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which movements: of these kinds (none: of all), from `since` to before `until` (0: without end)."""

    kinds: tuple[str, ...] = ()
    since: int = 0
    until: int = 0

    def takes(self, line: LedgerLine) -> bool:
        """Whether a movement is among them."""
        return (not self.kinds or line.what in self.kinds) and self.since <= line.at


ALL = Chosen()
EARNED = ("reward", "review_pay", "former_pay")


@dataclass(frozen=True, slots=True)
class Sum:
    """Movements of one name: pay, stakes and bonds put up and back, what came to the wallet or left it; how many
    movements, and how many of them were pay."""

    name: str
    earned: Amount = ZERO
    stakes: Amount = ZERO
    wallet: Amount = ZERO
    count: int = 0
    paid_for: int = 0

    def plus(self, line: LedgerLine) -> Sum:
        """With one movement more; the relayer's fee of a claim never came, so it is in none of the three."""
        count = self.count + 1
        if line.what in EARNED:
            return replace(self, earned=self.earned + line.amount, count=count, paid_for=self.paid_for + 1)
        if line.pocket == "wallet":
            return replace(self, wallet=self.wallet + line.amount, count=count)
        stakes = ZERO if line.pocket == "fee" else line.amount
        return replace(self, stakes=self.stakes + stakes, count=count)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of the chosen movements by kind and by pocket; a movement counts in each.

    requesters (by address, "" for what is of no campaign), days (UTC) and kinds: tables of the same movements.
    """

    by_kind: tuple[tuple[str, Amount], ...]
    by_pocket: tuple[tuple[str, Amount], ...]
    requesters: tuple[Sum, ...] = ()
    days: tuple[Sum, ...] = ()
    kinds: tuple[Sum, ...] = ()
