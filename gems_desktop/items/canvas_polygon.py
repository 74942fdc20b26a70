# SPDX-License-Identifier: Apache-2.0
"""Drawing a polygon corner by corner: each corner is an edit, so that nothing is lost when the computer stops."""

from __future__ import annotations

from typing import Any

from gems_desktop.items.canvas_scene import GRASP, Scene
from gems_desktop.items.shapes import polygons
from gems_desktop.items.shapes.base import WHOLE, Point

_APART = 4.0  # percent of what is seen: how far a corner set by key stands from the one before


def begin(scene: Scene, point: Point) -> bool:
    """Set the first corner."""
    return bool(scene.add(polygons.of([point], closed=False)))


def go_on(scene: Scene, region: Any, point: Point) -> bool:
    """Set one more corner."""
    scene.held = WHOLE
    _choose(scene, region)
    return scene.change(region, polygons.with_corner(region.value, point))


def beside(scene: Scene, region: Any) -> Point:
    """Where a key sets the next corner: next to the last one, clockwise around the ones before."""
    corners = region.value["points"]
    step = _APART / scene.view.zoom * 2
    x, y = corners[-1]
    dx, dy = ((step, 0), (0, step), (-step, 0), (0, -step))[(len(corners) - 1) % 4]
    return min(max(x + dx, 0.0), 100.0), min(max(y + dy, 0.0), 100.0)


def close(scene: Scene, region: Any) -> bool:
    """Finish it."""
    _choose(scene, region)
    return scene.change(region, polygons.closed(region.value))


def back(scene: Scene, region: Any) -> bool:
    """Take the last corner away, and the polygon with its first."""
    shorter = polygons.without_corner(region.value, -1)
    scene.held = WHOLE
    return scene.change(region, shorter) if shorter is not None else bool(scene.task.remove(region.id))


def remove_corner(scene: Scene, region: Any, at: int) -> bool:
    """Take a corner out."""
    shorter = polygons.without_corner(region.value, at)
    if shorter is None or not scene.change(region, shorter):
        return False
    scene.held = str(min(at, len(shorter["points"]) - 1))
    return True


def put_corner(scene: Scene, region: Any, point: Point) -> bool:
    """Put a corner into the edge under the pointer."""
    at, away = polygons.edge_near(region.value, point, scene.size)
    if away * scene.view.rect[2] / scene.size[0] > GRASP:
        return False
    return _put(scene, region, point, at)


def put_after(scene: Scene, region: Any, at: int) -> bool:
    """Put a corner into the middle of the edge behind corner `at`."""
    corners = region.value["points"]
    (x0, y0), (x1, y1) = corners[at], corners[(at + 1) % len(corners)]
    return _put(scene, region, ((x0 + x1) / 2, (y0 + y1) / 2), at + 1)


def _put(scene: Scene, region: Any, point: Point, at: int) -> bool:
    if not scene.change(region, polygons.with_corner(region.value, point, at)):
        return False
    scene.held = str(at)
    return True


def _choose(scene: Scene, region: Any) -> None:
    if scene.task.selected != region.id:
        scene.task.select(region.id)
