# SPDX-License-Identifier: Apache-2.0
"""What stands behind the regions of a line of time; each kind of recording paints its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gems_desktop.items import timeline_paint
from gems_desktop.items.timeline_paint import Looks
from gems_desktop.items.timeline_rows import Rows
from gems_desktop.items.timeline_view import SECOND_STEPS, Axis


class Body:
    """The ground of one part. `version` differs when it must be painted anew; `more` is called when there is more."""

    follows = False  # whether what is painted over the regions moves with the play head

    def __init__(self, part: Any, more: Callable[[], None]) -> None:
        self.part, self._more = part, more
        self.version: Any = 0

    @property
    def ready(self) -> bool:
        """Whether a person sees what is to be judged."""
        return True

    def tall(self, looks: Looks) -> float:
        """How high the whole item wants to be, in pixels."""
        return 150.0 * looks.font_size / 14

    def foot(self, looks: Looks) -> float:
        """The height of the overview."""
        return 12.0 * looks.font_size / 14

    def rows(self, ruler: float, bottom: float, looks: Looks, scrolled: float) -> Rows:
        """The rows between the ruler and the overview."""
        return Rows(ruler, ruler, bottom, 1, bottom - ruler)

    def live_row(self, row: int) -> int:
        """The row in which a new region is shown that was begun in `row`."""
        return -1

    def ask(self, axis: Axis, ratio: float) -> None:
        """Get what this view needs."""

    def paint(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """The ruler and what stands below it."""
        timeline_paint.ruler(painter, axis, rows, SECOND_STEPS, self.part.tick_words, looks)

    def paint_foot(self, painter: QPainter, axis: Axis, place: QRectF, looks: Looks) -> None:
        """The whole, small."""
        painter.fillRect(place, looks.grid)

    def paint_over(self, painter: QPainter, axis: Axis, rows: Rows, looks: Looks) -> None:
        """What stands above the regions."""
