# SPDX-License-Identifier: Apache-2.0
"""The file of a backup: a tar packed with zstd, with what is in it and each part's SHA-256 at its end."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from backports import zstd

from gems_platform.operating.faults import bad_backup, refused

MANIFEST = "manifest.json"
FORMAT = 1
_MOST_MANIFEST = 16_000_000
_PIECE = 1 << 20
_MOST_HEADER = 65_536  # bytes of a header that goes on: the reader takes all of it into memory
_FREE, _RATIO = (
    1 << 30,
    1_000,
)  # bytes that may come of each packed one, beyond the first: rows pack to a fiftieth
_GOES_ON = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file in it; `rows` of a table, 0 of what is none."""

    sha256: str
    size: int
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of. taken_at: Unix seconds of the moment that it shows; hub and contracts: lowercase 0x-hex."""

    taken_at: int
    version: str
    engine: str
    chain_id: int
    channels: str
    campaigns: str
    hub: str
    hub_payer: str
    media: int
    media_bytes: int
    with_media: bool
    parts: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """Writes parts one after the other; the file has its name only once it is whole and on the disk."""

    def __init__(self, path: Path) -> None:
        """Raises CannotOperate when there is a file already, or none can be written."""
        if path.exists():
            raise refused(f"{path} is there already.", "Name another file: a backup is never written over.")
        self.path, self._part = path, path.with_name(path.name + ".part")
        self.parts: dict[str, Part] = {}
        try:
            handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.fchmod(handle, 0o600)
        except OSError as error:
            raise refused(f"{path} cannot be written.", "Name a file in a folder of yours.") from error
        self._raw = os.fdopen(handle, "wb")
        self._packed = zstd.ZstdFile(self._raw, "wb", level=6)
        self._tar = tarfile.open(fileobj=self._packed, mode="w|")  # noqa: SIM115  # closed by `finish`

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if not self._raw.closed:  # cut off: what was written goes
            with suppress(OSError):
                self._tar.close()
                self._packed.close()
            self._raw.close()
        with suppress(FileNotFoundError):
            self._part.unlink()

    def add(self, name: str, pieces: Iterable[bytes], rows: int | None = None) -> None:
        """Add a part. rows: how many, or None to count the lines but the first."""
        digest, lines = hashlib.sha256(), 0
        with tempfile.TemporaryFile(dir=self.path.parent) as spool:
            for piece in pieces:
                digest.update(piece)
                lines += 1
                spool.write(piece)
            size = spool.tell()
            spool.seek(0)
            self._put(name, spool, size)
        self.parts[name] = Part(digest.hexdigest(), size, lines - 1 if rows is None else rows)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, sync, read everything again, and give the file its name."""
        body = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        self._put(MANIFEST, io.BytesIO(body), len(body))
        self._tar.close()
        self._packed.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._raw.close()
        check(self._part)
        os.link(self._part, self.path)  # fails rather than writes over what came in the meantime
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _put(self, name: str, content: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, content)


def check(path: Path) -> Manifest:
    """What a backup is of, once every byte of it was compared with it; raises BadBackup."""
    seen: dict[str, Part] = {}
    manifest: Manifest | None = None
    with parts_of(path) as found:
        for name, content in found:
            if manifest is not None:
                raise bad_backup(f"{path.name} goes on behind its end.")
            if name == MANIFEST:
                manifest = _manifest(content.read(_MOST_MANIFEST), path)
                continue
            digest, size, lines = hashlib.sha256(), 0, 0
            while piece := content.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                lines += piece.count(b"\n")
            rows = lines - 1 if name.startswith("tables/") else 0
            seen[name] = Part(digest.hexdigest(), size, rows)
    if manifest is None:
        raise bad_backup(f"{path.name} is cut off: its end is missing.")
    if manifest.parts != seen:
        wrong = sorted(
            name for name in manifest.parts.keys() | seen.keys() if manifest.parts.get(name) != seen.get(name)
        )
        raise bad_backup(f"{path.name} is damaged: {wrong[0]} is not what was written.")
    return manifest


class _Entry(tarfile.TarInfo):
    """An entry whose header is no longer than a backup's are."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """See TarInfo; raises TarError."""
        found = super().frombuf(buf, encoding, errors)
        if found.type in _GOES_ON and found.size > _MOST_HEADER:
            raise tarfile.ReadError("a header without end")
        return found


class _Unpacked:
    """What a packed file holds, as long as that is no more than a backup's bytes can hold."""

    def __init__(self, raw: IO[bytes], packed: zstd.ZstdFile) -> None:
        self._raw, self._packed, self._size = raw, packed, 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; raises TarError."""
        found = self._packed.read(size)
        self._size += len(found)
        if self._size > _FREE + _RATIO * self._raw.tell():
            raise tarfile.ReadError("more than it can hold")
        return found


@contextmanager
def parts_of(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The parts by name, in their order, each read before the next; raises BadBackup."""

    def each(opened: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
        for entry in opened:
            content = opened.extractfile(entry) if entry.isreg() and not entry.issparse() else None
            if content is None:
                raise bad_backup(f"{path.name} holds what no backup holds.")
            yield entry.name, content

    try:
        with (
            path.open("rb") as raw,
            zstd.ZstdFile(raw) as packed,
            tarfile.open(
                fileobj=cast(IO[bytes], _Unpacked(raw, packed)), mode="r|", tarinfo=_Entry
            ) as opened,
        ):
            yield each(opened)
    except (OSError, EOFError, tarfile.TarError, zstd.ZstdError) as error:
        raise bad_backup(f"{path.name} cannot be read: it is no backup, or it is damaged.") from error


def _manifest(raw: bytes, path: Path) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(raw)
        if told["format"] != FORMAT:
            raise bad_backup(f"{path.name} is of another kind of backup.", "Use the program that made it.")
        return Manifest(**{**told, "parts": {name: Part(**part) for name, part in told["parts"].items()}})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise bad_backup(f"The list of what is in {path.name} cannot be read.") from error
