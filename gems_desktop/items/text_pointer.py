# SPDX-License-Identifier: Apache-2.0
"""What the pointer does on a text: select and mark by dragging, select marks by a click, drag their ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from gems_desktop.items.text_canvas import TextCanvas

_SLIP = 4.0  # pixels that are no drag
_NEAR = 6.0  # pixels around the end of a mark that grasp it


@dataclass
class Grip:
    """The end of a span that is being dragged: `fixed` is the other one."""

    span: str
    fixed: int


class Pointer:
    """One press and what follows until the release."""

    def __init__(self, canvas: TextCanvas) -> None:
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._dragging = False
        self._grip: Grip | None = None
        self._double = False

    def press(self, point: QPointF, extend: bool) -> None:
        """Begin to select, or grasp the end of the selected span."""
        canvas = self._canvas
        if canvas.page is None or canvas.text is None:
            return
        self._pressed, self._dragging, self._double = point, False, False
        self._grip = self.grip_at(point)
        if self._grip is not None:
            span = canvas.text.span(self._grip.span)
            end = canvas.page.place_at(point)
            if span is not None:
                canvas.caret.take(
                    self._grip.fixed, span.end if self._grip.fixed == span.start else span.start
                )
            canvas.caret.put(end, extend=True)
        else:
            canvas.caret.at_point(canvas.page, point, extend)
        canvas.update()

    def move(self, point: QPointF) -> None:
        """Select up to a point."""
        canvas = self._canvas
        if self._pressed is None or canvas.page is None or self._double:
            return
        if not self._dragging and (point - self._pressed).manhattanLength() < _SLIP:
            return
        self._dragging = True
        canvas.caret.at_point(canvas.page, point, extend=True)
        canvas.show_cursor()
        canvas.update()

    def release(self, point: QPointF) -> None:
        """Mark what was selected, move the end that was grasped, or select the span under the pointer."""
        canvas, pressed = self._canvas, self._pressed
        self._pressed = None
        if pressed is None or canvas.text is None or self._double:
            return
        grip, self._grip = self._grip, None
        if grip is not None:
            if self._dragging:
                canvas.text.change(grip.span, *canvas.caret.selection)
            canvas.caret.put(canvas.caret.place)
            canvas.update()
        elif self._dragging and canvas.caret.selects:
            canvas.text.task.select("")
            canvas.actions.finish()
        else:
            canvas.actions.click(point)

    def double(self, point: QPointF) -> None:
        """Mark the word under the pointer."""
        canvas = self._canvas
        self._double = True
        if canvas.page is None or canvas.text is None:
            return
        place = canvas.page.sign_at(point)
        word = canvas.text.words.at(place) if place is not None else None
        if word is not None:
            canvas.caret.take(*word)
            canvas.actions.finish()

    def cancel(self) -> None:
        """As if the press had not been."""
        self._pressed = self._grip = None
        self._dragging = False

    def grip_at(self, point: QPointF) -> Grip | None:
        """The end of the selected span at a point, if it can be moved."""
        canvas = self._canvas
        if canvas.page is None or canvas.text is None or not canvas.text.may_change:
            return None
        span = canvas.text.span(canvas.text.chosen)
        facts = canvas.text.task.region(span.id) if span is not None else None
        if span is None or facts is None or facts.locked:
            return None
        for place, fixed in ((span.start, span.end), (span.end, span.start)):
            caret = canvas.page.caret(place)
            if place == span.end and place > 0:
                # where the line is wrapped behind the span, its end is on the line before
                pieces = canvas.page.pieces(canvas.page.next_stop(place, -1), place, point.y(), point.y())
                if (
                    pieces
                    and not canvas.page.blocks[
                        canvas.page.lines[canvas.page.line_of(place)].block
                    ].right_to_left
                ):
                    caret.moveTo(pieces[-1].right(), pieces[-1].y())
            near = abs(caret.x() - point.x()) <= _NEAR and caret.top() <= point.y() <= caret.bottom()
            if near:
                return Grip(span.id, fixed)
        return None

    def shape(self, point: QPointF) -> Qt.CursorShape:
        """What the pointer looks like over a point."""
        return Qt.CursorShape.SplitHCursor if self.grip_at(point) is not None else Qt.CursorShape.IBeamCursor
