# SPDX-License-Identifier: Apache-2.0
"""The players on real files, with a device of the test's own and with none."""

from array import array

import pytest
from PySide6.QtCore import QObject

from gems_desktop.decoding.media_client import MediaClient
from gems_desktop.items.movie_player import MoviePlayer
from gems_desktop.items.sound_player import SoundPlayer
from gems_desktop.items.sound_sink import SilentSink, Sink
from tests.desktop.decoding.test_film import number
from tests.helpers.media_desk import Desk, until

RATE = 48_000


class FakeDevice:
    """Plays as fast as it is fed and remembers everything; holds `size` bytes until `drain`."""

    silent = False

    def __init__(self, channels: int) -> None:
        self.channels = channels
        self.heard = bytearray()
        self.volume = -1.0
        self.stopped = False

    def room(self) -> int:
        return 9_600

    def write(self, data: bytes) -> None:
        self.heard += data

    def played_s(self) -> float:
        return len(self.heard) / (2 * self.channels * RATE)

    def waiting(self) -> bool:
        return False

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def stop(self) -> None:
        self.stopped = True


class Studio:
    """A sound player whose devices are kept."""

    def __init__(self, desk: Desk) -> None:
        self.devices: list[FakeDevice] = []
        self.player = SoundPlayer(desk.client, sinks=self.make)

    def make(self, channels: int, _volume: float, _parent: QObject) -> Sink:
        self.devices.append(FakeDevice(channels))
        return self.devices[-1]


def silent(_channels: int, _volume: float, _parent: QObject) -> Sink:
    return SilentSink()


def test_a_recording_plays_to_its_end(desk: Desk) -> None:
    studio = Studio(desk)
    player, ends = studio.player, []
    player.ended.connect(lambda: ends.append(player.position))
    player.open(desk.vector("tone.wav"))
    until(lambda: player.ready)
    assert player.duration == pytest.approx(1.0) and not player.playing and player.channels == 1
    player.play()
    assert player.playing
    until(lambda: bool(ends))
    assert not player.playing and player.position == pytest.approx(1.0)
    (device,) = studio.devices
    whole = array("h", bytes(device.heard))
    assert len(whole) == RATE and max(whole[:4800]) < 4000 < 25_000 < max(whole[-4800:])
    player.play()  # from the beginning again
    until(lambda: len(ends) == 2)
    assert bytes(studio.devices[1].heard) == bytes(device.heard)


def test_a_stretch_alone_and_a_seek(desk: Desk) -> None:
    studio = Studio(desk)
    player = studio.player
    player.open(desk.vector("tone.wav"))
    until(lambda: player.ready)
    player.playRange(0.25, 0.5)
    until(lambda: not player.playing)
    assert player.position == pytest.approx(0.5)
    assert len(studio.devices[0].heard) == RATE // 4 * 2 and studio.devices[0].stopped
    player.seek(0.9)
    assert player.position == 0.9 and len(studio.devices) == 1
    player.toggle()
    until(lambda: not player.playing)
    assert len(studio.devices[1].heard) == pytest.approx(RATE // 10 * 2, abs=4)
    player.seek(-3)
    assert player.position == 0.0


def test_rate_and_volume(desk: Desk) -> None:
    studio = Studio(desk)
    player = studio.player
    player.open(desk.vector("tone.wav"))
    until(lambda: player.ready)
    player.rate = 2.0
    player.volume = 0.3
    player.play()
    player.volume = 0.7
    assert studio.devices[0].volume == 0.7
    until(lambda: not player.playing)
    assert len(studio.devices[0].heard) / RATE / 2 == pytest.approx(0.5, abs=0.06)
    player.rate = 99
    assert player.rate == 3.0
    player.rate = 0
    assert player.rate == 0.25


def test_without_a_device_time_goes_on(desk: Desk) -> None:
    player = SoundPlayer(desk.client, sinks=silent)
    ends: list[bool] = []
    seen: list[float] = []
    player.ended.connect(lambda: ends.append(True))
    player.positionChanged.connect(lambda: seen.append(player.position))
    player.rate = 3.0
    player.open(desk.vector("tone.flac"))
    until(lambda: player.ready)
    player.play()
    assert player.silent
    until(lambda: bool(ends))
    assert seen == sorted(seen) and len(seen) > 3 and seen[-1] == pytest.approx(1.0)


def test_a_device_that_hangs_is_left_for_the_silent_clock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hanging(FakeDevice):
        def room(self) -> int:
            return 0

    monkeypatch.setattr("gems_desktop.items.sound_player.STUCK_MS", 100)
    player = SoundPlayer(desk.client, sinks=lambda channels, _volume, _parent: Hanging(channels))
    player.open(desk.vector("tone.wav"))
    until(lambda: player.ready)
    player.seek(0.8)
    player.play()
    assert not player.silent
    until(lambda: not player.playing)
    assert player.silent and player.position == pytest.approx(1.0)


def test_a_damaged_recording_is_told_in_words(desk: Desk) -> None:
    player = SoundPlayer(desk.client, sinks=silent)
    player.open(desk.put(b"RIFF\x24\x00\x00\x00WAVEfmt "))
    until(lambda: bool(player.problem))
    assert not player.ready
    player.play()
    assert not player.playing
    player.open(desk.vector("tone.wav"))
    until(lambda: player.ready)
    assert player.problem == ""


def quiet(client: MediaClient, parent: QObject) -> SoundPlayer:
    return SoundPlayer(client, parent, sinks=silent)


def test_steps_show_exactly_the_picture(desk: Desk) -> None:
    film = MoviePlayer(desk.client, sounds=quiet)
    film.open(desk.vector("counter.mp4"))
    until(lambda: film.shownFrame == 0)
    assert (film.frames, film.width, film.height) == (150, 160, 32) and film.sound is None
    for go, there in ((1, 1), (1, 2), (40, 42), (-1, 41), (-30, 11), (500, 149), (-1, 148)):
        film.step(go)
        assert film.frame == there
        until(lambda there=there: film.shownFrame == there)  # type: ignore[misc]
        assert number(film.image()) == there
    film.seekFrame(77)
    until(lambda: film.shownFrame == 77)
    film.setView(80, 100)
    until(lambda: film.image().width() == 80)
    assert number(film.image()) == 77 and film.shownFrame == 77
    film.seek(2.0)
    until(lambda: film.shownFrame == 59)
    assert number(film.image()) == 59
    film.shut()
    assert film.image().isNull() and not film.ready


@pytest.mark.parametrize("name", ["counter.mp4", "sounding.mp4"])
def test_playing_shows_pictures_in_order_and_ends(desk: Desk, name: str) -> None:
    film = MoviePlayer(desk.client, sounds=quiet)
    ends: list[bool] = []
    seen: list[tuple[int, int]] = []
    film.ended.connect(lambda: ends.append(True))
    film.imageChanged.connect(lambda: seen.append((film.shownFrame, number(film.image()))))
    film.rate = 2.0
    film.open(desk.vector(name))
    until(lambda: film.shownFrame == 0)
    assert (film.sound is not None) == (name == "sounding.mp4")
    film.play()
    until(lambda: bool(ends))
    assert not film.playing
    assert all(asked == shown for asked, shown in seen)
    assert [pair[0] for pair in seen] == sorted(pair[0] for pair in seen)
    assert len(seen) > 20 and film.frame == 149  # how many depends on the machine: the bench measures it
    film.play()
    assert film.frame == 0


def test_a_module_counts_pictures_its_own_way(desk: Desk) -> None:
    film = MoviePlayer(desk.client, sounds=quiet)
    film.open(desk.vector("counter.mp4"), 10.0)
    until(lambda: film.shownFrame == 0)
    assert (film.frames, film.fps) == (51, 10)
    film.seekFrame(20)
    until(lambda: film.shownFrame == 20)
    assert film.position == 2.0 and number(film.image()) == int(2.05 * 30000 / 1001)


def test_sound_alone_is_no_film(desk: Desk) -> None:
    film = MoviePlayer(desk.client, sounds=quiet)
    film.open(desk.vector("tone.wav"))
    until(lambda: bool(film.problem))
    assert not film.ready
    film.play()
    film.step(1)
    assert not film.playing and film.frame == 0
