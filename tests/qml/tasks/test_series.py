# SPDX-License-Identifier: Apache-2.0
"""Measurements: curves, the cursor, stretches and moments by hand and by key."""

from __future__ import annotations

import math
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QHoverEvent

from gems_desktop.viewmodels.parts.series import SeriesPart
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench
from tests.qml.tasks.time_hand import at, chosen, click, drag, found, line

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONFIG = """<View><TimeSeriesLabels name="what" toName="plot"><Label value="Run" background="red"/><Label value="Walk"/>
  </TimeSeriesLabels><TimeSeries name="plot" value="$plot" timeColumn="t">
  <Channel column="speed" units="km/h" strokeColor="#1f77b4" legend="Speed"/>
  <Channel column="pulse"/></TimeSeries></View>"""
DATED = CONFIG.replace('timeColumn="t"', 'timeColumn="t" timeFormat="%Y-%m-%d %H:%M:%S.%f"')
COUNT = 201


def numbers() -> dict[str, Any]:
    """Two channels of 201 samples, a tenth of a second apart; one value is missing."""
    pulse = [60 + at % 40 for at in range(COUNT)]
    speed = [5 * math.sin(at / 20) for at in range(COUNT)]
    return {"t": [at / 10 for at in range(COUNT)], "speed": speed, "pulse": [*pulse[:-1], None]}


def dates() -> dict[str, Any]:
    """The same with times as texts: ten samples in the first seconds of each minute."""
    return numbers() | {"t": [f"2024-02-29 10:{at // 10:02d}:{at % 10:02d}.000000" for at in range(COUNT)]}


@pytest.fixture
def measure(open_bench: OpenBench) -> OpenBench:
    """`measure(config, data, answer)` shows a series."""

    def make(config: str = CONFIG, data: Any = None, answer: Any = None, **values: Any) -> Bench:
        return open_bench(config, answer, data={"plot": data or numbers()}, **values)

    return make


def part(bench: Bench) -> SeriesPart:
    """The part of the series."""
    found: SeriesPart = line(bench).stage.part
    return found


def value(bench: Bench, at: int = 0) -> dict[str, Any]:
    """A region."""
    return bench.values("what")[at]


def test_a_stretch_by_hand_ends_on_samples(measure: OpenBench) -> None:
    bench = measure()
    drag(bench, 2.04, 5.02)
    assert value(bench) == {"start": 2, "end": 5, "instant": False, "timeserieslabels": ["Run"]}
    assert [edit["op"] for edit in bench.edits] == ["add"]
    drag(bench, 5.0, 7.5)
    assert value(bench)["end"] == 7.5
    drag(bench, 4.0, 5.0)
    assert (value(bench)["start"], value(bench)["end"]) == (3, 8.5)


def test_a_click_marks_a_moment(measure: OpenBench) -> None:
    bench = measure()
    click(bench, 10.0)
    assert value(bench) == {"start": 10, "end": 10, "instant": True, "timeserieslabels": ["Run"]}
    click(bench, 15.0)
    assert len(bench.values("what")) == 1 and chosen(bench) == "", "it lets go of what is selected"
    click(bench, 10.0)
    assert chosen(bench) == bench.model.answer()[0]["id"]
    bench.key("2")
    assert value(bench)["timeserieslabels"] == ["Walk"]


def test_times_are_stored_as_the_task_has_them(measure: OpenBench) -> None:
    bench = measure(DATED, dates())
    first, last = part(bench).whole
    assert last - first == 20 * 60
    drag(bench, first + 60, first + 120)
    assert value(bench)["start"] in dates()["t"][10:13] and value(bench)["end"] in dates()["t"][18:23]
    assert found(bench)[0].start == pytest.approx(first + 60, abs=2)


def test_all_by_key(measure: OpenBench) -> None:
    bench = measure()
    bench.focus(line(bench))
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert part(bench).position == pytest.approx(0.2)
    bench.key("i")
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    bench.key("o", Qt.Key.Key_Return)
    assert (value(bench)["start"], value(bench)["end"]) == (0.2, 1.2)
    bench.key(Qt.Key.Key_End, Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert value(bench, 1)["instant"] and value(bench, 1)["start"] == 20
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    assert chosen(bench) == bench.model.answer()[0]["id"]
    bench.key(Qt.Key.Key_Delete)
    assert len(bench.values("what")) == 1


def test_the_values_at_the_cursor(measure: OpenBench) -> None:
    bench = measure(read_only=True)
    click(bench, 5.0)
    assert "Speed  2.99" in part(bench).property("words") and "pulse  70" in part(bench).property("words")
    bench.focus(line(bench))
    bench.key(Qt.Key.Key_End)
    assert "pulse  –" in part(bench).property("words")
    assert bench.edits == []


def test_a_resting_pointer_does_not_take_the_cursor_back(measure: OpenBench) -> None:
    bench = measure(read_only=True)
    canvas = line(bench)
    place = QPointF(canvas.x_of(5.0), (canvas.stage.rows.top + canvas.stage.rows.bottom) / 2)

    def hovered(point: QPointF) -> None:
        event = QHoverEvent(QEvent.Type.HoverMove, point, canvas.mapToGlobal(point), point)
        QCoreApplication.sendEvent(canvas, event)

    hovered(place)
    assert part(bench).position == 5.0
    bench.focus(canvas)
    bench.key(Qt.Key.Key_End)
    hovered(place)  # as Qt does by itself when the scene changed below the pointer
    assert part(bench).position == 20.0
    hovered(place + QPointF(30, 0))
    assert 5.0 < part(bench).position < 20.0


def test_a_spike_is_seen_among_many_samples(measure: OpenBench) -> None:
    spiky = [0.0] * 20000
    spiky[12345] = 1.0
    data = {"t": list(range(20000)), "speed": spiky, "pulse": [0] * 20000}
    bench = measure(data=data)
    canvas = line(bench)
    picture = bench.window.grabWindow()
    point = at(bench, 12345, 0.25)
    colours = {picture.pixelColor(point.x() + dx, point.y()).name() for dx in range(-3, 4)}
    assert "#1f77b4" in colours
    bench.focus(canvas)
    bench.key(*["+"] * 20)
    assert canvas.stage.axis.length < 40


def test_no_series(measure: OpenBench) -> None:
    for data in ({"t": [1, 2]}, {"t": ["x", "y"], "speed": [1, 2]}, "nothing", {"t": [], "speed": [1]}):
        bench = measure(data=data)
        assert part(bench).problem_words
        drag(bench, 0, 0)
        assert bench.edits == []


def test_reading_only(measure: OpenBench) -> None:
    region = {
        "id": "a", "from_name": "what", "to_name": "plot", "type": "timeserieslabels",
        "value": {"start": 2, "end": 5, "instant": False, "timeserieslabels": ["Run"]},
    }  # fmt: skip
    bench = measure(answer=[region], read_only=True)
    drag(bench, 3.0, 4.0)
    drag(bench, 10.0, 12.0)
    bench.focus(line(bench))
    bench.key("i", "o", Qt.Key.Key_Return, Qt.Key.Key_Delete)
    assert bench.edits == []
