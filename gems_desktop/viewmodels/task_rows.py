# SPDX-License-Identifier: Apache-2.0
"""What a task looks like as rows: derived from the module, the task's data and the answer, without Qt objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_protocol.modules import Module, Node, keys, limits
from gems_protocol.modules.answer import Region
from gems_protocol.modules.check import MEDIA
from gems_protocol.text import clean, line

# Distinct for most colour-blind people and readable on photos; used where the author names no colour.
PALETTE = ("#1F6FEB", "#D1541C", "#0B8A5B", "#B3269B", "#B07D00", "#0D8CA6", "#8250DF", "#C4314B")
LEFT, RIGHT = "left", "right"


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """One choice or label as shown: `stored` is what an answer holds."""

    stored: str
    text: str
    key: str
    hint: str
    colour: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One element of a task. `kind` is its tag in lower case; `side` is where it stands when there is room."""

    kind: str
    name: str
    side: str
    text: str = ""
    picture: str = ""  # SHA-256 in hex
    target: str = ""
    hint: str = ""
    multiple: bool = False
    flowing: bool = False
    needed: bool = False
    lines: int = 1
    most: int = 1
    texts: tuple[str, ...] = ()
    options: tuple[OptionFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a picture, in percent of it."""

    id: str
    control: str
    label: str
    x: float
    y: float
    width: float
    height: float


def boxes(answer: list[Region], module: Module, picture: str) -> tuple[Box, ...]:
    """The rectangles of `answer` on the object named `picture`, in the order they were made."""
    drawn = []
    for region in answer:
        if region["type"] == "rectanglelabels" and region["to_name"] == picture:
            value = region["value"]
            label = value["rectanglelabels"][0]
            place = (float(value[key]) for key in ("x", "y", "width", "height"))
            drawn.append(Box(region["id"], region["from_name"], label, *place))
    return tuple(drawn)


def rows(
    module: Module, data: dict[str, Any], answer: list[Region], brush: tuple[str, str] | None
) -> tuple[RowFacts, ...]:
    """The rows in reading order; `brush` is the (control, label) with which boxes are drawn now."""
    given = keys.assign(module)
    nodes = [node for node in module.root.walk() if node.tag in _ROWS]
    made = []
    for at, node in enumerate(nodes):
        made.append(_ROWS[node.tag](node, _side(nodes, at), data, _Answered(answer, given, brush)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Answered:
    answer: list[Region]
    keys: dict[tuple[str, str], str]
    brush: tuple[str, str] | None

    def value(self, control: Node, key: str) -> tuple[str, ...]:
        found = [region for region in self.answer if region["from_name"] == control.name]
        return tuple(found[0]["value"][key]) if found else ()


def _side(nodes: list[Node], at: int) -> str:
    """Controls stand right, what they judge left; a heading goes with what follows it."""
    node = next((later for later in nodes[at:] if later.tag != "Header"), nodes[max(0, at - 1)])
    return LEFT if node.tag in ("Text", "Image", "Header") else RIGHT


def _shown(node: Node, data: dict[str, Any]) -> str:
    value = data.get(node.variable, "") if node.variable else node.get("value")
    return value if isinstance(value, str) else ""


def _header(node: Node, side: str, data: dict[str, Any], _: _Answered) -> RowFacts:
    return RowFacts("header", node.name, side, text=line(_shown(node, data), 400))


def _text(node: Node, side: str, data: dict[str, Any], _: _Answered) -> RowFacts:
    return RowFacts("text", node.name, side, text=clean(_shown(node, data), max_length=limits.TEXT_LENGTH))


def _image(node: Node, side: str, data: dict[str, Any], _: _Answered) -> RowFacts:
    value = _shown(node, data)
    return RowFacts(
        "image", node.name, side, picture=value.removeprefix("sha256:") if MEDIA.fullmatch(value) else ""
    )


def _options(node: Node, chosen: tuple[str, ...], answered: _Answered) -> tuple[OptionFacts, ...]:
    return tuple(
        OptionFacts(
            stored=option.stored,
            text=option.value,
            key=answered.keys.get((node.name, option.stored), "").upper(),
            hint=option.hint,
            colour=option.colour or PALETTE[at % len(PALETTE)],
            chosen=option.stored in chosen,
        )
        for at, option in enumerate(node.options)
    )


def _choices(node: Node, side: str, data: dict[str, Any], answered: _Answered) -> RowFacts:
    inline = node.flag("showInline") or node.flag("showinline")
    return RowFacts(
        "choices",
        node.name,
        side,
        target=node.to_name,
        hint=line(node.get("hint"), limits.LABEL_LENGTH),
        multiple=node.get("choice") == "multiple",
        flowing=inline,
        needed=node.flag("required"),
        options=_options(node, answered.value(node, "choices"), answered),
    )


def _labels(node: Node, side: str, data: dict[str, Any], answered: _Answered) -> RowFacts:
    brush = (answered.brush[1],) if answered.brush and answered.brush[0] == node.name else ()
    return RowFacts(
        "rectanglelabels",
        node.name,
        side,
        target=node.to_name,
        needed=node.flag("required"),
        options=_options(node, brush, answered),
    )


def _textarea(node: Node, side: str, data: dict[str, Any], answered: _Answered) -> RowFacts:
    texts = answered.value(node, "text")
    return RowFacts(
        "textarea",
        node.name,
        side,
        target=node.to_name,
        hint=line(node.get("placeholder") or node.get("hint"), limits.LABEL_LENGTH),
        needed=node.flag("required"),
        lines=min(max(int(node.get("rows") or 4), 1), 20),
        most=min(max(int(node.get("maxSubmissions") or limits.TYPED_ENTRIES), 1), limits.TYPED_ENTRIES),
        texts=texts,
    )


_ROWS = {
    "Header": _header,
    "Text": _text,
    "Image": _image,
    "Choices": _choices,
    "RectangleLabels": _labels,
    "TextArea": _textarea,
}
