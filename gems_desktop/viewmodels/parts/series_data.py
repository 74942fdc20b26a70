# SPDX-License-Identifier: Apache-2.0
"""The columns of a series as numbers: times that rise, and the values of each channel; pure."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from gems_desktop.items.series_body import Curve
from gems_desktop.items.timeline_view import clock
from gems_desktop.viewmodels.task_rows import PALETTE
from gems_protocol.modules import Node, limits
from gems_protocol.text import line

_MOMENT = 1e15  # beyond every time stamp in milliseconds
_MOST = 1e300  # of a sample
_NAME_LENGTH = 60
# d3's names of parts of a time that Python writes in another way.
_ALIKE = {"%L": "%f", "%Q": "%s", "%e": "%d"}


@dataclass(frozen=True)
class Series:
    """`times` rise; `texts` are the times as the task has them, empty where they are numbers."""

    times: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()
    curves: tuple[Curve, ...] = ()
    dated: bool = False

    @property
    def whole(self) -> tuple[float, float]:
        """The first and the last time."""
        return (self.times[0], self.times[-1]) if self.times else (0.0, 0.0)

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of the first sample at each of `texts`."""
        return {text: at for at, text in reversed(list(enumerate(self.texts)))}

    def nearest(self, value: float) -> int:
        """The number of the sample next to a time."""
        at = bisect_left(self.times, value)
        if at == 0 or at >= len(self.times):
            return max(0, min(at, len(self.times) - 1))
        return at if self.times[at] - value < value - self.times[at - 1] else at - 1


def read(node: Node, value: Any) -> Series | str:
    """The series of a task's field, or why there is none."""
    columns = value if isinstance(value, dict) else {}
    channels = [(option, columns.get(option.value)) for option in node.options]
    lists = [found for _, found in channels if isinstance(found, list) and found]
    if not lists:
        return "missing"
    count = min(max(len(found) for found in lists), limits.SAMPLES)
    named = node.get("timeColumn")
    raw = columns.get(named) if named else list(range(count))
    if not isinstance(raw, list) or not raw:
        return "times"
    times = [_time(each, node.get("timeFormat")) for each in raw[:count]]
    if any(each is None for each in times):
        return "times"
    order = sorted(range(len(times)), key=lambda at: (times[at], at))
    texts = tuple(str(raw[at]) for at in order) if any(isinstance(each, str) for each in raw) else ()
    curves = tuple(
        _curve(option, [found[at] if at < len(found) else None for at in order], n)
        for n, (option, found) in enumerate(channels)
        if isinstance(found, list)
    )
    return Series(tuple(float(times[at] or 0.0) for at in order), texts, curves, bool(node.get("timeFormat")))


def _curve(option: Any, raw: Sequence[Any], at: int) -> Curve:
    values = tuple(_number(each) for each in raw)
    there = [value for value in values if value is not None]
    return Curve(
        line(option.shown, _NAME_LENGTH),
        line(option.hint, 20),
        option.colour or PALETTE[at % len(PALETTE)],
        values,
        min(there, default=0.0),
        max(there, default=1.0),
        option.value,
    )


def _number(value: Any) -> float | None:
    """A sample, None where it is missing or no number."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if (
        type(value) not in (int, float) or not abs(value) <= _MOST
    ):  # nothing, endless, or an int that fits no float
        return None
    return float(value)


def _time(value: Any, pattern: str) -> float | None:
    """A time as seconds since 1970 where a pattern says how it is written, else as a number."""
    if not pattern or not isinstance(value, str):
        found = _number(value)
        return found if found is not None and abs(found) <= _MOMENT else None
    for theirs, ours in _ALIKE.items():
        pattern = pattern.replace(theirs, ours)
    try:
        read_time = _read(value[:64], pattern)
        aware = read_time if read_time.tzinfo is not None else read_time.replace(tzinfo=UTC)
        return aware.timestamp()
    except (ValueError, OverflowError):
        return None


def _read(text: str, pattern: str) -> datetime:
    if pattern.startswith("%Y-%m-%d"):  # fifty times as fast, for twenty thousand times
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    return datetime.strptime(text, pattern)  # noqa: DTZ007 - the author's pattern may name a zone, or none


def time_words(value: float, dated: bool, step: float) -> str:
    """A time on the axis, as exact as `step` needs."""
    if not dated:
        places = max(0, min(6, math.ceil(-math.log10(max(step, 1e-9)) - 1e-9)))
        return f"{value:.{places}f}"
    try:
        when = datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return f"{value:.0f}"
    if step >= 86400:
        return when.strftime("%Y-%m-%d")
    if step >= 60:
        return when.strftime("%m-%d %H:%M") if when.hour == when.minute == 0 else when.strftime("%H:%M")
    return when.strftime("%H:") + clock((value % 3600), step).rjust(5, "0")
