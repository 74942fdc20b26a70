# SPDX-License-Identifier: Apache-2.0
"""A platform as watch-tower over other hubs' channels: the same watcher, at its ticks, paid by its relayer."""

from __future__ import annotations

from gems_platform.channels.chain import Chain
from gems_platform.channels.sending import Sender
from gems_platform.channels.tower import Tower
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.settings import Settings
from gems_platform.watching.following import Following
from gems_platform.watching.mirror import Mirror
from gems_platform.watching.nodes import Nodes
from gems_platform.watching.routes import Post
from gems_platform.watching.watcher import Watcher


class Patrol:
    """Looks every so many seconds."""

    def __init__(self, watcher: Watcher, clock: Clock, every_s: int) -> None:
        self._watcher, self._clock, self._every_s = watcher, clock, every_s
        self._looked: int | None = None

    async def follow_up(self) -> None:
        """Look if it is time; raises ChainDown, and looks again at the next tick then."""
        now = self._clock.now()
        if self._looked is not None and abs(now - self._looked) < self._every_s:
            return
        await self._watcher.turn()
        self._looked = now


def on_platform(
    settings: Settings, db: Database, chain: Chain, clock: Clock, sender: Sender, tower: Tower
) -> tuple[Post, Patrol]:
    """What a platform serves and does as a tower; its own channels it leaves alone."""
    nodes, mirror = Nodes([chain]), Mirror(settings, db, clock, settings.mirrored_hubs)
    following = Following(db, nodes, clock)
    watcher = Watcher(
        settings,
        nodes,
        following,
        tower,
        mirror,
        (sender,),
        settings.relayer_key,
        clock,
        own_payer=settings.hub_payer,
    )
    return Post(tower, mirror), Patrol(watcher, clock, settings.watch_s)
