# SPDX-License-Identifier: Apache-2.0
"""Reads the signed list of a version's files: strictly, so that even its signers could not write outside its folder."""

from __future__ import annotations

import lzma
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gems_desktop.adapters.bounded_json import loads
from gems_desktop.adapters.update_layout import PROGRAMS, is_version

FORMAT = 1
MAX_PACKED, MAX_PLAIN, MAX_MEMORY = 2_000_000, 16_000_000, 96 << 20  # bytes
MAX_FILES, MAX_FILE, MAX_ALL = 20_000, 1 << 30, 4 << 30
MAX_PATCHES = 8
MODES = {"644": 0o644, "755": 0o755}
_PATH = re.compile(r"[A-Za-z0-9_+@,=~()\[\] .-]{1,120}(/[A-Za-z0-9_+@,=~()\[\] .-]{1,120}){0,20}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.ASCII | re.IGNORECASE)


class BadIndex(ValueError):
    """The list is not one that is acted upon."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A way from a file with the hash `source` to the new one; size and sha256 of the patch itself."""

    source: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file: path within the version's folder, permissions, bytes, their hash; blob_size: packed, in bytes."""

    path: str
    mode: int
    size: int
    sha256: str
    blob_size: int
    patches: tuple[Patch, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """A version: its files, and its links as (path, target relative to the link's folder)."""

    version: str
    files: tuple[FileEntry, ...]
    links: tuple[tuple[str, str], ...] = ()

    @property
    def whole_size(self) -> int:
        """Bytes of all packed files, each content once."""
        return sum({entry.sha256: entry.blob_size for entry in self.files}.values())


def unpacked(body: bytes) -> bytes:
    """The list out of its xz, within bounds of size and memory; raises BadIndex."""
    try:
        reader = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MAX_MEMORY)
        plain = reader.decompress(body, max_length=MAX_PLAIN)
    except lzma.LZMAError as error:
        raise BadIndex("not xz") from error
    if not reader.eof or reader.unused_data:
        raise BadIndex("too large, cut off, or more than one")
    return plain


def parse(plain: bytes) -> Index:
    """The index in a JSON text; raises BadIndex."""
    try:
        body = loads(plain)
    except ValueError as error:
        raise BadIndex("not JSON") from error
    _keys(body, {"format", "version", "files", "links"})
    if body["format"] != FORMAT or not isinstance(body["version"], str) or not is_version(body["version"]):
        raise BadIndex("another format, or no version")
    files, links = (_rows(body[name]) for name in ("files", "links"))
    index = Index(body["version"], tuple(map(_file, files)), tuple(map(_link, links)))
    _check_tree(index)
    return index


def _rows(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MAX_FILES:
        raise BadIndex("no list, or too long")
    return value


def _keys(value: Any, names: set[str]) -> None:
    if not isinstance(value, dict) or set(value) != names:
        raise BadIndex("other fields than expected")


def _file(row: Any) -> FileEntry:
    _keys(row, {"path", "mode", "size", "sha256", "blob", "patches"})
    _keys(row["blob"], {"size"})
    mode = MODES.get(row["mode"]) if isinstance(row["mode"], str) else None
    if mode is None:
        raise BadIndex("unknown permissions")
    size = _number(row["size"], MAX_FILE)
    patches = _rows(row["patches"])
    if len(patches) > MAX_PATCHES:
        raise BadIndex("too many patches")
    blob = _number(
        row["blob"]["size"], size + size // 100 + 4_096
    )  # what cannot be packed grows this much at most
    return FileEntry(
        _path(row["path"]),
        mode,
        size,
        _sha256(row["sha256"]),
        blob,
        tuple(_patch(one, blob) for one in patches),
    )


def _patch(row: Any, most: int) -> Patch:
    _keys(row, {"from", "size", "sha256"})
    return Patch(_sha256(row["from"]), _number(row["size"], most), _sha256(row["sha256"]))


def _link(row: Any) -> tuple[str, str]:
    if not isinstance(row, list) or len(row) != 2 or not all(isinstance(one, str) for one in row):
        raise BadIndex("no link")
    return _path(row[0]), row[1]


def _number(value: Any, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise BadIndex("a size out of bounds")
    return value


def _sha256(value: Any) -> str:
    if not isinstance(value, str) or _SHA256.fullmatch(value) is None:
        raise BadIndex("no hash")
    return value


def _path(value: Any) -> str:
    """A relative path that means the same on every system."""
    if not isinstance(value, str) or _PATH.fullmatch(value) is None:
        raise BadIndex("a path of another form")
    for part in value.split("/"):
        if part in (".", "..") or part[-1] in ". " or part[0] == " " or _DEVICE.fullmatch(part):
            raise BadIndex("a path that means something else")
    return value


def _check_tree(index: Index) -> None:
    """No two names that a file system could take for one, nothing below a file or a link, links only to files."""
    paths = [entry.path for entry in index.files] + [path for path, _ in index.links]
    if len({path.casefold() for path in paths}) != len(paths):
        raise BadIndex("two files of one name")
    leaves = {path.casefold() for path in paths}
    folders: dict[str, str] = {}
    for folder in _folders(paths):
        if folders.setdefault(folder.casefold(), folder) != folder or folder.casefold() in leaves:
            raise BadIndex("two folders of one name, or a folder that is a file")
    files = {entry.path for entry in index.files}
    for path, target in index.links:
        leads = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if target.startswith("/") or "\\" in target or leads not in files:
            raise BadIndex("a link that leads elsewhere")
    if sum(entry.size for entry in index.files) > MAX_ALL:
        raise BadIndex("too large")
    sizes: dict[str, tuple[int, int]] = {}
    for entry in index.files:
        if sizes.setdefault(entry.sha256, (entry.size, entry.blob_size)) != (entry.size, entry.blob_size):
            raise BadIndex("one content of two sizes")
    if not any(entry.path in PROGRAMS and entry.mode & 0o100 for entry in index.files):
        raise BadIndex("no program")


def _folders(paths: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        while path := path.rpartition("/")[0]:
            found.add(path)
    return found
