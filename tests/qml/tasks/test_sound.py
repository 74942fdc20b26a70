# SPDX-License-Identifier: Apache-2.0
"""A recording: its wave, playing, and stretches by hand and by key."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.viewmodels.parts.audio import AudioPart
from gems_protocol.modules import parse
from tests.qml.tasks.bench import LEFT, NONE, Bench
from tests.qml.tasks.conftest import OpenBench
from tests.qml.tasks.sounds import keep, tones
from tests.qml.tasks.time_hand import at, chosen, click, drag, found, line

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
EVENTS = """<View><Labels name="what" toName="sound"><Label value="Speech"/><Label value="Noise"/></Labels>
  <Audio name="sound" value="$sound"/></View>"""
SPOKEN = """<View><Audio name="sound" value="$sound"/>
  <Labels name="what" toName="sound"><Label value="Speech"/></Labels>
  <TextArea name="said" toName="sound" perRegion="true"/></View>"""
HEARD = '<View><Audio name="sound" value="$sound"/><Rating name="stars" toName="sound"/></View>'
SPLIT = """<View><Labels name="what" toName="sound"><Label value="Speech"/></Labels>
  <Audio name="sound" value="$sound" splitChannels="true"/></View>"""
NEAR = 0.03  # seconds: a few pixels of the test's view


@pytest.fixture(autouse=True)
def no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without sound: the clock runs alone."""

    def missing(*_: object) -> None:
        raise OSError("there is no sound device")

    monkeypatch.setattr("gems_desktop.items.sound_sink.DeviceSink", missing)


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Six seconds of one channel, and of two, by hash."""
    folder = tmp_path_factory.mktemp("sounds")
    return dict([keep(folder, tones()), keep(folder, tones(6.0, 2)), keep(folder, b"RIFF no sound at all")])


@pytest.fixture(scope="module")
def hearing(sounds: dict[str, Path], qt_app: object) -> Iterator[DecodeClient]:
    """A client for these."""
    client = DecodeClient(sounds.get)
    yield client
    client.close()


@pytest.fixture
def listen(open_bench: OpenBench, hearing: DecodeClient, sounds: dict[str, Path]) -> OpenBench:
    """`listen(config, answer, file=0)` shows a task with a recording and waits for its wave."""

    def make(config: str, answer: list[dict[str, Any]] | None = None, file: int = 0, **values: Any) -> Bench:
        data = {"sound": f"sha256:{list(sounds)[file]}"}
        bench = open_bench(config, answer, data=data, images=hearing, **values)
        if file < 2:
            bench.painted()
        return bench

    return make


def part(bench: Bench) -> AudioPart:
    """The part of the recording."""
    found: AudioPart = line(bench).stage.part
    return found


def region(name: str, start: float, end: float, label: str = "Speech", channel: int = 0) -> dict[str, Any]:
    """A stretch of an answer."""
    value = {"start": start, "end": end, "channel": channel, "labels": [label]}
    return {"id": name, "from_name": "what", "to_name": "sound", "type": "labels", "value": value}


def ends(bench: Bench, at: int = 0) -> list[float]:
    """Where a stretch is."""
    return [bench.values("what")[at][key] for key in ("start", "end")]


def test_the_wave_is_seen_and_counts_as_shown(listen: OpenBench) -> None:
    bench = listen(HEARD)
    assert bench.model.shown and part(bench).whole[1] == pytest.approx(6.0, abs=0.01)
    canvas = line(bench)
    picture = bench.window.grabWindow()

    def inked(seconds: float) -> int:
        """Pixels of the wave's colour in a column, off the middle."""
        point = at(bench, seconds, 0.2)
        colour = canvas.property("waveInk")
        return sum(picture.pixelColor(point.x() + dx, point.y()) == colour for dx in range(12))

    assert inked(0.5) > 6 and inked(1.5) == 0, "loud in the first second, silent in the second"


def test_a_stretch_by_hand(listen: OpenBench) -> None:
    bench = listen(EVENTS)
    drag(bench, 1.0, 2.5)
    assert ends(bench) == pytest.approx([1.0, 2.5], abs=NEAR)
    assert bench.values("what")[0] | {"start": 0, "end": 0} == {
        "start": 0, "end": 0, "channel": 0, "labels": ["Speech"],
    }  # fmt: skip
    assert [edit["op"] for edit in bench.edits] == ["add"], "one edit for the whole drag"
    bench.key(Qt.Key.Key_Escape)
    bench.key("2")
    drag(bench, 4.0, 3.0)
    assert ends(bench, 1) == pytest.approx([3.0, 4.0], abs=NEAR)
    assert bench.values("what")[1]["labels"] == ["Noise"]


def test_a_click_selects_or_goes_there(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)])
    click(bench, 2.0)
    assert chosen(bench) == "a"
    click(bench, 5.0)
    assert chosen(bench) == "" and part(bench).position == pytest.approx(5.0, abs=NEAR)
    assert bench.edits == []


def test_move_and_resize(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)])
    drag(bench, 2.0, 3.0)
    assert ends(bench) == pytest.approx([2.0, 4.0], abs=NEAR)
    drag(bench, 4.0, 5.0)
    assert ends(bench) == pytest.approx([2.0, 5.0], abs=NEAR)
    drag(bench, 2.0, 1.0)
    assert ends(bench) == pytest.approx([1.0, 5.0], abs=NEAR)
    drag(bench, 3.0, 6.0)
    assert ends(bench) == pytest.approx([2.0, 6.0], abs=NEAR), "its length stays at the recording's end"


def test_escape_lets_go_of_a_drag(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)])
    drag(bench, 2.0, 3.0, drop=False)
    bench.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(bench.window, LEFT, NONE, at(bench, 3.0))
    bench.settle()
    assert ends(bench) == [1, 3] and bench.edits == []


def test_all_by_key(listen: OpenBench) -> None:
    bench = listen(EVENTS)
    bench.focus(line(bench))
    bench.key(Qt.Key.Key_Right, "i")
    assert part(bench).begin == pytest.approx(1.0)
    bench.key(Qt.Key.Key_Right, Qt.Key.Key_Right, "o", Qt.Key.Key_Return)
    assert ends(bench) == pytest.approx([1.0, 3.0], abs=1e-6)
    bench.key(Qt.Key.Key_Right, "o")
    assert ends(bench) == pytest.approx([1.0, 4.0], abs=1e-6), "the selected one ends here now"
    bench.key(Qt.Key.Key_Home)
    bench.key(Qt.Key.Key_Right, with_=CTRL)
    bench.key("[")
    assert ends(bench) == pytest.approx([0.1, 4.0], abs=1e-6)
    bench.key(Qt.Key.Key_Escape)
    bench.key(Qt.Key.Key_Right, with_=SHIFT)
    assert part(bench).position == pytest.approx(5.1)
    bench.key("i", Qt.Key.Key_End, Qt.Key.Key_Return)
    assert ends(bench, 1) == pytest.approx([5.1, 6.0], abs=0.01)
    bench.key(Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    assert chosen(bench) == bench.model.answer()[0]["id"]
    bench.key(Qt.Key.Key_Tab, Qt.Key.Key_Delete)
    assert len(bench.values("what")) == 1
    bench.key(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert not line(bench).hasActiveFocus(), "past the last stretch the keyboard goes on"


def test_zoom_and_pan_change_nothing(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)])
    before = bench.model.answer()
    bench.focus(line(bench))
    bench.key("+", "+")
    assert line(bench).property("zoom") == pytest.approx(2.25)
    left = line(bench).stage.axis.left
    drag(bench, left + 2.0, left + 1.0, button=Qt.MouseButton.MiddleButton)
    assert line(bench).stage.axis.left == pytest.approx(left + 1.0, abs=NEAR)
    drag(bench, 3.0, 3.5)
    bench.key("0")
    assert line(bench).property("zoom") == 1.0
    assert bench.model.answer()[0]["id"] == before[0]["id"]


def test_closer_by_the_wave_is_finer(listen: OpenBench) -> None:
    bench = listen(HEARD)
    bench.focus(line(bench))
    bench.key(*["+"] * 6)
    body: Any = line(bench)._body
    bench.until(lambda: body._close is not None and body._close.end_s - body._close.start_s < 1.0)


def test_playing_goes_on_and_stops(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 1.4)])
    bench.focus(line(bench))
    bench.key(Qt.Key.Key_Space)
    assert part(bench).player.playing
    bench.until(lambda: part(bench).position > 0.1)
    bench.key(Qt.Key.Key_Space)
    assert not part(bench).player.playing
    bench.key(">", ">")
    assert bench.named("rate").property("text") == "1.5×"
    bench.key("<")
    assert part(bench).player.rate == 1.25


def test_a_stretch_alone_and_again(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 1.4)])
    click(bench, 1.2)
    bench.click(bench.named("playRegion"))
    bench.until(lambda: not part(bench).player.playing and part(bench).position >= 1.35)
    assert part(bench).position <= 1.45
    bench.settle()  # that it ended is told through the event queue
    bench.click(bench.named("loop"))
    assert part(bench).loop
    bench.key(Qt.Key.Key_Space, with_=SHIFT)
    seen: list[float] = []
    part(bench).moved.connect(lambda: seen.append(part(bench).position))
    bench.until(lambda: any(b < a - 0.2 for a, b in itertools.pairwise(seen)))
    bench.key(Qt.Key.Key_Space, with_=SHIFT)
    assert not part(bench).player.playing


def test_what_nobody_sees_is_not_heard(listen: OpenBench) -> None:
    bench = listen(HEARD)
    player = part(bench).player
    player.play()
    assert player.playing
    bench.named("task").setVisible(False)
    assert not player.playing


def test_enter_finishes_the_task_where_it_marks_nothing(listen: OpenBench) -> None:
    bench = listen(EVENTS)
    bench.focus(line(bench))
    assert bench.passes(Qt.Key.Key_Return) and bench.edits == []
    bench.key("i", Qt.Key.Key_End)
    assert not bench.passes(Qt.Key.Key_Return) and len(bench.edits) == 1
    assert bench.passes(Qt.Key.Key_Return) and len(bench.edits) == 1


def test_a_recording_is_left_for_another_kind_of_task(listen: OpenBench) -> None:
    bench = listen(EVENTS)
    view = bench.of_type("TaskAudio")[0]
    bench.model.open(
        parse(
            '<View><Header value="Over"/><Text name="t" value="$text"/><Rating name="r" toName="t"/></View>'
        ),
        {"text": "x"},
        [],
    )
    bench.settle()
    assert "Over" in bench.words() and view not in bench.drawn()  # a warning of QML would fail this test


def test_space_plays_from_anywhere_in_the_task(listen: OpenBench) -> None:
    bench = listen(SPOKEN, [region("a", 1, 2)])
    bench.named("task").forceActiveFocus()
    bench.key(Qt.Key.Key_Space)
    assert part(bench).player.playing
    bench.key(Qt.Key.Key_Space, with_=CTRL)
    assert not part(bench).player.playing


def test_what_is_said_about_a_stretch_stands_in_it(listen: OpenBench) -> None:
    said = {
        "id": "a", "from_name": "said", "to_name": "sound", "type": "textarea",
        "value": {"start": 1, "end": 3, "channel": 0, "text": ["good morning"]},
    }  # fmt: skip
    bench = listen(SPOKEN, [region("a", 1, 3), said])
    assert found(bench)[0].note == "good morning"
    click(bench, 2.0)
    drag(bench, 2.0, 2.5)
    assert bench.values("said")[0]["start"] == pytest.approx(1.5, abs=NEAR), "it moves with its stretch"


def test_two_channels(listen: OpenBench) -> None:
    bench = listen(SPLIT, file=1)
    assert part(bench).channels == 2
    drag(bench, 1.0, 2.0, 1)
    assert bench.values("what")[0]["channel"] == 1
    assert found(bench)[0].row == 1


def test_a_stretch_selected_in_the_list_comes_into_view(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 5, 5.5)])
    bench.focus(line(bench))
    bench.key(*["+"] * 5)
    bench.focus(bench.named("regions"))
    bench.key(Qt.Key.Key_Down)
    axis = line(bench).stage.axis
    assert axis.left <= 5 < axis.right and part(bench).position == 5.0


def test_hidden_and_locked(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)])
    bench.model.setLocked("a", True)
    drag(bench, 2.0, 3.0)
    click(bench, 2.0)
    bench.key(Qt.Key.Key_Delete)
    assert ends(bench) == [1, 3] and bench.edits == []
    bench.model.setHidden("a", True)
    assert found(bench) == ()


def test_reading_only(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)], read_only=True)
    drag(bench, 4.0, 5.0)
    drag(bench, 2.0, 3.0)
    bench.focus(line(bench))
    bench.key("i", "o", Qt.Key.Key_Return, Qt.Key.Key_Delete)
    assert bench.edits == [] and ends(bench) == [1, 3]


def test_another_answer_and_a_mark(listen: OpenBench) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)], read_only=True)
    bench.model.setOther([region("b", 2, 4, "Noise")])
    assert [(one.start, one.dashed) for one in found(bench)] == [(1, False), (2, True)]
    bench.model.beside.ask(True)
    click(bench, 4.5)
    assert bench.model.beside.mark is not None and bench.model.beside.mark["kind"] == "time"
    assert part(bench).mark == pytest.approx((4.5, 4.5), abs=NEAR)
    bench.model.beside.ask(True)
    drag(bench, 3.2, 4.2)
    assert part(bench).mark == pytest.approx((3.2, 4.2), abs=NEAR)
    bench.model.setMark(None)
    bench.model.setOther([])
    assert len(found(bench)) == 1 and part(bench).mark is None


def test_no_recording(listen: OpenBench) -> None:
    bench = listen(EVENTS, file=2)
    bench.until(lambda: bench.model.pictureProblem)
    assert not bench.model.shown and part(bench).problem_words


def test_the_next_task(listen: OpenBench, sounds: dict[str, Path]) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)])
    part(bench).toggle()
    bench.model.open(bench.model.module, {"sound": f"sha256:{list(sounds)[1]}"}, [])
    assert not part(bench).player.playing and not bench.model.shown
    bench.painted()
    assert part(bench).channels == 2 and found(bench) == ()


def test_recordings_that_go_together(listen: OpenBench, sounds: dict[str, Path]) -> None:
    twice = """<View><Audio name="one" value="$sound" sync="two"/><Audio name="two" value="$sound" sync="one"/>
      <Rating name="stars" toName="one"/></View>"""
    bench = listen(twice)
    rows: Any = bench.model._list.rows
    one, two = (row.part.player for row in rows if row.kind == "audio")
    assert (one.volume, two.volume) == (1.0, 0.0), "it is heard once"
    one.seek(2.0)
    assert two.position == 2.0
    two.play()
    assert one.playing
    one.pause()
    assert not two.playing
    bench.model.open(bench.model.module, {"sound": f"sha256:{list(sounds)[1]}"}, [])
    assert not one.playing


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_has_its_place(listen: OpenBench, scale: float) -> None:
    bench = listen(EVENTS, [region("a", 1, 3)], text_scale=scale, size=(900, 700))
    bench.model.select("a")
    bench.settle()
    bar = next(item for item in bench.drawn() if item.metaObject().className().startswith("PlayerBar"))
    for item in bar.childItems():
        assert not item.isVisible() or item.x() + item.width() <= bar.width() + 1
