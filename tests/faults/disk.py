# SPDX-License-Identifier: Apache-2.0
"""A disk that remembers what was synced: from a log of file operations, what a power cut may leave of them.

Of what was written since a file's last sync each 512-byte sector is kept or lost by itself; of names made, changed
and removed since the folder's last sync the first few are kept. The log's files lie in one folder.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_desktop.adapters.store_files import StoreFiles

SECTOR = 512
Operation = tuple[Any, ...]


@dataclass
class Log:
    """What happened, in order: (what, name, ...) of a file operation, or ("told", anything) of the story."""

    operations: list[Operation] = field(default_factory=list)

    def add(self, *operation: Any) -> None:
        self.operations.append(operation)


class LoggedFiles(StoreFiles):
    """The store's files, written down; with `lazy` the named ones are never synced (a control)."""

    def __init__(self, log: Log, lazy: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._log, self._lazy = log, lazy

    def write(self, path: Path, data: bytes) -> None:
        made = not path.exists()
        at = 0 if made else path.stat().st_size
        super().write(path, data)
        if made:
            self._log.add("create", path.name)
        self._log.add("write", path.name, at, bytes(data))

    def sync(self, path: Path) -> None:
        super().sync(path)
        if path.name not in self._lazy:
            self._log.add("sync", path.name)

    def truncate(self, path: Path, size: int) -> None:
        super().truncate(path, size)
        self._log.add("truncate", path.name, size)
        self._log.add("sync", path.name)

    def replace(self, old: Path, new: Path) -> None:
        super().replace(old, new)
        self._log.add("rename", old.name, new.name)

    def unlink(self, path: Path) -> None:
        there = path.exists()
        super().unlink(path)
        if there:
            self._log.add("unlink", path.name)

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self._log.add("folder")


@dataclass
class _File:
    durable: bytearray
    pending: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        for operation in self.pending:
            _apply(self.durable, operation)
        self.pending.clear()

    def after_cut(self, luck: random.Random, kept: float) -> bytes:
        left = bytearray(self.durable)
        for operation in self.pending:
            for piece in _sectors(operation):
                if kept == 1.0 or luck.random() < kept:
                    _apply(left, piece)
        return bytes(left)


def _apply(content: bytearray, operation: Operation) -> None:
    if operation[0] == "truncate":
        del content[operation[2] :]
        content.extend(bytes(max(0, operation[2] - len(content))))
        return
    _, _, at, data = operation
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


def _sectors(operation: Operation) -> Iterator[Operation]:
    if operation[0] != "write":
        yield operation
        return
    _, name, at, data = operation
    done = 0
    while done < len(data):
        size = SECTOR - (at + done) % SECTOR
        yield "write", name, at + done, data[done : done + size]
        done += size


class Disk:
    """The folder as the log has made it so far."""

    def __init__(self, folder: Path) -> None:
        """folder: what is on the medium when the log begins."""
        files = [path for path in folder.iterdir() if path.is_file()]
        self._live = {path.name: _File(bytearray(path.read_bytes())) for path in files}
        self._durable = dict(self._live)
        self._names: list[Operation] = []

    def do(self, operation: Operation) -> None:
        """Carry out one operation of the log."""
        match operation:
            case ("create", name):
                self._live[name] = _File(bytearray())
                self._names.append((*operation, self._live[name]))
            case ("write" | "truncate", name, *_):
                self._live[name].pending.append(operation)
            case ("sync", name):
                self._live[name].sync()
            case ("rename", old, new):
                self._live[new] = self._live.pop(old)
                self._names.append(operation)
            case ("unlink", name):
                del self._live[name]
                self._names.append(operation)
            case ("folder",):
                self._durable = dict(self._live)
                self._names.clear()

    def cut(self, luck: random.Random, target: Path) -> None:
        """Write into the empty folder `target` what is left when the power goes now."""
        self.lose(luck, luck.choice((0.0, 0.5, 0.9, 1.0)), luck.randint(0, len(self._names)), target)

    def kill(self, target: Path) -> None:
        """Write into `target` what is left when the process ends now: the system still writes everything."""
        self.lose(random.Random(0), 1.0, len(self._names), target)

    def lose_all(self, target: Path) -> None:
        """Write into `target` what was synced, and nothing else."""
        self.lose(random.Random(0), 0.0, 0, target)

    def lose(self, luck: random.Random, kept: float, renamed: int, target: Path) -> None:
        """Keep each sector that was not synced with the chance `kept`, and the first `renamed` changes of names."""
        names = dict(self._durable)
        for operation in self._names[:renamed]:
            match operation:
                case ("create", name, file):
                    names[name] = file
                case ("rename", old, new):
                    names[new] = names.pop(old)
                case ("unlink", name):
                    del names[name]
        for name, file in names.items():
            (target / name).write_bytes(file.after_cut(luck, kept))
