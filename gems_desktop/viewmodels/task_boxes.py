# SPDX-License-Identifier: Apache-2.0
"""Edits of boxes from what hand and keys say: a place in percent of the picture becomes a region that fits it."""

from __future__ import annotations

import uuid
from typing import Any

from gems_protocol.modules import Module
from gems_protocol.modules.answer import Region, percentage
from gems_protocol.modules.edits import Edit

SMALLEST = 0.2  # percent: a smaller box is a slip of the hand
Brush = tuple[str, str]  # the control and the label with which a box is made


def region_of(answer: list[Region], box: str) -> Region | None:
    """The region of the box with that id."""
    return next((r for r in answer if r["id"] == box and r["type"] == "rectanglelabels"), None)


def first_brush(module: Module, picture: str = "") -> Brush | None:
    """The first label for boxes on the object named `picture`, or on any; None when boxes cannot be drawn."""
    for control in module.controls():
        if control.tag == "RectangleLabels" and control.options and picture in ("", control.to_name):
            return control.name, control.options[0].stored
    return None


def label_text(module: Module, control: str, label: str) -> str:
    """What people read for a stored label."""
    node = module.control(control)
    options = node.options if node is not None else ()
    return next((option.value for option in options if option.stored == label), label)


def adding(module: Module, brush: Brush, x: float, y: float, width: float, height: float) -> Edit | None:
    """The edit that makes a box; None when it is too small or its control is not there."""
    node = module.control(brush[0])
    value = rectangle(x, y, width, height, brush[1])
    if node is None or value is None:
        return None
    region = {
        "id": uuid.uuid4().hex[:10],
        "from_name": node.name,
        "to_name": node.to_name,
        "type": node.answer_type,
        "value": value,
    }
    return {"op": "add", "region": region}


def moving(region: Region, x: float, y: float, width: float, height: float) -> Edit | None:
    """The edit that moves or resizes a box; None when too little of it would be left."""
    value = rectangle(x, y, width, height, region["value"]["rectanglelabels"][0])
    return None if value is None else {"op": "replace", "region": {**region, "value": value}}


def relabelling(module: Module, region: Region, brush: Brush) -> Edit | None:
    """The edit that gives a box another label; None when that label is for another picture."""
    node = module.control(brush[0])
    if node is None or node.to_name != region["to_name"]:
        return None
    value = {**region["value"], "rectanglelabels": [brush[1]]}
    return {"op": "replace", "region": {**region, "from_name": brush[0], "value": value}}


def rectangle(x: float, y: float, width: float, height: float, label: str) -> dict[str, Any] | None:
    """The value of a region clipped to its picture; None when too little is left."""
    left, top = min(max(x, 0.0), 100.0), min(max(y, 0.0), 100.0)
    right, bottom = min(max(x + width, 0.0), 100.0), min(max(y + height, 0.0), 100.0)
    if not (right - left >= SMALLEST and bottom - top >= SMALLEST):
        return None
    return {
        "x": percentage(left),
        "y": percentage(top),
        "width": percentage(right - left),
        "height": percentage(bottom - top),
        "rotation": 0,
        "rectanglelabels": [label],
    }
