# SPDX-License-Identifier: Apache-2.0
"""The composition root of a stand-alone watch-tower: a place, nodes and a folder in, a running tower out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from gems_platform.channels.chain import Chain
from gems_platform.channels.sending import Sender
from gems_platform.channels.tower import Tower
from gems_platform.clock import Clock, SystemClock
from gems_platform.db import Database
from gems_platform.edge import refusals
from gems_platform.edge.listening import Listening, bind, listen
from gems_platform.errors import ChainDown
from gems_platform.watching.door import Door
from gems_platform.watching.following import Following
from gems_platform.watching.mirror import Mirror
from gems_platform.watching.nodes import Nodes
from gems_platform.watching.place import Lookout
from gems_platform.watching.routes import Post, router
from gems_platform.watching.watcher import Turn, Watcher

LOG = logging.getLogger("gems_platform.watching")
EVERY_S = 12.0
FILE = "watch.sqlite3"


@dataclass
class StandAlone:
    """A tower with its own store; `turn` is one look, `run` looks until cancelled."""

    post: Post
    _db: Database
    _nodes: Nodes
    _senders: tuple[Sender, ...]
    _watcher: Watcher
    _listening: Listening | None = None

    async def turn(self) -> Turn:
        """Look after what was sent, then look once; raises ChainDown when no node answers."""
        fault: ChainDown | None = None
        if self._senders:
            try:
                await self._senders[(await self._nodes.freshest())[0]].follow_up()
            except ChainDown as error:
                fault = error
        found = await self._watcher.turn()
        if fault is not None:
            LOG.warning("something that was sent could not be looked after: %s", fault.message)
        return found

    async def run(self, every_s: float = EVERY_S) -> None:
        """Look again and again; a chain that is down or a full disk is tried again."""
        told = ""
        while True:
            fault = ""
            try:
                await self.turn()
            except ChainDown as error:
                fault = error.message
            except OperationalError as error:
                fault = f"the store refuses: {error.orig}"
            if fault and fault != told:
                LOG.warning("could not look: %s", fault)
            told = fault
            await asyncio.sleep(every_s)

    async def serve(self, host: str, port: int) -> str:
        """Answer whoever asks, at the URL that is returned; raises OSError."""
        app = FastAPI(title="Gems watch-tower", version="1", docs_url=None, redoc_url=None)
        app.state.post = self.post
        refusals.install(app)
        app.include_router(router)
        app.add_middleware(Door)
        place, url = bind(host, port)
        self._listening = await listen(app, place)
        return url

    async def close(self) -> None:
        """Stop answering, close every connection and the store."""
        if self._listening is not None:
            await self._listening.close()
        await self._nodes.close()
        self._db.close()


def stand_alone(
    lookout: Lookout,
    rpc_urls: Sequence[str],
    store: Path,
    *,
    hubs: Sequence[str] = (),
    start: int | None = None,
    clock: Clock | None = None,
) -> StandAlone:
    """A tower whose store is the folder `store`. start: the block where a new one begins; see Following."""
    time = clock or SystemClock()
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    db = Database(store / FILE)
    nothing = "0x" + "00" * 20  # a tower asks neither the token nor the campaigns
    nodes = Nodes([Chain(url, lookout.chain_id, nothing, lookout.channels, nothing) for url in rpc_urls])
    tower, mirror = Tower(lookout, db, nodes, time), Mirror(lookout, db, time, hubs)
    senders = tuple(Sender(lookout, db, node, time) for node in nodes.each) if lookout.key else ()
    following = Following(db, nodes, time, start)
    watcher = Watcher(lookout, nodes, following, tower, mirror, senders, lookout.key or None, time)
    return StandAlone(Post(tower, mirror), db, nodes, senders, watcher)
