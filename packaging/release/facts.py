# SPDX-License-Identifier: Apache-2.0
"""What a release is made of, as values; and the one way in which a step of it fails."""

from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

NAME = "gems-desktop"
#: Stands wherever something was made with throw-away keys.
MARK = "dry run, not to be published"


class StepFailed(Exception):
    """A step cannot be done: the text says what happened and what to do. Nothing of it is kept."""


@dataclass(frozen=True)
class Wanted:
    """One release: its version, what it is made from and where it goes.

    `built`: PyInstaller's folder. `earlier`: the folder of an earlier version, for patches, or None.
    `keys`: the folder with the real keys, or None in a dry run. `repository`: the updates as they are published now,
    or None in a dry run. `work`: the folder that is being filled.
    """

    version: str
    built: Path
    earlier: Path | None
    keys: Path | None
    repository: Path | None
    work: Path

    @property
    def dry(self) -> bool:
        """Whether everything is made with throw-away keys."""
        return self.keys is None


@dataclass(frozen=True)
class Made:
    """One file of the release: its name below the folder, its size in bytes, its sha256 in hex."""

    name: str
    size: int
    sha256: str


def made(folder: Path, *, below: bool = False) -> list[Made]:
    """Return the files of `folder` (with `below`, of the folders in it too), by name."""
    paths = folder.rglob("*") if below else folder.glob("*")
    return [one(folder, path) for path in sorted(paths) if path.is_file()]


def one(folder: Path, path: Path) -> Made:
    """Return the facts of one file below `folder`."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Made(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def megabytes(size: int) -> str:
    """Return a size as people read it: in MB, or in kB below a tenth of one."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
