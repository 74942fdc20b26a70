# SPDX-License-Identifier: Apache-2.0
"""The one step of the whole window that can still be taken back, as the toast offers it; part of the frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot


class UndoViewModel(QObject):
    """Follows the `pending` of every screen's view model; what one screen offers ends what another one offered."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Any = None

    def watch(self, screens: Iterable[QObject]) -> None:
        """Follow the steps of these screens, of those that have any."""
        for screen in screens:
            pending = getattr(screen, "pending", None)
            if pending is not None:
                pending.changed.connect(lambda pending=pending: self._offered(pending))

    def forget(self) -> None:
        """The screens go away."""
        self._shown = None
        self.changed.emit()

    def _offered(self, pending: Any) -> None:
        if pending.offered:
            before, self._shown = self._shown, pending
            if before is not None and before is not pending:
                before.do()
        elif self._shown is pending:
            self._shown = None
        self.changed.emit()

    @Slot()
    def undo(self) -> None:
        """Take the step back."""
        if self._shown is not None:
            self._shown.undo()

    @Slot(bool)
    def hold(self, held: bool) -> None:
        """Whether the offer is being read."""
        if self._shown is not None:
            self._shown.hold(held)

    sentence = Property(
        str, lambda self: "" if self._shown is None else self._shown.property("sentence"), notify=changed
    )
