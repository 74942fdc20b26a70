# SPDX-License-Identifier: Apache-2.0
"""Boxes that move through a film: key frames as Label Studio keeps them, and what stands between two of them; pure.

Frames count from 1 here, as in answers. Between key frames everything moves evenly; a key frame with `enabled` false
ends a stretch: the box is seen on it, and gone after it until the next key frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gems_desktop.items.shapes.base import Value
from gems_protocol.modules.answer import percentage, seconds

KeyFrame = dict[str, Any]
_KEYS = ("x", "y", "width", "height", "rotation")


def before(sequence: Sequence[KeyFrame], frame: int) -> KeyFrame | None:
    """The last key frame at or before a frame."""
    found = [each for each in sequence if each["frame"] <= frame]
    return found[-1] if found else None


def seen(sequence: Sequence[KeyFrame], frame: int) -> bool:
    """Whether the box is there on a frame."""
    last = before(sequence, frame)
    return last is not None and (last["enabled"] or last["frame"] == frame)


def place(sequence: Sequence[KeyFrame], frame: int) -> Value | None:
    """Where the box is on a frame, as a rectangle's value, whether it is seen or not; None before the first."""
    last = before(sequence, frame)
    if last is None:
        return None
    after = next((each for each in sequence if each["frame"] > frame), None)
    if after is None or last["frame"] == frame:
        return {name: last[name] for name in _KEYS}
    share = (frame - last["frame"]) / (after["frame"] - last["frame"])
    return {name: percentage(last[name] + (after[name] - last[name]) * share) for name in _KEYS}


def key_frame(frame: int, where: Value, enabled: bool, fps: float) -> KeyFrame:
    """A key frame as answers hold it."""
    made: KeyFrame = {"frame": frame, "enabled": enabled}
    made |= {name: where[name] for name in _KEYS}
    return made | {"time": seconds(frame / fps if fps > 0 else 0.0)}


def moved(sequence: Sequence[KeyFrame], frame: int, where: Value, fps: float) -> list[KeyFrame]:
    """The key frames when the box is put elsewhere on a frame: that becomes a key frame."""
    last = before(sequence, frame)
    enabled = bool(last["enabled"]) if last is not None else True
    others = [each for each in sequence if each["frame"] != frame]
    return sorted([*others, key_frame(frame, where, enabled, fps)], key=lambda each: each["frame"])


def toggled_key(sequence: Sequence[KeyFrame], frame: int, fps: float) -> list[KeyFrame] | None:
    """A key frame made where the box is, or taken away; None for the last one, which stays."""
    if any(each["frame"] == frame for each in sequence):
        left = [each for each in sequence if each["frame"] != frame]
        return left or None
    where = place(sequence, frame) or sequence[0]
    return moved(sequence, frame, where, fps)


def toggled_there(sequence: Sequence[KeyFrame], frame: int, fps: float) -> list[KeyFrame]:
    """Gone after this frame where it was there, there again from it where it was gone."""
    where = place(sequence, frame) or sequence[0]
    last = before(sequence, frame)
    there = last is not None and bool(last["enabled"])
    others = [each for each in sequence if each["frame"] != frame]
    made = key_frame(frame, where, not there, fps)
    return sorted([*others, made], key=lambda each: each["frame"])


def stretches(sequence: Sequence[KeyFrame], count: int) -> list[tuple[int, int]]:
    """The frames (both within) on which the box is there, one pair for each stretch."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for each in sequence:
        if start is None:
            start = each["frame"]
        if not each["enabled"]:
            found.append((start, each["frame"]))
            start = None
    if start is not None:
        found.append((start, max(count, start)))
    return found
