# SPDX-License-Identifier: Apache-2.0
"""The rules below what runs in time: axes, rows, key frames, columns; tables and any input, without a window."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.items import movie_boxes
from gems_desktop.items.timeline_layer import widened
from gems_desktop.items.timeline_rows import Rows, Stretch, hit, next_in_time, tag_lines
from gems_desktop.items.timeline_view import SECOND_STEPS, Axis, clock, step_for, ticks
from gems_desktop.viewmodels.parts.series_data import Series, read, time_words
from gems_protocol.modules import parse

AXIS = Axis(0.0, 100.0, 1000.0, 1.0, 0.0, 0.1)
ROWS = Rows(20, 20, 120, 1, 100)
VALUES = st.floats(0, 100)


@given(st.lists(st.tuples(st.floats(0.2, 5), st.floats(0, 1000)), max_size=30), VALUES)
def test_zooming_stays_within_the_whole_and_goes_back(steps: list[tuple[float, float]], by: float) -> None:
    axis = AXIS
    for factor, x in steps:
        axis = axis.zoomed(factor, x).panned(by - 50)
        assert axis.first - 1e-6 <= axis.left <= axis.right <= axis.last + 1e-6
        assert axis.length >= 0.1 - 1e-6
    assert axis.fitted() == AXIS


@given(VALUES, st.floats(1.1, 50), st.floats(0, 1000))
def test_what_is_under_the_pointer_stays_there(value: float, factor: float, x: float) -> None:
    zoomed = AXIS.zoomed(factor, AXIS.x_of(value))
    assert zoomed.x_of(value) == pytest.approx(AXIS.x_of(value), abs=1e-6)
    assert zoomed.at(zoomed.x_of(value)) == pytest.approx(value)
    wide = widened(zoomed, 200)
    assert wide.x_of(value) - 200 == pytest.approx(zoomed.x_of(value), abs=1e-6)


@given(st.floats(1e-3, 1e7), st.floats(20, 200))
def test_a_ruler_has_room_for_its_numbers(length: float, room: float) -> None:
    axis = Axis(0, length, 800.0)
    for steps in (SECOND_STEPS, ()):
        step = step_for(axis, room, steps)
        assert step / length * 800 >= room - 1e-6
        numbers = ticks(axis, step)
        assert len(numbers) <= 800 / room + 3 and numbers[0] == 0


@pytest.mark.parametrize(
    ("seconds", "step", "words"),
    [
        (65, 1, "1:05"),
        (65.25, 0.1, "1:05.2"),
        (3.25, 0.001, "0:03.250"),
        (3600, 1, "1:00:00"),
        (59.96, 0.1, "1:00.0"),
        (0, 30, "0:00"),
    ],
)
def test_times_in_words(seconds: float, step: float, words: str) -> None:
    assert clock(seconds, step) == words


def test_dates_in_words() -> None:
    assert time_words(1709200800.0, True, 86400) == "2024-02-29"
    assert time_words(1709200800.0, True, 60) == "10:00"
    assert time_words(1709200805.0, True, 1) == "10:00:05"
    assert time_words(2.5, False, 0.1) == "2.5" and time_words(1e300, True, 1) == f"{1e300:.0f}"


def test_what_is_under_the_pointer() -> None:
    large, small = Stretch("large", 10, 60, "#111"), Stretch("small", 20, 30, "#222")
    both = (large, small)

    def at(value: float, *found: Stretch) -> tuple[str, str] | None:
        under = hit(found or both, AXIS, ROWS, value * 10, 50)
        return (under.stretch.id, under.part) if under is not None else None

    assert at(50) == ("large", "body") and at(25) == ("small", "body")
    assert at(20) == ("small", "start") and at(30.4) == ("small", "end") and at(80) is None
    chosen = Stretch("large", 10, 20.2, "#111", selected=True)
    assert at(20.1, chosen, small) == ("large", "end"), "an edge of the selected one wins"
    assert at(20, Stretch("a", 20, 20, "#1")) == ("a", "body"), "a moment has no edges"
    assert at(20, Stretch("a", 20, 30, "#1", locked=True)) == ("a", "body")
    assert at(25, Stretch("a", 20, 30, "#1", dashed=True)) is None
    assert hit(both, AXIS, ROWS, 500, 5) is None, "the ruler belongs to no region"


@given(st.lists(st.tuples(VALUES, st.floats(1, 200)), max_size=40))
def test_tags_never_cover_one_another(found: list[tuple[float, float]]) -> None:
    stretches = [Stretch(str(n), start, start + 1, "#1") for n, (start, _) in enumerate(found)]
    widths = [width for _, width in found]
    lines = tag_lines(stretches, AXIS, widths)
    for one, two in itertools.combinations(range(len(found)), 2):
        if lines[one] == lines[two]:
            a, b = AXIS.x_of(stretches[one].start), AXIS.x_of(stretches[two].start)
            assert a + widths[one] <= b + 1e-6 or b + widths[two] <= a + 1e-6


def test_going_through_regions_in_time() -> None:
    found = [Stretch("b", 5, 6, "#1"), Stretch("a", 1, 2, "#1"), Stretch("x", 0, 9, "#1", dashed=True)]
    assert [next_in_time(found, chosen, 1) for chosen in ("", "a", "b")] == ["a", "b", None]
    assert [next_in_time(found, chosen, -1) for chosen in ("", "b", "a")] == ["b", "a", None]


# --- key frames ------------------------------------------------------------------------------------------
def key(frame: int, x: float, enabled: bool = True) -> dict[str, Any]:
    """A key frame."""
    where = {"x": x, "y": 10, "width": 20, "height": 20, "rotation": 0}
    return movie_boxes.key_frame(frame, where, enabled, 25)


def test_between_key_frames_it_moves_evenly() -> None:
    sequence = [key(5, 10), key(15, 30), key(20, 30, False), key(30, 0)]
    places = {frame: movie_boxes.place(sequence, frame) for frame in (4, 5, 10, 15, 18, 25, 90)}
    assert places[4] is None
    assert [found["x"] if found else None for found in places.values()] == [None, 10, 20, 30, 30, 15, 0]
    assert [movie_boxes.seen(sequence, frame) for frame in (4, 5, 20, 21, 29, 30, 99)] == [
        *(False, True, True, False, False, True, True)
    ]
    assert movie_boxes.stretches(sequence, 100) == [(5, 20), (30, 100)]


SEQUENCES = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 80), st.booleans()), min_size=1, unique_by=lambda one: one[0]
).map(lambda found: [key(frame, x, on) for frame, x, on in sorted(found)])


@given(SEQUENCES, st.integers(1, 60))
def test_every_change_keeps_the_order_of_key_frames(sequence: list[dict[str, Any]], frame: int) -> None:
    where = {"x": 1, "y": 2, "width": 3, "height": 4, "rotation": 0}
    moved = movie_boxes.moved(sequence, frame, where, 25)
    assert movie_boxes.place(moved, frame) == where
    assert len(moved) - len(sequence) == (frame not in [each["frame"] for each in sequence])
    there = movie_boxes.toggled_there(sequence, frame, 25)
    assert movie_boxes.seen(there, frame + 61) == (
        there[-1]["enabled"] if there[-1]["frame"] <= frame + 61 else False
    )
    keyed = movie_boxes.toggled_key(sequence, frame, 25)
    for made in (moved, there, keyed or sequence):
        numbers = [each["frame"] for each in made]
        assert numbers == sorted(set(numbers))


# --- columns ---------------------------------------------------------------------------------------------
NODE = parse(
    """<View><TimeSeriesLabels name="l" toName="s"><Label value="A"/></TimeSeriesLabels>
    <TimeSeries name="s" value="$s" timeColumn="t"><Channel column="a"/><Channel column="b"/></TimeSeries></View>"""
).shown("s")
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from("tab"), inner, max_size=3),
)


@given(ANY)
def test_no_data_breaks_a_series(value: Any) -> None:
    assert NODE is not None
    found = read(NODE, value)
    if isinstance(found, Series):
        assert list(found.times) == sorted(found.times) and found.times
        assert all(len(curve.values) == len(found.times) for curve in found.curves)
        assert 0 <= found.nearest(3.0) < len(found.times)


def test_numbers_beyond_all_bounds_are_missing() -> None:
    assert NODE is not None
    found: Any = read(NODE, {"t": [1, 2, 3, 4], "a": [10**400, -(10**400), float("nan"), "1e999"]})
    assert found.curves[0].values == (None, None, None, None)
    assert read(NODE, {"t": [10**400], "a": [1]}) == "times"


def test_times_that_are_not_in_order_are_sorted_with_their_values() -> None:
    assert NODE is not None
    found: Any = read(NODE, {"t": [3, 1, 2], "a": [30, 10, None], "b": ["5", "x", 7]})
    assert found.times == (1, 2, 3)
    assert [curve.values for curve in found.curves] == [(10, None, 30), (None, 7, 5)]
