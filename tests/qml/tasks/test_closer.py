# SPDX-License-Identifier: Apache-2.0
"""Looking closer: only what is seen is decoded finely, layers are painted anew only when they must be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.items.image_view import View
from gems_desktop.items.layer import Layer
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import BOXES, OpenBench
from tests.qml.tasks.test_boxes import MIDDLE, region

WIDE, HIGH = 3200, 2400


@pytest.fixture(scope="module")
def fine(
    qt_app: QGuiApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DecodeClient, str]]:
    """A picture of lines one pixel wide, and a decoder that knows it."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for x in range(0, WIDE, 4):
        painter.fillRect(x, 0, 2, HIGH, QColor("black"))
    painter.end()
    file: Path = tmp_path_factory.mktemp("fine") / "lines.png"
    assert image.save(str(file))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    client = DecodeClient({sha256: file}.get)
    yield client, sha256
    client.close()


@pytest.fixture
def bench(open_bench: OpenBench, fine: tuple[DecodeClient, str]) -> Bench:
    """That picture with two boxes."""
    answer = [region("a", 10, 10, 20, 20), region("b", 60, 60, 20, 20)]
    made = open_bench(BOXES, answer, data={"photo": f"sha256:{fine[1]}"}, images=fine[0])
    made.painted()
    made.focus(made.canvas)
    return made


def test_only_what_is_seen_is_decoded_finely(bench: Bench) -> None:
    scene = bench.canvas._scene
    assert scene.detail is None and scene.own == (WIDE, HIGH)
    assert scene.image is not None and scene.image.width() < 1100, "fitted by the decoder"
    bench.wheel(50, 50, 7)
    bench.until(lambda: scene.detail is not None)
    detail = scene.detail
    assert detail is not None and detail.place.width() < 60
    assert detail.image.width() < 1.6 * bench.canvas.width(), "no more than the view and what is around it"
    bench.until(lambda: bench.window.grabWindow() is not None and bench.canvas._frame.resting)
    seen = bench.window.grabWindow()
    middle = bench.at(50, 50)
    light = [seen.pixelColor(middle.x() + step, middle.y()).lightness() for step in range(24)]
    assert max(light) > 200 and min(light) < 55, "single lines can be told apart"
    bench.key(Qt.Key.Key_0)
    bench.until(lambda: scene.detail is None)


def test_the_magnifier_has_pixels_of_its_own(bench: Bench) -> None:
    QTest.mouseMove(bench.window, bench.at(50, 50))
    QTest.keyPress(bench.window, Qt.Key.Key_M)
    scene = bench.canvas._scene
    bench.until(lambda: bench.window.grabWindow() is not None and scene.glass is not None)
    glass = scene.glass
    assert glass is not None and glass.image.width() <= 300
    QTest.keyRelease(bench.window, Qt.Key.Key_M)


def test_moving_a_box_or_the_view_repaints_no_other(bench: Bench) -> None:
    layers = bench.canvas._frame
    bench.model.select("a")
    bench.settle()
    before = layers.regions.renderings
    bench.drag((20, 20), (40, 40), drop=False)
    assert layers.regions.renderings == before
    bench.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(
        bench.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bench.at(40, 40)
    )
    bench.wheel(50, 50, 5)
    bench.until(lambda: bench.canvas._frame.resting)
    bench.settle()
    before, picture = layers.regions.renderings, layers.picture.renderings
    bench.drag((50, 50), (52, 52), button=MIDDLE)
    assert (layers.regions.renderings, layers.picture.renderings) == (before, picture)


def test_what_a_stretched_layer_shows_lies_where_the_picture_does(qt_app: QGuiApplication) -> None:
    layer = Layer(stretched=True)
    view = View(200, 200, 100, 100)

    def render(painter: QPainter, now: View, finely: bool) -> None:
        x, y = now.from_percent(50, 50)
        right, bottom = now.from_percent(75, 75)
        painter.fillRect(round(x), round(y), round(right - x), round(bottom - y), QColor("red"))

    def at(now: View, x: float, y: float, resting: bool) -> int:
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        layer.paint(painter, now, 1.0, "key", render, resting)
        painter.end()
        px, py = now.from_percent(x, y)
        return image.pixelColor(int(px), int(py)).red()

    assert at(view, 60, 60, True) == 255
    closer = view.zoomed(2.0, 100, 100)
    assert (at(closer, 52, 52, False), at(closer, 48, 48, False)) == (255, 0) and layer.renderings == 1
    assert (at(closer, 52, 52, True), at(closer, 48, 48, True)) == (255, 0) and layer.renderings == 2
    moved = closer.panned(10, 10)
    assert (at(moved, 52, 52, True), at(moved, 48, 48, True)) == (255, 0) and layer.renderings == 2
    assert at(view, 60, 60, False) == 255 and layer.renderings == 3, "what was not in view is painted"


def test_a_layer_that_was_moved_paints_only_what_came_in(qt_app: QGuiApplication) -> None:
    strips: list[float] = []

    def render(painter: QPainter, now: View, finely: bool) -> None:
        strips.append(painter.clipBoundingRect().width() if painter.hasClipping() else -1)
        for at in range(0, 100, 5):
            x, y = now.from_percent(at, at)
            painter.fillRect(round(x), round(y), 9, 9, QColor("red"))

    def shown(layer: Layer, now: View) -> QImage:
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        layer.paint(painter, now, 1.0, "key", render, True)
        painter.end()
        return image

    view = View(200, 200, 100, 100).zoomed(4.0, 100, 100)
    kept = Layer(stretched=True)
    shown(kept, view)
    for step in ((30, 0), (30, 25), (-70, -80), (-60, 45), (0, -90)):
        view = view.panned(*step)
        assert shown(kept, view) == shown(Layer(stretched=True), view)
    assert 0 < min(strip for strip in strips if strip > 0) < 100, "strips, not all of it"
