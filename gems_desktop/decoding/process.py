# SPDX-License-Identifier: Apache-2.0
"""One decode worker as seen from the window: start it, ask it, notice its death."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, cast

from gems_desktop.decoding.frames import BrokenPipe, read_frame, write_frame
from gems_desktop.decoding.limits import PICTURES_PER_WORKER, START_TIMEOUT_S

#: What a worker is for: pictures, sound and film, PDF pages.
PICTURES, FILM, PAGES = "pictures", "film", "pages"

_ROOT = Path(__file__).resolve().parents[2]


class WorkerLost(Exception):
    """The worker ended or was stopped in the middle; `timed_out` tells which."""

    def __init__(self, timed_out: bool) -> None:
        super().__init__("timeout" if timed_out else "crashed")
        self.timed_out = timed_out


def worker_command(role: str = PICTURES) -> list[str]:
    """How a worker is started: by module from source, by a switch of the packaged application."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--decode-worker", role]
    return [sys.executable, "-E", "-s", "-m", "gems_desktop.decoding", role]


class WorkerProcess:
    """A running decode worker; used by one thread at a time."""

    def __init__(self, role: str = PICTURES, most: int = PICTURES_PER_WORKER) -> None:
        self._most = most
        self._process = subprocess.Popen(
            worker_command(role),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
        )
        self._served = 0
        self._timed_out = False
        self._exchange(None, b"", START_TIMEOUT_S)

    @property
    def pid(self) -> int:
        """The process id of the worker."""
        return self._process.pid

    @property
    def worn(self) -> bool:
        """Whether a fresh worker should take over."""
        return self._served >= self._most or self._process.poll() is not None

    def ask(self, header: dict[str, Any], body: bytes, timeout_s: float) -> tuple[dict[str, Any], bytes]:
        """One question, one answer. Raises WorkerLost; the worker is then stopped."""
        self._served += 1
        return self._exchange(header, body, timeout_s)

    def _exchange(
        self, header: dict[str, Any] | None, body: bytes, timeout_s: float
    ) -> tuple[dict[str, Any], bytes]:
        alarm = threading.Timer(timeout_s, self._give_up)
        alarm.daemon = True
        alarm.start()
        try:
            if header is not None:
                write_frame(cast("BinaryIO", self._process.stdin), header, body)
            return read_frame(cast("BinaryIO", self._process.stdout))
        except (BrokenPipe, OSError) as error:
            self.stop()
            raise WorkerLost(self._timed_out) from error
        finally:
            alarm.cancel()

    def _give_up(self) -> None:
        self._timed_out = True
        self._process.kill()

    def stop(self) -> None:
        """End the worker and wait for it; safe to call twice."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was still to be flushed had nobody left to read it
