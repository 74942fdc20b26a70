# SPDX-License-Identifier: Apache-2.0
"""What the scenes on an X screen share: the player of the main job, with its hands at the X server."""

from __future__ import annotations

import asyncio
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.driving import NotSeen
from gems_desktop.playing import Player
from gems_desktop.shown import Shown
from gems_desktop.startup import Startup
from tests.e2e.scenes import Scene
from tests.window.hands import Hands
from tests.window.x_driver import XDriver

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class XPlayer(Player):
    """The X server passes a click on in its own time, so what it opens is waited for by what it is."""

    async def look_at(self, title: str) -> None:
        """Open a campaign's page; a list that is being sorted anew is tried again."""
        find = self.screen("findWork")
        for _ in range(3):
            await super().look_at(title)
            known = await self._startup.session.sync.campaigns()
            (wanted,) = [facts.campaign_id for facts in known if facts.title == title]
            for _ in range(50):
                if find.selectedId == wanted:
                    return
                await asyncio.sleep(0.02)
        raise NotSeen(f"the page of {title}")


class XScene(Scene):
    """A scene whose hands are at the X server."""

    driver: XDriver

    def __init__(self, shown: Shown, startup: Startup, hands: Hands, many: int = 100) -> None:
        """many: tasks in each of the two large batches."""
        super().__init__(shown, startup)
        self.driver = XDriver(shown.window, hands)
        self.many = many
        self.player = XPlayer(self.driver, shown.model, startup)

    @property
    def work(self) -> Any:
        """The view model of Work."""
        return self.player.screen("work")

    def says(self, *words: str) -> bool:
        """Whether every one of these words stands somewhere on the screen."""
        shown = "\n".join(self.driver.texts())
        return all(word in shown for word in words)

    async def saved(self) -> None:
        """Wait until what was done is on disk."""
        await self.driver.until(lambda: self.work.saving == "saved", "the answer on disk")

    async def next_task(self, *keys: str | Qt.Key) -> None:
        """Answer the task on the screen with these keys, then Enter; ends on the next one, or at the pause."""
        await self.player.on_task()
        item_id = self.work.itemId
        for key in keys:
            await (self.driver.type(key) if isinstance(key, str) else self.driver.key(key))
        await self.driver.key(Key.Key_Return)
        await self.driver.until(lambda: self.work.itemId != item_id, f"the task after {keys}")

    async def corners(self, *places: tuple[float, float]) -> QQuickItem:
        """Click corners of a polygon into the picture, as shares of it; each is on disk then."""
        canvas = await self.driver.see("canvas")
        await self.driver.until(lambda: canvas.property("ready"), "the picture")
        for place in places:
            await self.driver.click_at(canvas, *place)
            await self.saved()
        return canvas

    async def states(self) -> dict[str, str]:
        """The state of every task of mine by its id."""
        return {item.item_id: item.state.name for item in await self.session.work.outbox()}
