# SPDX-License-Identifier: Apache-2.0
"""A cursor that keys move over an image canvas: Space paints with the brush under it, Enter marks the place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gems_desktop.items import canvas_brush
from gems_desktop.items.canvas_edit_keys import ARROWS, letter
from gems_desktop.items.canvas_pointer import Pointer
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.shapes.base import Point

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STEP = 8.0  # pixels of the view; with Ctrl one, with Shift 40


def press(scene: Scene, pointer: Pointer, event: QKeyEvent) -> bool:
    """Do what the key is for; false when it is for nothing here."""
    if scene.marking:
        return _mark(scene, event)
    if not scene.painting():
        return False
    key = event.key()
    if key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
        scene.brush.grown(key == Qt.Key.Key_BracketRight)
        return True
    if letter(scene, event, "e"):
        scene.brush.erasing = not scene.brush.erasing
        return True
    chosen = scene.editable()
    if chosen is not None and chosen.kind != "brush":
        return False
    if key in ARROWS:
        move(scene, ARROWS[key], event.modifiers())
        _paint(scene, pointer)
        return True
    if key == Qt.Key.Key_Space:
        if not scene.space:
            scene.space = True
            scene.cursor = scene.cursor or _middle(scene)
            pointer.stroke = canvas_brush.begin(scene)
            _paint(scene, pointer)
        return True
    return False


def move(scene: Scene, direction: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
    """Move the cursor; the view follows it."""
    pixels = 1.0 if modifiers & _CTRL else 5 * _STEP if modifiers & _SHIFT else _STEP
    x, y = scene.cursor or _middle(scene)
    _, _, wide, high = scene.view.rect
    x = min(max(x + direction[0] * pixels / wide * 100, 0.0), 100.0)
    y = min(max(y + direction[1] * pixels / high * 100, 0.0), 100.0)
    scene.cursor = (x, y)
    at_x, at_y = scene.view.from_percent(x, y)
    dx = min(at_x, 0.0) + max(at_x - scene.view.width, 0.0)
    dy = min(at_y, 0.0) + max(at_y - scene.view.height, 0.0)
    if dx or dy:
        scene.look(scene.view.panned(-dx, -dy))


def _paint(scene: Scene, pointer: Pointer) -> None:
    if pointer.stroke is not None and scene.cursor is not None:
        pointer.stroke.to(scene.cursor, canvas_brush.width(scene))
    scene.update()


def _mark(scene: Scene, event: QKeyEvent) -> bool:
    key = event.key()
    if key in ARROWS:
        move(scene, ARROWS[key], event.modifiers())
        return True
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and scene.cursor is not None:
        scene.put_mark(scene.cursor)
        return True
    return False


def _middle(scene: Scene) -> Point:
    return scene.view.to_percent(scene.view.width / 2, scene.view.height / 2)
