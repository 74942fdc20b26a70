# SPDX-License-Identifier: Apache-2.0
"""Brings packed files and patches into a folder, going on where a cut download ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gems_desktop.adapters.update_source import Source, SourceEndless, SourceGone, SourceOdd
from gems_desktop.services.ports_updates import UpdateFailed, UpdateStopped


class Fetching:
    """One download of many files; told: bytes that came in all. stopped: asked at every piece."""

    def __init__(
        self, source: Source, into: Path, told: Callable[[int], None], stopped: Callable[[], bool]
    ) -> None:
        self._source, self._into, self._told, self._stopped = source, into, told, stopped
        self._done = 0

    def fetched(self, name: str) -> int:
        """Bytes of `name` that are here."""
        try:
            return (self._into / name).stat().st_size
        except OSError:
            return 0

    def fetch(self, kind: str, name: str, size: int) -> Path:
        """The file `name` below targets/`kind`, `size` bytes of it; nothing says yet that they are the right ones.

        Raises UpdateFailed, UpdateStopped, OSError of the disk.
        """
        path = self._into / name
        start = self.fetched(name)
        if start > size:
            path.unlink()
            start = 0
        if start < size:
            self._more(f"targets/{kind}/{name}", path, start, size)
        return path

    def forget(self, path: Path) -> None:
        """Drop what came of a file: used, or spoilt."""
        path.unlink(missing_ok=True)

    def _more(self, address: str, path: Path, start: int, size: int) -> None:
        try:
            with path.open("ab", buffering=0) as file:
                for piece in self._source.read(address, start, size - start):
                    file.write(piece)
                    self._done += len(piece)
                    self._told(self._done)
                    if self._stopped():
                        raise UpdateStopped
        except SourceGone as error:
            if self._stopped():  # which hangs up
                raise UpdateStopped from error
            raise UpdateFailed("offline") from error
        except SourceOdd as error:
            raise UpdateFailed("offline" if error.status >= 500 else "source") from error
        except SourceEndless as error:
            path.unlink()
            raise UpdateFailed("refused") from error
        if path.stat().st_size != size:
            raise UpdateFailed("offline")
