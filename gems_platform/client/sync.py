# SPDX-License-Identifier: Apache-2.0
"""The same for programs and notebooks without an event loop of their own: each call waits for its answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from gems_platform.client.campaign import EVERY_S, Rating, Result
from gems_platform.client.campaign import Campaign as AsyncCampaign
from gems_platform.client.client import Client as AsyncClient
from gems_platform.client.floors import USUAL, Floor
from gems_platform.client.progress import Progress
from gems_platform.client.requesting.draft import Draft
from gems_platform.client.requesting.launching import Say
from gems_platform.client.requesting.objections import Held
from gems_platform.client.requesting.preview import Preview
from gems_protocol.amount import Amount
from gems_protocol.rate import Rate
from gems_protocol.reaching import Offline

T = TypeVar("T")


class _Loop:
    """An event loop in a thread of its own: a notebook's loop runs already, and must not be waited in."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="gems client", daemon=True)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work gives; an interrupted wait cancels it."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except KeyboardInterrupt:
            future.cancel()
            raise

    def each(self, found: AsyncIterator[T]) -> Iterator[T]:
        """The items as they come."""

        async def following() -> tuple[T, ...]:
            async for item in found:
                return (item,)
            return ()

        while item := self.wait(following()):
            yield item[0]

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Campaign:
    """See gems_platform.client.campaign.Campaign."""

    def __init__(self, loop: _Loop, inner: AsyncCampaign) -> None:
        self._loop, self._inner = loop, inner
        self.id = inner.id

    def progress(self) -> Progress:
        """How it stands now."""
        return self._loop.wait(self._inner.progress())

    def watch(self, every_s: float = EVERY_S) -> Iterator[Progress | Offline]:
        """How it stands, again and again, until it is over; Offline stands for a look that nobody answered."""
        return self._loop.each(self._inner.watch(every_s))

    def results(self, after: int = -1) -> Iterator[Result]:
        """Every task with an index above `after`, in order."""
        return self._loop.each(self._inner.results(after))

    def follow(self, every_s: float = EVERY_S) -> Iterator[Result]:
        """Each task once, when its answer can be used, until the campaign is over."""
        return self._loop.each(self._inner.follow(every_s))

    def held(self) -> list[Held]:
        """Accepted work that can still be objected to."""
        return self._loop.wait(self._inner.held())

    def appeal(self, index: int, reason: str) -> int:
        """Have others judge task `index` again; Unix time by which they do."""
        return self._loop.wait(self._inner.appeal(index, reason))

    def commission(self, index: int, fee: Amount) -> int:
        """Have two strangers judge task `index` for `fee`; Unix time by which they do."""
        return self._loop.wait(self._inner.commission(index, fee))

    def ratings(self) -> dict[str, Rating]:
        """How workers rate it: pay, clarity, speed, fairness."""
        return self._loop.wait(self._inner.ratings())

    def pay(self) -> Amount:
        """Sign for the work that was judged so far; what was signed for in all."""
        return self._loop.wait(self._inner.pay())

    def cancel(self) -> None:
        """No new leases; what was submitted is judged and paid."""
        self._loop.wait(self._inner.cancel())


class Client:
    """See gems_platform.client.client.Client; close it (`with`)."""

    def __init__(self, network: str | Path, key_file: str | Path, private: str | Path | None = None) -> None:
        self._inner = AsyncClient.open(network, key_file, private)
        self._loop = _Loop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._loop.wait(self._inner.close())
        self._loop.close()

    @property
    def address(self) -> str:
        """The requester's account, lowercase 0x-hex."""
        return self._inner.address

    def balance(self) -> Amount:
        """GEM of the account."""
        return self._loop.wait(self._inner.balance())

    def rates(self) -> list[Rate]:
        """What the operator says that a GEM is worth."""
        return self._loop.wait(self._inner.rates())

    def floor(self, text: str = USUAL) -> Floor:
        """An hourly floor such as "8" (GEM) or "10 USD"."""
        return self._loop.wait(self._inner.floor(text))

    def preview(self, draft: Draft, floor: Floor | None = None, seconds: int | None = None) -> Preview:
        """What a draft pays and costs, and what to think twice about; nothing is sent."""
        return self._inner.preview(draft, floor, seconds)

    def launch(self, draft: Draft, say: Say = lambda _: None, *, again: str = "") -> Campaign:
        """Upload, hand in, fund and wait until it is open; may be cut off anywhere and repeated. Moves money."""
        return Campaign(self._loop, self._loop.wait(self._inner.launch(draft, say, again=again)))

    def campaigns(self) -> list[Campaign]:
        """The requester's own campaigns that were funded, newest first."""
        return [Campaign(self._loop, one) for one in self._loop.wait(self._inner.campaigns())]

    def campaign(self, campaign_id: str) -> Campaign:
        """A campaign by its id (0x and 64 hex digits)."""
        return Campaign(self._loop, self._inner.campaign(campaign_id))

    def report(self, requester: str | None = None) -> dict[str, Any]:
        """What a requester's past says to workers; amounts in base units."""
        return self._loop.wait(self._inner.report(requester))
