# SPDX-License-Identifier: Apache-2.0
"""What an image canvas shows and what hand and keys may do to it; the pointer and the keyboard both act on this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from gems_desktop.items.box_gesture import MOVE, Place, handle_points
from gems_desktop.items.image_view import View
from gems_protocol.modules.answer import percentage

GRASP = 9.0  # pixels around a handle that still grasp it
Hit = tuple[str, tuple[int, int], Place]  # a box, the edges that a drag would move, where it is


_PLACE = ("x", "y", "width", "height")
SMALLEST = 0.2  # percent: a smaller box is a slip of the hand


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a picture, in percent of it."""

    id: str
    text: str
    colour: str
    x: float
    y: float
    width: float
    height: float


def rectangle(place: Place) -> dict[str, Any] | None:
    """The value of a region clipped to its picture; None when too little is left."""
    x, y, width, height = place
    left, top = min(max(x, 0.0), 100.0), min(max(y, 0.0), 100.0)
    right, bottom = min(max(x + width, 0.0), 100.0), min(max(y + height, 0.0), 100.0)
    if not (right - left >= SMALLEST and bottom - top >= SMALLEST):
        return None
    return {
        "x": percentage(left),
        "y": percentage(top),
        "width": percentage(right - left),
        "height": percentage(bottom - top),
        "rotation": 0,
    }


@dataclass
class Scene:
    """A task's picture in a view. `look` changes the view, `update` paints anew."""

    look: Callable[[View], None]
    update: Callable[[], None]
    task: Any = None  # a TaskViewModel
    name: str = ""  # of the object that shows the picture
    sha256: str = ""  # of the picture that is wanted
    image: QImage | None = None
    shown_sha256: str = ""  # of the picture that is there
    view: View = field(default_factory=View)
    space: bool = False  # held: the pointer moves the picture

    @property
    def ready(self) -> bool:
        """Whether the wanted picture is there."""
        return self.image is not None and self.shown_sha256 == self.sha256

    def may_draw(self) -> bool:
        """Whether boxes may be made and changed."""
        return self.task is not None and self.ready and self.task.tool(self.name) is not None

    def boxes(self) -> tuple[Any, ...]:
        """The boxes on this picture."""
        if self.task is None:
            return ()
        return tuple(
            Box(each.id, each.text, each.colour, *(float(each.value[key]) for key in _PLACE))
            for each in self.task.regions_on(self.name)
            if each.kind == "rectangle"
        )

    def move(self, box: str, place: Place) -> bool:
        """Move or resize a box."""
        value = rectangle(place)
        return value is not None and bool(self.task.change(box, value))

    def add(self, place: Place) -> str:
        """Make a box with the label in hand; its id, or nothing."""
        value = rectangle(place)
        return str(self.task.add(self.name, value)) if value is not None else ""

    def on_view(self, place: Place) -> QRectF:
        """A rectangle in percent of the picture, in pixels of the view."""
        left, top = self.view.from_percent(place[0], place[1])
        right, bottom = self.view.from_percent(place[0] + place[2], place[1] + place[3])
        return QRectF(left, top, right - left, bottom - top)

    def hit(self, point: QPointF) -> Hit | None:
        """The box under the pointer; a handle of the selected one wins, then the smallest box."""
        found: tuple[float, Hit] | None = None
        for box in self.boxes():
            place = (box.x, box.y, box.width, box.height)
            rect = self.on_view(place)
            if box.id == self.task.selected and self.may_draw():
                for edges, x, y in handle_points(rect.x(), rect.y(), rect.width(), rect.height()):
                    if abs(point.x() - x) <= GRASP and abs(point.y() - y) <= GRASP:
                        return box.id, edges, place
            area = rect.width() * rect.height()
            if rect.adjusted(-2, -2, 2, 2).contains(point) and (found is None or area <= found[0]):
                found = (area, (box.id, MOVE, place))
        return found[1] if found is not None else None
