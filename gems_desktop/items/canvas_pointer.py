# SPDX-License-Identifier: Apache-2.0
"""What the pointer does on an image canvas: moving the picture, selecting, and one edit for each drag of a box."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from gems_desktop.items import canvas_paint
from gems_desktop.items.box_gesture import MOVE, Drag, Place
from gems_desktop.items.canvas_scene import Scene

SLIP = 4.0  # pixels a pointer may move in a click


class Pointer:
    """A press and what follows it. `drag` and `dragged` are the box in hand and where it would be now."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._pan_from: QPointF | None = None
        self.drag: Drag | None = None
        self.dragged: Place | None = None

    def press(self, point: QPointF, middle: bool) -> None:
        """Pan, grasp a handle, select or begin a new box."""
        scene = self._scene
        if middle or scene.space:
            self._pan_from = point
            return
        if scene.task is None or scene.image is None:
            return
        hit = scene.hit(point)
        x, y = scene.view.to_percent(point.x(), point.y())
        if hit is None:
            self.drag = Drag("", (x, y, 0.0, 0.0), MOVE, x, y)
        else:
            scene.task.select(hit[0])
            if scene.may_draw():
                self.drag = Drag(hit[0], hit[2], hit[1], x, y)
        self.dragged = None

    def move(self, point: QPointF) -> None:
        """Go on with what the press began."""
        scene = self._scene
        if self._pan_from is not None:
            step = point - self._pan_from
            self._pan_from = point
            scene.look(scene.view.panned(step.x(), step.y()))
        elif self.drag is not None and scene.may_draw() and self._beyond_slip(self.drag, point):
            self.dragged = self.drag.at(*scene.view.to_percent(point.x(), point.y()))
            scene.update()

    def release(self) -> None:
        """Finish: one edit for the whole drag."""
        if self._pan_from is not None:
            self._pan_from = None
            return
        drag, place = self.drag, self.dragged
        self.cancel()
        task = self._scene.task
        if drag is None or task is None:
            return
        if place is None:
            if not drag.box:
                task.select("")
        elif drag.box:
            self._scene.move(drag.box, place)
        else:
            self._scene.add(place)
        self._scene.update()

    def cancel(self) -> bool:
        """Let go of a box as if it had not been grasped; whether one was."""
        if self.drag is None:
            return False
        self.drag = self.dragged = None
        self._scene.update()
        return True

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        """What shows what a press at `point` would do."""
        scene = self._scene
        if self._pan_from is not None:
            return Qt.CursorShape.ClosedHandCursor
        if scene.space:
            return Qt.CursorShape.OpenHandCursor
        if not scene.may_draw():
            return Qt.CursorShape.ArrowCursor
        hit = scene.hit(point)
        return canvas_paint.cursor(hit[1]) if hit is not None else Qt.CursorShape.CrossCursor

    def _beyond_slip(self, drag: Drag, point: QPointF) -> bool:
        if self.dragged is not None:
            return True
        begun = QPointF(*self._scene.view.from_percent(drag.from_x, drag.from_y))
        return (point - begun).manhattanLength() > SLIP
