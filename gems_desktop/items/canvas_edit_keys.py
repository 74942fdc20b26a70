# SPDX-License-Identifier: Apache-2.0
"""What keys do to regions: make, move, resize, turn and remove them, and draw and change polygons corner by corner."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gems_desktop.items import canvas_polygon
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.shapes import BRUSH, SHAPES
from gems_desktop.items.shapes.base import WHOLE, Step

NUDGE = 0.5  # percent a key moves a region; with Ctrl a fifth
TURN = 5.0  # degrees a key turns one; with Ctrl one
NEW = 20.0  # percent of what is seen: the edge of a region made by key
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def letter(scene: Scene, event: QKeyEvent, wanted: str) -> bool:
    """Whether a letter of the canvas was pressed; with Ctrl where the module gives that letter to a label."""
    if event.key() != ord(wanted.upper()) or event.modifiers() & _SHIFT:
        return False
    return bool(event.modifiers() & _CTRL) or not scene.task.uses(wanted)


def press(scene: Scene, event: QKeyEvent) -> bool:
    """Do what the key is for; false when it is for nothing here."""
    if not scene.may_draw():
        return False
    open_one = scene.unfinished()
    if open_one is not None and _drawing(scene, open_one, event):
        return True
    if letter(scene, event, "n"):
        scene.notice = ""
        return _new(scene)
    region = scene.editable()
    if region is None:
        return False
    if event.key() in ARROWS:
        return _arrow(scene, region, ARROWS[event.key()], event.modifiers())
    if event.key() in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
        return _turn(scene, region, event)
    if region.kind == "polygon" and _corners(scene, region, event):
        return True
    if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        return bool(scene.task.remove(region.id))
    return False


def _drawing(scene: Scene, region: Any, event: QKeyEvent) -> bool:
    """A polygon is being drawn."""
    key = event.key()
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return canvas_polygon.close(scene, region)
    if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        return canvas_polygon.back(scene, region)
    if letter(scene, event, "n"):
        return canvas_polygon.go_on(scene, region, canvas_polygon.beside(scene, region))
    if key in ARROWS:
        held = scene.held or str(len(region.value["points"]) - 1)
        return _pull(scene, region, held, _step(ARROWS[key], event.modifiers()))
    return False


def _new(scene: Scene) -> bool:
    """A region in the middle of what is seen."""
    tool, view = scene.tool(), scene.view
    x, y = view.to_percent(view.width / 2, view.height / 2)
    if tool.kind == "polygon":
        return canvas_polygon.begin(scene, (x, y))
    if tool.kind == "keypoint":
        return bool(scene.add(scene.point((x, y))))
    if tool.kind == BRUSH:
        scene.select("")
        scene.cursor = (x, y)
        return True
    half = NEW / view.zoom / 2
    scene.add(SHAPES[tool.kind].drawn((x - half, y - half), (x + half, y + half), scene.size))
    return True


def _step(direction: tuple[int, int], modifiers: Qt.KeyboardModifier) -> Step:
    length = NUDGE / 5 if modifiers & _CTRL else NUDGE
    return Step(length * direction[0], length * direction[1])


def _arrow(scene: Scene, region: Any, direction: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
    if region.kind == BRUSH:
        return False
    step = _step(direction, modifiers)
    if modifiers & _SHIFT:
        scene.change(region, SHAPES[region.kind].grown(region.value, step, scene.size))
        return True
    return _pull(scene, region, scene.held, step)


def _pull(scene: Scene, region: Any, grip: str, step: Step) -> bool:
    shape = SHAPES[region.kind]
    scene.change(region, shape.pulled(region.value, grip, (0.0, 0.0), (step.dx, step.dy), scene.size))
    return True


def _turn(scene: Scene, region: Any, event: QKeyEvent) -> bool:
    if region.kind == BRUSH:
        return False
    degrees = 1.0 if event.modifiers() & _CTRL else TURN
    back = event.key() == Qt.Key.Key_BracketLeft
    return scene.change(
        region, SHAPES[region.kind].turned(region.value, -degrees if back else degrees, scene.size)
    )


def _corners(scene: Scene, region: Any, event: QKeyEvent) -> bool:
    """The corners of a polygon: take the one before or behind in hand, take it out, put one behind it."""
    key, count = event.key(), len(region.value["points"])
    if key in (Qt.Key.Key_Comma, Qt.Key.Key_Period):
        step = 1 if key == Qt.Key.Key_Period else -1
        scene.held = str((int(scene.held) + step) % count if scene.held else (0 if step > 0 else count - 1))
        return True
    if scene.held == WHOLE:
        return False
    if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        canvas_polygon.remove_corner(scene, region, int(scene.held))
        return True
    if key == Qt.Key.Key_Insert or letter(scene, event, "i"):
        return canvas_polygon.put_after(scene, region, int(scene.held))
    return False
