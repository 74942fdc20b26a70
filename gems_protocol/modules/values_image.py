# SPDX-License-Identifier: Apache-2.0
"""Places on a picture, in percent of the original: rectangles, ellipses, polygons, points, painted masks."""

from __future__ import annotations

from typing import Any

from gems_protocol.modules import limits, rle
from gems_protocol.modules.values_base import SLACK, Subject, Value, fields, number, refuse, whole, words

_NO_PERCENTAGE = "has a coordinate that is no percentage"
_NO_ANGLE = "is turned by what is no angle"
_TURNED_EDGE = 10_000  # percent: along the long edge of a picture a hundred times as long as it is wide


def box(value: Value) -> None:
    """x, y (top left), width, height, rotation: a rectangle inside its picture.

    A turned one (clockwise degrees around its top left corner, as Label Studio turns) has edges in percent of the
    picture's that they would lie along if it stood upright, so that they may be longer than 100.
    """
    number(value["rotation"], 0, 360, _NO_ANGLE)
    most = _TURNED_EDGE if value["rotation"] else 100
    for key in ("x", "y"):
        number(value[key], 0, 100, _NO_PERCENTAGE)
    for key in ("width", "height"):
        number(value[key], 0, most, _NO_PERCENTAGE)
    if value["width"] == 0 or value["height"] == 0:
        raise refuse("is a rectangle without an area")
    if value["rotation"]:
        return
    if value["x"] + value["width"] > 100 + SLACK or value["y"] + value["height"] > 100 + SLACK:
        raise refuse("lies outside its picture")


def rectangle(value: Value, subject: Subject) -> None:
    """{x, y, width, height, rotation}."""
    fields(value, "x y width height rotation")
    box(value)


def read(value: Value, subject: Subject) -> None:
    """A rectangle of an OcrLabels: the text that was read in it and its page may stand with it."""
    fields(value, "x y width height rotation", "ocrtext pageIndex")
    box(value)
    if "ocrtext" in value:
        words(value["ocrtext"], limits.TYPED_LENGTH, "holds a text that is too long", empty=True)
    if "pageIndex" in value:
        whole(value["pageIndex"], 0, limits.PAGES - 1, "lies on no page")


def ellipse(value: Value, subject: Subject) -> None:
    """{x, y (centre), radiusX, radiusY, rotation}; it may reach over the edge."""
    fields(value, "x y radiusX radiusY rotation")
    number(value["rotation"], 0, 360, _NO_ANGLE)
    for key in ("x", "y"):
        number(value[key], 0, 100, _NO_PERCENTAGE)
    for key in ("radiusX", "radiusY"):
        number(value[key], 0, _TURNED_EDGE if value["rotation"] else 50, _NO_PERCENTAGE)
    if value["radiusX"] == 0 or value["radiusY"] == 0:
        raise refuse("is an ellipse without an area")


def polygon(value: Value, subject: Subject) -> None:
    """{points: [[x, y]], closed: true}, at least three different corners; open and with fewer while drawn."""
    fields(value, "points closed")
    points = value["points"]
    least = 1 if value["closed"] is False else 3
    if type(points) is not list or not least <= len(points) <= limits.POLYGON_POINTS:
        raise refuse("is a polygon with too few or too many corners")
    for point in points:
        if type(point) is not list or len(point) != 2:
            raise refuse("has a corner that is no point")
        for coordinate in point:
            number(coordinate, 0, 100, _NO_PERCENTAGE)
    if value["closed"] is True and len({tuple(each) for each in points}) < 3:
        raise refuse("is a polygon with fewer than three different corners")
    if type(value["closed"]) is not bool:
        raise refuse("is a polygon that is neither closed nor open")


def point(value: Value, subject: Subject) -> None:
    """{x, y, width}: width is how large the mark is drawn."""
    fields(value, "x y width")
    for key in ("x", "y", "width"):
        number(value[key], 0, 100, _NO_PERCENTAGE)


def brush(value: Value, subject: Subject) -> None:
    """{format: "rle", rle: bytes of a mask} (gems_protocol.modules.rle)."""
    fields(value, "format rle")
    if value["format"] != "rle":
        raise refuse("is a mask of an unknown format")
    try:
        rle.pixels(value["rle"], limits.PICTURE_PIXELS)
    except ValueError as error:
        raise refuse(f"cannot be used: {error}") from error


def covers(result: dict[str, Any]) -> None:
    """Refuse a mask that is not of the size of the picture that its result names."""
    width, height = result.get("original_width"), result.get("original_height")
    if width is None or height is None:
        raise refuse("is a mask without the size of its picture")
    if rle.pixels(result["value"]["rle"], limits.PICTURE_PIXELS) != width * height:
        raise refuse("is a mask that is not of its picture's size")
