# SPDX-License-Identifier: Apache-2.0
"""The platform at work in a process of its own, to be killed and started again by a test."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gems_platform.app import serve
from gems_platform.settings import Settings


class StillClock:
    """Shows the hour it was told."""

    def __init__(self, at: int) -> None:
        self._at = at

    def now(self) -> int:
        """Unix seconds."""
        return self._at


def told(settings: Settings) -> dict[str, Any]:
    """Settings as JSON for another process of this test."""
    return {name: _plain(value) for name, value in asdict(settings).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, Path):
        return {"path": str(value)}
    return {"several": list(value)} if isinstance(value, tuple) else value


def back(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "hex":
        return bytes.fromhex(inner)
    return Path(inner) if kind == "path" else tuple(inner)


async def serve_platform(order: dict[str, Any], tell: Any) -> None:
    """Serve until killed; ticks by itself."""
    settings = Settings(**{name: back(value) for name, value in order["settings"].items()})
    running = await serve(settings, port=order["port"], clock=StillClock(order["at"]))
    tell(did="open", url=running.url)
    await asyncio.Event().wait()
