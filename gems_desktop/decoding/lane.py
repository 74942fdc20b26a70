# SPDX-License-Identifier: Apache-2.0
"""One media worker and the thread that feeds it: the most urgent request first, a fresh worker after a death."""

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_desktop.decoding.media_limits import MEDIA_REQUESTS
from gems_desktop.decoding.process import WorkerLost, WorkerProcess

Locate = Callable[[str], Path | bytes | None]
#: What comes back: a header with "error" or with facts, and a body.
Done = Callable[[dict[str, Any], bytes], None]

#: Urgency: what is heard, what is looked at, what is wanted soon, the overview of a whole recording.
HEARD, SEEN, SOON, WHOLE = range(4)
#: Deaths of a worker over one file after which it is not tried again.
_MOST_DEATHS = 2


@dataclass(order=True)
class _Job:
    urgency: int
    number: int
    sha256: str = field(compare=False)
    header: dict[str, Any] = field(compare=False)
    wanted: Callable[[], bool] = field(compare=False)
    done: Done = field(compare=False)


class Lane:
    """A worker of one role. `locate` and every `done` are called on the lane's own thread."""

    def __init__(self, role: str, locate: Locate, timeout_s: float) -> None:
        self._role, self._locate, self._timeout_s = role, locate, timeout_s
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._deaths: dict[str, int] = {}
        self._worker: WorkerProcess | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def worker_pid(self) -> int | None:
        """The process id of the running worker, if one runs."""
        worker = self._worker
        return worker.pid if worker is not None else None

    def ask(
        self, urgency: int, sha256: str, header: dict[str, Any], wanted: Callable[[], bool], done: Done
    ) -> None:
        """Queue a request about a file; it is dropped unanswered if `wanted()` is false when its turn comes."""
        with self._lock:
            if self._closed:
                return
            self._jobs.put(_Job(urgency, next(self._numbers), sha256, header, wanted, done))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=f"{self._role}-lane", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop the worker and the thread; nothing is answered after it. Safe twice."""
        with self._lock:
            self._closed = True
            thread, worker = self._thread, self._worker
        self._jobs.put(_Job(-1, -1, "", {}, lambda: False, lambda _header, _body: None))
        if worker is not None:
            worker.stop()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _run(self) -> None:
        while not self._closed:
            job = self._jobs.get()
            if self._closed or not job.wanted():
                continue
            header, body = self._answer(job)
            if not self._closed:
                job.done(header, body)
        if self._worker is not None:
            self._worker.stop()

    def _answer(self, job: _Job) -> tuple[dict[str, Any], bytes]:
        if self._deaths.get(job.sha256, 0) >= _MOST_DEATHS:
            return {"error": "crashed"}, b""
        source = self._locate(job.sha256)
        if source is None:
            return {"error": "missing"}, b""
        header = job.header | {"sha256": job.sha256}
        body = source if isinstance(source, bytes) else b""
        if isinstance(source, Path):
            header["path"] = str(source.resolve())
        try:
            worker = self._ready_worker()
            if self._closed:  # close() did not see this one
                return {"error": "crashed"}, b""
            header, body = worker.ask(header, body, self._timeout_s)
        except WorkerLost as lost:
            self._worker = None
            if not self._closed:
                self._deaths[job.sha256] = self._deaths.get(job.sha256, 0) + 1
            return {"error": "timeout" if lost.timed_out else "crashed"}, b""
        except OSError:
            return {"error": "crashed"}, b""
        if header.get("worn") and self._worker is not None:
            self._worker.stop()
            self._worker = None
        return header, body

    def _ready_worker(self) -> WorkerProcess:
        if self._worker is not None and self._worker.worn:
            self._worker.stop()
            self._worker = None
        if self._worker is None:
            self._worker = WorkerProcess(self._role, MEDIA_REQUESTS)
        return self._worker
