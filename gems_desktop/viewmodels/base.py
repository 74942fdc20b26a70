# SPDX-License-Identifier: Apache-2.0
"""What every view model shares: derived properties, running a coroutine, showing a fault.

A view model keeps frozen inputs, derives frozen props with a pure function and hands them to `show`;
`prop` makes the Qt property that reads one field of them. Each subclass declares its own `changed` signal and
names it in every `prop`: PySide6 6.11 crashes when a notify signal stands in a base class (ADR 0043).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from shiboken6 import isValid

from gems_desktop.services.errors import WalletLocked
from gems_desktop.services.facts import Problem, Topic
from gems_desktop.services.problem import problem_of
from gems_desktop.viewmodels.words import sentence
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.services.session import Session

log = logging.getLogger(__name__)


class ViewModel(QObject):
    """Base of one screen's view model; `topics` are those on which it refreshes itself."""

    topics: frozenset[Topic] = frozenset()

    changed: Any
    problemChanged = Signal()
    busyChanged = Signal()

    def __init__(self, session: Session | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._props: Any = None
        self._problem: Problem | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._unsubscribe = session.subscribe(self._on_topics) if session is not None else None

    @property
    def session(self) -> Session:
        """The open session; a screen that needs none never asks."""
        if self._session is None:
            raise AssertionError(f"{type(self).__name__} was made without a session")
        return self._session

    def show(self, props: Any) -> None:
        """Publish new props; emits `changed` only when they differ."""
        if props != self._props:
            self._props = props
            self.changed.emit()

    async def refresh(self) -> None:
        """Read the services and `show` what they say; screens override it."""

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[None]:
        """Run `work` on the loop; its GemsError becomes the screen's problem, a bug reaches the log."""
        task = asyncio.get_running_loop().create_task(self._guard(work))
        self._running.add(task)
        task.add_done_callback(self._ended)
        # a task that is cancelled before its first step would leave `work` behind, never awaited
        task.add_done_callback(lambda _task: work.close())
        self.busyChanged.emit()
        return task

    async def _guard(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except GemsError as error:
            self.fail(problem_of(error))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not isValid(self):  # at closing Qt takes view models away before their tasks have ended
            if not task.cancelled() and (late := task.exception()) is not None:
                log.debug("%s was gone before its task ended", type(self).__name__, exc_info=late)
            return
        if not task.cancelled() and (bug := task.exception()) is not None:
            log.error("a bug in %s", type(self).__name__, exc_info=bug)
            self.fail(BUG)
        self.busyChanged.emit()

    def fail(self, problem: Problem | None) -> None:
        """Show a fault, or none."""
        if problem != self._problem:
            self._problem = problem
            if isValid(self):
                self.problemChanged.emit()

    @Slot()
    def reload(self) -> None:
        """Read everything again."""
        self.start(self._reread())

    async def _reread(self) -> None:
        """Refresh; while the wallet is locked nothing is read, and nothing is wrong: the way in is shown."""
        with suppress(WalletLocked):
            await self.refresh()

    @Slot()
    def dismissProblem(self) -> None:
        """The user has read the fault."""
        self.fail(None)

    def _on_topics(self, touched: frozenset[Topic]) -> None:
        if touched & self.topics:
            self.reload()

    async def settle(self) -> None:
        """Wait until what was typed is on disk; before the window or the profile closes."""

    def close(self) -> None:
        """Stop what runs and listen no more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        for task in list(self._running):
            task.cancel()

    busy = Property(bool, lambda self: bool(self._running), notify=busyChanged)
    problemMessage = Property(str, lambda self: self._said("message"), notify=problemChanged)
    problemSafe = Property(str, lambda self: self._said("safe"), notify=problemChanged)
    problemAction = Property(str, lambda self: self._said("action"), notify=problemChanged)
    problemRetryable = Property(
        bool, lambda self: self._problem is not None and self._problem.retryable, notify=problemChanged
    )

    def _said(self, field: str) -> str:
        return "" if self._problem is None else sentence(str(getattr(self._problem, field)))


BUG = Problem(
    message="Something in this application went wrong.",
    safe="Your answers and your money are stored and untouched.",
    action="Go on; if it happens again, close the application and open it again.",
    retryable=True,
    code="Bug",
)


def prop(kind: type, field: str, changed: Any) -> Any:
    """A read-only Qt property of `kind` that reads `field` of the shown props and tells by `changed`."""
    return Property(kind, lambda self: getattr(self._props, field), notify=changed)
