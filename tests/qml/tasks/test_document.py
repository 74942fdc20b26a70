# SPDX-License-Identifier: Apache-2.0
"""A document: its pages are shown and turned, and regions are drawn on them as on pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPageSize, QPainter, QPdfWriter

from gems_desktop.decoding.client import DecodeClient
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench

COLOURS = ("red", "green", "blue")
BOXES = """<View><Pdf name="doc" value="$doc"/><OcrLabels name="what" toName="doc"><Label value="Name"/>
  <Label value="Sum"/>
  </OcrLabels></View>"""
READ = '<View><Pdf name="doc" value="$doc"/><Choices name="c" toName="doc"><Choice value="Good"/></Choices></View>'


def document() -> bytes:
    """Three A4 pages, each of one colour."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for number, colour in enumerate(COLOURS):
        if number:
            writer.newPage()
        painter.fillRect(0, 0, 600, 850, QColor(colour))
    painter.end()
    return bytes(buffer.data().data())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, qt_app: QGuiApplication) -> dict[str, Path]:
    """A document, and a file that is none, by hash."""
    folder, found = tmp_path_factory.mktemp("documents"), {}
    for data in (document(), b"%PDF-1.4 nothing"):
        name = hashlib.sha256(data).hexdigest()
        found[name] = folder / name
        found[name].write_bytes(data)
    return found


@pytest.fixture(scope="module")
def library(shelf: dict[str, Path]) -> Iterator[DecodeClient]:
    """A client for these."""
    client = DecodeClient(shelf.get)
    yield client
    client.close()


@pytest.fixture
def read(open_bench: OpenBench, library: DecodeClient, shelf: dict[str, Path]) -> OpenBench:
    """`read(config, answer, file=0)` shows a task with a document."""

    def make(config: str, answer: list[dict[str, Any]] | None = None, file: int = 0, **values: Any) -> Bench:
        data = {"doc": f"sha256:{list(shelf)[file]}"}
        return open_bench(config, answer, data=data, images=library, **values)

    return make


def part(bench: Bench) -> Any:
    """The part of the document."""
    return next(row.part for row in bench.model._list.rows if row.kind == "pdf")


def colour(bench: Bench) -> QColor:
    """What is in the middle of the page."""
    point = bench.at(50, 50)
    return bench.window.grabWindow().pixelColor(point)


def test_pages_are_turned(read: OpenBench) -> None:
    bench = read(READ)
    bench.painted()
    bench.until(lambda: part(bench).property("pages") == 3)
    assert colour(bench).red() > 200
    bench.focus(bench.canvas)
    bench.key(Qt.Key.Key_PageDown)
    bench.until(lambda: colour(bench).green() > 100 and colour(bench).red() < 50)
    bench.click(bench.named("pageOn"))
    bench.until(lambda: colour(bench).blue() > 200)
    bench.key(Qt.Key.Key_PageDown)
    assert part(bench).property("page") == 2
    assert bench.model.shown


def test_regions_lie_on_their_page(read: OpenBench) -> None:
    bench = read(BOXES)
    bench.painted()
    bench.until(lambda: part(bench).property("pages") == 3)
    bench.drag((10, 10), (40, 20))
    bench.focus(bench.canvas)
    bench.model.select("")
    bench.key(Qt.Key.Key_PageDown)
    bench.until(lambda: colour(bench).green() > 100 and colour(bench).red() < 50)
    assert bench.canvas.property("boxCount") == 0
    bench.drag((10, 50), (40, 70))
    first, second = bench.model.answer()
    assert (first["item_index"], second["item_index"]) == (0, 1)
    assert first["type"] == "ocrlabels" and first["value"]["ocrlabels"] == ["Name"]
    assert first["original_height"] == 3200 and first["original_width"] == second["original_width"]
    bench.model.select(first["id"])
    bench.settle()
    assert part(bench).property("page") == 0, "a region that is selected elsewhere brings its page"


def test_looking_closer_brings_a_finer_page(read: OpenBench) -> None:
    bench = read(READ)
    bench.painted()
    bench.focus(bench.canvas)
    bench.key(*["+"] * 6)
    bench.until(lambda: bench.canvas._scene.detail is not None)


def test_no_document(read: OpenBench) -> None:
    bench = read(READ, file=1)
    bench.until(lambda: bench.model.pictureProblem)
    assert not bench.model.shown
