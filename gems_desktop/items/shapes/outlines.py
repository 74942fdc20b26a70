# SPDX-License-Identifier: Apache-2.0
"""The outlines of the regions on the screen, kept while their values are: painting and pointing read them often."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from gems_desktop.items.shapes.base import Size, Value
from gems_desktop.items.shapes.kinds import SHAPES

KEPT = 1_000  # outlines: those of two answers


class Outlines:
    """By the identity of a region's value, which is another one after every change."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Value, Size, QPainterPath, QRectF]] = {}

    def path(self, kind: str, value: Value, size: Size) -> QPainterPath:
        """The outline of a value, in percent."""
        return self._get(kind, value, size)[2]

    def box(self, kind: str, value: Value, size: Size) -> QRectF:
        """The upright rectangle around it, in percent."""
        return self._get(kind, value, size)[3]

    def _get(self, kind: str, value: Value, size: Size) -> tuple[Value, Size, QPainterPath, QRectF]:
        known = self._kept.get(id(value))
        if known is not None and known[0] is value and known[1] == size:
            return known
        path = SHAPES[kind].path(value, size)
        if len(self._kept) >= KEPT:
            self._kept.clear()
        made = self._kept[id(value)] = (value, size, path, path.boundingRect())
        return made
