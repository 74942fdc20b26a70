# SPDX-License-Identifier: Apache-2.0
"""The part of a task that one element needs beyond its plain row: an object that QML binds to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gems_protocol.modules import Module, Node
from gems_protocol.modules.edits import Edit

if TYPE_CHECKING:
    from gems_desktop.viewmodels.task import TaskViewModel


def alone(module: Module) -> bool:
    """Whether a module has just one control that digits could mean from anywhere in the task."""
    return sum(node.tag in ("Rating", "Pairwise") for node in module.controls()) == 1


class Part(QObject):
    """One element of the task being shown. Each kind declares its own `changed` signal (ADR 0043).

    `open` is called when another task is shown in the same scene, `refresh` after every change of the answer, the
    selection, the label in hand or what is shown.
    """

    def __init__(self, task: TaskViewModel, node: Node) -> None:
        super().__init__(task)
        self.task = task
        self.node = node

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task's data."""
        self.node = node

    def refresh(self) -> None:
        """Read the answer and the selection anew."""

    def key(self, text: str) -> bool:
        """Do what this element gives the key `text` for; false when it gives it for nothing."""
        return False

    def wanted(self) -> tuple[tuple[str, str], ...]:
        """The name and the hash of each picture of its own that a person has to see before answering."""
        return ()

    def amended(self, edit: Edit) -> Edit:
        """An edit of the user's with what has to come with it."""
        return edit

    def pointed(self, identity: str) -> None:
        """A region was pointed at: clicked, not only passed by key."""

    def leave(self) -> None:
        """Another kind of task is on the screen: stop what plays, and wait for nothing more."""

    def flush(self) -> None:
        """Send what was typed and not sent yet."""
