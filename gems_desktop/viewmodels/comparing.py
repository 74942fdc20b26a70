# SPDX-License-Identifier: Apache-2.0
"""Showing another answer beside the one on the screen: its regions dashed, the differences as a list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from gems_desktop.viewmodels.differences import Difference, differences
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task import TaskViewModel
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import parse_answer
from gems_protocol.modules.answer import Region

CALM_MS = 200  # after the last edit: comparing large answers takes longer than a frame


class ComparingViewModel(QObject):
    """The other answer of the open task, if there is one. `task` gives the task's view model."""

    changed = Signal()

    def __init__(self, task: Callable[[], TaskViewModel | None], parent: QObject) -> None:
        super().__init__(parent)
        self._task = task
        self._watched: TaskViewModel | None = None
        self._other: list[Region] = []
        self._title = ""
        self._on = False
        self._rows = RowsModel(Difference, self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._read)

    def open(self, other: list[Region], title: str) -> None:
        """Another task is on the screen, with an answer to compare with or none (empty)."""
        task = self._task()
        if task is not None and task is not self._watched:
            self._watched = task
            task.answerChanged.connect(self._later)
        self._other = _sound(other, task)
        self._title, self._on = title if self._other else "", False
        self._rows.replace([])
        self.changed.emit()

    @Slot()
    def toggle(self) -> None:
        """Show the other answer, or take it away."""
        task = self._task()
        if task is None or not self._other:
            return
        self._on = not self._on
        task.setOther(self._other if self._on else [])
        self._read()
        self.changed.emit()

    @Slot(str)
    def show(self, region: str) -> None:
        """Select the own region that a difference is about."""
        task = self._task()
        if task is not None and region:
            task.select(region)

    @Slot()
    def _later(self) -> None:
        if self._on:
            self._calm.start()

    @Slot()
    def _read(self) -> None:
        task = self._task()
        if not self._on or task is None:
            self._rows.replace([])
            return
        self._rows.replace(differences(task.results, self._other, task.module))

    available = Property(bool, lambda self: bool(self._other), notify=changed)
    on = Property(bool, lambda self: self._on, notify=changed)
    title = Property(str, lambda self: self._title, notify=changed)
    rows = Property(QObject, lambda self: self._rows, constant=True)


def _sound(other: list[Region], task: TaskViewModel | None) -> list[Region]:
    """`other` where it is an answer to the task: a stranger wrote it, and nobody has looked at it before."""
    try:
        return parse_answer(other, task.module) if task is not None and other else []
    except MalformedMessage:
        return []
