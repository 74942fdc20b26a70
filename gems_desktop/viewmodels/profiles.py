# SPDX-License-Identifier: Apache-2.0
"""The profiles of a shared computer: choose one, make one, name one anew, put one aside with its wallet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts_profiles import ProfileFacts, Profiles
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import clock_time, say, short

if TYPE_CHECKING:
    from gems_desktop.services.session import Session

MAX_TITLE = 60


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One profile. typed: what has to be typed before it is put aside, "" where its words are on paper."""

    name: str
    title: str
    about: str
    current: bool
    typed: str
    warning: str


@dataclass(frozen=True, slots=True)
class ProfilesProps:
    """What is shown besides the rows. aside: where the profile that was put aside last lies."""

    title: str = ""
    several: bool = False
    aside: str = ""


def row(facts: ProfileFacts, current: str) -> ProfileRow:
    """A profile in words."""
    used = say("Used {when}", when=clock_time(facts.used_at)) if facts.used_at else say("Not used yet")
    wallet = say("wallet {address}", address=short(facts.address)) if facts.address else say("no wallet yet")
    warning = ""
    if facts.wallet and facts.backed_up:
        warning = say("Its seed words are on your paper: they bring the wallet back on any computer.")
    elif facts.wallet:
        warning = say(
            "Its seed words were never compared with your paper. Without them, the wallet is only in this folder."
        )
    return ProfileRow(
        name=facts.name,
        title=facts.title,
        about=f"{used} · {wallet}",
        current=facts.name == current,
        typed=facts.title if facts.wallet and not facts.backed_up else "",
        warning=warning,
    )


class ProfilesViewModel(ViewModel):
    """The chooser; `chosen` names the folder of the profile to open."""

    changed = Signal()
    chosen = Signal(str)
    said = Signal(str, str)

    title = prop(str, "title", changed)
    several = prop(bool, "several", changed)
    aside = prop(str, "aside", changed)
    longest = Property(int, lambda self: MAX_TITLE, constant=True)

    def __init__(self, session: Session, profiles: Profiles, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._profiles, self._rows = profiles, RowsModel(ProfileRow, self)
        self._aside = ""
        self.show(ProfilesProps())
        self.reload()

    rows = Property(QObject, lambda self: self._rows, constant=True)

    async def refresh(self) -> None:
        """Look which profiles there are."""
        current = self.session.profile
        found = [row(facts, current) for facts in await asyncio.to_thread(self._profiles.all)]
        self._rows.replace(found)
        title = next((one.title for one in found if one.current), current)
        self.show(ProfilesProps(title, len(found) > 1, self._aside))

    @Slot(str)
    def choose(self, name: str) -> None:
        """Open another profile."""
        if any(one.name == name and not one.current for one in self._rows.rows):
            self.chosen.emit(name)

    @Slot(str)
    def add(self, title: str) -> None:
        """Make an empty profile and open it."""
        self.start(self._add(title))

    async def _add(self, title: str) -> None:
        name = await asyncio.to_thread(self._profiles.add, title)
        if name:
            self.chosen.emit(name)

    @Slot(str, str)
    def rename(self, name: str, title: str) -> None:
        """Show a profile under another title."""
        self.start(self._rename(name, title))

    async def _rename(self, name: str, title: str) -> None:
        await asyncio.to_thread(self._profiles.rename, name, title)
        await self.refresh()

    @Slot(str, str)
    def setAside(self, name: str, typed: str) -> None:
        """Move a profile that is not open out of the way; one whose words are not on paper by typing its title."""
        known = next((one for one in self._rows.rows if one.name == name), None)
        if known is not None and not known.current and typed.strip() == known.typed:
            self.start(self._set_aside(known))

    async def _set_aside(self, known: ProfileRow) -> None:
        self._aside = await asyncio.to_thread(self._profiles.set_aside, known.name)
        await self.refresh()
        self.said.emit(say("{title} was put aside; nothing of it was deleted.", title=known.title), "good")
