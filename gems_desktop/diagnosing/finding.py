# SPDX-License-Identifier: Apache-2.0
"""What a check found: a level, a fixed sentence and what to do, with the values that stand in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from gems_desktop.diagnosing.sentences import TODO, WHAT


class Level(Enum):
    """How much a finding matters."""

    GOOD = "good"
    NOTE = "note"  # works, but worse than it could
    BAD = "bad"  # something does not work, or is at risk


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `code` names its sentences. `values` hold no path, address, answer or secret."""

    code: str
    level: Level
    values: dict[str, str | int] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What was found, in English."""
        return WHAT[self.code].format(**self.values)

    @property
    def todo(self) -> str:
        """What to do about it, in English; "" for nothing."""
        return TODO.get(self.code, "")


def good(code: str, **values: str | int) -> Finding:
    """Something is as it should be."""
    return Finding(code, Level.GOOD, values)


def note(code: str, **values: str | int) -> Finding:
    """Something works, but worse than it could."""
    return Finding(code, Level.NOTE, values)


def bad(code: str, **values: str | int) -> Finding:
    """Something does not work or is at risk."""
    return Finding(code, Level.BAD, values)
