# SPDX-License-Identifier: Apache-2.0
"""A report about a fault that somebody may choose to send: versions, places in our code, findings; nothing of theirs.

It holds no path, address, name, answer, amount or secret: only what the log may hold (startup_log), and the places of
the fault. It is written to a file and sent nowhere.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from gems_desktop import __version__
from gems_desktop.startup_log import NAME as LOG
from gems_desktop.startup_log import places

FOLDER = "reports"
KEPT = 10  # reports in a folder; the oldest give way
LOG_LINES = 120
_LINE = 300  # characters of one line; ours are shorter


def compose(
    fault: BaseException | None, folder: Path, *, crash: Sequence[str] = (), now: float | None = None
) -> str:
    """The text of a report about `fault`, or about nothing in particular; crash: the lines of `native.last`."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    lines = [f"Gems report of {stamp}", *_versions(), ""]
    lines += ["What happened:", *(places(fault) if fault is not None else ["  no fault was caught"]), ""]
    if crash:
        lines += ["How the last run ended:", *(f"  {line}" for line in crash), ""]
    lines += ["The end of the log:", *(f"  {line}" for line in _log(folder))]
    return "\n".join(line[:_LINE] for line in lines) + "\n"


def _versions() -> list[str]:
    qt = getattr(sys.modules.get("PySide6"), "__version__", "not loaded")
    renderer = os.environ.get("QT_QUICK_BACKEND") or "gpu"
    return [
        f"Gems {__version__}, Python {platform.python_version()}, PySide6 {qt}",
        f"{sys.platform} {platform.machine()}, renderer {renderer}, {os.cpu_count()} processors",
    ]


def _log(folder: Path) -> list[str]:
    """The last lines of the profile's log, which is written from a list of what may stand in it."""
    try:
        text = (folder / LOG).read_text("utf-8", "replace")
    except OSError:
        return []
    return text.splitlines()[-LOG_LINES:]


def save(folder: Path, text: str) -> Path:
    """Write `text` among the profile's reports, for its owner only; the file. Raises OSError."""
    reports = folder / FOLDER
    reports.mkdir(mode=0o700, exist_ok=True)
    seconds, rest = divmod(time.time_ns(), 10**9)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(seconds))
    file = reports / f"gems-report-{stamp}-{rest:09}.txt"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    for old in sorted(reports.glob("gems-report-*.txt"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return file
