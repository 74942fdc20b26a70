# SPDX-License-Identifier: Apache-2.0
"""How happenings become notices, and which of them may leave the window now: pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gems_desktop.services.facts_notices import SAFETY, WHAT, Happening, Notice, Outside, Quiet

DAY_MINUTES = 24 * 60
MOST_TEXTS = 3  # titles that one notice names
AT_ONCE = 3  # notices that leave the window together; of more, one says how many
PAUSE_S = 60  # between two times that something leaves the window
LOOKED_S = 600  # what a user who looks at the window has had time to see there
TOO_OLD_S = 24 * 3600  # what could not leave the window for so long does not any more
KEPT = 200
_ALONE = ("trouble", "claim_failed")  # never put together with others of their sort
_ORDER = tuple(WHAT)


def is_quiet(quiet: Quiet, minute: int) -> bool:
    """Whether the local minute of the day (0 to 1439) is in the quiet hours; an empty span is never quiet."""
    if not quiet.on or quiet.start == quiet.end:
        return False
    if quiet.start < quiet.end:
        return quiet.start <= minute < quiet.end
    return minute >= quiet.start or minute < quiet.end


def _join(notice: Notice, more: Happening) -> Notice:
    texts = notice.texts
    if more.text and more.text not in texts and len(texts) < MOST_TEXTS:
        texts = (*texts, more.text)
    moments = [moment for moment in (notice.moment, more.moment) if moment]
    return replace(
        notice,
        at=max(notice.at, more.at),
        count=notice.count + more.count,
        good=notice.good + more.good,
        bad=notice.bad + more.bad,
        amount=notice.amount + more.amount,
        texts=texts,
        moment=min(moments, default=0),
    )


def _first(notice_id: str, event: Happening) -> Notice:
    texts = (event.text,) if event.text else ()
    return Notice(
        notice_id, event.at, event.what, event.count, event.good, event.bad, event.amount, texts, event.moment
    )


def grouped(happenings: Sequence[Happening], unread: Iterable[Notice], first: int) -> tuple[Notice, ...]:
    """The notices that these happenings make or change, each happening in exactly one.

    unread: notices that were neither read nor told; they grow instead of another one of their sort coming beside
    them. first: the number of the next new notice.
    """
    growing = {notice.what: notice for notice in unread if notice.what not in _ALONE}
    changed: dict[str, Notice] = {}
    for event in happenings:
        before = growing.get(event.what)
        if before is None:
            notice = _first(f"{first:012}", event)
            first += 1
        else:
            notice = _join(before, event)
        if event.what not in _ALONE:
            growing[event.what] = notice
        changed[notice.notice_id] = notice
    return tuple(changed.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """tell: what leaves the window now. done: what needs not leave it any more, those included."""

    tell: tuple[Notice, ...]
    done: tuple[Notice, ...]


def choose(
    waiting: Sequence[Notice], options: Outside, *, now: int, minute: int, since: int, looking: bool
) -> Choice:
    """Which of the notices that wait leave the window now.

    Safety always does, also in quiet hours and while the user looks. Others wait for the end of quiet hours, while
    the user looks, and for a pause (`since`: seconds since something left the window). They need not leave when
    they were read, when their kind is not wanted, or when they have become old.
    """
    alerts = [notice for notice in waiting if notice.kind == SAFETY and not notice.seen]
    others = [notice for notice in waiting if notice not in alerts]
    moot = [notice for notice in others if _moot(notice, options, now, looking)]
    ready = [notice for notice in others if notice not in moot]
    if looking or is_quiet(options.quiet, minute) or since < PAUSE_S:
        ready = []
    ready.sort(key=lambda notice: _ORDER.index(notice.what))
    return Choice((*alerts, *ready), (*alerts, *moot, *ready))


def _moot(notice: Notice, options: Outside, now: int, looking: bool) -> bool:
    unwanted = not options.on or notice.kind not in options.kinds
    return notice.seen or unwanted or now - notice.at > (LOOKED_S if looking else TOO_OLD_S)
