# SPDX-License-Identifier: Apache-2.0
"""From the key press to the next task painted, with its picture decoded ahead and not; memory after 500 pictures."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.bench_memory import family, pss
from bench.result import CannotMeasure, Figure, Result

SIZES = {1: (1200, 900), 12: (4000, 3000)}  # by megapixels
DISTINCT = 4  # pictures that are drawn; the others differ from them in a comment behind their end
WARM_UP, TASKS = 3, 50
LONG = 500
THINKING_S = 0.5  # between two tasks: somebody looks at the picture
PATIENCE_S = 30
ROOT = Path(__file__).resolve().parent.parent
PHOTO = """<View><Image name="photo" value="$photo"/><Choices name="kind" toName="photo" choice="single">
<Choice value="Bird"/><Choice value="Boat"/></Choices></View>"""
TEXT = """<View><Text name="text" value="$text"/><Choices name="kind" toName="text" choice="single">
<Choice value="Good"/><Choice value="Bad"/></Choices></View>"""


def run() -> Result:
    """Measure in one window for each figure."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        _, first, last = _pictures(_photos(Path(folder), *SIZES[12]), LONG, ahead=True, thinking_s=0.0)
        figures = [
            Figure("memory after 1 photo", "MB", (first,)),
            Figure(f"memory after {LONG} photos", "MB", (last,)),
            *_figures("text", _texts()),
        ]
        for megapixels, size in SIZES.items():
            photos = _photos(Path(folder), *size)
            for ahead, word in ((True, "decoded ahead"), (False, "not ahead")):
                times, _, _ = _pictures(photos, TASKS + WARM_UP, ahead=ahead)
                figures += _figures(f"{megapixels} MP, {word}", times)
    del application
    method = (
        "TaskView at 1366x768; each task its own JPEG of noise and shapes, 1 or 12 megapixels. Measured from the key "
        "press that answers, through opening the next task in the same scene, until its picture is painted "
        "(QQuickWindow.grabWindow(), which renders everything and copies it out). Between two tasks "
        f"{THINKING_S} s pass, in which the three pictures after the shown one are decoded or not. {TASKS} tasks after "
        f"{WARM_UP} to warm up; their median and 99th percentile. Memory: PSS of the window and the decode worker "
        f"(/proc/PID/smaps_rollup) after the first and after {LONG} tasks of 12 megapixels without a pause, three "
        "pictures ahead. Software renderer, offscreen platform. Left out: writing the answer to the disk (see "
        "`engine`), which does not hold the next task up."
    )
    return Result(method, tuple(figures))


def _figures(name: str, times: tuple[float, ...]) -> list[Figure]:
    ranked = sorted(times)
    return [
        Figure(f"{name}, median", "ms", (ranked[len(ranked) // 2],)),
        Figure(f"{name}, p99", "ms", (ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)],)),
    ]


class _Scene:
    """A window with one task after the other."""

    def __init__(self, config: str, first: dict[str, Any], locate: Callable[[str], bytes | None]) -> None:
        from PySide6.QtCore import QUrl

        from gems_desktop.decoding.client import DecodeClient
        from gems_desktop.engine import make_engine
        from gems_desktop.viewmodels.task import TaskViewModel
        from gems_protocol.modules import parse

        self.images = DecodeClient(locate)
        self.module = parse(config)
        self.model = TaskViewModel(self.module, first, [], self.images)
        self.engine = make_engine(ROOT, self.images)
        self.engine.setInitialProperties({"viewModel": self.model, "width": 1366, "height": 768})
        self.engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "tasks" / "TaskPreview.qml")))
        self.window = self._shown()
        self.window.show()
        self.window.requestActivate()
        self.painted()

    def _shown(self) -> Any:
        return self.engine.rootObjects()[0]

    def painted(self) -> None:
        """Until everything of the task is on the screen."""
        from PySide6.QtCore import QCoreApplication

        end = time.monotonic() + PATIENCE_S
        while True:
            QCoreApplication.processEvents()
            self.window.grabWindow()
            if self.model.property("shown"):  # told while it is painted, so this frame has it
                return
            if time.monotonic() > end:
                raise CannotMeasure("the task did not appear")
            time.sleep(0.001)  # the decoder's thread wants to run too

    def next(self, data: dict[str, Any]) -> float:
        """Answer by key and go to the task `data`; milliseconds until it is painted."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        start = time.perf_counter()
        QTest.keyClick(self.window, Qt.Key.Key_1)
        self.model.open(self.module, data, [])
        self.painted()
        return (time.perf_counter() - start) * 1000

    def think(self, seconds: float) -> None:
        """Let time and events pass; asleep in between, as QTest.qWait keeps other threads of Python from running."""
        from PySide6.QtCore import QCoreApplication

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.002)

    def memory(self) -> float:
        """MB of this process and its helpers, now."""
        return sum(pss(process) for process in family(os.getpid())) / 1024

    def close(self) -> None:
        """Take it apart."""
        from PySide6.QtCore import QCoreApplication, QEvent

        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.images.close()


def _texts() -> tuple[float, ...]:
    texts = [{"text": f"The ferry came late again, number {n}."} for n in range(TASKS + WARM_UP + 1)]
    scene = _Scene(TEXT, texts[0], lambda _: None)
    times = [scene.next(data) for data in texts[1:]]
    scene.close()
    return tuple(times[WARM_UP:])


def _pictures(
    photos: list[Path], count: int, *, ahead: bool, thinking_s: float = THINKING_S
) -> tuple[tuple[float, ...], float, float]:
    """(milliseconds of each task after the warm-up, MB after the first task, MB after all)."""
    store = _Store(photos, count + 1)
    tasks = [{"photo": f"sha256:{sha256}"} for sha256 in store.numbers]
    scene = _Scene(PHOTO, tasks[0], store.get)
    times, early = [], scene.memory()
    for at, data in enumerate(tasks[1:], 1):
        if ahead:
            for following in tasks[at : at + 3]:
                scene.model.prefetch(scene.module, following)
        if thinking_s:
            scene.think(thinking_s)
        times.append(scene.next(data))
    late = scene.memory()
    scene.close()
    return tuple(times[WARM_UP:]), early, late


class _Store:
    """Pictures by hash, each made when it is asked for, so that 500 of them do not fill the memory."""

    def __init__(self, photos: list[Path], count: int) -> None:
        self.photos = photos
        self.numbers = {hashlib.sha256(self._whole(n)).hexdigest(): n for n in range(count)}

    def _whole(self, number: int) -> bytes:
        return self.photos[number % len(self.photos)].read_bytes() + f"# {number}".encode()

    def get(self, sha256: str) -> bytes | None:
        number = self.numbers.get(sha256)
        return None if number is None else self._whole(number)


def _photos(folder: Path, width: int, height: int) -> list[Path]:
    """JPEGs with as much detail as photographs have: noise, with shapes on it."""
    from PySide6.QtGui import QColor, QImage, QPainter

    found = []
    for n in range(DISTINCT):
        small = QImage(os.urandom(500 * 375 * 4), 500, 375, 2000, QImage.Format.Format_RGB32).copy()
        image = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(image.rect(), small)
        for at in range(30):
            painter.fillRect(
                at * width // 30,
                (at * 397) % height,
                width // 44,
                height // 50,
                QColor.fromHsv((at * 37 + n * 90) % 360, 200, 220),
            )
        painter.end()
        file = folder / f"{width}-{n}.jpg"
        if not image.save(str(file), None, 88):
            raise CannotMeasure("the picture could not be written")
        found.append(file)
    return found
