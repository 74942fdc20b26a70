# SPDX-License-Identifier: Apache-2.0
"""What the window shows of updates: closed words and numbers, so that nothing of a server's text can be among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["off", "unknown", "current", "offered", "downloading", "ready", "trouble"]
OffReason = Literal["", "system", "built_without", "read_only"]
#: offline: nothing answers. expired: what answers is too old to be believed. clock: this computer's clock is wrong.
#: refused: what came is not what was signed. disk: no room, or no leave to write. source: nothing of ours is there.
Trouble = Literal["offline", "expired", "clock", "refused", "disk", "source"]


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    """How this copy stands.

    installed: the version that runs. offered: the version that was found, or that starts next time ("ready"); ""
    without one. size: bytes that the download takes, as far as they are not here yet. whole_size: what the same
    version takes without anything to build on. done: bytes of `size` that came. checked_at: Unix time of the last
    check that was answered. checks: whether it looks by itself, once a day, never on a line that counts megabytes.
    from_folder: whether a folder, and not the web, is where updates come from now.
    missing: bytes that the disk has too few of, when that is the trouble; 0 where it is not known.
    went_back: a version that did not start, so that this one runs again; "" for none.
    """

    state: State
    off_reason: OffReason = ""
    installed: str = ""
    offered: str = ""
    size: int = 0
    whole_size: int = 0
    done: int = 0
    trouble: Trouble | Literal[""] = ""
    checked_at: int | None = None
    checks: bool = True
    from_folder: bool = False
    missing: int = 0
    went_back: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known without asking anybody. waiting: an installed version that starts next time; "" for none."""

    installed: str
    off_reason: OffReason = ""
    waiting: str = ""
    checked_at: int | None = None
    checks: bool = True
    went_back: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version whose index was verified; sizes in bytes as in UpdateFacts."""

    version: str
    size: int
    whole_size: int
