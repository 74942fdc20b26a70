# SPDX-License-Identifier: Apache-2.0
"""What people are told when there is no picture, and leaving a task while its picture is being decoded."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from gems_desktop.decoding.client import SENTENCES, DecodeClient, DecodeError
from gems_protocol.modules import parse
from tests.qml.tasks.conftest import BOXES, OpenBench


class Slow:
    """A decoder whose answers the test gives."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[Any], None]]] = []

    def request(self, sha256: str, max_w: int, max_h: int, callback: Callable[[Any], None]) -> None:
        self.asked.append((sha256, callback))

    def answer_all(self, result: Any) -> None:
        asked, self.asked = self.asked, []
        for _, callback in asked:
            callback(result)


def blank() -> QImage:
    """A picture."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0)
    return image


@pytest.mark.parametrize("kind", ["missing", "format", "broken", "hash"])
def test_no_picture_is_said_in_words(
    open_bench: OpenBench, tmp_path: Path, files: dict[str, Path], kind: str
) -> None:
    good = next(iter(files.values())).read_bytes()
    content = {"format": b"GIF89a not allowed", "broken": good[:200], "hash": good}.get(kind, b"")
    sha256 = hashlib.sha256(content).hexdigest() if kind != "hash" else "0" * 64
    file = tmp_path / "file"
    file.write_bytes(content)
    client = (
        DecodeClient({} if kind == "missing" else {sha256: file}.get)
        if kind != "missing"
        else DecodeClient(lambda _: None)
    )
    bench = open_bench(BOXES, data={"photo": f"sha256:{sha256}"}, images=client)
    bench.until(lambda: bench.model.pictureProblem)
    bench.settle()
    assert bench.model.pictureProblem == SENTENCES[kind] == bench.canvas.property("problem")
    assert not bench.model.shown and not bench.canvas.property("ready")
    # nothing may be marked on a picture that nobody saw
    bench.drag((10, 10), (60, 60))
    bench.focus(bench.canvas)
    bench.key("n")
    assert bench.edits == []
    bench.close()
    client.close()


@pytest.mark.parametrize(
    "value", ["", "cat.jpg", "http://127.0.0.1:9/x.png", "sha256:xyz", "../../etc/passwd"]
)
def test_what_names_no_picture_is_never_opened(open_bench: OpenBench, value: str) -> None:
    slow = Slow()
    bench = open_bench(BOXES, data={"photo": value}, images=slow)
    assert bench.model.pictureProblem == "This task names no picture."
    assert slow.asked == [] and bench.engine.interceptor.refused == []


def test_leaving_while_a_picture_is_decoded(open_bench: OpenBench, photo: str) -> None:
    slow = Slow()
    bench = open_bench(BOXES, images=slow)
    assert slow.asked
    bench.close()
    gc.collect()
    slow.answer_all(blank())
    slow.answer_all(DecodeError("broken"))
    assert not bench.model.shown


def test_only_the_picture_of_the_open_task_is_shown(open_bench: OpenBench, photo: str) -> None:
    slow = Slow()
    bench = open_bench(BOXES, images=slow)
    first, slow.asked = slow.asked, []
    bench.model.open(parse(BOXES), {"photo": "sha256:" + "1" * 64}, [])
    bench.settle()
    for _, callback in first:
        callback(blank())
    bench.settle()
    assert not bench.canvas.property("ready") and not bench.model.shown
    slow.answer_all(blank())
    bench.painted()
    assert bench.canvas.property("ready")


def test_a_late_picture_does_not_hide_why_there_is_none(open_bench: OpenBench) -> None:
    slow = Slow()
    bench = open_bench(BOXES, images=slow)
    first, slow.asked = slow.asked, []
    bench.model.open(parse(BOXES), {"photo": "gone"}, [])
    bench.settle()
    for _, callback in first:
        callback(blank())
    bench.settle()
    assert bench.canvas.property("problem") == "This task names no picture."


def test_the_next_picture_is_fetched_ahead(open_bench: OpenBench) -> None:
    slow = Slow()
    bench = open_bench(BOXES, images=slow)
    slow.answer_all(blank())
    bench.painted()
    slow.asked.clear()
    bench.model.prefetch(parse(BOXES), {"photo": "sha256:" + "2" * 64})
    bench.model.prefetch(parse(BOXES), {"photo": "http://127.0.0.1:9/x.png"})
    assert [sha256 for sha256, _ in slow.asked] == ["2" * 64]
    slow.answer_all(blank())
    assert bench.canvas.property("picture") != "2" * 64
