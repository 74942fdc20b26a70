# SPDX-License-Identifier: Apache-2.0
"""Values about notices: what happened, a notice to show, and when one may leave the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from gems_protocol.amount import ZERO, Amount

WORK, VERDICTS, DEADLINES, MONEY, SAFETY = "work", "verdicts", "deadlines", "money", "safety"
#: What can be switched off. Safety cannot.
KINDS = (WORK, VERDICTS, DEADLINES, MONEY)

#: what -> its kind
WHAT = {
    "new_work": WORK,
    "judged": VERDICTS,
    "reviews_judged": VERDICTS,
    "appeals_decided": VERDICTS,
    "disputed": VERDICTS,
    "message": VERDICTS,
    "due": DEADLINES,
    "expired": DEADLINES,
    "paid": MONEY,
    "claimed": MONEY,
    "claim_failed": MONEY,
    "trouble": SAFETY,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. good: accepted, agreed, won; bad: the contrary. moment: a deadline (Unix seconds)."""

    what: str
    at: int
    good: int = 0
    bad: int = 0
    amount: Amount = ZERO
    text: str = ""  # a campaign's title, cleaned, or the code of a trouble
    moment: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: happenings of one sort together. count: of how many."""

    notice_id: str
    at: int
    what: str
    count: int = 1
    good: int = 0
    bad: int = 0
    amount: Amount = ZERO
    texts: tuple[str, ...] = ()
    moment: int = 0
    seen: bool = False
    told: bool = False

    @property
    def kind(self) -> str:
        """One of KINDS, or SAFETY."""
        return WHAT[self.what]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing leaves the window but alerts about safety; minutes of the local day, over midnight too."""

    on: bool = False
    start: int = 22 * 60
    end: int = 7 * 60


@dataclass(frozen=True, slots=True)
class Outside:
    """How notices leave the window: kinds that do, hours in which they do not, and what they may say."""

    kinds: frozenset[str] = frozenset(KINDS)
    on: bool = True
    quiet: Quiet = field(default_factory=Quiet)
    amounts: bool = False
    sound: bool = False


class Notices(Protocol):
    """What happened, as notices: each once, also after a restart."""

    async def collect(self) -> int:
        """Turn what happened since the last time into notices; how many are new."""
        ...

    async def facts(self) -> tuple[Notice, ...]:
        """All that are kept, the newest first."""
        ...

    async def see(self, only: str = "") -> None:
        """The notice with the id `only` has been read, or everything."""
        ...

    async def to_tell(self, options: Outside, local_minute: int, looking: bool) -> tuple[Notice, ...]:
        """What goes outside now; it is never given again. looking: the window is in front of the user."""
        ...

    async def watched(self, about: str) -> bool:
        """Whether new work of a requester is told of: by hand, else where I worked. about: it, or a campaign of it."""
        ...

    async def watch(self, about: str, on: bool) -> None: ...


def as_text(notice: Notice) -> dict[str, Any]:
    """What of a notice is kept as JSON."""
    return {
        "count": notice.count,
        "good": notice.good,
        "bad": notice.bad,
        "amount": str(notice.amount.units),
        "texts": list(notice.texts),
        "moment": notice.moment,
    }
