# SPDX-License-Identifier: Apache-2.0
"""One task being answered or looked at: rows for QML, the answer as it grows, and each user action as one edit.

Opening another task keeps the QML scene and changes only data, so that the next task is there within a frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot

from gems_desktop.viewmodels import task_colours, task_hand
from gems_desktop.viewmodels.parts.sync import Sync
from gems_desktop.viewmodels.task_beside import Beside
from gems_desktop.viewmodels.task_hand import LABEL_TAGS, Hand, Tool
from gems_desktop.viewmodels.task_list import TaskList, bound
from gems_desktop.viewmodels.task_pictures import Pictures, Seen, Showing
from gems_desktop.viewmodels.task_region_edits import RegionEdits
from gems_desktop.viewmodels.task_regions import Regions
from gems_desktop.viewmodels.task_rows import Shown, chosen_paths, rows
from gems_desktop.viewmodels.task_typing import Drafts, written
from gems_protocol.modules import EditRefused, Module, Node, apply, keys, limits, problems
from gems_protocol.modules.answer import Region
from gems_protocol.modules.edits import Edit
from gems_protocol.modules.visible import shown
from gems_protocol.text import clean

TYPING_MS = 400  # an edit at most this often while typing: nothing is lost beyond half a second
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_COMMANDS |= Qt.KeyboardModifier.MetaModifier
__all__ = ["Pictures", "TaskViewModel"]


class TaskViewModel(RegionEdits, Showing, QObject):
    """A task's rows and answer. `edited` carries each finished user action as an edit (gems_protocol.modules.edits).

    `wishes`: the user's own keys for this module, by (control, stored option).
    """

    edited = Signal(object)
    answerChanged = Signal()
    opened = Signal()
    shownChanged = Signal()
    selectionChanged = Signal()
    handChanged = Signal()
    regionsChanged = Signal()
    otherChanged = Signal()
    markChanged = Signal()

    def __init__(
        self,
        module: Module,
        data: dict[str, Any],
        answer: list[Region],
        images: Pictures,
        *,
        read_only: bool = False,
        wishes: Mapping[tuple[str, str], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.images = images
        self._list = TaskList(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.flush)
        self._drafts = Drafts()
        self._seen = Seen()
        self.sync = Sync(self)
        self._marked = Regions()
        self.beside = Beside(self)  # another answer and the mark at a fault
        self.other_on, self.differs, self.setOther = self.beside.on, self.beside.differs, self.beside.show
        self.mark_on, self.placeMark, self.setMark = self.beside.mark_on, self.beside.place, self.beside.put
        self._start(module, data, answer, read_only, wishes or {})

    # --- opening -----------------------------------------------------------------------------------------
    def open(
        self,
        module: Module,
        data: dict[str, Any],
        answer: list[Region],
        *,
        read_only: bool = False,
        wishes: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """Show another task in the same scene. What was being typed is sent first."""
        self.flush()
        self._start(module, data, answer, read_only, wishes or {})
        self.opened.emit()
        self.selectionChanged.emit()
        self.handChanged.emit()
        self.answerChanged.emit()
        self.regionsChanged.emit()
        self.shownChanged.emit()
        self.otherChanged.emit()
        self.markChanged.emit()

    def _start(
        self,
        module: Module,
        data: dict[str, Any],
        answer: list[Region],
        read_only: bool,
        wishes: Mapping[tuple[str, str], str],
    ) -> None:
        self.module = bound(module, data)
        self.data, self._read_only = data, read_only
        self._answer = list(answer)
        self._forget_drafts()
        self._selected = self._fresh = ""
        self._marked.forget()
        self.beside.forget()
        self._tools: dict[str, str] = {}
        self._hand = task_hand.first_hand(self.module)
        self._seen.forget()
        self.sync.forget()
        self._assign(wishes)
        self._colours = task_colours.colours(self.module)
        self._derive(opening=True)

    def _assign(self, wishes: Mapping[tuple[str, str], str]) -> None:
        self._given = keys.assign(self.module, wishes)
        self._keys = {key: place for place, key in self._given.items()}

    def rekey(self, wishes: Mapping[tuple[str, str], str]) -> None:
        """Give other keys, as the user wishes."""
        self._assign(wishes)
        self._derive()

    def besideChanged(self) -> None:
        """What stands beside the answer changed."""
        self._derive()

    def _derive(self, *, opening: bool = False) -> None:
        visible = shown(self.module, self._answer, self._selected)
        hand = None if self._read_only else self._hand
        seen = Shown(self.data, self._answer, self._given, visible, hand, self._selected)
        facts = rows(self.module, seen)
        texts = [self._drafts.shown(self._draft_key(row.name), row.texts) for row in facts]
        if self._read_only:  # somebody else wrote them
            texts = [[clean(text, max_length=limits.TYPED_LENGTH) for text in each] for each in texts]
            facts = tuple(replace(row, needed=False) for row in facts)  # nothing is asked of who looks
        self._list.show(facts, texts, opening=opening)

    def node(self, name: str) -> Node | None:
        """The element of that name."""
        return self.module.control(name) or self.module.shown(name)

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
        self._marked.changed()
        self.beside.changed()
        gone = bool(self._selected) and all(result.get("id") != self._selected for result in answer)
        if gone:
            self._selected = self._fresh = ""
        self._derive()
        self.answerChanged.emit()
        self.regionsChanged.emit()
        if gone:
            self.selectionChanged.emit()

    def do(self, edit: Edit | None) -> bool:
        """Do one edit of the user's; false when nothing came of it."""
        if self._read_only or edit is None:
            return False
        for part in self._list.parts:
            edit = part.amended(edit)
        try:
            changed = apply(self._answer, edit, self.module)
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
        self.do({"op": "choose", "control": control, "option": option, **self.about(control)})

    @Slot(str, str)
    def unchoose(self, control: str, option: str) -> None:
        """Take a choice back."""
        self.do({"op": "unchoose", "control": control, "option": option, **self.about(control)})

    def about(self, control: str) -> dict[str, str]:
        """What an edit of `control` says about the region it belongs to; nothing for the whole task."""
        node = self.module.control(control)
        return {"region": self._selected} if node is not None and node.per_region else {}

    @Slot(str, str)
    def toggle(self, control: str, option: str) -> None:
        """What a click or a key on an option does: choose, take back, or take a label in hand."""
        node = self.module.control(control)
        if node is None or self._read_only:
            return
        if node.tag in LABEL_TAGS:
            self.take(control, option)
        elif node.tag != "Choices":
            return  # a tree is worked by its own part
        elif node.multiple and option in self._chosen(node):
            self.unchoose(control, option)
        else:
            self.choose(control, option)

    def result(self, control: Node) -> Region | None:
        """What the answer holds for a control, about the selected region where it is about regions."""
        for result in self._answer:
            if result.get("from_name") == control.name and (
                not control.per_region or result["id"] == self._selected
            ):
                return result
        return None

    def _chosen(self, control: Node) -> set[str]:
        found = self.result(control)
        return {path[-1] for path in chosen_paths(found)}

    @Slot(str, str)
    def take(self, control: str, label: str) -> None:
        """Take a label in hand. A region selected on purpose gets it; one that was just made is finished by it."""
        facts = self.region(self._selected)
        if self._read_only or (self.spent(control, label) and (facts is None or label not in facts.labels)):
            return
        if self.takes_label():
            self.relabel(self._selected, control, label)
        elif facts is not None and label not in facts.labels:
            self.select("")
        if self._hand != Hand(control, label):
            self._hand = Hand(control, label)
            self._derive()
            self.handChanged.emit()

    def tool(self, shown_name: str) -> Tool | None:
        """What a gesture on the object of that name makes; None when nothing may be drawn there."""
        if self._read_only:
            return None
        return task_hand.tool_for(self.module, shown_name, self._hand, self._tools.get(shown_name, ""))

    @Slot(str, str)
    def chooseTool(self, shown_name: str, control: str) -> None:
        """Draw on an object with the shape of `control` from now on."""
        self._tools[shown_name] = control
        self.handChanged.emit()

    @Slot(str, int, result=bool)
    def key(self, text: str, modifiers: int) -> bool:
        """Do what the module gives the key `text` for; false when it gives it for nothing."""
        if self._read_only or modifiers & _COMMANDS.value:
            return False
        place = self.place_of_key(text)
        if place is not None and self.claims(text):
            self.toggle(*place)
            return True
        return any(part.key(text) for part in self._list.parts)

    def _can_answer(self, control: str) -> bool:
        return any(row.name == control and not row.hidden for row in self._list.rows)

    def place_of_key(self, key: str) -> tuple[str, str] | None:
        """The control and the option that the module gives the key to."""
        return self._keys.get(key.lower())

    def claims(self, key: str) -> bool:
        """Whether the module gives this key to an option on the screen, so that no other control can have it."""
        place = self.place_of_key(key)
        return place is not None and self._can_answer(place[0])

    def uses(self, key: str) -> bool:
        """Whether the module gives this key away, so that the screen cannot have it."""
        return key.lower() in self._keys

    # --- typing ------------------------------------------------------------------------------------------
    def _draft_key(self, control: str) -> str:
        return "\0".join((control, *self.about(control).values()))

    @Slot(str, list)
    def write(self, control: str, texts: list[str]) -> None:
        """Set what is typed into a control, at once."""
        self._drafts.drop(self._draft_key(control))
        self._write(self._draft_key(control), written(texts))

    @Slot(str, int, str)
    def typed(self, control: str, at: int, text: str) -> None:
        """Note what stands in entry `at` of a control; it becomes an edit within TYPING_MS or at `flush`."""
        key = self._draft_key(control)
        if self._read_only or not self._drafts.type(key, at, text, self._texts(control)):
            return
        if not self._typing.isActive():
            self._typing.start()

    @Slot()
    def flush(self) -> None:
        """Send what was typed and not sent yet, as when the field loses the keyboard or the task is left."""
        self._typing.stop()
        for key, texts in self._drafts.take():
            self._write(key, texts)
        for part in self._list.parts:
            part.flush()

    def _write(self, key: str, texts: list[str]) -> None:
        control, _, region = key.partition("\0")
        about = {"region": region} if region else {}
        self.do({"op": "write", "control": control, "texts": texts, **about})

    def _texts(self, control: str) -> list[str]:
        node = self.module.control(control)
        found = self.result(node) if node is not None else None
        return list(found["value"].get("text", [])) if found is not None else []

    # --- regions -----------------------------------------------------------------------------------------
    @Slot(str, str, str, result=bool)
    def relabel(self, identity: str, control: str, label: str) -> bool:
        """Give a region another label; where several are allowed it is added or taken away."""
        return self.do(task_hand.labelling(self.module.control(control), self.region(identity), label))

    @Slot(str, result=bool)
    def remove(self, identity: str) -> bool:
        """Take a region away, with all that was said about it."""
        if self.region(identity) is None or self._marked.locked(identity):
            return False
        return self.do({"op": "remove", "id": identity})

    @Slot(str)
    def select(self, identity: str) -> None:
        """Select a region on purpose, or none; what is being typed about the one before is sent first."""
        self.choose_region(identity)

    @Slot(str)
    def point(self, identity: str) -> None:
        """Select a region by pointing at it, which may end what waits for one, as a relation does."""
        self.select(identity)
        for part in self._list.parts:
            part.pointed(self._selected)

    @Slot(str, bool)
    def setHidden(self, identity: str, hidden: bool) -> None:
        """Stop drawing a region, or draw it again; the answer stays as it is."""
        self._marked.hide(identity, hidden)
        self._derive()
        self.regionsChanged.emit()

    @Slot(bool)
    def setAllHidden(self, hidden: bool) -> None:
        """Stop drawing every region, or draw all again."""
        self._marked.hide_all({each.id for each in self.regions()} if hidden else set())
        self._derive()
        self.regionsChanged.emit()

    @Slot(str, bool)
    def setLocked(self, identity: str, locked: bool) -> None:
        """Keep a region from being moved or removed, or let it."""
        self._marked.lock(identity, locked)
        self._derive()
        self.regionsChanged.emit()

    def _problems(self) -> list[str]:
        return problems(self._answer, self.module)

    rows = Property(QObject, lambda self: self._list.model, constant=True)
    readOnly = Property(bool, lambda self: self._read_only, notify=opened)
    complete = Property(bool, lambda self: not self._problems(), notify=answerChanged)
    problems = Property(list, _problems, notify=answerChanged)
    shown = Property(bool, lambda self: self.is_shown(), notify=shownChanged)
    pictureProblem = Property(str, lambda self: self._seen.problem, notify=shownChanged)
    selected = Property(str, lambda self: self._selected, notify=selectionChanged)
    relabels = Property(bool, lambda self: self.takes_label(), notify=selectionChanged)
    marking = Property(bool, lambda self: self.beside.marking, notify=markChanged)
    selectedWords = Property(str, lambda self: self.selected_words(), notify=regionsChanged)
