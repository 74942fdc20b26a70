# SPDX-License-Identifier: Apache-2.0
"""What is downloaded, what it fills when installed, in how many files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MB = 1_000_000


@dataclass(frozen=True)
class Size:
    """Bytes to download (0: not known), bytes installed, files (symbolic links are counted, and weigh nothing)."""

    name: str
    download: int
    installed: int
    files: int


def folder_size(folders: Iterable[Path]) -> tuple[int, int]:
    """(bytes, files) below the folders; a file with two names is counted once."""
    total = count = 0
    known: set[tuple[int, int]] = set()
    for folder in folders:
        for at, _, names in os.walk(folder):
            for name in names:
                facts = (Path(at) / name).lstat()
                if (facts.st_dev, facts.st_ino) in known:
                    continue
                known.add((facts.st_dev, facts.st_ino))
                count += 1
                total += 0 if (Path(at) / name).is_symlink() else facts.st_size
    return total, count


def files_size(folder: Path, names: Iterable[str] = ("*",)) -> int:
    """Bytes of the downloaded files that are called so."""
    return sum(path.stat().st_size for name in names for path in folder.glob(name) if path.is_file())


def ours(built: Path, archive: Path | None) -> Size:
    """Of the packaged application; `archive` is its download, if it was made."""
    installed, files = folder_size([built])
    return Size("packaged", archive.stat().st_size if archive else 0, installed, files)


def find_archive(given: Path) -> Path | None:
    """The newest tar.xz beside the folder that was given, or in it."""
    found = [path for place in (given, given.parent) for path in place.glob("gems-desktop-*.tar.xz")]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)
