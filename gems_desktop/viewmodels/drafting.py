# SPDX-License-Identifier: Apache-2.0
"""An answer being given, for pay or as a blind review: every edit reaches the disk in the order of the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from gems_desktop.services.facts import TaskFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.pump import Pump, Step
from gems_desktop.viewmodels.task import TaskViewModel
from gems_protocol.errors import GemsError


@dataclass(frozen=True, slots=True)
class DraftInputs:
    """What a screen with a draft on it knows of the draft; base of the screen's own inputs."""

    saving: bool = False
    saved: bool = False
    stuck: bool = False  # what was done could not be saved; it waits
    asked: bool = False  # the answer was given before it was complete
    problems: tuple[str, ...] = ()
    complete: bool = False
    broken: bool = False  # the task's config cannot be shown
    undoable: int = 0
    redoable: int = 0


def saving_word(draft: DraftInputs) -> str:
    """The mark beside the draft: "" | saving | saved | stuck."""
    return "stuck" if draft.stuck else "saving" if draft.saving else "saved" if draft.saved else ""


class Drafting:
    """The draft on one screen. `put` publishes fields of DraftInputs; `reopen` shows again what is on disk."""

    def __init__(
        self,
        session: Session,
        start: Callable[[Coroutine[Any, Any, None]], object],
        put: Callable[..., None],
        reopen: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._session, self._start, self._put, self._reopen = session, start, put, reopen
        self._pump = Pump()
        self._task: TaskViewModel | None = None
        self._item = ""
        self._broken = False
        self._asked = False
        self._touched = False
        self._stuck = False
        self._undoable = self._redoable = 0

    @property
    def idle(self) -> bool:
        """Whether everything is on disk."""
        return self._pump.idle

    @property
    def running(self) -> bool:
        """Whether something is being written."""
        return self._pump.running

    def watch(self, task: TaskViewModel) -> None:
        """Write down what is done to `task` from now on."""
        self._task = task
        task.edited.connect(self._edited)
        task.answerChanged.connect(self.judge)

    def open(self, facts: TaskFacts | None) -> None:
        """The draft of another task, or of none; what was being typed goes to the one before."""
        self.flush()
        self._item = facts.item_id if facts else ""
        self._touched = facts is not None and bool(facts.edits)
        self._broken = self._asked = False
        self._put(asked=False, saved=self._touched, broken=False)
        self._count(facts)

    def unshowable(self) -> None:
        """The task that was opened cannot be shown."""
        self._broken = True
        self._put(broken=True)

    def flush(self) -> None:
        """Send what is being typed."""
        if self._task is not None:
            self._task.flush()

    def _count(self, facts: TaskFacts | None) -> None:
        self._undoable, self._redoable = (len(facts.edits), facts.undone) if facts else (0, 0)
        self._put(undoable=self._undoable, redoable=self._redoable)

    def judge(self) -> None:
        """Whether the answer on the screen is complete, and what it lacks."""
        lacks: tuple[str, ...] = ()
        shown = self._task is not None and bool(self._item) and not self._broken
        if self._task is not None and shown:
            lacks = tuple(self._task.property("problems"))
        self._asked = self._asked and bool(lacks)
        self._put(complete=shown and not lacks, problems=lacks, asked=self._asked)

    def ready(self) -> bool:
        """Whether the answer can be given as it is; when it cannot, the screen says what is missing."""
        if self._task is None or not self._item or self._broken:
            return False
        self.flush()
        self.judge()
        if not self._task.property("complete"):
            self._asked = True
            self._put(asked=True)
            return False
        return True

    # --- writing, in the order of the keys ----------------------------------------------------------------
    def do(self, step: Step, *, keep: bool = False) -> None:
        """Do `step` after everything before it; with `keep` it is tried again later when it fails for now."""
        self._pump.put(step, keep=keep)
        if keep:
            self._touched = True
            self._put(saving=True, saved=False)
        if not self._pump.running:
            self._start(self.run())

    async def run(self) -> None:
        """Do what waits; raises what a step raises."""
        self._stuck = False
        self._put(stuck=False)
        try:
            await self._pump.run()
        except GemsError:
            if self._pump.idle:
                await self._reopen()
            raise
        finally:
            idle = self._pump.idle
            self._stuck = not idle
            self._put(saving=False, stuck=not idle, saved=idle and self._touched)

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        if not self._pump.running:
            self._start(self.run())

    def _edited(self, edit: dict[str, Any]) -> None:
        item_id = self._item
        if item_id:
            self._undoable, self._redoable = self._undoable + 1, 0
            self._put(undoable=self._undoable, redoable=0)
            self.do(lambda: self._session.work.record(item_id, edit), keep=True)

    def step(self, *, back: bool) -> None:
        """Take back the last edit, or do it again."""
        self.flush()
        item_id = self._item
        if item_id and (self._undoable if back else self._redoable):
            by = -1 if back else 1
            self._undoable, self._redoable = self._undoable + by, self._redoable - by
            self._put(undoable=self._undoable, redoable=self._redoable)
            self.do(lambda: self._stepped(item_id, back), keep=True)

    async def _stepped(self, item_id: str, back: bool) -> None:
        facts = await (self._session.work.undo if back else self._session.work.redo)(item_id)
        if self._task is not None and self._item == item_id:
            self._task.setAnswer(facts.answer)
            self._count(facts)

    async def settle(self) -> None:
        """Send what is being typed and wait until everything is on disk, or cannot be."""
        self.flush()
        while not self._pump.idle and not self._stuck:
            await asyncio.sleep(0.01)
