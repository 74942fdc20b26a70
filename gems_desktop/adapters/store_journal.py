# SPDX-License-Identifier: Apache-2.0
"""The second copy of what must never be lost: an append-only file of answers, sealed batches and vouchers.

Each entry is framed by its length and SHA-256 and fsynced before the database commits, so that a damaged
database can be brought up to date from it. A torn last entry is cut off at the next start.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HEAD = struct.Struct(">I32s")
_MAX_ENTRY = 16_000_000  # a sealed batch is at most 8 MB of JSON


class Journal:
    """One open journal file; used from the store's thread only."""

    def __init__(self, path: Path) -> None:
        """Open or make it, cutting off what a power cut left half-written; raises OSError."""
        self._path = path
        self._file = open(path, "a+b", buffering=0)  # noqa: SIM115 - lives as long as the store
        end = max((after for after, _ in _entries(path)), default=0)
        if end != os.fstat(self._file.fileno()).st_size:
            self._file.truncate(end)
            os.fsync(self._file.fileno())

    def append(self, entries: list[dict[str, Any]]) -> None:
        """Write `entries` durably, all or (after OSError) none."""
        start = os.fstat(self._file.fileno()).st_size
        try:
            for entry in entries:
                body = json.dumps(entry, separators=(",", ":")).encode()
                rest = memoryview(_HEAD.pack(len(body), hashlib.sha256(body).digest()) + body)
                while rest:
                    rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError:
            os.ftruncate(self._file.fileno(), start)
            raise

    def entries(self) -> list[dict[str, Any]]:
        """Everything that is whole, oldest first."""
        return [entry for _, entry in _entries(self._path)]

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _entries(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with open(path, "rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            length, digest = _HEAD.unpack(head)
            body = file.read(length) if length <= _MAX_ENTRY else b""
            if len(body) != length or hashlib.sha256(body).digest() != digest:
                return
            yield file.tell(), json.loads(body)
