# SPDX-License-Identifier: Apache-2.0
"""Hand and eye for what runs in time: where a moment is in the window, and drags between two moments."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gems_desktop.items.timeline_canvas import TimeCanvas
from gems_desktop.items.timeline_rows import Stretch
from tests.qml.tasks.bench import LEFT, NONE, Bench


def line(bench: Bench) -> TimeCanvas:
    """The line of time."""
    canvas = bench.named("time")
    assert isinstance(canvas, TimeCanvas)
    return canvas


def at(bench: Bench, value: float, row: float = 0.5) -> QPoint:
    """Where a value of the axis is in the window; `row` is the share of the rows' height, or a row's number."""
    canvas = line(bench)
    rows = canvas.stage.rows
    y = rows.top + row * (rows.bottom - rows.top)
    if isinstance(row, int):
        top, high = rows.place(row)
        y = top + high / 2
    return canvas.mapToScene(QPointF(canvas.x_of(value), y)).toPoint()


def click(bench: Bench, value: float, row: float = 0.5) -> None:
    """Click at a moment."""
    QTest.mouseClick(bench.window, LEFT, NONE, at(bench, value, row))
    bench.settle()


def drag(
    bench: Bench,
    start: float,
    end: float,
    row: float = 0.5,
    *,
    drop: bool = True,
    button: Qt.MouseButton = LEFT,
) -> None:
    """Drag from one moment to another."""
    one, two = at(bench, start, row), at(bench, end, row)
    QTest.mousePress(bench.window, button, NONE, one)
    for step in range(1, 6):
        QTest.mouseMove(bench.window, one + (two - one) * step / 5)
        QCoreApplication.processEvents()
    if drop:
        QTest.mouseRelease(bench.window, button, NONE, two)
    bench.settle()


def found(bench: Bench) -> tuple[Stretch, ...]:
    """What stands on the line."""
    stretches: tuple[Stretch, ...] = line(bench).stage.part.stretches()
    return stretches


def chosen(bench: Bench) -> str:
    """The id of the selected region."""
    return str(bench.model.selected)
