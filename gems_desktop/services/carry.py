# SPDX-License-Identifier: Apache-2.0
"""Work and news on a stick: everything unsent into one sealed file, its reply back in, and files of others sent."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

from gems_desktop.services.appeals import Appeals
from gems_desktop.services.carry_content import Unsent, content, unsent
from gems_desktop.services.carry_disk import read_bounded, write_whole
from gems_desktop.services.carry_errors import NoCarryKey
from gems_desktop.services.carry_key import known_key
from gems_desktop.services.carry_reply import Replies
from gems_desktop.services.carry_sending import send
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_carry import CarryFacts, CarryResult
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AppealRecord, CarryRecord, SealedRecord
from gems_desktop.services.sync import SyncService
from gems_desktop.services.sync_events import CURSOR
from gems_protocol import carry
from gems_protocol.keccak import keccak
from gems_protocol.messages import Carry

_KEPT = 20  # files whose replies can still be read


class CarryService:
    """Implements Carrying."""

    def __init__(self, context: Context, sync: SyncService, appeals: Appeals) -> None:
        self._c, self._sync, self._appeals = context, sync, appeals
        self._replies = Replies(context, appeals)

    async def facts(self) -> CarryFacts:
        """See Carrying."""
        now = self._c.platform.time()
        return await self._c.store.run(lambda tx: _facts(tx, unsent(tx), now))

    async def write(self, path: str) -> CarryFacts:
        """See Carrying."""
        async with self._sync.alone():
            found = await self._write(Path(path))
        self._c.publish(Topic.OUTBOX)
        return found

    async def _write(self, path: Path) -> CarryFacts:
        now = self._c.platform.time()
        key = await self._c.store.run(known_key)
        if key is None or key.until <= now:
            raise NoCarryKey(old=key is not None)
        found = await self._c.store.run(unsent)
        bodies, without = await self._appeals_of(found)
        found = replace(found, appeals=tuple(record for record, _ in bodies), left=found.left + without)
        packed = await asyncio.to_thread(carry.pack, content(found, bodies))
        private = self._c.random_id()
        seq = int(await self._c.store.run(lambda tx: get_value(tx, CURSOR, 0)))
        message = Carry(keccak(packed), carry.public_key(private), seq, now)
        signature = await self._c.sign(message)
        data = await asyncio.to_thread(carry.seal, carry.OUT, key.key, message, signature, packed)
        carry_id = "0x" + message.struct_hash().hex()
        record = CarryRecord(carry_id, now, json.dumps(found.names), private.hex(), "made")
        changed = await self._c.store.run(lambda tx: _leaves(tx, record, found))
        try:
            await asyncio.to_thread(write_whole, path, data)
        except Exception:
            await self._c.store.run(lambda tx: _stays(tx, record, changed))
            raise
        return await self._c.store.run(lambda tx: replace(_facts(tx, found, now), size=len(data)))

    async def _appeals_of(self, found: Unsent) -> tuple[list[tuple[AppealRecord, dict[str, object]]], int]:
        """The requests of the appeals, and how many have no bond to go with any more."""
        bodies: list[tuple[AppealRecord, dict[str, object]]] = []
        without = 0
        for record in found.appeals:
            try:
                bodies.append((record, await self._appeals.body(record)))
            except NothingToDo:
                without += 1
        return bodies, without

    async def read_reply(self, path: str) -> CarryResult:
        """See Carrying."""
        data = await asyncio.to_thread(read_bounded, Path(path))
        async with self._sync.alone():
            return await self._replies.take(data)

    async def send(self, path: str, reply: str) -> int:
        """See Carrying."""
        return await send(self._c.platform, Path(path), Path(reply))


def _facts(tx: Tx, found: Unsent, now: int) -> CarryFacts:
    key = known_key(tx)
    counts = {
        kind: sum(batch.count for batch in found.batches if batch.kind == kind) for kind in ("work", "review")
    }
    return CarryFacts(
        tasks=counts["work"],
        reviews=counts["review"],
        appeals=len(found.appeals),
        skips=sum(len(hashes) for hashes in found.skips.values()),
        left=found.left,
        first_due_at=min((batch.due_at for batch in found.batches), default=0),
        opened_until=key.until if key is not None and key.until > now else 0,
        waiting=tx.count(CarryRecord, state="made"),
    )


def _leaves(tx: Tx, record: CarryRecord, found: Unsent) -> list[str]:
    """Nothing in a file can be taken back from the moment that it may exist; which batches this is new for."""
    changed = []
    for batch in found.batches:
        if not batch.attempted:
            tx.put(replace(batch, attempted=True))
            changed.append(batch.root)
    tx.put(record)
    for old in tx.find(CarryRecord, order="made_at", descending=True)[_KEPT:]:
        tx.remove(CarryRecord, old.carry_id)
    return changed


def _stays(tx: Tx, record: CarryRecord, changed: list[str]) -> None:
    """The file was not written, so nothing has left."""
    tx.remove(CarryRecord, record.carry_id)
    for root in changed:
        batch = tx.get(SealedRecord, root)
        if batch is not None and not batch.receipt:
            tx.put(replace(batch, attempted=False))
