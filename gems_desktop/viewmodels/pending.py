# SPDX-License-Identifier: Apache-2.0
"""A step that is done in ten seconds unless it is taken back: undo in the place of "are you sure" (ADR 0081).

Until then nothing has happened: a crash in between leaves everything as it was. It is done at once when the next
such step is asked for, and before the window, the wallet or the profile closes.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from gems_desktop.services.problem import problem_of
from gems_desktop.viewmodels.base import ViewModel
from gems_protocol.errors import GemsError

AFTER_MS = 10_000


@dataclass(frozen=True, slots=True)
class Step:
    """What was asked for: said in a sentence, done by `act`, and shown as it was before by `back`."""

    key: str
    sentence: str
    act: Callable[[], Coroutine[Any, Any, None]]
    back: Callable[[], None]


class Pending(QObject):
    """At most one step of one view model that can still be taken back; `key` names what it is about."""

    changed = Signal()

    def __init__(self, owner: ViewModel, after_ms: int = AFTER_MS) -> None:
        super().__init__(owner)
        self._owner = owner
        self._step: Step | None = None
        self._doing: list[str] = []
        self._held = False
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self.do)

    def offer(self, step: Step) -> None:
        """Show `step` as done, and do it later; one that waited before is done now."""
        self.do()
        self._step, self._held = step, False
        self._timer.start()
        self.changed.emit()

    def _take(self, *, begins: bool) -> Step | None:
        step, self._step = self._step, None
        self._timer.stop()
        if step is not None:
            if begins:
                self._doing.append(step.key)
            self.changed.emit()
        return step

    @property
    def offered(self) -> bool:
        """Whether something can be taken back."""
        return self._step is not None

    @property
    def keys(self) -> frozenset[str]:
        """What waits, and what is being done: shown as if it had happened."""
        waits = [self._step.key] if self._step is not None else []
        return frozenset([*waits, *self._doing])

    @Slot()
    def undo(self) -> None:
        """Take it back: it has not happened."""
        step = self._take(begins=False)
        if step is not None:
            step.back()

    @Slot(bool)
    def hold(self, held: bool) -> None:
        """While the offer is read or has the keyboard, its time stands still and begins anew afterwards."""
        if self._step is not None and held != self._held:
            self._held = held
            if held:
                self._timer.stop()
            else:
                self._timer.start()

    @Slot()
    def do(self) -> None:
        """Do it now."""
        step = self._take(begins=True)
        if step is not None:
            self._owner.start(self._act(step))

    async def settle(self) -> None:
        """Do what waits and come back when it is done or has failed; then it is as if it had never been asked."""
        step = self._take(begins=True)
        if step is not None:
            try:
                await self._act(step)
            except GemsError as error:
                self._owner.fail(problem_of(error))

    async def _act(self, step: Step) -> None:
        try:
            await step.act()
        except GemsError:
            self._doing.remove(step.key)
            step.back()
            raise
        self._doing.remove(step.key)

    sentence = Property(str, lambda self: "" if self._step is None else self._step.sentence, notify=changed)
