# SPDX-License-Identifier: Apache-2.0
"""How much a judged task counts: by who asked for it, and by how hard its kind is.

Both tables are facts that the platform publishes and anybody can recompute; a profile only reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RequesterWeights:
    """u_r of each requester, 0..1 (`eigentrust.requester_weights`); `unknown` for those that are not in it."""

    by_requester: Mapping[str, float] = field(default_factory=dict)
    unknown: float = 1.0

    def __post_init__(self) -> None:
        if not all(0 <= weight <= 1 for weight in (self.unknown, *self.by_requester.values())):
            raise ValueError("a requester's weight lies between 0 and 1")

    def of(self, requester: str) -> float:
        """The weight of one requester's judged tasks."""
        return self.by_requester.get(requester, self.unknown)


@dataclass(frozen=True, slots=True)
class DifficultyWeights:
    """w_m of each (module family, difficulty), 0..1 (`difficulty.difficulty_weights`); 1 when unknown."""

    by_kind: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not all(0 <= weight <= 1 for weight in self.by_kind.values()):
            raise ValueError("a difficulty's weight lies between 0 and 1")

    def of(self, family: str, difficulty: str) -> float:
        """The weight of one task of this kind."""
        return self.by_kind.get((family, difficulty), 1.0)


EQUAL_REQUESTERS = RequesterWeights()
EQUAL_DIFFICULTY = DifficultyWeights()
