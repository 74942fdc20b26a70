# SPDX-License-Identifier: Apache-2.0
"""A built folder as an update: its list of files, each packed once under its hash, and patches from earlier ones.

The same folder gives the same bytes, whoever packs it.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import stat
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_desktop.adapters.update_index import FORMAT, MAX_PATCHES, Index, parse, unpacked
from gems_desktop.adapters.update_patch import LARGEST, make

#: x86-64 and x86 as ELF files name them.
X86_MACHINES = (b"\x3e\x00", b"\x03\x00")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where an older content of a path is found: a file, or its packed form in the repository."""

    sha256: str
    path: Path
    packed: bool
    size: int

    def content(self) -> bytes:
        """Its bytes."""
        return lzma.decompress(self.path.read_bytes()) if self.packed else self.path.read_bytes()


def pack(content: bytes) -> bytes:
    """A file's packed form: xz, for programs and libraries of x86 with the filter for its machine code."""
    dictionary = max(4_096, min(len(content), 64 << 20))
    filters: list[dict[str, int]] = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": dictionary}]
    if (content[:4] == b"\x7fELF" and content[18:20] in X86_MACHINES) or content[:2] == b"MZ":
        filters.insert(0, {"id": lzma.FILTER_X86})
    return lzma.compress(content, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=filters)


def add_files(
    targets: Path, built: Path, version: str, earlier: Iterable[Path] = (), before: Index | None = None
) -> bytes:
    """Write the blobs and patches of `built` below `targets` and return its index, packed.

    earlier: folders of older builds. before: the index of the release that is published now, whose contents are in
    the repository. Raises BadIndex for a folder that no client would install.
    """
    folders = list(earlier)
    paths = sorted(path for path in built.rglob("*") if path.is_symlink() or not path.is_dir())
    links = [[_name(path, built), os.readlink(path)] for path in paths if path.is_symlink()]
    for name in ("blobs", "patches"):
        (targets / name).mkdir(parents=True, exist_ok=True)

    def row(path: Path) -> dict[str, Any]:
        return _row(targets, path, _name(path, built), _earlier(targets, _name(path, built), folders, before))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        files = list(pool.map(row, (path for path in paths if not path.is_symlink())))
    body = {"format": FORMAT, "version": version, "files": files, "links": links}
    plain = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    parse(plain)
    return lzma.compress(plain, lzma.FORMAT_XZ, lzma.CHECK_CRC32, 9 | lzma.PRESET_EXTREME)


def read_index(path: Path) -> Index:
    """The index in a file."""
    return parse(unpacked(path.read_bytes()))


def _row(targets: Path, path: Path, name: str, earlier: list[Earlier]) -> dict[str, Any]:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    blob = targets / "blobs" / f"{digest}.xz"
    if not blob.exists():
        _write(blob, pack(content))
    size = blob.stat().st_size
    patches: list[dict[str, Any]] = []
    for old in earlier:
        small = old.size <= LARGEST and len(content) <= LARGEST  # larger files are always fetched whole
        if old.sha256 != digest and small and len(patches) < MAX_PATCHES:
            patch = targets / "patches" / f"{old.sha256}-{digest}.zst"
            made = patch.read_bytes() if patch.exists() else make(old.content(), content)
            if len(made) < size:
                _write(patch, made)
                row = {"from": old.sha256, "size": len(made), "sha256": hashlib.sha256(made).hexdigest()}
                patches.append(row)
    mode = "755" if path.stat().st_mode & stat.S_IXUSR else "644"
    size_of = {"size": size}
    return {
        "path": name,
        "mode": mode,
        "size": len(content),
        "sha256": digest,
        "blob": size_of,
        "patches": patches,
    }


def _earlier(targets: Path, name: str, folders: list[Path], before: Index | None) -> list[Earlier]:
    """Older contents of the same path, each once."""
    found: dict[str, Earlier] = {}
    for entry in before.files if before else ():
        blob = targets / "blobs" / f"{entry.sha256}.xz"
        if entry.path == name and blob.exists():
            found[entry.sha256] = Earlier(entry.sha256, blob, True, entry.size)
    for path in (folder / name for folder in folders):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found.setdefault(digest, Earlier(digest, path, False, path.stat().st_size))
    return list(found.values())


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)
