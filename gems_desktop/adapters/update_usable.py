# SPDX-License-Identifier: Apache-2.0
"""What a start says to the launcher: that this version became usable, or that it was no start of its own."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from gems_desktop.adapters.update_layout import (
    CURRENT,
    PREVIOUS,
    PROGRAMS,
    TRIAL,
    Layout,
    here,
    is_version,
    order,
    write_whole,
)

_held: list[int] = []  # open while this process lives


def mark_usable() -> None:
    """Say that this version works: the trial ends, and what is older than the previous version goes.

    Called once the window is usable, off the loop: it may delete hundreds of files. Never raises for a disk.
    """
    layout, running = here()
    if layout is not None:
        settle(layout, running)


def uncount_start() -> None:
    """Say that this start opened no window, for a reason that says nothing about the version."""
    layout, running = here()
    if layout is not None:
        uncount(layout, running, os.getpid())


def uncount(layout: Layout, running: str, process: int) -> None:
    """See `uncount_start`; process: as the launcher noted it, since it became this program."""
    path, mine = layout.root / TRIAL, str(process).encode()
    with suppress(OSError):
        noted = path.read_bytes().split()
        if mine in noted and running == layout.name(CURRENT):
            noted.remove(mine)
            write_whole(path, b"".join(one + b"\n" for one in noted))


def settle(layout: Layout, running: str) -> None:
    """See `mark_usable`."""
    with suppress(OSError):
        _hold(layout, running)
        if running == layout.name(CURRENT):
            (layout.root / TRIAL).unlink(missing_ok=True)
            clean(layout, running)


def clean(layout: Layout, running: str) -> None:
    """Remove versions that neither start nor run nor are gone back to, and what is left of downloads of those."""
    wanted = {layout.name(CURRENT), layout.name(PREVIOUS), running}
    with suppress(OSError):
        for path in list(layout.versions.iterdir()):
            part = path.name.startswith(".") and path.name.endswith((".part", ".blobs"))
            name = path.name[1:].rpartition(".")[0] if part else path.name
            if not is_version(name) or not path.is_dir() or path.is_symlink():
                continue
            if part:  # what was not finished is of use only for a version that may still come
                over = name in wanted | layout.refused() or order(name) <= order(running)
            else:
                over = name not in wanted and not _runs(path)
            if over:
                _remove(layout, path, name)


def _remove(layout: Layout, path: Path, name: str) -> None:
    """A version that is half removed must not bear its name, so it loses that first."""
    if path.name == name:
        shutil.rmtree(layout.part(name), ignore_errors=True)
        path = path.rename(layout.part(name))
    shutil.rmtree(path, ignore_errors=True)


if sys.platform == "win32":

    def _hold(layout: Layout, running: str) -> None:
        """A program that runs cannot be deleted there."""

    def _runs(version: Path) -> bool:
        return False

else:
    import fcntl

    def _hold(layout: Layout, running: str) -> None:
        """Hold the program of this version, so that another window does not remove what is still loaded from."""
        for program in PROGRAMS:
            with suppress(OSError):  # not every file system has locks
                handle = os.open(layout.folder(running) / program, os.O_RDONLY)
                _held.append(handle)
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def _runs(version: Path) -> bool:
        """Whether a window runs from a version."""
        for program in PROGRAMS:
            with suppress(FileNotFoundError), (version / program).open("rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    return True
        return False
