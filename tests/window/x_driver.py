# SPDX-License-Identifier: Apache-2.0
"""The driver of the window with its hands at the X server: what it does arrives as from a keyboard and a mouse."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow

from gems_desktop.driving import Driver, NotSeen
from tests.window.hands import Hands

_NAMES = {
    Qt.Key.Key_Return: "Return", Qt.Key.Key_Tab: "Tab", Qt.Key.Key_Escape: "Escape", Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right", Qt.Key.Key_Up: "Up", Qt.Key.Key_Down: "Down", Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End", Qt.Key.Key_Backspace: "BackSpace", Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_F1: "F1", Qt.Key.Key_F2: "F2", Qt.Key.Key_F3: "F3",
}  # fmt: skip
_MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: "Control",
    Qt.KeyboardModifier.ShiftModifier: "Shift",
    Qt.KeyboardModifier.AltModifier: "Alt",
}


class XDriver(Driver):
    """Sees as `Driver` does; presses through X. Counts what was pressed."""

    def __init__(self, window: QQuickWindow, hands: Hands) -> None:
        super().__init__(window)
        self._hands = hands
        self.clicks = 0
        self.keys = 0

    async def take_keyboard(self) -> None:
        """Give the window the keyboard, which a window manager would do."""
        self.window.requestActivate()
        await self.until(self.window.isActive, "the keyboard")

    def on_screen(self, place: QPoint) -> tuple[int, int]:
        """A place of the window on the screen."""
        point = self.window.mapToGlobal(place)
        return point.x(), point.y()

    async def press(self, item: QQuickItem) -> None:
        await self.until(lambda: self._enabled(item), f"{item.objectName() or item.property('text')} enabled")
        self.reveal(item)
        place = await self._resting(item)
        self._hands.click(*self.on_screen(place))
        self.clicks += 1
        await self._heard()

    async def opens(self, name: str, what: str) -> QQuickItem:
        """Click the item `name` until `what` is there: a page that is still filling moves what is on it."""
        for _ in range(3):
            await self.click(name)
            with suppress(NotSeen):
                return await self.see(what, 10)
        raise NotSeen(f"{what} after three clicks on {name}")

    async def drag(self, item: QQuickItem, start: tuple[float, float], end: tuple[float, float]) -> None:
        places = [
            item.mapToScene(QPointF(item.width() * x, item.height() * y)).toPoint() for x, y in (start, end)
        ]
        middle = QPoint((places[0].x() + places[1].x()) // 2, (places[0].y() + places[1].y()) // 2)
        self._hands.move(*self.on_screen(places[0]))
        self._hands.button(True)
        for place in (middle, places[1]):
            self._hands.move(*self.on_screen(place))
            await self._heard()
        self._hands.button(False)
        self.clicks += 1
        await self._heard()

    async def click_at(self, item: QQuickItem, x: float, y: float) -> None:
        """Click inside an item at a place given as shares (0 to 1) of its size."""
        place = item.mapToScene(QPointF(item.width() * x, item.height() * y)).toPoint()
        self._hands.click(*self.on_screen(place))
        self.clicks += 1
        await self._heard()

    async def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        name = _NAMES.get(key) or chr(int(key)).lower()
        self._hands.key(name, *(word for flag, word in _MODIFIERS.items() if modifiers & flag))
        self.keys += 1
        await self._heard()

    async def type(self, text: str) -> None:
        self._hands.type(text)
        self.keys += len(text)
        await self._heard()

    @staticmethod
    async def _heard() -> None:
        """The X server passes events on in its own time; what follows waits for its effect, not for this."""
        await asyncio.sleep(0.01)
