# SPDX-License-Identifier: Apache-2.0
"""What a benchmark hands back: the figures, their unit, and how they were taken."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured quantity: every run's value, in `unit`; warm-up runs are not among them."""

    name: str
    unit: str
    values: tuple[float, ...]

    @property
    def minimum(self) -> float:
        """The smallest value."""
        return min(self.values)

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def maximum(self) -> float:
        """The largest value."""
        return max(self.values)


@dataclass(frozen=True)
class Result:
    """A benchmark's figures with the method in words: what was measured, and what was left out."""

    method: str
    figures: tuple[Figure, ...]


class CannotMeasure(Exception):
    """The benchmark cannot run here, since what it measures or needs is missing; the text says why."""
