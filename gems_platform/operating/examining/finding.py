# SPDX-License-Identifier: Apache-2.0
"""One thing that was looked at, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How much it matters."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """what was found, what is safe all the same, what to do; the last two are "" where nothing is wrong."""

    level: Level
    what: str
    safe: str = ""
    do: str = ""


def good(what: str) -> Finding:
    """It is as it should be."""
    return Finding(Level.GOOD, what)


def note(what: str, do: str, safe: str = "The platform works.") -> Finding:
    """It can stay so, but should be known."""
    return Finding(Level.NOTE, what, safe, do)


def bad(what: str, safe: str, do: str) -> Finding:
    """It needs the operator."""
    return Finding(Level.BAD, what, safe, do)
