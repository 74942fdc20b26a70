# SPDX-License-Identifier: Apache-2.0
"""A text with its marks as one painted item: plain signs, any script, and only what is in sight is painted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from gems_desktop.items import text_keys, text_paint
from gems_desktop.items.text_actions import Actions
from gems_desktop.items.text_cursor import TextCursor
from gems_desktop.items.text_layout import Metrics, Page
from gems_desktop.items.text_pointer import Pointer
from gems_desktop.viewmodels.parts.text import TextPart

QML_IMPORT_NAME = "Gems.items"
QML_IMPORT_MAJOR_VERSION = 1

_NOTCH = 60.0  # pixels a notch of the wheel scrolls


@QmlElement
class TextCanvas(QQuickPaintedItem):
    """Shows the text of `part` (a TextPart) and lets stretches of it be marked. It scrolls by itself."""

    changed = Signal()
    looksChanged = Signal()
    scrolled = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self.text: TextPart | None = None
        self.page: Page | None = None
        self.caret = TextCursor()
        self.actions = Actions(self)
        self._pointer = Pointer(self)
        self._inks = text_paint.Inks()
        self._metrics = Metrics()
        self._scroll = 0.0
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)
        self.setActiveFocusOnTab(True)
        self.setClip(True)

    # --- what it shows -----------------------------------------------------------------------------------
    def _set_part(self, part: QObject | None) -> None:
        if part is self.text:
            return
        if self.text is not None:
            self.text.changed.disconnect(self._on_changed)
            self.text.task.selectionChanged.disconnect(self._on_selection)
        self.text = part if isinstance(part, TextPart) else None
        if self.text is not None:
            self.text.changed.connect(self._on_changed)
            self.text.task.selectionChanged.connect(self._on_selection)
        self._lay_out()
        self.changed.emit()

    def _on_changed(self) -> None:
        if self.text is not None and (self.page is None or self.page.sheet is not self.text.sheet):
            self.caret.reset()
            self._pointer.cancel()
            self._scroll = 0.0
            self._lay_out()
        elif self.page is not None and self.page.metrics.names != self._with_names().names:
            self._lay_out()
        self.update()

    def _with_names(self) -> Metrics:
        """Metrics with room for names where anything can be marked or is compared."""
        names = self.text is not None and (self.text.takes_marks or bool(self.text.others))
        return replace(self._metrics, names=names)

    def _on_selection(self) -> None:
        """A span that was selected elsewhere comes into sight."""
        span = self.text.span(self.text.chosen) if self.text is not None else None
        if span is not None and self.page is not None and not self.hasActiveFocus():
            self.caret.put(span.start)
            self.show_cursor()
        self.update()

    def _lay_out(self) -> None:
        height = self._content_height()
        if self.text is None or self.width() < 80:
            self.page = None
        else:
            self.page = Page(self.text.sheet, self.width(), self._with_names())
        self._put_scroll(self._scroll)
        if self._content_height() != height:
            self.scrolled.emit()
        self.update()

    def geometryChange(self, newGeometry: Any, oldGeometry: Any) -> None:
        """Lay the text out anew when the width changes."""
        super().geometryChange(newGeometry, oldGeometry)
        if newGeometry.width() != oldGeometry.width():
            self._lay_out()
        elif newGeometry.height() != oldGeometry.height():
            self._put_scroll(self._scroll)
            self.update()

    # --- painting ----------------------------------------------------------------------------------------
    def paint(self, painter: QPainter) -> None:
        """What is in sight."""
        if self.page is None or self.text is None:
            return
        painter.translate(0, -self._scroll)
        text_paint.paint(
            painter,
            text_paint.Scene(
                page=self.page,
                inks=self._inks,
                top=self._scroll,
                bottom=self._scroll + self.height(),
                spans=self.text.spans,
                others=self.text.others,
                links=self.text.links,
                selected=self.text.chosen,
                selection=self.caret.selection,
                cursor=self.caret.place if self.hasActiveFocus() else None,
                mark=self.text.mark,
                heard=self.text.heard,
            ),
        )

    @Slot(int, result=QPointF)
    def point_of(self, place: int) -> QPointF:
        """Where a place of the shown text is on this item: the middle of its height."""
        if self.page is None:
            return QPointF()
        caret = self.page.caret(place)
        return QPointF(caret.x(), caret.center().y() - self._scroll)

    # --- the pointer -------------------------------------------------------------------------------------
    def _in_page(self, point: QPointF) -> QPointF:
        return point + QPointF(0, self._scroll)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select."""
        self.forceActiveFocus(Qt.FocusReason.MouseFocusReason)
        self.setKeepMouseGrab(True)  # or what scrolls around it takes the drag
        event.accept()
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pointer.press(self._in_page(event.position()), extend)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        self._pointer.move(self._in_page(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish: one edit for the whole drag."""
        self._pointer.release(self._in_page(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Mark a word."""
        event.accept()
        self._pointer.double(self._in_page(event.position()))

    def mouseUngrabEvent(self) -> None:
        """Another item took the pointer."""
        self._pointer.cancel()

    def hoverMoveEvent(self, event: QHoverEvent) -> None:
        """Show what a press would do."""
        shape = self._pointer.shape(self._in_page(event.position()))
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; at an end what stands around scrolls."""
        before = self._scroll
        self._put_scroll(self._scroll - event.angleDelta().y() / 120 * _NOTCH)
        event.setAccepted(self._scroll != before)

    # --- the keys ----------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cursor, selection and marks by key; letters of the module go on to the screen."""
        if not text_keys.press(self, event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.update()

    # --- scrolling ---------------------------------------------------------------------------------------
    def lines_in_sight(self) -> int:
        """How many lines a page key goes."""
        if self.page is None or not self.page.lines:
            return 1
        return max(1, int(self.height() / self.page.lines[0].height) - 1)

    def show_cursor(self) -> None:
        """Bring the cursor into sight."""
        if self.page is None:
            return
        caret = self.page.caret(self.caret.place)
        if caret.top() - self.page.name_room < self._scroll:
            first = self.page.line_of(self.caret.place) == 0
            self._put_scroll(0.0 if first else caret.top() - self.page.name_room - 4)
        elif caret.bottom() > self._scroll + self.height():
            self._put_scroll(caret.bottom() + 8 - self.height())

    def _put_scroll(self, scroll: float) -> None:
        bounded = max(0.0, min(scroll, self._content_height() - self.height()))
        if bounded != self._scroll:
            self._scroll = bounded
            self.scrolled.emit()
            self.update()

    def _content_height(self) -> float:
        return self.page.height if self.page is not None else 0.0

    # --- looks -------------------------------------------------------------------------------------------
    def _ink(self, **values: QColor) -> None:
        inks = replace(self._inks, **values)
        if inks != self._inks:
            self._inks = inks
            self.looksChanged.emit()
            self.update()

    def _measure(self, **values: Any) -> None:
        metrics = replace(self._metrics, **values)
        if metrics != self._metrics:
            self._metrics = metrics
            self.looksChanged.emit()
            self._lay_out()

    part = Property(QObject, lambda self: self.text, _set_part, notify=changed)
    contentHeight = Property(float, _content_height, notify=scrolled)
    scroll = Property(float, lambda self: self._scroll, lambda self, y: self._put_scroll(y), notify=scrolled)
    ink = Property(QColor, lambda self: self._inks.ink, lambda self, c: self._ink(ink=c), notify=looksChanged)
    muted = Property(
        QColor, lambda self: self._inks.muted, lambda self, c: self._ink(muted=c), notify=looksChanged
    )
    ground = Property(
        QColor, lambda self: self._inks.ground, lambda self, c: self._ink(ground=c), notify=looksChanged
    )
    chosen = Property(
        QColor, lambda self: self._inks.chosen, lambda self, c: self._ink(chosen=c), notify=looksChanged
    )
    focusInk = Property(
        QColor, lambda self: self._inks.focus, lambda self, c: self._ink(focus=c), notify=looksChanged
    )
    faultInk = Property(
        QColor, lambda self: self._inks.fault, lambda self, c: self._ink(fault=c), notify=looksChanged
    )
    fontSize = Property(
        int,
        lambda self: self._metrics.font_size,
        lambda self, n: self._measure(font_size=n),
        notify=looksChanged,
    )
    smallSize = Property(
        int, lambda self: self._metrics.small, lambda self, n: self._measure(small=n), notify=looksChanged
    )
    column = Property(
        float, lambda self: self._metrics.column, lambda self, w: self._measure(column=w), notify=looksChanged
    )
