# SPDX-License-Identifier: Apache-2.0
"""Where profiles live on this computer, and the lock that lets one instance at a time use one."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import IO

from gems_desktop.services.errors import ProfileInUse, StoreUnreadable

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}", re.ASCII)
#: what Windows takes for a device, in every folder; a profile moves between computers, so nowhere
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.ASCII)


def data_home() -> Path:
    """The folder of all profiles: GEMS_HOME, else what the system provides for application data."""
    own = os.environ.get("GEMS_HOME")
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "gems"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "gems"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "gems"


def is_name(name: str) -> bool:
    """Whether this can be a profile's folder: small letters, digits, - and _, and no device of Windows."""
    return _NAME.fullmatch(name) is not None and _DEVICES.fullmatch(name) is None


def profile_folder(name: str, home: Path | None = None) -> Path:
    """The folder of the profile `name` (small letters, digits, - and _), made for its owner only."""
    if not is_name(name):
        raise StoreUnreadable
    folder = (home or data_home()) / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnreadable from error
    return folder


#: what a lock says that somebody has; anything else is a disk that keeps no locks
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class ProfileLock:
    """Held while a profile is open; the system lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises ProfileInUse when another instance has it."""
        try:
            self._file: IO[bytes] = open(folder / "lock", "a+b")  # noqa: SIM115 - held until release
        except OSError as error:
            raise StoreUnreadable from error
        try:
            _take(self._file)
        except OSError as error:
            self._file.close()
            raise (ProfileInUse if error.errno in _TAKEN else StoreUnreadable) from error

    def release(self) -> None:
        """Let go."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
