# SPDX-License-Identifier: Apache-2.0
"""What an image canvas shows and what hand and keys may do to it; the pointer and the keyboard both act on this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from gems_desktop.items.brush import Brush
from gems_desktop.items.image_view import View
from gems_desktop.items.masks import Masks, Pixels
from gems_desktop.items.region_paint import DOT, on_view
from gems_desktop.items.shapes import BRUSH, SHAPES, Outlines
from gems_desktop.items.shapes.base import WHOLE, Grip, Point, Value
from gems_desktop.items.shapes.points import WIDTH
from gems_protocol.modules.answer import percentage

_NEAR = 3.0  # pixels from an outline that still are on it
GRASP = 9.0  # pixels around a grip that still grasp it


@dataclass(frozen=True, slots=True)
class Hit:
    """What is under the pointer: a region and the grip of it, WHOLE for its area."""

    region: Any
    grip: Grip


@dataclass(frozen=True, slots=True)
class Detail:
    """A part of the picture, finer than the whole was decoded; `place` in percent."""

    image: QImage
    place: QRectF


@dataclass
class Scene:
    """A task's picture in a view. `look` changes the view, `update` paints anew."""

    look: Callable[[View], None]
    update: Callable[[], None]
    task: Any = None  # a TaskViewModel
    name: str = ""  # of the object that shows the picture
    page: int = 0  # of several pictures of the object
    paged: bool = False  # whether regions name their page
    sha256: str = ""  # of the picture that is wanted
    image: QImage | None = None
    detail: Detail | None = None
    glass: Detail | None = None  # what the magnifier shows, finer still
    own: Pixels = (0, 0)  # the size of the picture itself
    shown_sha256: str = ""  # of the picture that is there
    view: View = field(default_factory=View)
    space: bool = False  # held: the pointer moves the picture, or keys paint
    held: str = WHOLE  # the corner of the selected region that keys move
    brush: Brush = field(default_factory=Brush)
    cursor: Point | None = None  # where keys paint and mark, in percent
    marking: bool = False  # whether a click or Enter marks a place
    put_mark: Callable[[Point], None] = lambda _: None
    notice: str = ""  # why the last action came to nothing
    masks: Masks = field(default_factory=Masks)
    outlines: Outlines = field(default_factory=Outlines)

    @property
    def ready(self) -> bool:
        """Whether the wanted picture is there."""
        return self.image is not None and self.shown_sha256 == self.sha256

    @property
    def size(self) -> Pixels:
        """The picture's own size in pixels."""
        return self.own if self.own[0] else (100, 100)

    def tool(self) -> Any:
        """What a gesture makes; None when nothing may be drawn."""
        return self.task.tool(self.name) if self.task is not None and self.ready else None

    def may_draw(self) -> bool:
        """Whether regions may be made and changed."""
        tool = self.tool()
        return tool is not None and (tool.kind in SHAPES or tool.kind == BRUSH)

    def painting(self) -> bool:
        """Whether a brush is in hand."""
        tool = self.tool()
        return tool is not None and bool(tool.kind == BRUSH)

    def regions(self) -> tuple[Any, ...]:
        """The regions on this picture."""
        if self.task is None:
            return ()
        found = self.task.regions_on(self.name, self.page)
        return tuple(each for each in found if each.kind in SHAPES or each.kind == BRUSH)

    def selected(self) -> Any:
        """The selected region, where it is on this picture."""
        wanted = self.task.selected if self.task is not None else ""
        return next((each for each in self.regions() if each.id == wanted), None) if wanted else None

    def editable(self) -> Any:
        """The selected region, where it may be changed."""
        found = self.selected()
        return found if found is not None and not found.locked and self.may_draw() else None

    def unfinished(self) -> Any:
        """The polygon that is being drawn: the selected one that is not closed, or the last with the tool in hand."""
        tool = self.tool()
        if tool is None:
            return None
        found = [each for each in self.regions() if each.value.get("closed") is False and not each.locked]
        for each in reversed(found):
            if each.id == self.task.selected or (
                tool.kind == "polygon" and tool.geometry.name == each.control
            ):
                return each
        return None

    def grips(self, region: Any) -> tuple[Grip, ...]:
        """What of a region can be taken hold of."""
        return SHAPES[region.kind].grips(region.value, self.size) if region.kind in SHAPES else ()

    # --- changes -----------------------------------------------------------------------------------------
    def add(self, value: Value | None) -> str:
        """Make a region of `value` with the tool in hand; its id, or nothing."""
        if value is None:
            return ""
        beside = {"original_width": self.size[0], "original_height": self.size[1], "image_rotation": 0}
        if self.paged:
            beside["item_index"] = self.page
        made = str(self.task.add(self.name, value, beside if self.own[0] else {}))
        self.held = WHOLE
        return made

    def point(self, at: Point) -> Value:
        """The value of a key point."""
        return {"x": percentage(at[0]), "y": percentage(at[1]), "width": WIDTH}

    def change(self, region: Any, value: Value | None) -> bool:
        """Change where a region lies."""
        return value is not None and bool(self.task.change(region.id, value))

    def select(self, identity: str) -> None:
        """Select a region, or none."""
        self.held = WHOLE
        self.task.select(identity)

    # --- finding -----------------------------------------------------------------------------------------
    def hit(self, point: QPointF) -> Hit | None:
        """What is under the pointer; a grip of the selected region wins, then the smallest region."""
        chosen = self.editable()
        if chosen is not None and (grip := self._grip_at(chosen, point)) is not None:
            return Hit(chosen, grip)
        found: tuple[float, Hit] | None = None
        for region in self.regions():
            room = self._room(region, point)
            if room is not None and (found is None or room <= found[0]):
                found = (room, Hit(region, Grip(WHOLE, 0, 0)))
        return found[1] if found is not None else None

    def _grip_at(self, region: Any, point: QPointF) -> Grip | None:
        to = on_view(self.view)
        for grip in self.grips(region):
            away = to.map(QPointF(grip.x, grip.y)) - point
            if abs(away.x()) <= GRASP and abs(away.y()) <= GRASP:
                return grip
        return None

    def _room(self, region: Any, point: QPointF) -> float | None:
        """How large a region under the pointer is; None when it is not under it."""
        to = on_view(self.view)
        if region.kind == BRUSH:
            mask = self.masks.get(region.value, region.colour, self.size)
            at = self.view.beyond_percent(point.x(), point.y())
            over = mask is not None and mask.covers(*at)
            return to.mapRect(mask.place).width() * to.mapRect(mask.place).height() if mask and over else None
        if region.kind == "keypoint":
            away = to.map(QPointF(region.value["x"], region.value["y"])) - point
            near = max(GRASP, DOT, region.value["width"] / 100 * self.view.rect[2])
            return 0.0 if away.x() ** 2 + away.y() ** 2 <= near**2 else None
        box = to.mapRect(self.outlines.box(region.kind, region.value, self.size))
        if not box.adjusted(-2, -2, 2, 2).contains(point):
            return None
        upright = region.kind == "rectangle" and not region.value.get("rotation")
        around = QRectF(point.x() - _NEAR, point.y() - _NEAR, 2 * _NEAR, 2 * _NEAR)
        path = self.outlines.path(region.kind, region.value, self.size)
        if not upright and not to.map(path).intersects(around):
            return None
        return box.width() * box.height()

    def first_corner_near(self, region: Any, point: QPointF) -> bool:
        """Whether the pointer is at the first corner of a polygon."""
        corners = region.value["points"]
        away = on_view(self.view).map(QPointF(*corners[0])) - point
        return max(abs(away.x()), abs(away.y())) <= GRASP
