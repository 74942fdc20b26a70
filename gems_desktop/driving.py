# SPDX-License-Identifier: Apache-2.0
"""Drives the real window with real key and mouse events, for the tour and the end-to-end tests.

It sees only what a person sees: visible items, found by object name or by the text they show.
"""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from shiboken6 import isValid

_POLL_S = 0.02
DEFAULT_TIMEOUT_S = 30.0


async def _holds(condition: Callable[[], object]) -> object:
    found = condition()
    return await found if inspect.isawaitable(found) else found


class NotSeen(AssertionError):
    """What was waited for did not appear; says what is visible instead."""


class Driver:
    """One window's hands and eyes. Coroutines run on the window's own loop."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window

    @property
    def window(self) -> QQuickWindow:
        """The window; PySide6 takes its Python side for dead when certain items of it die, so it is found anew."""
        if not isValid(self._window):
            windows = QGuiApplication.allWindows()
            self._window = next(window for window in windows if isinstance(window, QQuickWindow))
        return self._window

    def visible(self) -> Iterator[QQuickItem]:
        """Every item on the screen, front pages and popups included."""
        pending = [self.window.contentItem()]
        while pending:
            item = pending.pop()
            if item.isVisible() and item.opacity() > 0:
                yield item
                pending.extend(item.childItems())

    def item(self, name: str) -> QQuickItem | None:
        """The visible item with this object name."""
        return next((item for item in self.visible() if item.objectName() == name), None)

    def labelled(self, text: str) -> QQuickItem | None:
        """The innermost visible control or text that shows exactly `text`; one that takes clicks first."""
        found = [item for item in self.visible() if item.property("text") == text]
        return next(
            (item for item in found if item.property("down") is not None), found[0] if found else None
        )

    def texts(self) -> list[str]:
        """All texts on the screen, for a failure's message."""
        shown = (item.property("text") for item in self.visible())
        return sorted({text for text in shown if isinstance(text, str) and text.strip()})

    async def until(
        self, condition: Callable[[], object], what: str, timeout_s: float = DEFAULT_TIMEOUT_S
    ) -> None:
        """Wait for `condition` (it may be a coroutine function) while the window goes on; raises NotSeen."""
        end = time.monotonic() + timeout_s
        while not await _holds(condition):
            if time.monotonic() > end:
                raise NotSeen(f"waited {timeout_s:.0f} s for {what}; on the screen: {self.texts()}")
            await asyncio.sleep(_POLL_S)

    async def see(self, name: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> QQuickItem:
        """Wait for the item with this object name."""
        await self.until(lambda: self.item(name) is not None, f"the item {name}", timeout_s)
        found = self.item(name)
        if found is None:
            raise NotSeen(name)
        return found

    async def read(self, text: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> QQuickItem:
        """Wait for something that shows exactly this text."""
        await self.until(lambda: self.labelled(text) is not None, f"the words “{text}”", timeout_s)
        found = self.labelled(text)
        if found is None:
            raise NotSeen(text)
        return found

    async def read_option(self, text: str) -> QQuickItem:
        """Wait for an option of a task that shows this text; its property `key` is the key beside it."""
        found: list[QQuickItem] = []

        def look() -> bool:
            found[:] = [
                item
                for item in self.visible()
                if item.property("text") == text and isinstance(item.property("key"), str)
            ]
            return bool(found)

        await self.until(look, f"the option “{text}”")
        return found[0]

    @staticmethod
    def _enabled(item: QQuickItem) -> bool:
        return item.isEnabled()

    def centre(self, item: QQuickItem) -> QPoint:
        """The middle of an item in the window."""
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    @staticmethod
    async def _act(act: Callable[[], object]) -> None:
        """Do `act` between two tasks: QTest turns Qt's loop, and a task cannot run inside another one."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def do() -> None:
            try:
                act()
            except Exception as error:  # noqa: BLE001 - a fault of the act belongs to whoever awaits it
                done.set_exception(error)
            else:
                done.set_result(None)

        QTimer.singleShot(0, do)
        await done

    def reveal(self, item: QQuickItem) -> None:
        """Scroll until the middle of an item can be seen, as a person would."""
        area = item.parentItem()
        while area is not None:
            top = area.property("contentY")
            if top is not None:
                middle = item.mapToItem(area, QPointF(0, item.height() / 2)).y()
                if not 0 <= middle <= area.height():
                    most = max(0.0, float(area.property("contentHeight")) - area.height())
                    area.setProperty("contentY", min(most, max(0.0, top + middle - area.height() / 2)))
            area = area.parentItem()

    async def _resting(self, item: QQuickItem) -> QPoint:
        """The middle of an item once layouts have stopped moving it."""
        places = [self.centre(item)]

        def rests() -> bool:
            places.append(self.centre(item))
            return places[-1] == places[-2]

        await asyncio.sleep(_POLL_S)
        await self.until(rests, f"{item.objectName()} to rest")
        return places[-1]

    async def press(self, item: QQuickItem) -> None:
        """Click the middle of an item once it is enabled."""
        await self.until(lambda: self._enabled(item), f"{item.objectName() or item.property('text')} enabled")
        self.reveal(item)
        left, none, place = (
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            await self._resting(item),
        )
        await self._act(lambda: QTest.mouseClick(self.window, left, none, place))

    async def click(self, name: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> None:
        """Wait for the item with this object name and click it."""
        await self.press(await self.see(name, timeout_s))

    async def click_text(self, text: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> None:
        """Wait for the control that shows this text and click it."""
        await self.press(await self.read(text, timeout_s))

    async def drag(self, item: QQuickItem, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag inside an item between two places given as shares (0 to 1) of its size."""
        places = [
            item.mapToScene(QPointF(item.width() * x, item.height() * y)).toPoint() for x, y in (start, end)
        ]
        middle = QPoint((places[0].x() + places[1].x()) // 2, (places[0].y() + places[1].y()) // 2)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        await self._act(lambda: QTest.mousePress(self.window, left, none, places[0]))
        await self._act(lambda: QTest.mouseMove(self.window, middle))
        await self._act(lambda: QTest.mouseMove(self.window, places[1]))
        await self._act(lambda: QTest.mouseRelease(self.window, left, none, places[1]))

    async def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press and release one key where the focus is."""
        await self._act(lambda: QTest.keyClick(self.window, key, modifiers))

    async def type(self, text: str) -> None:
        """Type a text letter by letter where the focus is."""
        none = Qt.KeyboardModifier.NoModifier
        for letter in text:
            code = ord(letter.upper())
            key = code if code < 128 else int(Qt.Key.Key_unknown)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, none, letter)
                await self._act(partial(QCoreApplication.sendEvent, self.window, event))

    async def settle(self, frames_s: float = 0.25) -> None:
        """Let pictures and layouts come to rest before a picture is taken."""
        await asyncio.sleep(frames_s)

    async def shot(self, path: Path) -> None:
        """Write the window as a PNG."""
        await self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grabWindow().save(str(path)):
            raise OSError(f"the picture {path} could not be written")
