# SPDX-License-Identifier: Apache-2.0
"""A computer without the sound server's library, or with another FFmpeg: words in the place of a crash."""

import io
import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding import libav as library
from gems_desktop.decoding import media_worker
from gems_desktop.decoding.frames import read_frame, write_frame
from gems_desktop.decoding.media_answers import error_of
from gems_desktop.items.sound_sink import DeviceSink, open_sink


def test_another_release_of_ffmpeg_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "VERSIONS", library.VERSIONS | {"avutil": 58})
    with pytest.raises(library.NoLibrary):
        library.libav.__wrapped__()


def test_the_right_one_is_there(qt_messages: list[str]) -> None:
    functions = library.libav()
    assert functions.av_get_pix_fmt(b"bgra") >= 0
    with pytest.raises(AttributeError):
        _ = functions.av_no_such_function
    qt_messages.clear()  # Qt's sound library comes along and says which services it did not find


def test_a_worker_without_its_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_role: str) -> dict[str, media_worker.Operation]:
        raise library.NoLibrary

    monkeypatch.setattr(media_worker, "load", missing)
    monkeypatch.setattr(media_worker, "cage", lambda _memory, _seconds: None)
    requests, answers = io.BytesIO(), io.BytesIO()
    write_frame(requests, {"op": "probe", "sha256": "00"})
    requests.seek(0)
    media_worker.serve("film", requests, answers)
    answers.seek(0)
    assert read_frame(answers)[0] == {"ready": True}
    error = error_of(read_frame(answers)[0])
    assert error is not None and "libpulse0" in error.sentence


def test_no_sound_library_is_no_sound_and_no_crash(
    qt_app: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    parent = QObject()
    with pytest.raises(OSError):
        DeviceSink(1, 1.0, parent)
    sink = open_sink(2, 1.0, parent)
    assert sink.silent and sink.room() == 0 and not sink.waiting()
    sink.write(b"")
    sink.set_volume(0.5)
    assert sink.played_s() >= 0
    sink.stop()


def test_answers_of_a_worker_gone_bad_are_refused() -> None:
    from gems_desktop.decoding import media_answers as answers

    film = {"kind": "movie", "duration_s": 1.0, "fps": 25.0, "frames": 1, "width": 2, "height": 2}
    assert getattr(answers.facts(film, bytes(8)), "frames", None) == 1
    for wrong in (
        {"kind": "x"},
        {"frames": 2},
        {"frames": -1},
        {"width": "2"},
        {"fps": float("nan")},
        {"pages": 1e3},
    ):
        assert answers.facts(film | wrong, bytes(8)).code == "crashed"  # type: ignore[union-attr]
    run = {"width": 2, "height": 2, "count": 1, "turned": 0}
    assert len(answers.frames(run, bytes(16), 0).images) == 1  # type: ignore[union-attr]
    for wrong in ({"width": 3}, {"count": 0}, {"count": 99}, {"turned": 45}, {"height": 10**9}):
        assert answers.frames(run | wrong, bytes(16), 0).code == "crashed"  # type: ignore[union-attr]
    assert answers.pcm({"channels": 2}, bytes(6), 0).code == "crashed"  # type: ignore[union-attr]
    assert answers.peaks({"channels": 1, "buckets": 2}, bytes(6), 0, 1).code == "crashed"  # type: ignore[union-attr]
    assert answers.page({"width": 2, "height": 2}, bytes(15)).code == "crashed"  # type: ignore[union-attr]
    for body in (
        b"",
        b"[]",
        b'{"text": 1, "lines": []}',
        b'{"text": "a", "lines": [[0, 9, 0, 0, 1, 1]]}',
        b'{"text": "a", "lines": [[0]]}',
    ):
        assert answers.page_text(body).code == "crashed"  # type: ignore[union-attr]
    assert error_of({"error": "<b>no such code"}).code == "crashed"  # type: ignore[union-attr]
