# SPDX-License-Identifier: Apache-2.0
"""Doing tasks: one task at a time, every edit on disk before it counts as saved, then the next at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.answers import module_of
from gems_desktop.services.facts import Connection, ItemState, TaskFacts, Topic
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.problem import problem_of
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.comparing import ComparingViewModel
from gems_desktop.viewmodels.drafting import Drafting, DraftInputs, saving_word
from gems_desktop.viewmodels.instruction_rows import InstructionRow, instruction_rows
from gems_desktop.viewmodels.keys import KeysViewModel
from gems_desktop.viewmodels.looking_ahead import LookingAhead
from gems_desktop.viewmodels.mark_words import mark_text
from gems_desktop.viewmodels.pending import Pending, Step
from gems_desktop.viewmodels.reasons import reason_text
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.spoken import spoken
from gems_desktop.viewmodels.task import Pictures, TaskViewModel
from gems_desktop.viewmodels.warning_words import warning_text
from gems_desktop.viewmodels.words import gem, say
from gems_protocol.modules import ConfigRefused

_TODO = (ItemState.LEASED, ItemState.DRAFT)


@dataclass(frozen=True, slots=True)
class WorkInputs(DraftInputs):
    """What the screen is made from."""

    ready: bool = False
    facts: TaskFacts | None = None
    queue: QueueFacts = field(default_factory=QueueFacts)
    offline: bool = False
    sending: bool = False
    veiled: bool = False  # what may disturb is covered until it is asked for
    folded: bool | None = None  # the instructions, as chosen in this campaign


@dataclass(frozen=True, slots=True)
class WorkProps:
    """What the screen shows."""

    stage: str  # loading | task | seal | sent | empty
    itemId: str
    title: str
    campaignId: str
    instructions: str
    folded: int
    positionText: str
    progress: float
    reward: str
    dueAt: int
    redoReason: str
    redoNote: str
    redoMark: str
    warning: str
    veiled: bool
    saving: str  # "" | saving | saved | stuck
    complete: bool
    problemsText: str
    finished: int
    finishedReward: str
    unsent: int
    offline: bool
    sending: bool
    broken: bool
    correction: bool
    canUndo: bool
    canRedo: bool
    sentText: str = ""  # what became of the work that has left; empty for who never sent any


def stage_of(inputs: WorkInputs) -> str:
    """Which face the screen has."""
    if not inputs.ready:
        return "loading"
    if inputs.facts is not None:
        return "task"
    if inputs.queue.finished:
        return "seal"
    return "sent" if inputs.queue.sealed else "empty"


def derive(inputs: WorkInputs) -> WorkProps:
    """The screen's words and numbers."""
    facts = inputs.facts
    return WorkProps(
        stage=stage_of(inputs),
        itemId=facts.item_id if facts else "",
        title=facts.campaign_title if facts else "",
        campaignId=facts.campaign_id if facts else "",
        instructions=facts.instructions if facts else "",
        folded=-1 if inputs.folded is None else int(inputs.folded),
        positionText=say("{n} of {total}", n=facts.position, total=facts.batch_size) if facts else "",
        progress=facts.done_in_batch / facts.batch_size if facts and facts.batch_size else 0.0,
        reward=gem(facts.reward) if facts else "",
        dueAt=facts.due_at if facts else 0,
        redoReason=reason_text(facts.redo_reason) if facts else "",
        redoNote=facts.redo_note if facts else "",
        redoMark=mark_text(facts.redo_mark) if facts else "",
        warning=warning_text(facts.content_warning) if facts else "",
        veiled=inputs.veiled,
        saving=saving_word(inputs),
        complete=inputs.complete,
        problemsText=" · ".join(inputs.problems) if inputs.asked else "",
        finished=inputs.queue.finished,
        finishedReward=gem(inputs.queue.finished_reward),
        unsent=inputs.queue.sealed,
        offline=inputs.offline,
        sending=inputs.sending,
        broken=inputs.broken,
        correction=bool(facts and facts.redo_reason),
        canUndo=inputs.undoable > 0,
        canRedo=inputs.redoable > 0,
        sentText=sent_text(inputs.queue),
    )


def sent_text(queue: QueueFacts) -> str:
    """What became of the work that has left this computer."""
    if queue.judging:
        return say("Everything is sent; {n} waiting for a verdict", n=queue.judging)
    return say("Everything is sent and judged") if queue.done else ""


class WorkViewModel(ViewModel):
    """Work. `task` is the open task's own view model, or None; `images` decodes the next tasks' pictures ahead."""

    topics = frozenset({Topic.WORK, Topic.OUTBOX, Topic.CONNECTION})
    changed = Signal()
    taskChanged = Signal()

    stage = prop(str, "stage", changed)
    itemId = prop(str, "itemId", changed)
    title = prop(str, "title", changed)
    campaignId = prop(str, "campaignId", changed)
    instructions = prop(str, "instructions", changed)
    folded = prop(int, "folded", changed)  # 1 yes, 0 no, -1 never touched
    positionText = prop(str, "positionText", changed)
    progress = prop(float, "progress", changed)
    reward = prop(str, "reward", changed)
    dueAt = prop(float, "dueAt", changed)  # Qt's int ends in 2038
    redoReason = prop(str, "redoReason", changed)
    redoNote = prop(str, "redoNote", changed)
    redoMark = prop(str, "redoMark", changed)
    warning = prop(str, "warning", changed)
    veiled = prop(bool, "veiled", changed)
    saving = prop(str, "saving", changed)
    complete = prop(bool, "complete", changed)
    problemsText = prop(str, "problemsText", changed)
    finished = prop(int, "finished", changed)
    finishedReward = prop(str, "finishedReward", changed)
    unsent = prop(int, "unsent", changed)
    offline = prop(bool, "offline", changed)
    sending = prop(bool, "sending", changed)
    sentText = prop(str, "sentText", changed)
    broken = prop(bool, "broken", changed)
    correction = prop(bool, "correction", changed)
    canUndo = prop(bool, "canUndo", changed)
    canRedo = prop(bool, "canRedo", changed)

    def __init__(self, session: Session, images: Pictures, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._images = images
        self._inputs = WorkInputs()
        self.pending = Pending(self)
        self._task: TaskViewModel | None = None
        coming = session.work.neighbours
        self._ahead = LookingAhead(self.start, self._task_shown, coming, self)
        self._draft = Drafting(session, self.start, self._put, self._reopen)
        self._keys = KeysViewModel(session, self.start, self._task_shown, self)
        self._comparing = ComparingViewModel(self._task_shown, self)
        self._asked = RowsModel(InstructionRow, self)
        self.show(derive(self._inputs))

    def _task_shown(self) -> TaskViewModel | None:
        return self._task

    task = Property(QObject, _task_shown, notify=taskChanged)
    keys = Property(QObject, lambda self: self._keys, constant=True)
    comparing = Property(QObject, lambda self: self._comparing, constant=True)
    instructionRows = Property(QObject, lambda self: self._asked, constant=True)

    def spoken(self) -> tuple[str, str]:
        """What is read aloud, and its language as the campaign states it."""
        facts = self._inputs.facts
        if facts is None:
            return "", ""
        data = None if self._inputs.veiled else facts.data
        return spoken(facts.instructions, facts.config, data), facts.language

    # --- reading -----------------------------------------------------------------------------------------
    async def refresh(self) -> None:
        """Go on with the open task if it is still mine to do, else with the next."""
        queue = await self.session.work.queue()
        link = await self.session.sync.facts()
        self._put(queue=queue, offline=link.connection is Connection.OFFLINE)
        if self._draft.idle and not await self._holds():
            following = await self._next()
            # a certain task may have been opened meanwhile
            if self._draft.idle and not await self._holds():
                self._open(following)
        elif self._draft.idle and self._task is not None and self._task.property("pictureProblem"):
            await self._reopen()  # its file may have come meanwhile
        self._put(ready=True)

    async def _holds(self) -> bool:
        """Whether the open task is still to be done."""
        facts = self._inputs.facts
        return facts is not None and await self.session.work.state(facts.item_id) in _TODO

    async def _next(self) -> TaskFacts | None:
        return await self._but_given_back(await self.session.work.current())

    async def _but_given_back(self, facts: TaskFacts | None) -> TaskFacts | None:
        """The task to go on with; not the one that is being given back."""
        if facts is None or facts.item_id not in self.pending.keys:
            return facts
        others = await self.session.work.neighbours(facts.item_id)
        return next((other for other in others if other.item_id not in self.pending.keys), None)

    def _on_topics(self, touched: frozenset[Topic]) -> None:
        # What this screen's own edits touch changes nothing else on it.
        if touched & self.topics and not (touched == {Topic.WORK} and self._draft.running):
            self.reload()

    def _put(self, **values: Any) -> None:
        known = {name: getattr(self._inputs, name) for name in WorkInputs.__dataclass_fields__}
        self._inputs = WorkInputs(**{**known, **values})
        self.show(derive(self._inputs))

    def _open(self, facts: TaskFacts | None) -> None:
        """Make `facts` the task on the screen. The scene of the one before is used again."""
        self._draft.open(facts)
        warns = facts is not None and facts.content_warning is not None
        self._put(facts=facts, veiled=warns, folded=facts.folded if facts is not None else None)
        self._asked.replace(instruction_rows(facts.instructions) if facts is not None else [])
        if facts is not None:
            try:
                self._show_task(facts)
            except ConfigRefused as refused:
                self._draft.unshowable()
                self.fail(problem_of(refused))
            else:
                self._ahead.after(facts.item_id)
        self._draft.judge()

    def _show_task(self, facts: TaskFacts) -> None:
        module = module_of(facts.config)
        wishes = self._keys.open(facts.config, facts.wishes)
        if self._task is not None:
            self._task.open(module, facts.data, facts.answer, wishes=wishes)
        else:
            self._task = TaskViewModel(
                module, facts.data, facts.answer, self._images, wishes=wishes, parent=self
            )
            self._draft.watch(self._task)
            self._ahead.watch(self._task)
            self.taskChanged.emit()
        self._task.setMark(facts.redo_mark)
        self._comparing.open(list(facts.before), say("The answer that was rejected"))

    async def _reopen(self) -> None:
        """Show what is on disk, after a step that could not be done."""
        facts = self._inputs.facts
        if facts is not None:
            self._open(await self.session.work.open(facts.item_id))

    @Slot()
    def reveal(self) -> None:
        """Show what may disturb."""
        self._put(veiled=False)

    @Slot(bool)
    def foldInstructions(self, away: bool) -> None:
        """Fold the instructions of this campaign away, or open them; it stays so."""
        facts = self._inputs.facts
        if facts is not None and self._inputs.folded is not away:
            self._put(folded=away)
            self.start(self.session.settings.fold_instructions(facts.campaign_id, away))

    @Slot()
    def retrySaving(self) -> None:
        """Try again to save what could not be saved."""
        self.fail(None)
        self._draft.retry()

    async def settle(self) -> None:
        """Send what is being typed and wait until everything is on disk; for the moment before the window closes."""
        await self.pending.settle()
        await self._draft.settle()

    @Slot(result=bool)
    def undo(self) -> bool:
        """Take back the last edit; whether there was one."""
        self._draft.flush()
        found = self._inputs.undoable > 0
        self._draft.step(back=True)
        return found

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        self._draft.step(back=False)

    @Slot()
    def finish(self) -> None:
        """Mark the task as done and go to the next; says what is missing when it is not complete."""
        facts = self._inputs.facts
        if facts is not None and not self._inputs.veiled and self._draft.ready():
            self._draft.do(lambda: self._finish(facts.item_id))

    async def _finish(self, item_id: str) -> None:
        following = await self.session.work.finish(item_id)
        self._open(await self._but_given_back(following))
        await self._count()

    @Slot()
    def giveBack(self) -> None:
        """Go to the next task; this one returns to the platform at no cost, unless it is taken back."""
        facts = self._inputs.facts
        if facts is not None:
            self._draft.do(lambda: self._give_back(facts.item_id))

    async def _give_back(self, item_id: str) -> None:
        said = say("You gave a task back. It costs you nothing and your stake comes back.")
        self.pending.offer(Step(item_id, said, lambda: self._given(item_id), lambda: self.open(item_id)))
        self._open(await self._next())
        await self._count()

    async def _given(self, item_id: str) -> None:
        await self.session.work.give_back(item_id)
        await self._count()

    async def _count(self) -> None:
        self._put(queue=await self.session.work.queue())

    @Slot(str)
    def open(self, item_id: str) -> None:
        """Put a certain task on the screen."""
        self._draft.do(lambda: self._open_item(item_id))

    async def _open_item(self, item_id: str) -> None:
        self._open(await self.session.work.open(item_id))
        self._put(ready=True)

    @Slot()
    def sealAndSend(self) -> None:
        """Sign what is finished and send it; offline it stays sealed until there is a connection."""
        if not self._inputs.sending:
            self.fail(None)
            self._put(sending=True)
            self.start(self._seal_and_send())

    async def _seal_and_send(self) -> None:
        try:
            await self.session.work.seal()
            if not self._inputs.offline:
                await self.session.sync.flush()
        finally:
            self._put(sending=False)
            await self.refresh()
