# SPDX-License-Identifier: Apache-2.0
"""Whether colours that mean something have a word or a picture with them, and what a window's QML holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tests.helpers.accessible import type_of
from tests.helpers.app_window import AppWindow, items

_TONES = ("good", "bad", "warn", "info", "goodSoft", "badSoft", "warnSoft", "infoSoft")


def ask(window: QQuickWindow, words: str) -> Any:
    """What an expression of QML is in the window's file: Python itself may not ask for a singleton (waiting.py)."""
    context = QQmlEngine.contextForObject(window)
    value, _undefined = QQmlExpression(context, window, words).evaluate()
    return value


def alone(window: AppWindow) -> Iterator[str]:
    """Grounds in a colour that means something, with neither a word nor a picture on them or right beside them."""
    tones = {QColor(ask(window.window, f"Theme.{tone}")).rgba() for tone in _TONES}
    for item in items(window.window.contentItem()):
        colour = item.property("color")
        if not (
            item.isVisible()
            and item.width() > 0
            and isinstance(colour, QColor)
            and item.property("radius") is not None
        ):
            continue
        if colour.rgba() in tones and not (says(item) or (item.parentItem() and says(item.parentItem()))):
            yield f"a colour alone: {type_of(item)} in {type_of(item.parentItem())}"
        if type_of(item).endswith("Badge") and not str(item.property("text")).strip():
            yield "a badge without a word"


def says(item: QQuickItem) -> bool:
    """Whether there is a text or a glyph in it."""
    return any(each.isVisible() and str(each.property("text") or "").strip() for each in items(item))
