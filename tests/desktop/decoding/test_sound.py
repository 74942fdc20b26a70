# SPDX-License-Identifier: Apache-2.0
"""Recordings by sample: what is read from the middle is what stands there, in every kind that is let in."""

import io
import math
import wave
from array import array

import pytest

from gems_desktop.decoding.media_facts import MediaFacts, Pcm, Peaks
from gems_desktop.decoding.media_limits import PLAY_RATE
from tests.helpers.media_desk import Desk, until

TONES = ("tone.wav", "tone.flac", "tone.mp3", "tone.opus", "tone.ogg", "tone.m4a", "sounding.mp4")


def recording(seconds: float, rate: int = 48_000, channels: int = 1) -> bytes:
    """A WAV whose sample n of channel c is known: a slow saw, falling in the second channel."""
    out = io.BytesIO()
    period = array("h", (sample for n in range(20_000) for sample in (saw(n), -saw(n))[:channels])).tobytes()
    size = round(seconds * rate) * 2 * channels
    with wave.open(out, "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes((period * (size // len(period) + 1))[:size])
    return out.getvalue()


def saw(n: int) -> int:
    return n % 20_000


@pytest.mark.parametrize("name", TONES)
def test_every_kind_is_read_from_any_place(desk: Desk, name: str) -> None:
    sha256 = desk.vector(name)
    facts = desk.get("probe", sha256)
    assert isinstance(facts, MediaFacts) and facts.has_sound
    assert facts.kind == ("movie" if name == "sounding.mp4" else "sound")
    whole = desk.get("pcm", sha256, 0.0, 2.0)
    assert isinstance(whole, Pcm) and whole.final
    samples = array("h", whole.data)
    assert len(samples) == pytest.approx(PLAY_RATE, abs=PLAY_RATE * 0.03)
    early, late = samples[4800:9600], samples[38400:43200]
    assert max(early) < 8_000 < 20_000 < max(late)  # it grows louder, from its beginning
    for start_s in (0.7, 0.3, 0.9, 0.0):
        part = array("h", desk.get("pcm", sha256, start_s, 0.05).data)
        first = round(start_s * PLAY_RATE)
        apart = max(abs(a - b) for a, b in zip(part, samples[first : first + 2400], strict=True))
        assert apart <= 64, start_s


def test_samples_are_exact_and_the_end_is_told(desk: Desk) -> None:
    sha256 = desk.put(recording(3.0, channels=2))
    block = desk.get("pcm", sha256, 1.25, 0.5)
    assert (block.channels, block.final, block.start_s) == (2, False, 1.25)
    samples = array("h", block.data)
    assert samples[0::2].tolist() == [saw(n) for n in range(60_000, 84_000)]
    assert samples[1::2].tolist() == [-saw(n) for n in range(60_000, 84_000)]
    end = desk.get("pcm", sha256, 2.75, 0.5)
    assert end.final and len(end.data) == 12_000 * 4
    after = desk.get("pcm", sha256, 9.0, 0.5)
    assert after.final and not after.data


def test_the_wave_from_afar_and_from_near(desk: Desk) -> None:
    loud = [
        int(20_000 * math.sin(2 * math.pi * 100 * n / 16_000)) if n >= 32_000 else 0 for n in range(64_000)
    ]
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(array("h", loud).tobytes())
    sha256 = desk.put(out.getvalue())
    far = desk.get("peaks", sha256, 0.0, 4.0, 40)
    assert isinstance(far, Peaks) and far.complete
    assert len(far.low) == 1 and len(far.low[0]) == 40
    assert max(far.high[0][:19]) < 200
    assert all(
        high > 19_000 and low < -19_000 for low, high in zip(far.low[0][21:], far.high[0][21:], strict=True)
    )
    assert desk.get("peaks", sha256, 0.0, 4.0, 40) == far  # from what is held
    near = desk.get("peaks", sha256, 3.0, 3.01, 8)
    assert near.complete and max(near.high[0]) == pytest.approx(20_000, abs=300)
    assert near.high[0][0] > 10_000 and near.low[0][0] >= -300  # the first eighth of a period only rises
    beyond = desk.get("peaks", sha256, 3.9, 4.1, 100)
    assert set(beyond.high[0][60:]) == {0}


def test_a_long_recording_shows_itself_bit_by_bit(desk: Desk) -> None:
    sha256 = desk.put(recording(600, rate=16_000))
    seen: list[Peaks] = []
    desk.client.peaks(sha256, 0.0, 600.0, 300, seen.append)
    until(lambda: bool(seen) and seen[-1].complete)
    assert len(seen) > 1
    assert [view.known_s for view in seen] == sorted(view.known_s for view in seen)
    assert seen[-1].known_s == pytest.approx(600)
    assert not any(seen[0].high[0][int(seen[0].known_s / 2) + 2 :])
    assert all(high > 19_000 for high in seen[-1].high[0])


def test_a_cancelled_request_is_silent(desk: Desk) -> None:
    sha256 = desk.vector("tone.wav")
    heard: list[object] = []
    desk.client.pcm(sha256, 0, 1, heard.append).cancel()
    desk.client.peaks(sha256, 0, 1, 10, heard.append).cancel()
    assert isinstance(desk.get("pcm", sha256, 0.5, 0.1), Pcm)
    assert not heard


def test_files_in_memory_are_read_as_well(desk: Desk) -> None:
    sha256 = desk.put(recording(1.0), on_disk=False)
    assert desk.get("probe", sha256).rate == 48_000
    assert len(desk.get("pcm", sha256, 0.0, 0.1).data) == 9600
