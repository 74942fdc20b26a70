# SPDX-License-Identifier: Apache-2.0
"""What keys and pointer do on a text: mark, select marks, move their ends, copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from gems_desktop.viewmodels.parts.text import Span

if TYPE_CHECKING:
    from gems_desktop.items.text_canvas import TextCanvas


class Actions:
    """The actions of one canvas."""

    def __init__(self, canvas: TextCanvas) -> None:
        self._canvas = canvas

    def moved(self) -> None:
        """The cursor moved."""
        self._canvas.show_cursor()
        self._canvas.update()

    def finish(self) -> bool:
        """What is selected becomes a mark; where nothing can be marked it stays selected, to be copied."""
        if self._canvas.text is None:
            return False
        if self._canvas.text.seeks_fault:
            done = self._canvas.text.point_out(*self._canvas.caret.selection)
        elif done := self._canvas.text.add(*self._canvas.caret.selection):
            self._canvas.caret.put(self._canvas.caret.place)
        self._canvas.update()
        return done

    def click(self, point: QPointF) -> None:
        """Select the shortest span under the pointer, the next one at each click; or mark a fault there."""
        if self._canvas.text is None or self._canvas.page is None:
            return
        sign = self._canvas.page.sign_at(point)
        if self._canvas.text.seeks_fault:
            if sign is not None:
                self._canvas.text.point_out(sign, sign)
            return
        here = [
            span for span in self._canvas.text.spans if sign is not None and span.start <= sign < span.end
        ]
        self._canvas.text.task.point(self._next_of(here))
        self._canvas.update()

    def _next_of(self, here: list[Span]) -> str:
        """The id of the shortest of some spans, or of the one after the selected one; nothing where there is none."""
        ids = [span.id for span in sorted(here, key=lambda span: span.end - span.start)]
        selected = self._canvas.text.chosen if self._canvas.text is not None else ""
        after = ids.index(selected) + 1 if selected in ids else 0
        return ids[after % len(ids)] if ids else ""

    def enter(self) -> bool:
        """Mark what is selected, or select the span at the cursor; when marking faults, mark one at the cursor.

        False where that changes nothing, so that Enter goes on to the screen and finishes the task.
        """
        text, caret = self._canvas.text, self._canvas.caret
        if text is None:
            return False
        if text.seeks_fault or caret.selects:
            return self.finish()
        here = [span for span in text.spans if span.start <= caret.place <= span.end]
        if not here or any(span.id == text.chosen for span in here):
            return False
        text.task.point(self._next_of(here))
        return True

    def label_key(self, key: str) -> bool:
        """Mark what is selected with the label of a key."""
        if not key or not self._canvas.caret.selects or self._canvas.text is None:
            return False
        self._canvas.text.task.select("")
        if not self._canvas.text.take_by_key(key):
            return False
        self.finish()
        return True

    def cycle(self, step: int) -> bool:
        """Select the next span in reading order; past the last one the keyboard goes on to the next control."""
        if self._canvas.text is None:
            return False
        ids = [span.id for span in sorted(self._canvas.text.spans, key=lambda span: (span.start, span.end))]
        selected = self._canvas.text.chosen
        at = ids.index(selected) + step if selected in ids else (0 if step > 0 else len(ids) - 1)
        if not 0 <= at < len(ids):
            self._canvas.text.task.select("")
            return False
        self._canvas.text.task.select(ids[at])
        span = self._canvas.text.span(ids[at])
        if span is not None:
            self._canvas.caret.put(span.start)
        self.moved()
        return True

    def may_move_ends(self) -> bool:
        """Whether keys move the ends of a span now, and not the end of a selection."""
        return (
            self._canvas.text is not None
            and self._canvas.text.may_change
            and bool(self._canvas.text.chosen)
            and not self._canvas.caret.selects
        )

    def move_end(self, right: bool, *, first: bool, by_word: bool) -> bool:
        """Move an end of the selected span by a sign or word."""
        span = self._canvas.text.span(self._canvas.text.chosen) if self._canvas.text is not None else None
        if self._canvas.text is None or self._canvas.page is None or span is None:
            return False
        place = span.start if first else span.end
        for _ in range(2):  # a break between blocks is no sign of the text
            place = self._canvas.page.sideways(place, right, by_word)
            start, end = (place, span.end) if first else (span.start, place)
            if self._canvas.text.differ((start, end), (span.start, span.end)):
                break
        self._canvas.text.change(span.id, start, end)
        self._canvas.caret.put(place)
        self.moved()
        return True

    def let_go(self) -> bool:
        """Select nothing any more."""
        if self._canvas.text is None or not (self._canvas.caret.selects or self._canvas.text.chosen):
            return False
        self._canvas.caret.put(self._canvas.caret.place)
        self._canvas.text.task.select("")
        self._canvas.update()
        return True

    def copy(self) -> bool:
        """Copy what is selected."""
        if self._canvas.text is None or not self._canvas.caret.selects:
            return False
        start, end = self._canvas.caret.selection
        words = self._canvas.text.sheet.text.encode("utf-16-le")[2 * start : 2 * end].decode(
            "utf-16-le", "ignore"
        )
        QGuiApplication.clipboard().setText(words)
        return True
