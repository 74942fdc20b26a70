# SPDX-License-Identifier: Apache-2.0
"""A film: exact steps, boxes that move by key frames, stretches on the timeline, by hand and by key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.items.movie_canvas import MovieCanvas
from gems_desktop.viewmodels.parts.video import VideoPart
from tests.helpers.media_desk import MEDIA
from tests.qml.tasks.bench import LEFT, NONE, Bench
from tests.qml.tasks.conftest import OpenBench
from tests.qml.tasks.time_hand import chosen, click, drag, found, line

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOXES = """<View><Labels name="what" toName="film"><Label value="Car" hotkey="c"/>
  <Label value="Dog" hotkey="d"/></Labels>
  <Video name="film" value="$film"/><VideoRectangle name="box" toName="film"/></View>"""
STRETCHES = """<View><Video name="film" value="$film"/><TimelineLabels name="shot" toName="film">
  <Label value="Pan"/><Label value="Zoom"/></TimelineLabels></View>"""
SEEN = '<View><Video name="film" value="$film"/><Choices name="c" toName="film"><Choice value="A"/></Choices></View>'
NEAR = 1.5  # percent: about two pixels of the test's view


@pytest.fixture(scope="module")
def films(qt_app: object) -> dict[str, Path]:
    """Films that count, by hash."""
    paths = [MEDIA / name for name in ("counter.mp4", "sounding.mp4", "tone.wav")]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


@pytest.fixture(scope="module")
def cinema(films: dict[str, Path]) -> Iterator[DecodeClient]:
    """A client for these."""
    client = DecodeClient(films.get)
    yield client
    client.close()


@pytest.fixture
def watch(open_bench: OpenBench, cinema: DecodeClient, films: dict[str, Path]) -> OpenBench:
    """`watch(config, answer, file=0)` shows a task with a film and waits for its first picture."""

    def make(config: str, answer: list[dict[str, Any]] | None = None, file: int = 0, **values: Any) -> Bench:
        data = values.pop("data", None) or {"film": f"sha256:{list(films)[file]}"}
        bench = open_bench(config, answer, data=data, images=cinema, **values)
        if file < 2:
            bench.painted()
        return bench

    return make


def film(bench: Bench) -> MovieCanvas:
    """The picture."""
    canvas = bench.named("film")
    assert isinstance(canvas, MovieCanvas)
    return canvas


def part(bench: Bench) -> VideoPart:
    """The part of the film."""
    found: VideoPart = line(bench).stage.part
    return found


def pull(bench: Bench, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag on the picture, in percent of it."""
    canvas = film(bench)

    def at(place: tuple[float, float]) -> QPoint:
        return canvas.mapToScene(canvas.point_of(*place)).toPoint()

    one, two = at(start), at(end)
    QTest.mousePress(bench.window, LEFT, NONE, one)
    for step in range(1, 6):
        QTest.mouseMove(bench.window, one + (two - one) * step / 5)
        QCoreApplication.processEvents()
    QTest.mouseRelease(bench.window, LEFT, NONE, two)
    bench.settle()


def go(bench: Bench, frame: int) -> None:
    """Look at a picture, from 1."""
    part(bench).seek(frame - 1)
    bench.until(lambda: part(bench).player.shownFrame == frame - 1)
    bench.settle()


def key(frame: int, x: float, enabled: bool = True) -> dict[str, Any]:
    """A key frame."""
    where = {"x": x, "y": 20, "width": 20, "height": 40, "rotation": 0}
    return {"frame": frame, "enabled": enabled, "time": round(frame / 29.97, 6), **where}


def box(*keys: dict[str, Any], name: str = "b", label: str = "Car") -> dict[str, Any]:
    """A box of an answer."""
    value = {"framesCount": 150, "duration": 5.005, "sequence": list(keys), "labels": [label]}
    return {"id": name, "from_name": "box", "to_name": "film", "type": "videorectangle", "value": value}


def sequence(bench: Bench) -> list[tuple[int, bool]]:
    """The key frames of the first box."""
    return [(each["frame"], each["enabled"]) for each in bench.values("box")[0]["sequence"]]


def shot(first: int, last: int, name: str = "s", label: str = "Pan") -> dict[str, Any]:
    """A stretch of an answer."""
    value = {"ranges": [{"start": first, "end": last}], "timelinelabels": [label]}
    return {"id": name, "from_name": "shot", "to_name": "film", "type": "timelinelabels", "value": value}


def test_step_by_step(watch: OpenBench) -> None:
    bench = watch(SEEN)
    assert bench.model.shown and part(bench).frames == 150
    bench.focus(film(bench))
    bench.key(".", ".", ".", ",")
    assert part(bench).frame == 3
    bench.click(bench.named("on"))
    assert bench.named("clock").property("text") == "Picture 4 of 150"
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    assert part(bench).frame == 14
    bench.key(Qt.Key.Key_End)
    assert part(bench).frame == 150
    bench.until(lambda: part(bench).player.shownFrame == 149)


def test_playing(watch: OpenBench) -> None:
    bench = watch(SEEN)
    bench.named("task").forceActiveFocus()
    bench.key(Qt.Key.Key_Space)
    bench.until(lambda: part(bench).frame > 5)
    bench.key(Qt.Key.Key_Space)
    assert not part(bench).player.playing
    bench.click(bench.named("slower"))
    assert part(bench).player.rate == 0.75


def test_a_box_on_a_picture_is_a_region_with_a_key_frame(watch: OpenBench) -> None:
    bench = watch(BOXES)
    go(bench, 10)
    pull(bench, (10, 20), (30, 60))
    value = bench.values("box")[0]
    assert value["framesCount"] == 150 and value["duration"] == pytest.approx(5.005)
    assert value["labels"] == ["Car"] and len(value["sequence"]) == 1
    frame = value["sequence"][0]
    assert frame["frame"] == 10 and frame["enabled"] and frame["time"] == pytest.approx(10 / 29.97, abs=1e-4)
    assert [frame[k] for k in ("x", "y", "width", "height")] == pytest.approx([10, 20, 20, 40], abs=NEAR)
    assert [edit["op"] for edit in bench.edits] == ["add"]


def test_moving_it_elsewhere_makes_a_key_frame(watch: OpenBench) -> None:
    bench = watch(BOXES, [box(key(1, 10))])
    bench.model.select("b")
    go(bench, 21)
    pull(bench, (20, 40), (60, 40))
    assert sequence(bench) == [(1, True), (21, True)]
    go(bench, 11)
    assert part(bench).boxes()[0].value["x"] == pytest.approx(30, abs=NEAR), "half way in the middle"
    go(bench, 100)
    assert part(bench).boxes()[0].value["x"] == pytest.approx(50, abs=NEAR), "it stays where it was last"


def test_gone_and_there_again(watch: OpenBench) -> None:
    bench = watch(BOXES, [box(key(5, 10))])
    assert part(bench).boxes() == (), "not there before its first key frame"
    bench.model.select("b")
    bench.focus(film(bench))
    go(bench, 20)
    bench.key("g")
    assert sequence(bench) == [(5, True), (20, False)]
    assert [each.colour for each in part(bench).boxes()] == [bench.model.colours["what", "Car"]]
    go(bench, 21)
    assert part(bench).boxes() == ()
    go(bench, 30)
    bench.click(bench.named("there"))
    assert sequence(bench) == [(5, True), (20, False), (30, True)]
    assert found(bench)[0].gaps == ((20.0, 29.0),)
    bench.key("k")
    assert sequence(bench) == [(5, True), (20, False)]
    go(bench, 10)
    bench.key("k")
    assert sequence(bench) == [(5, True), (10, True), (20, False)]


def test_boxes_by_key(watch: OpenBench) -> None:
    bench = watch(BOXES)
    bench.focus(film(bench))
    bench.key("n")
    assert chosen(bench) == bench.model.answer()[0]["id"]
    x = bench.values("box")[0]["sequence"][0]["x"]
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert bench.values("box")[0]["sequence"][0]["x"] == pytest.approx(x + 1)
    bench.key(".", Qt.Key.Key_Down)
    assert sequence(bench) == [(1, True), (2, True)]
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab, "d")
    assert bench.values("box")[0]["labels"] == ["Dog"], "chosen on purpose"
    bench.key(Qt.Key.Key_Escape, "n")
    assert len(bench.values("box")) == 2
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Delete)
    assert len(bench.values("box")) == 1


def test_a_stretch_on_the_timeline_by_hand(watch: OpenBench) -> None:
    bench = watch(STRETCHES)
    drag(bench, 20.4, 59.5, 0)
    assert bench.values("shot") == [{"ranges": [{"start": 21, "end": 60}], "timelinelabels": ["Pan"]}]
    drag(bench, 40.0, 50.0, 0)
    assert bench.values("shot")[0]["ranges"] == [{"start": 31, "end": 70}]
    drag(bench, 70.0, 99.5, 0)
    assert bench.values("shot")[0]["ranges"] == [{"start": 31, "end": 100}]
    click(bench, 120.5, 0)
    assert chosen(bench) == "" and part(bench).frame == 121
    click(bench, 50.5, 0)
    assert chosen(bench) != "" and part(bench).frame == 51


def test_a_stretch_by_key(watch: OpenBench) -> None:
    bench = watch(STRETCHES)
    bench.focus(line(bench))
    go(bench, 10)
    bench.key("i")
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    bench.key("o", Qt.Key.Key_Return)
    assert bench.values("shot") == [{"ranges": [{"start": 10, "end": 20}], "timelinelabels": ["Pan"]}]
    bench.key(".", "o")
    assert bench.values("shot")[0]["ranges"] == [{"start": 10, "end": 21}]
    bench.key(Qt.Key.Key_Escape, "2", "i", Qt.Key.Key_Return)
    assert bench.values("shot")[1] == {"ranges": [{"start": 21, "end": 21}], "timelinelabels": ["Zoom"]}
    assert part(bench).row_names == ("Pan", "Zoom")
    bench.key(Qt.Key.Key_Delete)
    assert len(bench.values("shot")) == 1


def test_a_stretch_alone(watch: OpenBench) -> None:
    bench = watch(STRETCHES, [shot(5, 12)])
    bench.model.select("s")
    bench.focus(line(bench))
    bench.key(Qt.Key.Key_Space, with_=SHIFT)
    assert part(bench).player.playing
    bench.until(lambda: not part(bench).player.playing)
    assert part(bench).frame == 12


def test_a_region_selected_in_the_list_brings_its_picture(watch: OpenBench) -> None:
    bench = watch(BOXES, [box(key(40, 10))])
    bench.focus(bench.named("regions"))
    bench.key(Qt.Key.Key_Down)
    assert chosen(bench) == "b" and part(bench).frame == 40


def test_a_film_and_a_recording_that_go_together(watch: OpenBench, films: dict[str, Path]) -> None:
    config = """<View><Video name="film" value="$film" sync="sound"/><Audio name="sound" value="$sound" sync="film"/>
      <Rating name="stars" toName="film"/></View>"""
    names = list(films)
    data = {"film": f"sha256:{names[1]}", "sound": f"sha256:{names[2]}"}
    bench = watch(config, file=3, data=data)
    bench.painted()
    rows: Any = bench.model._list.rows
    movie, sound = (row.part.player for row in rows if row.kind in ("video", "audio"))
    assert movie.muted and sound.volume == 1.0
    sound.seek(0.5)
    assert movie.position == pytest.approx(0.5, abs=0.04)
    movie.play()
    assert sound.playing
    sound.pause()
    assert not movie.playing
    movie.seekFrame(10)
    assert sound.position == pytest.approx(movie.position)


def test_hidden_locked_and_reading_only(watch: OpenBench) -> None:
    bench = watch(BOXES, [box(key(1, 10))])
    bench.model.setLocked("b", True)
    pull(bench, (20, 40), (60, 40))
    assert sequence(bench) == [(1, True)] and bench.edits == []
    bench.model.setHidden("b", True)
    assert part(bench).boxes() == () and found(bench) == ()
    read = watch(BOXES, [box(key(1, 10))], read_only=True)
    pull(read, (20, 40), (60, 40))
    pull(read, (60, 20), (80, 60))
    read.focus(film(read))
    read.key("n", "k", "g", Qt.Key.Key_Delete, Qt.Key.Key_Up)
    assert read.edits == []


def test_another_answer_and_a_mark(watch: OpenBench) -> None:
    bench = watch(BOXES, [box(key(1, 10))], read_only=True)
    bench.model.setOther([box(key(1, 60), name="other")])
    assert [(each.value["x"], each.dashed) for each in part(bench).boxes()] == [(10, False), (60, True)]
    go(bench, 30)
    bench.model.beside.ask(True)
    pull(bench, (75, 50), (75, 50))
    mark = bench.model.beside.mark
    assert mark is not None and mark["frame"] == 30 and mark["x"] == pytest.approx(75, abs=NEAR)
    assert part(bench).pin() == (mark["x"], mark["y"]) and part(bench).mark == (29.5, 29.5)
    go(bench, 31)
    assert part(bench).pin() is None
    bench.model.beside.ask(True)
    drag(bench, 60.5, 90.5)
    assert part(bench).mark == (60.5, 90.5)


def test_sound_without_pictures_is_no_film(watch: OpenBench) -> None:
    bench = watch(SEEN, file=2)
    bench.until(lambda: bench.model.pictureProblem)
    assert not bench.model.shown and part(bench).problem_words


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_has_its_place(watch: OpenBench, scale: float) -> None:
    bench = watch(BOXES, [box(key(1, 10))], text_scale=scale, size=(900, 700))
    bench.model.select("b")
    bench.settle()
    for name in ("PlayerBar", "TaskVideo"):
        item = next(one for one in bench.drawn() if one.metaObject().className().startswith(name))
        for child in item.childItems():
            assert not child.isVisible() or child.x() + child.width() <= item.width() + 1
