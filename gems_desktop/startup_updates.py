# SPDX-License-Identifier: Apache-2.0
"""Updates of this copy in a run of the window: made after the first paint, and told once the window is usable."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from gems_desktop.adapters.proxy import Proxy

if TYPE_CHECKING:
    from gems_desktop.services.updating import Updating
    from gems_desktop.viewmodels.app import AppViewModel


class ProxyOfProfile(Proxy):
    """The proxy that the profile which is open has chosen: updates go through it too."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: Proxy | None = None

    def follow(self, chosen: Proxy) -> None:
        """Another profile is open."""
        self._chosen = chosen

    def on_way_to(self, url: str) -> str | None:
        """See ProxyPort."""
        return self._chosen.on_way_to(url) if self._chosen is not None else super().on_way_to(url)


def updating(proxy: Proxy) -> Updating:
    """What keeps this copy up to date; nothing is read or asked yet."""
    from gems_desktop.adapters.clock import SystemClock
    from gems_desktop.adapters.updates import Updates
    from gems_desktop.network_kind import metered
    from gems_desktop.services.updating import Updating

    return Updating(Updates(proxy), SystemClock().now, lambda: metered() is True)


class UsableWatch:
    """Says once, when the way in or a page stands, that this version works."""

    def __init__(self, model: AppViewModel) -> None:
        self._model = model
        self._marking: asyncio.Task[Any] | None = None
        model.changed.connect(self._look)

    def _look(self) -> None:
        shown = self._model.props
        if shown.phase in ("welcome", "open") and not shown.opening and self._marking is None:
            from gems_desktop.adapters.update_usable import mark_usable

            self._model.changed.disconnect(self._look)
            self._marking = asyncio.get_running_loop().create_task(asyncio.to_thread(mark_usable))

    async def end(self) -> None:
        """Wait until it was said."""
        if self._marking is not None:
            await self._marking
