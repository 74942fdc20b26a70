# SPDX-License-Identifier: Apache-2.0
"""A tray icon with a menu on a Linux desktop: StatusNotifierItem and com.canonical.dbusmenu, without Qt's widgets."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gems_desktop.adapters.dbus_bus import BUS, BUS_PATH, Answer, NoBus, SessionBus
from gems_desktop.adapters.dbus_wire import Message
from gems_desktop.services.ports_outside import TrayEntry

ITEM, ITEM_PATH = "org.kde.StatusNotifierItem", "/StatusNotifierItem"
MENU, MENU_PATH = "com.canonical.dbusmenu", "/MenuBar"
WATCHER, WATCHER_PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
PROPERTIES = "org.freedesktop.DBus.Properties"
_NOTHING: Answer = ("", ())


@dataclass(frozen=True, slots=True)
class Picture:
    """One size of the icon: ARGB of 32 bits, big-endian, row by row."""

    width: int
    height: int
    argb: bytes


class TrayItem:
    """The icon over one connection.

    `chosen` gets the names of entries, "open" for a click on the icon, and "gone" when the tray went or changed.
    """

    def __init__(self, bus: SessionBus, pictures: Sequence[Picture], chosen: Callable[[str], None]) -> None:
        self._bus, self._pictures, self._chosen = bus, pictures, chosen
        self._title, self._attention = "", False
        self._entries: tuple[TrayEntry, ...] = ()
        self._revision = 1
        self._name = f"{ITEM}-{os.getpid()}-1"
        self.hosted = False

    async def show(self, title: str, entries: Sequence[TrayEntry], attention: bool) -> None:
        """Offer the icon; `hosted` then says whether a tray took it. Raises NoBus."""
        self._title, self._entries, self._attention = title, tuple(entries), attention
        self._bus.serve(ITEM_PATH, self._item)
        self._bus.serve(MENU_PATH, self._menu)
        await self._bus.call(BUS, BUS_PATH, BUS, "RequestName", "su", self._name, 0)
        await self._bus.call(WATCHER, WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem", "s", self._name)
        self.hosted = True
        await self._bus.hear(BUS, "NameOwnerChanged", self._owner)

    def _owner(self, message: Message) -> None:
        """The tray went, or another one came: what is in none must not keep a closed window alive."""
        if len(message.body) == 3 and message.body[0] == WATCHER:
            self.hosted = False
            self._chosen("gone")

    def change(self, title: str, entries: Sequence[TrayEntry], attention: bool) -> None:
        """Another menu or title."""
        before = self._title, self._entries, self._attention
        self._title, self._entries, self._attention = title, tuple(entries), attention
        if before == (self._title, self._entries, self._attention):
            return
        self._revision += 1
        self._bus.emit(MENU_PATH, MENU, "LayoutUpdated", "ui", self._revision, 0)
        self._bus.emit(ITEM_PATH, ITEM, "NewToolTip")
        self._bus.emit(ITEM_PATH, ITEM, "NewStatus", "s", self._status)

    async def hide(self) -> None:
        """Take the icon away."""
        self.hosted = False
        with suppress(NoBus):
            await self._bus.call(BUS, BUS_PATH, BUS, "ReleaseName", "s", self._name)

    @property
    def _status(self) -> str:
        return "NeedsAttention" if self._attention else "Active"

    def _properties(self) -> dict[str, tuple[str, Any]]:
        pixmaps = [(one.width, one.height, one.argb) for one in self._pictures]
        return {
            "Category": ("s", "ApplicationStatus"),
            "Id": ("s", "gems"),
            "Title": ("s", "Gems"),
            "Status": ("s", self._status),
            "WindowId": ("i", 0),
            "IconName": ("s", ""),
            "IconPixmap": ("a(iiay)", pixmaps),
            "AttentionIconName": ("s", ""),
            "AttentionIconPixmap": ("a(iiay)", pixmaps),
            "OverlayIconName": ("s", ""),
            "OverlayIconPixmap": ("a(iiay)", []),
            "ToolTip": ("(sa(iiay)ss)", ("", [], "Gems", self._title)),
            "ItemIsMenu": ("b", False),
            "Menu": ("o", MENU_PATH),
        }

    def _item(self, message: Message) -> Answer | None:
        if message.interface == PROPERTIES:
            return _read(message, self._properties())
        if message.member in ("Activate", "SecondaryActivate"):
            self._chosen("open")
            return _NOTHING
        return _NOTHING if message.member in ("ContextMenu", "Scroll") else None

    # --- the menu: entry n has the id n + 1, the root is 0 -------------------------------------------------
    def _entry(self, entry: TrayEntry) -> dict[str, tuple[str, Any]]:
        if not entry.label:
            return {"type": ("s", "separator")}
        found: dict[str, tuple[str, Any]] = {
            "label": ("s", entry.label.replace("_", "__")),
            "enabled": ("b", entry.enabled),
        }
        if entry.checked is not None:
            found |= {"toggle-type": ("s", "checkmark"), "toggle-state": ("i", int(entry.checked))}
        return found

    def _layout(self, parent: int) -> tuple[int, dict[str, Any], list[Any]]:
        if 0 < parent <= len(self._entries):
            return parent, self._entry(self._entries[parent - 1]), []
        rows: list[Any] = [
            ("(ia{sv}av)", (number, self._entry(entry), [])) for number, entry in enumerate(self._entries, 1)
        ]
        return 0, {"children-display": ("s", "submenu")}, rows

    def _menu(self, message: Message) -> Answer | None:
        values = message.body
        match message.member:
            case "GetLayout":
                return "u(ia{sv}av)", (self._revision, self._layout(values[0]))
            case "GetGroupProperties":
                wanted = values[0] or range(1, len(self._entries) + 1)
                return "a(ia{sv})", ([(number, self._layout(number)[1]) for number in wanted],)
            case "GetProperty":
                return "v", (self._layout(values[0])[1][values[1]],)
            case "Event":
                self._happened(values[0], values[1])
                return _NOTHING
            case "EventGroup":
                for number, kind, *_ in values[0]:
                    self._happened(number, kind)
                return "ai", ([],)
            case "AboutToShow":
                return "b", (False,)
            case "AboutToShowGroup":
                return "aiai", ([], [])
        if message.interface == PROPERTIES:
            about = {"Version": ("u", 3), "TextDirection": ("s", "ltr"), "Status": ("s", "normal")}
            return _read(message, about | {"IconThemePath": ("as", [])})
        return None

    def _happened(self, number: int, kind: str) -> None:
        if kind == "clicked" and 0 < number <= len(self._entries) and self._entries[number - 1].enabled:
            self._chosen(self._entries[number - 1].name)


def _read(message: Message, properties: dict[str, tuple[str, Any]]) -> Answer | None:
    """Answer Get and GetAll; there is nothing to set."""
    if message.member == "GetAll":
        return "a{sv}", (properties,)
    return ("v", (properties[message.body[1]],)) if message.member == "Get" else None
