# SPDX-License-Identifier: Apache-2.0
"""People who react to what pays: each way of working is judged by what it lately earned everybody who tried it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.verification.market.people import Person, Way

REVISE = 0.3  # chance that somebody thinks again
TRY = 0.1  # chance that whoever does tries something at random
MEMORY = 0.7  # what is kept of older earnings at each look


class Learning:
    """The earnings per unit of work of each way, pooled, and the choices that follow from them."""

    def __init__(self, people: Sequence[Person], chance: random.Random) -> None:
        self.people, self.chance = people, chance
        self.books = {way: [0.0, 0.0] for way in Way}

    def revise(self) -> None:
        """Everybody may change to what pays best, or try something; identities stay."""
        if not self.people:
            return
        for books in self.books.values():
            books[0] *= MEMORY
            books[1] *= MEMORY
        for one in self.people:
            for way, (net, units) in one.by_way.items():
                self.books[way][0] += net
                self.books[way][1] += units
            one.by_way.clear()
        tried = {way: net / units for way, (net, units) in self.books.items() if units >= 1}
        best = max(tried, key=tried.__getitem__) if tried else Way.HONEST
        for one in self.people:
            if self.chance.random() < REVISE:
                one.way = self.chance.choice(list(Way)) if self.chance.random() < TRY else best

    def shares(self) -> dict[str, float]:
        """How many of them work in which way now."""
        whole = len(self.people)
        return {way.value: sum(one.way is way for one in self.people) / whole for way in Way} if whole else {}
