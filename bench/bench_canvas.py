# SPDX-License-Identifier: Apache-2.0
"""A frame of the image canvas: 200 boxes on a 12-megapixel picture, on the software renderer."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.result import CannotMeasure, Figure, Result

BOXES = 200
WIDTH, HEIGHT = 4000, 3000
FRAMES = 60
RUNS = 5
PATIENCE_S = 30
ROOT = Path(__file__).resolve().parent.parent
CONFIG = (
    '<View><Image name="photo" value="$photo"/><RectangleLabels name="box" toName="photo">'
    '<Label value="Car"/><Label value="Person"/><Label value="Bicycle"/></RectangleLabels></View>'
)


def run() -> Result:
    """Measure each figure RUNS times in one window after a warm-up."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    with tempfile.TemporaryDirectory() as folder:
        figures = _measure(Path(folder))
    method = (
        f"TaskView at 1366x768 with a {WIDTH}x{HEIGHT} JPEG and {BOXES} boxes in three labels; a frame is "
        f"QQuickWindow.grabWindow() after one change, which renders everything and copies it out. {FRAMES} frames "
        f"each, their 50th and 95th percentile, {RUNS} runs. Software renderer, offscreen platform, the decoder "
        "in its own process as always."
    )
    return Result(method, figures)


def _measure(folder: Path) -> tuple[Figure, ...]:
    from PySide6.QtCore import QCoreApplication, QEvent, QUrl
    from PySide6.QtGui import QGuiApplication

    from gems_desktop.decoding.client import DecodeClient
    from gems_desktop.engine import make_engine
    from gems_desktop.viewmodels.task import TaskViewModel
    from gems_protocol.modules import parse

    application = QGuiApplication.instance() or QGuiApplication(["bench"])
    file = _photo(folder)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    images = DecodeClient({sha256: file}.get)
    model = TaskViewModel(parse(CONFIG), {"photo": f"sha256:{sha256}"}, _answer(), images)
    engine = make_engine(ROOT, images)
    engine.setInitialProperties({"viewModel": model, "width": 1366, "height": 768})
    engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "tasks" / "TaskPreview.qml")))
    window: Any = engine.rootObjects()[0]
    window.show()
    end = time.monotonic() + PATIENCE_S
    while not model.shown:
        QCoreApplication.processEvents()
        window.grabWindow()
        if time.monotonic() > end:
            raise CannotMeasure("the picture did not appear")
    figures = _frames(window, model)
    window.close()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    images.close()
    del application
    return figures


def _frames(window: Any, model: Any) -> tuple[Figure, ...]:
    from gems_desktop.items.image_canvas import ImageCanvas

    canvas = window.findChild(ImageCanvas, "canvas") or _below(window.contentItem(), ImageCanvas)

    def pan(at: int) -> None:
        canvas._look(canvas._scene.view.panned(7 if at % 20 < 10 else -7, 3 if at % 20 < 10 else -3))

    def zoom(at: int) -> None:
        (canvas.zoomIn if at % 8 < 4 else canvas.zoomOut)()

    def move(at: int) -> None:
        model.change("b0", {"x": 1 + at / 10, "y": 1, "width": 5, "height": 5})

    moved: dict[str, Callable[[int], None]] = {"move one of the boxes": move, "zoom": zoom, "pan": pan}
    found = []
    for name, change in moved.items():
        if name == "pan":
            canvas.zoomIn()
        runs = [_run(window, change) for _ in range(RUNS + 1)][1:]
        found.append(Figure(f"{name}, p50", "ms", tuple(frames[len(frames) // 2] for frames in runs)))
        found.append(Figure(f"{name}, p95", "ms", tuple(frames[len(frames) * 95 // 100] for frames in runs)))
    return tuple(found)


def _run(window: Any, change: Callable[[int], None]) -> list[float]:
    frames = []
    for at in range(FRAMES):
        start = time.perf_counter()
        change(at)
        window.grabWindow()
        frames.append((time.perf_counter() - start) * 1000)
    return sorted(frames)


def _below(item: Any, kind: type) -> Any:
    if isinstance(item, kind):
        return item
    return next((found for child in item.childItems() if (found := _below(child, kind)) is not None), None)


def _photo(folder: Path) -> Path:
    from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground = QLinearGradient(0, 0, WIDTH, HEIGHT)
    for at, name in ((0.0, "teal"), (0.4, "wheat"), (1.0, "maroon")):
        ground.setColorAt(at, QColor(name))
    painter.fillRect(image.rect(), ground)
    painter.end()
    file = folder / "photo.jpg"
    if not image.save(str(file)):
        raise CannotMeasure("the picture could not be written")
    return file


def _answer() -> list[dict[str, Any]]:
    labels = ("Car", "Person", "Bicycle")
    return [
        {
            "id": f"b{at}",
            "from_name": "box",
            "to_name": "photo",
            "type": "rectanglelabels",
            "value": {
                "x": at % 20 * 4.8,
                "y": at // 20 * 9.5,
                "width": 6,
                "height": 8,
                "rotation": 0,
                "rectanglelabels": [labels[at % 3]],
            },
        }
        for at in range(BOXES)
    ]
