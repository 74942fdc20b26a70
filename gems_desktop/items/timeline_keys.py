# SPDX-License-Identifier: Apache-2.0
"""What keys do on a line of time: play, go, look closer, set where a region begins and ends, select, take away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gems_desktop.items.timeline_gesture import Gesture, Stage
from gems_desktop.items.timeline_rows import next_in_time
from gems_desktop.items.timeline_view import PAGE, STEP, Axis

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def closer(axis: Axis, value: float) -> Axis:
    """One step closer, around a value where that is seen."""
    return axis.zoomed(STEP, _around(axis, value))


def further(axis: Axis, value: float) -> Axis:
    """One step back."""
    return axis.zoomed(1 / STEP, _around(axis, value))


def _around(axis: Axis, value: float) -> float:
    x = axis.x_of(value)
    return x if 0 <= x <= axis.width else axis.width / 2


def press(stage: Stage, gesture: Gesture, event: QKeyEvent) -> bool:
    """Do what the key is for; false when it is for nothing here, so that it goes on to the screen."""
    modifiers = event.modifiers()
    if stage.part is None or modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
        return False
    act = _KEYS.get(Qt.Key(event.key()))
    if act is not None:
        return act(stage, gesture, modifiers)
    if modifiers & _CTRL:
        return False
    return _letter(stage, event.text().lower())


def _letter(stage: Stage, text: str) -> bool:
    part, axis = stage.part, stage.axis
    if text in ("[", "]"):
        return bool(part.setBegin() if text == "[" else part.setEnd())
    if not text or part.uses(text):
        return False  # the module gives this key to an option
    if text in "+=-0":
        looked = axis.fitted() if text == "0" else (further if text == "-" else closer)(axis, part.position)
        stage.look(looked)
        return True
    if text == "i":
        return bool(part.setBegin())
    if text == "o":
        return bool(part.setEnd())
    if text in ",.":
        return _go(stage, part.by_key(1 if text == "." else -1, "fine"))
    return bool(part.letter(text))


def _go(stage: Stage, value: float) -> bool:
    stage.part.seek(min(max(value, stage.axis.first), stage.axis.last))
    stage.look(stage.axis.showing(stage.part.position))
    return True


def _space(stage: Stage, _gesture: Gesture, modifiers: Qt.KeyboardModifier) -> bool:
    if modifiers & _CTRL:
        return False
    if modifiers & _SHIFT:
        return bool(stage.part.playRegion())
    return bool(stage.part.play_key())


def _arrow(step: int) -> Callable[[Stage, Gesture, Qt.KeyboardModifier], bool]:
    def act(stage: Stage, _gesture: Gesture, modifiers: Qt.KeyboardModifier) -> bool:
        size = "large" if modifiers & _SHIFT else "fine" if modifiers & _CTRL else "small"
        return _go(stage, stage.part.by_key(step, size))

    return act


def _page(step: int) -> Callable[[Stage, Gesture, Qt.KeyboardModifier], bool]:
    def act(stage: Stage, _gesture: Gesture, _modifiers: Qt.KeyboardModifier) -> bool:
        stage.look(stage.axis.panned(step * PAGE * stage.axis.length))
        return True

    return act


def _tab(step: int) -> Callable[[Stage, Gesture, Qt.KeyboardModifier], bool]:
    """Select the next region; past the last one the keyboard goes on to the next control."""

    def act(stage: Stage, _gesture: Gesture, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers & _CTRL:
            return False
        wanted = next_in_time(stage.part.stretches(), str(stage.part.task.selected), step)
        stage.part.task.select(wanted or "")
        found = stage.part.stretch(wanted) if wanted else None
        if found is not None:
            stage.part.picked(found.id, found.start)
            stage.look(stage.axis.showing(found.start))
        return wanted is not None

    return act


def _delete(stage: Stage, _gesture: Gesture, _modifiers: Qt.KeyboardModifier) -> bool:
    chosen = stage.part.selected
    return chosen is not None and bool(stage.part.task.remove(chosen.id))


def _escape(stage: Stage, gesture: Gesture, _modifiers: Qt.KeyboardModifier) -> bool:
    if gesture.cancel() or stage.part.forget_edges():
        return True
    had = bool(stage.part.task.selected)
    stage.part.task.select("")
    return had


def _enter(stage: Stage, _gesture: Gesture, modifiers: Qt.KeyboardModifier) -> bool:
    if modifiers & _CTRL:
        return False
    if stage.part.is_marking:
        return bool(stage.part.point_out(stage.part.position, stage.part.position))
    # what was set by key is used up even where no region can be made of it; else Enter goes on and finishes the task
    pending = stage.part.begin is not None or stage.part.end is not None
    return bool(stage.part.make()) or pending


_KEYS: dict[Qt.Key, Callable[[Stage, Gesture, Qt.KeyboardModifier], bool]] = {
    Qt.Key.Key_Space: _space,
    Qt.Key.Key_Left: _arrow(-1),
    Qt.Key.Key_Right: _arrow(1),
    Qt.Key.Key_Home: lambda stage, _g, _m: _go(stage, stage.axis.first),
    Qt.Key.Key_End: lambda stage, _g, _m: _go(stage, stage.axis.last),
    Qt.Key.Key_PageUp: _page(-1),
    Qt.Key.Key_PageDown: _page(1),
    Qt.Key.Key_Tab: _tab(1),
    Qt.Key.Key_Backtab: _tab(-1),
    Qt.Key.Key_Delete: _delete,
    Qt.Key.Key_Backspace: _delete,
    Qt.Key.Key_Escape: _escape,
    Qt.Key.Key_Return: _enter,
    Qt.Key.Key_Enter: _enter,
}
