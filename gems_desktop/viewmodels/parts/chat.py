# SPDX-License-Identifier: Apache-2.0
"""A chat: the messages that came with the task and those that are written here, one of which may be selected."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_protocol.modules import Node, limits
from gems_protocol.modules.answer import Region
from gems_protocol.modules.edits import Edit
from gems_protocol.modules.values_entry import ROLES
from gems_protocol.text import clean, line

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel

_ROLE_LENGTH = 40  # characters of a role's name
_BROUGHT_BYTES = limits.ANSWER_BYTES // 2  # of messages that came with the task, which an answer repeats


@dataclass(frozen=True, slots=True)
class Message:
    """One message as shown. `mine` was written here, `open` can be written anew, `fits` can be selected."""

    stored: str
    role: str
    text: str
    mine: bool
    open: bool
    fits: bool
    selected: bool
    differs: bool


class ChatPart(Part):
    """The messages of one Chat. As soon as anything is answered, the answer holds those of the task too."""

    changed = Signal()

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task, node)
        self._rows = RowsModel(Message, self)
        self._brought: list[Edit] = []
        self._cleaned: dict[str, str] = {}  # contents as shown: cleaning long chats takes longer than a frame

    # --- what is shown -----------------------------------------------------------------------------------
    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's chat."""
        super().open(node, data)
        self._cleaned.clear()
        self._brought = _said(node, data.get(node.variable))

    @Slot()
    def refresh(self) -> None:
        """Read the messages anew."""
        said = {result["id"]: result for result in self._results()}
        brought = [self._message(one, said.get(one["id"])) for one in self._brought]
        known = {one["id"] for one in self._brought}
        mine = [self._mine(result) for identity, result in said.items() if identity not in known]
        self._rows.replace([*brought, *mine])
        self.changed.emit()

    def _results(self) -> list[Region]:
        return [result for result in self.task.results if result.get("from_name") == self.node.name]

    def _message(self, one: Edit, result: Region | None) -> Message:
        identity = one["id"]
        return Message(
            stored=identity,
            role=line(one["role"], _ROLE_LENGTH),
            text=self._words(one["content"]),
            mine=False,
            open=False,
            fits=result is not None or (self._fits(one) and not self.task.readOnly),
            selected=identity == str(self.task.selected),
            differs=result is not None and self.task.differs(identity),
        )

    def _mine(self, result: Region) -> Message:
        said = result["value"]["chatmessage"]
        return Message(
            stored=result["id"],
            role=line(said["role"], _ROLE_LENGTH),
            text=self._words(said["content"]),
            mine=True,
            open=self._editable(said["role"]) and not self.task.readOnly,
            fits=True,
            selected=result["id"] == str(self.task.selected),
            differs=self.task.differs(result["id"]),
        )

    def _words(self, content: str) -> str:
        """What is shown of a message."""
        if content not in self._cleaned:
            self._cleaned[content] = clean(content, max_length=limits.TEXT_LENGTH)
        return self._cleaned[content]

    def _fits(self, one: Edit) -> bool:
        """Whether an answer may hold a message of the task."""
        roles = ROLES | set(self.node.words("messageRoles"))
        return one["role"] in roles and 0 < len(one["content"]) <= limits.TEXT_LENGTH

    def _editable(self, role: str) -> bool:
        given = self.node.words("editable")
        return given == ("true",) or role in given

    # --- the messages of the task inside the answer ------------------------------------------------------
    def _missing(self) -> list[Edit]:
        """The edits that bring the messages of the task into the answer; none where they are too many bytes."""
        there = {result["id"] for result in self._results()}
        wanted = [one for one in self._brought if self._fits(one)]
        if len(json.dumps(wanted, ensure_ascii=False).encode()) > _BROUGHT_BYTES:
            return []
        return [one for one in wanted if one["id"] not in there]

    def amended(self, edit: Edit) -> Edit:
        """With the first edit come the messages of the task."""
        missing = self._missing()
        if not missing or edit["op"] == "reset":
            return edit
        steps = edit["edits"] if edit["op"] == "all" else [edit]
        return {"op": "all", "edits": [*missing, *steps]}

    # --- what a person does ------------------------------------------------------------------------------
    @Slot(str)
    def select(self, identity: str) -> None:
        """Select a message, so that something can be said about it; the selected one again selects none."""
        if identity == str(self.task.selected):
            self.task.select("")
            return
        one = next((each for each in self._brought if each["id"] == identity), None)
        there = any(result["id"] == identity for result in self._results())
        if one is not None and not there and self._fits(one):
            self.task.do({"op": "all", "edits": [one] if not self._missing() else []})
        self.task.point(identity)

    @Slot(int)
    def step(self, by: int) -> None:
        """Select the next message down or up that can be selected."""
        rows = self._rows.rows
        at = next((at for at, row in enumerate(rows) if row.selected), len(rows) if by < 0 else -1) + by
        while 0 <= at < len(rows):
            if rows[at].fits:
                self.select(rows[at].stored)
                return
            at += by

    @Slot(str, str, result=bool)
    def say(self, role: str, content: str) -> bool:
        """Write a message."""
        if role not in self._roles() or not content.strip() or self._is_full():
            return False
        identity = uuid.uuid4().hex[:10]
        said = {"role": role, "content": content.strip()[: limits.TEXT_LENGTH]}
        return self.task.do({"op": "say", "control": self.node.name, "id": identity, **said})

    @Slot(str, str, result=bool)
    def rewrite(self, identity: str, content: str) -> bool:
        """Write one's own message anew."""
        result = next((one for one in self._results() if one["id"] == identity), None)
        row = next((each for each in self._rows.rows if each.stored == identity), None)
        if result is None or row is None or not row.open or not content.strip():
            return False
        said = {**result["value"]["chatmessage"], "content": content.strip()[: limits.TEXT_LENGTH]}
        return self.task.do({"op": "replace", "region": {**result, "value": {"chatmessage": said}}})

    @Slot(str, result=bool)
    def drop(self, identity: str) -> bool:
        """Take one's own message away."""
        row = next((each for each in self._rows.rows if each.stored == identity), None)
        return row is not None and row.mine and self.task.remove(identity)

    def _roles(self) -> list[str]:
        """The roles that messages may be written in; as in Label Studio both sides, unless a model takes one."""
        given = list(self.node.words("messageRoles"))
        return given or (["user"] if self.node.get("llm") else ["user", "assistant"])

    def _is_full(self) -> bool:
        most = self.node.number("maxMessages", 0) or limits.MESSAGES
        return len(self._rows.rows) >= most

    def _at(self) -> int:
        return next((at for at, row in enumerate(self._rows.rows) if row.selected), -1)

    rows = Property(QObject, lambda self: self._rows, constant=True)
    count = Property(int, lambda self: len(self._rows.rows), notify=changed)
    current = Property(int, _at, notify=changed)
    roles = Property(list, _roles, notify=changed)
    least = Property(int, lambda self: max(0, self.node.number("minMessages", 0)), notify=changed)
    most = Property(int, lambda self: max(0, self.node.number("maxMessages", 0)), notify=changed)
    full = Property(bool, _is_full, notify=changed)


def _said(node: Node, value: Any) -> list[Edit]:
    """The messages that a task brings, each as the edit that would say it; what is no message is left out."""
    base = re.sub(r"[^A-Za-z0-9_-]", "_", node.name)[:56]
    found: list[Edit] = []
    for at, one in enumerate(value[: limits.MESSAGES] if isinstance(value, list) else []):
        if isinstance(one, dict) and isinstance(one.get("role"), str) and isinstance(one.get("content"), str):
            said = {"role": one["role"], "content": one["content"]}
            found.append({"op": "say", "control": node.name, "id": f"{base}-{at}", **said})
    return found
