# SPDX-License-Identifier: Apache-2.0
"""One frame of an image canvas: kept layers of the picture and of the regions at rest, above them what is in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from gems_desktop.items import canvas_paint, magnifier, region_paint
from gems_desktop.items.canvas_paint import Looks
from gems_desktop.items.canvas_pointer import Pointer
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.image_view import View
from gems_desktop.items.layer import Layer
from gems_desktop.items.region_paint import Ink, Paints
from gems_desktop.items.region_tags import Tags
from gems_desktop.items.shapes import SHAPES
from gems_desktop.items.shapes.base import Value


def _nothing(view: View, at: tuple[float, float], radius: float) -> None:
    """Nobody brings finer pictures."""


class Frame:
    """Paints a scene. `other` are the regions of another answer, drawn dashed below the regions."""

    def __init__(self, scene: Scene, pointer: Pointer) -> None:
        self._scene = scene
        self._pointer = pointer
        self.picture = Layer(stretched=False)
        self.regions = Layer(stretched=True)
        self.other: tuple[Any, ...] = ()
        self.mark: tuple[float, float] | None = None
        self.resting = True  # whether the view is still, so that there is time to paint it smoothly
        self.magnified = False  # held by key
        self.want_glass: Callable[[View, tuple[float, float], float], None] = _nothing
        self.looks = Looks()
        self._paints = Paints(scene.masks, Tags(), scene.outlines)

    def forget(self) -> None:
        """Free what is kept of a picture that is left."""
        self.picture.forget()
        self.regions.forget()
        self._scene.masks.forget()

    def paint(self, painter: QPainter, ratio: float, focused: bool) -> None:
        """Everything."""
        scene = self._scene
        self._paints.tags.font_size = self.looks.font_size
        self._paint_picture(painter, ratio)
        at_rest = self._at_rest()
        key = (at_rest, self.other, self.looks, scene.size)
        if at_rest or self.other:
            self.regions.paint(painter, scene.view, ratio, key, self._render_regions, self.resting)
        self._paint_in_hand(painter, scene.view)
        if self.mark is not None:
            canvas_paint.pin(painter, QPointF(*scene.view.from_percent(*self.mark)))
        if scene.cursor is not None and focused:
            radius = scene.brush.width / 2 if scene.painting() else 12.0
            canvas_paint.cross(painter, QPointF(*scene.view.from_percent(*scene.cursor)), radius)
        if self._wants_magnifier() and self._pointer.at is not None:
            magnifier.paint(painter, scene.view, self._pointer.at, self._magnify)
        if focused:
            canvas_paint.focus(painter, QSizeF(scene.view.width, scene.view.height), self.looks)

    # --- the picture -------------------------------------------------------------------------------------
    def _paint_picture(self, painter: QPainter, ratio: float) -> None:
        scene = self._scene
        image = scene.image
        if image is None:
            return
        place = QRectF(*scene.view.rect)
        if canvas_paint.matches(image, place, ratio):
            canvas_paint.picture(painter, image, place, ratio, True)
            return
        detail = scene.detail.image.cacheKey() if scene.detail is not None else 0
        key = (image.cacheKey(), detail)
        self.picture.paint(painter, scene.view, ratio, key, self._render_picture, self.resting)

    def _render_picture(self, painter: QPainter, view: View, finely: bool) -> None:
        scene = self._scene
        if scene.image is not None:
            canvas_paint.picture(painter, scene.image, QRectF(*view.rect), 0.0, finely)
        if scene.detail is not None:
            place = region_paint.on_view(view).mapRect(scene.detail.place)
            canvas_paint.picture(painter, scene.detail.image, place, 0.0, finely)

    # --- the regions -------------------------------------------------------------------------------------
    def _in_hand(self) -> str:
        """The id of the region that is painted live."""
        drag, stroke = self._pointer.drag, self._pointer.stroke
        if stroke is not None:
            return stroke.region
        if drag is not None and drag.region is not None:
            return str(drag.region.id)
        return str(self._scene.task.selected)

    def _at_rest(self) -> tuple[Any, ...]:
        in_hand = self._in_hand()
        return tuple(each for each in self._scene.regions() if each.id != in_hand)

    def _render_regions(self, painter: QPainter, view: View, finely: bool) -> None:
        self._paints.smooth = finely
        back, _ = painter.deviceTransform().inverted()
        device = QRectF(0, 0, painter.device().width(), painter.device().height())
        self._paints.within = painter.clipBoundingRect() if painter.hasClipping() else back.mapRect(device)
        self._render_all(painter, view)
        self._paints.smooth, self._paints.within = True, None

    def _render_all(self, painter: QPainter, view: View) -> None:
        for each in self.other:
            if each.kind in region_paint.DRAWN:
                ink = Ink(QColor(each.colour), each.text, False, True)
                region_paint.region(painter, view, each.kind, each.value, ink, self._paints, self._scene.size)
        for each in self._at_rest():
            self._region(painter, view, each, each.value, dashed=each.value.get("closed") is False)

    def _region(
        self,
        painter: QPainter,
        view: View,
        facts: Any,
        value: Value,
        *,
        dashed: bool = False,
        selected: bool = False,
    ) -> None:
        ink = Ink(QColor(facts.colour), self._words(facts), selected, dashed)
        region_paint.region(painter, view, facts.kind, value, ink, self._paints, self._scene.size)

    def _words(self, facts: Any) -> str:
        """What stands at a region: its number and label, and whether it is not in the other answer."""
        differs = "≠" if self.other and self._scene.task.differs(facts.id) else ""
        return " ".join(part for part in (differs, str(facts.number), facts.text) if part)

    def _paint_in_hand(self, painter: QPainter, view: View) -> None:
        scene, pointer = self._scene, self._pointer
        if pointer.stroke is not None:
            painter.drawImage(QRectF(*view.rect), pointer.stroke.shown)
            return
        chosen = scene.selected()
        if chosen is not None:
            self._paint_selected(painter, view, chosen)
        drag, live = pointer.drag, pointer.live
        if drag is not None and drag.region is None and live is not None:
            ink = Ink(QColor(scene.task.colour(scene.tool())), selected=True)
            region_paint.region(painter, view, drag.kind, live, ink, self._paints, scene.size)

    def _paint_selected(self, painter: QPainter, view: View, chosen: Any) -> None:
        scene, drag, live = self._scene, self._pointer.drag, self._pointer.live
        moving = drag is not None and drag.region is not None and drag.region.id == chosen.id
        value = live if moving and live is not None else chosen.value
        open_one = value.get("closed") is False
        self._region(painter, view, chosen, value, selected=True, dashed=open_one)
        if open_one and self._pointer.at is not None and scene.may_draw():
            last = QPointF(*view.from_percent(*value["points"][-1]))
            region_paint.band(painter, last, self._pointer.at, QColor(chosen.colour))
        if scene.editable() is not None and chosen.kind in region_paint.OUTLINED:
            found = SHAPES[chosen.kind].grips(value, scene.size)
            region_paint.grips(painter, view, found, QColor(chosen.colour), scene.held)

    # --- closer ------------------------------------------------------------------------------------------
    def _wants_magnifier(self) -> bool:
        return self.magnified or self._pointer.fine

    def _magnify(self, painter: QPainter, view: View) -> None:
        self._render_picture(painter, view, False)
        glass, at = self._scene.glass, self._pointer.at
        if glass is not None:
            place = region_paint.on_view(view).mapRect(glass.place)
            canvas_paint.picture(painter, glass.image, place, 0.0, False)
        if at is not None:
            middle = magnifier.place(self._scene.view, at)
            self.want_glass(view, (middle.x(), middle.y()), magnifier.RADIUS)
        self._paint_in_hand(painter, view)
