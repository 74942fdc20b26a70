# SPDX-License-Identifier: Apache-2.0
"""Where the stretches of a timeline stand: rows below a ruler, the room of a tag, what is under the pointer; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gems_desktop.items.timeline_view import Axis

GRASP = 6.0  # pixels around an edge that still grasp it


@dataclass(frozen=True, slots=True)
class Stretch:
    """One region on a line of time. `start` and `end` are values of the axis, equal for an instant.

    `row` counts from 0, -1 reaches over all rows. `points` are key frames: the place, and whether the box is there
    afterwards. `fixed` ones are not moved on the timeline; `dashed` ones are of another answer.
    """

    id: str
    start: float
    end: float
    colour: str
    text: str = ""
    note: str = ""
    row: int = -1
    points: tuple[tuple[float, bool], ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()
    selected: bool = False
    locked: bool = False
    fixed: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """What is under the pointer: a stretch, and its "start", "end" or "body"."""

    stretch: Stretch
    part: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The heights of a timeline: ruler, then `count` rows of `high` pixels, `scrolled` up, then the overview."""

    ruler: float = 20.0
    top: float = 20.0
    bottom: float = 100.0  # where the overview begins
    count: int = 1
    high: float = 80.0
    scrolled: float = 0.0
    names: tuple[str, ...] = field(default=())
    tags_below: bool = False  # whether tags stand at the bottom, where something else is at the top

    @property
    def hidden(self) -> float:
        """How far the rows can be scrolled."""
        return max(0.0, self.count * self.high - (self.bottom - self.top))

    def place(self, row: int) -> tuple[float, float]:
        """The top and the height of a row; of all of them for -1."""
        if row < 0:
            return self.top, self.bottom - self.top
        return self.top + row * self.high - self.scrolled, self.high

    def at(self, y: float) -> int:
        """The row under a pixel."""
        row = int((y - self.top + self.scrolled) // max(self.high, 1.0))
        return max(0, min(row, self.count - 1))


def ends_of(stretch: Stretch, axis: Axis) -> tuple[float, float]:
    """The pixels of a stretch, at least two apart."""
    left, right = axis.x_of(stretch.start), axis.x_of(stretch.end)
    return (left, right) if right - left >= 2 else ((left + right) / 2 - 1, (left + right) / 2 + 1)


def hit(stretches: Sequence[Stretch], axis: Axis, rows: Rows, x: float, y: float) -> Hit | None:
    """What is at a point: an edge of the selected stretch first, then an edge or the body of the shortest one."""
    if not rows.top <= y <= rows.bottom:
        return None
    found: list[tuple[bool, float, Hit]] = []
    for stretch in stretches:
        top, high = rows.place(stretch.row)
        left, right = ends_of(stretch, axis)
        if stretch.dashed or not top <= y <= top + high or not left - GRASP <= x <= right + GRASP:
            continue
        part = _part(stretch, left, right, x)
        if part:
            first = stretch.selected and part != "body"
            found.append((not first, right - left, Hit(stretch, part)))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _part(stretch: Stretch, left: float, right: float, x: float) -> str:
    """Edges are grasped from outside, and inside as far as some body is left."""
    if stretch.fixed or stretch.locked or stretch.start == stretch.end:
        return "body" if left - GRASP <= x <= right + GRASP else ""
    inside = min(GRASP, (right - left) / 4)
    if x <= left + inside:
        return "start"
    if x >= right - inside:
        return "end"
    return "body"


def tag_lines(stretches: Sequence[Stretch], axis: Axis, widths: Sequence[float]) -> list[int]:
    """The line on which each tag stands, so that those of neighbours do not cover one another."""
    ends: dict[int, list[float]] = {}  # of each row: where the last tag of each line ends
    lines = [0] * len(stretches)
    for at in sorted(range(len(stretches)), key=lambda n: stretches[n].start):
        left = axis.x_of(stretches[at].start)
        row = ends.setdefault(stretches[at].row, [])
        line = next((n for n, end in enumerate(row) if end <= left), len(row))
        lines[at] = line
        row[line:] = [left + widths[at], *row[line + 1 :]]
    return lines


def next_in_time(stretches: Sequence[Stretch], selected: str, step: int) -> str | None:
    """The id of the stretch after (or before) the selected one; None past the end."""
    order = [
        one.id for one in sorted(stretches, key=lambda one: (one.start, one.end, one.id)) if not one.dashed
    ]
    at = order.index(selected) + step if selected in order else (0 if step > 0 else len(order) - 1)
    return order[at] if 0 <= at < len(order) else None
