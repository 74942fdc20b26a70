# SPDX-License-Identifier: Apache-2.0
"""Agreement of regions: what shapes share, which regions are the same ones, what is said about them and their ties."""

from __future__ import annotations

import random
from fractions import Fraction
from math import cos, pi, radians, sin
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.modules import agree, agreement, limits, parse, parse_answer, rle
from gems_protocol.modules.compare import pairs, shares
from gems_protocol.modules.compare.geometry import mask, shape_of
from gems_protocol.modules.compare.shapes import FULL, Work
from gems_protocol.modules.compare.turning import ONE, turn

LABELS = '<Label value="A"/><Label value="B"/>'
MODULE = parse(
    f"""<View><Image name="i" value="$i"/><Text name="t" value="$t"/><Audio name="a" value="$a"/>
    <Video name="v" value="$v"/><Paragraphs name="d" value="$d"/>
    <RectangleLabels name="box" toName="i">{LABELS}</RectangleLabels>
    <Rectangle name="bare" toName="i"/><Labels name="kind" toName="i">{LABELS}</Labels>
    <PolygonLabels name="poly" toName="i">{LABELS}</PolygonLabels>
    <EllipseLabels name="round" toName="i">{LABELS}</EllipseLabels>
    <KeyPointLabels name="point" toName="i">{LABELS}</KeyPointLabels>
    <BrushLabels name="brush" toName="i">{LABELS}</BrushLabels>
    <Labels name="span" toName="t">{LABELS}</Labels><Labels name="sound" toName="a">{LABELS}</Labels>
    <ParagraphLabels name="turn" toName="d">{LABELS}</ParagraphLabels>
    <TimelineLabels name="line" toName="v">{LABELS}</TimelineLabels>
    <VideoRectangle name="track" toName="v"/>
    <TextArea name="read" toName="i" perRegion="true"/>
    <Relations><Relation value="next"/></Relations></View>"""
)
SIZE = {"original_width": 400, "original_height": 300}


def result(control: str, kind: str, value: dict[str, Any], id: str = "x", to: str = "i") -> dict[str, Any]:
    beside = SIZE if to == "i" else {}
    return {"id": id, "from_name": control, "to_name": to, "type": kind, "value": value, **beside}


def box(
    x: float, y: float, w: float, h: float, label: str = "A", turned: float = 0, **more: Any
) -> dict[str, Any]:
    value = {"x": x, "y": y, "width": w, "height": h, "rotation": turned, "rectanglelabels": [label]}
    return result("box", "rectanglelabels", value) | more


def poly(*points: tuple[float, float], **more: Any) -> dict[str, Any]:
    value = {"points": [list(point) for point in points], "closed": True, "polygonlabels": ["A"]}
    return result("poly", "polygonlabels", value) | more


def ellipse(x: float, y: float, a: float, b: float, turned: float = 0) -> dict[str, Any]:
    value = {"x": x, "y": y, "radiusX": a, "radiusY": b, "rotation": turned, "ellipselabels": ["A"]}
    return result("round", "ellipselabels", value)


def point(x: float, y: float) -> dict[str, Any]:
    return result("point", "keypointlabels", {"x": x, "y": y, "width": 0.5, "keypointlabels": ["A"]})


def text(start: int, end: int, label: str = "A", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": "\U0001f600" * (end - start), "labels": [label]}
    return result("span", "labels", value, to="t") | more


def sound(start: float, end: float, channel: int = 0) -> dict[str, Any]:
    value = {"start": start, "end": end, "channel": channel, "labels": ["A"]}
    return result("sound", "labels", value, to="a")


def turn_of(start: int, begin: int, end: int, stop: int) -> dict[str, Any]:
    value = {"start": str(start), "end": str(end), "startOffset": begin, "endOffset": stop, "text": "x"}
    return result("turn", "paragraphlabels", value | {"paragraphlabels": ["A"]}, to="d")


def frames(*ranges: tuple[int, int]) -> dict[str, Any]:
    value = {"ranges": [{"start": a, "end": b} for a, b in ranges], "timelinelabels": ["A"]}
    return result("line", "timelinelabels", value, to="v")


def track(*keys: tuple[int, float, bool], count: int = 100) -> dict[str, Any]:
    sequence = [
        {
            "frame": at,
            "enabled": on,
            "rotation": 0,
            "x": x,
            "y": 10,
            "width": 20,
            "height": 20,
            "time": at / 25,
        }
        for at, x, on in keys
    ]
    return result(
        "track", "videorectangle", {"framesCount": count, "duration": 4, "sequence": sequence}, to="v"
    )


def painted(left: int, right: int, top: int = 0, low: int = 300) -> dict[str, Any]:
    rows = (bytes(left) + b"\xff" * (right - left) + bytes(400 - right), bytes(400))
    picture = b"".join(rows[0 if top <= row < low else 1] for row in range(300))
    value = {"format": "rle", "rle": rle.encode(400, 300, picture), "brushlabels": ["A"]}
    return result("brush", "brushlabels", value)


def overlap(first: dict[str, Any], second: dict[str, Any]) -> Fraction:
    for answer in (first, second):
        if not answer["value"].get("rotation"):
            parse_answer([answer], MODULE)
    one, two = shape_of(first), shape_of(second)
    found = one.overlap(two, Work(10**6))
    assert found == two.overlap(one, Work(10**6)) <= one.bound(two) == two.bound(one)
    assert agree([first], [second], MODULE) == agree([second], [first], MODULE) == (found >= FULL // 2)
    return Fraction(found, FULL)


SQUARE = ((10, 10), (30, 10), (30, 30), (10, 30))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (poly(*SQUARE), poly(*SQUARE[::-1]), 1),  # drawn the other way round
        (poly(*SQUARE), poly((20, 10), (40, 10), (40, 30), (20, 30)), 1 / 3),
        (poly(*SQUARE), poly((10, 10), (30, 10), (10, 30)), 1 / 2),
        (poly(*SQUARE), poly((60, 60), (70, 60), (70, 70)), 0),
        (poly(*SQUARE), poly((10, 10), (30, 30), (30, 10), (10, 30)), 1 / 2),  # crosses itself
        (ellipse(50, 50, 20, 10), ellipse(50, 50, 20, 10, 180), 1),
        (ellipse(50, 50, 20, 20), ellipse(50, 50, 10, 10), 1 / 4),
        (point(50, 50), point(50, 50), 1),
        (point(50, 50), point(52.5, 50), 1 / 2),  # 10 pixels of a diagonal of 500: a 50th
        (point(50, 50), point(60, 50), 0),
        (text(0, 10), text(5, 15), 1 / 3),
        (text(0, 10), text(0, 5), 1 / 2),
        (text(0, 10), text(10, 20), 0),
        (sound(1.5, 2.5), sound(1.75, 2.5), 3 / 4),
        (turn_of(1, 0, 1, 10), turn_of(1, 0, 1, 5), 1 / 2),
        (turn_of(1, 0, 3, 10), turn_of(1, 0, 2, 10), 1 / 2),
        (frames((1, 10)), frames((1, 5)), 1 / 2),
        (frames((1, 10), (21, 30)), frames((6, 10), (21, 25)), 1 / 2),
        (track((1, 0, True)), track((1, 0, True), (51, 0, False)), 51 / 100),
        (track((1, 0, True), (100, 60, True)), track((1, 0, True), (50, 29.697, True), (100, 60, True)), 1),
        (track((1, 0, True)), track((1, 10, True)), 1 / 3),
        (painted(100, 200), painted(100, 200), 1),
        (painted(100, 200), painted(150, 250), 1 / 3),
        (painted(100, 200), painted(100, 200, 150), 1 / 2),
        (painted(0, 100), painted(200, 300), 0),
    ],
)
def test_overlaps(first: dict[str, Any], second: dict[str, Any], expected: float) -> None:
    assert float(overlap(first, second)) == pytest.approx(expected, abs=0.004)


def test_a_place_of_another_kind_is_another_place() -> None:
    assert not agree([sound(1, 2)], [sound(1, 2, channel=1)], MODULE)
    assert not agree([text(0, 5)], [text(0, 5, "B")], MODULE)
    assert not agree([box(0, 0, 9, 9)], [box(0, 0, 9, 9) | {"item_index": 1}], MODULE)


@given(st.integers(-720, 720), st.integers(1, 80))
def test_turned_boxes_and_the_angles_they_are_turned_by(angle: int, off: int) -> None:
    cosine, sine = turn(angle * 1_000_000)
    assert cosine / ONE == pytest.approx(cos(radians(angle)), abs=1e-9)
    assert sine / ONE == pytest.approx(sin(radians(angle)), abs=1e-9)
    one, two = shape_of(box(40, 40, 20, 10, turned=angle)), shape_of(box(40, 40, 20, 10, turned=angle + 360))
    assert abs(one.overlap(two, Work(10**6)) - FULL) <= FULL // 1000
    # a box turned around its corner by a right angle on a picture of 400 by 300
    quarter = shape_of(box(50, 40, 15, 20, turned=90))
    beside = shape_of(box(35, 40, 15, 20))
    assert quarter.overlap(beside, Work(10**6)) == pytest.approx(FULL, rel=0.01)


def test_areas_are_those_of_geometry() -> None:
    assert shape_of(ellipse(50, 50, 20, 10)).area == pytest.approx(pi * 200 * 10**12, rel=0.005)  # type: ignore[attr-defined]
    triangle = shape_of(poly((10, 10), (90, 20), (30, 80)))
    assert triangle.area == pytest.approx(2700 * 10**12, rel=0.003)  # type: ignore[attr-defined]


def test_the_labels_beside_a_bare_shape_are_its_labels() -> None:
    def both(label: str, at: float = 10) -> list[dict[str, Any]]:
        place = {"x": at, "y": 10, "width": 20, "height": 20, "rotation": 0}
        return [
            result("bare", "rectangle", place),
            result("kind", "labels", {**place, "labels": [label]}),
        ]

    parse_answer(both("A"), MODULE)
    assert agree(both("A"), both("A", 12), MODULE)
    assert shares(both("A"), both("B"), MODULE) == {"bare": 0, "kind": 0}
    assert shares(both("A"), both("A")[:1], MODULE) == {"bare": 0, "kind": 0}


def read(answer: list[Any], place: int, words: str) -> list[Any]:
    region = answer[place]
    value = {key: part for key, part in region["value"].items() if key != "rectanglelabels"}
    return [*answer, result("read", "textarea", {**value, "text": [words]}, id=region["id"])]


def test_what_is_said_about_a_region_is_compared_on_the_same_region() -> None:
    one = [box(0, 0, 20, 20, id="a"), box(50, 50, 20, 20, id="b")]
    two = [box(51, 50, 20, 20, id="a"), box(0, 1, 20, 20, id="z")]
    first = read(read(one, 0, "STOP"), 1, "Exit")
    second = read(read(two, 1, "stop"), 0, "Exit")
    parse_answer(first, MODULE)
    assert agree(first, second, MODULE)
    wrong = read(read(two, 0, "stop"), 1, "Exit")
    assert shares(first, wrong, MODULE)["box"] == 1 and shares(first, wrong, MODULE)["read"] < 1
    assert shares(first, read(two, 1, "stop"), MODULE)["read"] == Fraction(2, 3)
    assert {(pair.first, pair.second) for pair in pairs(first, second, MODULE)} == {("a", "z"), ("b", "a")}


def tie(start: str, end: str, direction: str = "right", *labels: str) -> dict[str, Any]:
    return {
        "type": "relation",
        "from_id": start,
        "to_id": end,
        "direction": direction,
        "labels": list(labels),
    }


def test_relations_tie_the_same_regions() -> None:
    one = [text(0, 5, id="a"), text(10, 15, id="b")]
    two = [text(10, 15, id="p"), text(0, 6, id="q")]
    assert agree([*one, tie("a", "b")], [*two, tie("q", "p")], MODULE)
    assert agree([*one, tie("a", "b")], [*two, tie("p", "q", "left")], MODULE)
    assert agree([*one, tie("a", "b", "bi")], [*two, tie("p", "q", "bi")], MODULE)
    for other in (tie("p", "q"), tie("q", "p", "bi"), tie("q", "p", "right", "next")):
        assert shares([*one, tie("a", "b")], [*two, other], MODULE)["Relations"] == 0
    assert agreement([*one, tie("a", "b")], two, MODULE) == Fraction(1, 2)


COORDINATES = st.integers(0, 12).map(lambda n: n * 5)
REGIONS = st.one_of(
    st.builds(box, COORDINATES, COORDINATES, st.sampled_from([10, 30]), st.just(20), st.sampled_from("AB")),
    st.builds(
        lambda x, y, angle: box(x, y, 20, 10, turned=angle), COORDINATES, COORDINATES, st.integers(0, 359)
    ),
    st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=6).map(lambda found: poly(*found)),
    st.builds(ellipse, COORDINATES, COORDINATES, st.just(10), st.just(5), st.integers(0, 180)),
    st.builds(point, COORDINATES, COORDINATES),
    st.builds(lambda start, long: text(start, start + long), st.integers(0, 20), st.integers(1, 10)),
    st.builds(lambda a, b: track((1, a, True), (40, b, True)), COORDINATES, COORDINATES),
)
ANSWERS = st.lists(REGIONS, max_size=6).map(
    lambda found: [region | {"id": f"r{at}"} for at, region in enumerate(found)]
)


@settings(max_examples=300, deadline=None)
@given(ANSWERS, ANSWERS, st.randoms())
def test_symmetric_and_independent_of_order_and_ids(
    first: list[Any], second: list[Any], chance: random.Random
) -> None:
    share = agreement(first, second, MODULE)
    assert 0 <= share <= 1 and share == agreement(second, first, MODULE)
    assert agree(first, second, MODULE) is (share == 1)
    assert agree(first, first, MODULE)
    mixed = [region | {"id": f"other{at}"} for at, region in enumerate(first)]
    chance.shuffle(mixed)
    assert agreement(mixed, second, MODULE) == share and agree(mixed, first, MODULE)


@settings(max_examples=100, deadline=None)
@given(ANSWERS, st.integers(0, 5), st.integers(1, 70), st.integers(0, 25))
def test_a_box_that_moves_away_never_agrees_more(answer: list[Any], place: int, far: int, more: int) -> None:
    def moved(by: int) -> list[Any]:
        return [*answer, box(by, 70, 30, 25, "B", id="moved")]

    shares_ = [agreement(moved(0), moved(by), MODULE) for by in (0, min(far, 70), min(far + more, 70))]
    assert shares_[0] == 1 >= shares_[1] >= shares_[2]


@pytest.mark.parametrize("kind", ["turned", "polygons", "spans", "tracks", "points"])
def test_four_hundred_regions_are_compared_in_bounded_work(kind: str) -> None:
    def crowd(seed: int) -> list[dict[str, Any]]:
        chance = random.Random(seed)

        def one() -> dict[str, Any]:
            x, y = round(chance.uniform(20, 29), 4), round(chance.uniform(0, 9), 4)
            if kind == "turned":
                return box(x, y, 60, 50, turned=round(chance.uniform(5, 8), 2))
            if kind == "polygons":
                return poly(*((x + chance.uniform(0, 60), chance.choice((0, 90)) + y) for _ in range(20)))
            if kind == "spans":
                return text(chance.randrange(100), 200 + chance.randrange(100))
            if kind == "points":
                return point(x, y)
            return track((1, x, True), (900, x + 20, True), count=3000)

        return [one() | {"id": f"r{at}"} for at in range(limits.REGIONS)]

    first, second = crowd(1), crowd(2)
    start = process_time()
    assert agreement(first, second, MODULE) == agreement(second, first, MODULE) <= 1
    assert process_time() - start < 12  # twice; a second each on an idle machine


def test_a_mask_of_twelve_megapixels() -> None:
    def code(shift: int) -> list[int]:
        rows = (bytes(1000 + (row * 7 + shift) % 50) + b"\xff" * 2000 for row in range(3000))
        return rle.encode(4000, 3000, b"".join(row + bytes(4000 - len(row)) for row in rows))

    one, two = code(0), code(25)
    start = process_time()
    found = mask(one).overlap(mask(two), Work(10**6))
    assert process_time() - start < 3
    assert 0.95 < found / FULL < 1
