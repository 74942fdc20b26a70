# SPDX-License-Identifier: Apache-2.0
"""How an installation that updates itself lies on the disk: the one place in Python that knows these names.

ROOT/gems-desktop          the launcher (packaging/linux/gems-desktop.sh)
ROOT/current               the name of the folder that starts; `previous`: the one that is gone back to
ROOT/trial                 the processes that started `current` since it was switched to; gone once it was usable
ROOT/refused               versions that were gone back from, one a line; they are not offered again
ROOT/newest.json           the highest versions of signed metadata seen: the second of two such counters
ROOT/versions/0.1.0/...    what was built
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gems_desktop.services.facts_updates import OffReason

PROGRAMS = ("gems-desktop", "gems-desktop.exe")
VERSIONS, CURRENT, PREVIOUS, TRIAL, REFUSED, NEWEST = (
    *("versions", "current", "previous", "trial", "refused"),
    "newest.json",
)
#: What a build ships so that it can update itself: the root of trust, and where to ask.
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "updates"
ROOT_FILE, SOURCE_FILE = "root.json", "source.json"
_VERSION = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}", re.ASCII)
_OF_THE_SYSTEM = ("/usr/", "/opt/", "/app/", "/nix/", "/snap/")
_MOST = 4_096  # bytes of a file that holds a name


def is_version(text: str) -> bool:
    """Whether this is the name of a version, and so of a folder: three numbers."""
    return _VERSION.fullmatch(text) is not None


def order(version: str) -> tuple[int, ...]:
    """What versions are compared by."""
    return tuple(int(part) for part in version.split("."))


@dataclass(frozen=True, slots=True)
class Layout:
    """One installation. Reading never raises; what is missing or spoilt is ""."""

    root: Path

    @property
    def versions(self) -> Path:
        """The folder of all versions."""
        return self.root / VERSIONS

    def folder(self, version: str) -> Path:
        """Where a whole version lies."""
        return self.versions / version

    def part(self, version: str) -> Path:
        """Where a version is put together."""
        return self.versions / f".{version}.part"

    def blobs(self, version: str) -> Path:
        """What of a version is being downloaded."""
        return self.versions / f".{version}.blobs"

    def name(self, which: str) -> str:
        """The version that CURRENT or PREVIOUS names."""
        text = self._read(which).strip()
        return text if is_version(text) else ""

    def refused(self) -> frozenset[str]:
        """Versions that did not start here."""
        return frozenset(filter(is_version, self._read(REFUSED).split()))

    def on_trial(self) -> bool:
        """Whether `current` has yet to become usable once."""
        return (self.root / TRIAL).exists()

    def switch_to(self, version: str) -> None:
        """Have `version` start from now on. Killed anywhere in here, the old or the new one starts."""
        before = self.name(CURRENT)
        if before == version:
            return
        if before and not self.on_trial():  # otherwise the previous one is the last that was good
            write_whole(self.root / PREVIOUS, f"{before}\n".encode())
        write_whole(self.root / TRIAL, b"")
        write_whole(self.root / CURRENT, f"{version}\n".encode())

    def _read(self, which: str) -> str:
        with suppress(OSError), (self.root / which).open("rb") as file:
            return file.read(_MOST).decode("ascii", "replace")
        return ""


def write_first(root: Path, version: str) -> None:
    """Make what a fresh installation holds besides the launcher and versions/`version` (for packaging)."""
    write_whole(root / CURRENT, f"{version}\n".encode())


def found_at(executable: Path) -> Layout | None:
    """The installation that a program belongs to: it must lie at ROOT/versions/NAME/."""
    folder = executable.resolve().parent
    layout = Layout(folder.parent.parent)
    fits = folder.parent.name == VERSIONS and is_version(folder.name) and layout.name(CURRENT)
    return layout if fits else None


def here() -> tuple[Layout | None, str]:
    """The installation and the version that run now; None when this is no such copy."""
    layout = found_at(Path(sys.executable)) if getattr(sys, "frozen", False) else None
    return layout, Path(sys.executable).resolve().parent.name if layout else ""


def off_reason(layout: Layout | None, shipped: Path = SHIPPED, executable: str = sys.executable) -> OffReason:
    """Why this copy does not update itself, or ""."""
    if layout is None and getattr(sys, "frozen", False) and executable.startswith(_OF_THE_SYSTEM):
        return "system"
    if layout is None or not all((shipped / name).is_file() for name in (ROOT_FILE, SOURCE_FILE)):
        return "built_without"
    writable = os.access(layout.root, os.W_OK) and os.access(layout.versions, os.W_OK)
    return "" if writable else "read_only"


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file so that after a power cut it is the old one or the new one."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        os.fchmod(file.fileno(), 0o644) if hasattr(os, "fchmod") else None
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk know the names in `folder` (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
