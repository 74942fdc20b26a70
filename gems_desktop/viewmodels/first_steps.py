# SPDX-License-Identifier: Apache-2.0
"""Home for a newcomer: practice, first tasks, sent, first pay; gone for good once the first pay is there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_queue import OutboxFilter, QueueFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import say
from gems_protocol.amount import ZERO, Amount

PRACTISE, TAKE, SEND, WAIT, NONE = "practise", "take", "send", "wait", ""


@dataclass(frozen=True, slots=True)
class Begun:
    """How far the newcomer is. finished: tasks that are done and not signed."""

    practised: bool = False
    took: bool = False
    finished: int = 0
    sent: bool = False
    paid: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. stage: done | now | later; the icon and the word say the same."""

    text: str
    note: str
    stage: str
    stageText: str


@dataclass(frozen=True, slots=True)
class FirstStepsProps:
    """What Home shows. next: practise | take | send | wait, "" for nobody new; early: nothing was sent yet."""

    shown: bool = False
    early: bool = False
    next: str = NONE
    doneText: str = ""
    done: float = 0.0


def steps_of(begun: Begun) -> tuple[bool, bool, bool, bool]:
    """Which of the four are done; a later one that is done does away with those before it."""
    paid = begun.paid
    sent = begun.sent or paid
    took = begun.took or sent
    return begun.practised or took, took, sent, paid


def derive(begun: Begun) -> FirstStepsProps:
    """The card's words."""
    done = steps_of(begun)
    if all(done):
        return FirstStepsProps()
    at = done.index(False)
    following = (PRACTISE, TAKE, SEND if begun.finished else TAKE, WAIT)[at]
    text = say("{done} of {total} steps", done=sum(done), total=len(done))
    return FirstStepsProps(True, not done[2], following, text, sum(done) / len(done))


def rows_of(begun: Begun) -> list[StepRow]:
    """The four steps in their order."""
    done = steps_of(begun)
    texts = (
        (say("Practise with three examples"), say("Pays nothing and risks nothing.")),
        (say("Take your first tasks"), say("Ten or so; you can do them without a network.")),
        (say("Seal and send your answers"), say("They are signed and leave when there is a connection.")),
        (say("Your first pay"), say("It comes by itself once your answers are accepted.")),
    )
    if all(done):
        return []
    at = done.index(False)
    names = {"done": say("Done"), "now": say("Now"), "later": say("Later")}
    states = ["done" if ended else "now" if place == at else "later" for place, ended in enumerate(done)]
    return [
        StepRow(text, note if state == "now" else "", state, names[state])
        for (text, note), state in zip(texts, states, strict=True)
    ]


def begun_of(practised: bool, queue: QueueFacts, shelves: dict[str, int], earned: Amount) -> Begun:
    """How far somebody is, from what is stored."""
    shown = sum(shelves.get(shelf, 0) for shelf in ("unsent", "waiting", "rejected", "paid"))
    sent = sum(shelves.get(shelf, 0) for shelf in ("waiting", "rejected", "paid"))
    return Begun(
        practised=practised,
        took=shown + queue.ready + queue.done > 0,
        finished=queue.finished + queue.sealed,
        sent=sent > 0,
        paid=shelves.get("paid", 0) > 0 or earned > ZERO,
    )


class FirstStepsViewModel(ViewModel):
    """The checklist on Home; once all is done it reads nothing any more."""

    topics = frozenset({Topic.EARNINGS, Topic.OUTBOX, Topic.WORK, Topic.SETTINGS})
    changed = Signal()

    shown = prop(bool, "shown", changed)
    early = prop(bool, "early", changed)
    next = prop(str, "next", changed)
    doneText = prop(str, "doneText", changed)
    done = prop(float, "done", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rows = RowsModel(StepRow, self)
        self._over = False
        self.show(FirstStepsProps())

    steps = Property(QObject, lambda self: self._rows, constant=True)

    async def refresh(self) -> None:
        """Read how far it is."""
        if self._over:
            return
        page = await self.session.work.outbox_page(OutboxFilter("waiting"), None, 1)
        begun = begun_of(
            (await self.session.settings.facts()).practised,
            await self.session.work.queue(),
            page.counts,
            (await self.session.earnings.known()).earned_total,
        )
        self._over = all(steps_of(begun))
        self._rows.replace(rows_of(begun))
        self.show(derive(begun))
