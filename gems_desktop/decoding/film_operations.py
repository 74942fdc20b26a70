# SPDX-License-Identifier: Apache-2.0
"""What a worker for sound and film answers: the facts, samples, the wave from afar and from near, pictures."""

import time
from typing import Any

from gems_desktop.decoding.av_film import FilmReader
from gems_desktop.decoding.av_sound import SoundReader, extremes
from gems_desktop.decoding.av_source import Source
from gems_desktop.decoding.limits import MAX_EDGE
from gems_desktop.decoding.media_files import Answer, Opened, Operation
from gems_desktop.decoding.media_limits import (
    ENVELOPE_RATE,
    ENVELOPE_SLICE_S,
    ENVELOPE_STEPS,
    MAX_BLOCK_S,
    MAX_BUCKETS,
    MAX_CLOSE_S,
    MAX_DURATION_S,
    MAX_RUN,
    PLAY_RATE,
)
from gems_desktop.decoding.refusal import MediaRefused

Header = dict[str, Any]
#: Steps of the overview read between two looks at the clock: half a second of sound.
_STEPS_AT_ONCE = ENVELOPE_STEPS // 2
_PER_STEP = ENVELOPE_RATE // ENVELOPE_STEPS


def probe(opened: Opened, header: Header, body: bytes) -> Answer:
    """The facts; for a film also when each picture is shown (doubles, seconds)."""
    source = _source(opened, header, body)
    try:
        sound = source.sound.codecpar.contents if source.sound is not None else None
        facts: Header = {"kind": "sound", "duration_s": source.duration_s}
        if sound is not None:
            facts |= {"channels": sound.ch_layout.nb_channels, "rate": sound.sample_rate}
        filmed = source.video is not None
    finally:
        source.close()
    if not filmed:
        return facts, b""
    film = _film(opened, header, body)
    times = film.times
    width, height = film.size
    facts |= {"kind": "movie", "fps": film.fps, "frames": len(times), "width": width, "height": height}
    facts["duration_s"] = times[-1] + 1 / film.fps
    return facts, times.tobytes()


def pcm(opened: Opened, header: Header, body: bytes) -> Answer:
    """Samples for playing, from number `start` on; `final` when there are no more."""
    reader = _sound(opened, header, body, "pcm", PLAY_RATE)
    start, count = int(header["start"]), min(int(header["count"]), int(MAX_BLOCK_S * PLAY_RATE))
    if not 0 <= start <= MAX_DURATION_S * PLAY_RATE:
        raise MediaRefused("too_long")
    data = reader.read(start, count)
    return {"channels": reader.channels, "final": len(data) < count * reader.channels * 2}, data


def envelope(opened: Opened, header: Header, body: bytes) -> Answer:
    """The next steps of the overview, from number `start` on: as many as fit into a slice of time."""
    reader = _sound(opened, header, body, "envelope", ENVELOPE_RATE)
    start = int(header["start"])
    began = time.monotonic()
    out = bytearray()
    done, final = 0, False
    while not final and time.monotonic() - began < ENVELOPE_SLICE_S:
        if (start + done) / ENVELOPE_STEPS > MAX_DURATION_S:
            raise MediaRefused("too_long")
        data = reader.read((start + done) * _PER_STEP, _STEPS_AT_ONCE * _PER_STEP)
        count = len(data) // (2 * reader.channels)
        final = count < _STEPS_AT_ONCE * _PER_STEP
        steps = -(-count // _PER_STEP)
        if steps:
            data += bytes((steps * _PER_STEP - count) * 2 * reader.channels)
            out += extremes(data, reader.channels, steps)
        done += steps
    return {"channels": reader.channels, "steps": done, "final": final}, bytes(out)


def peaks(opened: Opened, header: Header, body: bytes) -> Answer:
    """The lowest and highest sample of each of `buckets` parts of a short stretch."""
    reader = _sound(opened, header, body, "close", PLAY_RATE)
    start, end = max(0.0, float(header["start_s"])), float(header["end_s"])
    if not 0 < end - start <= MAX_CLOSE_S or end > MAX_DURATION_S:
        raise MediaRefused("too_long")
    buckets = max(1, min(int(header["buckets"]), MAX_BUCKETS))
    count = max(1, round((end - start) * PLAY_RATE))
    data = reader.read(round(start * PLAY_RATE), count)
    data += bytes(count * 2 * reader.channels - len(data))
    return {"channels": reader.channels, "buckets": buckets}, extremes(data, reader.channels, buckets)


def frames(opened: Opened, header: Header, body: bytes) -> Answer:
    """Pictures one after the other."""
    film = _film(opened, header, body)
    width, height = (max(1, min(int(header[key]), MAX_EDGE)) for key in ("max_w", "max_h"))
    run = film.run(int(header["first"]), max(1, min(int(header["count"]), MAX_RUN)), (width, height))
    head = {"width": run.width, "height": run.height, "count": run.count, "turned": film.turned}
    return head, memoryview(run.pixels)


FILM_OPERATIONS: dict[str, Operation] = {
    "probe": probe,
    "pcm": pcm,
    "envelope": envelope,
    "peaks": peaks,
    "frames": frames,
}


def _source(opened: Opened, header: Header, body: bytes) -> Source:
    file, kind = opened.file(str(header["sha256"]), str(header.get("path", "")), body)
    if kind == "pdf":
        raise MediaRefused("format")
    return Source(file, kind)


def _sound(opened: Opened, header: Header, body: bytes, role: str, rate: int) -> SoundReader:
    def make() -> SoundReader:
        source = _source(opened, header, body)
        try:
            return SoundReader(source, rate)
        except MediaRefused:
            source.close()
            raise

    return opened.reader(str(header["sha256"]), role, make)


def _film(opened: Opened, header: Header, body: bytes) -> FilmReader:
    def make() -> FilmReader:
        source = _source(opened, header, body)
        try:
            return FilmReader(source)
        except MediaRefused:
            source.close()
            raise

    return opened.reader(str(header["sha256"]), "film", make)
