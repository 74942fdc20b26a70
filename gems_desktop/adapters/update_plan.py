# SPDX-License-Identifier: Apache-2.0
"""How a version is put together with the fewest bytes: what is here already, what a patch leads to, what is fetched."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gems_desktop.adapters.update_index import FileEntry, Index, Patch

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Step:
    """How one file comes about: from `patch` of the file `base`, or from its own packed content. size: bytes still
    to download."""

    entry: FileEntry
    size: int
    patch: Patch | None = None
    base: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """steps: what must be fetched, each content once. here: hash -> a file that holds it. room: bytes of disk."""

    index: Index
    steps: tuple[Step, ...]
    here: Mapping[str, Path]
    room: int

    @property
    def size(self) -> int:
        """Bytes still to download."""
        return sum(step.size for step in self.steps)


def blob_name(entry: FileEntry) -> str:
    """The name of a packed file."""
    return f"{entry.sha256}.xz"


def patch_name(entry: FileEntry, patch: Patch) -> str:
    """The name of a patch."""
    return f"{patch.source}-{entry.sha256}.zst"


def make_plan(index: Index, here: Mapping[str, Path], fetched: Callable[[str], int]) -> Plan:
    """The plan for `index`. here: contents on this disk by hash. fetched: bytes that came of a name, earlier."""
    steps: dict[str, Step] = {}
    for entry in index.files:
        if entry.sha256 not in here and entry.sha256 not in steps:
            steps[entry.sha256] = _cheapest(entry, here, fetched)
    room = sum(entry.size for entry in index.files if entry.sha256 in steps)
    room += max((step.size for step in steps.values()), default=0)
    return Plan(index, tuple(steps.values()), here, room)


def whole(entry: FileEntry, fetched: Callable[[str], int]) -> Step:
    """The step that takes the packed file itself."""
    return Step(entry, max(0, entry.blob_size - fetched(blob_name(entry))))


def _cheapest(entry: FileEntry, here: Mapping[str, Path], fetched: Callable[[str], int]) -> Step:
    ways = [whole(entry, fetched)]
    for patch in entry.patches:
        if patch.source in here:
            left = max(0, patch.size - fetched(patch_name(entry, patch)))
            ways.append(Step(entry, left, patch, here[patch.source]))
    return min(ways, key=lambda step: step.size)


def contents(*folders: Path) -> dict[str, Path]:
    """The files below `folders` by their hash, links apart; of equal ones the first. What is unreadable is left out."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in files_below(folder):
            digest = hash_of(path)
            if digest:
                found.setdefault(digest, path)
    return found


def files_below(folder: Path) -> Iterator[Path]:
    """Every regular file below `folder`, in order; a link is never followed."""
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(base, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, or "" if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
