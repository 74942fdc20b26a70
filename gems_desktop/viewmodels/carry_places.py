# SPDX-License-Identifier: Apache-2.0
"""Where carry files are looked for: sticks that are plugged in and the own documents; read off the Qt thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo

from gems_desktop.viewmodels.words import clock_time, size
from gems_protocol.carry import MAX_FILE, OUT, REPLY
from gems_protocol.text import line

FILE, ANSWER = ".gems-carry", ".gems-reply"
_MOST_FILES, _MOST_SEEN, _MOST_PLACES = 50, 5_000, 6
_MOUNTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_FAR = (b"nfs", b"nfs4", b"cifs", b"smb3", b"smbfs", b"sshfs", b"fuse.sshfs", b"autofs")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder by the name that people know it by; name "": the own documents."""

    name: str
    folder: str


@dataclass(frozen=True, slots=True)
class CarryRow:
    """A file on the stick; kind: file | reply."""

    name: str
    path: str
    kind: str
    about: str


def places() -> tuple[Place, ...]:
    """The sticks that are plugged in, then the documents."""
    found = [
        Place(line(volume.displayName() or volume.rootPath(), 40), volume.rootPath())
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _is_stick(volume)
    ]
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = documents if Path(documents).is_dir() else str(Path.home())
    return (*found[: _MOST_PLACES - 1], Place("", folder))


def _is_stick(volume: QStorageInfo) -> bool:
    """Whether a volume is neither the system's own nor on another computer."""
    if bytes(volume.fileSystemType().data()) in _FAR:
        return False
    root = volume.rootPath()
    if os.name == "nt":
        return not root.upper().startswith(os.environ.get("SYSTEMDRIVE", "C:").upper())
    return root.startswith(_MOUNTS)


def files_in(folder: str) -> tuple[CarryRow, ...]:
    """The carry files and replies in a folder, the newest first; none where it cannot be read."""
    found: list[tuple[float, CarryRow]] = []
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(_MOST_SEEN), entries, strict=False):
                if entry.name.endswith((FILE, ANSWER)) and entry.is_file():
                    row = _row(entry)
                    found += [(entry.stat().st_mtime, row)] if row is not None else []
    except OSError:
        return ()
    newest = sorted(found, key=lambda pair: pair[0], reverse=True)[:_MOST_FILES]
    return tuple(row for _, row in newest)


def _row(entry: os.DirEntry[str]) -> CarryRow | None:
    told = entry.stat()
    if told.st_size > MAX_FILE:
        return None
    with open(entry.path, "rb") as file:
        head = file.read(len(REPLY))
    if not head.startswith((OUT, REPLY)):
        return None
    kind = "file" if head.startswith(OUT) else "reply"
    about = f"{clock_time(int(told.st_mtime))}, {size(told.st_size)}"
    return CarryRow(line(entry.name, 80), entry.path, kind, about)
