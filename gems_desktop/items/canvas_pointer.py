# SPDX-License-Identifier: Apache-2.0
"""What the pointer does on an image canvas: moving the picture, selecting, and one edit for each drag of a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, Qt

from gems_desktop.items import canvas_brush, canvas_polygon
from gems_desktop.items.brush import Stroke
from gems_desktop.items.canvas_scene import Hit, Scene
from gems_desktop.items.shapes import BRUSH, SHAPES
from gems_desktop.items.shapes.base import WHOLE, Grip, Point, Value
from gems_desktop.items.shapes.boxes import TURN

SLIP = 4.0  # pixels a pointer may move in a click
_CURSORS = {
    (0, 0): Qt.CursorShape.SizeAllCursor,
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
}


@dataclass(frozen=True, slots=True)
class Drag:
    """What a press took hold of: a region at a grip, or None where a new one is drawn. `kind` is of the shape."""

    region: Any
    kind: str
    grip: str
    start: Point
    begun: QPointF


class Pointer:
    """A press and what follows it. `drag` and `live` are the region in hand and its value as it would be now."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._pan_from: QPointF | None = None
        self.drag: Drag | None = None
        self.live: Value | None = None
        self.stroke: Stroke | None = None
        self.at: QPointF | None = None  # where the pointer was last

    def press(self, point: QPointF, modifiers: Qt.KeyboardModifier, middle: bool) -> None:
        """Pan, grasp a grip, select, set a corner, paint or begin a new region."""
        scene = self._scene
        self.at = point
        if middle or (scene.space and not scene.painting()):
            self._pan_from = point
            return
        if scene.task is None or scene.image is None:
            return
        over = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if scene.marking:
            scene.put_mark(scene.view.to_percent(point.x(), point.y()))
        elif scene.unfinished() is not None:
            self._corner(point)
        elif scene.painting() and not over:
            self._paint(point)
        else:
            self._take(point, over and not scene.painting())
        self.live = None

    def _corner(self, point: QPointF) -> None:
        """Set one more corner of the polygon in hand, or close it at its first; with too few nothing happens there."""
        scene = self._scene
        region = scene.unfinished()
        if scene.first_corner_near(region, point):
            canvas_polygon.close(scene, region)
        else:
            canvas_polygon.go_on(scene, region, scene.view.to_percent(point.x(), point.y()))

    def _paint(self, point: QPointF) -> None:
        self.stroke = canvas_brush.begin(self._scene)
        self._dab(point)

    def _dab(self, point: QPointF) -> None:
        scene = self._scene
        if self.stroke is not None:
            self.stroke.to(scene.view.beyond_percent(point.x(), point.y()), canvas_brush.width(scene))
            scene.update()

    def _take(self, point: QPointF, new: bool) -> None:
        """Take hold of what is under the pointer; `new` draws a region over others."""
        scene = self._scene
        start = scene.view.to_percent(point.x(), point.y())
        hit = None if new else self._hit(point)
        if hit is None:
            tool = scene.tool()
            self.drag = Drag(None, tool.kind if tool is not None else "", WHOLE, start, point)
            return
        scene.held = hit.grip.name if hit.region.kind == "polygon" else WHOLE
        scene.task.point(hit.region.id)
        scene.update()
        region = scene.editable()
        if region is not None and region.kind in SHAPES:
            self.drag = Drag(region, region.kind, hit.grip.name, start, point)

    def _hit(self, point: QPointF) -> Hit | None:
        """A key point is set anywhere but on another: what lies below would be in the way."""
        hit, tool = self._scene.hit(point), self._scene.tool()
        below = hit is not None and hit.region.kind != "keypoint" and hit.grip.name == WHOLE
        return None if below and tool is not None and tool.kind == "keypoint" else hit

    def move(self, point: QPointF) -> None:
        """Go on with what the press began."""
        scene = self._scene
        self.at = point
        if self._pan_from is not None:
            step = point - self._pan_from
            self._pan_from = point
            scene.look(scene.view.panned(step.x(), step.y()))
        elif self.stroke is not None:
            self._dab(point)
        elif self.drag is not None and scene.may_draw() and self._beyond_slip(self.drag, point):
            self.live = self._dragged(self.drag, point)
            scene.update()

    def _dragged(self, drag: Drag, point: QPointF) -> Value | None:
        scene = self._scene
        end = scene.view.to_percent(point.x(), point.y())
        if drag.region is not None:
            return SHAPES[drag.kind].pulled(drag.region.value, drag.grip, drag.start, end, scene.size)
        if drag.kind not in ("rectangle", "ellipse"):
            return None
        return SHAPES[drag.kind].drawn(drag.start, end, scene.size)

    def release(self) -> None:
        """Finish: one edit for the whole drag."""
        if self._pan_from is not None:
            self._pan_from = None
            return
        drag, live, stroke = self.drag, self.live, self.stroke
        held = self._scene.held
        self.cancel()
        if stroke is not None:
            canvas_brush.end(self._scene, stroke)
        elif drag is not None and self._scene.task is not None:
            self._finish(drag, live)
            self._scene.held = held if drag.region is not None else WHOLE
        self._scene.update()

    def _finish(self, drag: Drag, live: Value | None) -> None:
        scene = self._scene
        if drag.region is not None:
            scene.change(drag.region, live)
        elif drag.kind == "polygon" and scene.may_draw():
            canvas_polygon.begin(scene, drag.start)
        elif drag.kind == "keypoint" and scene.may_draw():
            scene.add(scene.point(drag.start))
        elif live is not None:
            scene.add(live)
        else:
            scene.select("")

    def twice(self, point: QPointF) -> bool:
        """A double click closes the polygon in hand, or puts a corner into an edge of the selected one."""
        scene = self._scene
        open_one = scene.unfinished()
        if open_one is not None:
            return canvas_polygon.close(scene, open_one)
        chosen = scene.editable()
        if chosen is None or chosen.kind != "polygon":
            return False
        return canvas_polygon.put_corner(scene, chosen, scene.view.to_percent(point.x(), point.y()))

    def cancel(self) -> bool:
        """Let go of a region as if it had not been grasped; whether one was."""
        if self.drag is None and self.stroke is None:
            return False
        self.drag = self.live = self.stroke = None
        self._scene.update()
        return True

    @property
    def fine(self) -> bool:
        """Whether a corner or an edge is being dragged, which a magnifier helps with."""
        return self.drag is not None and self.drag.grip not in (WHOLE, TURN) and self.live is not None

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        """What shows what a press at `point` would do."""
        scene = self._scene
        if self._pan_from is not None:
            return Qt.CursorShape.ClosedHandCursor
        if scene.space and not scene.painting():
            return Qt.CursorShape.OpenHandCursor
        if not scene.may_draw():
            return Qt.CursorShape.ArrowCursor
        if scene.painting() or scene.unfinished() is not None:
            return Qt.CursorShape.CrossCursor
        hit = self._hit(point)
        return self._over(hit) if hit is not None else Qt.CursorShape.CrossCursor

    def _over(self, hit: Hit) -> Qt.CursorShape:
        if hit.region.locked or hit.region.kind == BRUSH:
            return Qt.CursorShape.ArrowCursor
        grip: Grip = hit.grip
        if grip.name == TURN:
            return Qt.CursorShape.PointingHandCursor
        edges = (int(grip.edges[0]), int(grip.edges[1]))
        return _CURSORS[edges]

    def _beyond_slip(self, drag: Drag, point: QPointF) -> bool:
        return self.live is not None or (point - drag.begun).manhattanLength() > SLIP
