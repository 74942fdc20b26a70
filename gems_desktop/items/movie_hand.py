# SPDX-License-Identifier: Apache-2.0
"""What hand and keys do to the boxes on a film's picture: draw, select, move, resize, turn, one edit for each drag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from gems_desktop.items.canvas_pointer import SLIP
from gems_desktop.items.image_view import View
from gems_desktop.items.region_paint import on_view
from gems_desktop.items.shapes import SHAPES
from gems_desktop.items.shapes.base import WHOLE, Point, Step, Value

GRASP = 9.0  # pixels around a grip that still grasp it
NUDGE = 0.5  # percent a key moves a box; with Ctrl a fifth
NEW_BOX = 20.0  # percent: the edge of a box made by key
SHAPE = SHAPES["rectangle"]
_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass
class Picture:
    """The picture of a film in a view. `look` changes the view, `update` paints anew."""

    look: Callable[[View], None]
    update: Callable[[], None]
    part: Any = None  # a VideoPart
    view: View = field(default_factory=View)

    @property
    def size(self) -> Point:
        """The film's own size in pixels."""
        return self.view.picture_w or 1.0, self.view.picture_h or 1.0

    def selected(self) -> Any:
        """The selected box, where it is on this picture and may be changed."""
        return next((box for box in self.part.boxes() if box.selected and not box.locked), None)

    def hit(self, point: QPointF) -> tuple[Any, str] | None:
        """The box and the grip under the pointer; grips of the selected one win, then the smallest box."""
        to, chosen = on_view(self.view), self.selected()
        if chosen is not None:
            for grip in SHAPE.grips(chosen.value, self.size):
                away = to.map(QPointF(grip.x, grip.y)) - point
                if max(abs(away.x()), abs(away.y())) <= GRASP:
                    return chosen, grip.name
        found: list[tuple[float, Any]] = []
        for box in self.part.boxes():
            path = to.map(SHAPE.path(box.value, self.size))
            if not box.dashed and path.contains(point):
                area: QRectF = path.boundingRect()
                found.append((area.width() * area.height(), box))
        return (min(found, key=lambda one: one[0])[1], WHOLE) if found else None


class Hand:
    """A press and what follows it; `live` is the box as it would be now, `held` the id of the one that is changed."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._pan: QPointF | None = None
        self._begun: QPointF | None = None
        self._from: Point = (0.0, 0.0)
        self._value: Value | None = None
        self._grip = WHOLE
        self.held = ""
        self.live: Value | None = None

    def press(self, point: QPointF, middle: bool) -> None:
        """Pan, grasp a grip, select or begin a new box."""
        picture = self._picture
        self.cancel()
        if picture.part is None or picture.view.empty:
            return
        if middle:
            self._pan = point
            return
        picture.part.player.pause()
        if picture.part.is_marking:
            picture.part.pin_down(*picture.view.to_percent(point.x(), point.y()))
            return
        self._begun, self._from = point, picture.view.to_percent(point.x(), point.y())
        found = picture.hit(point)
        if found is None:
            picture.part.task.select("")
            return
        picture.part.task.select(found[0].id)
        chosen = picture.selected()
        if chosen is None:
            self._begun = None  # locked, or only looked at
        else:
            self.held, self._value, self._grip = chosen.id, chosen.value, found[1]
        picture.update()

    def move(self, point: QPointF) -> None:
        """Go on with what the press began."""
        picture = self._picture
        if self._pan is not None:
            step, self._pan = point - self._pan, point
            picture.look(picture.view.panned(step.x(), step.y()))
        elif self._begun is not None and (
            self.live is not None or (point - self._begun).manhattanLength() > SLIP
        ):
            end = picture.view.to_percent(point.x(), point.y())
            if self._value is not None:
                self.live = SHAPE.pulled(self._value, self._grip, self._from, end, picture.size)
            elif picture.part.may_box:
                self.live = SHAPE.drawn(self._from, end, picture.size)
            picture.update()

    def release(self) -> None:
        """Finish: one edit for the whole drag."""
        live, held, part = self.live, self.held, self._picture.part
        self.cancel()
        if live is not None:
            if held:
                part.move_box(live)
            else:
                part.add_box(live)
        self._picture.update()

    def cancel(self) -> bool:
        """Let go as if nothing had been grasped; whether something was."""
        had = self.live is not None
        self._pan = self._begun = self._value = self.live = None
        self._grip, self.held = WHOLE, ""
        if had:
            self._picture.update()
        return had

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        """What shows what a press would do."""
        part = self._picture.part
        if part is None or self._picture.view.empty:
            return Qt.CursorShape.ArrowCursor
        found = self._picture.hit(point)
        if found is None:
            return Qt.CursorShape.CrossCursor if part.may_box else Qt.CursorShape.ArrowCursor
        if found[0].locked:
            return Qt.CursorShape.ArrowCursor
        if found[1] == WHOLE:
            return Qt.CursorShape.SizeAllCursor
        grips = SHAPE.grips(found[0].value, self._picture.size)
        grip = next(one for one in grips if one.name == found[1])
        edges = (int(grip.edges[0]), int(grip.edges[1]))
        return _CURSORS.get(edges, Qt.CursorShape.PointingHandCursor)


def press(picture: Picture, hand: Hand, event: QKeyEvent) -> bool:
    """Do what the key is for; false when it is for nothing here, so that it goes on to the screen."""
    key, modifiers, part = Qt.Key(event.key()), event.modifiers(), picture.part
    if part is None or modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
        return False
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    if key in _ARROWS:
        return _arrow(picture, _ARROWS[key], shift, control)
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        return not control and _cycle(picture, 1 if key == Qt.Key.Key_Tab else -1)
    if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        return bool(part.task.selected) and bool(part.task.remove(str(part.task.selected)))
    if key == Qt.Key.Key_Escape:
        had = bool(part.task.selected)
        return hand.cancel() or part.forget_edges() or (part.task.select("") or had)
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        part.seek(0 if key == Qt.Key.Key_Home else part.whole[1])
        return True
    if key == Qt.Key.Key_Space and not control:
        return bool(part.playRegion() if shift else part.play_key())
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return not control and _enter(picture)
    return not control and letter(picture, event.text().lower())


def _enter(picture: Picture) -> bool:
    part = picture.part
    if part.is_marking:
        return bool(part.point_out(part.position, part.position))
    pending = part.begin is not None or part.end is not None
    return bool(part.make()) or pending


def letter(picture: Picture, text: str) -> bool:
    part, view = picture.part, picture.view
    if text in ("[", "]"):
        return bool(part.setBegin() if text == "[" else part.setEnd())
    if not text or part.uses(text):
        return False  # the module gives this key to an option
    if text in ",.":
        part.step(1 if text == "." else -1)
        return True
    if text in "+=-0":
        factor = {"-": 1 / 1.25, "0": 1e-9}.get(text, 1.25)
        picture.look(view.zoomed(factor, view.width / 2, view.height / 2))
        return True
    if text == "n" and part.may_box:
        side = NEW_BOX / view.zoom
        x, y = view.to_percent(view.width / 2, view.height / 2)
        value = SHAPE.drawn((x - side / 2, y - side / 2), (x + side / 2, y + side / 2), picture.size)
        return value is not None and bool(part.add_box(value))
    if text in "io":
        return bool(part.setBegin() if text == "i" else part.setEnd())
    return bool(part.letter(text))


def _arrow(picture: Picture, way: tuple[int, int], shift: bool, control: bool) -> bool:
    """Move or resize the selected box; without one go through the pictures."""
    part, chosen = picture.part, picture.selected()
    if chosen is None:
        if way[1]:
            return False
        part.step(way[0] * (10 if shift else 1))
        return True
    size = NUDGE / 5 if control else NUDGE
    if shift:
        value = SHAPE.grown(chosen.value, Step(size * way[0], size * way[1]), picture.size)
    else:
        to = (50.0 + size * way[0], 50.0 + size * way[1])
        value = SHAPE.pulled(chosen.value, WHOLE, (50.0, 50.0), to, picture.size)
    return value is not None and bool(part.move_box(value))


def _cycle(picture: Picture, step: int) -> bool:
    """Select the next box on this picture; past the last one the keyboard goes on to the next control."""
    part = picture.part
    ids = [box.id for box in part.boxes() if not box.dashed]
    selected = str(part.task.selected)
    at = ids.index(selected) + step if selected in ids else (0 if step > 0 else len(ids) - 1)
    part.task.select(ids[at] if 0 <= at < len(ids) else "")
    return 0 <= at < len(ids)
