# SPDX-License-Identifier: Apache-2.0
"""The application's sign as small pictures for the system's tray, drawn from the icon font."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRawFont

SIZES = (22, 32, 48)
_INK = QColor("#2FA98C")  # between the accents of both themes: readable on light and on dark panels
_GLYPH = "\ue242"


def tray_pictures(fonts: Path) -> list[tuple[int, int, bytes]]:
    """Width, height and ARGB of 32 bits, big-endian; fonts: the folder with GemsIcons.ttf."""
    return [(size, size, _drawn(fonts / "GemsIcons.ttf", size)) for size in SIZES]


def _drawn(font: Path, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    raw = QRawFont(str(font), size)
    path = raw.pathForGlyph(raw.glyphIndexesForString(_GLYPH)[0])
    box = path.boundingRect()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(size / 2, size / 2) - box.center())
    painter.fillPath(path, _INK)
    painter.end()
    pixels = bytes(image.constBits())
    if sys.byteorder == "big":
        return pixels
    return b"".join(pixels[at : at + 4][::-1] for at in range(0, len(pixels), 4))
