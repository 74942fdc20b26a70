# SPDX-License-Identifier: Apache-2.0
"""Several chain nodes as one: what any of them shows counts, as a node that lags or lies must not hide a close."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from gems_platform.channels.chain import Chain, ChannelOnChain
from gems_platform.errors import ChainDown

T = TypeVar("T")


class Nodes:
    """At least one node; every method raises ChainDown when none of them answers."""

    def __init__(self, each: Sequence[Chain]) -> None:
        self.each = tuple(each)

    async def close(self) -> None:
        """Close all connections."""
        for node in self.each:
            await node.close()

    async def ask(self, question: Callable[[Chain], Awaitable[T]]) -> list[T]:
        """The answers of all nodes that give one, at least one."""
        found: list[T] = []
        fault: ChainDown | None = None
        for node in self.each:
            try:
                found.append(await question(node))
            except ChainDown as error:
                fault = error
        if not found:
            raise fault or ChainDown("There is no chain node.")
        return found

    async def channel(self, channel_id: bytes) -> ChannelOnChain:
        """A channel as the node shows it that has most of its deposits."""
        shown = await self.channels(channel_id)
        return max(shown, key=lambda one: (one.deposit, one.claimed))

    async def channels(self, channel_id: bytes) -> list[ChannelOnChain]:
        """A channel as each node shows it."""
        return await self.ask(lambda node: node.channel(channel_id))

    async def freshest(self) -> list[int]:
        """The places of the nodes that answer, the one that is furthest ahead first: it knows what was mined."""
        heads: list[tuple[int, int]] = []
        fault: ChainDown | None = None
        for place, node in enumerate(self.each):
            try:
                heads.append((-await node.block_number(), place))
            except ChainDown as error:
                fault = error
        if not heads:
            raise fault or ChainDown("There is no chain node.")
        return [place for _, place in sorted(heads)]
