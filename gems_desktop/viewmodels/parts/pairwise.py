# SPDX-License-Identifier: Apache-2.0
"""Two things side by side, of which the better is chosen: their words or pictures, and which was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part, alone
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task_rows import picture_of, shown_text
from gems_protocol.modules import Node, limits
from gems_protocol.modules.plain import from_html
from gems_protocol.text import clean

_SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the two. `key` chooses it from anywhere in the task; empty where the module gave that key away."""

    side: str
    text: str
    picture: str
    key: str
    chosen: bool


class PairwisePart(Part):
    """One Pairwise with the two objects it is about; where those show themselves, the cards are only buttons."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._cards = RowsModel(Candidate, self)
        self._seen: tuple[tuple[str, str], ...] = ()

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show the two things of another task."""
        super().open(node, data)
        self._seen = tuple(self._content(name, data) for name in node.to_names[:2])
        self.refresh()

    def refresh(self) -> None:
        """Read the answer anew."""
        found = self.task.result(self.node)
        chosen = found["value"]["selected"] if found is not None else ""
        keys = tuple(key if alone(self.task.module) and not self.task.claims(key) else "" for key in "12")
        self._cards.replace(
            [
                Candidate(side, *content, key, side == chosen)
                for side, content, key in zip(_SIDES, self._seen, keys, strict=False)
            ]
        )
        self.changed.emit()

    def key(self, text: str) -> bool:
        """1 chooses the first, 2 the second."""
        if text not in ("1", "2") or not alone(self.task.module):
            return False
        self.choose(_SIDES[int(text) - 1])
        return True

    def wanted(self) -> tuple[tuple[str, str], ...]:
        """The pictures on the cards."""
        return tuple(
            (name, picture)
            for name, (_, picture) in zip(self.node.to_names, self._seen, strict=False)
            if picture
        )

    @Slot(int, str)
    def opened(self, at: int, trouble: str) -> None:
        """The picture of a card is on the screen, or cannot be shown and why."""
        if not 0 <= at < len(self._seen) or not self._seen[at][1]:
            return
        if trouble:
            self.task.failed(self.node.to_names[at], trouble)
        else:
            self.task.painted(self.node.to_names[at], self._seen[at][1], (0, 0))

    @Slot(str)
    def choose(self, side: str) -> None:
        """Choose one of the two; the chosen one again takes the choice back."""
        found = self.task.result(self.node)
        again = found is not None and found["value"]["selected"] == side
        name = self.node.name
        value = None if again else {"selected": side}
        self.task.do({"op": "put", "control": name, "value": value, **self.task.about(name)})

    def _content(self, name: str, data: dict[str, Any]) -> tuple[str, str]:
        """The words and the picture of an object."""
        shown = self.task.module.shown(name)
        if shown is None:
            return "", ""
        if shown.tag == "Image":
            return "", picture_of(shown, data)
        if shown.tag == "HyperText":
            words, picture = from_html(shown_text(shown, data))
            return clean(words, max_length=limits.TEXT_LENGTH), picture
        if shown.tag == "Text":
            return clean(shown_text(shown, data), max_length=limits.TEXT_LENGTH), ""
        return "", ""

    cards = Property(QObject, lambda self: self._cards, constant=True)
    bare = Property(bool, lambda self: not any(any(each) for each in self._seen), notify=changed)
