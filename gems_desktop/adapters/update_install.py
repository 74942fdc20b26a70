# SPDX-License-Identifier: Apache-2.0
"""Puts a version together beside the others and switches to it; ended anywhere, the old or the new one starts.

Whatever the files were made from, each one's hash is read back from the disk and compared with the signed index
before the folder gets its name, and only a folder with its name is ever switched to.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from gems_desktop.adapters.update_fetch import Fetching
from gems_desktop.adapters.update_index import MAX_MEMORY, FileEntry, Index
from gems_desktop.adapters.update_layout import CURRENT, PREVIOUS, Layout, order, sync_folder
from gems_desktop.adapters.update_patch import BadPatch, apply
from gems_desktop.adapters.update_plan import (
    Plan,
    Step,
    blob_name,
    contents,
    files_below,
    hash_of,
    make_plan,
    patch_name,
    whole,
)
from gems_desktop.adapters.update_source import Source
from gems_desktop.services.ports_updates import UpdateFailed, UpdateStopped

_MARGIN = 32 << 20  # bytes that are left to the disk's other users
_CHUNK = 1 << 18
_MAKING = "making"  # where a file grows, among the downloads


class Spoilt(Exception):
    """What a file was made from is not what was signed."""


class Installing:
    """One version's way onto the disk."""

    def __init__(self, layout: Layout, index: Index, source: Source) -> None:
        self._layout, self._index, self._source = layout, index, source
        self._part, self._blobs = layout.part(index.version), layout.blobs(index.version)

    def plan(self) -> Plan:
        """How it is put together from what is here now; reads every file of the installed version."""
        current = self._layout.name(CURRENT)
        bases = [self._layout.folder(current)] if current else []
        return make_plan(self._index, contents(self._part, *bases), self._fetched)

    def install(
        self, told: Callable[[int], None] = lambda done: None, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """Download, put together, verify, switch. Raises UpdateFailed, UpdateStopped."""
        try:
            target = self._layout.folder(self._index.version)
            now = self._layout.name(CURRENT)
            if now and order(now) > order(self._index.version):
                raise UpdateFailed("expired")  # another window brought a newer one since this was offered
            if not (target.is_dir() and self._is_whole(target)):
                self._put_together(Fetching(self._source, self._blobs, told, stopped), stopped)
            self._layout.switch_to(self._index.version)
            shutil.rmtree(self._blobs, ignore_errors=True)
        except OSError as error:
            raise UpdateFailed("disk") from error

    def _put_together(self, fetching: Fetching, stopped: Callable[[], bool]) -> None:
        self._drop_spoilt()
        plan = self.plan()
        self._check_room(plan)
        for folder in (self._part, self._blobs):
            folder.mkdir(mode=0o755, exist_ok=True)
        here = dict(plan.here)
        for step in plan.steps:
            here[step.entry.sha256] = self._make(step, fetching)
        for entry in self._index.files:
            if stopped():
                raise UpdateStopped
            self._place(entry, here[entry.sha256])
        self._finish()

    def _drop_spoilt(self) -> None:
        """A folder of this name that is not whole was put there by nobody who went through here."""
        target = self._layout.folder(self._index.version)
        if self._index.version in (self._layout.name(CURRENT), self._layout.name(PREVIOUS)):
            raise UpdateFailed("refused")
        if target.is_dir():
            shutil.rmtree(target)

    def _fetched(self, name: str) -> int:
        try:
            return (self._blobs / name).stat().st_size
        except OSError:
            return 0

    def _check_room(self, plan: Plan) -> None:
        missing = plan.room + _MARGIN - shutil.disk_usage(self._layout.versions).free
        if missing > 0:
            raise UpdateFailed("disk", missing)

    def _make(self, step: Step, fetching: Fetching) -> Path:
        """One content in its first place; a patch that leads elsewhere is given up for the whole file."""
        if step.patch is not None and step.base is not None:
            path = fetching.fetch("patches", patch_name(step.entry, step.patch), step.patch.size)
            try:
                if hash_of(path) == step.patch.sha256:  # before anything reads it
                    return self._keep(step.entry, _patched(step.base, path, step.entry.size))
            except Spoilt:
                pass
            finally:
                fetching.forget(path)
        for again in (False, True):
            step = whole(step.entry, self._fetched)
            fresh = step.size == step.entry.blob_size
            path = fetching.fetch("blobs", blob_name(step.entry), step.entry.blob_size)
            try:
                return self._keep(step.entry, _unpacked(path, step.entry.size))
            except Spoilt as error:
                if again or fresh:  # what was begun by an earlier try may be what was spoilt
                    raise UpdateFailed("refused") from error
            finally:
                fetching.forget(path)
        raise AssertionError("two tries end in one way or the other")

    def _keep(self, entry: FileEntry, pieces: Iterable[bytes]) -> Path:
        """Write a content to its place, whole and synced; raises Spoilt when its hash is another."""
        making = self._blobs / _MAKING
        digest, size = hashlib.sha256(), 0
        with making.open("wb") as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            if size != entry.size or digest.hexdigest() != entry.sha256:
                raise Spoilt
            file.flush()
            os.fsync(file.fileno())
        making.chmod(entry.mode)
        place = self._part / entry.path
        self._parents(place)
        making.replace(place)
        return place

    def _place(self, entry: FileEntry, source: Path) -> None:
        """Have a content at `entry`'s place: as a second name of the file that holds it, or where that fails a copy.

        Files of versions are never written into, so that names may share one.
        """
        place = self._part / entry.path
        if (
            place.is_file()
            and not place.is_symlink()
            and _mode(place) == entry.mode
            and hash_of(place) == entry.sha256
        ):
            return
        making = self._blobs / _MAKING
        making.unlink(missing_ok=True)
        if _mode(source) == entry.mode:
            with suppress(OSError):
                os.link(source, making)
        if not making.exists():
            with source.open("rb") as old, making.open("wb") as new:
                shutil.copyfileobj(old, new, _CHUNK)
                new.flush()
                os.fsync(new.fileno())
            making.chmod(entry.mode)
        self._parents(place)
        making.replace(place)
        making.unlink(missing_ok=True)  # a second name of what was there already is not moved

    def _parents(self, place: Path) -> None:
        """The folders above `place`; whatever else has one of their names gives way."""
        above = self._part
        for part in place.relative_to(self._part).parent.parts:
            above = above / part
            if above.is_symlink() or above.is_file():
                above.unlink()
            if not above.is_dir():
                above.mkdir()
                above.chmod(0o755)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)

    def _finish(self) -> None:
        """Links, then nothing but what the index names, then the hash of every file, then the name."""
        for path, target in self._index.links:
            place = self._part / path
            if not (place.is_symlink() and os.readlink(place) == target):
                self._parents(place)
                place.unlink(missing_ok=True)
                place.symlink_to(target)
        self._remove_others()
        if not self._is_whole(self._part):
            raise UpdateFailed("refused")
        self._part.chmod(0o755)
        for base, _, _ in os.walk(self._part, topdown=False):
            sync_folder(Path(base))
        self._part.replace(self._layout.folder(self._index.version))
        sync_folder(self._layout.versions)

    def _remove_others(self) -> None:
        named = {entry.path for entry in self._index.files} | {path for path, _ in self._index.links}
        for base, folders, names in os.walk(self._part, topdown=False):
            for name in [*names, *folders]:
                path = Path(base, name)
                leaf = path.is_symlink() or not path.is_dir()
                if leaf and path.relative_to(self._part).as_posix() not in named:
                    path.unlink()
                elif not leaf and not any(path.iterdir()):
                    path.rmdir()

    def _is_whole(self, folder: Path) -> bool:
        """Whether a folder holds exactly what the index names, read back from the disk."""
        return is_whole(folder, self._index)


def is_whole(folder: Path, index: Index) -> bool:
    """Whether `folder` holds exactly the files and links of `index`, with their contents and permissions."""
    links: dict[str, str] = {}
    for base, folders, names in os.walk(folder):
        for path in (Path(base, name) for name in [*folders, *names]):
            if path.is_symlink():
                links[path.relative_to(folder).as_posix()] = os.readlink(path)
    there = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
    if links != dict(index.links) or set(there) != {entry.path for entry in index.files}:
        return False
    return all(
        _mode(there[entry.path]) == entry.mode and hash_of(there[entry.path]) == entry.sha256
        for entry in index.files
    )


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def _patched(base: Path, patch: Path, size: int) -> Iterator[bytes]:
    """The pieces of the file that a verified patch makes of `base`; raises Spoilt."""
    try:
        yield from apply(base.read_bytes(), patch.read_bytes(), size)
    except (BadPatch, OSError) as error:  # a base that cannot be read is none
        raise Spoilt from error


def _unpacked(path: Path, size: int) -> Iterator[bytes]:
    """The pieces of a packed file, at most one more byte than `size`; raises Spoilt."""
    reader = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MAX_MEMORY)
    left = size + 1
    with path.open("rb") as file:
        while not reader.eof and left > 0:
            packed = file.read(_CHUNK) if reader.needs_input else b""
            if reader.needs_input and not packed:
                raise Spoilt
            try:
                piece = reader.decompress(packed, max_length=min(left, _CHUNK * 4))
            except lzma.LZMAError as error:
                raise Spoilt from error
            left -= len(piece)
            yield piece
