# SPDX-License-Identifier: Apache-2.0
"""Reads a labelling config: bounded, without entities, and refusing by name everything it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from gems_protocol.errors import GemsError
from gems_protocol.modules import limits
from gems_protocol.modules.options import option_of
from gems_protocol.modules.tags import HARMLESS, REFUSED, TAGS, Tag, canonical
from gems_protocol.modules.tree import Kind, Module, Node, Option
from gems_protocol.text import clean, line

_NAME = re.compile(r"[A-Za-z_][\w.\- ]*", re.ASCII)
NUMBERS = ("rows", "maxSubmissions", "maxUsages", "maxRating", "minMessages")
_LINE = "gems-line"


class ConfigRefused(GemsError):
    """A labelling config cannot be used; `reasons` names every cause, with its line."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(
            "This labelling config cannot be used here: " + "; ".join(reasons),
            safe="Nothing was created.",
            action="Change what is named and check it again.",
        )
        self.reasons = reasons


class _LineBuilder(TreeBuilder):
    """Notes each element's line, so that refusals can point to it."""

    parser: _Parser | None = None
    elements = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.elements += 1
        if self.elements > limits.CONFIG_ELEMENTS:
            raise ConfigRefused((f"it has more than {limits.CONFIG_ELEMENTS} elements",))
        number = self.parser.parser.CurrentLineNumber if self.parser is not None else 0
        return super().start(tag, {**attrs, _LINE: str(number)})


class _Parser(XMLParser):  # type: ignore[misc]
    """defusedxml's parser without document types, entities or external references."""

    def __init__(self, target: _LineBuilder) -> None:
        super().__init__(target=target, forbid_dtd=True, forbid_entities=True, forbid_external=True)


def parse(config: str) -> Module:
    """The Module that a labelling config describes; raises ConfigRefused with every reason."""
    if len(config.encode("utf-8", "replace")) > limits.CONFIG_BYTES:
        raise ConfigRefused((f"it is larger than {limits.CONFIG_BYTES} bytes",))
    builder = _LineBuilder()
    parser = _Parser(builder)
    builder.parser = parser
    try:
        parser.feed(config)
        root = parser.close()
    except DefusedXmlException as error:
        raise ConfigRefused(("it declares a document type or entities, which are not allowed",)) from error
    except (ParseError, ValueError) as error:
        place = getattr(error, "position", (0, 0))[0]
        raise ConfigRefused((f"it is not well-formed XML (line {place})",)) from error
    reading = _Reading()
    node = reading.element(root, 1)
    if node is not None:
        node = reading.whole(node)
    if reading.reasons or node is None:
        raise ConfigRefused(tuple(reading.reasons))
    return Module(node, tuple(dict.fromkeys(reading.notes)))


@dataclass
class _Reading:
    """Collects all reasons before refusing, so that an author mends a config once."""

    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    places: int = 0

    def element(self, element: Element, depth: int) -> Node | None:
        number = int(element.get(_LINE, "0"))
        if depth > limits.CONFIG_DEPTH:
            self.reasons.append(f"line {number}: elements are nested more than {limits.CONFIG_DEPTH} deep")
            return None
        tag = TAGS.get(element.tag)
        if tag is None:
            self.reasons.append(f"line {number}: the tag {line(element.tag, 40)} is not supported")
            return None
        if tag.kind is Kind.OPTION:
            self.reasons.append(f"line {number}: a {element.tag} stands outside of what it is an option of")
            return None
        if tag.kind is Kind.IGNORED:
            self.notes.append(f"line {number}: {element.tag} is read and has no effect here")
            return Node(element.tag, Kind.IGNORED, line=number)
        place, self.places = self.places, self.places + 1
        attributes = self._attributes(element, tag, number)
        if element.tag == "Header":
            attributes.setdefault("value", clean((element.text or "").strip(), max_length=limits.TEXT_LENGTH))
        options, rest = self._options(element, tag)
        if tag.kind is not Kind.LAYOUT and rest:
            self.reasons.append(f"line {number}: {element.tag} cannot hold {line(rest[0].tag, 40)} here")
            rest = []
        children = [self.element(child, depth + 1) for child in rest]
        node = Node(
            tag=element.tag,
            kind=tag.kind,
            name=attributes.pop("name", ""),
            to_names=tuple(
                part for name in attributes.pop("toName", "").split(",") if (part := name.strip())
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

    def _attributes(self, element: Element, tag: Tag, number: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in element.items():
            if key == _LINE:
                continue
            known = canonical(key)
            if known in tag.attributes:
                found[known] = clean(value, max_length=limits.TEXT_LENGTH)
            elif known in REFUSED and value.strip().lower() not in ("", "none"):
                self.reasons.append(
                    f"line {number}: {element.tag} has the attribute {line(key, 40)}, which is not supported"
                )
            elif known in HARMLESS:
                self.notes.append(f"line {number}: the look {line(key, 40)} is drawn in our own style")
            else:
                self.notes.append(
                    f"line {number}: {element.tag} does not know {line(key, 40)}; it has no effect"
                )
        return found

    def _options(self, element: Element, tag: Tag) -> tuple[tuple[Option, ...], list[Element]]:
        """The options of an element, and its other children; what is laid out around options is taken apart."""
        options: list[Option] = []
        rest: list[Element] = []
        waiting = list(element)
        while waiting:
            child = waiting.pop(0)
            if tag.options and child.tag == tag.options:
                options.append(self._option(child, tag.nested, 1))
            elif tag.options and tag.kind is Kind.CONTROL and child.tag in ("View", "Header"):
                waiting = [*child, *waiting]
                self.notes.append(f"line {child.get(_LINE)}: {child.tag} among options has no effect here")
            else:
                rest.append(child)
        dynamic = element.get("value", "").startswith("$")
        needed = not tag.optional or (tag.options in ("Choice", "Label") and not dynamic)
        if tag.options and not options and needed:
            self.reasons.append(f"line {element.get(_LINE)}: {element.tag} has no {tag.options}")
        for twice in _repeated([option.stored for option in options]):
            self.notes.append(
                f"line {element.get(_LINE)}: {tag.options} “{twice}” stands twice and is shown once"
            )
        kept = {option.stored: option for option in reversed(options)}
        return tuple(reversed(kept.values())), rest

    def _option(self, element: Element, nested: bool, depth: int) -> Option:
        number = int(element.get(_LINE, "0"))
        attributes = self._attributes(element, TAGS[element.tag], number)
        if not (attributes.get("value") or attributes.get("name") or attributes.get("column", "")).strip():
            self.reasons.append(f"line {number}: a {element.tag} has no value")
        children: list[Option] = []
        for child in element:
            if child.tag != element.tag or not nested:
                self.reasons.append(
                    f"line {number}: a {line(child.tag, 40)} inside a {element.tag} is not supported"
                )
            elif depth >= limits.OPTION_DEPTH:
                self.reasons.append(f"line {number}: choices are nested more than {limits.OPTION_DEPTH} deep")
            else:
                children.append(self._option(child, nested, depth + 1))
        return replace(option_of(attributes), children=tuple(children))

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
        taken = _repeated([o.key for node in controls for _, o in node.every_option() if o.key])
        for key in taken:
            self.notes.append(f"the key {line(key, 16)} is given to two options; the second gets another")
        if not controls and not any(node.tag == "Chat" for node in nodes):
            self.reasons.append("it has no control, so nothing could be answered")
        return self._pointed(root, next(iter(objects), ""))

    def _targets(self, node: Node, objects: dict[str, Node]) -> None:
        if not node.to_names:
            if not objects or next(iter(objects.values())).tag not in TAGS[node.tag].to:
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
