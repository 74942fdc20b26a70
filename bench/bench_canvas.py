# SPDX-License-Identifier: Apache-2.0
"""A frame of the image canvas: 200 regions on a 12-megapixel picture, on the software renderer."""

import hashlib
import math
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.result import CannotMeasure, Figure, Result

REGIONS = 200
CORNERS = 12  # of each polygon
WIDTH, HEIGHT = 4000, 3000
FRAMES = 120
RUNS = 5
PATIENCE_S = 30
ROOT = Path(__file__).resolve().parent.parent
CONFIG = """<View><Image name="photo" value="$photo"/>
<RectangleLabels name="box" toName="photo"><Label value="Car"/><Label value="Person"/></RectangleLabels>
<PolygonLabels name="outline" toName="photo"><Label value="Road"/><Label value="Tree"/></PolygonLabels>
<BrushLabels name="mask" toName="photo"><Label value="Sky"/></BrushLabels></View>"""


def run() -> Result:
    """Measure each figure RUNS times in one window for each kind of regions, after a warm-up."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication(["bench"])
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        file = _photo(Path(folder))
        for kind, make in (("boxes", _box), ("polygons", _polygon)):
            figures += _measure(file, kind, [make(at) for at in range(REGIONS)])
    del application
    method = (
        f"TaskView at 1366x768 with a {WIDTH}x{HEIGHT} JPEG and {REGIONS} boxes, then {REGIONS} polygons of {CORNERS} "
        "corners, with their tags; a frame is one real event (a key, a wheel notch, a mouse move with a button held) "
        "and QQuickWindow.grabWindow(), which renders everything and copies it out. After every 20 frames the events "
        f"that wait (a decoded detail, the smooth repaint at rest) are let through inside the frame. {FRAMES} frames "
        f"each, their 50th and 95th percentile, {RUNS} runs. Coming to rest is the one frame that is painted finely "
        "when zooming ends. Processor time is that of the window's thread, which others on the machine do not lengthen "
        "as they do the time on the clock. Software renderer, offscreen platform, the decoder in its own process."
    )
    return Result(method, tuple(figures))


def _measure(file: Path, kind: str, answer: list[dict[str, Any]]) -> list[Figure]:
    from PySide6.QtCore import QCoreApplication, QEvent, QUrl

    from gems_desktop.decoding.client import DecodeClient
    from gems_desktop.engine import make_engine
    from gems_desktop.viewmodels.task import TaskViewModel
    from gems_protocol.modules import parse

    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    images = DecodeClient({sha256: file}.get)
    model = TaskViewModel(parse(CONFIG), {"photo": f"sha256:{sha256}"}, answer, images)
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
    figures = _Hand(window, model).figures(kind)
    window.close()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    images.close()
    return figures


class _Hand:
    """Real events on the canvas of a window."""

    def __init__(self, window: Any, model: Any) -> None:
        from gems_desktop.items.image_canvas import ImageCanvas

        self.window, self.model = window, model
        self.canvas = _below(window.contentItem(), ImageCanvas)
        self.canvas.forceActiveFocus()

    def figures(self, kind: str) -> list[Figure]:
        found = []
        for name, prepare, frame, finish in (
            ("move one", self._grasp, self._drag, self._drop),
            ("draw a new one", self._begin, self._drag, self._drop),
            ("paint", self._brush, self._drag, self._drop),
            ("zoom", self._fit, self._zoom, self._fit),
            ("come to rest after zooming", self._fit, self._rest, self._fit),
            ("pan, zoomed 3x", self._closer, self._pan, self._drop),
        ):
            runs = []
            for _ in range(RUNS + 1):
                prepare()
                self._wait()
                runs.append(self._run(frame))
                if frame == self._drag and not self._in_hand():
                    raise CannotMeasure(f"{name}: nothing is in hand")
                finish()
                self._wait()
            for at, clock in enumerate(("", " of processor time")):
                for part in (50, 95):
                    values = tuple(run[at][len(run[at]) * part // 100] for run in runs[1:])
                    found.append(Figure(f"{kind}: {name}, p{part}{clock}", "ms", values))
        return found

    def _in_hand(self) -> bool:
        pointer = self.canvas._pointer
        return pointer.live is not None or pointer.stroke is not None

    def _run(self, frame: Callable[[int], None]) -> tuple[list[float], list[float]]:
        """The times of the frames, and how long this thread was at work in each."""
        from PySide6.QtCore import QCoreApplication

        frames, worked = [], []
        for at in range(FRAMES):
            if frame == self._rest:
                self._zoom(at)
                self.window.grabWindow()
            start, work = time.perf_counter(), time.thread_time()
            frame(at)
            if at % 20 == 19:
                QCoreApplication.processEvents()
            self.window.grabWindow()
            frames.append((time.perf_counter() - start) * 1000)
            worked.append((time.thread_time() - work) * 1000)
        return sorted(frames), sorted(worked)

    def _wait(self) -> None:
        """Until the view rests and what it asked for is there."""
        from PySide6.QtTest import QTest

        QTest.qWait(400)
        self.window.grabWindow()

    # --- the gestures ------------------------------------------------------------------------------------
    def _at(self, x: float, y: float) -> Any:
        return self.canvas.mapToScene(self.canvas.point_of(x, y)).toPoint()

    def _press(self, point: Any, middle: bool = False) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.button = Qt.MouseButton.MiddleButton if middle else Qt.MouseButton.LeftButton
        self.start = point
        QTest.mousePress(self.window, self.button, Qt.KeyboardModifier.NoModifier, point)

    def _drag(self, at: int) -> None:
        from PySide6.QtCore import QPoint
        from PySide6.QtTest import QTest

        turn = at / 12
        there = self.start + QPoint(round(60 + 50 * math.cos(turn)), round(60 + 50 * math.sin(turn)))
        QTest.mouseMove(self.window, there)

    def _drop(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.mouseRelease(self.window, self.button, Qt.KeyboardModifier.NoModifier, self.start)
        self._fit()

    def _grasp(self) -> None:
        self.model.take("box", "Car")
        self._press(self._at(2.4, 3))

    def _begin(self) -> None:
        self.model.select("")
        self.model.take("box", "Car")
        self._press(self._at(98.5, 50))
        self.start = self._at(60, 50)

    def _brush(self) -> None:
        self.model.select("")
        self.model.take("mask", "Sky")
        self._press(self._at(40, 40))

    def _closer(self) -> None:
        for _ in range(5):
            self.canvas.zoomIn()
        self._press(self._at(50, 50), middle=True)

    def _pan(self, at: int) -> None:
        from PySide6.QtCore import QPoint
        from PySide6.QtTest import QTest

        step = at % 80 if at % 160 < 80 else 160 - at % 160
        QTest.mouseMove(self.window, self.start + QPoint(9 * (step - 40), 4 * (step - 40)))

    def _zoom(self, at: int) -> None:
        (self.canvas.zoomIn if at % 8 < 4 else self.canvas.zoomOut)()

    def _rest(self, at: int) -> None:
        """The view stands still: both layers are painted finely. The zooming before is not part of the frame."""
        self.canvas._rest()

    def _fit(self) -> None:
        self.canvas.fit()


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


def _box(at: int) -> dict[str, Any]:
    value = {"x": at % 20 * 4.8, "y": at // 20 * 9.5, "width": 6, "height": 8, "rotation": 0}
    return _region(
        at, "box", "rectanglelabels", {**value, "rectanglelabels": ["Car" if at % 2 else "Person"]}
    )


def _polygon(at: int) -> dict[str, Any]:
    x, y = at % 20 * 4.8 + 3, at // 20 * 9.5 + 4
    points = [
        [
            round(x + (3 - corner % 2) * math.cos(corner * 2 * math.pi / CORNERS), 4),
            round(y + (4 - corner % 2) * math.sin(corner * 2 * math.pi / CORNERS), 4),
        ]
        for corner in range(CORNERS)
    ]
    value = {"points": points, "closed": True, "polygonlabels": ["Road" if at % 2 else "Tree"]}
    return _region(at, "outline", "polygonlabels", value)


def _region(at: int, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": f"b{at}", "from_name": control, "to_name": "photo", "type": kind, "value": value}
