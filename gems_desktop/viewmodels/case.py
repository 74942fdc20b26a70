# SPDX-License-Identifier: Apache-2.0
"""One case: what the contract would pay, who brings it, what everybody sees then, and where it stands on chain."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_case import CaseFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import beside, clock_time, duration, gem, say

SUFFIX = ".gems-case"
_ENDED = ("PAID", "TURNED", "ANSWERED", "LATE")


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """What the page is made from; the first three stand in the outbox's row."""

    item_id: str = ""
    title: str = ""
    place: str = ""
    facts: CaseFacts | None = None
    writing: bool = False


@dataclass(frozen=True, slots=True)
class CaseProps:
    """What the page shows."""

    open: bool
    ready: bool
    heading: str
    why: str
    none: str
    pays: str
    by: str
    waits: str
    stage: str  # "" | EARLY | BRING | WAITS | APPEALED | FINISH | PAID | TURNED | ANSWERED | LATE
    stageText: str
    saved: str
    canSave: bool
    writing: bool


def derive(inputs: CaseInputs) -> CaseProps:
    """The page's words and numbers."""
    facts = inputs.facts or CaseFacts("")
    possible = inputs.facts is not None and bool(facts.kind)
    return CaseProps(
        open=bool(inputs.item_id),
        ready=inputs.facts is not None,
        heading=beside(inputs.title, inputs.place),
        why=_why(facts.kind) if possible else "",
        none=_none(inputs.facts),
        pays=gem(facts.pays) if possible else "",
        by=clock_time(facts.by),
        waits=duration(facts.window_s) if facts.window_s else "",
        stage=facts.stage,
        stageText=_stage(facts) if possible else "",
        saved=clock_time(facts.saved_at),
        canSave=possible and not inputs.writing and facts.stage not in _ENDED,
        writing=inputs.writing,
    )


def _none(facts: CaseFacts | None) -> str:
    if facts is None or facts.kind:
        return ""
    return say(
        "There is nothing here that the contract would pay: it is paid, or the platform still has time."
    )


def _why(kind: str) -> str:
    if kind == "claim":
        return say(
            "Verifiers have judged it, and the platform has not paid you. The contract can pay you from the "
            "campaign's escrow."
        )
    if kind == "silent":
        return say(
            "The platform has signed that it got your work, and has brought no verdict about it. The contract can "
            "pay you from the platform's collateral."
        )
    return say(
        "The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; "
        "if no verdict follows, the contract can pay you from the platform's collateral."
    )


def _stage(facts: CaseFacts) -> str:
    until = clock_time(facts.until)
    match facts.stage:
        case "EARLY":
            return say("The platform still has time, until {time}. After that it can be brought.", time=until)
        case "BRING":
            return say("It is not on the chain yet. It can be brought now.")
        case "WAITS":
            return say("It is on the chain. The contract can pay after {time}.", time=until)
        case "APPEALED":
            return say(
                "It is on the chain and somebody has appealed: it is judged again until {time}.", time=until
            )
        case "FINISH":
            return say("The waiting is over. The contract pays as soon as anybody asks it to.")
        case "PAID":
            return say("The contract has paid it into your wallet.")
        case "TURNED":
            return say("Another verdict stands on the chain, so this case pays nothing.")
        case "ANSWERED":
            return say("The platform has shown the chain that it owes nothing for this work.")
        case "LATE":
            return say("It was not shown to the chain in time, so the contract cannot pay it.")
    return say("The chain cannot be asked at the moment.")


class CaseViewModel(ViewModel):
    """The page of one case."""

    topics = frozenset({Topic.OUTBOX, Topic.EARNINGS})
    changed = Signal()
    closed = Signal()
    said = Signal(str, str)

    open = prop(bool, "open", changed)
    ready = prop(bool, "ready", changed)
    heading = prop(str, "heading", changed)
    why = prop(str, "why", changed)
    none = prop(str, "none", changed)
    pays = prop(str, "pays", changed)
    by = prop(str, "by", changed)
    waits = prop(str, "waits", changed)
    stage = prop(str, "stage", changed)
    stageText = prop(str, "stageText", changed)
    saved = prop(str, "saved", changed)
    canSave = prop(bool, "canSave", changed)
    writing = prop(bool, "writing", changed)

    def __init__(self, session: Session, folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._folder = folder
        self._inputs = CaseInputs()
        self.show(derive(self._inputs))

    def look(self, item_id: str, title: str, place: str) -> None:
        """Open the page of one item."""
        self.fail(None)
        self._put(CaseInputs(item_id, title, place))
        self.reload()

    async def refresh(self) -> None:
        """Ask again what it is and where it stands."""
        item_id = self._inputs.item_id
        if item_id:
            facts = await self.session.cases.facts(item_id)
            if self._inputs.item_id == item_id:
                self._put(replace(self._inputs, facts=facts))

    def _put(self, inputs: CaseInputs) -> None:
        self._inputs = inputs
        self.show(derive(inputs))

    @Slot()
    def save(self) -> None:
        """Write the case's file into the profile's folder, and say where."""
        if self._props.canSave:
            self.fail(None)
            self._put(replace(self._inputs, writing=True))
            self.start(self._save(self._inputs.item_id))

    async def _save(self, item_id: str) -> None:
        name = f"case-{item_id.removeprefix('0x')[:12]}{SUFFIX}"
        path = f"{self._folder}/{name}" if self._folder else name
        try:
            await self.session.cases.write(item_id, path)
        finally:
            self._put(replace(self._inputs, writing=False))
        self.said.emit(say("The case was written to {path}", path=path), "good")
        await self.refresh()

    @Slot()
    def leave(self) -> None:
        """Close the page."""
        self.fail(None)
        self._put(CaseInputs())
        self.closed.emit()
