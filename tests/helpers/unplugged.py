# SPDX-License-Identifier: Apache-2.0
"""A session without a line: neither the platform nor the chain can be reached until it is plugged in again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gems_desktop.services.errors import ChainUnreachable, Offline
from gems_desktop.services.live import LiveSession


class _NoPlatform:
    """Every request fails; what this computer knows of the time stays."""

    def __init__(self, real: Any) -> None:
        self.time, self.heard, self.take_traffic = real.time, real.heard, real.take_traffic
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        async def fail(*args: Any, **_more: Any) -> Any:
            self.asked.append(f"{name} {args[:1]}")
            raise Offline

        return fail


class _NoChain:
    """No node answers; which contracts were verified at which nodes is known without one."""

    def __init__(self, real: Any) -> None:
        self.contracts_id = real.contracts_id

    def __getattr__(self, name: str) -> Any:
        async def fail(*_args: Any, **_more: Any) -> Any:
            raise ChainUnreachable

        return fail


@contextmanager
def unplugged(session: LiveSession) -> Iterator[None]:
    """Without a line inside of the block."""
    context = session.context
    platform, chain = context.platform, context.chain
    context.platform, context.chain = _NoPlatform(platform), _NoChain(chain)  # type: ignore[assignment]
    try:
        yield
    finally:
        context.platform, context.chain = platform, chain
