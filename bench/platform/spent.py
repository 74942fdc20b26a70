# SPDX-License-Identifier: Apache-2.0
"""CPU seconds of a process and of those that it began, as the kernel counts them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu(pids: Iterable[int]) -> float:
    """Seconds that these processes, their children that run and those that ended have computed."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended
            parents[int(folder.name)] = int(fields[1])
            used[int(folder.name)] = sum(int(field) for field in fields[11:15]) / _TICKS
    wanted = set(pids)
    size = 0
    while size != len(wanted):
        size = len(wanted)
        wanted |= {pid for pid, parent in parents.items() if parent in wanted}
    return sum(used.get(pid, 0.0) for pid in wanted)
