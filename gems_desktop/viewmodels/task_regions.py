# SPDX-License-Identifier: Apache-2.0
"""The regions of an answer as they are drawn and listed: what each is, its label, its colour, hidden, locked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from gems_protocol.modules import Module, Node, limits
from gems_protocol.modules.answer import Region
from gems_protocol.text import line

UNLABELLED = "#57606A"  # the colour of a region without a label
SNIPPET = 60  # characters of a marked text that a list shows
_SPANS = frozenset({"Text", "HyperText", "Paragraphs"})
Colours = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """One region. `value` is that of its primary result; `number` counts from 1; `page` is for several pictures.

    `kind`: rectangle, polygon, keypoint, ellipse, brush, span, time, timeline, videorectangle or message.
    """

    id: str
    number: int
    kind: str
    control: str
    to_name: str
    labels: tuple[str, ...]
    text: str
    colour: str
    snippet: str
    value: dict[str, Any]
    page: int = 0
    hidden: bool = False
    locked: bool = False


def kind_of(control: Node, module: Module) -> str:
    """What a control's regions are; empty for a control that makes none."""
    if control.tag == "Labels":
        shown = module.shown(control.to_name)
        if shown is None or shown.tag in ("Image", "Video"):
            return ""  # it labels what another control draws
        return "span" if shown.tag in _SPANS else "time"
    return _KINDS.get(control.tag, "")


_KINDS = {
    "RectangleLabels": "rectangle",
    "Rectangle": "rectangle",
    "OcrLabels": "rectangle",
    "PolygonLabels": "polygon",
    "Polygon": "polygon",
    "KeyPointLabels": "keypoint",
    "KeyPoint": "keypoint",
    "EllipseLabels": "ellipse",
    "Ellipse": "ellipse",
    "BrushLabels": "brush",
    "Brush": "brush",
    "HyperTextLabels": "span",
    "ParagraphLabels": "span",
    "TimeSeriesLabels": "time",
    "TimelineLabels": "timeline",
    "VideoRectangle": "videorectangle",
    "Chat": "message",
}


def regions(
    answer: list[Region],
    module: Module,
    colours: Colours,
    hidden: AbstractSet[str] = frozenset(),
    locked: AbstractSet[str] = frozenset(),
) -> tuple[RegionFacts, ...]:
    """The regions in the order they were made."""
    companions: dict[str, list[Region]] = {}
    for result in answer:
        if result["type"] != "relation":
            companions.setdefault(result["id"], []).append(result)
    found: list[RegionFacts] = []
    for identity, results in companions.items():
        first = results[0]
        control = module.control(first["from_name"])
        kind = kind_of(control, module) if control is not None else ""
        if not kind:
            continue
        owner, labels = _labelled(results)
        if kind == "videorectangle" and labels:
            owner = _labeller(module, first["to_name"], labels[0]) or owner
        found.append(
            RegionFacts(
                id=identity,
                number=len(found) + 1,
                kind=kind,
                control=first["from_name"],
                to_name=first["to_name"],
                labels=labels,
                text=", ".join(label_text(module, owner, label) for label in labels),
                colour=colours.get((owner, labels[0]), UNLABELLED) if labels else UNLABELLED,
                snippet=_snippet(first["value"]),
                value=first["value"],
                page=first.get("item_index", 0) or first["value"].get("pageIndex", 0) or 0,
                hidden=identity in hidden,
                locked=identity in locked,
            )
        )
    return tuple(found)


def _labelled(results: list[Region]) -> tuple[str, tuple[str, ...]]:
    """The control and the labels of a region's results."""
    for result in results:
        value = result["value"]
        key = result["type"] if result["type"].endswith("labels") else "labels"
        if isinstance(value.get(key), list):
            return result["from_name"], tuple(value[key])
    return results[0]["from_name"], ()


def _labeller(module: Module, shown: str, label: str) -> str:
    """The Labels beside a VideoRectangle: its results name only the shape."""
    found = (node for node in module.controls() if node.tag == "Labels" and shown in node.to_names)
    return next((node.name for node in found if node.option(label) is not None), "")


def label_text(module: Module, control: str, label: str) -> str:
    """What people read for a stored label."""
    for node in module.controls():
        if (node.name == control or node.tag == "Labels") and (option := node.option(label)) is not None:
            return option.shown
    return line(label, limits.LABEL_LENGTH)


def spent(control: Node, regions: Iterable[RegionFacts]) -> tuple[str, ...]:
    """The labels of a control that may not be used once more: by their own limit or the control's."""
    each = control.number("maxUsages", 0)
    most = {option.stored: option.most or each for option in control.options}
    if not any(most.values()):
        return ()
    used = Counter(
        label for region in regions if region.to_name in control.to_names for label in region.labels
    )
    return tuple(stored for stored, limit in most.items() if limit and used[stored] >= limit)


def _snippet(value: dict[str, Any]) -> str:
    if "chatmessage" in value:
        return line(value["chatmessage"]["content"], SNIPPET)
    text = value.get("text") or value.get("ocrtext") or ""
    return line(text, SNIPPET) if isinstance(text, str) else ""


class Regions:
    """The regions of the answer on the screen, read once for each answer; which are hidden and locked is view state."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Another task is shown."""
        self._hidden: set[str] = set()
        self._locked: set[str] = set()
        self._read: tuple[RegionFacts, ...] | None = None

    def changed(self) -> None:
        """The answer changed."""
        self._read = None

    def all(self, answer: list[Region], module: Module, colours: Colours) -> tuple[RegionFacts, ...]:
        """The regions of `answer`."""
        if self._read is None:
            self._read = regions(answer, module, colours, self._hidden, self._locked)
        return self._read

    def locked(self, identity: str) -> bool:
        """Whether a region is kept from changes."""
        return identity in self._locked

    def hide(self, identity: str, hidden: bool) -> None:
        """Hide a region, or show it again."""
        (self._hidden.add if hidden else self._hidden.discard)(identity)
        self._read = None

    def hide_all(self, hidden: set[str]) -> None:
        """Hide exactly these regions."""
        self._hidden = hidden
        self._read = None

    def lock(self, identity: str, locked: bool) -> None:
        """Lock a region, or unlock it."""
        (self._locked.add if locked else self._locked.discard)(identity)
        self._read = None
