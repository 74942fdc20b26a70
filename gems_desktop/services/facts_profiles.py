# SPDX-License-Identifier: Apache-2.0
"""Profiles on this computer as the window may know them: no secret, and no more than their owner may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """One profile. name: of its folder; title: as its owner wrote it; used_at: Unix seconds, 0 for never."""

    name: str
    title: str
    used_at: int
    wallet: bool
    backed_up: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """The options that decide how the way in looks, as the profile had them last; text_scale in percent."""

    language: str
    theme: str
    text_scale: int
    reduce_motion: bool


class Profiles(Protocol):
    """The profiles of one place; raises StoreUnreadable, ProfileInUse, NothingToDo in words."""

    def all(self) -> tuple[ProfileFacts, ...]:
        """Every profile, the one used last first."""
        ...

    def add(self, title: str) -> str:
        """Make an empty profile; the name of its folder."""
        ...

    def rename(self, name: str, title: str) -> None:
        """Show a profile under another title; its folder keeps its name."""
        ...

    def set_aside(self, name: str) -> str:
        """Move a profile that is not open out of the way, whole; where it lies then."""
        ...


class OneProfile:
    """Implements Profiles where there is nothing to choose."""

    def all(self) -> tuple[ProfileFacts, ...]:
        """None besides the open one."""
        return ()

    def add(self, title: str) -> str:
        """Nothing is made."""
        return ""

    def rename(self, name: str, title: str) -> None:
        """Nothing changes."""

    def set_aside(self, name: str) -> str:
        """Nothing is moved."""
        return ""
