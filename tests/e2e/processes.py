# SPDX-License-Identifier: Apache-2.0
"""The processes of an end-to-end test: the local network and the application, each killed at the end come what may."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
READY_S = 90.0


class Told:
    """A process that tells what it does as JSON lines; `tell` answers on its standard input."""

    def __init__(self, arguments: list[str], log: Path) -> None:
        self._log = log.open("ab")
        self.log = log
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=os.name == "posix",
        )
        self._lines: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                self._lines.put(json.loads(line))
        self._lines.put(None)

    def wait_for(self, key: str, timeout_s: float = READY_S) -> Any:
        """The value of the next line that has `key`; fails when the process ends or says an error before."""
        while True:
            line = self.next(timeout_s)
            assert "error" not in line, f"{line}: {self.tail()}"
            if key in line:
                return line[key]

    def next(self, timeout_s: float = READY_S) -> dict[str, Any]:
        """The next line; fails when the process ends before."""
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            raise AssertionError(f"nothing told in {timeout_s} s: {self.tail()}") from None
        assert line is not None, f"ended before it told anything: {self.tail()}"
        return line

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def tell(self, text: str) -> None:
        """One line to its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.write(text + "\n")
        self._process.stdin.flush()

    def tail(self) -> str:
        """The end of what it wrote to standard error."""
        return self.log.read_text("utf-8", "replace")[-3000:]

    def kill(self) -> None:
        """SIGKILL, to this process only."""
        self._process.kill()
        self._process.wait()

    def end(self, timeout_s: float = 30.0) -> int:
        """Close its standard input, or ask it to end; its exit code."""
        if self._process.poll() is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                self._process.kill()
                raise AssertionError(f"did not end: {self.tail()}") from None
        return self._process.wait()

    def close(self) -> None:
        """Leave nothing behind, children included."""
        if self._process.poll() is None:
            self._process.kill()
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(5)
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


def local_network(state: Path) -> Told:
    """`python -m gems_desktop.local` over `state`; ready when it tells `ready`."""
    return Told(["-m", "gems_desktop.local", "--dir", str(state)], state.parent / "network.log")


def application(home: Path, network: Path, scene: str) -> Told:
    """The real window, with `scene` of tests/e2e/scenes.py at its keyboard."""
    return Told(["-m", "tests.e2e.scenes", str(home), str(network), scene], home / f"{scene}.log")
