# SPDX-License-Identifier: Apache-2.0
"""What may still be downloaded now: today's megabytes, the kind of network, the room on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gems_desktop.services import meter
from gems_desktop.services.context import Context
from gems_desktop.services.errors import MediaDoesNotFit, NoRoom, PlatformLied, PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.going import Going
from gems_desktop.services.ports import Tx
from gems_desktop.services.queue import BYTES_A_TASK, DISK, MEGABYTE, MEGABYTES, METERED, Limits, room_for
from gems_desktop.services.records import ItemRecord
from gems_desktop.services.settings import chosen
from gems_desktop.services.traffic import traffic_for
from gems_protocol.errors import GemsError


def limits_of(tx: Tx) -> Limits:
    """What the person allows, from the options."""
    options = chosen(tx)
    return Limits(
        keep=options.get("keep_working", False),
        days=options.get("days_of_work", 2),
        bytes_a_day=options.get("megabytes_per_day", 100) * MEGABYTE,
        metered=options.get("metered", False),
    )


def says_counted(tx: Tx) -> bool:
    """Whether the person says that this network counts megabytes."""
    return bool(chosen(tx).get("counts_megabytes", False))


class Budget:
    """The budget of one profile. waiting: bytes of files that did not fit the last time; why: the reason's code.

    going: how far the files are that come now.
    """

    def __init__(self, context: Context) -> None:
        self._c = context
        self.going = Going(context.clock.monotonic)
        self.waiting = 0
        self.why = ""

    def counted(self, said: bool) -> bool:
        """Whether the network counts megabytes; what nobody knows does not."""
        return said or self._c.machine.metered() is True

    async def left(self) -> tuple[int, str]:
        """(Bytes that may be downloaded now, why not more: a code of `services/queue.py`)."""
        traffic = self._c.platform.take_traffic()
        today = meter.day_of(self._c.clock.now())

        def work(tx: Tx) -> tuple[Limits, int, bool]:
            meter.count(tx, today, traffic)
            return limits_of(tx), meter.bytes_on(tx, today), says_counted(tx)

        limits, used, said = await self._c.store.run(work)
        if self.counted(said) and not limits.metered:
            return 0, METERED
        return max(0, limits.bytes_a_day - used), MEGABYTES

    async def fetch(self, items: Iterable[ItemRecord]) -> None:
        """Have the files of these items here, in their order, as far as the budget goes; the rest waits.

        A file that is wrong or missing at the platform keeps no other one back: it is raised at the end.
        """
        missing = [
            (item.campaign_id, entry["sha256"], entry["size"])
            for item in items
            for entry in json.loads(item.media)
            if not self._c.media.has(entry["sha256"])
        ]
        waiting, why, here = 0, "", 0
        fault: GemsError | None = None
        left, reason = await self.left() if missing else (0, "")
        self.going.begin(len(missing), sum(size for *_, size in missing))
        try:
            for at, (campaign_id, sha256, size) in enumerate(missing):
                if self.going.move(at, here):
                    self._c.publish(Topic.CONNECTION)
                here += size
                if self._c.media.has(sha256):
                    continue  # of another task too
                if size > left:
                    waiting, why = waiting + size, reason
                elif not room_for(size, self._c.machine.free_bytes()):
                    waiting, why = waiting + size, DISK
                else:
                    fault = await self._one(campaign_id, sha256, size) or fault
                    left -= size
        finally:
            self.going.end()
        self.waiting, self.why = waiting, why
        if fault is not None:
            raise fault

    async def _one(self, campaign_id: str, sha256: str, size: int) -> GemsError | None:
        try:
            with traffic_for(campaign_id):
                await self._c.media.ensure(sha256, size)
        except (MediaDoesNotFit, PlatformLied, PlatformRefused) as error:
            return error
        return None

    def check_room(self, tasks: int, media_bytes_per_task: int) -> None:
        """Raise NoRoom, before anything is leased, unless the disk takes so many tasks and keeps what it needs."""
        if not room_for(tasks * (media_bytes_per_task + BYTES_A_TASK), self._c.machine.free_bytes()):
            raise NoRoom
