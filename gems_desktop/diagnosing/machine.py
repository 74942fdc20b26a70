# SPDX-License-Identifier: Apache-2.0
"""Whether this computer has what Gems needs: versions, screen, memory, keyring, and what opens pictures and sound."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from gems_desktop import __version__
from gems_desktop.diagnosing.finding import Finding, bad, good, note

PYTHONS = ((3, 11), (3, 13))
LOW_MEMORY_MB = 300  # what the window takes with tasks of pictures
_ANSWERS_S = 10  # loading the libraries takes one or two on a slow disk
_MEMINFO = Path("/proc/meminfo")


def examine() -> Iterator[Finding]:
    """All findings about the machine; starts one decode worker and ends it."""
    yield from _versions()
    yield _screen()
    yield from _memory(_MEMINFO)
    yield _keyring()
    yield _decoder()
    yield _sound()


def _versions() -> Iterator[Finding]:
    python = platform.python_version()
    try:
        from PySide6.QtCore import qVersion

        qt = qVersion()
    except ImportError:
        yield bad("qt_missing")
        qt = "-"
    yield good(
        "versions", gems=__version__, python=python, qt=qt, system=f"{sys.platform} {platform.machine()}"
    )
    if not PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        yield bad("python_old", python=python)


def _screen() -> Finding:
    from gems_desktop.hardening import choose_renderer

    shown = sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
    if not shown:
        return note("no_display")
    return good("gpu" if choose_renderer(dict(os.environ)) == "gpu" else "software")


def _memory(meminfo: Path) -> Iterator[Finding]:
    """Linux says what is free; elsewhere nothing is said."""
    try:
        lines = meminfo.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        if line.startswith("MemAvailable:"):
            free = int(line.split()[1]) // 1024
            yield (
                note("memory_low", megabytes=free) if free < LOW_MEMORY_MB else good("memory", megabytes=free)
            )


def _keyring() -> Finding:
    from gems_desktop.signer.key_box import SystemKeyBox

    return good("keyring") if SystemKeyBox().available() else note("no_keyring")


def _decoder() -> Finding:
    """Start a worker; it tells when it is ready."""
    from gems_desktop.decoding.process import WorkerLost, WorkerProcess

    try:
        WorkerProcess().stop()
    except (OSError, WorkerLost):
        return bad("no_decoder")
    return good("decoder")


def _sound() -> Finding:
    """Ask the worker for sound and film about a file that is not there: without its libraries it says that first."""
    from gems_desktop.decoding.process import FILM, WorkerLost, WorkerProcess

    try:
        worker = WorkerProcess(FILM)
        try:
            answer, _ = worker.ask({"op": "probe", "sha256": "0" * 64, "path": ""}, b"", _ANSWERS_S)
        finally:
            worker.stop()
    except (OSError, WorkerLost):
        return note("no_sound")
    return note("no_sound") if answer.get("error") == "no_library" else good("sound")
