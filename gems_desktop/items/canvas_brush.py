# SPDX-License-Identifier: Apache-2.0
"""Painting masks on an image canvas: a stroke goes to the selected mask of the label in hand, or makes a new one."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor

from gems_desktop.items import masks
from gems_desktop.items.brush import Stroke
from gems_desktop.items.canvas_scene import Scene
from gems_desktop.items.shapes import BRUSH
from gems_desktop.items.shapes.base import Value

DETAIL = "detail"  # the notice that a mask cannot be sent; QML has the words


def begin(scene: Scene) -> Stroke | None:
    """A stroke on the mask that the tool in hand paints; None when there is nothing to paint or erase."""
    tool = scene.tool()
    if tool is None:
        return None
    scene.notice = ""
    region = _painted(scene, tool)
    if region is None and scene.brush.erasing:
        return None
    try:
        mask = (
            masks.decoded(region.value["rle"], scene.size) if region is not None else masks.blank(scene.size)
        )
    except ValueError:
        return None
    colour = region.colour if region is not None else scene.task.colour(tool)
    return Stroke(
        mask, scene.size, QColor(colour), scene.brush.erasing, region.id if region is not None else ""
    )


def _painted(scene: Scene, tool: Any) -> Any:
    """The selected mask, where it is of the tool in hand; else, to erase, none."""
    chosen = scene.editable()
    return (
        chosen
        if chosen is not None and chosen.kind == BRUSH and chosen.control == tool.geometry.name
        else None
    )


def width(scene: Scene) -> float:
    """How wide the brush is, in percent of the picture's width."""
    return scene.brush.width / max(1.0, scene.view.rect[2]) * 100


def end(scene: Scene, stroke: Stroke) -> bool:
    """Put what was painted into the answer; a mask from which all was erased is removed."""
    try:
        value = stroke.value()
    except ValueError:
        return _refuse(scene)
    if not stroke.region:
        return value is None or bool(scene.add(value)) or _refuse(scene)
    region = next((each for each in scene.regions() if each.id == stroke.region), None)
    if region is None:
        return False
    if value is None:
        return bool(scene.task.remove(stroke.region))
    return _same(region.value, value) or scene.change(region, value) or _refuse(scene)


def _same(before: Value, after: Value) -> bool:
    return bool(before["rle"] == after["rle"])


def _refuse(scene: Scene) -> bool:
    scene.notice = DETAIL
    return False
