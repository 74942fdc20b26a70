# SPDX-License-Identifier: Apache-2.0
"""Judging other people's answers with single keys; who wrote them is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.answers import module_of
from gems_desktop.services.facts import Connection, ReviewFacts, ReviewQueueFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, problem_of, prop
from gems_desktop.viewmodels.reasons import REASONS, reason_text
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task import Pictures, TaskViewModel
from gems_desktop.viewmodels.words import gem, say
from gems_protocol.modules import ConfigRefused

USUAL_BATCH = 10
MAX_NOTE = 500  # characters: a remark, not an essay


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One coded reason with its digit."""

    code: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class ReviewInputs:
    """What the screen is made from."""

    ready: bool = False
    queue: ReviewQueueFacts | None = None
    facts: ReviewFacts | None = None
    shown: bool = False
    rejecting: bool = False
    reason: str = ""
    reason_missing: bool = False
    fetching: bool = False
    sending: bool = False
    offline: bool = False
    broken: bool = False
    made: int = 0  # decisions of this sitting, skips too


@dataclass(frozen=True, slots=True)
class ReviewProps:
    """What the screen shows."""

    stage: str  # loading | review | seal | take | notYet
    itemId: str
    title: str
    instructions: str
    positionText: str
    progress: float
    reward: str
    stake: str
    dueAt: int
    shown: bool
    rejecting: bool
    reason: str
    reasonMissing: bool
    note: str
    verdictText: str
    decided: int
    queued: int
    canUndo: bool
    available: bool
    whyNot: str
    practice: bool
    fetching: bool
    sending: bool
    offline: bool
    broken: bool


def stage_of(inputs: ReviewInputs) -> str:
    """Which face the screen has."""
    if not inputs.ready or inputs.queue is None:
        return "loading"
    if inputs.facts is not None:
        return "review"
    if inputs.queue.decided:
        return "seal"
    return "take" if inputs.queue.eligible else "notYet"


def derive(inputs: ReviewInputs) -> ReviewProps:
    """The screen's words and numbers."""
    facts, queue = inputs.facts, inputs.queue
    return ReviewProps(
        stage=stage_of(inputs),
        itemId=facts.item_id if facts else "",
        title=facts.campaign_title if facts else "",
        instructions=facts.instructions if facts else "",
        positionText=say("{n} of {total}", n=facts.position, total=facts.batch_size) if facts else "",
        progress=(facts.position - 1) / facts.batch_size if facts and facts.batch_size else 0.0,
        reward=gem(facts.reward) if facts else "",
        stake=gem(facts.stake) if facts else "",
        dueAt=facts.due_at if facts else 0,
        shown=inputs.shown,
        rejecting=inputs.rejecting,
        reason=inputs.reason,
        reasonMissing=inputs.reason_missing,
        note=facts.note if facts else "",
        verdictText=_verdict_text(facts) if facts else "",
        decided=queue.decided if queue else 0,
        queued=queue.queued if queue else 0,
        canUndo=inputs.made > 0 or bool(queue and queue.decided),
        available=bool(queue and queue.available),
        whyNot=queue.why_not if queue else "",
        practice=bool(queue and queue.practice),
        fetching=inputs.fetching,
        sending=inputs.sending,
        offline=inputs.offline,
        broken=inputs.broken,
    )


def _verdict_text(facts: ReviewFacts) -> str:
    """What was decided before, when a decision was taken back to be made anew."""
    if facts.verdict == "accept":
        return say("You had accepted this answer.")
    if facts.verdict == "reject":
        return say("You had rejected this answer: {reason}", reason=reason_text(facts.reason))
    return say("You had skipped this answer.") if facts.verdict == "skip" else ""


class ReviewViewModel(ViewModel):
    """Review. `task` shows the answer read-only; a verdict counts only after `itemShown`."""

    topics = frozenset({Topic.REVIEW, Topic.TRUST, Topic.CONNECTION})
    changed = Signal()
    taskChanged = Signal()

    stage = prop(str, "stage", changed)
    itemId = prop(str, "itemId", changed)
    title = prop(str, "title", changed)
    instructions = prop(str, "instructions", changed)
    positionText = prop(str, "positionText", changed)
    progress = prop(float, "progress", changed)
    reward = prop(str, "reward", changed)
    stake = prop(str, "stake", changed)
    dueAt = prop(int, "dueAt", changed)
    shown = prop(bool, "shown", changed)
    rejecting = prop(bool, "rejecting", changed)
    reason = prop(str, "reason", changed)
    reasonMissing = prop(bool, "reasonMissing", changed)
    note = prop(str, "note", changed)
    verdictText = prop(str, "verdictText", changed)
    decided = prop(int, "decided", changed)
    queued = prop(int, "queued", changed)
    canUndo = prop(bool, "canUndo", changed)
    available = prop(bool, "available", changed)
    whyNot = prop(str, "whyNot", changed)
    practice = prop(bool, "practice", changed)
    fetching = prop(bool, "fetching", changed)
    sending = prop(bool, "sending", changed)
    offline = prop(bool, "offline", changed)
    broken = prop(bool, "broken", changed)

    def __init__(self, session: Session, images: Pictures, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._images = images
        self._inputs = ReviewInputs()
        self._task: TaskViewModel | None = None
        self._deciding = False
        self._reasons = RowsModel(ReasonRow, self)
        self._reasons.replace(
            [ReasonRow(code, reason_text(code), str(at + 1)) for at, code in enumerate(REASONS)]
        )
        self.show(derive(self._inputs))

    def _task_object(self) -> QObject | None:
        return self._task

    def _reasons_model(self) -> QObject:
        return self._reasons

    task = Property(QObject, _task_object, notify=taskChanged)
    reasons = Property(QObject, _reasons_model, constant=True)

    async def refresh(self) -> None:
        """Look at the queue; go on with the next submission unless one is on the screen."""
        queue = await self.session.review.queue()
        link = await self.session.sync.facts()
        if self._inputs.facts is None and not self._deciding:
            self._open(await self.session.review.current())
        self._put(queue=queue, offline=link.connection is Connection.OFFLINE, ready=True)

    def _put(self, **values: Any) -> None:
        known = {name: getattr(self._inputs, name) for name in ReviewInputs.__dataclass_fields__}
        self._inputs = ReviewInputs(**{**known, **values})
        self.show(derive(self._inputs))

    def _open(self, facts: ReviewFacts | None) -> None:
        """Put a submission on the screen; nothing can be decided before it was seen."""
        reason = facts.reason if facts and facts.verdict == "reject" else ""
        self._put(
            facts=facts,
            shown=False,
            broken=False,
            rejecting=bool(reason),
            reason=reason,
            reason_missing=False,
        )
        if facts is not None:
            try:
                self._show_task(facts)
            except ConfigRefused as refused:
                # it can be skipped without having been seen
                self._put(broken=True)
                self.fail(problem_of(refused))

    def _show_task(self, facts: ReviewFacts) -> None:
        module = module_of(facts.config)
        if self._task is not None:
            self._task.open(module, facts.data, facts.answer, read_only=True)
            return
        self._task = TaskViewModel(
            module, facts.data, facts.answer, self._images, read_only=True, parent=self
        )
        self.taskChanged.emit()

    @Slot(str)
    def itemShown(self, item_id: str) -> None:
        """The submission with this id is on the screen, its pictures too."""
        if self._inputs.facts is not None and self._inputs.facts.item_id == item_id:
            self._put(shown=True)

    def _may_decide(self) -> bool:
        return self._inputs.facts is not None and self._inputs.shown and not self._deciding

    def _decide(self, verdict: str, reason: str = "", note: str = "") -> None:
        facts = self._inputs.facts
        if facts is not None:
            self._deciding = True
            self._put(shown=False, rejecting=False, reason_missing=False)
            self.start(self._decided(facts.item_id, verdict, reason, note))

    async def _decided(self, item_id: str, verdict: str, reason: str, note: str) -> None:
        done = False
        try:
            following = await self.session.review.decide(item_id, verdict, reason, note)
            queue = await self.session.review.queue()
            done = True
        finally:
            self._deciding = False
            if not done:
                self._put(shown=True)
        self._open(following)
        self._put(queue=queue, made=self._inputs.made + 1)

    @Slot()
    def accept(self) -> None:
        """The answer is right."""
        if self._may_decide():
            self._decide("accept")

    @Slot()
    def skip(self) -> None:
        """I do not judge this one."""
        if self._may_decide() or (self._inputs.broken and not self._deciding):
            self._decide("skip")

    @Slot()
    def beginReject(self) -> None:
        """Ask for the reason."""
        if self._may_decide():
            self._put(rejecting=True, reason_missing=False)

    @Slot()
    def cancelReject(self) -> None:
        """No rejection after all."""
        self._put(rejecting=False, reason="", reason_missing=False)

    @Slot(str)
    def chooseReason(self, code: str) -> None:
        """Take one of the coded reasons."""
        if self._inputs.rejecting and code in REASONS:
            self._put(reason=code, reason_missing=False)

    @Slot(str)
    def reject(self, note: str) -> None:
        """The answer is wrong, for the chosen reason; without a reason it says so instead."""
        if not self._may_decide() or not self._inputs.rejecting:
            return
        if not self._inputs.reason:
            self._put(reason_missing=True)
            return
        self._decide("reject", self._inputs.reason, note.strip()[:MAX_NOTE])

    @Slot()
    def undo(self) -> None:
        """Take back the last verdict that has not been sealed."""
        if self._props.canUndo and not self._deciding:
            self._deciding = True
            self.start(self._undo())

    async def _undo(self) -> None:
        try:
            facts = await self.session.review.undo()
            queue = await self.session.review.queue()
        finally:
            self._deciding = False
        if facts is not None:
            self._open(facts)
        self._put(queue=queue, made=max(0, self._inputs.made - 1))

    @Slot()
    def take(self) -> None:
        """Lease reviews."""
        if not self._inputs.fetching:
            self.fail(None)
            self._put(fetching=True)
            self.start(self._take())

    async def _take(self) -> None:
        try:
            await self.session.sync.fetch_reviews(USUAL_BATCH)
        finally:
            self._put(fetching=False)
        await self.refresh()

    @Slot()
    def sealAndSend(self) -> None:
        """Sign the verdicts and send them; offline they stay sealed until there is a connection."""
        if not self._inputs.sending:
            self.fail(None)
            self._put(sending=True)
            self.start(self._seal_and_send())

    async def _seal_and_send(self) -> None:
        try:
            await self.session.review.seal()
            self._put(made=0)
            if not self._inputs.offline:
                await self.session.sync.flush()
        finally:
            self._put(sending=False)
            await self.refresh()
