# SPDX-License-Identifier: Apache-2.0
"""A labelling config as a frozen tree: objects that show data, controls that take answers, layout around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a tag is for."""

    LAYOUT = "layout"
    OBJECT = "object"
    CONTROL = "control"
    OPTION = "option"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice or label: what is shown and stored as `value`, its key and its colour if it has one."""

    value: str
    alias: str = ""
    key: str = ""
    colour: str = ""
    hint: str = ""

    @property
    def stored(self) -> str:
        """What an answer holds for it."""
        return self.alias or self.value


@dataclass(frozen=True, slots=True)
class Node:
    """One element. `attributes` holds the known ones as text; options are those of a control."""

    tag: str
    kind: Kind
    name: str = ""
    to_name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    children: tuple[Node, ...] = ()
    line: int = 0

    def get(self, attribute: str, default: str = "") -> str:
        """The text of an attribute."""
        return dict(self.attributes).get(attribute, default)

    def flag(self, attribute: str, default: bool = False) -> bool:
        """A true/false attribute."""
        found = self.get(attribute).lower()
        return default if not found else found == "true"

    @property
    def variable(self) -> str:
        """The task field that an object shows ("$photo" -> "photo"); empty for a fixed text."""
        value = self.get("value")
        return value[1:] if value.startswith("$") else ""

    @property
    def answer_type(self) -> str:
        """Label Studio's `type` of this control's results."""
        return self.tag.lower()

    def walk(self) -> Iterator[Node]:
        """This element and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed labelling config."""

    root: Node
    notes: tuple[str, ...] = ()

    def controls(self) -> tuple[Node, ...]:
        """The elements that take answers, in reading order."""
        return tuple(node for node in self.root.walk() if node.kind is Kind.CONTROL)

    def objects(self) -> tuple[Node, ...]:
        """The elements that show the task's data, in reading order."""
        return tuple(node for node in self.root.walk() if node.kind is Kind.OBJECT)

    def control(self, name: str) -> Node | None:
        """The control of that name."""
        return next((node for node in self.controls() if node.name == name), None)

    def shown(self, name: str) -> Node | None:
        """The object of that name."""
        return next((node for node in self.objects() if node.name == name), None)

    def variables(self) -> tuple[str, ...]:
        """The fields that a task must have."""
        return tuple(dict.fromkeys(n.variable for n in self.root.walk() if n.variable))

    def media_variables(self) -> tuple[str, ...]:
        """The fields that hold media by content hash."""
        return tuple(dict.fromkeys(n.variable for n in self.objects() if n.tag == "Image" and n.variable))
