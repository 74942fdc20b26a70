# SPDX-License-Identifier: Apache-2.0
"""Files by content hash under the profile: fetched with resume, kept only when the hash fits."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from pathlib import Path

from gems_desktop.services.errors import DiskFull, MediaDoesNotFit, StoreUnreadable
from gems_desktop.services.ports import PlatformPort

MAX_BYTES = 64_000_000  # the largest file of a task
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class MediaFolder:
    """Implements MediaPort."""

    def __init__(self, folder: Path, platform: PlatformPort) -> None:
        self._folder, self._platform = folder, platform
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
                await self._fetch(sha256, size)
            except OSError as error:
                raise (DiskFull() if error.errno in (28, 122) else StoreUnreadable()) from error

    async def _fetch(self, sha256: str, size: int) -> None:
        whole = self.path(sha256)
        part = whole.with_suffix(".part")
        whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(part, "ab") as file:
            have = file.tell()
            if have < size:
                async for chunk in self._platform.stream(f"/v1/media/{sha256}", have):
                    have += len(chunk)
                    if have > size:
                        break
                    file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if have < size:
            raise MediaDoesNotFit  # the line ended early without an error; what came is kept for the next try
        with open(part, "rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if have != size or found != sha256:
            part.unlink()
            raise MediaDoesNotFit
        os.replace(part, whole)
