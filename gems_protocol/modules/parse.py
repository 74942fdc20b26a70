# SPDX-License-Identifier: Apache-2.0
"""Reads a labelling config: bounded, without entities, and refusing by name everything it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from gems_protocol.errors import GemsError
from gems_protocol.modules import limits
from gems_protocol.modules.tags import HARMLESS, TAGS, Tag
from gems_protocol.modules.tree import Kind, Module, Node, Option
from gems_protocol.text import clean, line

_NAME = re.compile(r"[A-Za-z_][\w.\- ]*", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?|[A-Za-z]{3,20}", re.ASCII)
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
        reading.whole(node)
    if reading.reasons or node is None:
        raise ConfigRefused(tuple(reading.reasons))
    return Module(node, tuple(dict.fromkeys(reading.notes)))


@dataclass
class _Reading:
    """Collects all reasons before refusing, so that an author mends a config once."""

    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

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
        attributes = self._attributes(element, tag, number)
        options, rest = self._options(element, tag)
        children = [self.element(child, depth + 1) for child in rest]
        if tag.kind is not Kind.LAYOUT and rest:
            self.reasons.append(f"line {number}: {element.tag} cannot hold {line(rest[0].tag, 40)} here")
        node = Node(
            tag=element.tag,
            kind=tag.kind,
            name=attributes.pop("name", ""),
            to_name=attributes.pop("toName", ""),
            attributes=tuple(sorted(attributes.items())),
            options=options,
            children=tuple(
                child for child in children if child is not None and child.kind is not Kind.IGNORED
            ),
            line=number,
        )
        self._names(node, tag)
        return node

    def _attributes(self, element: Element, tag: Tag, number: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in element.items():
            if key == _LINE:
                continue
            if key in tag.attributes:
                found[key] = clean(value, max_length=limits.TEXT_LENGTH)
            elif key in HARMLESS:
                self.notes.append(f"line {number}: the look {line(key, 40)} is drawn in our own style")
            else:
                self.reasons.append(
                    f"line {number}: {element.tag} has the attribute {line(key, 40)}, which is not supported"
                )
        return found

    def _options(self, element: Element, tag: Tag) -> tuple[tuple[Option, ...], list[Element]]:
        options: list[Option] = []
        rest: list[Element] = []
        for child in element:
            if not tag.options or child.tag != tag.options:
                rest.append(child)
                continue
            number = int(child.get(_LINE, "0"))
            attributes = self._attributes(child, TAGS[child.tag], number)
            if len(child) > 0:
                self.reasons.append(f"line {number}: a {child.tag} inside a {child.tag} is not supported")
            value = line(attributes.get("value", ""), limits.LABEL_LENGTH)
            if not value:
                self.reasons.append(f"line {number}: a {child.tag} has no value")
            colour = attributes.get("background", "")
            options.append(
                Option(
                    value=value,
                    alias=line(attributes.get("alias", ""), limits.LABEL_LENGTH),
                    key=attributes.get("hotkey", "").strip().lower()[:16],
                    colour=colour if _COLOUR.fullmatch(colour) else "",
                    hint=line(attributes.get("hint", ""), limits.LABEL_LENGTH),
                )
            )
        if tag.options and not options:
            self.reasons.append(f"line {element.get(_LINE)}: {element.tag} has no {tag.options}")
        stored = [option.stored for option in options]
        for twice in _repeated(stored):
            self.reasons.append(f"line {element.get(_LINE)}: {tag.options} “{twice}” stands twice")
        return tuple(options), rest

    def _names(self, node: Node, tag: Tag) -> None:
        if tag.named and (not _NAME.fullmatch(node.name) or len(node.name) > limits.NAME_LENGTH):
            self.reasons.append(f"line {node.line}: {node.tag} needs a name of letters, digits, _ or -")
        if tag.kind is Kind.OBJECT and not node.get("value"):
            self.reasons.append(f"line {node.line}: {node.tag} has no value")
        if tag.media and not node.variable:
            self.reasons.append(
                f"line {node.line}: {node.tag} must show a field of the task ($name), never an address"
            )
        if node.get("choice") not in tag.choice:
            self.reasons.append(f"line {node.line}: choice “{line(node.get('choice'), 40)}” is not supported")
        for number in ("rows", "maxSubmissions", "maxUsages"):
            if node.get(number) and not re.fullmatch(r"\d{1,4}", node.get(number), re.ASCII):
                self.reasons.append(f"line {node.line}: {number} of {node.tag} is not a number")

    def whole(self, root: Node) -> None:
        """What only the whole tree shows: names that clash, controls that point nowhere, keys taken twice."""
        nodes = list(root.walk())
        named = [node for node in nodes if node.name]
        for twice in _repeated([node.name for node in named]):
            self.reasons.append(f"the name {twice} is given twice")
        objects = {node.name: node for node in nodes if node.kind is Kind.OBJECT}
        controls = [node for node in nodes if node.kind is Kind.CONTROL]
        for node in controls:
            target = objects.get(node.to_name)
            if target is None:
                self.reasons.append(
                    f"line {node.line}: {node.tag} {node.name} points to no object ({node.to_name})"
                )
            elif target.tag not in TAGS[node.tag].to:
                self.reasons.append(f"line {node.line}: {node.tag} cannot label a {target.tag}")
        for key in _repeated([option.key for node in controls for option in node.options if option.key]):
            self.reasons.append(f"the key {line(key, 16)} is given to two options")
        if not controls:
            self.reasons.append("it has no control, so nothing could be answered")


def _repeated(values: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(value for value in values if value in seen or seen.add(value)))  # type: ignore[func-returns-value]
