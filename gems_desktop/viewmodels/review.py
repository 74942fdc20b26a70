# SPDX-License-Identifier: Apache-2.0
"""Judging other people's answers with single keys, or blind by answering first; who wrote them is not known here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.answers import module_of
from gems_desktop.services.facts import Connection, ReviewFacts, TaskFacts, Topic
from gems_desktop.services.problem import problem_of
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.comparing import ComparingViewModel
from gems_desktop.viewmodels.drafting import Drafting
from gems_desktop.viewmodels.instruction_rows import InstructionRow, instruction_rows
from gems_desktop.viewmodels.keys import KeysViewModel
from gems_desktop.viewmodels.looking_ahead import LookingAhead
from gems_desktop.viewmodels.reasons import REASONS, ReasonRow, reason_rows
from gems_desktop.viewmodels.review_lease import lease
from gems_desktop.viewmodels.review_props import SKIP_KEY, ReviewInputs, derive
from gems_desktop.viewmodels.review_sitting import Sitting, SittingRow, Stopwatch, rows_of
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.spoken import spoken
from gems_desktop.viewmodels.task import Pictures, TaskViewModel
from gems_desktop.viewmodels.task_list import bound
from gems_desktop.viewmodels.words import say
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import ConfigRefused, parse_answer
from gems_protocol.modules.mark import Mark

MAX_NOTE = 500  # characters: a remark, not an essay


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
    dueAt = prop(float, "dueAt", changed)  # Qt's int ends in 2038
    shown = prop(bool, "shown", changed)
    rejecting = prop(bool, "rejecting", changed)
    reason = prop(str, "reason", changed)
    reasonMissing = prop(bool, "reasonMissing", changed)
    note = prop(str, "note", changed)
    markText = prop(str, "markText", changed)
    marking = prop(bool, "marking", changed)
    warning = prop(str, "warning", changed)
    veiled = prop(bool, "veiled", changed)
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
    waiting = prop(bool, "waiting", changed)
    canPause = prop(bool, "canPause", changed)
    overturnedText = prop(str, "overturnedText", changed)
    nextText = prop(str, "nextText", changed)

    def __init__(self, session: Session, images: Pictures, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._images = images
        self._inputs = ReviewInputs()
        self._watch = Stopwatch()
        self._summary = RowsModel(SittingRow, self)
        self._task: TaskViewModel | None = None
        self._deciding = False
        coming = session.review.neighbours
        self._ahead = LookingAhead(self.start, self._task_shown, coming, self)
        self._draft = Drafting(session, self.start, self._put, self._reopen)
        self._keys = KeysViewModel(session, self.start, self._task_shown, self)
        self._comparing = ComparingViewModel(self._task_shown, self)
        self._asked = RowsModel(InstructionRow, self)
        self._reasons = RowsModel(ReasonRow, self)
        self._reasons.replace(reason_rows())
        self.show(derive(self._inputs))

    def _task_shown(self) -> TaskViewModel | None:
        return self._task

    task = Property(QObject, _task_shown, notify=taskChanged)
    keys = Property(QObject, lambda self: self._keys, constant=True)
    comparing = Property(QObject, lambda self: self._comparing, constant=True)
    instructionRows = Property(QObject, lambda self: self._asked, constant=True)
    reasons = Property(QObject, lambda self: self._reasons, constant=True)
    summary = Property(QObject, lambda self: self._summary, constant=True)

    def spoken(self) -> tuple[str, str]:
        """What is read aloud, and its language as the campaign states it."""
        facts = self._inputs.facts
        if facts is None:
            return "", ""
        data = None if self._inputs.veiled else facts.data
        return spoken(facts.instructions, facts.config, data), facts.language

    async def refresh(self) -> None:
        """Look at the queue; go on with the next submission unless one is on the screen."""
        self._reasons.replace(reason_rows())  # the language may be another now
        queue = await self.session.review.queue()
        link = await self.session.sync.facts()
        if self._inputs.facts is None and not self._deciding:
            following = await self.session.review.current()
            if self._inputs.facts is None and not self._deciding:
                await self._open(following)
        trust = self._inputs.trust
        if trust is None or self._inputs.facts is None:
            trust = await self.session.trust.facts()
        self._put(queue=queue, trust=trust, offline=link.connection is Connection.OFFLINE, ready=True)

    def _put(self, **values: Any) -> None:
        known = {name: getattr(self._inputs, name) for name in ReviewInputs.__dataclass_fields__}
        self._inputs = ReviewInputs(**{**known, **values})
        self.show(derive(self._inputs))

    async def _open(self, facts: ReviewFacts | None) -> None:
        """Put a submission on the screen; nothing can be decided before it was seen."""
        self._watch.open(facts.item_id if facts is not None else "")
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
            veiled=facts is not None and facts.content_warning is not None,
            rejecting=bool(reason),
            reason=reason,
            reason_missing=False,
            skip_key=SKIP_KEY,
        )
        self._asked.replace(instruction_rows(facts.instructions) if facts is not None else [])
        if facts is not None:
            try:
                if refused is not None:
                    raise refused
                self._show_task(facts, task)
                self._ahead.after(facts.item_id)
            except (ConfigRefused, MalformedMessage) as error:
                # it can be skipped without having been seen
                self._draft.unshowable()
                self.fail(problem_of(error))
        self._draft.judge()

    def _show_task(self, facts: ReviewFacts, blind: TaskFacts | None) -> None:
        """The other's answer to look at, or an empty task to be done."""
        module = module_of(facts.config)
        data = blind.data if blind else facts.data
        answer = blind.answer if blind else parse_answer(facts.answer, bound(module, data))
        wishes = self._keys.open(blind.config, blind.wishes) if blind else {}
        if self._task is not None:
            self._task.open(module, data, answer, read_only=blind is None, wishes=wishes)
        else:
            self._task = TaskViewModel(
                module, data, answer, self._images, read_only=blind is None, wishes=wishes, parent=self
            )
            self._draft.watch(self._task)
            self._task.markChanged.connect(self._marked)
            self._ahead.watch(self._task)
            self.taskChanged.emit()
        self._task.setMark(None if blind else facts.mark)
        self._comparing.open([] if blind else list(facts.before), say("The answer before it was corrected"))
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
            self._watch.seen()
            self._put(shown=True)

    def _may_decide(self) -> bool:
        seen = self._inputs.shown and not self._inputs.veiled
        return self._inputs.facts is not None and seen and not self._deciding

    def _decide(self, verdict: str, reason: str = "", note: str = "") -> None:
        facts = self._inputs.facts
        mark = self._inputs.mark if verdict == "reject" else None
        if facts is not None:
            self._deciding = True
            self._put(shown=False, rejecting=False, reason_missing=False)
            # a draft that is still being written must be on disk before
            self._draft.do(lambda: self._decided(facts.item_id, verdict, reason, note, mark))

    async def _decided(
        self, item_id: str, verdict: str, reason: str, note: str, mark: Mark | None = None
    ) -> None:
        done = False
        decided, spent = self._inputs.facts, self._watch.millis()
        try:
            if verdict == "answer":
                following = await self.session.review.finish_blind(item_id)
            else:
                following = await self.session.review.decide(item_id, verdict, reason, note, mark)
            queue = await self.session.review.queue()
            done = True
        finally:
            self._deciding = False
            if not done:
                self._put(shown=True)
        await self._open(following)
        if decided is not None:
            self._sit(self._inputs.sitting.plus(verdict, decided.reward, spent), queue=queue)

    @Slot()
    def accept(self) -> None:
        """The answer is right."""
        if self._may_decide() and not self._props.blind:
            self._decide("accept")

    @Slot()
    def skip(self) -> None:
        """I do not judge this one."""
        free = (self._inputs.broken or self._inputs.veiled) and not self._deciding
        if self._may_decide() or (free and self._inputs.facts is not None):
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
        if self._task is not None:
            self._task.setMark(None)
        self._put(rejecting=False, reason="", reason_missing=False)

    @Slot()
    def markPlace(self) -> None:
        """Ask for the place of the fault, or end asking; the next click or Enter in the task is the place."""
        if self._task is not None and self._inputs.rejecting and self._may_decide():
            self._task.beside.ask(not self._task.beside.marking)

    @Slot()
    def clearMark(self) -> None:
        """No marked place after all."""
        if self._task is not None and self._inputs.rejecting:
            self._task.setMark(None)

    @Slot()
    def _marked(self) -> None:
        if self._task is not None:
            self._put(mark=self._task.beside.mark, marking=self._task.beside.marking)

    @Slot()
    def reveal(self) -> None:
        """Show what may disturb."""
        self._put(veiled=False)

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
        self._sit(self._inputs.sitting.undone(), queue=queue, pausing=False)

    def _sit(self, sitting: Sitting, **values: Any) -> None:
        """The summary after a decision, an undo or a seal."""
        self._summary.replace(rows_of(sitting))
        self._put(sitting=sitting, **values)

    @Slot()
    def pause(self) -> None:
        """Enough for now: show what was done and offer to seal it."""
        if self._props.canPause and not self._deciding:
            self._draft.flush()
            self._put(pausing=True)

    @Slot()
    def goOn(self) -> None:
        """Back to the item that waits."""
        self._put(pausing=False)

    @Slot(int)
    def take(self, count: int) -> None:
        """Lease so many reviews: ten to begin with, a hundred for a day without a line."""
        if not self._inputs.fetching:
            self.fail(None)
            self._put(fetching=True)
            self.start(self._take(count))

    async def _take(self, count: int) -> None:
        try:
            await lease(self.session, count)
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
            self._sit(Sitting(), pausing=False)
            if not self._inputs.offline:
                await self.session.sync.flush()
        finally:
            self._put(sending=False)
            await self.refresh()
