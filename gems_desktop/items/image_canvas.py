# SPDX-License-Identifier: Apache-2.0
"""A task's picture with all its boxes as one painted item: on the software renderer the only fast way (BUDGETS.md)."""

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

from gems_desktop.items import canvas_paint
from gems_desktop.items.box_gesture import MOVE, Drag, Place, handle_points, moved
from gems_desktop.items.image_view import MARGIN, STEP, View

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

GRASP = 9.0  # pixels around a handle that still grasp it
SLIP = 4.0  # pixels a pointer may move in a click
SETTLE_MS = 150  # a resize or zoom asks the decoder anew only once it rests
NUDGE = 0.5  # percent a key moves a box; with Ctrl a fifth
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@QmlElement
class ImageCanvas(QQuickPaintedItem):
    """Shows the picture `picture` of the object `name` of a task (a TaskViewModel) and lets its boxes be drawn."""

    changed = Signal()
    looksChanged = Signal()
    stateChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._task: Any = None
        self._name = ""
        self._sha256 = ""
        self._image: QImage | None = None
        self._shown_sha256 = ""
        self._waiting = ""
        self._problem = ""
        self._view = View()
        self._drag: Drag | None = None
        self._dragged: Place | None = None
        self._pan_from: QPointF | None = None
        self._space = False
        self._looks = canvas_paint.Looks()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._request)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton)
        self.setAcceptHoverEvents(True)
        self.setActiveFocusOnTab(True)
        self.setFlag(QQuickItem.Flag.ItemIsFocusScope, False)
        self.setAntialiasing(True)
        self.setClip(True)

    # --- what it shows -----------------------------------------------------------------------------------
    def _get_task(self) -> QObject | None:
        task: QObject | None = self._task
        return task

    def _set_task(self, task: QObject | None) -> None:
        if task is self._task:
            return
        if self._task is not None:
            self._task.answerChanged.disconnect(self._on_answer)
            self._task.selectionChanged.disconnect(self.update)
            self._task.opened.disconnect(self._on_opened)
        self._task = task
        if self._task is not None:
            self._task.answerChanged.connect(self._on_answer)
            self._task.selectionChanged.connect(self.update)
            self._task.opened.connect(self._on_opened)
        self.changed.emit()
        self._request()
        self.update()

    def _get_name(self) -> str:
        return self._name

    def _set_name(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self.changed.emit()
            self.update()

    def _get_picture(self) -> str:
        return self._sha256

    def _set_picture(self, sha256: str) -> None:
        if sha256 != self._sha256:
            self._sha256 = sha256
            self._cancel()
            self._view = replace(self._view, zoom=1.0, pan_x=0.0, pan_y=0.0)
            self.changed.emit()
            self._request()
            self.update()

    def _on_answer(self) -> None:
        self.stateChanged.emit()
        self.update()

    def _on_opened(self) -> None:
        self._cancel()
        self._request()
        self.update()

    def geometryChange(self, newGeometry: Any, oldGeometry: Any) -> None:
        """Fit the picture anew; the decoder is asked once the size rests."""
        super().geometryChange(newGeometry, oldGeometry)
        if newGeometry.size() != oldGeometry.size():
            self._view = replace(self._view, width=self.width(), height=self.height()).bounded()
            if self._image is None:
                self._request()
            else:
                self._settle.start()
            self.update()

    def _wanted_size(self) -> tuple[int, int]:
        window = self.window()
        ratio = window.effectiveDevicePixelRatio() if window is not None else 1.0
        grown = ratio * self._view.zoom
        return max(1, int((self.width() - 2 * MARGIN) * grown)), max(
            1, int((self.height() - 2 * MARGIN) * grown)
        )

    def _request(self) -> None:
        self._settle.stop()
        if self._task is None or self.width() < 2 or self.height() < 2:
            return
        if not self._sha256:
            self._fail(self.tr("This task names no picture."))
            return
        sha256, size = self._sha256, self._wanted_size()
        self._waiting = f"{sha256} {size}"
        waited = self._waiting
        if self._shown_sha256 != sha256:
            self._problem = ""

        def arrived(result: Any) -> None:
            # the page may have been left while the picture was decoded
            if isValid(self) and self._waiting == waited:
                self._arrived(sha256, size, result)

        self._task.images.request(sha256, *size, arrived)

    def _arrived(self, sha256: str, size: tuple[int, int], result: Any) -> None:
        self._waiting = ""
        if not isinstance(result, QImage):
            self._image = None
            self._shown_sha256 = ""
            self._fail(result.sentence)
            return
        if self._shown_sha256 != sha256 or self._image is None:
            self._view = View(self.width(), self.height(), float(result.width()), float(result.height()))
        self._image, self._shown_sha256, self._problem = result, sha256, ""
        # the ratio stays that of the first decoding, so that boxes do not shift by rounding
        self.stateChanged.emit()
        self.update()

    def _fail(self, sentence: str) -> None:
        self._problem = sentence
        if self._task is not None:
            self._task.failed(self._name, sentence)
        self.stateChanged.emit()
        self.update()

    # --- painting ----------------------------------------------------------------------------------------
    def paint(self, painter: QPainter) -> None:
        """The picture, then the boxes; or a sentence while there is none."""
        if self._task is None:
            return
        if self._image is None or self._shown_sha256 != self._sha256:
            words = self._problem or self.tr("The picture is being opened …")
            canvas_paint.words(painter, QSizeF(self.width(), self.height()), words, self._looks)
            return
        canvas_paint.picture(painter, self._image, QRectF(*self._view.rect), self._view.zoom > 1.0)
        self._paint_boxes(painter)
        self._task.painted(self._name, self._sha256, self._wanted_size())

    def _paint_boxes(self, painter: QPainter) -> None:
        colours = self._task.colours()
        selected = self._task.selectedBox
        canvas_paint.prepare(painter, self._looks)
        for box in self._task.boxes(self._name):
            dragged = self._dragged if self._drag is not None and self._drag.box == box.id else None
            place = dragged or (box.x, box.y, box.width, box.height)
            colour = QColor(colours.get((box.control, box.label), "#1F6FEB"))
            text = self._task.label_text(box.control, box.label)
            here = box.id == selected
            canvas_paint.box(
                painter, self._on_view(place), colour, text, self._looks, here, here and self._may_draw()
            )
        if self._drag is not None and not self._drag.box and self._dragged is not None:
            brush = self._task.brush_for(self._name)
            if brush is not None:
                colour = QColor(colours.get(brush, "#1F6FEB"))
                canvas_paint.box(painter, self._on_view(self._dragged), colour, "", self._looks, True, False)
        if self.hasActiveFocus():
            canvas_paint.focus(painter, QSizeF(self.width(), self.height()), self._looks)

    def _on_view(self, place: Place) -> QRectF:
        left, top = self._view.from_percent(place[0], place[1])
        right, bottom = self._view.from_percent(place[0] + place[2], place[1] + place[3])
        return QRectF(left, top, right - left, bottom - top)

    def point_of(self, x: float, y: float) -> QPointF:
        """Where a place of the picture, in percent of it, is on this item."""
        return QPointF(*self._view.from_percent(x, y))

    def _may_draw(self) -> bool:
        return (
            self._task is not None
            and self._image is not None
            and self._shown_sha256 == self._sha256
            and self._task.brush_for(self._name) is not None
        )

    # --- the pointer -------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pan, grasp a handle, select or begin a new box."""
        self.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        point = event.position()
        if event.button() == Qt.MouseButton.MiddleButton or self._space:
            self._pan_from = point
            self._show_cursor(point)
            return
        if self._task is None or self._image is None:
            return
        hit = self._hit(point)
        x, y = self._view.to_percent(point.x(), point.y())
        if hit is None:
            self._drag = Drag("", (x, y, 0.0, 0.0), MOVE, x, y)
        else:
            self._task.selectBox(hit[0])
            if self._may_draw():
                self._drag = Drag(hit[0], hit[2], hit[1], x, y)
        self._dragged = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        point = event.position()
        if self._pan_from is not None:
            step = point - self._pan_from
            self._pan_from = point
            self._look(self._view.panned(step.x(), step.y()))
        elif self._drag is not None and self._may_draw() and self._beyond_slip(point):
            self._dragged = self._drag.at(*self._view.to_percent(point.x(), point.y()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish: one edit for the whole drag."""
        if self._pan_from is not None:
            self._pan_from = None
            self._show_cursor(event.position())
            return
        drag, place = self._drag, self._dragged
        self._cancel()
        if drag is None or self._task is None:
            return
        if place is None:
            if not drag.box:
                self._task.selectBox("")
            return
        if drag.box:
            self._task.moveBox(drag.box, *place)
        elif (brush := self._task.brush_for(self._name)) is not None:
            self._task.addBox(*brush, *place)
        self.update()

    def mouseUngrabEvent(self) -> None:
        """Another item took the pointer: the drag is as if it had not begun."""
        self._cancel()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor."""
        notches = event.angleDelta().y() / 120
        if notches and self._image is not None:
            at = event.position()
            self._look(self._view.zoomed(STEP**notches, at.x(), at.y()))
            event.accept()
        else:
            event.ignore()

    def hoverMoveEvent(self, event: QHoverEvent) -> None:
        """Show what a press would do."""
        self._show_cursor(event.position())

    def _beyond_slip(self, point: QPointF) -> bool:
        if self._dragged is not None or self._drag is None:
            return True
        begun = QPointF(*self._view.from_percent(self._drag.from_x, self._drag.from_y))
        return (point - begun).manhattanLength() > SLIP

    def _hit(self, point: QPointF) -> tuple[str, tuple[int, int], Place] | None:
        """The box under the pointer, the edges it would move, its place; the selected and the smallest win."""
        found: tuple[float, str, tuple[int, int], Place] | None = None
        for box in self._task.boxes(self._name):
            place = (box.x, box.y, box.width, box.height)
            rect = self._on_view(place)
            if box.id == self._task.selectedBox and self._may_draw():
                for edges, x, y in handle_points(rect.x(), rect.y(), rect.width(), rect.height()):
                    if abs(point.x() - x) <= GRASP and abs(point.y() - y) <= GRASP:
                        return box.id, edges, place
            area = rect.width() * rect.height()
            if rect.adjusted(-2, -2, 2, 2).contains(point) and (found is None or area <= found[0]):
                found = (area, box.id, MOVE, place)
        return found[1:] if found is not None else None

    def _show_cursor(self, point: QPointF) -> None:
        if self._pan_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.CrossCursor if self._may_draw() else Qt.CursorShape.ArrowCursor
            hit = self._hit(point) if self._task is not None and self._image is not None else None
            if hit is not None and self._may_draw():
                shape = canvas_paint.cursor(hit[1])
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _cancel(self) -> bool:
        if self._drag is None:
            return False
        self._drag = self._dragged = None
        self.update()
        return True

    # --- keys --------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan and boxes by key; letters of the module go on to the screen."""
        if not self._do_key(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space lets go of the picture."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.unsetCursor()
        else:
            event.ignore()

    def _do_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if self._task is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if key == Qt.Key.Key_Space:
            self._space = True
            return True
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoomIn()
        elif key == Qt.Key.Key_Minus:
            self.zoomOut()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape:
            return self._escape()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._cycle(-1 if key == Qt.Key.Key_Backtab else 1)
        elif key in _ARROWS:
            return self._arrow(_ARROWS[Qt.Key(key)], event.modifiers())
        elif key == Qt.Key.Key_N and self._may_draw() and not event.modifiers():
            self._new_box()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._task.selectedBox:
            return bool(self._task.removeBox(self._task.selectedBox))
        else:
            return False
        return True

    def _escape(self) -> bool:
        if self._cancel():
            return True
        had = bool(self._task.selectedBox)
        self._task.selectBox("")
        return had

    def _cycle(self, step: int) -> bool:
        """Select the next box; past the last one the keyboard goes on to the next control."""
        ids = [box.id for box in self._task.boxes(self._name)]
        selected = self._task.selectedBox
        at = ids.index(selected) + step if selected in ids else (0 if step > 0 else len(ids) - 1)
        if not 0 <= at < len(ids):
            self._task.selectBox("")
            return False
        self._task.selectBox(ids[at])
        return True

    def _arrow(self, direction: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
        box = next((b for b in self._task.boxes(self._name) if b.id == self._task.selectedBox), None)
        if box is None or not self._may_draw():
            if self._view.zoom <= 1.0:
                return False
            self._look(self._view.panned(-40.0 * direction[0], -40.0 * direction[1]))
            return True
        step = NUDGE / 5 if modifiers & Qt.KeyboardModifier.ControlModifier else NUDGE
        sizing = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        edges = (abs(direction[0]), abs(direction[1])) if sizing else MOVE
        start = (box.x, box.y, box.width, box.height)
        self._task.moveBox(box.id, *moved(start, edges, step * direction[0], step * direction[1]))
        return True

    def _new_box(self) -> None:
        brush = self._task.brush_for(self._name)
        x, y = self._view.to_percent(self.width() / 2, self.height() / 2)
        side = 20.0 / self._view.zoom
        self._task.addBox(*brush, x - side / 2, y - side / 2, side, side)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring and let go of the picture."""
        super().focusOutEvent(event)
        self._space = False
        self.update()

    # --- zoom --------------------------------------------------------------------------------------------
    @Slot()
    def zoomIn(self) -> None:
        """One step closer, around the middle."""
        self._look(self._view.zoomed(STEP, self.width() / 2, self.height() / 2))

    @Slot()
    def zoomOut(self) -> None:
        """One step back."""
        self._look(self._view.zoomed(1 / STEP, self.width() / 2, self.height() / 2))

    @Slot()
    def fit(self) -> None:
        """The whole picture."""
        self._look(replace(self._view, zoom=1.0, pan_x=0.0, pan_y=0.0))

    def _look(self, view: View) -> None:
        if view != self._view:
            if view.zoom != self._view.zoom:
                self._settle.start()
            self._view = view
            self.stateChanged.emit()
            self.update()

    # --- looks -------------------------------------------------------------------------------------------
    def _put(self, **values: Any) -> None:
        looks = replace(self._looks, **values)
        if looks != self._looks:
            self._looks = looks
            self.looksChanged.emit()
            self.update()

    task = Property(QObject, _get_task, _set_task, notify=changed)
    name = Property(str, _get_name, _set_name, notify=changed)
    picture = Property(str, _get_picture, _set_picture, notify=changed)
    ready = Property(bool, lambda self: self._image is not None, notify=stateChanged)
    problem = Property(str, lambda self: self._problem, notify=stateChanged)
    zoom = Property(float, lambda self: self._view.zoom, notify=stateChanged)
    boxCount = Property(
        int, lambda self: len(self._task.boxes(self._name)) if self._task else 0, notify=stateChanged
    )
    ink = Property(
        QColor, lambda self: self._looks.ink, lambda self, c: self._put(ink=c), notify=looksChanged
    )
    focusInk = Property(
        QColor, lambda self: self._looks.focus, lambda self, c: self._put(focus=c), notify=looksChanged
    )
    fontSize = Property(
        int, lambda self: self._looks.font_size, lambda self, n: self._put(font_size=n), notify=looksChanged
    )
