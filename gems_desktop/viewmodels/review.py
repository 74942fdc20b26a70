# SPDX-License-Identifier: Apache-2.0
"""Judging other people's answers with single keys, or blind by answering first; who wrote them is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.answers import module_of
from gems_desktop.services.facts import Connection, ReviewFacts, ReviewQueueFacts, TaskFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, problem_of, prop
from gems_desktop.viewmodels.drafting import Drafting, DraftInputs, saving_word
from gems_desktop.viewmodels.reasons import REASONS, reason_text
from gems_desktop.viewmodels.review_words import kind_sentence, kind_title, verdict_text
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task import Pictures, TaskViewModel
from gems_desktop.viewmodels.words import gem, say
from gems_protocol.modules import ConfigRefused

USUAL_BATCH = 10
MAX_NOTE = 500  # characters: a remark, not an essay
SKIP_KEY = "S"


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One coded reason with its digit."""

    code: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class ReviewInputs(DraftInputs):
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
    skip_key: str = SKIP_KEY
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
    blind: bool
    kindTitle: str
    kindText: str
    complete: bool
    problemsText: str
    saving: str  # "" | saving | saved | stuck
    canUndoEdit: bool
    canRedoEdit: bool
    skipKey: str  # "" when the task itself uses the key


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
        verdictText=verdict_text(facts) if facts else "",
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
        blind=bool(facts and facts.blind),
        kindTitle=kind_title(facts) if facts else "",
        kindText=kind_sentence(facts) if facts else "",
        complete=inputs.complete,
        problemsText=" · ".join(inputs.problems) if inputs.asked else "",
        saving=saving_word(inputs),
        canUndoEdit=inputs.undoable > 0,
        canRedoEdit=inputs.redoable > 0,
        skipKey=inputs.skip_key,
    )


class ReviewViewModel(ViewModel):
    """Review. `task` shows the answer read-only, or takes my own in a blind review; both count after `itemShown`."""

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
    blind = prop(bool, "blind", changed)
    kindTitle = prop(str, "kindTitle", changed)
    kindText = prop(str, "kindText", changed)
    complete = prop(bool, "complete", changed)
    problemsText = prop(str, "problemsText", changed)
    saving = prop(str, "saving", changed)
    canUndoEdit = prop(bool, "canUndoEdit", changed)
    canRedoEdit = prop(bool, "canRedoEdit", changed)
    skipKey = prop(str, "skipKey", changed)

    def __init__(self, session: Session, images: Pictures, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._images = images
        self._inputs = ReviewInputs()
        self._task: TaskViewModel | None = None
        self._deciding = False
        self._draft = Drafting(session, self.start, self._put, self._reopen)
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
            following = await self.session.review.current()
            if self._inputs.facts is None and not self._deciding:
                await self._open(following)
        self._put(queue=queue, offline=link.connection is Connection.OFFLINE, ready=True)

    def _put(self, **values: Any) -> None:
        known = {name: getattr(self._inputs, name) for name in ReviewInputs.__dataclass_fields__}
        self._inputs = ReviewInputs(**{**known, **values})
        self.show(derive(self._inputs))

    async def _open(self, facts: ReviewFacts | None) -> None:
        """Put a submission on the screen; nothing can be decided before it was seen."""
        task: TaskFacts | None = None
        refused: ConfigRefused | None = None
        if facts is not None and facts.blind:
            try:
                task = await self.session.review.open_blind(facts.item_id)
            except ConfigRefused as error:
                refused = error
        reason = facts.reason if facts and facts.verdict == "reject" else ""
        self._draft.open(task)
        self._put(
            facts=facts,
            shown=False,
            rejecting=bool(reason),
            reason=reason,
            reason_missing=False,
            skip_key=SKIP_KEY,
        )
        if facts is not None:
            try:
                if refused is not None:
                    raise refused
                self._show_task(facts, task)
            except ConfigRefused as error:
                # it can be skipped without having been seen
                self._draft.unshowable()
                self.fail(problem_of(error))
        self._draft.judge()

    def _show_task(self, facts: ReviewFacts, blind: TaskFacts | None) -> None:
        """The other's answer to look at, or an empty task to be done."""
        module = module_of(facts.config)
        data = blind.data if blind else facts.data
        answer = blind.answer if blind else facts.answer
        if self._task is not None:
            self._task.open(module, data, answer, read_only=blind is None)
        else:
            self._task = TaskViewModel(
                module, data, answer, self._images, read_only=blind is None, parent=self
            )
            self._draft.watch(self._task)
            self.taskChanged.emit()
        if blind is not None and self._task.uses(SKIP_KEY):
            self._put(skip_key="")

    async def _reopen(self) -> None:
        """Show the blind answer that is on disk, after a step that could not be done."""
        self._deciding = False
        if self._inputs.facts is not None and self._inputs.facts.blind:
            await self._open(self._inputs.facts)

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
            # a draft that is still being written must be on disk before
            self._draft.do(lambda: self._decided(facts.item_id, verdict, reason, note))

    async def _decided(self, item_id: str, verdict: str, reason: str = "", note: str = "") -> None:
        done = False
        try:
            if verdict == "answer":
                following = await self.session.review.finish_blind(item_id)
            else:
                following = await self.session.review.decide(item_id, verdict, reason, note)
            queue = await self.session.review.queue()
            done = True
        finally:
            self._deciding = False
            if not done:
                self._put(shown=True)
        await self._open(following)
        self._put(queue=queue, made=self._inputs.made + 1)

    @Slot()
    def accept(self) -> None:
        """The answer is right."""
        if self._may_decide() and not self._props.blind:
            self._decide("accept")

    @Slot()
    def skip(self) -> None:
        """I do not judge this one."""
        if self._may_decide() or (self._inputs.broken and not self._deciding):
            self._decide("skip")

    @Slot()
    def giveAnswer(self) -> None:
        """My own answer to a blind review; says what is missing when it is not complete."""
        if self._may_decide() and self._props.blind and self._draft.ready():
            self._decide("answer")

    @Slot()
    def undoEdit(self) -> None:
        """Take back the last edit of my own answer."""
        if self._props.blind and not self._deciding:
            self._draft.step(back=True)

    @Slot()
    def redoEdit(self) -> None:
        """Do again what was taken back."""
        if self._props.blind and not self._deciding:
            self._draft.step(back=False)

    @Slot()
    def retrySaving(self) -> None:
        """Try again to save what could not be saved."""
        self.fail(None)
        self._draft.retry()

    async def settle(self) -> None:
        """Send what is being typed and wait until everything is on disk; for the moment before the window closes."""
        await self._draft.settle()

    @Slot()
    def beginReject(self) -> None:
        """Ask for the reason."""
        if self._may_decide() and not self._props.blind:
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
            self._draft.flush()
            self._draft.do(self._undo)

    async def _undo(self) -> None:
        try:
            facts = await self.session.review.undo()
            queue = await self.session.review.queue()
        finally:
            self._deciding = False
        if facts is not None:
            await self._open(facts)
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
