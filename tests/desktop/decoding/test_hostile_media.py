# SPDX-License-Identifier: Apache-2.0
"""Sound and film from outside: bombs, liars, hangs and crashes cost a sentence each and a fresh worker."""

import io
import os
import random
import signal
import struct
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from gems_desktop.decoding.media_client import MediaClient
from gems_desktop.decoding.media_facts import MediaError, MediaFacts, MovieFrames, Pcm
from gems_desktop.decoding.media_formats import CODECS, container
from tests.helpers.media_desk import MEDIA, Desk, until


def vector(name: str) -> bytes:
    return (MEDIA / name).read_bytes()


def wav(channels: int = 1, rate: int = 8000, claims: int | None = None, samples: int = 8000) -> bytes:
    """A WAV of silence; `claims` is the length of its data as its header tells it."""
    data = bytes(2 * channels * samples)
    length = len(data) if claims is None else claims
    form = struct.pack(
        "<HHIIHH", 1, channels, rate, rate * 2 * channels & 0xFFFFFFFF, 2 * channels & 0xFFFF, 16
    )
    return (
        b"RIFF" + struct.pack("<I", min(36 + length, 0xFFFFFFFF)) + b"WAVEfmt " + struct.pack("<I", 16) + form
        + b"data" + struct.pack("<I", length) + data
    )  # fmt: skip


def patched(name: str, box: bytes, offset: int, value: bytes) -> bytes:
    """An MP4 with some bytes of one box changed."""
    data = bytearray(vector(name))
    at = data.index(box) + 4 + offset
    data[at : at + len(value)] = value
    return bytes(data)


def with_codec(name: bytes, other: bytes) -> bytes:
    return vector("counter.mp4").replace(name, other)


BAD: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("nothing", lambda: b"", {"format"}),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), {"format"}),
    ("a playlist", lambda: b"#EXTM3U\nhttp://127.0.0.1/x.ts\n", {"format"}),
    ("a concat script", lambda: b"ffconcat version 1.0\nfile /etc/passwd\n", {"format"}),
    ("an AVI", lambda: b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(99), {"format"}),
    ("a Matroska header, then garbage", lambda: b"\x1a\x45\xdf\xa3" + random.Random(1).randbytes(4000), {"broken"}),
    ("an MP4 header, then garbage", lambda: vector("counter.mp4")[:40] + random.Random(2).randbytes(4000),
     {"broken", "empty"}),
    ("an Ogg header, then garbage", lambda: b"OggS" + random.Random(3).randbytes(4000), {"broken", "empty"}),
    ("a WAV without sound", lambda: b"RIFF\x24\x00\x00\x00WAVEfmt ", {"broken", "empty"}),
    ("65,535 channels", lambda: wav(channels=65535, samples=2), {"too_big", "broken"}),
    ("12 channels", lambda: wav(channels=12), {"too_big"}),
    ("4 billion samples a second", lambda: wav(rate=0xFFFFFFF0), {"too_big", "broken"}),
    ("a duration of a century", lambda: patched("counter.mp4", b"stts", 12, b"\x7f\xff\xff\xff"),
     {"too_long", "broken", ""}),
    ("a picture of 65535 x 65535", lambda: patched("counter.mp4", b"avc1", 24, b"\xff\xff\xff\xff"),
     {"too_big", "broken", ""}),
    ("a codec that is not let in", lambda: with_codec(b"avc1", b"mp4v"), {"codec", "broken", "format", ""}),
    ("two billion pictures", lambda: patched("counter.mp4", b"stsz", 8, b"\x7f\xff\xff\xff"),
     {"broken", "empty", "too_big", ""}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "make", "why"), BAD, ids=[row[0] for row in BAD])
def test_bombs_and_liars_are_refused(desk: Desk, what: str, make: Callable[[], bytes], why: set[str]) -> None:
    sha256 = desk.put(make())
    result = desk.get("probe", sha256)
    if isinstance(result, MediaFacts):
        assert "" in why  # the reader trusted the stream rather than the lie
        desk.get("frames", sha256, 0, 2, 100, 100)
    else:
        assert result.code in why and result.sentence
    assert isinstance(desk.get("probe", desk.vector("tone.wav")), MediaFacts)


def test_a_wav_that_claims_four_gigabytes_plays_what_it_has(desk: Desk) -> None:
    sha256 = desk.put(wav(claims=0xFFFFFFF0))
    facts = desk.get("probe", sha256)
    assert isinstance(facts, MediaFacts) or facts.code == "too_long"
    block = desk.get("pcm", sha256, 0, 10)
    if isinstance(block, Pcm):
        assert block.final and len(block.data) <= 10 * 48_000 * 2


@pytest.mark.parametrize(
    "name", ["counter.mp4", "uneven.webm", "counter-vp8.webm", "tone.opus", "tone.mp3", "tone.flac"]
)
def test_cut_and_scratched_files_never_kill_the_window(desk: Desk, name: str) -> None:
    good = vector(name)
    rng = random.Random(name)
    for _ in range(6):
        data = bytearray(good[: rng.randrange(20, len(good))] if rng.random() < 0.4 else good)
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(12, len(data))] = rng.randrange(256)
        sha256 = desk.put(bytes(data))
        facts = desk.get("probe", sha256)
        assert isinstance(facts, MediaFacts | MediaError)
        if isinstance(facts, MediaFacts) and facts.kind == "movie":
            assert isinstance(
                desk.get("frames", sha256, facts.frames - 1, 1, 99, 99), MovieFrames | MediaError
            )
        assert isinstance(desk.get("pcm", sha256, 0.5, 0.5), Pcm | MediaError)
    assert isinstance(desk.get("probe", desk.vector(name)), MediaFacts)


def test_a_changed_file_is_not_played(desk: Desk, tmp_path: Path) -> None:
    sha256 = desk.vector("tone.wav")
    path = desk.files[sha256]
    assert isinstance(path, Path)
    path.write_bytes(vector("tone.flac"))
    assert desk.get("probe", sha256).code == "hash"
    del desk.files[sha256]
    assert desk.get("pcm", sha256, 0, 1).code == "missing"


def test_a_dead_worker_is_replaced(desk: Desk) -> None:
    sha256 = desk.vector("counter.mp4")
    assert isinstance(desk.get("frames", sha256, 5, 1, 160, 32), MovieFrames)
    first = desk.client.worker_pids[0]
    assert first is not None
    os.kill(first, signal.SIGKILL)
    codes = [getattr(desk.get("frames", sha256, n, 1, 160, 32), "code", "") for n in (6, 7)]
    assert codes in (["crashed", ""], ["", ""])
    assert desk.client.worker_pids[0] not in (None, first)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_hanging_worker_is_stopped_and_a_file_that_kills_twice_is_left_alone(desk: Desk) -> None:
    slow = MediaClient(desk.files.get, timeout_s=1.0)
    try:
        sha256, other = desk.vector("tone.wav"), desk.vector("tone.flac")
        for turn in range(3):
            good: list[object] = []
            slow.probe(other, good.append)
            until(lambda good=good: bool(good))  # type: ignore[misc]
            assert isinstance(good[0], MediaFacts)
            pid = slow.worker_pids[0]
            assert pid is not None
            if turn < 2:
                os.kill(pid, signal.SIGSTOP)
            got: list[MediaError] = []
            slow.probe(sha256, got.append)
            until(lambda got=got: bool(got))  # type: ignore[misc]
            assert got[0].code == ("timeout" if turn < 2 else "crashed")
    finally:
        slow.close()


def test_pages_and_sound_do_not_wait_for_each_other(desk: Desk) -> None:
    desk.get("probe", desk.vector("tone.wav"))
    desk.get("page", desk.put(b"%PDF-1.4 nothing"), 0, 10, 10)
    film, pages = desk.client.worker_pids
    assert film and pages and film != pages


def test_nothing_is_called_after_close(desk: Desk) -> None:
    heard: list[object] = []
    sha256 = desk.vector("tone.wav")
    desk.client.probe(sha256, heard.append)
    desk.client.peaks(sha256, 0, 1, 4, heard.append)
    desk.client.close()
    desk.client.close()
    desk.client.pcm(sha256, 0, 1, heard.append)
    from PySide6.QtCore import QCoreApplication

    QCoreApplication.processEvents()
    assert not heard


def test_containers_are_told_by_their_bytes() -> None:
    names = {"tone.wav": "wav", "tone.flac": "flac", "tone.mp3": "mp3", "tone.opus": "ogg", "tone.m4a": "mov"}
    names |= {"counter.mp4": "mov", "uneven.webm": "matroska"}
    for name, kind in names.items():
        assert container(vector(name)[:16]) == kind and kind in CODECS
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
    assert container(buffer.getvalue()[:16]) == "wav"
    for head in (b"", b"\xff\xd8\xff\xe0", b"\xff\xfe", b"GIF89a", b"....ftypheic....", b"MZ", b"PK\x03\x04"):
        assert container(head) is None
