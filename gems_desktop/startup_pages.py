# SPDX-License-Identifier: Apache-2.0
"""Makes the pages' view models: Home's first, the others behind it; who wants one of them sooner gets them at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from shiboken6 import isValid

from gems_desktop.startup_world import World
from gems_desktop.viewmodels.app import AppViewModel, Phase

log = logging.getLogger(__name__)
Touched = Callable[[], Awaitable[None]]
SETTLE_S = 5
_TURN_S = 0.01


class Pages:
    """The view models of one session after another.

    touched: waits until somebody is about to use the opened window. Before that the other pages are not loaded: they
    are a tenth of the window's memory, and a window in the background has no use for them. Without it nobody waits.
    """

    def __init__(self, app: AppViewModel, world: World, touched: Touched | None = None) -> None:
        self._app, self._world, self._touched = app, world, touched
        self._session: Any = None

    def use(self, session: Any) -> None:
        """Make those of `session` from now on; of None: no more."""
        self._session = session

    async def stands(self, name: str) -> None:
        """Returns when a page that is shown was read and painted."""
        screen: Any = self._app.screens.get(name)
        while screen is not None and isValid(screen) and screen.busy:
            await asyncio.sleep(_TURN_S)
        await self._world.painted()

    async def follow(self) -> None:
        """Make all of them, once somebody is about to use them."""
        session = self._session
        if "work" in self._app.screens:
            return
        if self._touched is not None:
            await self._touched()
        for _ in self._world.load_pages():
            await self._let_others_go_first()
            if session is not self._session:
                return
        self.all()

    async def _let_others_go_first(self) -> None:
        """Wait while a password is being looked at or Home is being read."""
        await asyncio.sleep(0)
        while self._others_go_first():
            await asyncio.sleep(_TURN_S)

    def _others_go_first(self) -> bool:
        opened = self._app.props.phase == Phase.OPEN.value
        shown: Any = self._app.screens.get("home" if opened else "welcome")
        return shown is not None and bool(shown.busy)

    def home(self) -> None:
        """Those that stand when the session is opened."""
        if self._session is not None and "home" not in self._app.screens:
            self._app.attach(self._world.home(self._session))

    def all(self) -> None:
        """All that are not there yet."""
        self.home()
        if self._session is None or "work" in self._app.screens:
            return
        pages = self._world.pages(self._session)
        self._app.attach(pages)
        if self._app.props.phase == Phase.OPEN.value:
            for screen in pages.values():
                screen.reload()

    async def settle(self) -> None:
        """Let what is being typed reach the disk; a disk that does not answer must not keep the window open."""
        waits = [asyncio.ensure_future(screen.settle()) for screen in self._app.screens.values()]  # type: ignore[attr-defined]
        if not waits:
            return
        _, late = await asyncio.wait(waits, timeout=SETTLE_S)
        for wait in late:
            log.error("something that was typed could not be saved before the end")
            wait.cancel()
