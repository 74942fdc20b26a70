# SPDX-License-Identifier: Apache-2.0
"""The keys of the task on the screen: every option with its key, changed by pressing another; clashes are refused."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.session import Session
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task import TaskViewModel
from gems_desktop.viewmodels.words import say
from gems_protocol.modules import Module, keys
from gems_protocol.modules.keys import Place

Wishes = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One option with its key as shown; `own` is whether the user gave it."""

    control: str
    stored: str
    text: str
    key: str
    own: bool


def as_map(wishes: Wishes) -> dict[Place, str]:
    """Wishes as `keys.assign` takes them."""
    return {(control, stored): key for control, stored, key in wishes}


def rows_of(module: Module, wishes: dict[Place, str]) -> list[KeyRow]:
    """Every option that has a key or could have one, in reading order."""
    given = keys.assign(module, wishes)
    found: dict[Place, KeyRow] = {}
    for node in module.controls():
        for _, option in node.every_option():
            place = (node.name, option.stored)
            if place not in found and (node.tag not in ("Taxonomy", "Ranker") or place in given):
                own = given.get(place) is not None and wishes.get(place, "").lower() == given[place]
                found[place] = KeyRow(*place, option.shown, given.get(place, "").upper(), own)
    return list(found.values())


def refusal(module: Module, wishes: dict[Place, str], place: Place, key: str) -> str:
    """Why an option cannot have `key`, in the window's words; empty when it can."""
    if not keys.usable(key):
        return say("The screen uses this key itself. Press a letter, a digit or a sign.")
    other = keys.clash(module, wishes, place, key)
    if other is None:
        return say("This option cannot have a key.") if keys.refused(module, wishes, place, key) else ""
    node = module.control(other[0])
    option = node.option(other[1]) if node is not None else None
    return say(
        "“{key}” is already the key of “{option}”.",
        key=key.upper(),
        option=option.shown if option is not None else other[1],
    )


class KeysViewModel(QObject):
    """The keys panel. `task` gives the open task's view model; `start` runs what is written down."""

    changed = Signal()

    def __init__(
        self,
        session: Session,
        start: Callable[[Coroutine[Any, Any, None]], object],
        task: Callable[[], TaskViewModel | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._start, self._task = session, start, task
        self._config = ""
        self._wishes: dict[Place, str] = {}
        self._refusal = ""
        self._rows = RowsModel(KeyRow, self)

    @property
    def wishes(self) -> dict[Place, str]:
        """The user's own keys for the open task's module."""
        return self._wishes

    def open(self, config: str, wishes: Wishes) -> dict[Place, str]:
        """Another task is opened; the wishes that count for it.

        What was changed here counts for the module at once, also in tasks that were read before.
        """
        if config != self._config:
            self._config, self._wishes = config, as_map(wishes)
        self._refusal = ""
        return self._wishes

    @Slot()
    def read(self) -> None:
        """Fill the rows, before the panel is shown."""
        task = self._task()
        self._rows.replace(rows_of(task.module, self._wishes) if task is not None else [])
        self.changed.emit()

    @Slot(str, str, str, result=bool)
    def give(self, control: str, stored: str, key: str) -> bool:
        """Give an option a key; false, and `refusal` says why, when it cannot have it."""
        task = self._task()
        if task is None:
            return False
        self._refusal = refusal(task.module, self._wishes, (control, stored), key)
        if not self._refusal:
            self._wishes = {**self._wishes, (control, stored): key.lower()}
            self._keep(task)
        self.read()
        return not self._refusal

    @Slot(str, str)
    def forget(self, control: str, stored: str) -> None:
        """An option gets the key back that the module gives it."""
        task = self._task()
        if task is not None and self._wishes.pop((control, stored), None) is not None:
            self._keep(task)
        self._refusal = ""
        self.read()

    @Slot()
    def reset(self) -> None:
        """All options get the keys back that the module gives them."""
        task = self._task()
        if task is not None and self._wishes:
            self._wishes = {}
            self._keep(task)
        self._refusal = ""
        self.read()

    def _keep(self, task: TaskViewModel) -> None:
        task.rekey(self._wishes)
        kept = tuple((control, stored, key) for (control, stored), key in self._wishes.items())
        self._start(self._session.settings.keep_keys(self._config, kept))

    rows = Property(QObject, lambda self: self._rows, constant=True)
    refusal = Property(str, lambda self: self._refusal, notify=changed)
    anyOwn = Property(bool, lambda self: bool(self._wishes), notify=changed)
