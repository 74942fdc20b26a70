# SPDX-License-Identifier: Apache-2.0
"""What a task shows beside its answer on a picture: the regions of another answer, and the pin at a fault."""

from __future__ import annotations

from gems_desktop.items.canvas_frame import Frame
from gems_desktop.items.canvas_scene import Scene
from gems_protocol.modules.answer import percentage


def read(scene: Scene, frame: Frame) -> None:
    """Take over what the task shows beside its answer on this picture and page."""
    task = scene.task
    if task is None:
        return
    frame.other = task.other_on(scene.name, scene.page)
    mark = task.mark_on(scene.name, scene.page)
    frame.mark = (mark["x"], mark["y"]) if mark is not None and mark["kind"] == "point" else None
    scene.marking = bool(task.marking)


def place(scene: Scene, x: float, y: float) -> bool:
    """Put the task's mark on a place of this page, where one is asked for."""
    mark = {"kind": "point", "x": percentage(x), "y": percentage(y)}
    if scene.paged:
        mark["page"] = scene.page
    return scene.task is not None and bool(scene.task.placeMark(scene.name, mark))
