# SPDX-License-Identifier: Apache-2.0
"""A screen, a bus and a screen reader's libraries around the window, each a process of its own, for tests."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
#: Where Debian's libraries of a screen reader are: not in the environment of the project.
SYSTEM_PYTHON = "/usr/bin/python3"
BRIDGE = Path("/usr/share/dbus-1/accessibility-services/org.a11y.atspi.Registry.service")


def missing() -> str:
    """What of a screen reader's surroundings is not installed, with the packages' names; empty when all is there."""
    names = {"Xvfb": "xvfb", "dbus-daemon": "dbus"}
    lacks = [package for program, package in names.items() if shutil.which(program) is None]
    if not BRIDGE.exists():
        lacks.append("at-spi2-core")
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if (
        not Path(SYSTEM_PYTHON).exists()
        or subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True).returncode
    ):
        lacks.append("gir1.2-atspi-2.0 python3-gi")
    return " ".join(lacks)


class Process:
    """A process that talks in lines."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self._process.stdout is not None
        self.lines: queue.Queue[str | None] = queue.Queue()
        self._reads = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reads.start()

    def _read(self, lines: IO[str]) -> None:
        for line in lines:
            self.lines.put(line.strip())
        self.lines.put(None)

    def say(self, line: str) -> None:
        """Give it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def next(self, patience_s: float = PATIENCE_S) -> str:
        """The next line it says; queue.Empty when none comes in time."""
        line = self.lines.get(timeout=patience_s)
        assert line is not None, "it ended"
        return line

    def end(self) -> None:
        """Close its input, and end it if that does not."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reads.join(10)
        self._process.stdout.close()


class Surroundings:
    """A screen and a session bus with the accessibility service on it."""

    def __init__(self, folder: Path) -> None:
        self._ends: list[subprocess.Popen[str]] = []
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QT_", "DBUS_", "WAYLAND"))
        }
        screen = self._start(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"], kept
        )
        bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address=1"], kept)
        self.environment = {
            **kept,
            "DISPLAY": f":{screen}",
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "XDG_RUNTIME_DIR": str(folder),
            "QT_QPA_PLATFORM": "xcb",
            "QT_QUICK_BACKEND": "software",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": str(ROOT),
        }

    def _start(self, command: list[str], environment: dict[str, str]) -> str:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._ends.append(process)
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line, f"{command[0]} did not start"
        return line

    def end(self) -> None:
        """Take the bus and the screen away."""
        for process in reversed(self._ends):
            process.terminate()
            process.wait(10)
            if process.stdout is not None:
                process.stdout.close()


class Listened:
    """The window in a language, and a reader that listens to it from outside."""

    def __init__(self, around: Surroundings, language: str = "en") -> None:
        system = {name: value for name, value in around.environment.items() if name != "PYTHONPATH"}
        self.ears = Process([SYSTEM_PYTHON, str(ROOT / "tests/helpers/reader_ears.py")], system)
        assert json.loads(self.ears.next()) == {"event": "listening"}
        self.window = Process(
            [sys.executable, "-m", "tests.helpers.heard_window", language], around.environment
        )
        assert self.window.next() == "done"
        self.events: list[dict[str, Any]] = []
        end = time.monotonic() + PATIENCE_S
        while self.read() is None:
            assert time.monotonic() < end, "the window never came to the bus"

    def do(self, order: str) -> None:
        """Give the window an order (tests/helpers/heard_window.py) and wait until it is done."""
        self.window.say(order)
        assert self.window.next() == "done"

    def read(self) -> dict[str, Any] | None:
        """The whole window as a reader finds it, or None while it is not there."""
        self.ears.say("read")
        while "window" not in (told := json.loads(self.ears.next())):
            self.events.append(told)
        found: dict[str, Any] | None = told["window"]
        return found

    def hears(self, **what: Any) -> bool:
        """Whether an event with these facts is heard, sooner or later."""
        end = time.monotonic() + PATIENCE_S / 3
        while not any(what.items() <= event.items() for event in self.events):
            try:
                self.events.append(json.loads(self.ears.next(max(0.01, end - time.monotonic()))))
            except queue.Empty:
                return False
        return True

    def end(self) -> None:
        """End both."""
        self.window.say("quit")
        self.window.end()
        self.ears.end()


def flat(node: dict[str, Any]) -> list[dict[str, Any]]:
    """A thing and everything in it, in the order in which it is read."""
    return [node, *(each for child in node["children"] for each in flat(child))]
