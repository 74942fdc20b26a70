# SPDX-License-Identifier: Apache-2.0
"""The window's side of the decode worker: asks for pictures by hash, keeps the last, starts it anew when it dies."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gems_desktop.decoding.limits import CACHE_BYTES, MAX_EDGE, MAX_PIXELS, TIMEOUT_S
from gems_desktop.decoding.picture_budget import PictureBudget
from gems_desktop.decoding.process import WorkerLost, WorkerProcess

if TYPE_CHECKING:
    from gems_desktop.decoding.media_client import MediaClient

#: What each refusal says to a person.
SENTENCES = {
    "missing": "The picture is not on this computer yet.",
    "hash": "The picture on the disk is not the one of this task.",
    "format": "This is not a picture of a kind that is allowed (PNG, JPEG or WebP).",
    "too_big": "The picture is too large to be shown safely.",
    "broken": "The picture is damaged.",
    "timeout": "The picture took too long to open.",
    "crashed": "The picture could not be opened.",
}


@dataclass(frozen=True)
class DecodeError:
    """Why a picture is not shown; `code` is a key of SENTENCES."""

    code: str

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return SENTENCES[self.code]


_OWN = "own size"  # a decoded image carries the size of its picture as a text
Decoded = QImage | DecodeError
Locate = Callable[[str], Path | bytes | None]
Part = tuple[float, float, float, float]  # x, y, width, height in percent of a picture
_Key = tuple[str, int, int, Part | None]


@dataclass
class _Job:
    key: _Key
    callbacks: list[Callable[[Decoded], None]] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    result: Decoded = field(default_factory=lambda: DecodeError("crashed"))


class DecodeClient(QObject):
    """Decodes pictures of the content store, one at a time, in another process.

    `locate(sha256)` gives the file or the bytes of a picture, or None; it is called on the client's own thread.
    """

    _arrived = Signal(object)

    def __init__(
        self,
        locate: Locate,
        parent: QObject | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        super().__init__(parent)
        self._locate = locate
        self._timeout_s = timeout_s
        self._cache: PictureBudget[_Key] = PictureBudget(cache_bytes)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._waiting: dict[_Key, _Job] = {}
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self._media: MediaClient | None = None
        self._listening = False

    @property
    def worker_pid(self) -> int | None:
        """The process id of the running worker, if one runs."""
        worker = self._worker
        return worker.pid if worker is not None else None

    @property
    def media(self) -> MediaClient:
        """The client for sound, film and pages of the same store, made when it is first needed."""
        if self._media is None:
            from gems_desktop.decoding.media_client import MediaClient

            self._media = MediaClient(self._locate, self)
        return self._media

    def request(self, sha256: str, max_w: int, max_h: int, callback: Callable[[Decoded], None]) -> None:
        """Have a picture fitted into `max_w` x `max_h` pixels; `callback` runs on this object's thread, later."""
        self._ask(_key(sha256, max_w, max_h), callback)

    def request_region(
        self, sha256: str, part: Part, max_w: int, max_h: int, callback: Callable[[Decoded], None]
    ) -> None:
        """The same for a part of a picture, so that looking closer never needs all its pixels."""
        self._ask(_key(sha256, max_w, max_h, part), callback)

    def _ask(self, key: _Key, callback: Callable[[Decoded], None]) -> None:
        if not self._listening:
            from PySide6.QtCore import Qt  # makes all of Qt's enumerations: not before the first frame

            self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
            self._listening = True
        job = self._enqueue(key, callback)
        if job.done.is_set():
            self._arrived.emit(job)

    def let_go(self) -> None:
        """Another task is on the screen: forget pictures that nobody asked for during the last ones."""
        with self._lock:
            self._cache.turn()
        if self._media is not None:
            self._media.let_go()

    def decode_now(self, sha256: str, max_w: int, max_h: int) -> Decoded:
        """The same, waiting for it; never call this on the window's thread."""
        job = self._enqueue(_key(sha256, max_w, max_h), None)
        job.done.wait()
        return job.result

    def close(self) -> None:
        """Stop the worker and the thread; waiting requests end with an error."""
        with self._lock:
            self._closed = True
            thread, worker = self._thread, self._worker
        self._jobs.put(None)
        if worker is not None:
            worker.stop()
        if thread is not None:
            thread.join()
        if self._media is not None:
            self._media.close()

    def _enqueue(self, key: _Key, callback: Callable[[Decoded], None] | None) -> _Job:
        with self._lock:
            job = self._waiting.get(key)
            if job is None:
                job = _Job(key)
                known = self._cache.get(key)
                if known is not None or self._closed:
                    job.result = known if known is not None else DecodeError("crashed")
                    job.done.set()
                else:
                    self._waiting[key] = job
                    self._jobs.put(job)
                    if self._thread is None:
                        self._thread = threading.Thread(target=self._run, name="decode-client", daemon=True)
                        self._thread.start()
            if callback is not None:
                job.callbacks.append(callback)
            return job

    def _deliver(self, job: _Job) -> None:
        callbacks, job.callbacks = job.callbacks, []
        for callback in callbacks:
            callback(job.result)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            result = DecodeError("crashed") if self._closed else self._decode(job.key)
            with self._lock:
                if isinstance(result, QImage):
                    self._cache.put(job.key, result)
                self._waiting.pop(job.key, None)
                job.result = result
                job.done.set()
                wanted = bool(job.callbacks) and not self._closed
            if wanted:
                self._arrived.emit(job)
        if self._worker is not None:
            self._worker.stop()

    def _decode(self, key: _Key) -> Decoded:
        sha256, max_w, max_h, part = key
        source = self._locate(sha256)
        if source is None:
            return DecodeError("missing")
        header: dict[str, Any] = {"sha256": sha256, "max_w": max_w, "max_h": max_h}
        if part is not None:
            header["part"] = part
        body = source if isinstance(source, bytes) else b""
        if isinstance(source, Path):
            header["path"] = str(source.resolve())
        try:
            worker = self._fresh_worker()
            answer, pixels = worker.ask(header, body, self._timeout_s)
        except WorkerLost as lost:
            self._worker = None
            return DecodeError("timeout" if lost.timed_out else "crashed")
        except OSError:
            return DecodeError("crashed")
        return read_answer(answer, pixels)

    def _fresh_worker(self) -> WorkerProcess:
        if self._worker is not None and self._worker.worn:
            self._worker.stop()
            self._worker = None
        if self._worker is None:
            self._worker = WorkerProcess()
        return self._worker


def read_answer(answer: dict[str, Any], pixels: bytes) -> Decoded:
    """The picture in a worker's answer, which is believed no further than it can be checked."""
    code = answer.get("error")
    if code is not None:
        return DecodeError(code if code in SENTENCES else "crashed")
    width, height, stride = answer.get("width"), answer.get("height"), answer.get("stride")
    if not (
        isinstance(width, int)
        and isinstance(height, int)
        and 0 < width <= MAX_EDGE
        and 0 < height <= MAX_EDGE
    ):
        return DecodeError("crashed")
    if stride != width * 4 or len(pixels) != stride * height:
        return DecodeError("crashed")
    kind = QImage.Format.Format_ARGB32_Premultiplied if answer.get("alpha") else QImage.Format.Format_RGB32
    # copy(): a QImage over borrowed bytes must not outlive them
    image = QImage(pixels, width, height, stride, kind).copy()
    own = answer.get("original_width"), answer.get("original_height")
    if all(isinstance(edge, int) and 0 < edge <= MAX_PIXELS for edge in own):
        image.setText(_OWN, f"{own[0]}x{own[1]}")
    return image


def set_own_size(image: QImage, width: int, height: int) -> None:
    """Note the size in pixels of the whole picture that an image shows."""
    image.setText(_OWN, f"{width}x{height}")


def own_size(image: QImage) -> tuple[int, int]:
    """The size in pixels of the picture that a decoded image was scaled or cut from, as it is shown."""
    wide, _, high = image.text(_OWN).partition("x")
    return (int(wide), int(high)) if high else (image.width(), image.height())


def _key(sha256: str, max_w: int, max_h: int, part: Part | None = None) -> _Key:
    return sha256, max(1, min(max_w, MAX_EDGE)), max(1, min(max_h, MAX_EDGE)), part
