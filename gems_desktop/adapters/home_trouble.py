# SPDX-License-Identifier: Apache-2.0
"""Why the folder of a profile cannot be used: found out by trying, once something there has failed.

"Cannot be read or written" helps nobody; read-only, full, somebody else's, too long or without locks does.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from gems_desktop.hardening import NO_LINK
from gems_desktop.services.errors import DiskFull, StoreUnreadable

#: SQLite takes no longer path; its own files beside the database have a few letters more
LONGEST_PATH = 500  # bytes
_TRIED = 16_384  # bytes: a disk with less room than this is full
_ELSEWHERE = "Start with --home and a folder on a disk of this computer, or make this one usable."


class FolderUnusable(StoreUnreadable):
    """The profile's folder cannot be used, and it is known why."""

    def __init__(self, what: str, folder: Path, action: str = _ELSEWHERE) -> None:
        super().__init__()
        shown = "".join(sign if sign.isprintable() else "?" for sign in str(folder))
        self.message = f"{what}: {shown if len(shown) <= 120 else '…' + shown[-119:]}"
        self.action = action


_BY_NUMBER = {
    errno.EROFS: "The folder of Gems is on a disk that can only be read",
    errno.EACCES: "The folder of Gems belongs to somebody else",
    errno.EPERM: "The folder of Gems belongs to somebody else",
    errno.ENAMETOOLONG: "The path of Gems' folder is too long",
    errno.ENOTDIR: "There is a file where the folder of Gems should be",
    errno.EEXIST: "There is a file where the folder of Gems should be",
}
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


def why(folder: Path) -> StoreUnreadable | DiskFull:
    """The fault to show for a profile in `folder` that could not be opened; leaves nothing behind."""
    if len(os.fsencode(folder / "gems.db")) > LONGEST_PATH:
        return FolderUnusable(_BY_NUMBER[errno.ENAMETOOLONG], folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_and_rename(folder)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFull()
        what = _BY_NUMBER.get(error.errno or 0)
        return StoreUnreadable() if what is None else FolderUnusable(what, folder)
    try:
        _lock(folder)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            what = "The disk of Gems' folder keeps no locks, so two windows could spoil each other's work"
            return FolderUnusable(what, folder)
    return StoreUnreadable()


def _write_and_rename(folder: Path) -> None:
    tried = folder / f".tried-{secrets.token_hex(4)}"
    other = tried.with_suffix(".renamed")
    try:
        handle = os.open(tried, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(_TRIED))
            file.flush()
            os.fsync(file.fileno())
        os.replace(tried, other)
    finally:
        for one in (tried, other):
            with contextlib.suppress(OSError):
                one.unlink()


def _lock(folder: Path) -> None:
    if os.name == "nt":
        return
    import fcntl

    place = folder / "lock"
    if not place.exists():
        return
    with open(place, "a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
