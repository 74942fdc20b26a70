# SPDX-License-Identifier: Apache-2.0
"""Where a part of a picture as it is shown lies among the stored pixels, which a camera may have kept turned."""

import math

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImageIOHandler

_Turn = QImageIOHandler.Transformation


def stored_part(part: list[float], size: QSize, turned: _Turn) -> QRect:
    """The stored pixels, of `size` in all, of `part`: x, y, width, height in percent of the picture as it is shown."""
    left, top, wide, high = (float(number) for number in part)
    right, bottom = left + wide, top + high
    if (
        turned & _Turn.TransformationRotate90
    ):  # shown is what is stored, turned clockwise after the mirroring below
        left, top, right, bottom = top, 100 - right, bottom, 100 - left
    if turned & _Turn.TransformationMirror:
        left, right = 100 - right, 100 - left
    if turned & _Turn.TransformationFlip:
        top, bottom = 100 - bottom, 100 - top
    x, y = math.floor(left / 100 * size.width()), math.floor(top / 100 * size.height())
    end_x, end_y = math.ceil(right / 100 * size.width()), math.ceil(bottom / 100 * size.height())
    whole = QRect(0, 0, size.width(), size.height())
    found = QRect(x, y, max(1, end_x - x), max(1, end_y - y)).intersected(whole)
    return found if not found.isEmpty() else whole
