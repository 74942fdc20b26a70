# SPDX-License-Identifier: Apache-2.0
"""Opening a profile; where it is a newer version's and has a copy from before the update, that is offered."""

from __future__ import annotations

import asyncio
from typing import Any

from gems_desktop.startup_world import World
from gems_desktop.viewmodels.app import AppViewModel


async def opened(world: World, app: AppViewModel, profile: str) -> Any:
    """The session of the profile; raises what `world.open` does."""
    from gems_desktop.services.errors import NewerDatabase

    try:
        return await world.open(profile)
    except NewerDatabase:
        found = await asyncio.to_thread(world.way_back, profile)
        if found is not None:
            from gems_desktop.viewmodels.update_back import meaning

            app.change(wayBack=meaning(found.made_at, found.missing))
        raise
