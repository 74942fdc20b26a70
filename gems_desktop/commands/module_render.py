# SPDX-License-Identifier: Apache-2.0
"""Draws one task into a picture with the same engine, decoder and QML as the window, without a display."""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_desktop.commands.module_source import BadCall, Source, read_answer, read_source
from gems_desktop.languages import LANGUAGES
from gems_protocol.modules import Module
from gems_protocol.modules.check import MEDIA

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 60_000  # for a slow machine; a picture itself is given up after ten seconds
_ROUNDS = 3  # of painting until rows, columns and scroll bars have their places
_PAUSE_MS, _PAUSES = 250, 40  # a waveform or a film's picture is there when nothing changes any more
_SLOW_TAGS = frozenset({"Audio", "Video", "Pdf", "Paragraphs", "TimeSeries"})
_SIZE = re.compile(r"([1-9]\d{2,3})x([1-9]\d{2,3})", re.ASCII)


class NotRendered(Exception):
    """Why there is no picture, in words."""


@dataclass(frozen=True)
class Job:
    """A task to draw: `files` holds its media by SHA-256, `size` is in pixels, `text_scale` 1 to 2."""

    module: Module
    task: dict[str, Any]
    files: dict[str, Path]
    png: Path
    size: tuple[int, int]
    theme: str = "light"
    text_scale: float = 1.0
    answer: list[Any] = field(default_factory=list)
    review: bool = False
    language: str = "en"


def add_parser(verbs: Any) -> None:
    """Add the verb."""
    render = verbs.add_parser("render", help="draw a task into a PNG file, without a display")
    render.add_argument(
        "config",
        type=Path,
        metavar="CONFIG",
        help="a labelling config (XML), a module's folder or .zip, or its name",
    )
    render.add_argument(
        "--data",
        type=Path,
        metavar="FILE",
        help="tasks, with their files beside them (a module has samples of its own)",
    )
    render.add_argument("--row", type=_row, default=1, metavar="N", help="which task of the file (default 1)")
    render.add_argument("--png", type=Path, required=True, metavar="OUT", help="the file to write")
    render.add_argument("--answer", type=Path, metavar="FILE", help="an answer (JSON) to show with it")
    render.add_argument("--review", action="store_true", help="as a reviewer sees it: nothing can be changed")
    render.add_argument("--lang", choices=LANGUAGES, default="en", help="the window's language")
    render.add_argument("--size", type=_size, default=(1366, 768), metavar="WxH", help="default 1366x768")
    render.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    render.add_argument("--text-scale", type=_percent, default=100, metavar="P", help="percent, 100 to 200")
    render.set_defaults(verb_handler=run_render)


def _size(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError("a size is two numbers from 100 to 9999, such as 1366x768")
    return int(found[1]), int(found[2])


def _percent(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 100 <= int(text) <= 200:
        raise argparse.ArgumentTypeError("the text scale is a number from 100 to 200")
    return int(text)


def _row(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError("a row is a number from 1 on")
    return int(text)


def run_render(args: argparse.Namespace) -> int:
    """Draw a task as a worker sees it; the exit code says whether the picture was written (0, else 1)."""
    from gems_platform.client.requesting.media_names import MediaNames
    from gems_protocol.errors import MalformedMessage
    from gems_protocol.modules import ConfigRefused, bind, parse, parse_answer, start, task_problems

    source = read_source(args.config)
    try:
        module = parse(source.config)
    except ConfigRefused as refused:
        return _told("This config cannot be used:", refused.reasons)
    task, folder = _chosen(args, source, module)
    media = MediaNames((folder, folder / "media"), module)
    told: list[str] = []
    given = media.named(task, told)
    told += [
        f"The field {name} names a file by its hash; give a file name beside the task."
        for name in module.media_variables()
        if _unknown(given.get(name), media)
    ]
    if told := told or task_problems(module, given):
        return _told("This task does not fit the config:", told)
    bound = bind(module, given)
    try:
        answer = parse_answer(read_answer(args.answer), bound) if args.answer else start(bound, given)
    except MalformedMessage as error:
        return _told("This answer does not fit the task:", [error.message])
    job = Job(
        module,
        given,
        media.media,
        args.png,
        args.size,
        args.theme,
        args.text_scale / 100,
        answer,
        args.review,
        args.lang,
    )
    try:
        render(job)
    except NotRendered as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{args.png}: {args.size[0]}x{args.size[1]}")
    return 0


def _chosen(args: argparse.Namespace, source: Source, module: Module) -> tuple[dict[str, Any], Path]:
    """The task to draw and the folder of its files, from the file of tasks or the module's samples; raises BadCall."""
    if args.data is not None:
        return _task(args.data, args.row, module), args.data.parent
    if source.package is None or source.folder is None or not source.package.samples:
        raise BadCall("Name a file of tasks with --data: this module has no samples of its own.")
    samples = source.package.samples
    if args.row > len(samples):
        raise BadCall(f"The module has {len(samples)} samples only.")
    return samples[args.row - 1], source.folder


def _told(title: str, lines: Any) -> int:
    print("\n".join((title, *lines)), file=sys.stderr)
    return 1


def _unknown(value: Any, media: Any) -> bool:
    """Whether a field names a file by a hash of which nobody knows the file."""
    found = value if isinstance(value, list) else [value]
    return any(
        isinstance(one, str) and MEDIA.fullmatch(one) and one.removeprefix("sha256:") not in media.media
        for one in found
    )


def _task(path: Path, row: int, module: Module) -> dict[str, Any]:
    """The task in that row of a file; raises BadCall."""
    from gems_platform.client.requesting.files import BadCampaignFile
    from gems_platform.client.requesting.imported import read_tasks

    try:
        tasks = read_tasks(path, module)
    except BadCampaignFile as error:
        raise BadCall(f"{path}: {error.message.rpartition('cannot be made: ')[2]}") from error
    if not tasks:
        raise BadCall(f"{path} holds no task: an object of fields is needed.")
    if row > len(tasks):
        raise BadCall(f"{path} has {len(tasks)} tasks only.")
    return tasks[row - 1].data


def render(job: Job) -> None:
    """Write the PNG of `job`; raises NotRendered with the reason in words."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    from gems_desktop.decoding.client import DecodeClient
    from gems_desktop.viewmodels.task import TaskViewModel

    running = QGuiApplication.instance()
    application = running if isinstance(running, QGuiApplication) else QGuiApplication(["gems"])
    translator = _translated(application, job.language)
    images = DecodeClient(job.files.get)
    model = TaskViewModel(job.module, job.task, job.answer, images, read_only=job.review)
    try:
        _draw(job, model, images)
    finally:
        images.close()
        if translator is not None:
            application.removeTranslator(translator)
        application.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


def _translated(application: Any, language: str) -> Any:
    """The window in `language`, from right to left where that is its way."""
    from PySide6.QtCore import QLocale

    from gems_desktop.translating import translator_for

    application.setLayoutDirection(QLocale(language).textDirection())
    translator = translator_for(language, ROOT)
    if translator is not None:
        application.installTranslator(translator)
    return translator


def _draw(job: Job, model: Any, images: Any) -> None:
    from PySide6.QtCore import QEventLoop, QTimer, QUrl
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
    image = _settled(window, job, model)
    window.close()
    if model.pictureProblem:
        raise NotRendered(model.pictureProblem)
    if not QImageWriter(str(job.png), b"png").write(image):
        raise NotRendered(f"{job.png} cannot be written.")


def _settled(window: Any, job: Job, model: Any) -> Any:
    """The window's picture (a QImage), once nothing in it changes any more."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    for _ in range(_ROUNDS):  # a frame measures what the next one lays out
        window.grabWindow()
        QCoreApplication.processEvents()
    image = window.grabWindow()
    slow = any(node.tag in _SLOW_TAGS for node in job.module.objects())
    loop = QEventLoop()
    for _ in range(_PAUSES if slow else 0):
        QTimer.singleShot(_PAUSE_MS, loop.quit)
        loop.exec()
        before, image = image, window.grabWindow()
        if image == before and not model.pictureProblem:
            break
    return image
