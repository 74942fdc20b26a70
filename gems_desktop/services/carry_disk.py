# SPDX-License-Identifier: Apache-2.0
"""Carry files on a stick: written wholly or not at all, read within bounds."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from gems_desktop.services.carry_errors import FileUnreadable, OtherFileThere, StickUnwritable
from gems_protocol.carry import MAX_FILE, OUT, REPLY

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_whole(path: Path, data: bytes) -> None:
    """Write, flush to the medium, then name it; raises StickUnwritable, OtherFileThere and leaves no half file."""
    _check_free(path)
    part = ""
    try:
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with open(handle, "wb") as file:
            file.write(data)
            _to_medium(file)
        os.chmod(part, 0o644)  # whoever carries it has to be able to read it; it is sealed
        _give_name(part, path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(part)
        raise StickUnwritable(error.errno in _FULL) from error
    _flush_folder(path.parent)


def read_bounded(path: Path) -> bytes:
    """The bytes of a file, one more than any carry file has at most; raises FileUnreadable."""
    try:
        with open(path, "rb") as file:
            return file.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        raise FileUnreadable from error


def _check_free(path: Path) -> None:
    """Raise OtherFileThere where something has this name that is no carry file."""
    try:
        with open(path, "rb") as file:
            if not file.read(len(REPLY)).startswith((OUT, REPLY)):
                raise OtherFileThere
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise StickUnwritable(False) from error


def _to_medium(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _give_name(part: str, path: Path) -> None:
    os.replace(part, path)


def _flush_folder(folder: Path) -> None:
    """Make the name itself durable, where the system can."""
    if os.name != "posix":
        return
    with suppress(OSError):  # not every file system of a stick knows this
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
