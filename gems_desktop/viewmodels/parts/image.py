# SPDX-License-Identifier: Apache-2.0
"""A picture of a task: which of several pages is shown, and the shapes that can be drawn on it, each with its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task_hand import LABEL_TAGS, shapes
from gems_desktop.viewmodels.task_regions import kind_of
from gems_protocol.modules import Node
from gems_protocol.modules.check import MEDIA

_KEYS = {"rectangle": "r", "polygon": "p", "keypoint": "k", "ellipse": "o", "brush": "b"}


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One control that draws here. `key` takes it in hand; empty where the module gave that key to a label."""

    control: str
    kind: str
    key: str
    chosen: bool


class ImagePart(Part):
    """One Image, of one picture or of several pages."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._tools = RowsModel(ToolRow, self)
        self._pages: tuple[str, ...] = ()
        self._page = 0
        self._selected = ""
        task.handChanged.connect(self._read_tools)

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show the first page of another task."""
        super().open(node, data)
        value = data.get(node.variable, "")
        pages = value if isinstance(value, list) else [value]
        self._pages = tuple(_picture(page) for page in pages) or ("",)
        self._page, self._selected = 0, ""
        self.refresh()

    def refresh(self) -> None:
        """Read the answer and the hand anew; a region that was selected elsewhere brings its page."""
        selected: Any = self.task.selected
        chosen = self.task.region(selected) if selected else None
        if chosen is not None and chosen.id != self._selected and chosen.to_name == self.node.name:
            self._page = min(chosen.page, len(self._pages) - 1)
        self._selected = selected
        self._read_tools()
        self.changed.emit()

    def _read_tools(self) -> None:
        found = shapes(self.task.module, self.node.name)
        tool = self.task.tool(self.node.name)
        taken: set[str] = set()
        rows = []
        for node in found:
            kind = kind_of(node, self.task.module)
            key = _KEYS.get(kind, "")
            key = "" if key in taken or self.task.uses(key) else key
            taken.add(key)
            rows.append(
                ToolRow(node.name, kind, key.upper(), tool is not None and tool.geometry.name == node.name)
            )
        self._tools.replace(rows if len(rows) > 1 else [])

    def key(self, text: str) -> bool:
        """The key of a tool takes it in hand."""
        row = next((row for row in self._tools.rows if row.key and row.key == text.upper()), None)
        if row is None:
            return False
        self.chooseTool(row.control)
        return True

    @Slot(str)
    def chooseTool(self, control: str) -> None:
        """Draw with the shape of `control` from now on; with its first label where it has its own."""
        node = self.task.module.control(control)
        if node is None or self.task.readOnly:
            return
        if any(row.control == control and row.chosen for row in self._tools.rows):
            return
        self.task.select("")
        if node.tag in LABEL_TAGS and node.options:
            self.task.take(control, node.options[0].stored)
        self.task.chooseTool(self.node.name, control)
        self._read_tools()

    @Slot(int)
    def turn(self, step: int) -> None:
        """Show the page that is `step` pages further; past the ends nothing."""
        page = self._page + step
        if 0 <= page < len(self._pages):
            self._page = page
            self.task.select("")
            self.changed.emit()

    picture = Property(str, lambda self: self._pages[self._page] if self._pages else "", notify=changed)
    ahead = Property(str, lambda self: "".join(self._pages[self._page + 1 : self._page + 2]), notify=changed)
    page = Property(int, lambda self: self._page, notify=changed)
    pages = Property(int, lambda self: len(self._pages), notify=changed)
    paged = Property(bool, lambda self: bool(self.node.get("valueList")), notify=changed)
    tools = Property(QObject, lambda self: self._tools, constant=True)


def _picture(page: Any) -> str:
    """The SHA-256 in hex of a page; empty for what is no picture."""
    return page.removeprefix("sha256:") if isinstance(page, str) and MEDIA.fullmatch(page) else ""
