# SPDX-License-Identifier: Apache-2.0
"""What a hand holds while regions are made: a label and the shape it is drawn with, and the edit of a gesture."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from gems_desktop.viewmodels.task_regions import RegionFacts, kind_of
from gems_protocol.modules import Module, Node
from gems_protocol.modules.edits import Edit
from gems_protocol.modules.start import hand

LABEL_TAGS = frozenset(
    {
        *("Labels", "RectangleLabels", "PolygonLabels", "KeyPointLabels", "EllipseLabels", "BrushLabels"),
        *("OcrLabels", "HyperTextLabels", "ParagraphLabels", "TimeSeriesLabels", "TimelineLabels"),
    }
)


@dataclass(frozen=True, slots=True)
class Hand:
    """The label in hand: a control and one of its stored options."""

    control: str
    label: str


@dataclass(frozen=True, slots=True)
class Tool:
    """What a gesture on an object makes: `kind` as in RegionFacts, drawn by `geometry`, labelled by `labels`."""

    kind: str
    geometry: Node
    labels: Node | None
    label: str


def first_hand(module: Module) -> Hand | None:
    """The first label there is; None when no label can be taken in hand."""
    if (wanted := hand(module)) is not None:
        return Hand(*wanted)
    for control in module.controls():
        if control.tag in LABEL_TAGS and control.options and not control.flag("allowEmpty"):
            return Hand(control.name, control.options[0].stored)
    return None


def shapes(module: Module, shown: str) -> tuple[Node, ...]:
    """The controls that draw regions on the object named `shown`."""
    return tuple(node for node in module.controls() if shown in node.to_names and kind_of(node, module) != "")


def tool_for(module: Module, shown: str, hand: Hand | None, chosen: str = "") -> Tool | None:
    """What is drawn on the object `shown` with `hand`; `chosen` names the shape where there are several."""
    found = shapes(module, shown)
    if not found:
        return None
    held = module.control(hand.control) if hand is not None else None
    if held is not None and hand is not None and shown in held.to_names:
        if kind := kind_of(held, module):
            return Tool(kind, held, held, hand.label)
        plain = _plain(found, chosen)
        if plain is not None:
            return Tool(kind_of(plain, module), plain, held, hand.label)
    wanted = next((node for node in found if node.name == chosen), found[0])
    own = wanted if wanted.tag in LABEL_TAGS else None
    label = own.options[0].stored if own is not None and own.options else ""
    return Tool(kind_of(wanted, module), wanted, own if label else None, label)


def _plain(found: tuple[Node, ...], chosen: str) -> Node | None:
    plain = [node for node in found if node.tag not in LABEL_TAGS]
    return next((node for node in plain if node.name == chosen), plain[0] if plain else None)


def labelling(control: Node | None, facts: RegionFacts | None, label: str) -> Edit | None:
    """The edit that gives a region another label; where several are allowed it is added or taken away."""
    if control is None or facts is None or facts.to_name not in control.to_names:
        return None
    labels = [label]
    if control.multiple:
        has = label in facts.labels
        labels = [each for each in facts.labels if each != label] if has else [*facts.labels, label]
    edit: Edit = {"op": "label", "id": facts.id, "control": control.name, "labels": labels}
    return edit if labels else None


def label_key(control: Node) -> str:
    """The key of a control's labels inside a value."""
    return control.answer_type if control.tag in LABEL_TAGS else "labels"


def adding(tool: Tool, shown: str, value: dict[str, Any], beside: dict[str, Any]) -> tuple[str, Edit]:
    """The id of a new region of `value` (geometry alone) and the edit that makes it with its label."""
    identity = uuid.uuid4().hex[:10]
    held = dict(value)
    split = False
    if tool.labels is not None and tool.label:
        inside = tool.labels is tool.geometry or tool.kind == "videorectangle"
        split = not inside
        if inside:
            held[label_key(tool.labels)] = [tool.label]
    region = {
        "id": identity,
        "from_name": tool.geometry.name,
        "to_name": shown,
        "type": tool.geometry.answer_type,
        "value": held,
        **beside,
    }
    add: Edit = {"op": "add", "region": region}
    if not split or tool.labels is None:
        return identity, add
    label = {"op": "label", "id": identity, "control": tool.labels.name, "labels": [tool.label]}
    return identity, {"op": "all", "edits": [add, label]}
