# SPDX-License-Identifier: Apache-2.0
"""One task being answered or looked at: rows for QML, the answer as it grows, and each user action as one edit.

Opening another task keeps the QML scene and changes only data, so that the next task is there within a frame.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor

from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task_rows import PALETTE, Box, OptionFacts, RowFacts, boxes, rows
from gems_protocol.modules import EditRefused, Module, apply, keys, limits, problems
from gems_protocol.modules.answer import Region, percentage
from gems_protocol.modules.check import MEDIA

TYPING_MS = 400  # an edit at most this often while typing: nothing is lost beyond half a second
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_COMMANDS |= Qt.KeyboardModifier.MetaModifier
SMALLEST = 0.2  # percent: a smaller box is a slip of the hand


class Pictures(Protocol):
    """Where pictures come from: gems_desktop.decoding.client.DecodeClient."""

    def request(self, sha256: str, max_w: int, max_h: int, callback: Any) -> None:
        """Call `callback` later with a QImage or an error that has a `sentence`."""


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
        self._drafts: dict[str, list[str]] = {}  # entries as they stand in the fields, empty ones too
        self._unsent: set[str] = set()
        self._last_size = (1024, 768)
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
        self._brush = self._first_brush()
        self._painted: dict[str, str] = {}
        self._failed: dict[str, str] = {}
        self._keys = {key: place for place, key in keys.assign(module).items()}
        self._derive()

    def _first_brush(self) -> tuple[str, str] | None:
        for control in self._module.controls():
            if control.tag == "RectangleLabels" and control.options:
                return control.name, control.options[0].stored
        return None

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
        texts = list(self._drafts.get(row.name, row.texts))
        return TaskRow(
            row.kind,
            row.name,
            row.side,
            row.text,
            row.picture,
            row.target,
            row.hint,
            row.multiple,
            row.flowing,
            row.needed,
            row.lines,
            row.most,
            texts,
            options,
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
        self._drafts.clear()
        self._unsent.clear()
        self._typing.stop()

    def _adopt(self, answer: list[Region]) -> None:
        self._answer = answer
        if self._selected and all(region["id"] != self._selected for region in answer):
            self._select("")
        self._derive()
        self.answerChanged.emit()

    def _do(self, edit: dict[str, Any]) -> bool:
        if self._read_only:
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

    # --- typing ------------------------------------------------------------------------------------------
    @Slot(str, list)
    def write(self, control: str, texts: list[str]) -> None:
        """Set what is typed into a control, at once."""
        self._drafts.pop(control, None)
        self._unsent.discard(control)
        self._do({"op": "write", "control": control, "texts": _written(texts)})

    @Slot(str, int, str)
    def typed(self, control: str, at: int, text: str) -> None:
        """Note what stands in entry `at` of a control; it becomes an edit within TYPING_MS or at `flush`."""
        if self._read_only:
            return
        texts = list(self._drafts.get(control) or self._texts(control))
        if not 0 <= at < limits.TYPED_ENTRIES or (at < len(texts) and texts[at] == text):
            return
        texts += [""] * (at + 1 - len(texts))
        texts[at] = text
        self._drafts[control] = texts
        self._unsent.add(control)
        if not self._typing.isActive():
            self._typing.start()

    @Slot()
    def flush(self) -> None:
        """Send what was typed and not sent yet, as when the field loses the keyboard or the task is left."""
        self._typing.stop()
        unsent, self._unsent = self._unsent, set()
        for control in sorted(unsent):
            self._do({"op": "write", "control": control, "texts": _written(self._drafts[control])})

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
        node = self._module.control(control)
        options = node.options if node is not None else ()
        return next((option.value for option in options if option.stored == label), label)

    def brush_for(self, picture: str) -> tuple[str, str] | None:
        """The (control, label) with which a new box on `picture` is made; None when none may be drawn."""
        if self._read_only:
            return None
        if self._brush is not None:
            control = self._module.control(self._brush[0])
            if control is not None and control.to_name == picture:
                return self._brush
        for control in self._module.controls():
            if control.tag == "RectangleLabels" and control.to_name == picture:
                return control.name, control.options[0].stored
        return None

    @Slot(str, str, float, float, float, float, result=str)
    def addBox(self, control: str, label: str, x: float, y: float, width: float, height: float) -> str:
        """Make a box in percent of its picture; gives its id, or nothing when it was refused."""
        node = self._module.control(control)
        value = _rectangle(x, y, width, height, label)
        if node is None or value is None:
            return ""
        region = {
            "id": uuid.uuid4().hex[:10],
            "from_name": control,
            "to_name": node.to_name,
            "type": node.answer_type,
            "value": value,
        }
        if not self._do({"op": "add", "region": region}):
            return ""
        self._select(region["id"])
        return str(region["id"])

    @Slot(str, float, float, float, float, result=bool)
    def moveBox(self, box: str, x: float, y: float, width: float, height: float) -> bool:
        """Move or resize a box."""
        region = self._region(box)
        value = region and _rectangle(x, y, width, height, region["value"]["rectanglelabels"][0])
        return bool(value) and self._do({"op": "replace", "region": {**(region or {}), "value": value}})

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
        region, node = self._region(box), self._module.control(control)
        if region is None or node is None or node.to_name != region["to_name"]:
            return False
        value = {**region["value"], "rectanglelabels": [label]}
        return self._do({"op": "replace", "region": {**region, "from_name": control, "value": value}})

    def _region(self, box: str) -> Region | None:
        return next((r for r in self._answer if r["id"] == box and r["type"] == "rectanglelabels"), None)

    def _select(self, box: str) -> None:
        if box != self._selected:
            self._selected = box
            self.selectionChanged.emit()

    # --- pictures ----------------------------------------------------------------------------------------
    def painted(self, name: str, sha256: str, size: tuple[int, int]) -> None:
        """The canvas has painted the picture of the object `name`, decoded into `size` pixels."""
        self._last_size = size
        self._failed.pop(name, None)
        if self._painted.get(name) != sha256:
            self._painted[name] = sha256
            self.shownChanged.emit()

    def failed(self, name: str, sentence: str) -> None:
        """The picture of the object `name` cannot be shown, and why."""
        if self._failed.get(name) != sentence:
            self._failed[name] = sentence
            self.shownChanged.emit()

    def prefetch(self, module: Module, data: dict[str, Any]) -> None:
        """Have the pictures of a coming task decoded at the size of the present one."""
        for variable in module.media_variables():
            value = data.get(variable)
            if isinstance(value, str) and MEDIA.fullmatch(value):
                self.images.request(value.removeprefix("sha256:"), *self._last_size, _ignore)

    def _is_shown(self) -> bool:
        wanted = [(row.name, row.picture) for row in self._rows.rows if row.kind == "image"]
        return all(self._painted.get(name) == picture for name, picture in wanted)

    def _picture_problem(self) -> str:
        return next(iter(self._failed.values()), "")

    def _problems(self) -> list[str]:
        return problems(self._answer, self._module)

    rows = Property(QObject, lambda self: self._rows, constant=True)
    readOnly = Property(bool, lambda self: self._read_only, notify=opened)
    complete = Property(bool, lambda self: not self._problems(), notify=answerChanged)
    problems = Property(list, _problems, notify=answerChanged)
    shown = Property(bool, _is_shown, notify=shownChanged)
    pictureProblem = Property(str, _picture_problem, notify=shownChanged)
    selectedBox = Property(str, lambda self: self._selected, notify=selectionChanged)


def _ignore(_: object) -> None:
    """A prefetched picture stays in the decoder's cache."""


def _written(texts: list[str]) -> list[str]:
    return [str(text)[: limits.TYPED_LENGTH] for text in texts if str(text).strip()][: limits.TYPED_ENTRIES]


def _rectangle(x: float, y: float, width: float, height: float, label: str) -> dict[str, Any] | None:
    """The value of a region clipped to its picture; None when too little is left."""
    left, top = min(max(x, 0.0), 100.0), min(max(y, 0.0), 100.0)
    right, bottom = min(max(x + width, 0.0), 100.0), min(max(y + height, 0.0), 100.0)
    if right - left < SMALLEST or bottom - top < SMALLEST:
        return None
    return {
        "x": percentage(left),
        "y": percentage(top),
        "width": percentage(right - left),
        "height": percentage(bottom - top),
        "rotation": 0,
        "rectanglelabels": [label],
    }


def _colour(fact: OptionFacts, at: int) -> str:
    colour = QColor(fact.colour)
    return colour.name() if colour.isValid() and colour.alpha() == 255 else PALETTE[at % len(PALETTE)]
