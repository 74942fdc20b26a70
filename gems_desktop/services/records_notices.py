# SPDX-License-Identifier: Apache-2.0
"""What the store holds of notices: those told, and marks of what must not be told twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_desktop.services.record import Record


@dataclass(frozen=True, slots=True)
class NoticeRecord(Record):
    """One notice. told: whether it went outside the window, or need not any more."""

    TABLE: ClassVar[str] = "notices"
    KEY: ClassVar[str] = "notice_id"
    SEALED: ClassVar[tuple[str, ...]] = ("about",)
    INDEXED: ClassVar[tuple[str, ...]] = ("at",)
    notice_id: str
    at: int  # Unix seconds
    kind: str  # one of notices_rules.KINDS
    what: str  # one of notices_rules.WHAT
    about: str  # JSON: counts, titles, base units
    seen: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class NoticeMark(Record):
    """Something that was told already, by a name of its own."""

    TABLE: ClassVar[str] = "notice_marks"
    KEY: ClassVar[str] = "mark"
    mark: str
    at: int
