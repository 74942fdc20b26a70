# SPDX-License-Identifier: Apache-2.0
"""Files by content hash under the profile: fetched with resume, kept only when the hash fits."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from pathlib import Path

from gems_desktop.services.backoff import wait_s
from gems_desktop.services.errors import (
    CaptivePortal,
    DiskFull,
    MediaDoesNotFit,
    Offline,
    PlatformLied,
    StoreUnreadable,
)
from gems_desktop.services.ports import ClockPort, PlatformPort

MAX_BYTES = 64_000_000  # the largest file of a task
_FAILS = 4  # tries in a row without a byte of progress
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class MediaFolder:
    """Implements MediaPort."""

    def __init__(self, folder: Path, platform: PlatformPort, clock: ClockPort) -> None:
        self._folder, self._platform, self._clock = folder, platform, clock
        self._busy: dict[str, asyncio.Lock] = {}

    def path(self, sha256: str) -> Path:
        """Where the file is or will be; raises MediaDoesNotFit for a name that is no hash."""
        if not _SHA256.fullmatch(sha256):
            raise MediaDoesNotFit
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """See MediaPort."""
        return self.path(sha256).exists()

    async def ensure(self, sha256: str, size: int) -> None:
        """See MediaPort."""
        async with self._busy.setdefault(sha256, asyncio.Lock()):
            if self.has(sha256):
                return
            if not 0 < size <= MAX_BYTES:
                raise MediaDoesNotFit
            try:
                await self._patiently(sha256, size)
            except OSError as error:
                raise (DiskFull() if error.errno in (28, 122) else StoreUnreadable()) from error

    async def _patiently(self, sha256: str, size: int) -> None:
        """A cut line is tried again as long as bytes come; what came wrong is thrown away once and fetched anew."""
        fails, anew = 0, False
        while True:
            before = self._came(sha256)
            try:
                await self._fetch(sha256, size)
            except CaptivePortal:
                raise
            except (MediaDoesNotFit, PlatformLied):
                if anew:
                    raise
                anew = True
                self._part(sha256).unlink(missing_ok=True)
            except Offline:
                fails = 1 if self._came(sha256) > before else fails + 1
                if fails == _FAILS:
                    raise
                await self._clock.sleep(wait_s(fails, self._clock.random_bytes(2)))
            else:
                return

    async def _fetch(self, sha256: str, size: int) -> None:
        part = self._part(sha256)
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(part, "ab") as file:
            have = file.tell()
            if have < size:
                async for chunk in self._platform.stream(f"/v1/media/{sha256}", have):
                    have += len(chunk)
                    if have > size:
                        break
                    file.write(chunk)
        if have < size:
            raise Offline  # it ended early without an error; what came is kept for the next try
        if have > size or not await asyncio.to_thread(self._keep, sha256):
            part.unlink()
            raise MediaDoesNotFit

    def _keep(self, sha256: str) -> bool:
        """Give the whole part its name; False when it is not what the name says."""
        part = self._part(sha256)
        with open(part, "rb+") as file:
            os.fsync(file.fileno())
            fits = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        if fits:
            os.replace(part, self.path(sha256))
        return fits

    def _part(self, sha256: str) -> Path:
        return self.path(sha256).with_suffix(".part")

    def _came(self, sha256: str) -> int:
        part = self._part(sha256)
        return part.stat().st_size if part.exists() else 0
