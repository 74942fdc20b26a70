# SPDX-License-Identifier: Apache-2.0
"""What a screen reader is told about a window, read through Qt's accessibility interface, and what is wrong with it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import getCppPointer

STATES = (
    "focusable",
    "focused",
    "checked",
    "checkable",
    "disabled",
    "expandable",
    "expanded",
    "busy",
    "selected",
    "selectable",
    "invisible",
    "offscreen",
    "editable",
    "readOnly",
    "passwordEdit",
    "modal",
)
Role = QAccessible.Role
#: What a person can do something with.
WORKED = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText, Role.Slider, Role.SpinBox,
    Role.PageTab, Role.Link, Role.MenuItem, Role.ListItem, Role.TreeItem, Role.ButtonMenu, Role.Chart,
    Role.Canvas, Role.Row, Role.HotkeyField, Role.Dial,
}  # fmt: skip
#: What must have a name besides.
NAMED = WORKED | {
    Role.Dialog, Role.AlertMessage, Role.Graphic, Role.Heading, Role.PageTabList, Role.List, Role.Table,
    Role.StatusBar, Role.ProgressBar, Role.Tree, Role.Indicator,
}  # fmt: skip
#: Roles that say nothing of what an item is for: the keyboard does not rest on one.
MUTE = {Role.NoRole, Role.Client, Role.Pane, Role.Grouping, Role.StaticText, Role.LayeredPane, Role.Window}
CHOSEN = {"checked", "selected"}
RAW = re.compile(r"^(0x[0-9a-f]{8,}|sha256:.*|[a-z]+_[a-z_]+|[a-z]+[A-Z]\w+|undefined|null|NaN)$")


@dataclass(frozen=True, repr=False)
class Node:
    """One thing of the tree. `place` in pixels of the screen; `item` is what stands behind it."""

    role: Role
    name: str
    description: str
    value: str
    states: frozenset[str]
    place: QRect
    item: QObject | None
    children: tuple[Node, ...]
    kind: str  # the QML type and the objectName, taken at once: the item may be gone when it is told

    def __iter__(self) -> Iterator[Node]:
        """Everything below and this, in the order in which it is read."""
        yield self
        for child in self.children:
            yield from child

    def __repr__(self) -> str:
        return f"{self.role.name} {self.name!r} ({self.kind})"

    def named(self, name: str) -> Node:
        """The first with this name."""
        return next(each for each in self if each.name == name)

    def of(self, role: Role) -> list[Node]:
        """All with this role."""
        return [each for each in self if each.role is role]

    def said(self) -> list[str]:
        """Every name, in the order in which they are read."""
        return [each.name for each in self if each.name.strip()]


def type_of(item: QObject) -> str:
    """The QML type of an item, without the engine's number."""
    return re.sub(r"_QML.*|^QQuick", "", item.metaObject().className())


def tree(of: QQuickWindow | QQuickItem) -> Node:
    """What is seen of a window (or of one item), hidden things left out."""
    QAccessible.setActive(True)
    face = QAccessible.queryAccessibleInterface(of)
    assert face is not None and face.isValid(), f"{of} says nothing of itself"
    return _node(face)


def _node(face: QAccessibleInterface) -> Node:
    children = [face.child(at) for at in range(face.childCount())]
    state, item = face.state(), face.object()
    value = face.valueInterface()
    text = str(value.currentValue()) if value else face.text(QAccessible.Text.Value)
    return Node(
        face.role(),
        face.text(QAccessible.Text.Name),
        face.text(QAccessible.Text.Description),
        text,
        frozenset(name for name in STATES if getattr(state, name)),
        face.rect(),
        item,
        tuple(_node(each) for each in children if each and not each.state().invisible),
        f"{type_of(item)} {item.objectName()}" if item is not None else "?",
    )


def faults(window: QQuickWindow) -> list[str]:
    """What somebody who hears the window misses; empty when nothing is missing."""
    root = tree(window)
    return [*_nameless(root), *_wrong_states(root)]


def left_untold(window: QQuickWindow) -> list[str]:
    """The faults of a window that a test leaves behind, in a long run; in a short one they are not looked for."""
    return faults(window) if os.environ.get("GEMS_LONG") and window.isVisible() else []


def _nameless(root: Node) -> Iterator[str]:
    for node in root:
        name = node.name.strip()
        if "passwordEdit" in node.states:
            name = node.description.strip()  # Qt says no name of one
        if node.role in NAMED and not name:
            yield f"no name: {node}"
        elif RAW.match(name) or any("\ue000" <= letter <= "\uf8ff" for letter in name):
            yield f"a name that is no word: {node}"
        elif "“”" in name or "undefined" in name + node.description or re.search(r"%\d", name):
            yield f"a name with a hole: {node}"


def _wrong_states(root: Node) -> Iterator[str]:
    for node in root:
        item = node.item
        if item is None:
            continue
        marked = item.property("chosen" if isinstance(item.property("chosen"), bool) else "checked")
        if node.role in (Role.CheckBox, Role.RadioButton) and isinstance(marked, bool):
            if "checkable" not in node.states or ("checked" in node.states) != marked:
                yield f"whether it is checked is not told: {node}"
        elif node.role in WORKED and item.property("chosen") is True and not node.states & CHOSEN:
            yield f"not told that it is chosen: {node}"
        if node.role in (Role.Slider, Role.SpinBox, Role.ProgressBar) and not node.value:
            yield f"no value: {node}"
        shown = item.property("displayText")
        if node.role is Role.ComboBox and shown and str(shown) not in node.name + node.description:
            yield f"what is chosen is not told: {node}"
        off = isinstance(item, QQuickItem) and not item.isEnabled()
        if off and node.role in WORKED and "disabled" not in node.states:
            yield f"not told that it is off: {node}"
        if item.property("activeFocus") and node.role in WORKED and "focused" not in node.states:
            yield f"not told that it has the keyboard: {node}"


def heard(window: QQuickWindow) -> Node | None:
    """What is said of the item that has the keyboard: itself, or what it is part of, as Qt looks for it."""
    known = by_item(window)
    return of_item(window.activeFocusItem(), known)


def by_item(window: QQuickWindow) -> dict[int, Node]:
    """Everything that is said, by what it is said of."""
    return {key_of(node.item): node for node in tree(window) if node.item is not None}


def of_item(at: QQuickItem | None, known: dict[int, Node]) -> Node | None:
    """What is said of an item or of the nearest thing around it that anything is said of."""
    while at is not None and key_of(at) not in known:
        at = at.parentItem()
    return known[key_of(at)] if at is not None else None


def key_of(item: QObject) -> int:
    """The same for the same thing of Qt, whichever Python object stands for it just now."""
    return int(getCppPointer(item)[0])
