# SPDX-License-Identifier: Apache-2.0
"""The window's side of the tray and of notifications: what a click does, and whether closing the window is the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from gems_desktop.viewmodels.app import AppViewModel


class Exchange(Protocol):
    """What goes on with the platform by itself."""

    paused: bool

    def pause(self, paused: bool) -> None: ...


class Frame(Protocol):
    """The window."""

    model: AppViewModel

    def come_forward(self) -> None: ...
    def is_in_front(self) -> bool: ...
    def is_hidden(self) -> bool: ...


class InTray(QObject):
    """Follows the view models of whatever profile is open. end: ends the application."""

    def __init__(self, frame: Frame, exchange: Exchange, end: Callable[[], None]) -> None:
        super().__init__()
        self._model, self._exchange, self._end = frame.model, exchange, end
        self._forward, self._in_front, self._hidden = frame.come_forward, frame.is_in_front, frame.is_hidden
        self._tray: Any = None
        frame.model.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Another profile may be open."""
        tray: Any = self._model.screens.get("tray")
        notices: Any = self._model.screens.get("notices")
        if tray is self._tray or tray is None or notices is None:
            return
        self._tray = tray
        tray.paused = lambda: self._exchange.paused
        tray.chosen.connect(self._chosen)
        tray.changed.connect(self._stay_reachable)
        notices.in_front = self._in_front
        notices.wanted.connect(self._open)

    def keeps(self) -> bool:
        """Whether the application goes on without its window."""
        tray: Any = self._model.screens.get("tray")
        return tray is not None and bool(tray.keeps)

    def _stay_reachable(self) -> None:
        """Nothing runs on without a window and without an icon."""
        if self._hidden() and not self.keeps():
            self._forward()

    def _open(self, page: str) -> None:
        self._forward()
        self._model.openPage(page)

    def _chosen(self, name: str) -> None:
        if name == "quit":
            self._end()
        elif name == "offline":
            self._exchange.pause(not self._exchange.paused)
        elif name in ("open", "notices"):
            self._forward()
            if name == "notices":
                self._model.noticesWanted.emit()
