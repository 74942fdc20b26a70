# SPDX-License-Identifier: Apache-2.0
"""Makes the next start a cold one: the system's page cache is dropped, or the program's own files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_DROP = Path("/proc/sys/vm/drop_caches")


def how() -> str:
    """In words, for the method."""
    if os.access(_DROP, os.W_OK):
        return "page cache, folders and files' facts dropped (/proc/sys/vm/drop_caches)"
    return "the program's own files taken out of the page cache (posix_fadvise), the system's left"


def make_cold(folders: Iterable[Path]) -> None:
    """Forget what was read of files; `folders` are those of the program."""
    os.sync()
    if os.access(_DROP, os.W_OK):
        _DROP.write_text("3")
        return
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                forget(path)


def forget(path: Path) -> None:
    """Take one file out of the page cache, as far as no process has it mapped."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
