# SPDX-License-Identifier: Apache-2.0
"""Copies of the newest voucher in other places: towers, a file; what is kept where is written down and shown."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from gems_desktop.services.channels import best_voucher, channel_record, load_channel
from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import Problem, SettingsFacts, Topic
from gems_desktop.services.facts_upkeep import CopyFacts
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CopyRecord
from gems_protocol.errors import GemsError

PLATFORM, FILE = "platform", "file"
_AGAIN_S = 600  # a place that could not be reached is tried again so much later


class Copies:
    """The copies of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._tried: dict[str, int] = {}

    async def keep_up(self, options: SettingsFacts) -> int:
        """Bring the newest voucher to every place that has an older one; how many places were reached."""
        found = await self._c.store.run(self._newest)
        if found is None:
            return 0
        seq, body = found
        places = [*options.towers, *([FILE] if options.voucher_folder else [])]
        kept = {record.place: record for record in await self._c.store.run(lambda tx: tx.find(CopyRecord))}
        reached = 0
        for place in places:
            old, now = kept.get(place), self._c.clock.now()
            if (old is not None and old.seq >= seq) or abs(
                now - self._tried.get(place, -_AGAIN_S)
            ) < _AGAIN_S:
                continue
            self._tried[place] = now
            try:
                if place == FILE:
                    await self._c.towers.write(options.voucher_folder, file_of(body))
                else:
                    await self._c.towers.keep(place, body)
            except GemsError as error:
                await self._note(
                    CopyRecord(place, old.seq if old else 0, old.at if old else 0, error.message)
                )
            else:
                await self._note(CopyRecord(place, seq, self._c.platform.time()))
                self._tried.pop(place)
                reached += 1
        return reached

    async def at_platform(self, seq: int) -> None:
        """The platform itself has shown this voucher."""
        old = await self._c.store.run(lambda tx: tx.get(CopyRecord, PLATFORM))
        if seq and (old is None or old.seq != seq):
            await self._note(CopyRecord(PLATFORM, seq, self._c.platform.time()))

    async def write(self, path: str) -> None:
        """Write the newest voucher to a file that the user chose; raises NothingToDo, DiskFull, StoreUnreadable."""
        found = await self._c.store.run(self._newest)
        if found is None:
            raise NothingToDo("There is no voucher yet.", action="Do some tasks first.")
        await self._c.towers.write_file(path, file_of(found[1]))

    async def _note(self, record: CopyRecord) -> None:
        await self._c.store.run(lambda tx: tx.put(record))
        self._c.publish(Topic.EARNINGS)

    def _newest(self, tx: Tx) -> tuple[int, dict[str, Any]] | None:
        """(Number, what a tower is told) of the newest voucher."""
        best, channel = best_voucher(tx), load_channel(tx)
        if best is None or channel is None or channel.voucher is None:
            return None
        voucher = {"message": channel.voucher.to_json(), "signature": best.signature}
        here = {"chain_id": str(self._c.network.chain_id), "contract": self._c.network.channels}
        return best.seq, {**here, "config": asdict(channel.config), "voucher": voucher}


def file_of(body: dict[str, Any]) -> bytes:
    """A voucher's file: exactly what a tower is told, so that anybody can bring it to one."""
    return json.dumps(body, indent=1, sort_keys=True).encode() + b"\n"


def copies(tx: Tx) -> tuple[CopyFacts, ...]:
    """Where copies are, the platform first."""
    best, channel = best_voucher(tx), channel_record(tx)
    newest = best.seq if best and channel else 0
    records = sorted(tx.find(CopyRecord), key=lambda record: (record.place != PLATFORM, record.place))
    return tuple(
        CopyFacts(one.place, one.seq, one.at, bool(newest) and one.seq >= newest, one.problem)
        for one in records
    )


def no_copy(kept: tuple[CopyFacts, ...], newest: int) -> Problem | None:
    """What to say when the newest voucher is on this computer alone."""
    if not newest or any(copy.newest for copy in kept):
        return None
    return Problem(
        "Your newest voucher is kept on this computer only.",
        "It is copied by itself as soon as there is a connection.",
        "Name a watch-tower or a folder in Settings to have copies elsewhere.",
        retryable=False,
    )
