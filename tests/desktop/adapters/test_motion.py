# SPDX-License-Identifier: Apache-2.0
"""The system's wish for less motion is followed: over a session bus, at the start and when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.dbus_bus import BUS, BUS_PATH, Answer, SessionBus
from gems_desktop.adapters.dbus_wire import Message
from gems_desktop.adapters.motion import PORTAL, PORTAL_PATH, SETTINGS, SystemMotion
from tests.helpers.fake_bus import FakeBus

GNOME = ("org.gnome.desktop.interface", "enable-animations")
PLAIN = ("org.freedesktop.appearance", "reduced-motion")


class Portal:
    """A desktop's settings on a bus."""

    def __init__(self, bus: SessionBus, values: dict[tuple[str, str], tuple[str, Any]]) -> None:
        self.bus, self.values = bus, values
        bus.serve(PORTAL_PATH, self.answer)

    def answer(self, message: Message) -> Answer | None:
        """What Read gives: a variant in a variant."""
        value = self.values.get((message.body[0], message.body[1]))
        return None if value is None else ("v", (("v", value),))

    def change(self, where: tuple[str, str], value: tuple[str, Any]) -> None:
        """Tell all that an option is another now."""
        self.bus.emit(PORTAL_PATH, SETTINGS, "SettingChanged", "ssv", *where, value)


@pytest.fixture
async def bus(tmp_path: Path) -> AsyncIterator[str]:
    made = FakeBus(tmp_path / "bus")
    await made.start()
    yield made.path
    await made.stop()


async def until(told: list[bool], wanted: bool) -> None:
    """Let the bus work until the last that was told is `wanted`; fails after a bound."""
    for _ in range(500):
        if told and told[-1] is wanted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"told {told}")


@pytest.mark.parametrize(
    ("where", "still", "moving"), [(GNOME, ("b", False), ("b", True)), (PLAIN, ("u", 1), ("u", 0))]
)
async def test_the_wish_of_the_desktop_is_followed(
    bus: str, where: tuple[str, str], still: tuple[str, Any], moving: tuple[str, Any]
) -> None:
    desk = await SessionBus.open(bus)
    await desk.call(BUS, BUS_PATH, BUS, "RequestName", "su", PORTAL, 0)
    portal = Portal(desk, {where: still})
    told: list[bool] = []
    motion = SystemMotion(told.append, bus, "linux")
    motion.begin()
    await until(told, True)
    portal.change(where, moving)
    await until(told, False)
    portal.change(("org.freedesktop.appearance", "color-scheme"), ("u", 1))
    portal.change(where, still)
    await until(told, True)
    await motion.close()
    await desk.close()


async def test_where_no_desktop_says_anything_nothing_changes(bus: str, tmp_path: Path) -> None:
    told: list[bool] = []
    for address in (bus, str(tmp_path / "none")):
        motion = SystemMotion(told.append, address, "linux")
        await motion.follow()
        await motion.close()
    assert told == []


@pytest.mark.parametrize("platform", ["win32", "darwin"])
async def test_other_systems_are_asked_once(platform: str) -> None:
    told: list[bool] = []
    motion = SystemMotion(told.append, "", platform)
    await motion.follow()
    await motion.close()
    assert told == [False]
