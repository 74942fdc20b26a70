# SPDX-License-Identifier: Apache-2.0
"""The XML of a labelling config: bounded, without document types, entities or anything outside of it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from gems_protocol.errors import GemsError
from gems_protocol.modules import limits
from gems_protocol.text import CUT

LINE = "gems-line"  # the attribute in which an element carries its line


def brief(told: str) -> str:
    """What is told, cut where a hostile name makes it endless."""
    return told if len(told) <= limits.TOLD_LENGTH else told[: limits.TOLD_LENGTH - 1] + CUT


class ConfigRefused(GemsError):
    """A labelling config cannot be used; `reasons` names every cause, with its line."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        if len(reasons) > limits.REASONS:
            more = f"and {len(reasons) - limits.REASONS} more"
            reasons = (*reasons[: limits.REASONS], more)
        reasons = tuple(brief(reason) for reason in reasons)
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
        if len(attrs) > limits.CONFIG_ATTRIBUTES:
            raise ConfigRefused(
                (f"line {number}: an element has more than {limits.CONFIG_ATTRIBUTES} attributes",)
            )
        return super().start(tag, {**attrs, LINE: str(number)})


class _Parser(XMLParser):  # type: ignore[misc]
    """defusedxml's parser without document types, entities or external references."""

    def __init__(self, target: _LineBuilder) -> None:
        super().__init__(target=target, forbid_dtd=True, forbid_entities=True, forbid_external=True)


def read(config: str) -> Element:
    """The root element of a config, each element with its line in the attribute LINE; raises ConfigRefused."""
    if len(config) > limits.CONFIG_BYTES or len(config.encode("utf-8", "replace")) > limits.CONFIG_BYTES:
        raise ConfigRefused((f"it is larger than {limits.CONFIG_BYTES} bytes",))
    builder = _LineBuilder()
    parser = _Parser(builder)
    builder.parser = parser
    try:
        parser.feed(config)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise ConfigRefused(("it declares a document type or entities, which are not allowed",)) from error
    except (ParseError, ValueError, LookupError) as error:
        # LookupError: an encoding that nobody knows
        place = getattr(error, "position", (0, 0))[0]
        raise ConfigRefused((f"it is not well-formed XML (line {place})",)) from error
    return root


def line_of(element: Element) -> int:
    """The line on which an element stands."""
    return int(element.get(LINE, "0"))


def inner(element: Element) -> str:
    """What stands inside an element, as it would be written again, without its children's lines."""
    parts = [_escaped(element.text)]
    waiting: list[Element | str] = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if isinstance(child, str):
            parts.append(child)
            continue
        given = "".join(f' {k}="{_escaped(v, quoted=True)}"' for k, v in child.items() if k != LINE)
        parts.append(f"<{child.tag}{given}>{_escaped(child.text)}")
        waiting.append(f"</{child.tag}>{_escaped(child.tail)}")
        waiting.extend(reversed(child))
    return "".join(parts).strip()


def _escaped(text: str | None, *, quoted: bool = False) -> str:
    found = (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return found.replace('"', "&quot;") if quoted else found
