# SPDX-License-Identifier: Apache-2.0
"""What a practice set shows; `facts` hands these on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_protocol.content_warning import ContentWarning


@dataclass(frozen=True, slots=True)
class PracticeTask:
    """One task of a practice set; place: its number in the set."""

    place: int
    data: dict[str, Any]
    media: tuple[tuple[str, int], ...] = ()  # SHA-256 and size


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """A campaign's practice set. share_ppm: how many must be right."""

    campaign_id: str
    campaign_title: str
    instructions: str
    config: str
    tasks: tuple[PracticeTask, ...]
    share_ppm: int
    passed: bool
    wishes: tuple[tuple[str, str, str], ...] = ()
    content_warning: ContentWarning | None = None
    language: str = ""  # of its instructions, as the campaign states it


@dataclass(frozen=True, slots=True)
class PracticeFeedback:
    """How one practice answer was: never the right answer, only the requester's hint (cleaned)."""

    place: int
    right: bool
    hint: str


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """How a practice set went."""

    right: int
    of: int
    passed: bool
    items: tuple[PracticeFeedback, ...]
