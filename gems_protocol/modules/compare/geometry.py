# SPDX-License-Identifier: Apache-2.0
"""From a result's value to the shape that it describes: told by the fields that it has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gems_protocol.modules import rle
from gems_protocol.modules.compare import runs
from gems_protocol.modules.compare.outlines import Outline, ellipse, rectangle, units
from gems_protocol.modules.compare.shapes import Mark, Point, Shape, Stretches
from gems_protocol.modules.compare.tracks import Track

_PARTS = 1_000_000  # of a second, a degree, a sample
_PARAGRAPH = 1_000_000  # characters: longer than any, so that a paragraph more always weighs more
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def shape_of(result: dict[str, Any]) -> Shape:
    """The shape of a region's first result."""
    value = result["value"]
    size = (result.get("original_width") or 100, result.get("original_height") or 100)
    if "sequence" in value:
        return Track(value["sequence"], int(value.get("framesCount") or 0))
    if "ranges" in value:
        return Stretches(runs.joined((int(part["start"]), int(part["end"]) + 1) for part in value["ranges"]))
    if "rle" in value:
        return mask(value["rle"])
    if "x" in value or "points" in value:
        return _area(value, size)
    return _stretch(value)


def _area(value: dict[str, Any], size: tuple[int, int]) -> Shape:
    if "points" in value:
        return Outline([(units(x), units(y)) for x, y in value["points"]])
    x, y = units(value["x"]), units(value["y"])
    rotation = round(value.get("rotation", 0) * _PARTS)
    if "radiusX" in value:
        return ellipse(x, y, units(value["radiusX"]), units(value["radiusY"]), rotation, size)
    if "height" in value:
        return rectangle(x, y, units(value["width"]), units(value["height"]), rotation, size)
    return Point(x, y, *size)


def mask(code: list[int]) -> Stretches:
    """The painted pixels of a brush's run-length code, without making the picture."""
    packed = bytes(code)
    flat: list[int] = []
    for start, end, values in rle._runs(packed, 1 << 30):
        if len(values) == 1:
            painted = [(start // 4, end // 4)] if values[0] else []
        else:
            first = start // 4
            painted = [
                (first + at, first + at + 1) for at, alpha in enumerate(values[3 - start % 4 :: 4]) if alpha
            ]
        for left, right in painted:
            if flat and flat[-1] == left:
                flat[-1] = right
            elif right > left:
                flat += (left, right)
    return Stretches(flat, packed)


def _stretch(value: dict[str, Any]) -> Shape:
    """Characters of a text, seconds of a sound, samples of a series."""
    spread = value.get("globalOffsets")
    if isinstance(spread, dict):
        return _between(int(spread["start"]), int(spread["end"]))
    start, end = value.get("start"), value.get("end")
    if "startOffset" in value:
        offsets = int(value["startOffset"]), int(value["endOffset"])
        if str(start).isdecimal() and str(end).isdecimal():
            return _between(
                int(str(start)) * _PARAGRAPH + offsets[0], int(str(end)) * _PARAGRAPH + offsets[1]
            )
        return Mark((str(start), str(end), *offsets))
    left, right = _moment(start), _moment(end)
    if left is None or right is None:
        return Mark((str(start), str(end)))
    return _between(left, right)


def _between(start: int, end: int) -> Shape:
    return Stretches((start, end)) if end > start else Mark((start, end))


def _moment(value: Any) -> int | None:
    """A number, or a date and time, in millionths."""
    if isinstance(value, (int, float)):
        return round(value * _PARTS)
    try:
        return round(float(value) * _PARTS)
    except (TypeError, ValueError, OverflowError):
        pass
    try:
        when = datetime.fromisoformat(str(value)).replace(tzinfo=UTC) - _EPOCH
    except ValueError:
        return None
    return (when.days * 86_400 + when.seconds) * _PARTS + when.microseconds
