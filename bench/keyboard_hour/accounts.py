# SPDX-License-Identifier: Apache-2.0
"""Whether every key that was pressed is in the answers that were stored, in order and on its own photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Typed:
    """What the typist did with one photo: which one was on the screen, which choice's key was pressed."""

    photo: int
    choice: str


def differences(typed: Sequence[Typed], stored: Sequence[Typed]) -> list[str]:
    """Every place in which what is stored is not what was typed; empty when no key was lost, doubled or misplaced."""
    found = []
    for at in range(max(len(typed), len(stored))):
        one = typed[at] if at < len(typed) else None
        other = stored[at] if at < len(stored) else None
        if one != other:
            found.append(f"{at}: typed {one}, stored {other}")
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all are not above."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The rise of a line through (x, y) by least squares; 0 for fewer than two."""
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0
