# SPDX-License-Identifier: Apache-2.0
"""Follows the closes at each node from a stored block on; the last blocks are read again, as they may be replaced."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import urlsplit

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from gems_platform.channels.chain import Chain
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import ChainDown
from gems_platform.watching.nodes import Nodes
from gems_platform.watching.reading import CLOSING, first_block_since, pages
from gems_platform.watching.tables import WatchedCloseRow, WatchMarkRow

AGAIN = 64  # blocks behind the newest that are read again each time
LOOK_BACK_S = 91 * 86_400  # where a new tower begins: no close takes longer than the contract's 90 days
_ID = re.compile(r"0x[0-9a-f]{64}")


class Following:
    """The cursor of each node, and the closes that any node has shown."""

    def __init__(self, db: Database, nodes: Nodes, clock: Clock, start: int | None = None) -> None:
        """start: the block where a new tower begins; by default three months ago."""
        self._db, self._nodes, self._clock, self._start = db, nodes, clock, start

    async def read(self) -> list[str]:
        """Read on at every node; what new closes there are. Raises ChainDown when no node answers."""
        found: list[str] = []
        fault: ChainDown | None = None
        answered = False
        for node in self._nodes.each:
            try:
                found += await self._read_at(node)
                answered = True
            except ChainDown as error:
                fault = error
        if not answered and fault is not None:
            raise fault
        return found

    async def _read_at(self, node: Chain) -> list[str]:
        name, head = _name(node), await node.block_number()
        mark = await run_in_threadpool(self._mark, name)
        if mark is None:
            mark = self._start
        if mark is None:
            mark = await first_block_since(node, self._clock.now() - LOOK_BACK_S)
        found: list[str] = []
        # A node whose newest block is below the cursor was set back: it is read from behind that block on.
        first = min(mark, max(0, head + 1 - AGAIN)) if mark > 0 else 0
        async for last, events in pages(node, [CLOSING], first, head):
            found += await run_in_threadpool(self._store, name, last + 1, events)
        return found

    def _mark(self, name: str) -> int | None:
        with self._db.read() as session:
            row = session.get(WatchMarkRow, name)
            return None if row is None else row.block

    def _store(self, name: str, mark: int, events: list[dict[str, Any]]) -> list[str]:
        """Keep a page's closes and the cursor behind it in one transaction; which are new."""
        new = []
        with self._db.write() as session:
            for event in events:
                try:
                    channel_id, block = str(event["topics"][1]).lower(), int(event["blockNumber"], 16)
                except (KeyError, IndexError, TypeError, ValueError) as error:
                    raise ChainDown("The chain's node does not speak JSON-RPC.") from error
                if not _ID.fullmatch(channel_id):
                    raise ChainDown("The chain's node does not speak JSON-RPC.")
                row = session.get(WatchedCloseRow, channel_id)
                if row is None:
                    session.add(WatchedCloseRow(id=channel_id, block=block, over=False))
                    new.append(channel_id)
                elif block > row.block:  # its block was replaced, and it came again
                    row.block, row.over = block, False
            session.merge(WatchMarkRow(name=name, block=mark))
        return new

    def closes(self) -> list[tuple[str, str | None]]:
        """(Channel, its config in JSON if it was looked up) of each close that is not known to be over."""
        with self._db.read() as session:
            query = select(WatchedCloseRow).where(WatchedCloseRow.over.is_(False))
            rows = session.scalars(query.order_by(WatchedCloseRow.block))
            return [(row.id, row.config) for row in rows]

    def keep_config(self, channel_id: str, config: str) -> None:
        """Remember a config that was looked up."""
        with self._db.write() as session:
            row = session.get(WatchedCloseRow, channel_id)
            if row is not None:
                row.config = config

    def end(self, channel_id: str) -> None:
        """Nothing more can come of a close."""
        with self._db.write() as session:
            row = session.get(WatchedCloseRow, channel_id)
            if row is not None:
                row.over = True


def _name(node: Chain) -> str:
    """What a node's cursor is called: no key that an address may carry is written down."""
    mark = hashlib.sha256(node.url.encode()).hexdigest()[:16]
    return f"{urlsplit(node.url).hostname} {mark} {node.channels}"[-200:]
