# SPDX-License-Identifier: Apache-2.0
"""Whether the system asks for less motion: over the portal of a Linux desktop, else by the system's own call."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from gems_desktop.adapters.dbus_bus import NoBus, SessionBus
from gems_desktop.adapters.dbus_wire import Message

log = logging.getLogger(__name__)

PORTAL, PORTAL_PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
#: Where desktops keep it, and what says that less is wanted. XDG portal, and GNOME before it had the first.
ASKED: dict[tuple[str, str], Any] = {
    ("org.freedesktop.appearance", "reduced-motion"): 1,
    ("org.gnome.desktop.interface", "enable-animations"): False,
}
_SPI_GETCLIENTAREAANIMATION = 0x1042  # winuser.h


class SystemMotion:
    """Follows the wish of the system and calls `tell` with it; asks once where nothing tells of a change."""

    def __init__(self, tell: Callable[[bool], None], address: str = "", platform: str = sys.platform) -> None:
        """address: of the session bus's socket, by default the session's."""
        self._tell, self._address, self._platform = tell, address, platform
        self._bus: SessionBus | None = None
        self._wishes: dict[tuple[str, str], bool] = {}
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to follow, beside everything else."""
        self._task = asyncio.get_running_loop().create_task(self.follow())

    async def follow(self) -> None:
        """Ask what is wished now, and from now on hear of it."""
        if self._platform != "linux":
            self._tell(_windows() if self._platform == "win32" else _macos())
            return
        try:
            self._bus = await SessionBus.open(self._address)
            await self._bus.hear(SETTINGS, "SettingChanged", self._changed)
            for where in ASKED:
                with suppress(NoBus):  # this desktop has no such option
                    answer = await self._bus.call(PORTAL, PORTAL_PATH, SETTINGS, "Read", "ss", *where)
                    self._note(where, answer[0])
        except NoBus:
            log.debug("no desktop says whether it wants less motion")

    def _changed(self, message: Message) -> None:
        if len(message.body) == 3:
            self._note((message.body[0], message.body[1]), message.body[2])

    def _note(self, where: tuple[str, str], value: Any) -> None:
        if where not in ASKED:
            return
        while isinstance(value, tuple):  # variants: (signature, value)
            value = value[-1]
        self._wishes[where] = value == ASKED[where]
        self._tell(any(self._wishes.values()))

    async def close(self) -> None:
        """Follow no longer."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        bus, self._bus = self._bus, None
        if bus is not None:
            await bus.close()


def _windows() -> bool:
    """Settings > Accessibility > Visual effects > Animation effects, switched off."""
    on = ctypes.c_int(1)
    if sys.platform == "win32":
        ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(on), 0)
    return not on.value


def _macos() -> bool:
    """System Settings > Accessibility > Display > Reduce motion."""
    try:
        said = subprocess.run(
            ["/usr/bin/defaults", "read", "com.apple.universalaccess", "reduceMotion"],
            capture_output=True,
            timeout=5,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.stdout.strip() == b"1"
