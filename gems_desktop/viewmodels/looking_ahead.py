# SPDX-License-Identifier: Apache-2.0
"""Has the files of what comes next opened, once everything of what is on the screen is there: that was asked first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Slot

from gems_desktop.services.answers import module_of
from gems_desktop.viewmodels.task import TaskViewModel
from gems_protocol.modules import ConfigRefused


class Coming(Protocol):
    """A task or review that comes later."""

    @property
    def config(self) -> str:
        """Its labelling config."""

    @property
    def data(self) -> dict[str, Any]:
        """What it shows."""


class LookingAhead(QObject):
    """Waits for the open task of a screen. `neighbours` gives what comes after an item; `start` runs a coroutine."""

    def __init__(
        self,
        start: Callable[[Coroutine[Any, Any, None]], object],
        task: Callable[[], TaskViewModel | None],
        neighbours: Callable[[str], Awaitable[Sequence[Coming]]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._start, self._task, self._neighbours = start, task, neighbours
        self._item_id = ""  # after which to look, until it is shown

    def watch(self, task: TaskViewModel) -> None:
        """A view model shows the screen's tasks from now on."""
        task.shownChanged.connect(self._on_shown)

    def after(self, item_id: str) -> None:
        """Another item was opened."""
        self._item_id = item_id
        self._on_shown()

    @Slot()
    def _on_shown(self) -> None:
        item_id, task = self._item_id, self._task()
        if item_id and task is not None and (task.property("shown") or task.property("pictureProblem")):
            self._item_id = ""
            task.images.let_go()
            self._start(self._look(item_id))

    async def _look(self, item_id: str) -> None:
        for facts in await self._neighbours(item_id):
            task = self._task()
            if task is not None:
                try:
                    task.prefetch(module_of(facts.config), facts.data)
                except ConfigRefused:
                    continue  # said when its turn comes
