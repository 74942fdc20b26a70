# SPDX-License-Identifier: Apache-2.0
"""Everything that is looked at, in the order in which one mends it."""

from __future__ import annotations

from pathlib import Path

from fastapi.concurrency import run_in_threadpool

from gems_platform.operating.examining import chain, files, store
from gems_platform.operating.examining.finding import Finding
from gems_platform.settings import Settings


async def examine(settings: Settings, path: Path, backups: Path | None, now: int) -> list[Finding]:
    """All findings. path: the settings file. backups: where backups are kept, if that was said."""

    def here() -> list[Finding]:
        return [
            *files.keys(path),
            *files.address(settings),
            *files.certificate(settings, now),
            *files.disk(settings),
            *store.store(settings, now),
            *files.backups(backups, now),
        ]

    return [*await run_in_threadpool(here), *[one async for one in chain.chain(settings, now)]]
