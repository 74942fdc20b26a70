# SPDX-License-Identifier: Apache-2.0
"""Lays a sheet out in lines, and finds places in it: of a point, of a stretch, of the next sign in any direction."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from gems_protocol.modules.reading import Block, Sheet

PAD = 18.0  # pixels around the text
_BUBBLE = 10.0  # pixels inside a bubble
_BETWEEN = 0.45  # of a line's height, between blocks
_SCALES = {"h1": 1.5, "h2": 1.3, "h3": 1.15}
_BY_WORD = QTextLayout.CursorMode.SkipWords


@dataclass(frozen=True, slots=True)
class Metrics:
    """How large letters are, in pixels, how wide a column may be, and whether names stand above what is marked."""

    font_size: int = 18
    small: int = 12
    column: float = 680.0
    names: bool = True


@dataclass(slots=True)
class Line:
    """One line as laid out: `top` in the page, `start` and `end` in the sheet's text."""

    block: int
    line: QTextLine
    top: float
    height: float
    x: float
    start: int
    end: int


@dataclass(slots=True)
class Laid:
    """One block as laid out. `place` is all of it; a bubble's speaker stands at its top."""

    block: Block
    layout: QTextLayout
    text: str  # one UTF-16 unit a character
    place: QRectF
    right_to_left: bool
    plain: bool  # nothing in it changes direction or joins
    name_height: float = 0.0
    bubble: QRectF = field(default_factory=QRectF)
    first: Laid | None = None  # the first block of its turn, if it is another


class Page:
    """A sheet in lines of one width."""

    def __init__(self, sheet: Sheet, width: float, metrics: Metrics) -> None:
        self.sheet = sheet
        self.width = width
        self.metrics = metrics
        self.blocks: list[Laid] = []
        self.lines: list[Line] = []
        self.name_room = QFontMetricsF(small_font(metrics)).height() if metrics.names else 0.0
        self.height = PAD
        self.column = min(width - 2 * PAD, metrics.column)
        mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.left = width - PAD - self.column if mirrored else PAD
        units = sheet.text.encode("utf-16-le")
        self._stops = sorted({*sheet.alignment.shown, *(block.end for block in sheet.blocks), 0})
        for at, block in enumerate(sheet.blocks):
            self._lay(at, block, units[2 * block.start : 2 * block.end])
        self.height += PAD
        self._join_turns()
        self._tops = [line.top for line in self.lines]
        self._starts = [line.start for line in self.lines]

    # --- laying out --------------------------------------------------------------------------------------
    def _lay(self, at: int, block: Block, units: bytes) -> None:
        text = units.decode("utf-16-le")
        font = self._font(block)
        metrics = QFontMetricsF(font)
        layout = QTextLayout(text, font)
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        to_the_left = _goes_left(text)
        if to_the_left:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.setFormats(self._formats(block))
        bubble = block.voice >= 0
        first = at == 0 or self.sheet.blocks[at - 1].group != block.group or block.group < 0
        last = at + 1 == len(self.sheet.blocks) or self.sheet.blocks[at + 1].group != block.group
        inner = _BUBBLE if bubble else 0.0
        indent = block.depth * 1.5 * self.metrics.font_size
        left = self.left + inner + (0.0 if to_the_left else indent)
        width = max(40.0, self.column - 2 * inner - indent)
        top = self.height
        y = top + (inner * 0.6 if bubble and first else 0.0)
        name = 0.0
        if first and block.who:
            name = QFontMetricsF(small_font(self.metrics)).height() + 2
            y += name
        room = self.name_room
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0.0, 0.0))
            start = block.start + line.textStart()
            self.lines.append(
                Line(at, line, y, metrics.height() + room + 4, left, start, start + line.textLength())
            )
            y += metrics.height() + room + 4
        layout.endLayout()
        if bubble and last:
            y += inner * 0.6
        self.height = y
        place = QRectF(self.left, top, self.column, y - top)
        flat = "".join(char if char <= "\uffff" else char + " " for char in text)
        self.blocks.append(
            Laid(block, layout, flat, place, to_the_left, _is_plain(text), name, QRectF(place))
        )
        if last or block.group < 0:
            self.height += metrics.height() * (_BETWEEN if block.kind != "text" else 0.12)

    def _join_turns(self) -> None:
        """Give the first block of a turn the place of all of it, for its bubble; the others get none."""
        for before, laid in zip(self.blocks, self.blocks[1:], strict=False):
            if laid.block.group >= 0 and laid.block.group == before.block.group:
                laid.first = before.first or before
                laid.first.bubble = laid.first.bubble.united(laid.place)

    def _font(self, block: Block) -> QFont:
        font = QFont(QGuiApplication.font())
        font.setPixelSize(max(8, round(self.metrics.font_size * _SCALES.get(block.kind, 1.0))))
        if block.kind.startswith("h"):
            font.setWeight(QFont.Weight.DemiBold)
        if block.kind == "pre":
            font.setFamilies(["monospace", font.family()])
            font.setFixedPitch(True)
        return font

    def _formats(self, block: Block) -> list[QTextLayout.FormatRange]:
        found = []
        for start, end, style in self.sheet.styles:
            if start < block.end and end > block.start:
                one = QTextLayout.FormatRange()
                one.start = max(start, block.start) - block.start
                one.length = min(end, block.end) - block.start - one.start
                look = QTextCharFormat()
                if style == "bold":
                    look.setFontWeight(QFont.Weight.Bold)
                elif style == "italic":
                    look.setFontItalic(True)
                else:
                    look.setFontFixedPitch(True)
                one.format = look
                found.append(one)
        return found

    # --- finding -----------------------------------------------------------------------------------------
    def line_of(self, place: int) -> int:
        """Which line shows a place; where a line is wrapped the one that goes on."""
        return max(0, bisect_right(self._starts, place) - 1)

    def line_at(self, y: float) -> int:
        """The line nearest to a height."""
        return max(0, min(len(self.lines) - 1, bisect_right(self._tops, y) - 1))

    def place_at(self, point: QPointF) -> int:
        """The place between signs that is nearest to a point."""
        return self.place_on(self.line_at(point.y()), point.x())

    def place_on(self, number: int, x: float) -> int:
        """The place of a line that is nearest to an x."""
        line = self.lines[number]
        laid = self.blocks[line.block]
        if laid.plain:
            return self.stop(laid.block.start + line.line.xToCursor(x - line.x))
        natural = line.line.naturalTextRect()
        if not natural.left() <= x - line.x <= natural.right():
            ends = (line.end, line.start) if laid.right_to_left else (line.start, line.end)
            return ends[0] if x - line.x < natural.left() else ends[1]
        sign = self._sign_on(line, x)
        left, right, goes_left = self._edges(line, sign)
        first_half = (x - line.x < (left + right) / 2) != goes_left
        return sign if first_half else self.next_stop(sign, 1)

    def sign_at(self, point: QPointF) -> int | None:
        """The sign under a point."""
        line = self.lines[self.line_at(point.y())]
        natural = line.line.naturalTextRect()
        inside = natural.left() <= point.x() - line.x <= natural.right()
        if not inside or not line.top <= point.y() <= line.top + line.height or line.start == line.end:
            return None
        return self._sign_on(line, point.x())

    def _sign_on(self, line: Line, x: float) -> int:
        laid = self.blocks[line.block]
        if laid.plain:
            on = QTextLine.CursorPosition.CursorOnCharacter
            return self.stop(laid.block.start + line.line.xToCursor(x - line.x, on))
        signs = self._stops[bisect_left(self._stops, line.start) : bisect_left(self._stops, line.end)]
        return min(signs, key=lambda sign: self._distance(line, sign, x - line.x), default=line.start)

    def _distance(self, line: Line, sign: int, x: float) -> float:
        left, right, _ = self._edges(line, sign)
        return max(left - x, x - right, 0.0)

    def _edges(self, line: Line, sign: int) -> tuple[float, float, bool]:
        """Where a sign begins and ends on its line, and whether it is written to the left."""
        runs = self._runs(line, sign, self.next_stop(sign, 1))
        if not runs:
            return 0.0, 0.0, False
        return min(run[0] for run in runs), max(run[1] for run in runs), runs[0][2]

    def _runs(self, line: Line, start: int, end: int) -> list[tuple[float, float, bool]]:
        base = self.blocks[line.block].block.start
        found = line.line.glyphRuns(start - base, min(end, line.end) - start)
        rects = [(run.boundingRect(), run.isRightToLeft()) for run in found]
        return [(rect.left(), rect.right(), goes_left) for rect, goes_left in rects]

    def stop(self, place: int) -> int:
        """The last end of a sign at or before a place."""
        return self._stops[max(0, bisect_right(self._stops, place) - 1)]

    def next_stop(self, place: int, step: int) -> int:
        """The next end of a sign, forwards or backwards in the text."""
        at = bisect_right(self._stops, place) if step > 0 else bisect_left(self._stops, place) - 1
        return self._stops[max(0, min(len(self._stops) - 1, at))]

    def caret(self, place: int) -> QRectF:
        """Where the cursor stands at a place."""
        line = self.lines[self.line_of(place)]
        x = line.x + self._caret_x(line, place)
        return QRectF(x, line.top + self.name_room, 2.0, line.height - self.name_room - 2)

    def _caret_x(self, line: Line, place: int) -> float:
        laid = self.blocks[line.block]
        if laid.plain:
            return _x(line.line, place - laid.block.start)
        if place >= line.end:
            natural = line.line.naturalTextRect()
            return natural.left() if laid.right_to_left else natural.right()
        left, right, goes_left = self._edges(line, place)
        return right if goes_left else left

    def pieces(self, start: int, end: int, top: float, bottom: float) -> list[QRectF]:
        """The visible rectangles of a stretch between two heights; several to a line where directions mix."""
        found: list[QRectF] = []
        first = self.line_of(start)
        for line in self.lines[first:]:
            if line.start >= end or line.top > bottom:
                break
            if line.top + line.height < top or line.end <= start:
                continue
            laid = self.blocks[line.block]
            y, height = line.top + self.name_room, line.height - self.name_room - 2
            for left, right in self._columns(line, laid, max(start, line.start), min(end, line.end)):
                found.append(QRectF(line.x + left, y, max(right - left, 1.0), height))
        return found

    def _columns(self, line: Line, laid: Laid, start: int, end: int) -> list[tuple[float, float]]:
        base = laid.block.start
        if laid.plain:
            return [(_x(line.line, start - base), _x(line.line, end - base))]
        found: list[tuple[float, float]] = []
        for left, right, _ in sorted(self._runs(line, start, end)):
            if found and left - found[-1][1] < 0.6:
                found[-1] = (found[-1][0], max(right, found[-1][1]))
            else:
                found.append((left, right))
        return found

    # --- moving ------------------------------------------------------------------------------------------
    def sideways(self, place: int, right: bool, by_word: bool) -> int:
        """The next place as seen, one sign or word to the right or left; past a block's end in the next block."""
        line = self.lines[self.line_of(place)]
        laid = self.blocks[line.block]
        forward = right != laid.right_to_left
        if by_word:
            return self._by_word(place, laid, forward)
        inside = place - laid.block.start
        while True:
            move = laid.layout.rightCursorPosition if right else laid.layout.leftCursorPosition
            new = move(inside)
            if new == inside or not 0 <= new <= laid.block.end - laid.block.start:
                return self._across(line.block, forward, place)
            inside = new
            if self.stop(laid.block.start + inside) == laid.block.start + inside:
                return laid.block.start + inside

    def _by_word(self, place: int, laid: Laid, forward: bool) -> int:
        inside = place - laid.block.start
        layout = laid.layout
        new = (
            layout.nextCursorPosition(inside, _BY_WORD)
            if forward
            else layout.previousCursorPosition(inside, _BY_WORD)
        )
        if new == inside:
            return self._across(self.lines[self.line_of(place)].block, forward, place)
        return self.stop(laid.block.start + new)

    def _across(self, block: int, forward: bool, place: int) -> int:
        at = block + (1 if forward else -1)
        if not 0 <= at < len(self.blocks):
            return place
        return self.blocks[at].block.start if forward else self.blocks[at].block.end


def small_font(metrics: Metrics) -> QFont:
    """The letters of names above what is marked and of speakers."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(8, metrics.small))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _x(line: QTextLine, cursor: int) -> float:
    found: object = line.cursorToX(cursor)
    return float(found[0]) if isinstance(found, tuple) else 0.0


def _goes_left(text: str) -> bool:
    """Whether a block is written from right to left: by its first letter that says so."""
    for char in text:
        way = unicodedata.bidirectional(char)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False


def _is_plain(text: str) -> bool:
    """Whether a stretch of the block is one rectangle on each line: nothing runs from right to left."""
    return text.isascii() or not any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
