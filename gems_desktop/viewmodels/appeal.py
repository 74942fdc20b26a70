# SPDX-License-Identifier: Apache-2.0
"""One appeal: who decides, by when, what losing costs and winning brings; written offline, then followed to its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import AppealFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import clock_time, gem, say, sentence
from gems_protocol.amount import ZERO

MAX_REASON = 500  # characters, as the platform takes them
#: How many of the steps made, sent, judged and decided are behind.
_STEPS = {"made": 1, "sent": 2, "judging": 2, "won": 4, "lost": 4, "late": 4}


@dataclass(frozen=True, slots=True)
class AppealInputs:
    """What the page is made from; the first six stand in the outbox's row."""

    item_id: str = ""
    title: str = ""
    place: str = ""
    reason: str = ""
    note: str = ""
    redo_id: str = ""
    facts: AppealFacts | None = None
    writing: bool = False  # the appeal is being signed


@dataclass(frozen=True, slots=True)
class AppealProps:
    """What the page shows."""

    open: bool
    ready: bool
    heading: str
    reason: str
    note: str
    stage: str  # write | closed | made | sent | judging | won | lost | late
    stageText: str
    endText: str  # what it brought or cost
    step: int  # of made, sent, judged and decided: how many are behind
    whyNot: str
    deciders: str
    untilText: str
    decidedBy: str
    bond: str
    bondFree: str
    hasBond: bool
    loses: str
    losesText: str
    wins: str
    winsText: str
    givesUpRedo: bool
    redoText: str
    canRedo: bool
    mine: str  # the reason that I wrote
    writing: bool


def stage_of(facts: AppealFacts) -> str:
    """Which face the page has."""
    if facts.state not in ("", "open"):
        return facts.state
    return "write" if facts.possible else "closed"


def derive(inputs: AppealInputs) -> AppealProps:
    """The page's words and numbers."""
    facts = inputs.facts or _NOTHING
    stage = stage_of(facts)
    return AppealProps(
        open=bool(inputs.item_id),
        ready=inputs.facts is not None,
        heading=f"{inputs.title} · {inputs.place}" if inputs.place else inputs.title,
        reason=inputs.reason,
        note=inputs.note,
        stage=stage,
        stageText=_stage_text(stage, facts),
        step=_STEPS.get(stage, 0),
        whyNot=sentence(facts.why_not) if stage == "closed" else "",
        deciders=_deciders(facts.verifiers),
        untilText=clock_time(facts.until),
        decidedBy=clock_time(facts.decided_by),
        bond=gem(facts.bond),
        bondFree=gem(facts.bond_free),
        hasBond=facts.bond > ZERO,
        loses=gem(facts.loses),
        losesText=_loses(facts, stage),
        endText=_end(stage, facts),
        wins=gem(facts.wins),
        winsText=_wins(facts),
        givesUpRedo=facts.gives_up_redo and stage == "write",
        redoText=_redo(facts) if stage == "write" else "",
        canRedo=bool(inputs.redo_id) and stage in ("write", "closed", "late"),
        mine=facts.reason,
        writing=inputs.writing,
    )


def _deciders(count: int) -> str:
    if count == 1:
        return say("One other verifier, who has not judged it before")
    return say("{n} other verifiers, who have not judged it before", n=count) if count else ""


def _loses(facts: AppealFacts, stage: str) -> str:
    if stage == "write":
        return _would_lose(facts)
    # what was given up for the appeal is not counted any more once it is made
    if facts.bond > ZERO:
        return say(
            "If you lose, the rejection stands; the bond and what you gave up for the appeal are lost."
        )
    return say("If you lose, the rejection stands.")


def _would_lose(facts: AppealFacts) -> str:
    if facts.loses == ZERO:
        return say("Nothing beyond the reward; the rejection stands.")
    if facts.gives_up_redo and facts.bond > ZERO:
        return say("The bond and the stake of the task; the rejection stands.")
    if facts.gives_up_redo:
        return say("The stake of the task, which a second try could have saved; the rejection stands.")
    return say("The bond; the rejection stands.")


def _wins(facts: AppealFacts) -> str:
    if facts.bond > ZERO:
        return say(
            "The reward of the task; the bond and the stake come back, and the rejection does not count."
        )
    return say("The reward of the task; the stake comes back, and the rejection does not count.")


def _redo(facts: AppealFacts) -> str:
    if not facts.gives_up_redo:
        return ""
    return say(
        "An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.",
        amount=gem(facts.redo_reward),
    )


def _end(stage: str, facts: AppealFacts) -> str:
    if stage == "won":
        return say("It brings you {amount} GEM.", amount=gem(facts.wins)) + " " + _wins(facts)
    if stage == "lost" and facts.bond > ZERO:
        return say("The bond of {amount} GEM is lost.", amount=gem(facts.bond))
    return ""


def _stage_text(stage: str, facts: AppealFacts) -> str:
    if stage == "made":
        return say("Written and signed. It leaves as soon as there is a connection.")
    if stage == "sent":
        return say("The platform has it and asks other verifiers.")
    if stage == "judging":
        return say(
            "Other verifiers judge it again, until {time} at the latest.", time=clock_time(facts.decided_by)
        )
    if stage == "won":
        return say("Won: your answer is accepted.")
    if stage == "lost":
        return say("Lost: other verifiers rejected it too.")
    if stage == "late":
        return say("The platform did not take it. What you gave up for it is yours again.")
    return ""


_NOTHING = AppealFacts("", False, "", 0, 0, 0, ZERO, ZERO, ZERO, ZERO, False, ZERO)


class AppealViewModel(ViewModel):
    """The page of one appeal; what is written on it stays until it is sent, also when the page is left."""

    topics = frozenset({Topic.OUTBOX, Topic.WORK, Topic.EARNINGS})
    changed = Signal()
    closed = Signal()

    open = prop(bool, "open", changed)
    ready = prop(bool, "ready", changed)
    heading = prop(str, "heading", changed)
    reason = prop(str, "reason", changed)
    note = prop(str, "note", changed)
    stage = prop(str, "stage", changed)
    stageText = prop(str, "stageText", changed)
    endText = prop(str, "endText", changed)
    step = prop(int, "step", changed)
    whyNot = prop(str, "whyNot", changed)
    deciders = prop(str, "deciders", changed)
    untilText = prop(str, "untilText", changed)
    decidedBy = prop(str, "decidedBy", changed)
    bond = prop(str, "bond", changed)
    bondFree = prop(str, "bondFree", changed)
    hasBond = prop(bool, "hasBond", changed)
    loses = prop(str, "loses", changed)
    losesText = prop(str, "losesText", changed)
    wins = prop(str, "wins", changed)
    winsText = prop(str, "winsText", changed)
    givesUpRedo = prop(bool, "givesUpRedo", changed)
    redoText = prop(str, "redoText", changed)
    canRedo = prop(bool, "canRedo", changed)
    mine = prop(str, "mine", changed)
    writing = prop(bool, "writing", changed)
    longest = Property(int, lambda self: MAX_REASON, constant=True)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._inputs = AppealInputs()
        self._drafts: dict[str, str] = {}
        self.show(derive(self._inputs))

    def look(self, item_id: str, title: str, place: str, reason: str, note: str, redo_id: str) -> None:
        """Open the page of one rejected task; `redo_id` is its second try, if there is one."""
        self.fail(None)
        self._inputs = AppealInputs(item_id, title, place, reason, note, redo_id)
        self.show(derive(self._inputs))
        self.reload()

    async def refresh(self) -> None:
        """Ask again what the appeal means, or where it is."""
        item_id = self._inputs.item_id
        if item_id:
            facts = await self.session.work.appeal_offer(item_id)
            if self._inputs.item_id == item_id:
                self._put(replace(self._inputs, facts=facts))

    def _put(self, inputs: AppealInputs) -> None:
        self._inputs = inputs
        self.show(derive(inputs))

    @Slot(result=str)
    def draft(self) -> str:
        """What was written so far."""
        return self._drafts.get(self._inputs.item_id, "")

    @Slot(str)
    def keepDraft(self, text: str) -> None:
        """Remember what is being written."""
        if self._inputs.item_id:
            self._drafts[self._inputs.item_id] = text[:MAX_REASON]

    @Slot(str)
    def appeal(self, reason: str) -> None:
        """Sign the appeal with this reason; it leaves with the next connection."""
        inputs = self._inputs
        if (
            inputs.facts is not None
            and self._props.stage == "write"
            and not inputs.writing
            and reason.strip()
        ):
            self.fail(None)
            self._put(replace(inputs, writing=True))
            self.start(self._appeal(inputs.item_id, reason.strip()[:MAX_REASON]))

    async def _appeal(self, item_id: str, reason: str) -> None:
        try:
            await self.session.work.appeal(item_id, reason)
            self._drafts.pop(item_id, None)
        finally:
            self._put(replace(self._inputs, writing=False))
        await self.refresh()

    @Slot(result=str)
    def redoId(self) -> str:
        """The second try that can be done instead; empty for none."""
        return self._inputs.redo_id

    @Slot()
    def leave(self) -> None:
        """Close the page."""
        self.fail(None)
        self._put(AppealInputs())
        self.closed.emit()
