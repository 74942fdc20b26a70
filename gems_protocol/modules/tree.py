# SPDX-License-Identifier: Apache-2.0
"""A labelling config as a frozen tree: objects that show data, controls that take answers, layout around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

# Objects that show a file of the task instead of a value in it.
MEDIA_TAGS = frozenset({"Image", "Audio", "Video", "Pdf"})

WOVEN = re.compile(r"\$(\w+)", re.ASCII)  # a field inside words
_TEMPLATE = re.compile(r"[\s$]")  # what no field's name holds


class Kind(Enum):
    """What a tag is for."""

    LAYOUT = "layout"
    OBJECT = "object"
    CONTROL = "control"
    OPTION = "option"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, label, relation or bucket: what is shown and stored as `value`, its key, colour and picture.

    `children` are the choices below it in a tree; `picture` is the SHA-256 in hex of a picture that shows it.
    """

    value: str
    alias: str = ""
    key: str = ""
    colour: str = ""
    hint: str = ""
    text: str = ""
    picture: str = ""
    most: int = 0  # how often it may be used; 0 for any number
    children: tuple[Option, ...] = ()
    selected: bool = False  # chosen, or in the hand, from the start

    @property
    def stored(self) -> str:
        """What an answer holds for it."""
        return self.alias or self.value

    @property
    def shown(self) -> str:
        """What people read."""
        return self.text or self.value

    def walk(self, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Option]]:
        """This option and all below it, each with its path of stored values from the root."""
        path = (*above, self.stored)
        yield path, self
        for child in self.children:
            yield from child.walk(path)


@dataclass(frozen=True, slots=True)
class Node:
    """One element. `attributes` holds the known ones as text; options are those of a control.

    `place` counts the elements in reading order. `to_names` are the objects that a control is about.
    """

    tag: str
    kind: Kind
    name: str = ""
    to_names: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    children: tuple[Node, ...] = ()
    line: int = 0
    place: int = 0

    @property
    def to_name(self) -> str:
        """The object that a control's results name: the first it is about."""
        return self.to_names[0] if self.to_names else ""

    def get(self, attribute: str, default: str = "") -> str:
        """The text of an attribute."""
        return next((value for key, value in self.attributes if key == attribute), default)

    def flag(self, attribute: str, default: bool = False) -> bool:
        """A true/false attribute."""
        found = self.get(attribute).strip().lower()
        return default if not found else found == "true"

    def number(self, attribute: str, default: int) -> int:
        """An attribute that is a whole number; `default` where it is none."""
        found = self.get(attribute).strip()
        return int(found) if found.isascii() and found.isdigit() and len(found) < 7 else default

    def words(self, attribute: str) -> tuple[str, ...]:
        """An attribute that is a list separated by commas."""
        return tuple(word for part in self.get(attribute).split(",") if (word := part.strip()))

    @property
    def variable(self) -> str:
        """The task field that an object shows or a control's options come from ("$photo" -> "photo")."""
        value = self.get("valueList") or self.get("value")
        return value[1:] if value.startswith("$") and not _TEMPLATE.search(value, 1) else ""

    @property
    def woven(self) -> tuple[str, ...]:
        """The task fields that stand inside words: of a text ("Title: $title") and of options ("$first")."""
        texts = [self.get("value")] if self.kind is Kind.OBJECT and not self.variable else []
        if self.kind is Kind.CONTROL:
            texts += [option.value for _, option in self.every_option()]
        return tuple(dict.fromkeys(name for text in texts for name in WOVEN.findall(text)))

    @property
    def sound(self) -> str:
        """The task field of the sound that goes with a dialogue (`audioUrl`)."""
        value = self.get("audioUrl")
        return value[1:] if value.startswith("$") else ""

    @property
    def per_region(self) -> bool:
        """Whether its results belong to single regions instead of the whole task."""
        return self.kind is Kind.CONTROL and self.flag("perRegion")

    @property
    def multiple(self) -> bool:
        """Whether several options may be chosen at once."""
        return self.get("choice") == "multiple"

    @property
    def answer_type(self) -> str:
        """Label Studio's `type` of this control's results."""
        return "chatmessage" if self.tag == "Chat" else self.tag.lower()

    def every_option(self) -> Iterator[tuple[tuple[str, ...], Option]]:
        """All options, those below others too, each with its path."""
        for option in self.options:
            yield from option.walk()

    def option(self, stored: str) -> Option | None:
        """The option that answers hold as `stored`, at any depth."""
        return next((option for _, option in self.every_option() if option.stored == stored), None)

    def walk(self) -> Iterator[Node]:
        """This element and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Module:
    """A parsed labelling config; `bound` once a task's data filled what comes from it (gems_protocol.modules.bind)."""

    root: Node
    notes: tuple[str, ...] = ()
    bound: bool = False
    _by_name: dict[str, Node] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_name.update({node.name: node for node in self.root.walk() if node.name})

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every element, in reading order."""
        return tuple(self.root.walk())

    def controls(self) -> tuple[Node, ...]:
        """The elements that take answers, in reading order."""
        return tuple(node for node in self.nodes if node.kind is Kind.CONTROL)

    def objects(self) -> tuple[Node, ...]:
        """The elements that show the task's data, in reading order."""
        return tuple(node for node in self.nodes if node.kind is Kind.OBJECT)

    def control(self, name: str) -> Node | None:
        """The control of that name; a Chat takes answers too."""
        node = self._by_name.get(name)
        return node if node is not None and (node.kind is Kind.CONTROL or node.tag == "Chat") else None

    def shown(self, name: str) -> Node | None:
        """The object of that name."""
        node = self._by_name.get(name)
        return node if node is not None and node.kind is Kind.OBJECT else None

    def variables(self) -> tuple[str, ...]:
        """The fields that a task must have."""
        found = [variable for n in self.nodes for variable in (n.variable, n.sound, *n.woven) if variable]
        return tuple(dict.fromkeys(found))

    def media_variables(self) -> tuple[str, ...]:
        """The fields that hold media by content hash: a text, or a list of texts for pages."""
        shown = [n.variable for n in self.objects() if n.tag in MEDIA_TAGS and n.variable]
        return tuple(dict.fromkeys([*shown, *(n.sound for n in self.objects() if n.sound)]))

    def relations(self) -> Node | None:
        """The element that names the kinds of relations between regions, if there is one."""
        return next((node for node in self.nodes if node.tag == "Relations"), None)
