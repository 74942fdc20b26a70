# SPDX-License-Identifier: Apache-2.0
"""The kinds of regions on a picture: what each looks like and what a hand or a key does to it, as pure functions."""

from gems_desktop.items.shapes.base import Grip, Point, Shape, Size, Step, Value
from gems_desktop.items.shapes.kinds import BRUSH, SHAPES
from gems_desktop.items.shapes.outlines import Outlines

__all__ = ["BRUSH", "SHAPES", "Grip", "Outlines", "Point", "Shape", "Size", "Step", "Value"]
