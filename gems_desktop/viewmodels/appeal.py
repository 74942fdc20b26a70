# SPDX-License-Identifier: Apache-2.0
"""The page of one judged task: its way as a conversation, what happens next, and an appeal that is written offline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from gems_desktop.services.facts import AppealFacts, Topic
from gems_desktop.services.facts_story import StoryFacts
from gems_desktop.services.problem import problem_of
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.ahead import Ahead, Open, ahead, deciders
from gems_desktop.viewmodels.appeal_words import end_text, loses_text, redo_text, stage_text, wins_text
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.story import Message, Verdict, messages
from gems_desktop.viewmodels.words import beside, clock_time, gem, say, sentence
from gems_protocol.amount import ZERO
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.viewmodels.outbox_row import OutboxRow

MAX_REASON = 500  # characters, as the platform takes them
KEEP_MS = 400  # so long after the last letter it is written to disk
EVIDENCE_SUFFIX = ".evidence.json"
#: How many of the steps made, sent, judged and decided are behind.
_STEPS = {"made": 1, "sent": 2, "judging": 2, "won": 4, "lost": 4, "late": 4}


@dataclass(frozen=True, slots=True)
class AppealInputs:
    """What the page is made from."""

    item_id: str = ""
    row: OutboxRow | None = None
    facts: AppealFacts | None = None
    story: StoryFacts | None = None
    standing: bool = False  # the rejection is being let stand, and that can still be taken back
    writing: bool = False  # the appeal is being signed


@dataclass(frozen=True, slots=True)
class AppealProps:
    """What the page shows."""

    open: bool
    ready: bool
    heading: str
    stateText: str
    stateIcon: str
    tone: str
    stage: str  # write | stand | closed | made | sent | judging | won | lost | late
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
    writing: bool
    nextText: str
    nextWhom: str
    nextUntil: int
    redoCost: str
    appealCost: str
    standCost: str
    caseCost: str
    primary: str
    canExport: bool


def stage_of(facts: AppealFacts, *, standing: bool = False) -> str:
    """Which face the page has."""
    if standing:
        return "stand"
    if facts.state not in ("", "open"):
        return facts.state
    return "write" if facts.possible else "closed"


def derive(inputs: AppealInputs) -> AppealProps:
    """The page's words and numbers."""
    facts = inputs.facts or _NOTHING
    stage = stage_of(facts, standing=inputs.standing)
    row = inputs.row
    place = row.place if row is not None else ""
    title = row.title if row is not None else ""
    redo_id = row.redoId if row is not None else ""
    then = ahead(inputs.facts, stage, _open(row, inputs.standing))
    return AppealProps(
        open=bool(inputs.item_id),
        ready=inputs.facts is not None,
        heading=beside(title, place),
        stateText=row.stateText if row is not None else "",
        stateIcon=row.stateIcon if row is not None else "",
        tone=row.tone if row is not None else "",
        stage=stage,
        stageText=stage_text(stage, facts),
        step=_STEPS.get(stage, 0),
        whyNot=sentence(facts.why_not) if stage == "closed" and _asks(row) else "",
        deciders=deciders(facts.verifiers),
        untilText=clock_time(facts.until),
        decidedBy=clock_time(facts.decided_by),
        bond=gem(facts.bond),
        bondFree=gem(facts.bond_free),
        hasBond=facts.bond > ZERO,
        loses=gem(facts.loses),
        losesText=loses_text(facts, stage),
        endText=end_text(stage, facts),
        wins=gem(facts.wins),
        winsText=wins_text(facts),
        givesUpRedo=facts.gives_up_redo and stage == "write",
        redoText=redo_text(facts) if stage == "write" else "",
        canRedo=bool(redo_id) and stage in ("write", "closed", "late"),
        writing=inputs.writing,
        canExport=inputs.story is not None and inputs.story.exportable,
        **_next(then),
    )


def _next(then: Ahead) -> dict[str, Any]:
    return {
        "nextText": then.what,
        "nextWhom": then.whom,
        "nextUntil": then.until,
        "redoCost": then.redoCost,
        "appealCost": then.appealCost,
        "standCost": then.standCost,
        "caseCost": then.caseCost,
        "primary": then.primary,
    }


def _open(row: OutboxRow | None, standing: bool) -> Open:
    if row is None:
        return Open()
    return Open(row.canRedo, row.redoUntil, row.standText, row.canCase, row.next, standing)


def _asks(row: OutboxRow | None) -> bool:
    """Whether somebody may ask why this cannot be appealed."""
    return row is None or (row.rejected and not row.final)


def thread(inputs: AppealInputs) -> tuple[Message, ...]:
    """The conversation; empty while nothing was read."""
    row, facts = inputs.row, inputs.facts
    return () if inputs.story is None or row is None else messages(inputs.story, _verdict(row, facts))


def _verdict(row: OutboxRow, facts: AppealFacts | None) -> Verdict:
    state = facts.state if facts is not None else ""
    return Verdict(
        accepted=row.accepted,
        rejected=row.rejected,
        final=row.final,
        reason=row.reason,
        note=row.note,
        mark=row.markText,
        appeal=state,
        appeal_reason=facts.reason if facts is not None else "",
        by_requester=row.byRequester,
        dispute=row.dispute if row.byRequester else "",
        case_saved=row.caseSaved,
    )


_NOTHING = AppealFacts("", False, "", 0, 0, 0, ZERO, ZERO, ZERO, ZERO, False, ZERO)


class AppealViewModel(ViewModel):
    """The page of one appeal; what is written on it stays until it is sent, also when the page is left."""

    topics = frozenset({Topic.OUTBOX, Topic.WORK, Topic.EARNINGS})
    changed = Signal()
    closed = Signal()
    said = Signal(str, str)

    open = prop(bool, "open", changed)
    ready = prop(bool, "ready", changed)
    heading = prop(str, "heading", changed)
    stateText = prop(str, "stateText", changed)
    stateIcon = prop(str, "stateIcon", changed)
    tone = prop(str, "tone", changed)
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
    writing = prop(bool, "writing", changed)
    nextText = prop(str, "nextText", changed)
    nextWhom = prop(str, "nextWhom", changed)
    nextUntil = prop(float, "nextUntil", changed)
    redoCost = prop(str, "redoCost", changed)
    appealCost = prop(str, "appealCost", changed)
    standCost = prop(str, "standCost", changed)
    caseCost = prop(str, "caseCost", changed)
    primary = prop(str, "primary", changed)
    canExport = prop(bool, "canExport", changed)
    longest = Property(int, lambda self: MAX_REASON, constant=True)

    def __init__(self, session: Session, folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._folder = folder
        self._inputs = AppealInputs()
        self._thread = RowsModel(Message, self)
        self._unkept: tuple[str, str] | None = None  # what is written and not yet on disk, of which task
        self._typed: dict[str, str] = {}  # what was written in this run, by task
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep_soon.timeout.connect(self._keep_now)
        self.show(derive(self._inputs))

    messages = Property(QObject, lambda self: self._thread, constant=True)

    itemId = Property(str, lambda self: self._inputs.item_id, notify=changed)

    @property
    def item_id(self) -> str:
        """The task whose page is open, or ""."""
        return self._inputs.item_id

    def look(self, row: OutboxRow, *, standing: bool = False) -> None:
        """Open the page of one judged task of the outbox."""
        self.fail(None)
        self._put(AppealInputs(row.itemId, row, standing=standing))
        self.reload()

    def follow(self, row: OutboxRow, *, standing: bool) -> None:
        """The row of the open page was read again."""
        if row.itemId == self._inputs.item_id:
            self._put(replace(self._inputs, row=row, standing=standing))

    async def refresh(self) -> None:
        """Ask again what has happened, what an appeal means, or where it is."""
        item_id = self._inputs.item_id
        if item_id:
            story = await self.session.work.story(item_id)
            facts = await self.session.work.appeal_offer(item_id)
            if self._inputs.item_id == item_id:
                self._typed.setdefault(item_id, facts.draft)
                self._put(replace(self._inputs, facts=facts, story=story))

    def _put(self, inputs: AppealInputs) -> None:
        self._inputs = inputs
        self._thread.replace(list(thread(inputs)))
        self.show(derive(inputs))

    # --- what is written, kept on disk while it is written -------------------------------------------------
    @Slot(result=str)
    def draft(self) -> str:
        """What was written so far, in this run or before."""
        return self._typed.get(self._inputs.item_id, "")

    @Slot(str)
    def keepDraft(self, text: str) -> None:
        """Keep what is being written; it is on disk a moment later."""
        item_id = self._inputs.item_id
        if item_id and self._props.stage == "write" and text[:MAX_REASON] != self._typed.get(item_id, ""):
            self._typed[item_id] = text[:MAX_REASON]
            self._unkept = item_id, self._typed[item_id]
            self._keep_soon.start()

    def _keep_now(self) -> None:
        if self._unkept is not None:
            self.start(self._keep())

    async def _keep(self) -> None:
        self._keep_soon.stop()
        unkept, self._unkept = self._unkept, None
        if unkept is not None:
            await self.session.work.keep_appeal_draft(*unkept)

    async def settle(self) -> None:
        """Write down what is being written, before the window closes."""
        try:
            await self._keep()
        except GemsError as error:
            self.fail(problem_of(error))

    @Slot(str)
    def appeal(self, reason: str) -> None:
        """Sign the appeal with this reason; it leaves with the next connection."""
        inputs = self._inputs
        may = inputs.facts is not None and self._props.stage == "write" and not inputs.writing
        if may and reason.strip():
            self.fail(None)
            self._put(replace(inputs, writing=True))
            self.start(self._appeal(inputs.item_id, reason.strip()[:MAX_REASON]))

    async def _appeal(self, item_id: str, reason: str) -> None:
        try:
            await self._keep()  # not after it: the draft stands where the signed reason will stand
            await self.session.work.appeal(item_id, reason)
            self._typed.pop(item_id, None)
        finally:
            self._put(replace(self._inputs, writing=False))
        await self.refresh()

    @Slot()
    def exportEvidence(self) -> None:
        """Write the verdict's whole evidence to a file that anybody can check."""
        if self._props.canExport:
            self.fail(None)
            self.start(self._export(self._inputs.item_id))

    async def _export(self, item_id: str) -> None:
        name = f"verdict-{item_id.removeprefix('0x')[:12]}{EVIDENCE_SUFFIX}"
        path = f"{self._folder}/{name}" if self._folder else name
        await self.session.trust.export_evidence(item_id, path)
        self.said.emit(say("The evidence was written to {path}", path=path), "good")

    @Slot(result=str)
    def redoId(self) -> str:
        """The second try that can be done instead; empty for none."""
        return self._inputs.row.redoId if self._inputs.row is not None else ""

    @Slot()
    def leave(self) -> None:
        """Close the page."""
        self._keep_now()
        self.fail(None)
        self._put(AppealInputs())
        self.closed.emit()
