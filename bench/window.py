# SPDX-License-Identifier: Apache-2.0
"""Starts the real window in a process and a profile of its own, for the benchmarks that measure it."""

import contextlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.result import CannotMeasure


def environment(home: Path, probe: Path | None = None) -> dict[str, str]:
    """Return the environment of a window that knows nothing of this user's files and may have no display."""
    values = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    values.update(HOME=str(home), QT_QUICK_BACKEND="software")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        values["QT_QPA_PLATFORM"] = "offscreen"
    if probe is not None:
        values["GEMS_PAINT_PROBE"] = str(probe)
    return values


def platform_name() -> str:
    """Say which Qt platform the window was measured on."""
    return environment(Path("/")).get("QT_QPA_PLATFORM", "the display of this session")


def command() -> list[str]:
    """Return how the window is started; raises CannotMeasure while there is none."""
    if importlib.util.find_spec("gems_desktop.main") is None:
        raise CannotMeasure("the window is not there yet (gems_desktop.main)")
    return [sys.executable, "-m", "gems_desktop"]


def seconds_to_first_paint() -> float:
    """Start the window once and return the seconds from before the process to its first painted frame."""
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "painted"
        start = time.monotonic()
        done = subprocess.run(
            command(), env=environment(Path(folder), probe), capture_output=True, text=True, timeout=60
        )
        if not probe.is_file():
            raise CannotMeasure(
                f"the window wrote no paint probe (exit {done.returncode}): {done.stderr[-400:]}"
            )
        return float(probe.read_text().split()[0]) - start


@contextlib.contextmanager
def open_window() -> Iterator[int]:
    """Start the window, give its process id, and end it."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            command(),
            env=environment(Path(folder)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
