# SPDX-License-Identifier: Apache-2.0
"""What keys do on an image canvas: zoom and pan, go through the regions, and what canvas_edit_keys adds to a region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gems_desktop.items import canvas_cursor, canvas_edit_keys
from gems_desktop.items.canvas_edit_keys import ARROWS
from gems_desktop.items.canvas_pointer import Pointer
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.image_view import STEP, View
from gems_desktop.items.shapes.base import WHOLE

PAN = 40.0  # pixels a key moves the picture


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
    if (look := _LOOKS.get(key)) is not None:
        scene.look(look(scene.view))
        return True
    if key == Qt.Key.Key_Escape:
        return pointer.cancel() or _let_go(scene)
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        return _cycle(scene, -1 if key == Qt.Key.Key_Backtab else 1)
    if canvas_cursor.press(scene, pointer, event) or canvas_edit_keys.press(scene, event):
        scene.update()
        return True
    if key == Qt.Key.Key_Space:
        scene.space = True
        return True
    return key in ARROWS and _pan(scene, ARROWS[key])


def release(scene: Scene, pointer: Pointer, event: QKeyEvent) -> bool:
    """Space lets go of the picture, or lifts the brush."""
    if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
        return False
    scene.space = False
    if pointer.stroke is not None:
        pointer.release()
    return True


def _let_go(scene: Scene) -> bool:
    """Give up what is in hand, a step each time: the polygon being drawn, the corner, the cursor, the region."""
    open_one = scene.unfinished()
    if open_one is not None:
        return bool(scene.task.remove(open_one.id))
    if scene.held != WHOLE or scene.cursor is not None:
        scene.held, scene.cursor = WHOLE, None
        scene.update()
        return True
    had = bool(scene.task.selected)
    scene.select("")
    return had


def _cycle(scene: Scene, step: int) -> bool:
    """Select the next region; past the last one the keyboard goes on to the next control."""
    ids = [region.id for region in scene.regions()]
    selected = scene.task.selected
    at = ids.index(selected) + step if selected in ids else (0 if step > 0 else len(ids) - 1)
    if not 0 <= at < len(ids):
        scene.select("")
        return False
    scene.select(ids[at])
    return True


def _pan(scene: Scene, direction: tuple[int, int]) -> bool:
    if scene.view.zoom <= 1.0:
        return False
    scene.look(scene.view.panned(-PAN * direction[0], -PAN * direction[1]))
    return True
