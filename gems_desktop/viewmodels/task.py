# SPDX-License-Identifier: Apache-2.0
"""One task being answered or looked at: rows for QML, the answer as it grows, and each user action as one edit.

Opening another task keeps the QML scene and changes only data, so that the next task is there within a frame.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor

from gems_desktop.viewmodels import task_boxes
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task_pictures import Pictures, Seen
from gems_desktop.viewmodels.task_rows import PALETTE, Box, OptionFacts, RowFacts, boxes, rows
from gems_desktop.viewmodels.task_typing import Drafts, written
from gems_protocol.modules import EditRefused, Module, apply, keys, problems
from gems_protocol.modules.answer import Region
from gems_protocol.modules.edits import Edit

TYPING_MS = 400  # an edit at most this often while typing: nothing is lost beyond half a second
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_COMMANDS |= Qt.KeyboardModifier.MetaModifier
__all__ = ["Pictures", "TaskRow", "TaskViewModel"]


@dataclass(frozen=True)
class TaskRow:
    """One row as QML reads it; `options` is a RowsModel of OptionFacts."""

    kind: str
    name: str
    side: str
    text: str
    picture: str
    target: str
    hint: str
    multiple: bool
    flowing: bool
    needed: bool
    lines: int
    most: int
    texts: list[str]
    options: QObject | None


class TaskViewModel(QObject):
    """A task's rows and answer. `edited` carries each finished user action as an edit (gems_protocol.modules.edits)."""

    edited = Signal(object)
    answerChanged = Signal()
    opened = Signal()
    shownChanged = Signal()
    selectionChanged = Signal()
    brushChanged = Signal()

    def __init__(
        self,
        module: Module,
        data: dict[str, Any],
        answer: list[Region],
        images: Pictures,
        *,
        read_only: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.images = images
        self._rows = RowsModel(TaskRow, self)
        self._options: dict[int, RowsModel] = {}
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.flush)
        self._drafts = Drafts()
        self._seen = Seen()
        self._start(module, data, answer, read_only)

    # --- opening -----------------------------------------------------------------------------------------
    def open(
        self, module: Module, data: dict[str, Any], answer: list[Region], *, read_only: bool = False
    ) -> None:
        """Show another task in the same scene. What was being typed is sent first."""
        self.flush()
        self._start(module, data, answer, read_only)
        self.opened.emit()
        self.selectionChanged.emit()
        self.brushChanged.emit()
        self.answerChanged.emit()
        self.shownChanged.emit()

    def _start(self, module: Module, data: dict[str, Any], answer: list[Region], read_only: bool) -> None:
        self._module, self._data, self._read_only = module, data, read_only
        self._answer = list(answer)
        self._forget_drafts()
        self._selected = ""
        self._brush = task_boxes.first_brush(module)
        self._seen.forget()
        self._keys = {key: place for place, key in keys.assign(module).items()}
        self._derive()

    def _derive(self) -> None:
        facts = rows(self._module, self._data, self._answer, self._brush if not self._read_only else None)
        made = tuple(self._row(at, row) for at, row in enumerate(facts))
        if [row.kind for row in made] != [row.kind for row in self._rows.rows]:
            self._rows.replace([])
        self._rows.replace(made)

    def _row(self, at: int, row: RowFacts) -> TaskRow:
        options: RowsModel | None = None
        if row.options:
            options = self._options.setdefault(at, RowsModel(OptionFacts, self))
            options.replace(
                tuple(replace(fact, colour=_colour(fact, nth)) for nth, fact in enumerate(row.options))
            )
        texts = self._drafts.shown(row.name, row.texts)
        return TaskRow(
            kind=row.kind,
            name=row.name,
            side=row.side,
            text=row.text,
            picture=row.picture,
            target=row.target,
            hint=row.hint,
            multiple=row.multiple,
            flowing=row.flowing,
            needed=row.needed,
            lines=row.lines,
            most=row.most,
            texts=texts,
            options=options,
        )

    # --- the answer --------------------------------------------------------------------------------------
    def answer(self) -> list[Region]:
        """The answer with everything typed so far."""
        self.flush()
        return list(self._answer)

    def setAnswer(self, answer: list[Region]) -> None:
        """Show an answer that the services made (undo, redo, a restored draft); emits no edit."""
        if answer == self._answer:
            return
        self._forget_drafts()
        self._adopt(list(answer))

    def _forget_drafts(self) -> None:
        self._drafts.forget()
        self._typing.stop()

    def _adopt(self, answer: list[Region]) -> None:
        self._answer = answer
        if self._selected and all(region["id"] != self._selected for region in answer):
            self._select("")
        self._derive()
        self.answerChanged.emit()

    def _do(self, edit: Edit | None) -> bool:
        if self._read_only or edit is None:
            return False
        try:
            changed = apply(self._answer, edit, self._module)
        except EditRefused:
            return False
        if changed == self._answer:
            return False
        self._adopt(changed)
        self.edited.emit(edit)
        return True

    # --- choices and labels ------------------------------------------------------------------------------
    @Slot(str, str)
    def choose(self, control: str, option: str) -> None:
        """Choose an option."""
        self._do({"op": "choose", "control": control, "option": option})

    @Slot(str, str)
    def unchoose(self, control: str, option: str) -> None:
        """Take a choice back."""
        self._do({"op": "unchoose", "control": control, "option": option})

    @Slot(str, str)
    def toggle(self, control: str, option: str) -> None:
        """What a click or a key on an option does: choose, take back, or take a label in hand."""
        node = self._module.control(control)
        if node is None or self._read_only:
            return
        if node.tag == "RectangleLabels":
            self._take_label(control, option)
        elif option in self._chosen(control) and node.get("choice") == "multiple":
            self.unchoose(control, option)
        else:
            self.choose(control, option)

    def _chosen(self, control: str) -> list[str]:
        for region in self._answer:
            if region["from_name"] == control and region["type"] == "choices":
                return list(region["value"]["choices"])
        return []

    def _take_label(self, control: str, option: str) -> None:
        if self._selected:
            self._relabel(self._selected, control, option)
        if self._brush != (control, option):
            self._brush = (control, option)
            self._derive()
            self.brushChanged.emit()

    @Slot(str, int, result=bool)
    def key(self, text: str, modifiers: int) -> bool:
        """Do what the module gives the key `text` for; false when it gives it for nothing."""
        if self._read_only or modifiers & _COMMANDS.value:
            return False
        place = self._keys.get(text.lower())
        if place is None:
            return False
        self.toggle(*place)
        return True

    def uses(self, key: str) -> bool:
        """Whether the module gives this key away, so that the screen cannot have it."""
        return key.lower() in self._keys

    # --- typing ------------------------------------------------------------------------------------------
    @Slot(str, list)
    def write(self, control: str, texts: list[str]) -> None:
        """Set what is typed into a control, at once."""
        self._drafts.drop(control)
        self._do({"op": "write", "control": control, "texts": written(texts)})

    @Slot(str, int, str)
    def typed(self, control: str, at: int, text: str) -> None:
        """Note what stands in entry `at` of a control; it becomes an edit within TYPING_MS or at `flush`."""
        if self._read_only or not self._drafts.type(control, at, text, self._texts(control)):
            return
        if not self._typing.isActive():
            self._typing.start()

    @Slot()
    def flush(self) -> None:
        """Send what was typed and not sent yet, as when the field loses the keyboard or the task is left."""
        self._typing.stop()
        for control, texts in self._drafts.take():
            self._do({"op": "write", "control": control, "texts": texts})

    def _texts(self, control: str) -> list[str]:
        for region in self._answer:
            if region["from_name"] == control and region["type"] == "textarea":
                return list(region["value"]["text"])
        return []

    # --- boxes -------------------------------------------------------------------------------------------
    def boxes(self, picture: str) -> tuple[Box, ...]:
        """The boxes on the object named `picture`."""
        return boxes(self._answer, self._module, picture)

    def colours(self) -> dict[tuple[str, str], str]:
        """The colour of each (control, label)."""
        found: dict[tuple[str, str], str] = {}
        for row in self._rows.rows:
            if row.kind == "rectanglelabels" and isinstance(row.options, RowsModel):
                found.update({(row.name, option.stored): option.colour for option in row.options.rows})
        return found

    def label_text(self, control: str, label: str) -> str:
        """What people read for a stored label."""
        return task_boxes.label_text(self._module, control, label)

    def brush_for(self, picture: str) -> tuple[str, str] | None:
        """The (control, label) with which a new box on `picture` is made; None when none may be drawn."""
        if self._read_only:
            return None
        control = self._module.control(self._brush[0]) if self._brush is not None else None
        if control is not None and control.to_name == picture:
            return self._brush
        return task_boxes.first_brush(self._module, picture)

    @Slot(str, str, float, float, float, float, result=str)
    def addBox(self, control: str, label: str, x: float, y: float, width: float, height: float) -> str:
        """Make a box in percent of its picture; gives its id, or nothing when it was refused."""
        edit = task_boxes.adding(self._module, (control, label), x, y, width, height)
        if edit is None or not self._do(edit):
            return ""
        self._select(edit["region"]["id"])
        return str(edit["region"]["id"])

    @Slot(str, float, float, float, float, result=bool)
    def moveBox(self, box: str, x: float, y: float, width: float, height: float) -> bool:
        """Move or resize a box."""
        region = self._region(box)
        return region is not None and self._do(task_boxes.moving(region, x, y, width, height))

    @Slot(str, str, result=bool)
    def setBoxLabel(self, box: str, label: str) -> bool:
        """Give a box another label of its control."""
        region = self._region(box)
        return region is not None and self._relabel(box, region["from_name"], label)

    @Slot(str, result=bool)
    def removeBox(self, box: str) -> bool:
        """Take a box away."""
        return self._region(box) is not None and self._do({"op": "remove", "id": box})

    @Slot(str)
    def selectBox(self, box: str) -> None:
        """Select a box, or none."""
        self._select(box if self._region(box) is not None else "")

    def _relabel(self, box: str, control: str, label: str) -> bool:
        region = self._region(box)
        return region is not None and self._do(task_boxes.relabelling(self._module, region, (control, label)))

    def _region(self, box: str) -> Region | None:
        return task_boxes.region_of(self._answer, box)

    def _select(self, box: str) -> None:
        if box != self._selected:
            self._selected = box
            self.selectionChanged.emit()

    # --- pictures ----------------------------------------------------------------------------------------
    def painted(self, name: str, sha256: str, size: tuple[int, int]) -> None:
        """The canvas has painted the picture of the object `name`, decoded into `size` pixels."""
        if self._seen.painted(name, sha256, size):
            self.shownChanged.emit()

    def failed(self, name: str, sentence: str) -> None:
        """The picture of the object `name` cannot be shown, and why."""
        if self._seen.failed(name, sentence):
            self.shownChanged.emit()

    def prefetch(self, module: Module, data: dict[str, Any]) -> None:
        """Have the pictures of a coming task decoded at the size of the present one."""
        self._seen.ahead(self.images, module, data)

    def _is_shown(self) -> bool:
        return self._seen.all((row.name, row.picture) for row in self._rows.rows if row.kind == "image")

    def _problems(self) -> list[str]:
        return problems(self._answer, self._module)

    rows = Property(QObject, lambda self: self._rows, constant=True)
    readOnly = Property(bool, lambda self: self._read_only, notify=opened)
    complete = Property(bool, lambda self: not self._problems(), notify=answerChanged)
    problems = Property(list, _problems, notify=answerChanged)
    shown = Property(bool, _is_shown, notify=shownChanged)
    pictureProblem = Property(str, lambda self: self._seen.problem, notify=shownChanged)
    selectedBox = Property(str, lambda self: self._selected, notify=selectionChanged)


def _colour(fact: OptionFacts, at: int) -> str:
    colour = QColor(fact.colour)
    return colour.name() if colour.isValid() and colour.alpha() == 255 else PALETTE[at % len(PALETTE)]
