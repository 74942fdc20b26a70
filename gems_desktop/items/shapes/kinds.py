# SPDX-License-Identifier: Apache-2.0
"""The kinds of regions that an image canvas draws with an outline, by the name RegionFacts gives them.

Painted masks ("brush") have no outline: gems_desktop.items.masks.
"""

from __future__ import annotations

from gems_desktop.items.shapes.base import Shape
from gems_desktop.items.shapes.boxes import ELLIPSE, RECTANGLE
from gems_desktop.items.shapes.points import POINT
from gems_desktop.items.shapes.polygons import POLYGON

SHAPES: dict[str, Shape] = {
    "rectangle": RECTANGLE,
    "ellipse": ELLIPSE,
    "polygon": POLYGON,
    "keypoint": POINT,
}
BRUSH = "brush"
