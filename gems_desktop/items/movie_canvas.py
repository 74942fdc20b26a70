# SPDX-License-Identifier: Apache-2.0
"""A film's picture with the boxes on it, as one painted item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QObject, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QHoverEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from gems_desktop.items import canvas_paint, movie_hand, region_paint
from gems_desktop.items.image_view import MARGIN, STEP, View
from gems_desktop.items.masks import Masks
from gems_desktop.items.movie_hand import SHAPE, Hand, Picture
from gems_desktop.items.region_paint import Ink, Paints
from gems_desktop.items.region_tags import Tags
from gems_desktop.items.shapes.outlines import Outlines

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MovieCanvas(QQuickPaintedItem):
    """Shows a VideoPart's picture. While another is on its way the last one stays, and its boxes with it."""

    partChanged = Signal()
    looksChanged = Signal()
    viewChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(self._look, self.update)
        self._hand = Hand(self._picture)
        self._looks = canvas_paint.Looks()
        self._paints = Paints(Masks(), Tags(), Outlines())
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton)
        self.setAcceptHoverEvents(True)
        self.setActiveFocusOnTab(True)
        self.setAntialiasing(True)
        self.setClip(True)

    # --- what it shows -----------------------------------------------------------------------------------
    def _get_part(self) -> QObject | None:
        part: QObject | None = self._picture.part
        return part

    def _set_part(self, part: QObject | None) -> None:
        old: Any = self._picture.part
        if part is old:
            return
        if old is not None:
            old.changed.disconnect(self._on_changed)
            if old.player is not None:
                old.player.imageChanged.disconnect(self._on_changed)
                old.player.frameChanged.disconnect(self._on_frame)
        self._picture.part = part
        now: Any = self._picture.part
        if now is not None:
            now.changed.connect(self._on_changed)
            if now.player is not None:
                now.player.imageChanged.connect(self._on_changed)
                now.player.frameChanged.connect(self._on_frame)
        self.partChanged.emit()
        self._on_changed()

    def _on_frame(self) -> None:
        self._hand.cancel()

    def _on_changed(self) -> None:
        part, view = self._picture.part, self._picture.view
        player = part.player if part is not None else None
        if player is not None:
            wide, high = float(player.width), float(player.height)
            if (wide, high) != (view.picture_w, view.picture_h):
                self._picture.view = View(self.width(), self.height(), wide, high)
                self._ask()
                self.viewChanged.emit()
        self.update()

    def geometryChange(self, newGeometry: Any, oldGeometry: Any) -> None:
        """Fit the picture anew."""
        super().geometryChange(newGeometry, oldGeometry)
        if newGeometry.size() != oldGeometry.size():
            view = replace(self._picture.view, width=self.width(), height=self.height())
            self._picture.view = view.bounded()
            self._ask()
            self.update()

    def _ask(self) -> None:
        """Have pictures decoded as large as they are shown, and no larger."""
        part, view = self._picture.part, self._picture.view
        if part is None or part.player is None or view.empty:
            return
        part.player.setView(*self._pixels())

    def _pixels(self) -> tuple[int, int]:
        window = self.window()
        ratio = window.effectiveDevicePixelRatio() if window is not None else 1.0
        place = self._picture.view.rect
        return max(1, round(place[2] * ratio)), max(1, round(place[3] * ratio))

    # --- painting ----------------------------------------------------------------------------------------
    def paint(self, painter: QPainter) -> None:
        """The picture, then the boxes; or a sentence while there is none."""
        part, view = self._picture.part, self._picture.view
        size = QSizeF(self.width(), self.height())
        if part is None:
            return
        image = part.player.image() if part.player is not None else None
        if part.problem_words or image is None or image.isNull() or view.empty:
            text = part.problem_words or self.tr("The film is being opened …")
            canvas_paint.words(painter, size, text, self._looks)
            return
        window = self.window()
        ratio = window.effectiveDevicePixelRatio() if window is not None else 1.0
        canvas_paint.picture(painter, image, QRectF(*view.rect), ratio, not part.running)
        if part.player.shownFrame == part.frame - 1:
            self._paint_boxes(painter)
            if (pin := part.pin()) is not None:
                canvas_paint.pin(painter, self.point_of(*pin))
        if self.hasActiveFocus():
            canvas_paint.focus(painter, size, self._looks)
        part.film_shown(self._pixels())

    def _paint_boxes(self, painter: QPainter) -> None:
        part, view, own = self._picture.part, self._picture.view, self._picture.size
        self._paints.tags.font_size = self._looks.font_size
        size = (round(own[0]), round(own[1]))
        live = self._hand.live
        for box in part.boxes():
            value = live if live is not None and box.id == self._hand.held and not box.dashed else box.value
            colour = QColor(box.colour)
            ink = Ink(colour, box.text, box.selected, box.dashed)
            region_paint.region(painter, view, "rectangle", value, ink, self._paints, size)
            if box.selected and not box.locked:
                region_paint.grips(painter, view, SHAPE.grips(value, own), colour, "")
            if box.key and box.selected:
                self._key_mark(painter, value, colour)
        if live is not None and not self._hand.held:
            ink = Ink(QColor(part.hand_colour), "", True)
            region_paint.region(painter, view, "rectangle", live, ink, self._paints, size)

    def _key_mark(self, painter: QPainter, value: dict[str, Any], colour: QColor) -> None:
        """A dot in the middle: this picture is a key frame of the box."""
        path = region_paint.on_view(self._picture.view).map(SHAPE.path(value, self._picture.size))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QColor("white"))
        painter.setBrush(colour)
        painter.drawEllipse(path.boundingRect().center(), 4, 4)

    def point_of(self, x: float, y: float) -> QPointF:
        """Where a place of the picture, in percent of it, is on this item."""
        return QPointF(*self._picture.view.from_percent(x, y))

    # --- the pointer and the keys ------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pan, grasp, select or draw; a playing film stops."""
        self.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        self._hand.press(event.position(), event.button() == Qt.MouseButton.MiddleButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        self._hand.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish: one edit for the whole drag."""
        self._hand.release()

    def mouseUngrabEvent(self) -> None:
        """Another item took the pointer: the drag is as if it had not begun."""
        self._hand.cancel()

    def hoverMoveEvent(self, event: QHoverEvent) -> None:
        """Show what a press would do."""
        shape = self._hand.cursor(event.position())
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor."""
        notches = event.angleDelta().y() / 120
        if notches and not self._picture.view.empty:
            at = event.position()
            self._look(self._picture.view.zoomed(STEP**notches, at.x(), at.y()))
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Boxes and stepping by key; letters of the module go on to the screen."""
        if not movie_hand.press(self._picture, self._hand, event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def _look(self, view: View) -> None:
        if view != self._picture.view:
            zoomed = view.zoom != self._picture.view.zoom
            self._picture.view = view
            if zoomed:
                self._ask()
            self.viewChanged.emit()
            self.update()

    @Slot()
    def newBox(self) -> None:
        """A box in the middle."""
        movie_hand.letter(self._picture, "n")

    # --- looks -------------------------------------------------------------------------------------------
    def _put(self, **values: Any) -> None:
        looks = replace(self._looks, **values)
        if looks != self._looks:
            self._looks = looks
            self.looksChanged.emit()
            self.update()

    def _ratio(self) -> float:
        """Height for one unit of width."""
        view = self._picture.view
        return view.picture_h / view.picture_w if view.picture_w > 0 else 0.5625

    part = Property(QObject, _get_part, _set_part, notify=partChanged)
    zoom = Property(float, lambda self: self._picture.view.zoom, notify=viewChanged)
    ratio = Property(float, _ratio, notify=viewChanged)
    margin = Property(float, lambda self: MARGIN, constant=True)
    ink = Property(
        QColor, lambda self: self._looks.ink, lambda self, c: self._put(ink=c), notify=looksChanged
    )
    focusInk = Property(
        QColor, lambda self: self._looks.focus, lambda self, c: self._put(focus=c), notify=looksChanged
    )
    fontSize = Property(
        int, lambda self: self._looks.font_size, lambda self, n: self._put(font_size=n), notify=looksChanged
    )
