# SPDX-License-Identifier: Apache-2.0
"""The folder in which a local network lives: one process at a time, kept between starts, begun anew on request."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from gems_desktop.adapters.profile import ProfileLock
from gems_desktop.services.errors import ProfileInUse, StoreUnreadable
from gems_protocol.errors import GemsError

#: Everything that a local network writes into its folder; `--fresh` moves these aside and nothing else.
OURS = ("chain.sqlite3", "keys.json", "progress.json", "network.json", "platform", "neighbours", "requesters")
_OLD = "before-fresh"


class NetworkInUse(GemsError):
    """Another process runs the local network of this folder."""

    def __init__(self) -> None:
        super().__init__(
            "A local network is already running in this folder.",
            safe="It was left alone.",
            action="Use the one that runs, stop it first, or choose another folder with --dir.",
        )


class State:
    """A local network's folder, held by a lock from opening to `release`."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        """Take the folder; `fresh` moves what was in it aside. Raises NetworkInUse, StoreUnreadable."""
        self.folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnreadable from error
        try:
            self._lock = ProfileLock(folder)
        except ProfileInUse as error:
            raise NetworkInUse from error
        if fresh:
            self._begin_anew()

    def release(self) -> None:
        """Let others use the folder."""
        self._lock.release()

    def path(self, name: str) -> Path:
        """A file or folder of the network."""
        return self.folder / name

    def read(self, name: str) -> Any:
        """A JSON file, None when it is not there."""
        try:
            return json.loads(self.path(name).read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreUnreadable from error

    def write(self, name: str, value: Any) -> None:
        """Write a JSON file whole, readable by its owner only."""
        self.write_text(name, json.dumps(value, indent=1) + "\n")

    def write_text(self, name: str, text: str) -> None:
        """Write a file whole, readable by its owner only."""
        fresh = self.path(name + ".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, self.path(name))

    def _begin_anew(self) -> None:
        """Only the last network is kept aside."""
        aside = self.folder / _OLD
        shutil.rmtree(aside, ignore_errors=True)
        found = [self.path(name) for name in OURS if self.path(name).exists()]
        found += list(self.folder.glob("chain.sqlite3-*"))
        if found:
            aside.mkdir(mode=0o700)
            for path in found:
                path.rename(aside / path.name)
