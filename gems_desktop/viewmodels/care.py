# SPDX-License-Identifier: Apache-2.0
"""When something of ours went wrong: a report that the user may save and send, and checks of the set-up in words.

Stands before the first paint and lives as long as the window; it needs no session.
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.diagnosing.sentences import TODO, WHAT
from gems_desktop.viewmodels.rows import RowsModel

if TYPE_CHECKING:
    import asyncio

    from gems_desktop.diagnosing.finding import Finding

log = logging.getLogger(__name__)
_MOST = 3  # a fault that comes again and again must not keep anybody from working


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as shown; level is "good", "note" or "bad"."""

    level: str
    what: str
    todo: str


class Keeper(Protocol):
    """What writes reports and looks after the set-up; the composition root provides it."""

    def report(self, fault: BaseException | None) -> str: ...
    def save(self, text: str) -> str:
        """Write a report into the profile's folder; where it is, for people. Raises OSError."""
        ...

    async def examine(self) -> list[Finding]: ...


class CareViewModel(QObject):
    """The dialog after a fault, and the checks in Settings."""

    changed = Signal()
    found = Signal()
    caught = Signal(object)  # from any thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keeper: Keeper | None = None
        self._text = self._saved = ""
        self._kind = ""
        self._shown = 0
        self._checking = self._checked = False
        self._rows = RowsModel(FindingRow, self)
        self._running: set[asyncio.Task[None]] = set()
        self.caught.connect(self._on_caught)

    def _on_caught(self, fault: object) -> None:
        if self._shown < _MOST and not self._text:
            self.offer("fault", fault if isinstance(fault, BaseException) else None)

    def offer(self, kind: str, fault: BaseException | None = None) -> None:
        """Show the dialog about a "fault", a "crash" of the last run, or because it was "asked" for."""
        if self.keeper is None:
            return
        self._shown += 1
        self._kind, self._saved = kind, ""
        self._text = self.keeper.report(fault)
        self.changed.emit()

    @Slot()
    def dismiss(self) -> None:
        """The user has seen it; nothing is kept or sent."""
        self._text = self._saved = ""
        self.changed.emit()

    @Slot()
    def compose(self) -> None:
        """Make a report now, for somebody who wants help."""
        self.offer("asked")

    @Slot()
    def save(self) -> None:
        """Write the report to a file that the user may send to whom they trust."""
        from gems_desktop.viewmodels.words import say

        if self.keeper is None or not self._text:
            return
        try:
            self._saved = say("Saved as {file}.", file=self.keeper.save(self._text))
        except OSError:
            self._saved = say("The report could not be saved: the disk is full or cannot be written to.")
        self.changed.emit()

    @Slot()
    def check(self) -> None:
        """Look after the set-up."""
        if self.keeper is not None and not self._checking:
            self._checking = True
            self.found.emit()
            self._start(self._examine(self.keeper))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        import asyncio  # not before the first frame

        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _examine(self, keeper: Keeper) -> None:
        from gems_desktop.viewmodels.words import say

        try:
            findings = await keeper.examine()
            self._rows.replace([row(finding) for finding in findings])
            self._checked = True
        except Exception:
            log.exception("the checks met a bug")
            self._rows.replace([FindingRow("bad", say("The checks themselves failed."), "")])
        finally:
            self._checking = False
            self.found.emit()

    def close(self) -> None:
        """End the checks; no more faults are shown."""
        self.keeper = None
        for task in self._running:
            task.cancel()

    text = Property(str, lambda self: self._text, notify=changed)
    saved = Property(str, lambda self: self._saved, notify=changed)
    kind = Property(str, lambda self: self._kind, notify=changed)
    checking = Property(bool, lambda self: self._checking, notify=found)
    checked = Property(bool, lambda self: self._checked, notify=found)
    findings = Property(QObject, lambda self: self._rows, constant=True)


def row(finding: Finding) -> FindingRow:
    """A finding in the window's language."""
    from gems_desktop.viewmodels.words import say

    what = say(WHAT[finding.code], **finding.values)
    wanted = finding.level.value != "good" and finding.code in TODO
    return FindingRow(finding.level.value, what, say(TODO[finding.code]) if wanted else "")
