# SPDX-License-Identifier: Apache-2.0
"""The second copy of what must never be lost: append-only files of edits, answers, sealed batches and vouchers.

Each entry is framed by its length and SHA-256 and fsynced before the database commits, so that a damaged
database can be brought up to date from it. A torn last entry is cut off at the next start. Rows are held as the
database holds them, sealed columns included. A part that is full is put aside under a number; it goes when two
backups hold all of it (`store_backup`).
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gems_desktop.adapters.store_files import StoreFiles

Entry = dict[str, Any]
PART_BYTES = 8_000_000  # a part this long is put aside at the next backup
_HEAD = struct.Struct(">I32s")
_MAX_ENTRY = 64_000_000  # a sealed batch is at most 32 MB of JSON, a third more when it is sealed
_BEGINS = b'{"table":'
_PART = re.compile(r"journal-([0-9]{6})\.bin", re.ASCII)


class Journal:
    """The open journal of one profile; used from the store's thread only."""

    def __init__(self, folder: Path, files: StoreFiles) -> None:
        """Open or make it, cutting off what a power cut left half-written; raises OSError."""
        self._folder, self._files = folder, files
        self._path = folder / "journal.bin"
        files.create(self._path)
        end = max((after for after, _ in _entries(self._path.read_bytes())), default=0)
        self._size = files.size(self._path)
        if end != self._size:
            self.cut(end)

    @property
    def size(self) -> int:
        """Bytes in the part that is written on."""
        return self._size

    def append(self, entries: list[Entry]) -> None:
        """Write `entries` durably, all or (after OSError) none."""
        start = self._size
        data = b"".join(_framed(entry) for entry in entries)
        try:
            self._files.write(self._path, data)
            self._files.sync(self._path)
        except OSError:
            self.cut(start)
            raise
        self._size = start + len(data)

    def cut(self, size: int) -> None:
        """Take back what was appended beyond `size`."""
        try:
            self._files.truncate(self._path, size)
        finally:
            self._size = self._files.size(self._path)

    def entries(self) -> list[Entry]:
        """Everything that is whole in all parts, oldest first."""
        paths = [*(path for _, path in parts_of(self._folder)), self._path]
        return [entry for path in paths for _, entry in _entries(path.read_bytes())]

    def put_aside(self, number: int) -> None:
        """Go on in an empty part; the present one keeps `number`."""
        self._files.replace(self._path, self._folder / f"journal-{number:06}.bin")
        self._files.create(self._path)
        self._files.sync_folder(self._folder)
        self._size = 0

    def rewrite(self, change: Callable[[Entry], Entry]) -> None:
        """Replace every entry of every part by `change` of it, each part whole or not at all."""
        for path in (*(path for _, path in parts_of(self._folder)), self._path):
            old = path.read_bytes()
            entries = [entry for _, entry in _entries(old)]
            data = b"".join(_framed(change(entry)) for entry in entries)
            if data != old:
                fresh = path.with_name(path.name + ".new")
                self._files.unlink(fresh)
                self._files.write(fresh, data)
                self._files.sync(fresh)
                self._files.replace(fresh, path)
                self._files.sync_folder(self._folder)
        self._size = self._files.size(self._path)


def parts_of(folder: Path) -> list[tuple[int, Path]]:
    """The parts that were put aside, oldest first, with their numbers."""
    found = ((_PART.fullmatch(path.name), path) for path in folder.glob("journal-*.bin"))
    return sorted((int(match[1]), path) for match, path in found if match)


def _framed(entry: Entry) -> bytes:
    body = json.dumps(entry, separators=(",", ":")).encode()
    return _HEAD.pack(len(body), hashlib.sha256(body).digest()) + body


def _entries(data: bytes) -> Iterator[tuple[int, Entry]]:
    """(offset after it, entry) of everything whole; what is damaged in between is stepped over."""
    at = 0
    while at + _HEAD.size <= len(data):
        length, digest = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size
        body = data[start : start + length] if length <= _MAX_ENTRY else b""
        if body and hashlib.sha256(body).digest() == digest:
            at = start + length
            yield at, json.loads(body)
        else:
            following = data.find(_BEGINS, start + 1)
            if following < 0:
                return
            at = following - _HEAD.size
