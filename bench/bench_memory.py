# SPDX-License-Identifier: Apache-2.0
"""Memory of the window and its helper processes after three idle seconds."""

import time
from pathlib import Path

from bench.result import CannotMeasure, Figure, Result
from bench.window import open_window, platform_name

RUNS = 5
IDLE_S = 3.0


def run() -> Result:
    """Open the window RUNS times after one warm-up and add up the PSS of its processes."""
    if not Path("/proc/self/smaps_rollup").is_file():
        raise CannotMeasure("only Linux tells the proportional set size (/proc/PID/smaps_rollup)")
    measure()
    runs = [measure() for _ in range(RUNS)]
    method = (
        f"PSS from /proc/PID/smaps_rollup {IDLE_S:.0f} s after the start, window and its child processes; "
        f"empty profile, software renderer, {platform_name()}. No wallet is open and no task is loaded."
    )
    window = tuple(float(first) / 1024 for first, _ in runs)
    together = tuple(float(everything) / 1024 for _, everything in runs)
    return Result(method, (Figure("window", "MB", window), Figure("all processes", "MB", together)))


def measure() -> tuple[int, int]:
    """Return the PSS in KiB of the window alone and of all its processes."""
    with open_window() as pid:
        time.sleep(IDLE_S)
        sizes = [pss(process) for process in family(pid)]
    if not sizes or not sizes[0]:
        raise CannotMeasure("the window ended before it was measured")
    return sizes[0], sum(sizes)


def family(pid: int) -> list[int]:
    """Return `pid` and every process below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def pss(pid: int) -> int:
    """Return a process' proportional set size in KiB, 0 when it is gone."""
    return _rolled_up(pid, "Pss:")


def own(pid: int) -> int:
    """Return what of a process' memory is its own in KiB, no file and no share of one; 0 when it is gone."""
    return _rolled_up(pid, "Anonymous:")


def _rolled_up(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
