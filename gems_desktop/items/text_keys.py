# SPDX-License-Identifier: Apache-2.0
"""What keys do on a text: go through it, select, mark, go through the marks, move their ends, remove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from gems_desktop.items.text_canvas import TextCanvas

_SIDEWAYS = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
_EDGES = {Qt.Key.Key_Home: False, Qt.Key.Key_End: True}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


def press(canvas: TextCanvas, event: QKeyEvent) -> bool:
    """Do what the key is for; false when it is for nothing here, so that it goes on to the screen."""
    if canvas.page is None or canvas.text is None:
        return False
    key, held = event.key(), event.modifiers()
    shift, control, alt = bool(held & _SHIFT), bool(held & _CONTROL), bool(held & _ALT)
    if key in _SIDEWAYS and (shift or alt) and canvas.actions.may_move_ends():
        return canvas.actions.move_end(_SIDEWAYS[key], first=alt, by_word=control)  # type: ignore[index]
    if alt:
        return False
    if control and key == Qt.Key.Key_C:
        return canvas.actions.copy()
    if control and key == Qt.Key.Key_A:
        canvas.caret.take(0, canvas.page.sheet.length)
        canvas.actions.moved()
        return True
    if _moves(canvas, key, shift, control):
        canvas.text.task.select("")
        canvas.actions.moved()
        return True
    if control or held & Qt.KeyboardModifier.MetaModifier:
        return False
    if key in _TABS:
        return canvas.actions.cycle(_TABS[key])  # type: ignore[index]
    if key in _ENTER:
        return canvas.actions.enter()
    if key == Qt.Key.Key_Space and not shift:
        return canvas.text.listen(canvas.caret.place)
    if key == Qt.Key.Key_Escape:
        return canvas.actions.let_go()
    if key in _REMOVE and canvas.text.chosen:
        return bool(canvas.text.task.remove(canvas.text.chosen))
    return canvas.actions.label_key(event.text())


def _moves(canvas: TextCanvas, key: int, shift: bool, control: bool) -> bool:
    page, cursor = canvas.page, canvas.caret
    if page is None:
        return False
    if key in _SIDEWAYS:
        cursor.sideways(page, _SIDEWAYS[key], control, shift)  # type: ignore[index]
    elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not control:
        cursor.upright(page, 1 if key == Qt.Key.Key_Down else -1, shift)
    elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        lines = canvas.lines_in_sight()
        cursor.upright(page, lines if key == Qt.Key.Key_PageDown else -lines, shift)
    elif key in _EDGES:
        cursor.line_end(page, _EDGES[key], control, shift)  # type: ignore[index]
    else:
        return False
    return True
