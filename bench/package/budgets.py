# SPDX-License-Identifier: Apache-2.0
"""What was promised of the package (the design's budgets), put beside what was measured in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: (what, of which figure, at most so many times another figure; or at most that number)
RATIOS = (
    ("first paint, warm", "packaged: first paint, warm", 0.5, "electrum: first paint, warm"),
    ("usable, warm", "packaged: usable, warm", 1.0, "electrum: usable, warm"),
    ("memory idle, beside Electrum", "packaged: memory idle", 1.2, "electrum: memory idle"),
    (
        "memory idle, beside Label Studio",
        "packaged: memory idle",
        0.25,
        "label studio in chromium: memory idle",
    ),
    (
        "memory after 500 tasks",
        "packaged: memory after 500 tasks",
        1.5,
        "packaged: memory before the tasks",
    ),
    ("start beside source, first paint", "packaged: first paint, warm", 1.2, "source: first paint, warm"),
    ("start beside source, usable", "packaged: usable, warm", 1.2, "source: usable, warm"),
)
NUMBERS = (("download", "packaged: download", 55.0), ("files", "packaged: files", 450.0))


@dataclass(frozen=True)
class Held:
    """One budget: `seen` and `most` are ratios, or numbers where `of` is ""."""

    what: str
    seen: float
    most: float
    of: str

    @property
    def met(self) -> bool:
        """Whether it is kept."""
        return self.seen <= self.most


def check(medians: Mapping[str, float]) -> list[Held]:
    """Every budget whose figures were measured (medians by the figure's name)."""
    ratios = [
        Held(what, medians[figure] / medians[other], most, other.partition(":")[0])
        for what, figure, most, other in RATIOS
        if figure in medians and medians.get(other)
    ]
    numbers = [Held(what, medians[figure], most, "") for what, figure, most in NUMBERS if medians.get(figure)]
    return ratios + numbers
