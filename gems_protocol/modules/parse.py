# SPDX-License-Identifier: Apache-2.0
"""Reads a labelling config into a Module, refusing by name and line everything that it cannot mean here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from gems_protocol.modules import limits
from gems_protocol.modules.compare.declared import wrong_declarations
from gems_protocol.modules.config_xml import LINE, ConfigRefused, brief, inner, line_of, read
from gems_protocol.modules.keys import usable
from gems_protocol.modules.options import option_of
from gems_protocol.modules.tags import HARMLESS, REFUSED, TAGS, WITHOUT, Tag, canonical, canonical_tag
from gems_protocol.modules.tree import Kind, Module, Node, Option
from gems_protocol.text import clean, line

__all__ = ["NUMBERS", "ConfigRefused", "parse"]

_NAME = re.compile(r"[A-Za-z_][\w.\- ]*", re.ASCII)
NUMBERS = ("rows", "maxSubmissions", "maxUsages", "maxRating", "minMessages")


def parse(config: str) -> Module:
    """The Module that a labelling config describes; raises ConfigRefused with every reason."""
    root = read(config)
    reading = _Reading()
    node = reading.element(root, 1)
    if node is not None:
        node = reading.whole(node)
    if reading.reasons or node is None:
        raise ConfigRefused(tuple(reading.reasons))
    module = Module(node, tuple(dict.fromkeys(map(brief, reading.notes)))[: limits.NOTES])
    if wrong := wrong_declarations(module):
        raise ConfigRefused(wrong)
    return module


@dataclass
class _Reading:
    """Collects all reasons before refusing, so that an author mends a config once."""

    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    places: int = 0

    def element(self, element: Element, depth: int) -> Node | None:
        number, name = line_of(element), canonical_tag(element.tag)
        if depth > limits.CONFIG_DEPTH:
            self.reasons.append(f"line {number}: elements are nested more than {limits.CONFIG_DEPTH} deep")
            return None
        tag = TAGS.get(name)
        if tag is None:
            self.reasons.append(f"line {number}: the tag {line(name, 40)} is not supported")
            return None
        if tag.kind is Kind.OPTION:
            self.reasons.append(f"line {number}: a {name} stands outside of what it is an option of")
            return None
        if tag.kind is Kind.IGNORED:
            self.notes.append(f"line {number}: {name} is read and has no effect here")
            return Node(name, Kind.IGNORED, line=number)
        place, self.places = self.places, self.places + 1
        attributes = self._attributes(element, name, tag)
        if name == "Relations":
            attributes.setdefault("choice", "multiple")  # Label Studio's default of this tag alone
        options, rest = self._options(element, name, tag, attributes)
        if name == "HyperText":
            rest = []  # its content is what it shows
        if tag.kind is not Kind.LAYOUT and rest:
            self.reasons.append(f"line {number}: {name} cannot hold {line(rest[0].tag, 40)} here")
            rest = []
        children = [self.element(child, depth + 1) for child in rest]
        node = Node(
            tag=name,
            kind=tag.kind,
            name=attributes.pop("name", ""),
            to_names=tuple(
                dict.fromkeys(
                    part for word in attributes.pop("toName", "").split(",") if (part := word.strip())
                )
            ),
            attributes=tuple(sorted(attributes.items())),
            options=options,
            children=tuple(
                child for child in children if child is not None and child.kind is not Kind.IGNORED
            ),
            line=number,
            place=place,
        )
        self._values(node, tag)
        return node

    def _attributes(self, element: Element, name: str, tag: Tag) -> dict[str, str]:
        """The known attributes; as in Label Studio, words inside an element are its value."""
        number, found = line_of(element), dict[str, str]()
        for key, value in element.items():
            if key == LINE:
                continue
            known = canonical(key)
            off = value.strip().lower() in ("", "none", "false")
            if known in tag.attributes:
                found[known] = clean(value, max_length=limits.TEXT_LENGTH)
            elif known in REFUSED and not off:
                self.reasons.append(
                    f"line {number}: {name} has the attribute {line(key, 40)}, which is not supported"
                )
            elif known in HARMLESS:
                self.notes.append(f"line {number}: the look {line(key, 40)} is drawn in our own style")
            elif known in WITHOUT:
                if not off:
                    self.notes.append(f"line {number}: {name} has {known}, but {WITHOUT[known]}")
            elif known not in REFUSED:
                self.notes.append(f"line {number}: {name} does not know {line(key, 40)}; it has no effect")
        words = inner(element) if name == "HyperText" else (element.text or "").strip()
        if words and "value" in tag.attributes and (name == "HyperText" or not len(element)):
            found["value"] = clean(words, max_length=limits.TEXT_LENGTH)
        return found

    def _options(
        self, element: Element, name: str, tag: Tag, attributes: dict[str, str]
    ) -> tuple[tuple[Option, ...], list[Element]]:
        """The options of an element, and its other children; what is laid out around options is taken apart."""
        number = line_of(element)
        # only with allowNested are choices in choices more than a look
        nested = tag.nested and (name != "Choices" or attributes.get("allowNested", "").lower() == "true")
        options: list[Option] = []
        rest: list[Element] = []
        waiting = list(reversed(element))
        while waiting:
            child = waiting.pop()
            kind = canonical_tag(child.tag)
            if tag.options and kind == tag.options:
                options.append(self._option(child, kind, nested, 1))
            elif tag.options and tag.kind is Kind.CONTROL and kind in ("View", "Header"):
                waiting.extend(reversed(child))
                title = self._attributes(child, kind, TAGS[kind]).get("value", "") if kind == "Header" else ""
                if title and not attributes.get("hint"):
                    attributes["hint"] = title
                    self.notes.append(f"line {line_of(child)}: Header among options is the hint of {name}")
                else:
                    self.notes.append(f"line {line_of(child)}: {kind} among options has no effect here")
            else:
                rest.append(child)
        dynamic = attributes.get("value", "").startswith("$")
        needed = not tag.optional or (tag.options in ("Choice", "Label") and not dynamic)
        if tag.options and not options and needed:
            self.reasons.append(f"line {number}: {name} has no {tag.options}")
        for twice in _repeated([option.stored for option in options]):
            self.notes.append(f"line {number}: {tag.options} “{twice}” stands twice and is shown once")
        kept: dict[str, Option] = {}
        for option in options:
            kept.setdefault(option.stored, option)
        return tuple(kept.values()), rest

    def _option(self, element: Element, name: str, nested: bool, depth: int) -> Option:
        number = line_of(element)
        attributes = self._attributes(element, name, TAGS[name])
        option = option_of(attributes)
        if not option.value:
            self.reasons.append(f"line {number}: a {name} has no value")
        children: dict[str, Option] = {}
        for child in element:
            if canonical_tag(child.tag) != name or not TAGS[name].nested:
                self.reasons.append(
                    f"line {number}: a {line(child.tag, 40)} inside a {name} is not supported"
                )
            elif not nested:
                self.notes.append(
                    f"line {line_of(child)}: a Choice inside a Choice is shown with allowNested only"
                )
            elif depth >= limits.OPTION_DEPTH:
                self.reasons.append(f"line {number}: choices are nested more than {limits.OPTION_DEPTH} deep")
            else:
                below = self._option(child, name, nested, depth + 1)
                children.setdefault(below.stored, below)
        return replace(option, children=tuple(children.values()))

    def _values(self, node: Node, tag: Tag) -> None:
        """What one element alone shows to be wrong."""
        if tag.named and (not _NAME.fullmatch(node.name) or len(node.name) > limits.NAME_LENGTH):
            self.reasons.append(f"line {node.line}: {node.tag} needs a name of letters, digits, _ or -")
        if tag.kind is Kind.OBJECT and not (node.get("value") or node.get("valueList")):
            self.reasons.append(f"line {node.line}: {node.tag} has no value")
        if tag.media and not node.variable:
            self.reasons.append(
                f"line {node.line}: {node.tag} must show a field of the task ($name), never an address"
            )
        if node.get("choice") not in tag.choice:
            self.reasons.append(f"line {node.line}: choice “{line(node.get('choice'), 40)}” is not supported")
        if node.get("valueType") == "url" and node.tag not in ("TimeSeries", "Table"):
            self.reasons.append(
                f"line {node.line}: {node.tag} cannot fetch an address; put its text into the task"
            )
        if node.tag == "Chat" and node.get("llm"):
            self.notes.append(
                f"line {node.line}: no model answers here; the worker writes each side of the chat"
            )
        if node.tag == "Pairwise" and node.to_names and len(node.to_names) != 2:
            self.reasons.append(f"line {node.line}: Pairwise {node.name} must name two objects to compare")
        for number in NUMBERS:
            given = node.get(number)
            if given and not given.startswith("$") and not re.fullmatch(r"\d{1,4}", given, re.ASCII):
                self.reasons.append(f"line {node.line}: {number} of {node.tag} is not a number")

    def whole(self, root: Node) -> Node:
        """What only the whole tree shows: names that clash, controls that point nowhere, keys taken twice."""
        nodes = list(root.walk())
        for twice in _repeated([node.name for node in nodes if node.name]):
            self.reasons.append(f"the name {twice} is given twice")
        objects = {node.name: node for node in nodes if node.kind is Kind.OBJECT and node.name}
        controls = [node for node in nodes if node.kind is Kind.CONTROL]
        for node in controls:
            self._targets(node, objects)
        wanted = [o.key for node in controls for _, o in node.every_option() if o.key]
        for key in _repeated(wanted):
            self.notes.append(f"the key {line(key, 16)} is given to two options; the second gets another")
        for key in dict.fromkeys(key for key in wanted if not usable(key)):
            self.notes.append(f"the key {line(key, 16)} is no option's here; it gets another")
        if not controls and not any(node.tag == "Chat" for node in nodes):
            self.reasons.append("it has no control, so nothing could be answered")
        return self._pointed(root, next(iter(objects), ""))

    def _targets(self, node: Node, objects: dict[str, Node]) -> None:
        if not node.to_names:
            first = next(iter(objects.values()), None)
            if first is None or first.tag not in TAGS[node.tag].to or node.tag == "Pairwise":
                self.reasons.append(f"line {node.line}: {node.tag} {node.name} points to no object")
            else:
                self.notes.append(
                    f"line {node.line}: {node.tag} {node.name} names no object; it is about the first"
                )
        for name in node.to_names:
            target = objects.get(name)
            if target is None:
                self.reasons.append(
                    f"line {node.line}: {node.tag} {node.name} points to no object ({line(name, 64)})"
                )
            elif target.tag not in TAGS[node.tag].to:
                self.reasons.append(f"line {node.line}: {node.tag} cannot label a {target.tag}")

    def _pointed(self, node: Node, first: str) -> Node:
        """The tree in which each control names an object."""
        if node.kind is Kind.CONTROL and not node.to_names:
            return replace(node, to_names=(first,))
        if not node.children:
            return node
        return replace(node, children=tuple(self._pointed(child, first) for child in node.children))


def _repeated(values: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(value for value in values if value in seen or seen.add(value)))  # type: ignore[func-returns-value]
