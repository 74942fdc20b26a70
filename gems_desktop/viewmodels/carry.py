# SPDX-License-Identifier: Apache-2.0
"""Work without a network: write a carry file onto a stick, read its reply, send the files of others."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_carry import CarryFacts, CarryResult
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.carry_places import ANSWER, FILE, CarryRow, Place, files_in, places
from gems_desktop.viewmodels.carry_words import holds_text, result_text, until_text
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import say


@dataclass(frozen=True, slots=True)
class CarryProps:
    """What the page shows. done: what came of the last thing that was done, or ""."""

    open: bool = False
    ready: bool = False
    holds: str = ""
    until: str = ""
    canWrite: bool = False
    waiting: int = 0
    places: tuple[str, ...] = ()
    place: int = 0
    folder: str = ""
    working: bool = False
    done: str = ""
    doneTone: str = ""


class CarryViewModel(ViewModel):
    """The page behind "Without a network…" of the outbox."""

    changed = Signal()
    topics = frozenset({Topic.OUTBOX})

    open = prop(bool, "open", changed)
    ready = prop(bool, "ready", changed)
    holds = prop(str, "holds", changed)
    until = prop(str, "until", changed)
    canWrite = prop(bool, "canWrite", changed)
    waiting = prop(int, "waiting", changed)
    place = prop(int, "place", changed)
    folder = prop(str, "folder", changed)
    working = prop(bool, "working", changed)
    done = prop(str, "done", changed)
    doneTone = prop(str, "doneTone", changed)
    places = Property(list, lambda self: list(self._props.places), notify=changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rows = RowsModel(CarryRow, self)
        self._facts: CarryFacts | None = None
        self._places: tuple[Place, ...] = ()
        self._open = self._working = False
        self._folder = self._done = self._tone = ""
        self.show(CarryProps())

    files = Property(QObject, lambda self: self._rows, constant=True)

    async def refresh(self) -> None:
        """Read what waits and what is on the stick, while the page is there."""
        if not self._open:
            return
        self._facts = await self.session.carry.facts()
        self._places = await asyncio.to_thread(places)
        if not self._folder:
            self._folder = self._places[0].folder
        self._rows.replace(await asyncio.to_thread(files_in, self._folder))
        self._arrange()

    def _arrange(self) -> None:
        facts, now = self._facts, int(datetime.now(UTC).timestamp())
        if facts is None:
            self.show(CarryProps(open=self._open))
            return
        folders = [place.folder for place in self._places]
        self.show(
            CarryProps(
                open=self._open,
                ready=True,
                holds=holds_text(facts),
                until=until_text(facts, now),
                canWrite=facts.opened_until > 0,
                waiting=facts.waiting,
                places=tuple(place.name or say("Documents") for place in self._places),
                place=folders.index(self._folder) if self._folder in folders else -1,
                folder=self._folder,
                working=self._working,
                done=self._done,
                doneTone=self._tone,
            )
        )

    @Slot()
    def enter(self) -> None:
        """Show the page."""
        self._open, self._done = True, ""
        self._arrange()
        self.reload()

    @Slot()
    def leave(self) -> None:
        """Back to the outbox."""
        self._open = False
        self.fail(None)
        self._arrange()

    @Slot(int)
    def choosePlace(self, place: int) -> None:
        """Look at one of the sticks."""
        if 0 <= place < len(self._places):
            self.openFolder(self._places[place].folder)

    @Slot(str)
    def openFolder(self, folder: str) -> None:
        """Look at a folder."""
        if folder.strip():
            self._folder, self._done = folder.strip(), ""
            self.reload()

    @Slot()
    def write(self) -> None:
        """Write a file with everything unsent."""
        self._do(self._write())

    async def _write(self) -> str:
        name = f"gems-{datetime.now(UTC).astimezone():%Y%m%d-%H%M}{FILE}"
        await self.session.carry.write(str(Path(self._folder) / name))
        return say("Written: {name}. Give the stick to somebody with a connection.", name=name)

    @Slot(str)
    def read(self, path: str) -> None:
        """Read a reply."""
        self._do(self._read_reply(path))

    async def _read_reply(self, path: str) -> str:
        found: CarryResult = await self.session.carry.read_reply(path)
        self._tone = "warn" if found.refused else "good"
        return result_text(found)

    @Slot(str)
    def send(self, path: str) -> None:
        """Send a file, mine or somebody else's, and write its reply beside it."""
        self._do(self._send(path))

    async def _send(self, path: str) -> str:
        reply = Path(path).with_suffix(ANSWER)
        await self.session.carry.send(path, str(reply))
        return say("Sent. Give the stick back, with the reply on it: {name}", name=reply.name)

    def _do(self, work: Coroutine[Any, Any, str]) -> None:
        if self._working:
            work.close()
            return
        self._working, self._done, self._tone = True, "", "good"
        self.fail(None)
        self._arrange()
        self.start(self._doing(work))

    async def _doing(self, work: Coroutine[Any, Any, str]) -> None:
        try:
            self._done = await work
        finally:
            self._working = False
            await self.refresh()
