# SPDX-License-Identifier: Apache-2.0
"""Which results make regions and which say something more about one: the first result with an id is the region,
others with that id are its companions and repeat its place, as Label Studio writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gems_protocol.modules.tree import Module, Node

Region = dict[str, Any]

LABEL_KEYS = {
    "Labels": "labels",
    "RectangleLabels": "rectanglelabels",
    "PolygonLabels": "polygonlabels",
    "KeyPointLabels": "keypointlabels",
    "EllipseLabels": "ellipselabels",
    "BrushLabels": "brushlabels",
    "OcrLabels": "ocrlabels",
    "HyperTextLabels": "hypertextlabels",
    "ParagraphLabels": "paragraphlabels",
    "TimeSeriesLabels": "timeserieslabels",
    "TimelineLabels": "timelinelabels",
    "VideoRectangle": "labels",
}
BARE = frozenset(
    {"Rectangle", "Polygon", "KeyPoint", "Ellipse", "Brush"}
)  # places that get labels from a Labels
OWN_KEYS = {
    "Choices": "choices",
    "Taxonomy": "taxonomy",
    "TextArea": "text",
    "Rating": "rating",
    "Number": "number",
    "DateTime": "datetime",
    "Pairwise": "selected",
    "Ranker": "ranker",
    "Labels": "labels",
}
BESIDE = ("original_width", "original_height", "image_rotation", "item_index")  # what companions repeat, too
_SPANS = frozenset({"Text", "HyperText", "Paragraphs", "Audio"})  # what a Labels marks by itself


def objects_of(control: Node) -> tuple[str, ...]:
    """The names of the objects that a control's results may name; a Chat is its own."""
    return (control.name,) if control.tag == "Chat" else control.to_names


def makes_regions(control: Node, shown: Node | None) -> bool:
    """Whether a control's results on that object are regions, not companions or answers about the whole task."""
    if control.per_region:
        return False
    if control.tag == "Labels":
        return shown is not None and shown.tag in _SPANS
    return control.tag in BARE or control.tag in LABEL_KEYS or control.tag == "Chat"


def labellers(region: Node, to_name: str, module: Module) -> tuple[Node, ...]:
    """The controls that label what `region` makes on an object: itself, or for a bare shape the Labels beside it."""
    if region.tag in BARE or region.tag == "VideoRectangle":
        return tuple(
            n for n in module.controls() if n.tag == "Labels" and to_name in n.to_names and not n.per_region
        )
    return (region,) if region.tag in LABEL_KEYS else ()


def firsts(answer: Iterable[Region]) -> dict[str, Region]:
    """By id, the first result that has it: a region, or an answer about the whole task."""
    found: dict[str, Region] = {}
    for result in answer:
        if result.get("type") != "relation":
            found.setdefault(result["id"], result)
    return found


def is_region(result: Region, module: Module) -> bool:
    """Whether a first result is a region."""
    control = module.control(result["from_name"])
    return control is not None and makes_regions(control, module.shown(result["to_name"]))


def regions(answer: Iterable[Region], module: Module) -> list[Region]:
    """The regions of an answer, in its order, without their companions."""
    return [result for result in firsts(answer).values() if is_region(result, module)]


def companions(answer: Iterable[Region], identity: str) -> list[Region]:
    """What else is said about the region of that id."""
    return [result for result in answer if result.get("id") == identity][1:]


def labels_of(answer: Iterable[Region], identity: str) -> list[str]:
    """The labels of a region, its own and those of its Labels companions."""
    found: list[str] = []
    for result in answer:
        if result.get("id") == identity:
            key = "labels" if result["type"] == "videorectangle" else result["type"]
            found += result["value"].get(key, []) if key.endswith("labels") else []
    return found


def geometry(region: Region, control: Node, companion: str = "") -> dict[str, Any]:
    """What a companion whose own key is `companion` repeats of a region's value: its place, without its label."""
    left_out = {LABEL_KEYS.get(control.tag), companion}
    return {key: part for key, part in region["value"].items() if key not in left_out}


def beside(region: Region) -> dict[str, Any]:
    """The fields beside a region's value that its companions repeat."""
    return {key: region[key] for key in BESIDE if key in region}
