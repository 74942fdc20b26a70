# SPDX-License-Identifier: Apache-2.0
"""What keys do on an image canvas: zoom and pan, make boxes, go through them, move, resize and remove them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gems_desktop.items.box_gesture import MOVE, moved
from gems_desktop.items.canvas_pointer import Pointer
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.image_view import STEP, View

NUDGE = 0.5  # percent a key moves a box; with Ctrl a fifth
PAN = 40.0  # pixels a key moves the picture
NEW_BOX = 20.0  # percent of what is seen: the edge of a box made by key
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def closer(view: View) -> View:
    """One step closer, around the middle."""
    return view.zoomed(STEP, view.width / 2, view.height / 2)


def further(view: View) -> View:
    """One step back."""
    return view.zoomed(1 / STEP, view.width / 2, view.height / 2)


def fitted(view: View) -> View:
    """The whole picture."""
    return replace(view, zoom=1.0, pan_x=0.0, pan_y=0.0)


_LOOKS: dict[int, Callable[[View], View]] = {
    Qt.Key.Key_Plus: closer,
    Qt.Key.Key_Equal: closer,
    Qt.Key.Key_Minus: further,
    Qt.Key.Key_0: fitted,
}


def press(scene: Scene, pointer: Pointer, event: QKeyEvent) -> bool:
    """Do what the key is for; false when it is for nothing here, so that it goes on to the screen."""
    key, modifiers = event.key(), event.modifiers()
    if scene.task is None or modifiers & Qt.KeyboardModifier.AltModifier:
        return False
    if key == Qt.Key.Key_Space:
        scene.space = True
        return True
    if (look := _LOOKS.get(key)) is not None:
        scene.look(look(scene.view))
        return True
    if (direction := _ARROWS.get(key)) is not None:
        return _arrow(scene, direction, modifiers)
    if key == Qt.Key.Key_Escape:
        return pointer.cancel() or _unselect(scene)
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        return _cycle(scene, -1 if key == Qt.Key.Key_Backtab else 1)
    if key == Qt.Key.Key_N and scene.may_draw() and not modifiers:
        _new_box(scene)
        return True
    if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and scene.task.selected:
        return bool(scene.task.remove(scene.task.selected))
    return False


def _unselect(scene: Scene) -> bool:
    had = bool(scene.task.selected)
    scene.task.select("")
    return had


def _cycle(scene: Scene, step: int) -> bool:
    """Select the next box; past the last one the keyboard goes on to the next control."""
    ids = [box.id for box in scene.boxes()]
    selected = scene.task.selected
    at = ids.index(selected) + step if selected in ids else (0 if step > 0 else len(ids) - 1)
    if not 0 <= at < len(ids):
        scene.task.select("")
        return False
    scene.task.select(ids[at])
    return True


def _arrow(scene: Scene, direction: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
    box = next((each for each in scene.boxes() if each.id == scene.task.selected), None)
    if box is None or not scene.may_draw():
        if scene.view.zoom <= 1.0:
            return False
        scene.look(scene.view.panned(-PAN * direction[0], -PAN * direction[1]))
        return True
    step = NUDGE / 5 if modifiers & Qt.KeyboardModifier.ControlModifier else NUDGE
    sizing = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    edges = (abs(direction[0]), abs(direction[1])) if sizing else MOVE
    start = (box.x, box.y, box.width, box.height)
    scene.move(box.id, moved(start, edges, step * direction[0], step * direction[1]))
    return True


def _new_box(scene: Scene) -> None:
    x, y = scene.view.to_percent(scene.view.width / 2, scene.view.height / 2)
    side = NEW_BOX / scene.view.zoom
    scene.add((x - side / 2, y - side / 2, side, side))
