# SPDX-License-Identifier: Apache-2.0
"""Several pictures of one task: pages by key and by button, each with its own regions."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gems_desktop.decoding.client import DecodeClient
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench

PAGES = """<View><Image name="photo" valueList="$pages"/><RectangleLabels name="box" toName="photo">
  <Label value="Cat"/></RectangleLabels></View>"""


@pytest.fixture
def bench(open_bench: OpenBench, files: dict[str, Path]) -> Bench:
    """A task with two pictures, three pages."""
    one, two = (f"sha256:{sha256}" for sha256 in list(files)[:2])
    made = open_bench(PAGES, data={"pages": [one, two, one]})
    made.painted()
    return made


def words(bench: Bench) -> str:
    return str(bench.named("pageWords").property("text"))


def ready(bench: Bench) -> None:
    bench.until(lambda: bench.window.grabWindow() is not None and bench.canvas._scene.ready)
    bench.settle()


def test_pages(bench: Bench) -> None:
    assert words(bench) == "1 of 3" and bench.model.shown
    bench.focus(bench.canvas)
    bench.drag((10, 10), (30, 30))
    bench.key(Qt.Key.Key_PageDown)
    ready(bench)
    assert words(bench) == "2 of 3" and bench.canvas.property("boxCount") == 0 and bench.model.shown
    bench.drag((50, 50), (70, 70))
    first, second = bench.model.answer()
    assert (first["item_index"], second["item_index"]) == (0, 1)
    assert (second["original_width"], second["original_height"]) == (300, 400)
    bench.click(bench.named("pageOn"))
    ready(bench)
    assert words(bench) == "3 of 3" and bench.canvas.property("boxCount") == 0
    bench.focus(bench.canvas)
    bench.key(Qt.Key.Key_PageDown)
    assert words(bench) == "3 of 3"
    bench.key(Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    ready(bench)
    assert words(bench) == "1 of 3" and bench.canvas.property("boxCount") == 1


def test_a_selected_region_brings_its_page(bench: Bench) -> None:
    bench.focus(bench.canvas)
    bench.drag((10, 10), (30, 30))
    made = bench.model.answer()[0]["id"]
    bench.key(Qt.Key.Key_PageDown)
    assert bench.model.selected == ""
    bench.model.select(made)
    ready(bench)
    assert words(bench) == "1 of 3"


def test_another_task_begins_at_its_first_page(bench: Bench) -> None:
    bench.focus(bench.canvas)
    bench.key(Qt.Key.Key_PageDown)
    data = bench.model.data
    bench.model.open(bench.model.module, {"pages": data["pages"][:2]}, [])
    ready(bench)
    assert words(bench) == "1 of 2"


def test_the_next_page_is_decoded_ahead(bench: Bench, files: dict[str, Path], images: DecodeClient) -> None:
    second = list(files)[1]
    assert bench.canvas.property("ahead") == second
    bench.until(lambda: any(key[0] == second for key in images._cache._held))
