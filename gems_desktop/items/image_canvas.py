# SPDX-License-Identifier: Apache-2.0
"""A task's picture with all its boxes as one painted item: on the software renderer the only fast way."""

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

from gems_desktop.items import canvas_keys, canvas_paint
from gems_desktop.items.canvas_pointer import Pointer
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.image_view import MARGIN, STEP, View

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 150  # a resize or zoom asks the decoder anew only once it rests


@QmlElement
class ImageCanvas(QQuickPaintedItem):
    """Shows the picture `picture` of the object `name` of a task (a TaskViewModel) and lets its boxes be drawn."""

    changed = Signal()
    looksChanged = Signal()
    stateChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene(self._look, self.update)
        self._pointer = Pointer(self._scene)
        self._waiting = ""
        self._problem = ""
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
        task: QObject | None = self._scene.task
        return task

    def _set_task(self, task: QObject | None) -> None:
        if task is self._scene.task:
            return
        if self._scene.task is not None:
            self._scene.task.answerChanged.disconnect(self._on_answer)
            self._scene.task.selectionChanged.disconnect(self.update)
            self._scene.task.opened.disconnect(self._on_opened)
        self._scene.task = task
        if self._scene.task is not None:
            self._scene.task.answerChanged.connect(self._on_answer)
            self._scene.task.selectionChanged.connect(self.update)
            self._scene.task.opened.connect(self._on_opened)
        self.changed.emit()
        self._request()
        self.update()

    def _get_name(self) -> str:
        return self._scene.name

    def _set_name(self, name: str) -> None:
        if name != self._scene.name:
            self._scene.name = name
            self.changed.emit()
            self.update()

    def _get_picture(self) -> str:
        return self._scene.sha256

    def _set_picture(self, sha256: str) -> None:
        if sha256 != self._scene.sha256:
            self._scene.sha256 = sha256
            self._pointer.cancel()
            self._scene.view = replace(self._scene.view, zoom=1.0, pan_x=0.0, pan_y=0.0)
            self.changed.emit()
            self._request()
            self.update()

    def _on_answer(self) -> None:
        self.stateChanged.emit()
        self.update()

    def _on_opened(self) -> None:
        self._pointer.cancel()
        self._request()
        self.update()

    def geometryChange(self, newGeometry: Any, oldGeometry: Any) -> None:
        """Fit the picture anew; the decoder is asked once the size rests."""
        super().geometryChange(newGeometry, oldGeometry)
        if newGeometry.size() != oldGeometry.size():
            self._scene.view = replace(self._scene.view, width=self.width(), height=self.height()).bounded()
            if self._scene.image is None:
                self._request()
            else:
                self._settle.start()
            self.update()

    def _wanted_size(self) -> tuple[int, int]:
        window = self.window()
        ratio = window.effectiveDevicePixelRatio() if window is not None else 1.0
        grown = ratio * self._scene.view.zoom
        return max(1, int((self.width() - 2 * MARGIN) * grown)), max(
            1, int((self.height() - 2 * MARGIN) * grown)
        )

    def _request(self) -> None:
        self._settle.stop()
        if self._scene.task is None or self.width() < 2 or self.height() < 2:
            return
        if not self._scene.sha256:
            self._waiting = ""  # whatever was asked for before is not wanted any more
            self._fail(self.tr("This task names no picture."))
            return
        sha256, size = self._scene.sha256, self._wanted_size()
        self._waiting = f"{sha256} {size}"
        waited = self._waiting
        if self._scene.shown_sha256 != sha256:
            self._problem = ""

        def arrived(result: Any) -> None:
            # the page may have been left while the picture was decoded
            if isValid(self) and self._waiting == waited:
                self._arrived(sha256, size, result)

        self._scene.task.images.request(sha256, *size, arrived)

    def _arrived(self, sha256: str, size: tuple[int, int], result: Any) -> None:
        self._waiting = ""
        if not isinstance(result, QImage):
            self._scene.image = None
            self._scene.shown_sha256 = ""
            self._fail(result.sentence)
            return
        if self._scene.shown_sha256 != sha256 or self._scene.image is None:
            self._scene.view = View(
                self.width(), self.height(), float(result.width()), float(result.height())
            )
        self._scene.image, self._scene.shown_sha256, self._problem = result, sha256, ""
        # the ratio stays that of the first decoding, so that boxes do not shift by rounding
        self.stateChanged.emit()
        self.update()

    def _fail(self, sentence: str) -> None:
        self._problem = sentence
        if self._scene.task is not None:
            self._scene.task.failed(self._scene.name, sentence)
        self.stateChanged.emit()
        self.update()

    # --- painting ----------------------------------------------------------------------------------------
    def paint(self, painter: QPainter) -> None:
        """The picture, then the boxes; or a sentence while there is none."""
        if self._scene.task is None:
            return
        if self._scene.image is None or not self._scene.ready:
            words = self._problem or self.tr("The picture is being opened …")
            canvas_paint.words(painter, QSizeF(self.width(), self.height()), words, self._looks)
            return
        canvas_paint.picture(
            painter, self._scene.image, QRectF(*self._scene.view.rect), self._scene.view.zoom > 1.0
        )
        self._paint_boxes(painter)
        self._scene.task.painted(self._scene.name, self._scene.sha256, self._wanted_size())

    def _paint_boxes(self, painter: QPainter) -> None:
        selected = self._scene.task.selected
        canvas_paint.prepare(painter, self._looks)
        drag, dragged = self._pointer.drag, self._pointer.dragged
        for box in self._scene.boxes():
            moving = dragged if drag is not None and drag.box == box.id else None
            place = self._scene.on_view(moving or (box.x, box.y, box.width, box.height))
            colour = QColor(box.colour)
            text = box.text
            here = box.id == selected
            handles = here and self._scene.may_draw()
            canvas_paint.box(painter, place, colour, text, self._looks, here, handles)
        if drag is not None and not drag.box and dragged is not None:
            colour = QColor(self._scene.task.colour(self._scene.task.tool(self._scene.name)))
            canvas_paint.box(painter, self._scene.on_view(dragged), colour, "", self._looks, True, False)
        if self.hasActiveFocus():
            canvas_paint.focus(painter, QSizeF(self.width(), self.height()), self._looks)

    def point_of(self, x: float, y: float) -> QPointF:
        """Where a place of the picture, in percent of it, is on this item."""
        return QPointF(*self._scene.view.from_percent(x, y))

    # --- the pointer and the keys ------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pan, grasp a handle, select or begin a new box."""
        self.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        self._pointer.press(event.position(), event.button() == Qt.MouseButton.MiddleButton)
        self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        self._pointer.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish: one edit for the whole drag."""
        self._pointer.release()
        self._show_cursor(event.position())

    def mouseUngrabEvent(self) -> None:
        """Another item took the pointer: the drag is as if it had not begun."""
        self._pointer.cancel()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor."""
        notches = event.angleDelta().y() / 120
        if notches and self._scene.image is not None:
            at = event.position()
            self._look(self._scene.view.zoomed(STEP**notches, at.x(), at.y()))
            event.accept()
        else:
            event.ignore()

    def hoverMoveEvent(self, event: QHoverEvent) -> None:
        """Show what a press would do."""
        self._show_cursor(event.position())

    def _show_cursor(self, point: QPointF) -> None:
        shape = self._pointer.cursor(point)
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan and boxes by key; letters of the module go on to the screen."""
        if not canvas_keys.press(self._scene, self._pointer, event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space lets go of the picture."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._scene.space = False
            self.unsetCursor()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring and let go of the picture."""
        super().focusOutEvent(event)
        self._scene.space = False
        self.update()

    # --- zoom --------------------------------------------------------------------------------------------
    @Slot()
    def zoomIn(self) -> None:
        """One step closer, around the middle."""
        self._look(canvas_keys.closer(self._scene.view))

    @Slot()
    def zoomOut(self) -> None:
        """One step back."""
        self._look(canvas_keys.further(self._scene.view))

    @Slot()
    def fit(self) -> None:
        """The whole picture."""
        self._look(canvas_keys.fitted(self._scene.view))

    def _look(self, view: View) -> None:
        if view != self._scene.view:
            if view.zoom != self._scene.view.zoom:
                self._settle.start()
            self._scene.view = view
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
    ready = Property(bool, lambda self: self._scene.image is not None, notify=stateChanged)
    problem = Property(str, lambda self: self._problem, notify=stateChanged)
    zoom = Property(float, lambda self: self._scene.view.zoom, notify=stateChanged)
    boxCount = Property(int, lambda self: len(self._scene.boxes()), notify=stateChanged)
    ink = Property(
        QColor, lambda self: self._looks.ink, lambda self, c: self._put(ink=c), notify=looksChanged
    )
    focusInk = Property(
        QColor, lambda self: self._looks.focus, lambda self, c: self._put(focus=c), notify=looksChanged
    )
    fontSize = Property(
        int, lambda self: self._looks.font_size, lambda self, n: self._put(font_size=n), notify=looksChanged
    )
