# SPDX-License-Identifier: Apache-2.0
"""Every file operation of the store besides SQLite's own, so that a test can record, refuse or cut each of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gems_desktop.hardening import NO_LINK

_OWNER = 0o600
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_APPEND |= NO_LINK
_PIECE = 1 << 20


class StoreFiles:
    """Files of one profile, readable by their owner only; used under the store's locks. All raise OSError."""

    def __init__(self) -> None:
        self._handles: dict[Path, int] = {}

    def create(self, path: Path) -> bool:
        """Have an empty file at `path` if there is none, its name durable; whether it was made."""
        if path.exists():
            return False
        self.write(path, b"")
        self.sync(path)
        self.release(path)  # POSIX: closing any handle of a file takes SQLite's locks on it away
        self.sync_folder(path.parent)
        return True

    def write(self, path: Path, data: bytes) -> None:
        """Append `data`, making the file if need be; durable only after `sync`."""
        handle = self._handle(path)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def sync(self, path: Path) -> None:
        """Wait until what was written to `path` is on the medium."""
        full_sync(self._handle(path))

    def truncate(self, path: Path, size: int) -> None:
        """Cut the file to `size` bytes, durably."""
        os.ftruncate(self._handle(path), size)
        full_sync(self._handle(path))

    def size(self, path: Path) -> int:
        """Bytes in the file."""
        return path.stat().st_size

    def replace(self, old: Path, new: Path) -> None:
        """Rename over whatever is there; durable after `sync_folder`."""
        self.release(old)
        self.release(new)
        os.replace(old, new)

    def unlink(self, path: Path) -> None:
        """Remove the file if it is there; durable after `sync_folder`."""
        self.release(path)
        path.unlink(missing_ok=True)

    def copy(self, source: Path, target: Path) -> None:
        """Make `target` a durable copy of `source`."""
        self.unlink(target)
        with open(source, "rb") as file:
            while piece := file.read(_PIECE):
                self.write(target, piece)
        self.sync(target)
        self.release(target)
        self.sync_folder(target.parent)

    def sync_folder(self, folder: Path) -> None:
        """Make names made, changed or removed in `folder` durable; Windows has no such call and needs none."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def release(self, path: Path) -> None:
        """Close the handle that is kept for `path`, if there is one."""
        handle = self._handles.pop(path, None)
        if handle is not None:
            os.close(handle)

    def close(self) -> None:
        """Close every handle."""
        for path in tuple(self._handles):
            self.release(path)

    def _handle(self, path: Path) -> int:
        if path not in self._handles:
            self._handles[path] = os.open(path, _APPEND, _OWNER)
        return self._handles[path]


def full_sync(handle: int) -> None:
    """fsync, and on macOS the drive's own cache too."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def owners_only(folder: Path) -> None:
    """Take the rights of everybody else away from a profile's folder and what lies directly in it."""
    if os.name == "nt":
        return
    os.chmod(folder, 0o700)
    with os.scandir(folder) as found:
        for entry in found:
            if not entry.is_symlink():
                wanted = 0o700 if entry.is_dir(follow_symlinks=False) else _OWNER
                if entry.stat(follow_symlinks=False).st_mode & 0o777 != wanted:
                    os.chmod(entry.path, wanted)
