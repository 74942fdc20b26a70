# SPDX-License-Identifier: Apache-2.0
"""Playing without a clock: tempo, what is fed to the device, how pictures are counted, what is asked for next."""

import itertools
import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.decoding.media_facts import MediaFacts, Pcm
from gems_desktop.decoding.overview import Overview
from gems_desktop.items.film_grid import FilmGrid, next_run, run_length, run_to
from gems_desktop.items.play_feed import PlayFeed
from gems_desktop.items.tempo import Tempo

RATE = 16_000


def tone(seconds: float, hertz: float, channels: int = 1) -> bytes:
    values = (int(9000 * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(int(seconds * RATE)))
    return array("h", (value for value in values for _ in range(channels))).tobytes()


def crossings(samples: "array[int]") -> int:
    return sum(a < 0 <= b for a, b in itertools.pairwise(samples))


@pytest.mark.parametrize("tempo", [0.25, 0.5, 0.9, 1.25, 2.0, 3.0])
@pytest.mark.parametrize("channels", [1, 2])
def test_tempo_changes_the_length_and_not_the_pitch(tempo: float, channels: int) -> None:
    stretch = Tempo(RATE, channels, tempo)
    data = tone(2.0, 200, channels)
    step = 6400
    out = b"".join(
        stretch.feed(data[at : at + step], at + step >= len(data)) for at in range(0, len(data), step)
    )
    samples = array("h", out)[::channels]
    assert len(samples) / RATE == pytest.approx(2.0 / tempo, abs=0.1)
    assert crossings(samples) / (len(samples) / RATE) == pytest.approx(200, rel=0.03)
    jumps = max(abs(a - b) for a, b in itertools.pairwise(samples))
    assert jumps < 2_500  # no clicks at the seams: the tone itself moves by 706 a sample


def test_tempo_of_one_changes_nothing() -> None:
    assert Tempo(RATE, 2, 1.0).feed(b"abcd") == b"abcd"
    assert Tempo(RATE, 1, 2.0).feed(b"", True) == b""


def blocks(feed: PlayFeed, total_s: float) -> bytes:
    """Play a feed to its end with blocks of a counting recording; what came out."""
    out = b""
    while not feed.finished:
        wanted = feed.wants()
        if wanted is not None:
            start = round(wanted[0] * RATE)
            end = min(round(total_s * RATE), start + round(wanted[1] * RATE))
            data = array("h", (n % 30_000 for n in range(start, end))).tobytes()
            feed.put(Pcm(RATE, 1, start / RATE, data, end >= round(total_s * RATE)))
        out += feed.take(5_001)
    return out


def test_a_stretch_is_fed_exactly() -> None:
    feed = PlayFeed(0.5, 4.25, 1.0)
    samples = array("h", blocks(feed, 10.0))
    assert samples.tolist() == [n % 30_000 for n in range(8_000, 68_000)]
    assert feed.heard(1.0) == 1.5 and feed.heard(99) == 4.25
    assert feed.wants() is None


def test_a_recording_shorter_than_it_says_ends_the_feed() -> None:
    assert len(blocks(PlayFeed(0.0, 60.0, 1.0), 3.0)) == 3 * RATE * 2
    assert PlayFeed(2.0, 2.0, 1.0).finished


def test_samples_of_another_place_are_not_fed() -> None:
    feed = PlayFeed(1.0, 2.0, 1.0)
    feed.put(Pcm(RATE, 1, 0.5, bytes(64), False))
    assert feed.channels == 0 and feed.wants() == (1.0, 1.0)


def facts(count: int, fps: float) -> MediaFacts:
    times = array("d", (n / fps for n in range(count)))
    return MediaFacts("movie", count / fps, fps, count, 640, 360, times=times)


def test_pictures_are_counted_by_the_file_or_by_the_module() -> None:
    own = FilmGrid(facts(100, 25))
    assert (own.count, own.fps, own.in_file(7), own.at(0.28)) == (100, 25, 7, 7)
    other = FilmGrid(facts(100, 25), 30.0)
    assert (other.count, other.fps) == (120, 30)
    assert other.at(1.0) == 30 and other.time_of(30) == 1.0
    assert other.in_file(30) == 25
    assert [other.in_file(n) for n in range(7)] == [0, 1, 2, 2, 3, 4, 5]
    assert other.at(99) == 119 and other.at(-1) == 0


@given(st.integers(1, 400), st.floats(1, 120), st.floats(1, 120))
def test_every_counted_picture_is_in_the_file_and_in_order(count: int, fps: float, wish: float) -> None:
    grid = FilmGrid(facts(count, fps), wish)
    numbers = [grid.in_file(n) for n in range(grid.count)]
    assert numbers == sorted(numbers) and numbers[0] >= 0 and numbers[-1] < count
    assert all(grid.at(grid.time_of(n) + 1e-5) == n for n in range(grid.count))


def test_what_is_asked_for_next() -> None:
    assert next_run(10, 99, True, 8, lambda _n: False) == (11, 8)
    assert next_run(10, 99, True, 8, lambda n: n < 14) == (14, 8)
    assert next_run(10, 99, True, 8, lambda n: n < 19) is None
    assert next_run(97, 99, True, 8, lambda n: n == 98) == (99, 1)
    assert next_run(99, 99, True, 8, lambda _n: False) is None
    assert next_run(20, 99, False, 8, lambda n: n >= 15) == (7, 8)
    assert next_run(3, 99, False, 8, lambda n: n >= 3) == (0, 3)
    assert next_run(0, 99, False, 8, lambda _n: False) is None
    assert (
        run_to(20, True, 8) == (20, 1) and run_to(20, False, 8) == (13, 8) and run_to(3, False, 8) == (0, 4)
    )
    assert run_length(640, 360) == 16 and run_length(3840, 2160) == 1


def test_an_overview_grows_and_refuses_what_does_not_fit() -> None:
    whole = Overview()
    whole.add(2, array("h", [-1, 1, -10, 10] * 50).tobytes(), False)
    view = whole.view(0.0, 1.0, 10)
    assert view.known_s == 0.5 and not view.complete
    assert view.low[0].tolist() == [-1] * 5 + [0] * 5 and view.high[1].tolist() == [10] * 5 + [0] * 5
    for channels, data in ((1, bytes(4)), (2, bytes(6)), (0, b""), (9, bytes(36))):
        with pytest.raises(ValueError):
            whole.add(channels, data, True)
    whole.add(2, array("h", [-3, 3, 0, 0] * 350).tobytes(), True)
    assert whole.view(0.0, 4.0, 4).low[0].tolist() == [-3] * 4  # from the coarse steps
    assert whole.view(3.9, 3.95, 1).high[0].tolist() == [3]
