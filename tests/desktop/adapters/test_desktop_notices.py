# SPDX-License-Identifier: Apache-2.0
"""Notifications and the tray over a session bus: a real dbus-daemon where there is one, and a bus of the test's own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.dbus_bus import BUS, BUS_PATH, Answer, NoBus, SessionBus
from gems_desktop.adapters.dbus_wire import Message
from gems_desktop.adapters.desktop_notices import PATH, SERVER, LinuxDesktop
from gems_desktop.adapters.tray_item import (
    ITEM,
    ITEM_PATH,
    MENU,
    MENU_PATH,
    PROPERTIES,
    WATCHER,
    WATCHER_PATH,
    Picture,
)
from gems_desktop.services.ports_outside import Said, TrayEntry
from tests.helpers.fake_bus import FakeBus

DAEMON = shutil.which("dbus-daemon")
_CONFIG = """<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow receive_sender="*"/>
<allow own="*"/></policy></busconfig>"""


@pytest.fixture(params=["own", "daemon"])
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The socket of a bus."""
    path = tmp_path / "bus"
    if request.param == "own":
        bus = FakeBus(path)
        await bus.start()
        yield str(path)
        await bus.stop()
        return
    if DAEMON is None:
        pytest.skip("dbus-daemon is not installed (Debian: dbus)")
    config = tmp_path / "bus.conf"
    config.write_text(_CONFIG.format(path=path), "utf-8")
    daemon = await asyncio.create_subprocess_exec(
        DAEMON,
        "--nofork",
        "--print-address",
        f"--config-file={config}",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert daemon.stdout is not None
    await asyncio.wait_for(daemon.stdout.readline(), 10)
    yield str(path)
    daemon.terminate()
    await daemon.wait()


class Desktop:
    """What a desktop has: a server of notifications and a tray, played by the test."""

    def __init__(self, bus: SessionBus, capabilities: list[str]) -> None:
        self.bus, self.capabilities = bus, capabilities
        self.told: list[tuple[Any, ...]] = []
        self.items: list[str] = []
        self.heard: list[str] = []

    @classmethod
    async def open(cls, address: str, *capabilities: str) -> Desktop:
        bus = await SessionBus.open(address)
        desktop = cls(bus, list(capabilities))
        bus.serve(PATH, desktop._notices)
        bus.serve(WATCHER_PATH, desktop._watcher)
        for name in (SERVER, WATCHER):
            await bus.call(BUS, BUS_PATH, BUS, "RequestName", "su", name, 0)
        return desktop

    def _notices(self, message: Message) -> Answer | None:
        if message.member == "GetCapabilities":
            return "as", (self.capabilities,)
        assert (message.member, message.signature) == ("Notify", "susssasa{sv}i")
        self.told.append(message.body)
        return "u", (len(self.told),)

    def _watcher(self, message: Message) -> Answer | None:
        self.items.append(message.body[0])
        return "", ()

    async def ask(self, path: str, interface: str, member: str, signature: str = "", *values: Any) -> Any:
        """Call the tray's icon as a tray does."""
        return await self.bus.call(self.items[-1], path, interface, member, signature, *values)


async def until(condition: Any) -> None:
    """Let the loop run until `condition`."""
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("what was waited for did not come")


EVIL = 'Cats <b>&amp; "dogs"</b> <a href="http://evil">now</a>\n\x1b[1m<img src="file:///x">'


@pytest.mark.parametrize("markup", [True, False])
async def test_a_notification_is_plain_text(address: str, markup: bool) -> None:
    server = await Desktop.open(address, "body", *(["body-markup"] if markup else []))
    desktop = LinuxDesktop(address=address)
    assert await desktop.tell(Said("New work", EVIL, "findWork"))
    name, replaces, _icon, title, body, actions, hints, expires = server.told[0]
    assert (name, replaces, title, actions, expires) == ("Gems", 0, "New work", [], -1)
    assert hints["urgency"] == ("y", 1)
    assert hints["suppress-sound"] == ("b", True)
    assert not [letter for letter in body if not letter.isprintable()]
    if markup:
        assert "<" not in body
        assert ">" not in body
        assert "&lt;b&gt;&amp;amp; &quot;dogs&quot;" in body
    else:
        assert '<b>&amp; "dogs"</b>' in body  # a server without markup draws the letters as they are
    await desktop.close()
    await server.bus.close()


async def test_a_click_leads_to_the_page(address: str) -> None:
    server = await Desktop.open(address, "actions")
    desktop, opened = LinuxDesktop(address=address), []
    desktop.on_page(opened.append)
    await desktop.tell(Said("Work judged: 12", "", "outbox", urgent=True))
    await desktop.tell(Said("Your pay is signed", "", "earnings"))
    assert server.told[0][5] == ["default", ""]
    assert server.told[0][6]["urgency"] == ("y", 2)
    server.bus.emit(PATH, SERVER, "ActionInvoked", "us", 2, "default")
    server.bus.emit(PATH, SERVER, "ActionInvoked", "us", 99, "default")
    server.bus.emit(PATH, SERVER, "ActionInvoked", "us", 1, "default")
    await until(lambda: len(opened) == 2)
    assert opened == ["earnings", "outbox"]
    await desktop.close()
    await server.bus.close()


async def test_where_there_is_no_desktop_nothing_happens(address: str, tmp_path: Path) -> None:
    nobody = LinuxDesktop(address=str(tmp_path / "none"))
    assert not await nobody.tell(Said("a", "b", "home"))
    assert not await nobody.show_tray("", (), False)
    await nobody.hide_tray()
    await nobody.close()
    empty = LinuxDesktop(address=address)  # a bus without any service
    assert not await empty.tell(Said("a", "b", "home"))
    assert not await empty.show_tray("", (), False)
    await empty.close()


MENU_ENTRIES = (
    TrayEntry("open", "Open Gems"),
    TrayEntry("offline", "Work offline", checked=True),
    TrayEntry("", ""),
    TrayEntry("quit", "Quit_now", enabled=False),
)


async def test_the_tray_has_an_icon_and_a_menu(address: str) -> None:
    server = await Desktop.open(address)
    desktop, chosen = LinuxDesktop((Picture(2, 1, bytes(range(8))),), address), []
    desktop.on_tray(chosen.append)
    assert await desktop.show_tray("3 notices", MENU_ENTRIES, False)
    (found,) = await server.ask(ITEM_PATH, PROPERTIES, "GetAll", "s", ITEM)
    assert found["IconPixmap"] == ("a(iiay)", [(2, 1, list(range(8)))])
    assert found["ToolTip"][1] == ("", [], "Gems", "3 notices")
    assert (await server.ask(ITEM_PATH, PROPERTIES, "Get", "ss", ITEM, "Status"))[0] == ("s", "Active")
    revision, layout = await server.ask(MENU_PATH, MENU, "GetLayout", "iias", 0, -1, [])
    rows = [row[1][1] for row in layout[2]]
    assert revision == 1
    assert [row.get("label", ("s", ""))[1] for row in rows] == ["Open Gems", "Work offline", "", "Quit__now"]
    assert (rows[1]["toggle-state"], rows[2]["type"]) == (("i", 1), ("s", "separator"))
    await server.ask(ITEM_PATH, ITEM, "Activate", "ii", 1, 1)
    for number in (2, 3, 4, 7):
        await server.ask(MENU_PATH, MENU, "Event", "isvu", number, "clicked", ("s", ""), 0)
    await server.ask(MENU_PATH, MENU, "EventGroup", "a(isvu)", [(1, "clicked", ("i", 0), 0)])
    assert chosen == ["open", "offline", "", "open"]
    assert await desktop.show_tray("", MENU_ENTRIES[:1], True)
    (shown,) = await server.ask(MENU_PATH, MENU, "GetGroupProperties", "aias", [], [])
    assert len(shown) == 1
    assert (await server.ask(ITEM_PATH, PROPERTIES, "Get", "ss", ITEM, "Status"))[0][1] == "NeedsAttention"
    await desktop.hide_tray()
    await desktop.close()
    await server.bus.close()


async def test_calls_that_make_no_sense_are_refused(address: str) -> None:
    server = await Desktop.open(address)
    desktop = LinuxDesktop(address=address)
    await desktop.show_tray("", MENU_ENTRIES, False)
    for path, interface, member, signature, *values in (
        (MENU_PATH, MENU, "GetLayout", ""),
        (MENU_PATH, MENU, "GetProperty", "is", 1, "nothing"),
        (ITEM_PATH, PROPERTIES, "Set", "ssv", ITEM, "Id", ("s", "x")),
        (ITEM_PATH, ITEM, "Explode", ""),
        ("/other", ITEM, "Activate", "ii", 1, 1),
    ):
        with pytest.raises(NoBus):
            await server.ask(path, interface, member, signature, *values)
    assert (await server.ask(MENU_PATH, MENU, "AboutToShow", "i", 0)) == (False,)
    await desktop.close()
    await server.bus.close()
