# SPDX-License-Identifier: Apache-2.0
"""Where copies of vouchers go: watch-towers over HTTP, and files written so that a power cut leaves the old or new."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import aiohttp

from gems_desktop.adapters.bounded_json import loads
from gems_desktop.adapters.proxy import Proxy
from gems_desktop.services.errors import DiskFull, NothingToDo, StoreUnreadable, TowerUnreachable

FILE_NAME = "gems-voucher.json"
_TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
_MOST = 100_000


class Towers:
    """Implements TowersPort. A tower is not trusted: a voucher that it gives is worth its hub's signature only."""

    def __init__(self, proxy: Proxy | None = None) -> None:
        self._proxy = (proxy or Proxy()).on_way_to
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def keep(self, tower: str, body: dict[str, Any]) -> None:
        """Have a tower keep a voucher; raises TowerUnreachable."""
        await self._ask("POST", f"{tower.rstrip('/')}/v1/tower/vouchers", body)

    async def show(self, tower: str, channel_id: str) -> Any:
        """The voucher that a tower has of a channel; raises TowerUnreachable."""
        found = await self._ask("GET", f"{tower.rstrip('/')}/v1/tower/vouchers/{channel_id}", None)
        return found.get("voucher") if isinstance(found, dict) else None

    async def mirrored(self, tower: str, channel_id: str) -> Any:
        """What a tower mirrors of a channel; raises TowerUnreachable."""
        return await self._ask("GET", f"{tower.rstrip('/')}/v1/tower/mirror/{channel_id}", None)

    async def _ask(self, method: str, url: str, body: dict[str, Any] | None) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        try:
            async with self._session.request(
                method, url, json=body, allow_redirects=False, proxy=self._proxy(url)
            ) as response:
                raw = bytearray()
                async for chunk in response.content.iter_chunked(16_384):
                    raw += chunk
                    if len(raw) > _MOST:
                        raise TowerUnreachable
                if response.status != 200:
                    raise TowerUnreachable
            return loads(bytes(raw))
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
            raise TowerUnreachable from error

    async def write(self, folder: str, content: bytes) -> None:
        """Put a voucher's file into a folder; raises NothingToDo, DiskFull, StoreUnreadable."""
        await self.write_file(str(Path(folder) / FILE_NAME), content)

    async def write_file(self, path: str, content: bytes) -> None:
        """Write a file wholly or not at all; raises NothingToDo, DiskFull, StoreUnreadable."""
        await asyncio.to_thread(_write, Path(path), content)


def _write(path: Path, content: bytes) -> None:
    if not path.is_absolute() or not path.parent.is_dir():
        raise NothingToDo("There is no such folder for the voucher's file.", action="Choose another folder.")
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise (DiskFull() if error.errno in (28, 122) else StoreUnreadable()) from error
