# SPDX-License-Identifier: Apache-2.0
"""Draws one task into a picture with the same engine, decoder and QML as the window, without a display."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_protocol.modules import Module
from gems_protocol.modules.check import MEDIA

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 60_000  # for a slow machine; a picture itself is given up after ten seconds
_ROUNDS = 3  # of painting until rows, columns and scroll bars have their places


class NotRendered(Exception):
    """Why there is no picture, in words."""


@dataclass(frozen=True)
class Job:
    """A task to draw: `folder` holds the media it names, `size` is in pixels, `text_scale` 1 to 2."""

    module: Module
    task: dict[str, Any]
    folder: Path
    png: Path
    size: tuple[int, int]
    theme: str = "light"
    text_scale: float = 1.0


def media_of(job: Job) -> tuple[dict[str, Any], dict[str, Path]]:
    """The task with media by content hash, and where each hash lies. Raises NotRendered when a file is missing."""
    task, files = dict(job.task), {}
    for variable in job.module.media_variables():
        value = str(task[variable])
        if MEDIA.fullmatch(value):
            raise NotRendered(
                f"The field {variable} names a file by its hash; give a file name beside the task."
            )
        beside, below = job.folder / value, job.folder / "media" / value
        path = below if below.is_file() and not beside.is_file() else beside
        # a task never reaches beyond its own folder
        if "://" in value or not path.resolve().is_relative_to(job.folder.resolve()):
            raise NotRendered(f"The field {variable} does not name a file beside the task.")
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise NotRendered(f"{path} cannot be read: {error.strerror or error}.") from error
        files[digest] = path
        task[variable] = f"sha256:{digest}"
    return task, files


def render(job: Job) -> None:
    """Write the PNG of `job`; raises NotRendered with the reason in words."""
    task, files = media_of(job)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtGui import QGuiApplication

    from gems_desktop.decoding.client import DecodeClient
    from gems_desktop.viewmodels.task import TaskViewModel

    application = QGuiApplication.instance() or QGuiApplication(["gems"])
    images = DecodeClient(files.get)
    model = TaskViewModel(job.module, task, [], images)
    try:
        _draw(job, model, images)
    finally:
        images.close()
    del application


def _draw(job: Job, model: Any, images: Any) -> None:
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer, QUrl
    from PySide6.QtGui import QImageWriter
    from PySide6.QtQuick import QQuickWindow

    from gems_desktop.engine import make_engine

    engine = make_engine(ROOT, images)
    engine.setInitialProperties(
        {
            "viewModel": model,
            "themeMode": job.theme,
            "textScale": job.text_scale,
            "width": job.size[0],
            "height": job.size[1],
        }
    )
    engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "tasks" / "TaskPreview.qml")))
    windows = engine.rootObjects()
    if not windows or not isinstance(windows[0], QQuickWindow):
        raise NotRendered("The window could not be made.")
    window = windows[0]
    window.show()
    loop = QEventLoop()
    model.shownChanged.connect(lambda: loop.quit() if model.shown or model.pictureProblem else None)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    if not model.shown:
        loop.exec()
    if not model.shown:
        raise NotRendered(model.pictureProblem or "The pictures did not appear in time.")
    for _ in range(_ROUNDS):  # a frame measures what the next one lays out
        window.grabWindow()
        QCoreApplication.processEvents()
    image = window.grabWindow()
    window.close()
    if not QImageWriter(str(job.png), b"png").write(image):
        raise NotRendered(f"{job.png} cannot be written.")
