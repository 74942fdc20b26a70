# SPDX-License-Identifier: Apache-2.0
"""Colours of marks on a text: behind words so that they stay readable, and of names so that they can be read."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

READABLE = 4.5  # the contrast of small text, WCAG 2.2 AA


def contrast(one: QColor, two: QColor) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(one: QColor, two: QColor, share: float) -> QColor:
    """`share` of the first colour over the second."""
    rest = 1 - share
    return QColor(
        round(share * one.red() + rest * two.red()),
        round(share * one.green() + rest * two.green()),
        round(share * one.blue() + rest * two.blue()),
    )


@lru_cache(maxsize=512)
def _behind(colour: int, ground: int, ink: int, strong: bool) -> int:
    share = 0.5 if strong else 0.3
    while share > 0.02:
        found = mixed(QColor.fromRgb(colour), QColor.fromRgb(ground), share)
        if contrast(found, QColor.fromRgb(ink)) >= READABLE:
            return found.rgb()
        share *= 0.8
    return ground


def behind(colour: QColor, ground: QColor, ink: QColor, *, strong: bool = False) -> QColor:
    """`colour` as pale as the words in `ink` on it need."""
    return QColor.fromRgb(_behind(colour.rgb(), ground.rgb(), ink.rgb(), strong))


@lru_cache(maxsize=512)
def _legible(colour: int, ground: int, ink: int) -> int:
    share = 1.0
    while share > 0.02:
        found = mixed(QColor.fromRgb(colour), QColor.fromRgb(ink), share)
        if contrast(found, QColor.fromRgb(ground)) >= READABLE:
            return found.rgb()
        share *= 0.8
    return ink


def legible(colour: QColor, ground: QColor, ink: QColor) -> QColor:
    """`colour` as far towards `ink` as small words in it on `ground` need."""
    return QColor.fromRgb(_legible(colour.rgb(), ground.rgb(), ink.rgb()))
