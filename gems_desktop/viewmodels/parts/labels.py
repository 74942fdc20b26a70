# SPDX-License-Identifier: Apache-2.0
"""What taking a label in hand leads to, on this object and with this shape, and which labels are used up."""

from __future__ import annotations

from PySide6.QtCore import Property, Signal

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.task_regions import spent


class LabelsPart(Part):
    """One control of labels."""

    changed = Signal()

    def refresh(self) -> None:
        """Read the answer and the hand anew."""
        self.changed.emit()

    def _gesture(self) -> str:
        """What a gesture with these labels makes (RegionFacts.kind); empty when nothing may be made."""
        tool = self.task.tool(self.node.to_name)
        return tool.kind if tool is not None else ""

    def _object(self) -> str:
        shown = self.task.module.shown(self.node.to_name)
        return shown.tag.lower() if shown is not None else ""

    def _spent(self) -> list[str]:
        """The labels that may not be used once more."""
        return list(spent(self.node, self.task.regions()))

    gesture = Property(str, _gesture, notify=changed)
    target = Property(str, _object, notify=changed)
    spent = Property(list, _spent, notify=changed)
