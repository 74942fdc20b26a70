# SPDX-License-Identifier: Apache-2.0
"""The icon in the system's tray: open the window, work offline, the notices of today, quit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Signal

from gems_desktop.services.facts import SettingsFacts, Topic
from gems_desktop.services.facts_notices import Notice
from gems_desktop.services.ports_outside import Beyond, TrayEntry
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.words import number, say


def today(notices: tuple[Notice, ...], now: float) -> int:
    """How many notices are of the local day of `now`."""
    here = datetime.fromtimestamp(now, UTC).astimezone()
    return sum(
        datetime.fromtimestamp(notice.at, UTC).astimezone().date() == here.date() for notice in notices
    )


def entries(count: int, paused: bool) -> tuple[TrayEntry, ...]:
    """The menu."""
    return (
        TrayEntry("open", say("Open Gems")),
        TrayEntry("notices", say("Notices today: {n}", n=number(count))),
        TrayEntry("offline", say("Work offline"), checked=paused),
        TrayEntry("", ""),
        TrayEntry("quit", say("Quit")),
    )


class TrayViewModel(ViewModel):
    """The tray. `hosted`: somebody shows the icon; only then may a closed window leave the application running."""

    topics = frozenset({Topic.SETTINGS, Topic.NOTICES, Topic.CONNECTION})
    changed = Signal()
    chosen = Signal(str)  # "open", "notices", "offline" or "quit"

    def __init__(
        self, session: Session, beyond: Beyond | None = None, now: Callable[[], float] | None = None
    ) -> None:
        super().__init__(session)
        self._desktop = (beyond or Beyond()).desktop
        self._desktop.on_tray(self._heard)
        self._now = now or (lambda: datetime.now(UTC).timestamp())
        self._facts = SettingsFacts()
        self._shown: tuple[tuple[TrayEntry, ...], bool] | None = None
        self.hosted = False
        self.paused: Callable[[], bool] = lambda: False

    def _heard(self, name: str) -> None:
        if name == "gone":
            self.reload()
        else:
            self.chosen.emit(name)

    @property
    def keeps(self) -> bool:
        """Whether closing the window leaves the application in the tray."""
        return self.hosted and self._facts.tray and self._facts.tray_keeps

    async def refresh(self) -> None:
        """Show the icon with its menu, or take it away."""
        self._facts = await self.session.settings.facts()
        if not self._facts.tray:
            self.hosted = False
            if self._shown is not None:
                self._shown = None
                await self._desktop.hide_tray()
            self.changed.emit()
            return
        notices = await self.session.notices.facts()
        unread = sum(not notice.seen for notice in notices)
        wanted = entries(today(notices, self._now()), self.paused()), unread > 0
        title = say("New notices: {n}", n=number(unread)) if unread else ""
        self._shown = wanted
        self.hosted = await self._desktop.show_tray(title, *wanted)
        self.changed.emit()
