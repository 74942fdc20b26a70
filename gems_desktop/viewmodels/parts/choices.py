# SPDX-License-Identifier: Apache-2.0
"""Choices inside choices and choices in a list that unfolds: what a flat row of options does not say."""

from __future__ import annotations

from PySide6.QtCore import Property, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_desktop.viewmodels.task_rows import chosen_paths, offered

MANY = 60  # so many options are better found by typing than by looking


class ChoicesPart(Part):
    """One Choices; options are addressed by their place among the row's."""

    changed = Signal()

    def refresh(self) -> None:
        """Read the answer anew."""
        self.changed.emit()

    @Slot(int)
    def toggle(self, at: int) -> None:
        """Choose an option, or take it back where it can be."""
        every = offered(self.node)
        if self.task.readOnly or not 0 <= at < len(every):
            return
        path, option = every[at]
        name = self.node.name
        if not self.node.flag("allowNested"):
            self.task.toggle(name, option.stored)
            return
        on = path in chosen_paths(self.task.result(self.node))
        if on and not self.node.multiple:
            return
        edit = {"op": "unchoose" if on else "choose", "control": name, "option": list(path)}
        self.task.do({**edit, **self.task.about(name)})

    @Slot(int, int, str, result=int)
    def next(self, at: int, by: int, words: str) -> int:
        """The next option before or behind `at` that has `words` in its name and can be chosen; -1 for none."""
        every = offered(self.node)
        order = range(at + 1, len(every)) if by > 0 else range(at - 1, -1, -1)
        wanted = words.strip().casefold()
        return next((to for to in order if wanted in every[to][1].shown.casefold()), -1)

    def _nested(self) -> bool:
        return any(len(path) > 1 for path, _ in offered(self.node))

    def _folded(self) -> bool:
        return self.node.get("layout") == "select" or len(offered(self.node)) > MANY

    def _words(self) -> str:
        """What is chosen, for a list that is folded."""
        chosen = chosen_paths(self.task.result(self.node))
        return ", ".join(option.shown for path, option in offered(self.node) if path in chosen)

    pictured = Property(
        bool, lambda self: any(option.picture for _, option in offered(self.node)), notify=changed
    )
    nested = Property(bool, _nested, notify=changed)
    folded = Property(bool, _folded, notify=changed)
    words = Property(str, _words, notify=changed)
