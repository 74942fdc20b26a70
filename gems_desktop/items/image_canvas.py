# SPDX-License-Identifier: Apache-2.0
"""A task's picture with all its regions as one painted item: on the software renderer the only fast way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QObject, QPointF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QHoverEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem
from shiboken6 import isValid

from gems_desktop.items import canvas_beside, canvas_keys, canvas_paint
from gems_desktop.items.canvas_edit_keys import letter
from gems_desktop.items.canvas_frame import Frame
from gems_desktop.items.canvas_pointer import Pointer
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.canvas_source import Source
from gems_desktop.items.image_view import STEP, View

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 150  # a resize, zoom or move asks the decoder anew only once it rests


def _kind(thing: Any) -> str:
    """Of a tool or a region; empty for none."""
    return str(thing.kind) if thing is not None else ""


@QmlElement
class ImageCanvas(QQuickPaintedItem):
    """Shows the picture `picture` of the object `name` of a task (a TaskViewModel) and lets its regions be drawn."""

    changed = Signal()
    looksChanged = Signal()
    stateChanged = Signal()
    otherChanged = Signal()
    markChanged = Signal()
    marked = Signal(float, float, arguments=["x", "y"])

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene(self._look, self.update)
        self._scene.put_mark = self._mark
        self._pointer = Pointer(self._scene)
        self._frame = Frame(self._scene, self._pointer)
        self._source = Source(self._scene, lambda: isValid(self), self._on_arrived, self._fail)
        self._frame.want_glass = self._source.request_glass
        self._problem = ""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._rest)
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

    def _set_task(self, task: Any) -> None:
        if task is self._scene.task:
            return
        for signal, slot in self._connections(self._scene.task):
            signal.disconnect(slot)
        self._scene.task = task
        for signal, slot in self._connections(task):
            signal.connect(slot)
        self.changed.emit()
        self._on_beside()
        self._request()

    def _connections(self, task: Any) -> list[tuple[Any, Any]]:
        if task is None:
            return []
        return [
            (task.answerChanged, self._on_change),
            (task.regionsChanged, self._on_change),
            (task.handChanged, self._on_change),
            (task.selectionChanged, self._on_selection),
            (task.opened, self._on_opened),
            (task.otherChanged, self._on_beside),
            (task.markChanged, self._on_beside),
        ]

    def _set_name(self, name: str) -> None:
        if name != self._scene.name:
            self._scene.name = name
            self._on_page()

    def _set_page(self, page: int) -> None:
        if page != self._scene.page:
            self._scene.page = page
            self._on_page()

    def _set_paged(self, paged: bool) -> None:
        self._scene.paged = paged
        self.changed.emit()

    def _on_page(self) -> None:
        self._pointer.cancel()
        self._scene.cursor = None
        self.changed.emit()
        self._on_beside()

    def _on_beside(self) -> None:
        canvas_beside.read(self._scene, self._frame)
        self.markChanged.emit()
        self.otherChanged.emit()
        self.stateChanged.emit()
        self.update()

    def _set_picture(self, sha256: str) -> None:
        if sha256 != self._scene.sha256:
            self._scene.sha256 = sha256
            self._pointer.cancel()
            self._frame.forget()
            self._source.forget()
            self._scene.view = canvas_keys.fitted(self._scene.view)
            self.changed.emit()
            self._request()
            self.update()

    def _on_change(self) -> None:
        self.stateChanged.emit()
        self.update()

    def _on_selection(self) -> None:
        chosen = self._scene.selected()
        if chosen is None or chosen.kind != "polygon":
            self._scene.held = ""
        self._on_change()

    def _on_opened(self) -> None:
        self._pointer.cancel()
        self._scene.cursor, self._scene.notice = None, ""
        self._on_beside()
        self._request()

    def geometryChange(self, newGeometry: Any, oldGeometry: Any) -> None:
        """Fit the picture anew; the decoder is asked once the size rests."""
        super().geometryChange(newGeometry, oldGeometry)
        if newGeometry.size() != oldGeometry.size():
            self._scene.view = replace(self._scene.view, width=self.width(), height=self.height()).bounded()
            if self._scene.image is None:
                self._request()
            else:
                self._move_on()
            self.update()

    def _ratio(self) -> float:
        return float(self.window().effectiveDevicePixelRatio()) if self.window() is not None else 1.0

    def _request(self) -> None:
        self._settle.stop()
        if self._scene.task is None or self.width() < 2 or self.height() < 2:
            return
        if not self._scene.sha256:
            self._source.forget()
            self._fail(self.tr("This task names no picture."))
            return
        if self._scene.shown_sha256 != self._scene.sha256:
            self._problem = ""
        self._source.ratio = self._ratio()
        self._source.request()

    def _rest(self) -> None:
        """The view is still: paint it smoothly, and ask for what it is too coarse for."""
        self._frame.resting = True
        self._source.ratio = self._ratio()
        if self._scene.task is not None and self._scene.sha256:
            image = self._scene.image
            if image is None or self._scene.view.zoom <= 1.0:
                self._request()
            self._source.request_detail()
        self.update()

    def _move_on(self) -> None:
        self._frame.resting = False
        self._settle.start()

    def _on_arrived(self) -> None:
        self._problem = ""
        self.stateChanged.emit()
        self.update()

    def _fail(self, sentence: str) -> None:
        self._problem = sentence = QCoreApplication.translate("Gems", sentence)
        if self._scene.task is not None:
            self._scene.task.failed(self._scene.name, sentence)
        self.stateChanged.emit()
        self.update()

    # --- painting ----------------------------------------------------------------------------------------
    def paint(self, painter: QPainter) -> None:
        """The picture and its regions; or a sentence while there is none."""
        scene = self._scene
        if scene.task is None:
            return
        if not scene.ready:
            words = self._problem or self.tr("The picture is being opened …")
            canvas_paint.words(painter, QSizeF(self.width(), self.height()), words, self._frame.looks)
            return
        self._frame.paint(painter, self._ratio(), self.hasActiveFocus())
        scene.task.painted(scene.name, scene.sha256, self._source.fitted_size())

    def point_of(self, x: float, y: float) -> QPointF:
        """Where a place of the picture, in percent of it, is on this item."""
        return QPointF(*self._scene.view.from_percent(x, y))

    # --- the pointer and the keys ------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pan, grasp a grip, select, set a corner, paint or begin a new region."""
        self.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        middle = event.button() == Qt.MouseButton.MiddleButton
        self._pointer.press(event.position(), event.modifiers(), middle)
        self._show_cursor(event.position())
        self.stateChanged.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        self._pointer.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish: one edit for the whole drag."""
        self._pointer.release()
        self._show_cursor(event.position())
        self.stateChanged.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Close a polygon, or put a corner into one; else it is one more press."""
        if not self._pointer.twice(event.position()):
            self.mousePressEvent(event)
        event.accept()

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
        self._pointer.at = event.position()
        self._show_cursor(event.position())
        if self._frame.magnified or self._scene.unfinished() is not None:
            self.update()

    def hoverLeaveEvent(self, event: QHoverEvent) -> None:
        """Nothing follows a pointer that is elsewhere."""
        self._pointer.at = None
        self.update()

    def _show_cursor(self, point: QPointF) -> None:
        shape = self._pointer.cursor(point)
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan, make, go through, move, resize, turn and remove regions."""
        if self._scene.task is not None and letter(self._scene, event, "m"):
            self._magnify(True)
        elif canvas_keys.press(self._scene, self._pointer, event):
            event.accept()
            self.stateChanged.emit()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space lets go of the picture or lifts the brush, M takes the glass away."""
        if event.key() == Qt.Key.Key_M and not event.isAutoRepeat():
            self._magnify(False)
        elif canvas_keys.release(self._scene, self._pointer, event):
            self.unsetCursor()
        else:
            event.ignore()

    def _magnify(self, on: bool) -> None:
        if self._pointer.at is None and on:
            self._pointer.at = QPointF(self.width() / 2, self.height() / 2)
        self._frame.magnified = on
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring and let go of the picture."""
        super().focusOutEvent(event)
        self._scene.space = self._frame.magnified = False
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
            self._scene.view = view
            self._move_on()
            self.stateChanged.emit()
            self.update()

    # --- marks and another answer ------------------------------------------------------------------------
    def _mark(self, place: tuple[float, float]) -> None:
        if not canvas_beside.place(self._scene, *place):
            self._set_mark(list(place))
        self.marked.emit(*place)

    def _set_mark(self, mark: list[float]) -> None:
        self._frame.mark = (float(mark[0]), float(mark[1])) if len(mark) == 2 else None
        self.markChanged.emit()
        self.update()

    def _set_marking(self, marking: bool) -> None:
        self._scene.marking = marking
        self.markChanged.emit()

    def _set_other(self, other: list[Any]) -> None:
        self._frame.other = tuple(other)
        self.otherChanged.emit()
        self.update()

    # --- looks -------------------------------------------------------------------------------------------
    def _put(self, **values: Any) -> None:
        looks = replace(self._frame.looks, **values)
        if looks != self._frame.looks:
            self._frame.looks = looks
            self.looksChanged.emit()
            self.update()

    def _set_erasing(self, erasing: bool) -> None:
        self._scene.brush.erasing = erasing
        self.stateChanged.emit()

    task = Property(QObject, _get_task, _set_task, notify=changed)
    name = Property(str, lambda self: self._scene.name, _set_name, notify=changed)
    page = Property(int, lambda self: self._scene.page, _set_page, notify=changed)
    paged = Property(bool, lambda self: self._scene.paged, _set_paged, notify=changed)
    picture = Property(str, lambda self: self._scene.sha256, _set_picture, notify=changed)
    ahead = Property(
        str, lambda self: self._source.ahead, lambda self, s: self._source.look_ahead(s), notify=changed
    )
    other = Property(list, lambda self: list(self._frame.other), _set_other, notify=otherChanged)
    mark = Property(list, lambda self: list(self._frame.mark or ()), _set_mark, notify=markChanged)
    marking = Property(bool, lambda self: self._scene.marking, _set_marking, notify=markChanged)
    ready = Property(bool, lambda self: self._scene.image is not None, notify=stateChanged)
    problem = Property(str, lambda self: self._problem, notify=stateChanged)
    notice = Property(str, lambda self: self._scene.notice, notify=stateChanged)
    zoom = Property(float, lambda self: self._scene.view.zoom, notify=stateChanged)
    boxCount = Property(int, lambda self: len(self._scene.regions()), notify=stateChanged)
    toolKind = Property(str, lambda self: _kind(self._scene.tool()), notify=stateChanged)
    selectedKind = Property(str, lambda self: _kind(self._scene.selected()), notify=stateChanged)
    drawing = Property(bool, lambda self: self._scene.unfinished() is not None, notify=stateChanged)
    brushWidth = Property(int, lambda self: self._scene.brush.width, notify=stateChanged)
    erasing = Property(bool, lambda self: self._scene.brush.erasing, _set_erasing, notify=stateChanged)
    ink = Property(
        QColor, lambda self: self._frame.looks.ink, lambda self, c: self._put(ink=c), notify=looksChanged
    )
    focusInk = Property(
        QColor, lambda self: self._frame.looks.focus, lambda self, c: self._put(focus=c), notify=looksChanged
    )
    fontSize = Property(
        int,
        lambda self: self._frame.looks.font_size,
        lambda self, n: self._put(font_size=n),
        notify=looksChanged,
    )
