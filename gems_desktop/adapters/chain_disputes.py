# SPDX-License-Identifier: Apache-2.0
"""What Campaigns and Judge say about verdicts, silent hubs and their collateral, strictly read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gems_desktop.adapters.chain_decode import Log
from gems_desktop.adapters.chain_errors import NodeLied
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_protocol.abi import DecodingError
from gems_protocol.contracts.calls import arguments, call_data, logged, returned, topic
from gems_protocol.dispute import Pending, TaskWord, given_by
from gems_protocol.errors import MalformedMessage
from gems_protocol.messages import Assignment

NEVER = 0
ALWAYS = 2**256 - 1


@dataclass(frozen=True, slots=True)
class PendingTask:
    """What an event `Pending` told about one attempt: the word that was stored then, and all that it stands for."""

    campaign_id: bytes
    index: int
    attempt: int
    word: TaskWord
    standing: Pending


@dataclass(frozen=True, slots=True)
class Silence:
    """A claim that a hub is silent. Base units; until: Unix seconds, the largest number when it is over."""

    hub: str
    miner: str
    owed: int
    reserved: int
    until: int

    @property
    def is_over(self) -> bool:
        """Whether it was paid or answered."""
        return self.until == ALWAYS


@dataclass(frozen=True, slots=True)
class Collateral:
    """What a hub has put down, base units; leaves_at: Unix seconds from which it may leave, 0 if not announced."""

    total: int
    reserved: int
    leaves_at: int


class ChainDisputes:
    """Reads through a ChainRpc, whose errors it raises; NodeLied for answers that are none.

    What decides about money is read at two nodes, where two are configured.
    """

    def __init__(self, chain: ChainRpc) -> None:
        self._chain = chain
        self._judge = ""

    async def judge(self) -> str:
        """Where Judge is, lowercase 0x-hex: Campaigns says it for ever."""
        if not self._judge:
            (found,) = await self.view("Campaigns", "JUDGE")
            self._judge = str(found).lower()
        return self._judge

    async def task(self, key: bytes) -> TaskWord:
        """What is stored of one attempt at one task."""
        (word,) = await self.view("Campaigns", "task", key)
        try:
            return TaskWord.of(word)
        except ValueError as error:
            raise NodeLied("The chain node gave a task in no known state.") from error

    async def pending(self, campaign_id: bytes, first: int = 0) -> list[PendingTask]:
        """What stands of every verdict of a campaign that is pending now, by the newest event of each."""
        where: list[bytes | None] = [topic("Campaigns", "Pending"), campaign_id]
        newest = {
            log.topics[2]: log
            for log in await self._chain.logs(self._chain.campaigns, where, first, None)
            if len(log.topics) == 3
        }
        found = [_pending(log) for log in newest.values()]
        return [one for key, one in zip(newest, found, strict=True) if await self._stands(key, one)]

    async def pending_of(self, campaign_id: bytes, key: bytes) -> PendingTask | None:
        """What the newest event told of one attempt; None without one. Compare it with `task` before it is believed."""
        where: list[bytes | None] = [topic("Campaigns", "Pending"), campaign_id, key]
        logs = await self._chain.logs(self._chain.campaigns, where, 0, None)
        return _pending(logs[-1]) if logs else None

    async def _stands(self, key: bytes, one: PendingTask) -> bool:
        word = await self.task(key)
        if word.state.is_pending and word.digest != one.standing.digest():
            raise NodeLied("The chain node's events do not tell what stands.")
        return word.state.is_pending

    async def claimed(self, campaign_id: bytes, first: int = 0) -> list[tuple[Assignment, bytes]]:
        """The assignments that claims of this campaign brought to the chain, with their signatures.

        What was brought through a contract of somebody's own is not seen; what such a call holds may be anything.
        """
        where: list[bytes | None] = [topic("Campaigns", "Pending"), campaign_id]
        logs = await self._chain.logs(self._chain.campaigns, where, first, None)
        found = []
        for tx_hash in dict.fromkeys(log.tx_hash for log in logs):
            data = await self._chain.called_with(tx_hash)
            with suppress(DecodingError, ValueError, OverflowError, MalformedMessage):
                told = arguments("Judge", "claim", data)
                if told is not None:
                    found.append(given_by(campaign_id, told[1], told[3]))
        return found

    async def silence(self, key: bytes) -> Silence | None:
        """A claim that the hub is silent about this attempt; None if there never was one."""
        ((hub, miner, _result, owed, reserved, until),) = await self.view("Judge", "silences", key)
        return Silence(hub.lower(), miner.lower(), owed, reserved, until) if until else None

    async def anchored_at(self, shown: bytes) -> int:
        """Unix seconds at which a submission, or a batch's root, was shown to the chain; 0 if never."""
        return int((await self.view("Judge", "anchors", shown))[0])

    async def collateral(self, hub: str) -> Collateral:
        """What a hub has put down."""
        return Collateral(*(await self.view("Judge", "collateral", hub)))

    async def signer_until(self, hub: str, signer: str) -> int:
        """Until when a key signs for a hub, Unix seconds: NEVER, or ALWAYS for no end."""
        return int((await self.view("Judge", "signer_until", hub, signer))[0])

    async def view(self, contract: str, function: str, *values: Any) -> tuple[Any, ...]:
        """What a view of Campaigns or Judge gives."""
        to = self._chain.campaigns if contract == "Campaigns" else await self.judge()
        data = await self._chain.agreed(to, call_data(contract, function, *values), f"{contract}.{function}")
        try:
            return returned(contract, function, data)
        except (DecodingError, ValueError, OverflowError) as error:
            raise NodeLied(f"The chain node gave no answer of {function}.") from error


def _pending(log: Log) -> PendingTask:
    try:
        told = logged("Campaigns", "Pending", list(log.topics[1:]), log.data)
        standing, word = Pending.of(told["standing"]), TaskWord.of(told["word"])
    except (DecodingError, ValueError, OverflowError) as error:
        raise NodeLied("The chain node gave a malformed verdict.") from error
    return PendingTask(told["id"], told["index"], told["attempt"], word, standing)
