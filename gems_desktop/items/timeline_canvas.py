# SPDX-License-Identifier: Apache-2.0
"""A line of time as one painted item: a recording's wave, a film's timeline or a series, with its regions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QObject, QPointF, QRectF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHoverEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem
from shiboken6 import isValid

from gems_desktop.items import timeline_keys, timeline_paint
from gems_desktop.items.series_body import SeriesBody
from gems_desktop.items.timeline_body import Body
from gems_desktop.items.timeline_film import FilmBody
from gems_desktop.items.timeline_gesture import Gesture, Stage
from gems_desktop.items.timeline_layer import Strip
from gems_desktop.items.timeline_paint import Looks
from gems_desktop.items.timeline_rows import Stretch
from gems_desktop.items.timeline_view import STEP, Axis
from gems_desktop.items.waveform_body import WaveBody

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 150  # a view that rests this long is painted exactly
_BODIES: dict[str, type[Body]] = {"wave": WaveBody, "film": FilmBody, "series": SeriesBody}


@QmlElement
class TimeCanvas(QQuickPaintedItem):
    """Shows a TimelinePart. The play head is a line that QML puts at `headX`: moving it repaints nothing else."""

    partChanged = Signal()
    looksChanged = Signal()
    viewChanged = Signal()
    headChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._stage = Stage(self._look, self.update)
        self._gesture = Gesture(self._stage)
        self._body: Body | None = None
        self._looks = Looks()
        self._ground, self._marks = Strip(opaque=True), Strip(opaque=False)
        self._foot: tuple[Any, QImage] | None = None
        self._settle = QTimer(self)  # runs while the view moves
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.update)
        self._head = -1.0
        self._chosen = ""
        self._pointer = QPointF(-1, -1)  # where the pointer was last seen
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton)
        self.setAcceptHoverEvents(True)
        self.setActiveFocusOnTab(True)
        self.setAntialiasing(True)
        self.setClip(True)

    # --- what it shows -----------------------------------------------------------------------------------
    def _get_part(self) -> QObject | None:
        part: QObject | None = self._stage.part
        return part

    def _set_part(self, part: QObject | None) -> None:
        if part is self._stage.part:
            return
        old = self._stage.part
        if old is not None:
            old.changed.disconnect(self._on_changed)
            old.moved.disconnect(self._on_moved)
        self._stage.part = part
        self._body = None
        if self._stage.part is not None:
            self._body = _BODIES[self._stage.part.body](self._stage.part, self._on_body)
            self._stage.part.changed.connect(self._on_changed)
            self._stage.part.moved.connect(self._on_moved)
        self.partChanged.emit()
        self._on_changed()

    def _on_changed(self) -> None:
        part, axis = self._stage.part, self._stage.axis
        if part is not None:
            first, last = part.whole
            if (first, last) != (axis.first, axis.last):
                self._stage.axis = axis.spanning(first, last, part.least)
            self._lay_out()
            self._ask()
            self._bring(part)
        self._on_moved()
        self.viewChanged.emit()
        self.update()

    def _bring(self, part: Any) -> None:
        """What was selected elsewhere, as in the list of regions, comes into view."""
        chosen = part.selected
        identity = chosen.id if chosen is not None else ""
        if identity == self._chosen:
            return
        self._chosen = identity
        if chosen is not None and not part.running and not self.hasActiveFocus():
            part.bring(chosen)
            self._look(self._stage.axis.showing(chosen.start))

    def _on_body(self) -> None:
        """More of what stands behind the regions is there; the page may have been left meanwhile."""
        if not isValid(self):
            return
        self._ground.forget()
        self._foot = None
        self.update()

    def _on_moved(self) -> None:
        part, axis = self._stage.part, self._stage.axis
        if part is None or axis.empty:
            self._set_head(-1.0)
            return
        at = part.position
        if part.running and not self._gesture.drawing and not axis.left <= at <= axis.right:
            self._look(axis.showing(at))
        self._set_head(self._stage.axis.x_of(part.head))
        if self._body is not None and self._body.follows:
            self.update()

    def _set_head(self, x: float) -> None:
        if x != self._head:
            self._head = x
            self.headChanged.emit()

    def geometryChange(self, newGeometry: Any, oldGeometry: Any) -> None:
        """Show the same stretch of time in the new size."""
        super().geometryChange(newGeometry, oldGeometry)
        if newGeometry.size() != oldGeometry.size():
            self._stage.axis = self._stage.axis.resized(self.width())
            self._lay_out()
            self._ask()
            self._on_moved()
            self.update()

    def _lay_out(self) -> None:
        if self._body is None:
            return
        ruler = round(self._looks.small * 1.9)
        self._stage.foot = self._body.foot(self._looks)
        bottom = max(ruler + 8.0, self.height() - self._stage.foot)
        self._stage.rows = self._body.rows(ruler, bottom, self._looks, self._stage.rows.scrolled)

    def _ask(self) -> None:
        if self._body is not None and not self._stage.axis.empty:
            self._body.ask(self._stage.axis, self._ratio())

    # --- painting ----------------------------------------------------------------------------------------
    def paint(self, painter: QPainter) -> None:
        """What stands still, then the regions; or a sentence while there is nothing."""
        part, body, stage = self._stage.part, self._body, self._stage
        size = QSizeF(self.width(), self.height())
        if part is None or body is None:
            return
        if part.problem_words or stage.axis.empty:
            text = part.problem_words or self.tr("The recording is being opened …")
            timeline_paint.words(painter, size, text, self._looks)
            return
        self._paint_ground(painter, body)
        self._paint_stretches(painter, part.stretches())
        colour = QColor(part.hand_colour)
        if part.begin is not None or part.end is not None:
            timeline_paint.edges(painter, stage.axis, stage.rows, part.begin, part.end, colour)
        body.paint_over(painter, stage.axis, stage.rows, self._looks)
        if part.mark is not None:
            timeline_paint.mark(painter, stage.axis, stage.rows, part.mark)
        if self.hasActiveFocus():
            timeline_paint.focus(painter, size, self._looks)
        if body.ready:
            part.shown()

    def _paint_ground(self, painter: QPainter, body: Body) -> None:
        """What stands behind the regions; the overview is no part of what moves."""
        stage, looks, ratio = self._stage, self._looks, self._ratio()
        moving = self._settle.isActive()
        height = stage.rows.bottom if stage.foot else self.height()

        def render(on: QPainter, axis: Axis) -> None:
            on.fillRect(QRectF(0, 0, axis.width, height), looks.ground)
            body.paint(on, axis, stage.rows, looks)

        key = (stage.rows, looks, body.version)
        self._ground.paint(painter, stage.axis, height, ratio, key, render, moving=moving)
        if stage.foot:
            strip = QRectF(0, stage.rows.bottom, self.width(), stage.foot)
            painter.drawImage(strip.topLeft(), self._kept_foot(body, ratio))
            timeline_paint.overview(painter, stage.axis, strip, looks)

    def _kept_foot(self, body: Body, ratio: float) -> QImage:
        axis, looks = self._stage.axis, self._looks
        size = max(1, round(axis.width * ratio)), max(1, round(self._stage.foot * ratio))
        key = (size, ratio, looks, body.version, axis.first, axis.last)
        if self._foot is None or self._foot[0] != key:
            image = QImage(*size, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            painter = QPainter(image)
            body.paint_foot(painter, axis, QRectF(0, 0, axis.width, self._stage.foot), looks)
            painter.end()
            self._foot = (key, image)
        return self._foot[1]

    def _paint_stretches(self, painter: QPainter, found: tuple[Stretch, ...]) -> None:
        """Regions at rest are kept; above them the one in hand, as it would be if the drag ended now."""
        stage, looks, held = self._stage, self._looks, self._gesture.stretch
        live = self._gesture.live
        still = found if live is None or held is None else tuple(one for one in found if one.id != held.id)
        key = (still, stage.rows, looks)

        def render(on: QPainter, axis: Axis) -> None:
            timeline_paint.stretches(on, axis, stage.rows, still, looks)

        if still:
            moving = self._settle.isActive()
            height = stage.rows.bottom
            self._marks.paint(painter, stage.axis, height, self._ratio(), key, render, moving=moving)
        if live is None:
            return
        row = self._body.live_row(self._gesture.row) if self._body is not None else -1
        made = held or Stretch("", *live, self._stage.part.hand_colour, row=row)
        hand = replace(made, start=live[0], end=live[1], selected=True)
        timeline_paint.stretches(painter, stage.axis, stage.rows, (hand,), looks)

    def _ratio(self) -> float:
        window = self.window()
        return float(window.effectiveDevicePixelRatio()) if window is not None else 1.0

    # --- the pointer and the keys ------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Play from here, grasp a region, or begin one."""
        self.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        self._pointer = event.position()
        self._gesture.press(event.position(), event.button() == Qt.MouseButton.MiddleButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        self._gesture.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish: one edit for the whole drag."""
        self._pointer = event.position()
        self._gesture.release()
        self.setCursor(self._gesture.cursor(event.position()))

    def mouseUngrabEvent(self) -> None:
        """Another item took the pointer: the drag is as if it had not begun."""
        self._gesture.cancel()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel look closer at the cursor; Shift, or a sideways wheel, moves along."""
        stage = self._stage
        across, down = event.angleDelta().x() / 120, event.angleDelta().y() / 120
        if stage.axis.empty:
            event.ignore()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and down:
            self._look(stage.axis.zoomed(STEP**down, event.position().x()))
            event.accept()
        elif stage.axis.zoom > 1 and (
            across or (down and event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ):
            self._look(stage.axis.panned(-(across or down) * stage.axis.length * 0.1))
            event.accept()
        elif down and stage.rows.hidden > 0:
            self._scroll(stage.rows.scrolled - down * stage.rows.high)
            event.accept()
        else:
            event.ignore()  # the page scrolls

    def _scroll(self, to: float) -> None:
        rows = self._stage.rows
        self._stage.rows = replace(rows, scrolled=max(0.0, min(to, rows.hidden)))
        self.update()

    def hoverMoveEvent(self, event: QHoverEvent) -> None:
        """Show what a press would do, and the values under the pointer; one that rests moves nothing.

        Qt repeats the event for a resting pointer whenever the scene changes, as after a key that moved the cursor.
        """
        shape = self._gesture.cursor(event.position())
        if self.cursor().shape() != shape:
            self.setCursor(shape)
        moved = event.position() != self._pointer
        self._pointer = event.position()
        if moved and self._stage.part is not None and not self._stage.axis.empty:
            self._stage.part.hover(self._stage.axis.at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play, go, look and mark by key; letters of the module go on to the screen."""
        if not timeline_keys.press(self._stage, self._gesture, event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    # --- zoom --------------------------------------------------------------------------------------------
    @Slot()
    def zoomIn(self) -> None:
        """One step closer."""
        self._look(timeline_keys.closer(self._stage.axis, self._position()))

    @Slot()
    def zoomOut(self) -> None:
        """One step back."""
        self._look(timeline_keys.further(self._stage.axis, self._position()))

    @Slot()
    def fit(self) -> None:
        """All of it."""
        self._look(self._stage.axis.fitted())

    def _position(self) -> float:
        return float(self._stage.part.position) if self._stage.part is not None else 0.0

    def _look(self, axis: Axis) -> None:
        if axis != self._stage.axis:
            self._stage.axis = axis
            self._settle.start()
            self._ask()
            self._on_moved()
            self.viewChanged.emit()
            self.update()

    def x_of(self, value: float) -> float:
        """The pixel of a value of the axis."""
        return self._stage.axis.x_of(value)

    @property
    def stage(self) -> Stage:
        """What is shown, for tests."""
        return self._stage

    # --- looks -------------------------------------------------------------------------------------------
    def _put(self, **values: Any) -> None:
        looks = replace(self._looks, **values)
        if looks != self._looks:
            self._looks = looks
            self._lay_out()
            self.looksChanged.emit()
            self.viewChanged.emit()
            self.update()

    def _tall(self) -> float:
        return self._body.tall(self._looks) if self._body is not None else 120.0

    part = Property(QObject, _get_part, _set_part, notify=partChanged)
    headX = Property(float, lambda self: self._head, notify=headChanged)
    headTop = Property(float, lambda self: self._stage.rows.ruler * 0.5, notify=viewChanged)
    headBottom = Property(float, lambda self: self._stage.rows.bottom, notify=viewChanged)
    zoom = Property(float, lambda self: self._stage.axis.zoom, notify=viewChanged)
    tall = Property(float, _tall, notify=viewChanged)
    ink = Property(
        QColor, lambda self: self._looks.ink, lambda self, c: self._put(ink=c), notify=looksChanged
    )
    waveInk = Property(
        QColor, lambda self: self._looks.wave, lambda self, c: self._put(wave=c), notify=looksChanged
    )
    grid = Property(
        QColor, lambda self: self._looks.grid, lambda self, c: self._put(grid=c), notify=looksChanged
    )
    ground = Property(
        QColor, lambda self: self._looks.ground, lambda self, c: self._put(ground=c), notify=looksChanged
    )
    focusInk = Property(
        QColor, lambda self: self._looks.focus, lambda self, c: self._put(focus=c), notify=looksChanged
    )
    fontSize = Property(
        int, lambda self: self._looks.font_size, lambda self, n: self._put(font_size=n), notify=looksChanged
    )
