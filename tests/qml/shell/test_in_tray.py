# SPDX-License-Identifier: Apache-2.0
"""The tray: closing ends the application unless the user chose otherwise and an icon is there; working offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.adapters.desktop_notices import LinuxDesktop
from gems_desktop.decoding.client import DecodeClient
from gems_desktop.ending import Ended
from gems_desktop.in_tray import InTray
from gems_desktop.services.facts_notices import Notice
from gems_desktop.services.ports_outside import Said
from gems_desktop.viewmodels.app import AppViewModel
from tests.helpers.app_window import AppWindow
from tests.helpers.fake_bus import FakeBus
from tests.helpers.fake_notices import NOW, FakeBeyond, FakeDesktop


class Kept:
    """The window with a tray in memory, and whether the application would have ended."""

    def __init__(self, window: AppWindow, desktop: FakeDesktop) -> None:
        self.window, self.desktop = window, desktop
        self.model: AppViewModel = window.model
        self.ended = Ended(window.window)
        self.tray = InTray(self, window.startup, self.ended.end)
        self.ended.keeps = self.tray.keeps

    def come_forward(self) -> None:
        self.window.window.show()

    def is_in_front(self) -> bool:
        return not self.is_hidden()

    def is_hidden(self) -> bool:
        return not self.window.window.isVisible()

    @property
    def over(self) -> bool:
        return self.ended._event.is_set()

    def set(self, **options: Any) -> None:
        self.window.run(self.window.session.settings.change(**options))
        self.window.settle()

    def labels(self) -> list[str]:
        assert self.desktop.tray is not None
        return [entry.label for entry in self.desktop.tray]

    def shut(self) -> None:
        self.window.window.close()
        self.window.settle()


@pytest.fixture
def kept(qt_app: QGuiApplication, no_pictures: DecodeClient) -> Iterator[Kept]:
    beyond = FakeBeyond()
    window = AppWindow(no_pictures)
    window.world.beyond = beyond.ports()
    made = Kept(window, beyond.desktop)
    window.begin("home")
    yield made
    made.ended.close()
    window.close()


def test_closing_ends_it_by_default(kept: Kept) -> None:
    assert kept.desktop.tray is None
    kept.shut()
    assert kept.over


def test_closing_leaves_it_in_the_tray_only_if_that_was_chosen(kept: Kept) -> None:
    kept.set(tray=True)
    assert kept.labels() == ["Open Gems", "Notices today: 0", "Work offline", "", "Quit"]
    assert not kept.tray.keeps()
    kept.set(tray_keeps=True)
    kept.shut()
    assert (kept.over, kept.is_hidden()) == (False, True)
    kept.desktop.chosen("open")
    assert not kept.is_hidden()
    kept.desktop.chosen("quit")
    assert kept.over


def test_without_a_tray_closing_ends_it_whatever_was_chosen(kept: Kept) -> None:
    kept.desktop.hosts = False
    kept.set(tray=True, tray_keeps=True)
    kept.shut()
    assert kept.over


def test_a_tray_that_goes_brings_the_window_back(kept: Kept) -> None:
    kept.set(tray=True, tray_keeps=True)
    kept.shut()
    kept.desktop.hosts = False
    kept.desktop.chosen("gone")
    kept.window.settle()
    assert (kept.over, kept.is_hidden()) == (False, False)


def test_the_icon_goes_when_it_is_switched_off(kept: Kept) -> None:
    kept.set(tray=True)
    kept.set(tray=False)
    assert kept.desktop.tray is None


def test_working_offline_from_the_tray_and_from_the_settings(kept: Kept) -> None:
    window = kept.window
    kept.set(tray=True)
    assert window.session.sync.ran
    kept.desktop.chosen("offline")
    window.settle()
    assert window.startup.paused
    assert "Working offline, as you chose" in window.words()
    assert [entry.checked for entry in kept.desktop.tray or () if entry.name == "offline"] == [True]
    window.begin("settings", "network")
    window.click("workOffline")
    assert not window.startup.paused
    assert "Working offline, as you chose" not in window.words()


def test_the_notices_of_today_are_counted_and_opened(kept: Kept) -> None:
    kept.set(tray=True)
    kept.window.model.screens["tray"]._now = lambda: float(NOW)  # type: ignore[attr-defined]
    kept.window.session.notices.add(Notice("1", NOW, "judged", 3, 3), Notice("2", NOW - 3 * 86_400, "paid"))
    kept.window.settle()
    assert "Notices today: 1" in kept.labels()
    kept.desktop.chosen("notices")
    kept.window.settle()
    assert "Tasks judged: 3" in kept.window.words()


def test_control_a_window_that_never_keeps_would_end(kept: Kept) -> None:
    kept.ended.keeps = lambda: False
    kept.set(tray=True, tray_keeps=True)
    kept.shut()
    assert kept.over


def test_the_session_bus_works_on_the_loop_of_the_window(kept: Kept, tmp_path: Path) -> None:
    """Qt's own loop drives the sockets here, not asyncio's."""
    window, bus = kept.window, FakeBus(tmp_path / "bus")
    window.run(bus.start())
    desktop = LinuxDesktop(address=bus.path)
    assert window.run(desktop.tell(Said("a", "b", "home"))) is False  # a bus without a server
    assert [message.member for message in bus.seen] == ["Hello", "GetCapabilities"]
    window.run(desktop.close())
    window.run(bus.stop())
    window.settle()
