# SPDX-License-Identifier: Apache-2.0
"""The cursor in a text that is only read, and what is selected between it and where the selection began."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from gems_desktop.items.text_layout import Page


class TextCursor:
    """`anchor` is where the selection began, `place` where the cursor stands; both in the sheet's text."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Stand at the start; nothing is selected."""
        self.anchor = self.place = 0
        self._x: float | None = None

    @property
    def selection(self) -> tuple[int, int]:
        """What is selected, in the order of the text; equal where nothing is."""
        return min(self.anchor, self.place), max(self.anchor, self.place)

    @property
    def selects(self) -> bool:
        """Whether anything is selected."""
        return self.anchor != self.place

    def put(self, place: int, *, extend: bool = False) -> None:
        """Stand at a place; `extend` keeps where the selection began."""
        self.place = place
        self._x = None
        if not extend:
            self.anchor = place

    def take(self, start: int, end: int) -> None:
        """Select a stretch."""
        self.anchor, self.place, self._x = start, end, None

    def sideways(self, page: Page, right: bool, by_word: bool, extend: bool) -> None:
        """One sign or word to the right or left, as seen."""
        self.put(page.sideways(self.place, right, by_word), extend=extend)

    def upright(self, page: Page, lines: int, extend: bool) -> None:
        """Some lines down or up, at the same height of the line's length as long as it goes."""
        x = page.caret(self.place).x() if self._x is None else self._x
        now = page.line_of(self.place)
        line = max(0, min(len(page.lines) - 1, now + lines))
        if line == now:
            block = page.sheet.length if lines > 0 else 0
            self.put(block, extend=extend)
            return
        self.put(self._within(page, line, x), extend=extend)
        self._x = x

    def line_end(self, page: Page, end: bool, whole: bool, extend: bool) -> None:
        """The start or end of the line, or of the whole text."""
        line = page.lines[page.line_of(self.place)]
        place = (page.sheet.length if end else 0) if whole else self._edge(page, line.start, line.end, end)
        self.put(place, extend=extend)

    def _edge(self, page: Page, start: int, end: int, last: bool) -> int:
        if not last:
            return start
        wrapped = page.line_of(end) != page.line_of(start)
        return page.next_stop(end, -1) if wrapped else end

    def _within(self, page: Page, number: int, x: float) -> int:
        """A place of that line and of no other."""
        place = page.place_on(number, x)
        line = page.lines[number]
        if page.line_of(place) != number and place > line.start:
            return page.next_stop(place, -1)
        return place

    def at_point(self, page: Page, point: QPointF, extend: bool) -> None:
        """Stand where a point is."""
        self.put(page.place_at(point), extend=extend)
