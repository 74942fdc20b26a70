# SPDX-License-Identifier: Apache-2.0
"""The version that runs, a newer one, and where wallet and work are kept: in the settings and as one line on Home."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Property, QTimer, Signal, Slot

from gems_desktop import __version__
from gems_desktop.services.facts import Connection
from gems_desktop.services.facts_updates import UpdateFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.carry_places import places
from gems_desktop.viewmodels.update_words import Told, notice, progress, removing, told, went_back
from gems_desktop.viewmodels.words import say

TICK_MS = 15 * 60_000  # how often it is asked whether a day has gone by
FIRST_MS = 60_000  # what the user is waiting for comes first
_ASKABLE = ("unknown", "current", "offered", "trouble")


class Updates(Protocol):
    """What is used of services.updating.Updating."""

    def facts(self) -> UpdateFacts: ...
    def on_change(self, told: Callable[[], None]) -> Callable[[], None]: ...
    async def begin(self) -> None: ...
    async def look_daily(self) -> None: ...
    async def check(self) -> None: ...
    async def download(self) -> None: ...
    def cancel(self) -> None: ...
    async def use_folder(self, path: str | None) -> None: ...
    async def set_checks(self, on: bool) -> None: ...


class NoUpdates:
    """Updates of a copy that has none."""

    def facts(self) -> UpdateFacts:
        """Built without them."""
        return UpdateFacts("off", "built_without", __version__)

    def on_change(self, told: Callable[[], None]) -> Callable[[], None]:
        """Nothing ever changes."""
        return lambda: None

    async def begin(self) -> None:
        """Nothing is read."""

    async def look_daily(self) -> None:
        """Nobody is asked."""

    async def check(self) -> None:
        """Nobody is asked."""

    async def download(self) -> None:
        """Nothing comes."""

    def cancel(self) -> None:
        """Nothing runs."""

    async def use_folder(self, path: str | None) -> None:
        """No folder is looked into."""

    async def set_checks(self, on: bool) -> None:
        """Nothing is stored."""


@dataclass(frozen=True, slots=True)
class Here:
    """What the view model knows besides the facts. begun: the version whose download was begun in this run;
    folder: where it is looked instead of the network; kept: the profile's folder."""

    looking: bool = False
    begun: str = ""
    folder: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class UpdatesProps:
    """What the cards and the line on Home show. fetch: "", "download" or "resume"."""

    how: str = "unknown"
    version: str = ""
    headline: str = ""
    detail: str = ""
    tone: str = ""
    iconName: str = "info"
    asks: bool = False
    looking: bool = False
    fetch: str = ""
    fetching: bool = False
    progress: float = 0.0
    progressText: str = ""
    checks: bool = False
    wentBack: str = ""
    notice: str = ""
    folder: str = ""
    kept: str = ""
    removing: str = ""


def derive(facts: UpdateFacts, here: Here) -> UpdatesProps:
    """The cards from what is known."""
    fetching = facts.state == "downloading"
    shown = Told(say("Looking for a new version…"), icon="refresh") if here.looking else told(facts)
    part, still = progress(facts) if fetching else (0.0, "")
    cut = facts.state == "trouble" and facts.trouble in ("offline", "disk") and here.begun != ""
    again = cut or (facts.state == "offered" and facts.offered == here.begun)
    return UpdatesProps(
        how=facts.state,
        version=facts.installed or __version__,
        headline=shown.headline,
        detail=shown.detail,
        tone=shown.tone,
        iconName=shown.icon,
        asks=facts.state in _ASKABLE,
        looking=here.looking,
        fetch="resume" if again else "download" if facts.state == "offered" else "",
        fetching=fetching,
        progress=part,
        progressText=still,
        checks=facts.checks,
        wentBack=went_back(facts),
        notice=notice(facts),
        folder=here.folder,
        kept=here.kept,
        removing=removing(facts),
    )


def at_home(folder: str) -> str:
    """A folder as people write it."""
    try:
        return "~/" + Path(folder).relative_to(Path.home()).as_posix()
    except ValueError:
        return folder


class UpdatesViewModel(ViewModel):
    """Updates: looked for when asked, or once a day where that is wanted; downloaded only when asked."""

    changed = Signal()
    placesChanged = Signal()
    leftChanged = Signal()

    how = prop(str, "how", changed)
    version = prop(str, "version", changed)
    headline = prop(str, "headline", changed)
    detail = prop(str, "detail", changed)
    tone = prop(str, "tone", changed)
    iconName = prop(str, "iconName", changed)
    asks = prop(bool, "asks", changed)
    looking = prop(bool, "looking", changed)
    fetch = prop(str, "fetch", changed)
    fetching = prop(bool, "fetching", changed)
    progress = prop(float, "progress", changed)
    progressText = prop(str, "progressText", changed)
    checks = prop(bool, "checks", changed)
    wentBack = prop(str, "wentBack", changed)
    notice = prop(str, "notice", changed)
    folder = prop(str, "folder", changed)
    kept = prop(str, "kept", changed)
    removing = prop(str, "removing", changed)

    def __init__(self, session: Session, updates: Updates | None = None, folder: str = "") -> None:
        """folder: of the open profile."""
        super().__init__(session)
        self._updates: Updates = updates or NoUpdates()
        self._kept, self._folder, self._begun = at_home(folder), "", ""
        self._looking = self._left = False
        self._places: list[dict[str, str]] = []
        self._forget = self._updates.on_change(self._arrange)
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_MS)
        self._timer.timeout.connect(self._tick)
        self._arrange()

    places = Property(list, lambda self: self._places, notify=placesChanged)
    left = Property(bool, lambda self: self._left, notify=leftChanged)

    def _arrange(self) -> None:
        facts = self._updates.facts()
        if facts.state == "downloading":
            self._begun = facts.offered
        self.show(derive(facts, Here(self._looking, self._begun, self._folder, self._kept)))

    async def refresh(self) -> None:
        """Read what is known here; some time later it is looked by itself, where a day has gone by."""
        await self._updates.begin()
        self._arrange()
        if not self._timer.isActive():
            self._timer.start()

    def _tick(self) -> None:
        self._timer.setInterval(TICK_MS)
        self.start(self._daily())

    async def _daily(self) -> None:
        """Where the user works online, and no megabytes are paid for."""
        online = (await self.session.sync.facts()).connection is Connection.ONLINE
        if online and (await self.session.work.queue()).metered is not True:
            await self._updates.look_daily()

    @Slot()
    def look(self) -> None:
        """Look for a new version now."""
        self._look_with(self._updates.check)

    def _look_with(self, look: Callable[[], Awaitable[None]]) -> None:
        if not self._looking and not self._props.fetching:
            self.start(self._looks(look))

    async def _looks(self, look: Callable[[], Awaitable[None]]) -> None:
        self._looking = True
        self._arrange()
        try:
            await look()
        finally:
            self._looking = False
            self._arrange()

    @Slot()
    def download(self) -> None:
        """Download what is offered, or go on with it."""
        if not self._looking and not self._props.fetching:
            self.start(self._download())

    async def _download(self) -> None:
        if self._updates.facts().state == "trouble":
            await self._looks(self._updates.check)
        await self._updates.download()

    @Slot()
    def cancel(self) -> None:
        """Download no more; what is there is kept for going on."""
        self._updates.cancel()

    @Slot(bool)
    def setChecks(self, checks: bool) -> None:
        """Look by itself once a day, or not."""
        self.start(self._updates.set_checks(checks))

    @Slot()
    def findPlaces(self) -> None:
        """See which sticks are plugged in."""
        self.start(self._find_places())

    async def _find_places(self) -> None:
        found = await asyncio.to_thread(places)
        self._places = [{"name": each.name or say("Documents"), "folder": each.folder} for each in found]
        self.placesChanged.emit()

    @Slot(str)
    def useFolder(self, folder: str) -> None:
        """Look for a new version in this folder; an empty text: on the network again."""
        path = folder.strip()
        if not self._looking and not self._props.fetching:
            self._folder = path
            self._look_with(lambda: self._updates.use_folder(path or None))

    @Slot()
    def leaveNotice(self) -> None:
        """The line on Home was read: not again in this run of the window."""
        self._left = True
        self.leftChanged.emit()

    def close(self) -> None:
        """Listen no more."""
        self._timer.stop()
        self._forget()
        super().close()
