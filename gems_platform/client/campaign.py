# SPDX-License-Identifier: Apache-2.0
"""One campaign of a requester: how it stands, its results as they come, and what its requester can do about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from gems_platform.client.progress import Progress, progress_of
from gems_platform.client.requesting import objections
from gems_platform.client.requesting.objections import Held
from gems_platform.client.requesting.readings import agreement
from gems_platform.client.requesting.requester import Requester
from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.reaching import Offline, PlatformLied
from gems_protocol.requester import ASPECTS

EVERY_S = 5.0
LONGEST_S = 60.0  # between two tries when the platform is away
_SETTLED = frozenset(("accepted", "paid", "answered", "cancelled", "exhausted"))


@dataclass(frozen=True, slots=True)
class Result:
    """One task. answer: what stands, in Label Studio's form; None without one. agreement: "3 of 3 agreed".

    votes: the verifiers' as the platform tells them. adopted: whether the verifiers' answer stands.
    """

    index: int
    state: str
    answer: Any
    adopted: bool
    attempts: int
    votes: tuple[Mapping[str, Any], ...]
    agreement: str

    @property
    def is_settled(self) -> bool:
        """Whether its answer can be used: only an objection could change it."""
        return self.state in _SETTLED


@dataclass(frozen=True, slots=True)
class Rating:
    """How workers rate one aspect: `good` of `count` gave 4 or 5, `lower` bounds that share; median 0 of none."""

    count: int
    good: int
    lower: float
    median: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign by its id. Methods raise Offline, PlatformRefused, PlatformLied; what pays, ChainUnreachable too."""

    requester: Requester
    id: str

    async def terms(self) -> Terms:
        """What was signed, checked against the id."""
        return await self.requester.terms(self.id)

    async def progress(self) -> Progress:
        """How it stands now."""
        return progress_of(await self.requester.platform.get(f"/v1/campaigns/{self.id}/progress"))

    async def watch(
        self, every_s: float = EVERY_S, *, patiently: bool = True
    ) -> AsyncIterator[Progress | Offline]:
        """How it stands, again and again, until it is over.

        patiently: while the platform cannot be reached the fault itself is yielded, and it is tried again, at longer
        and longer intervals; else Offline is raised.
        """
        wait = every_s
        while True:
            try:
                found = await self.progress()
            except Offline as error:
                if not patiently:
                    raise
                yield error
                await asyncio.sleep(wait)
                wait = min(LONGEST_S, wait * 2)
                continue
            wait = every_s
            yield found
            if found.is_over:
                return
            await asyncio.sleep(every_s)

    async def results(self, after: int = -1) -> AsyncIterator[Result]:
        """Every task with an index above `after`, in order, a page at a time."""
        while True:
            page = await self.requester.platform.get(f"/v1/campaigns/{self.id}/results?after={after}")
            if not page["results"]:
                return
            if page["last"] <= after:
                raise PlatformLied("its list of results goes in circles.")
            for row in page["results"]:
                yield result_of(row)
            after = page["last"]

    async def follow(self, every_s: float = EVERY_S) -> AsyncIterator[Result]:
        """Each task once, when its answer can be used, until the campaign is over; a dropped line is waited out."""
        seen, first = set[int](), 0
        async for progress in self.watch(every_s):
            if isinstance(progress, Offline) or progress.done <= len(seen):
                continue
            async for row in self.results(first - 1):
                if row.is_settled and row.index not in seen:
                    seen.add(row.index)
                    yield row
            while first in seen:
                first += 1

    async def held(self) -> list[Held]:
        """Accepted work that can still be objected to."""
        return await objections.held(self.requester, self.id)

    async def appeal(self, index: int, reason: str) -> int:
        """Have others judge task `index` again; Unix time by which they do. Raises NotHeld."""
        item = await objections.find_held(self.requester, self.id, index)
        return await objections.appeal(self.requester, self.id, item, reason)

    async def commission(self, index: int, fee: Amount) -> int:
        """Have two strangers judge task `index` for `fee`; Unix time by which they do. Raises NotHeld."""
        item = await objections.find_held(self.requester, self.id, index)
        return await objections.commission(self.requester, self.id, item, fee)

    async def ratings(self) -> dict[str, Rating]:
        """How workers rate it: pay, clarity, speed, fairness."""
        value = (await self.requester.platform.get(f"/v1/campaigns/{self.id}/ratings"))["ratings"]
        try:
            return {
                name: Rating(
                    int(value[name]["count"]),
                    int(value[name]["good"]),
                    float(value[name]["lower"]),
                    int(value[name]["median"]),
                )
                for name in ASPECTS
            }
        except (KeyError, TypeError, ValueError) as error:
            raise PlatformLied("its ratings are malformed.") from error

    async def pay(self) -> Amount:
        """Sign for the work that was judged so far; what was signed for in all. Raises BillRefused, BillsNotKept."""
        return Amount(await self.requester.pay(self.id))

    async def cancel(self) -> None:
        """No new leases; what was submitted is judged and paid."""
        await self.requester.cancel(self.id)


def result_of(row: Mapping[str, Any]) -> Result:
    """A row of the platform's results as a value; raises PlatformLied."""
    try:
        return Result(
            int(row["index"]),
            str(row["state"]),
            row["answer"],
            bool(row["adopted"]),
            int(row["attempts"]),
            tuple(row["votes"]),
            agreement(row).text(),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PlatformLied("a row of its results is malformed.") from error
