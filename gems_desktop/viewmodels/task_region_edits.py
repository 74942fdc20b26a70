# SPDX-License-Identifier: Apache-2.0
"""The regions of the task on the screen, and the edits that gestures on them become."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gems_desktop.viewmodels import task_hand
from gems_desktop.viewmodels.task_hand import Tool
from gems_desktop.viewmodels.task_regions import RegionFacts, Regions, spent
from gems_desktop.viewmodels.task_rows import PALETTE
from gems_protocol.modules import Module
from gems_protocol.modules.answer import Region
from gems_protocol.modules.edits import Edit


class RegionEdits:
    """A part of TaskViewModel: what it says about regions, and makes of them."""

    module: Module
    _answer: list[Region]
    _marked: Regions
    _colours: dict[tuple[str, str], str]
    _selected: str
    _fresh: str
    selectionChanged: Any
    placeMark: Callable[[str, dict[str, Any]], bool]

    def tool(self, shown_name: str) -> Tool | None:
        """What a gesture on the object of that name makes."""
        raise NotImplementedError

    def do(self, edit: Edit | None) -> bool:
        """Do one edit of the user's."""
        raise NotImplementedError

    def flush(self) -> None:
        """Send what was typed."""
        raise NotImplementedError

    def _derive(self) -> None:
        raise NotImplementedError

    def choose_region(self, identity: str, *, fresh: bool = False) -> None:
        """Select a region; `fresh`: it was just made, so that the next label is for the next one."""
        facts = self.region(identity)
        wanted = identity if facts is not None else ""
        if facts is not None and self.placeMark(facts.to_name, {"kind": "region", "id": identity}):
            return
        before, self._fresh = self._fresh, wanted if fresh else ""
        if wanted != self._selected:
            self.flush()
            self._selected = wanted
            self._derive()
        elif before == self._fresh:
            return
        self.selectionChanged.emit()

    def takes_label(self) -> bool:
        """Whether a label goes to the selected region: not to one just made, but to one that is still being drawn."""
        facts = self.region(self._selected)
        return facts is not None and (facts.id != self._fresh or facts.value.get("closed") is False)

    def regions(self) -> tuple[RegionFacts, ...]:
        """The regions of the answer, in the order they were made."""
        return self._marked.all(self._answer, self.module, self._colours)

    def regions_on(self, shown_name: str, page: int = 0) -> tuple[RegionFacts, ...]:
        """The regions to draw on an object, without hidden ones."""
        return tuple(
            each
            for each in self.regions()
            if each.to_name == shown_name and each.page == page and not each.hidden
        )

    @property
    def results(self) -> list[Region]:
        """The answer as it is shown, without what is being typed."""
        return self._answer

    @property
    def colours(self) -> dict[tuple[str, str], str]:
        """The colour of each (control, stored option)."""
        return self._colours

    def region(self, identity: str) -> RegionFacts | None:
        """The region of that id."""
        return next((each for each in self.regions() if each.id == identity), None)

    def colour(self, tool: Tool | None) -> str:
        """The colour of what a tool makes."""
        if tool is None or tool.labels is None:
            return PALETTE[0]
        return self._colours.get((tool.labels.name, tool.label), PALETTE[0])

    def add(self, shown_name: str, value: dict[str, Any], beside: dict[str, Any] | None = None) -> str:
        """Make a region of `value` (geometry alone) with the tool in hand and select it; its id, or nothing."""
        tool = self.tool(shown_name)
        if tool is None:
            return ""
        if tool.labels is not None and self.spent(tool.labels.name, tool.label):
            return ""
        identity, edit = task_hand.adding(tool, shown_name, value, beside or {})
        if not self.do(edit):
            return ""
        self.choose_region(identity, fresh=True)
        return identity

    def spent(self, control: str, label: str) -> bool:
        """Whether a label may not be used once more."""
        node = self.module.control(control)
        return node is not None and label in spent(node, self.regions())

    def change(self, identity: str, value: dict[str, Any]) -> bool:
        """Change the geometry of a region: `value` holds the keys that differ."""
        first = next((result for result in self._answer if result.get("id") == identity), None)
        if first is None or self._marked.locked(identity):
            return False
        return self.do({"op": "replace", "region": {**first, "value": {**first["value"], **value}}})

    def selected_words(self) -> str:
        """The selected region in words, or nothing."""
        facts = self.region(self._selected)
        if facts is None:
            return ""
        return " · ".join(part for part in (str(facts.number), facts.text) if part)
