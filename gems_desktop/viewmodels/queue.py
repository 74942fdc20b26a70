# SPDX-License-Identifier: Apache-2.0
"""Work at hand in words: how much is ready, what runs out soon, today's megabytes, why no more came by itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.queue import (
    DISK,
    MEGABYTE,
    MEGABYTES,
    METERED,
    NO_CAMPAIGN,
    OFF,
    REFUSED,
)
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import clock_time, duration, say, sentence, size

LOOKED_EVERY_S = 60  # deadlines come nearer without anything happening
_WHY = {
    METERED: "This network counts megabytes, and you keep those for other things.",
    MEGABYTES: "Today's megabytes are used up.",
    DISK: "There is too little room on the disk.",
    NO_CAMPAIGN: "None of the campaigns that you work in has tasks for you right now.",
    REFUSED: "The platform gives no more tasks right now.",
}


@dataclass(frozen=True, slots=True)
class QueueProps:
    """What is shown of the queue. dueAt: when the first runs out, 0 while nothing does soon."""

    ready: bool = False
    atHandText: str = ""
    dataText: str = ""
    whyText: str = ""
    dueSoon: int = 0
    dueText: str = ""
    dueAt: int = 0
    canSend: bool = False
    noticeText: str = ""
    noticeSafe: str = ""
    noticeTodo: str = ""
    counted: bool = False


def derive(facts: QueueFacts) -> QueueProps:
    """The words of the facts."""
    notice = facts.problem
    return QueueProps(
        ready=True,
        atHandText=_at_hand(facts),
        dataText=say(
            "{used} of {allowed} MB today",
            used=-(-facts.bytes_today // MEGABYTE),
            allowed=facts.bytes_allowed // MEGABYTE,
        ),
        whyText=_why(facts),
        dueSoon=facts.due_soon,
        dueText=_due(facts),
        dueAt=(facts.next_due_at or 0) if facts.due_soon else 0,
        canSend=facts.finished_soon > 0,
        noticeText=sentence(notice.message) if notice else "",
        noticeSafe=sentence(notice.safe) if notice else "",
        noticeTodo=sentence(notice.action) if notice else "",
        counted=facts.metered is True,
    )


def _at_hand(facts: QueueFacts) -> str:
    if not facts.ready:
        return say("No tasks are here")
    time = duration(facts.seconds_ready)
    if facts.ready == 1:
        return say("One task is here, about {time} of work", time=time)
    return say("{n} tasks are here, about {time} of work", n=facts.ready, time=time)


def _why(facts: QueueFacts) -> str:
    said = say(_WHY[facts.why_not]) if facts.why_not in _WHY and facts.why_not != OFF else ""
    if not facts.files_wait:
        return said
    waits = say("{size} of files wait.", size=size(facts.files_wait))
    return f"{waits} {said}".strip()


def _due(facts: QueueFacts) -> str:
    if not facts.due_soon:
        return ""
    at = clock_time(facts.next_due_at or 0)
    if facts.finished_soon == facts.due_soon:
        one = say("A finished task runs out: send it before {time}.", time=at)
        many = say("{n} finished tasks run out: send them before {time}.", n=facts.due_soon, time=at)
    else:
        one = say("A task runs out: finish and send it before {time}.", time=at)
        many = say("{n} tasks run out: finish and send the first before {time}.", n=facts.due_soon, time=at)
    return one if facts.due_soon == 1 else many


class QueueViewModel(ViewModel):
    """Work at hand; Home, Work and the Outbox show it."""

    topics = frozenset({Topic.WORK, Topic.OUTBOX, Topic.CONNECTION, Topic.SETTINGS, Topic.PROBLEM})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    atHandText = prop(str, "atHandText", changed)
    dataText = prop(str, "dataText", changed)
    whyText = prop(str, "whyText", changed)
    dueSoon = prop(int, "dueSoon", changed)
    dueText = prop(str, "dueText", changed)
    dueAt = prop(float, "dueAt", changed)  # Qt's int ends in 2038
    canSend = prop(bool, "canSend", changed)
    noticeText = prop(str, "noticeText", changed)
    noticeSafe = prop(str, "noticeSafe", changed)
    noticeTodo = prop(str, "noticeTodo", changed)
    counted = prop(bool, "counted", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._again: asyncio.TimerHandle | None = None
        self.show(QueueProps())

    async def refresh(self) -> None:
        """Read the queue; and again in a minute, since time passes."""
        self.show(derive(await self.session.work.queue()))
        self._stop()
        self._again = asyncio.get_running_loop().call_later(LOOKED_EVERY_S, self.reload)

    def _stop(self) -> None:
        if self._again is not None:
            self._again.cancel()
            self._again = None

    def close(self) -> None:
        """Look no more."""
        self._stop()
        super().close()
