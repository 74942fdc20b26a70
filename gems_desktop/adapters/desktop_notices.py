# SPDX-License-Identifier: Apache-2.0
"""Notifications and the tray icon of a Linux desktop, over its session bus; implements DesktopPort."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from html import escape

from gems_desktop.adapters.dbus_bus import NoBus, SessionBus
from gems_desktop.adapters.dbus_wire import Message
from gems_desktop.adapters.tray_item import Picture, TrayItem
from gems_desktop.services.ports_outside import Said, TrayEntry

log = logging.getLogger(__name__)

SERVER, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_MOST_TITLE, _MOST_BODY = 120, 400
_KEPT = 64  # pages of notifications that may still be clicked


def plain(text: str, most: int) -> str:
    """One line of at most `most` letters without anything that a screen would not draw."""
    whole = "".join(letter if letter.isprintable() else " " for letter in text)
    return whole if len(whole) <= most else whole[: most - 1] + "…"


class LinuxDesktop:
    """A DesktopPort. `pictures` are the tray icon's; `address` is the bus's socket, by default the session's."""

    def __init__(self, pictures: Sequence[Picture] = (), address: str = "") -> None:
        self._pictures, self._address = pictures, address
        self._bus: SessionBus | None = None
        self._tray: TrayItem | None = None
        self._markup = self._actions = False
        self._pages: dict[int, str] = {}
        self._opened: Callable[[str], None] = lambda _page: None
        self._chosen: Callable[[str], None] = lambda _name: None

    async def _connect(self) -> SessionBus:
        if self._bus is None or not self._bus.is_open:
            self._tray, self._bus = None, await SessionBus.open(self._address)
            self._pages.clear()
        return self._bus

    async def tell(self, said: Said) -> bool:
        """See DesktopPort."""
        try:
            first = self._bus is None or not self._bus.is_open
            bus = await self._connect()
            if first or not self._pages:
                await self._ask(bus)
            number = await self._notify(bus, said)
        except NoBus:
            log.debug("the system takes no notifications")
            return False
        self._pages[number] = said.page
        while len(self._pages) > _KEPT:
            del self._pages[next(iter(self._pages))]
        return True

    async def _ask(self, bus: SessionBus) -> None:
        """What the server can do: one that reads markup gets text in which nothing is markup."""
        capabilities = (await bus.call(SERVER, PATH, SERVER, "GetCapabilities"))[0]
        self._markup, self._actions = "body-markup" in capabilities, "actions" in capabilities
        if self._actions:
            await bus.hear(SERVER, "ActionInvoked", self._clicked)

    async def _notify(self, bus: SessionBus, said: Said) -> int:
        body = plain(said.body, _MOST_BODY)
        hints = {
            "urgency": ("y", 2 if said.urgent else 1),
            "desktop-entry": ("s", "gems-desktop"),
            "suppress-sound": ("b", True),  # ours are switched on in the settings
        }
        values = (
            "Gems",
            0,
            "gems",
            plain(said.title, _MOST_TITLE),
            escape(body) if self._markup else body,
            ["default", ""] if self._actions else [],
            hints,
            -1,
        )
        answer = await bus.call(SERVER, PATH, SERVER, "Notify", "susssasa{sv}i", *values)
        return int(answer[0])

    def _clicked(self, message: Message) -> None:
        page = self._pages.pop(message.body[0], None) if message.body else None
        if page is not None:
            self._opened(page)

    async def show_tray(self, title: str, entries: Sequence[TrayEntry], attention: bool) -> bool:
        """See DesktopPort."""
        try:
            bus = await self._connect()
            if self._tray is None:
                self._tray = TrayItem(bus, self._pictures, lambda name: self._chosen(name))
            if self._tray.hosted:
                self._tray.change(title, entries, attention)
            else:
                await self._tray.show(title, entries, attention)
        except NoBus:
            log.debug("there is no tray")
            return False
        return self._tray.hosted

    async def hide_tray(self) -> None:
        """See DesktopPort."""
        tray, self._tray = self._tray, None
        if tray is not None:
            await tray.hide()

    def on_page(self, opened: Callable[[str], None]) -> None:
        """See DesktopPort."""
        self._opened = opened

    def on_tray(self, chosen: Callable[[str], None]) -> None:
        """See DesktopPort."""
        self._chosen = chosen

    async def close(self) -> None:
        """Leave the bus; the icon goes with it."""
        bus, self._bus, self._tray = self._bus, None, None
        if bus is not None:
            await bus.close()
