# SPDX-License-Identifier: Apache-2.0
"""A text as it is shown, and which characters of the task's own text each shown sign stands for.

What is shown is cleaned (gems_protocol.text); what answers hold is counted in the task's text as it came.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

from gems_protocol.graphemes import units
from gems_protocol.modules import limits
from gems_protocol.text import signs

Style = Literal["bold", "italic", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as shown: `start` and `end` in the sheet's text (UTF-16). `group` counts turns of several lines.

    `kind`: text, h1 to h6, pre or turn. `mark` stands before it (a list's bullet), `depth` indents it.
    `who` is the speaker's name above it; `voice` numbers the speakers in their order, -1 for none.
    """

    start: int
    end: int
    kind: str = "text"
    depth: int = 0
    mark: str = ""
    who: str = ""
    voice: int = -1
    group: int = -1


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of the task's own text: a text, a node of the markup or a turn; `start` in code points of all."""

    path: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each shown sign where it is shown (UTF-16) and what of the task's text it stands for (code points)."""

    shown: tuple[int, ...]
    shown_ends: tuple[int, ...]
    raw: tuple[int, ...]
    raw_ends: tuple[int, ...]

    def to_raw(self, start: int, end: int) -> tuple[int, int] | None:
        """What stands behind a shown stretch, widened to whole signs; None where there is nothing."""
        first = bisect_right(self.shown_ends, start)
        last = bisect_left(self.shown, end) - 1
        return (self.raw[first], self.raw_ends[last]) if first <= last else None

    def to_shown(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch of the task's text is shown, widened to whole signs; None where it is not."""
        first = bisect_right(self.raw_ends, start)
        last = bisect_left(self.raw, end) - 1
        return (self.shown[first], self.shown_ends[last]) if first <= last else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text to show. `kind`: text, hypertext or paragraphs, which says how its places are written in answers.

    `text` has a line break between blocks; `styles` are (start, end, style) in it.
    """

    kind: str
    text: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    alignment: Alignment
    styles: tuple[tuple[int, int, Style], ...] = ()

    @property
    def length(self) -> int:
        """UTF-16 units of the shown text."""
        return self.blocks[-1].end if self.blocks else 0

    def source_at(self, raw: int, *, end: bool = False) -> Source | None:
        """The source of the character at `raw`; with `end`, of the character before it."""
        at = raw - 1 if end else raw
        found = bisect_right(self.sources, at, key=lambda source: source.start) - 1
        while found >= 0 and not self.sources[found].text:
            found -= 1
        source = self.sources[found] if found >= 0 else None
        return source if source is not None and source.start <= at < source.end else None


class SheetBuilder:
    """Puts a sheet together in reading order: sources, shown signs, blocks."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._text: list[str] = []
        self._at = 0
        self._raw = 0
        self._columns: tuple[list[int], list[int], list[int], list[int]] = ([], [], [], [])
        self._blocks: list[Block] = []
        self._sources: list[Source] = []
        self._styles: list[tuple[int, int, Style]] = []
        self._begun = 0

    @property
    def at(self) -> int:
        """Where the next sign is shown."""
        return self._at

    def source(self, path: str, text: str) -> int:
        """Note a stretch of the task's text; where it starts among all of it."""
        self._sources.append(Source(path, self._raw, text))
        self._raw += len(text)
        return self._raw - len(text)

    def skip(self, characters: int) -> None:
        """Count characters that belong to no source, as a line break of the markup does."""
        self._raw += characters

    def sign(self, shown: str, raw: int, raw_end: int) -> None:
        """Show one sign that stands for the task's characters from `raw`."""
        self._columns[0].append(self._at)
        self.decoration(shown)
        self._columns[1].append(self._at)
        self._columns[2].append(raw)
        self._columns[3].append(raw_end)

    def decoration(self, shown: str) -> None:
        """Show what is no text of the task and can be no end of a marked stretch."""
        self._text.append(shown)
        self._at += units(shown)

    def style(self, start: int, style: Style) -> None:
        """What was shown from `start` on has a style."""
        if start < self._at:
            self._styles.append((start, self._at, style))

    def block(self, template: Block, *, line_break: tuple[int, int] | None = None) -> None:
        """End a block that looks like `template`; its line break may stand for characters of the task."""
        where = (self._begun, self._at)
        self._blocks.append(
            Block(
                *where,
                template.kind,
                template.depth,
                template.mark,
                template.who,
                template.voice,
                template.group,
            )
        )
        if line_break is None:
            self.decoration("\n")
        else:
            self.sign("\n", *line_break)
        self._begun = self._at

    def build(self) -> Sheet:
        """The sheet; what was shown after the last block is left out."""
        text = "".join(self._text)
        if not self._blocks:
            self.block(Block(0, 0))
        columns = [tuple(column) for column in self._columns]
        return Sheet(
            self._kind,
            text,
            tuple(self._blocks),
            tuple(self._sources),
            Alignment(*columns),
            tuple(self._styles),
        )


def put_lines(builder: SheetBuilder, text: str, raw: int, template: Block, *, most: int) -> None:
    """Show `text`, which starts at `raw`, as one block for each of its lines."""
    for start, end, shown in signs(text, max_length=most):
        if shown == "\n":
            builder.block(template, line_break=(raw + start, raw + end))
        elif start == end:
            builder.decoration(shown)
        else:
            builder.sign(shown, raw + start, raw + end)
    builder.block(template)


def from_text(text: str) -> Sheet:
    """A plain text: each of its lines is a block."""
    builder = SheetBuilder("text")
    put_lines(builder, text, builder.source("", text), Block(0, 0), most=limits.TEXT_LENGTH)
    return builder.build()
