# SPDX-License-Identifier: Apache-2.0
"""A campaign's practice set: its examples one after the other, checked all at once, then right or wrong and a hint.

The answers stay while the page is open, so that only what was wrong has to be done again. Nothing of it is work:
it is not signed, pays nothing and is kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.answers import module_of
from gems_desktop.services.facts import PracticeFacts, PracticeResult
from gems_desktop.services.problem import problem_of
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.instruction_rows import InstructionRow, instruction_rows
from gems_desktop.viewmodels.keys import KeysViewModel
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.spoken import spoken
from gems_desktop.viewmodels.task import Pictures, TaskViewModel
from gems_desktop.viewmodels.warning_words import warning_text
from gems_desktop.viewmodels.words import number, say
from gems_protocol.errors import GemsError
from gems_protocol.modules import ConfigRefused


@dataclass(frozen=True, slots=True)
class PracticeInputs:
    """What the page is made from. at: which example is shown; result: of the last check."""

    campaign_id: str = ""
    facts: PracticeFacts | None = None
    at: int = 0
    result: PracticeResult | None = None
    asked: bool = False
    problems: tuple[str, ...] = ()
    broken: bool = False
    sending: bool = False
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class PracticeProps:
    """What the page shows. stage: closed | loading | task | result."""

    stage: str
    title: str
    instructions: str
    positionText: str
    progress: float
    last: bool
    first: bool
    complete: bool
    problemsText: str
    broken: bool
    sending: bool
    passed: bool
    resultText: str
    neededText: str
    warning: str
    veiled: bool
    hinted: bool = False  # whether there is a hint to read


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """How one example went: never the right answer."""

    name: str
    correct: bool
    outcome: str
    hint: str


def derive(inputs: PracticeInputs) -> PracticeProps:
    """The page's words and numbers."""
    facts, result = inputs.facts, inputs.result
    total = len(facts.tasks) if facts else 0
    return PracticeProps(
        stage=_stage(inputs),
        title=facts.campaign_title if facts else "",
        instructions=facts.instructions if facts else "",
        positionText=say("Example {n} of {total}", n=inputs.at + 1, total=total) if facts else "",
        progress=inputs.at / total if total else 0.0,
        last=inputs.at + 1 >= total,
        first=inputs.at == 0,
        complete=not inputs.problems,
        problemsText=" · ".join(inputs.problems) if inputs.asked else "",
        broken=inputs.broken,
        sending=inputs.sending,
        passed=result.passed if result else False,
        resultText=say("{right} of {of} right", right=result.right, of=result.of) if result else "",
        neededText=say("{share} must be right.", share=needed(facts)) if facts else "",
        hinted=bool(result and any(item.hint for item in result.items)),
        warning=warning_text(facts.content_warning) if facts else "",
        veiled=inputs.veiled,
    )


def needed(facts: PracticeFacts) -> str:
    """How many must be right, as "2 / 3": few examples are counted more easily than read as a share."""
    total = len(facts.tasks)
    return f"{number(-(-total * facts.share_ppm // 1_000_000))} / {number(total)}"


def _stage(inputs: PracticeInputs) -> str:
    if not inputs.campaign_id:
        return "closed"
    if inputs.facts is None:
        return "loading"
    return "result" if inputs.result is not None else "task"


def feedback_rows(facts: PracticeFacts, result: PracticeResult) -> list[FeedbackRow]:
    """Each example with how it went, in the order in which they were done."""
    numbers = {task.place: at + 1 for at, task in enumerate(facts.tasks)}
    return [
        FeedbackRow(
            name=say("Example {n}", n=numbers[item.place]),
            correct=item.right,
            outcome=say("Right") if item.right else say("Not right"),
            hint=item.hint,
        )
        for item in result.items
        if item.place in numbers
    ]


class PracticeViewModel(ViewModel):
    """Practice, as a part of Find work. `task` is the shown example's own view model; `passed` tells of success."""

    changed = Signal()
    taskChanged = Signal()
    passedIt = Signal()

    stage = prop(str, "stage", changed)
    title = prop(str, "title", changed)
    instructions = prop(str, "instructions", changed)
    positionText = prop(str, "positionText", changed)
    progress = prop(float, "progress", changed)
    last = prop(bool, "last", changed)
    first = prop(bool, "first", changed)
    complete = prop(bool, "complete", changed)
    problemsText = prop(str, "problemsText", changed)
    broken = prop(bool, "broken", changed)
    sending = prop(bool, "sending", changed)
    passed = prop(bool, "passed", changed)
    resultText = prop(str, "resultText", changed)
    neededText = prop(str, "neededText", changed)
    warning = prop(str, "warning", changed)
    veiled = prop(bool, "veiled", changed)
    hinted = prop(bool, "hinted", changed)

    def __init__(self, session: Session, images: Pictures, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._images = images
        self._inputs = PracticeInputs()
        self._answers: dict[int, list[dict[str, Any]]] = {}
        self._task: TaskViewModel | None = None
        self._feedback = RowsModel(FeedbackRow, self)
        self._asked = RowsModel(InstructionRow, self)
        self._keys = KeysViewModel(session, self.start, lambda: self._task, self)
        self.show(derive(self._inputs))

    task = Property(QObject, lambda self: self._task, notify=taskChanged)
    starter = Property(bool, lambda self: False, constant=True)
    keys = Property(QObject, lambda self: self._keys, constant=True)
    instructionRows = Property(QObject, lambda self: self._asked, constant=True)
    feedback = Property(QObject, lambda self: self._feedback, constant=True)

    def spoken(self) -> tuple[str, str]:
        """What is read aloud, and its language as the campaign states it."""
        facts = self._inputs.facts
        if facts is None:
            return "", ""
        data = None if self._inputs.veiled else facts.tasks[self._inputs.at].data
        return spoken(facts.instructions, facts.config, data), facts.language

    def _put(self, **values: Any) -> None:
        self._inputs = replace(self._inputs, **values)
        self.show(derive(self._inputs))

    @Slot(str)
    def open(self, campaign_id: str) -> None:
        """Fetch a campaign's practice set and show its first example."""
        self.fail(None)
        self._answers = {}
        self._feedback.replace([])
        self._inputs = PracticeInputs()
        self._put(campaign_id=campaign_id)
        self.start(self._open(campaign_id))

    async def _open(self, campaign_id: str) -> None:
        try:
            facts = await self._fetch(campaign_id)
        except GemsError:
            self.leave()
            raise
        if self._inputs.campaign_id == campaign_id:
            self._put(facts=facts)
            self._asked.replace(instruction_rows(facts.instructions))
            self._show_example(0)

    async def _fetch(self, campaign_id: str) -> PracticeFacts:
        """Where the examples come from."""
        return await self.session.sync.practice(campaign_id)

    async def _judged(self, campaign_id: str, answers: dict[int, list[dict[str, Any]]]) -> PracticeResult:
        """Who says what was right."""
        return await self.session.sync.answer_practice(campaign_id, answers)

    @Slot()
    def leave(self) -> None:
        """Close the practice; what was answered is dropped."""
        self._inputs = PracticeInputs()
        self._answers = {}
        self.show(derive(self._inputs))

    def _show_example(self, at: int) -> None:
        facts = self._inputs.facts
        if facts is None:
            return
        example = facts.tasks[at]
        self._put(at=at, result=None, asked=False, broken=False, veiled=facts.content_warning is not None)
        try:
            module = module_of(facts.config)
            answer = self._answers.get(example.place, [])
            wishes = self._keys.open(facts.config, facts.wishes)
            if self._task is not None:
                self._task.open(module, example.data, answer, wishes=wishes)
            else:
                self._task = TaskViewModel(
                    module, example.data, answer, self._images, wishes=wishes, parent=self
                )
                self._task.answerChanged.connect(self._judge)
                self.taskChanged.emit()
            for following in facts.tasks[at + 1 : at + 2]:
                self._task.prefetch(module, following.data)
        except ConfigRefused as refused:
            self._put(broken=True)
            self.fail(problem_of(refused))
        self._judge()

    def _judge(self) -> None:
        """Whether the shown answer is complete."""
        if self._task is not None and self._inputs.facts is not None and not self._inputs.broken:
            lacks = tuple(self._task.property("problems"))
            self._put(problems=lacks, asked=self._inputs.asked and bool(lacks))

    def _keep(self) -> bool:
        """Keep the shown answer; false, and say what is missing, while it is not complete."""
        facts = self._inputs.facts
        if facts is None or self._task is None or self._inputs.broken:
            return False
        self._answers[facts.tasks[self._inputs.at].place] = self._task.answer()
        self._judge()
        self._put(asked=bool(self._inputs.problems))
        return not self._inputs.problems

    @Slot()
    def reveal(self) -> None:
        """Show what may disturb."""
        self._put(veiled=False)

    @Slot()
    def next(self) -> None:
        """Go to the next example, or have all checked after the last one."""
        if self._inputs.veiled or self._inputs.sending or self._inputs.result is not None or not self._keep():
            return
        if self._props.last:
            self.fail(None)
            self._put(sending=True)
            self.start(self._check())
        else:
            self._show_example(self._inputs.at + 1)

    @Slot()
    def back(self) -> None:
        """Go to the example before."""
        if self._inputs.at > 0 and not self._inputs.sending:
            self._keep()
            self._show_example(self._inputs.at - 1)

    async def _check(self) -> None:
        campaign_id, facts = self._inputs.campaign_id, self._inputs.facts
        try:
            result = await self._judged(campaign_id, dict(self._answers))
        finally:
            self._put(sending=False)
        if facts is not None and self._inputs.campaign_id == campaign_id:
            self._feedback.replace(feedback_rows(facts, result))
            self._put(result=result)
        if result.passed:
            self.passedIt.emit()

    @Slot()
    def again(self) -> None:
        """Begin again at the first example that was not right; the other answers are still there."""
        facts, result = self._inputs.facts, self._inputs.result
        if facts is None or result is None:
            return
        wrong = {item.place for item in result.items if not item.right}
        places = [task.place for task in facts.tasks]
        self._show_example(next((at for at, place in enumerate(places) if place in wrong), 0))
