# SPDX-License-Identifier: Apache-2.0
"""What Campaigns and Judge say, asked by their own ABI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_platform.channels.chain import Chain
from gems_platform.errors import ChainDown
from gems_protocol.abi import DecodingError
from gems_protocol.contracts.calls import call_data, logged, returned
from gems_protocol.dispute import TaskWord

OVER = 2**256 - 1


@dataclass(frozen=True, slots=True)
class SilentClaim:
    """A claim that this hub is silent. Base units; until: Unix seconds, OVER when it is over, 0 if there is none."""

    miner: str
    result_hash: bytes
    owed: int
    until: int


class OnChain:
    """Reads for one hub; every method raises ChainDown, also for an answer that is none."""

    def __init__(self, chain: Chain, hub: str) -> None:
        """hub: the address that stands in the campaigns' terms."""
        self._chain, self._hub = chain, hub
        self._judge = ""

    async def judge(self) -> str:
        """Where Judge is, lowercase 0x-hex: Campaigns says it for ever."""
        if not self._judge:
            (found,) = await self._view(self._chain.campaigns, "Campaigns", "JUDGE")
            self._judge = str(found).lower()
        return self._judge

    async def address(self, contract: str) -> str:
        """Where "Campaigns" or "Judge" is."""
        return await self.judge() if contract == "Judge" else self._chain.campaigns

    async def task(self, key: bytes) -> TaskWord:
        """What is stored of one attempt."""
        (word,) = await self._ask("Campaigns", "task", key)
        try:
            return TaskWord.of(word)
        except ValueError as error:
            raise ChainDown("The chain's node gave a task in no known state.") from error

    async def exits(self, campaign_id: bytes) -> int:
        """Unix seconds from which the requester's exit can be finished: 0 if not started, OVER when it is done."""
        return int((await self._ask("Campaigns", "exits", campaign_id))[0])

    async def silent(self, key: bytes) -> SilentClaim:
        """The claim that this hub is silent about an attempt."""
        ((_, miner, result, owed, _, until),) = await self._ask("Judge", "silences", key)
        return SilentClaim(str(miner).lower(), bytes(result), owed, until)

    async def collateral(self) -> tuple[int, int, int]:
        """Total and reserved, base units, and the Unix time from which it may leave, 0 if that was not announced."""
        total, reserved, leaves_at = await self._ask("Judge", "collateral", self._hub)
        return total, reserved, leaves_at

    async def signer_until(self, signer: str) -> int:
        """Until when a key signs for the hub: 0 for never, OVER for no end, else Unix seconds."""
        return int((await self._ask("Judge", "signer_until", self._hub, signer))[0])

    async def _ask(self, contract: str, function: str, *values: Any) -> tuple[Any, ...]:
        return await self._view(await self.address(contract), contract, function, *values)

    async def _view(self, to: str, contract: str, function: str, *values: Any) -> tuple[Any, ...]:
        data = await self._chain.simulate(self._hub, to, call_data(contract, function, *values))
        try:
            return returned(contract, function, data)
        except (DecodingError, ValueError, OverflowError) as error:
            raise ChainDown(f"The chain's node gave no answer of {function}.") from error


def event_of(contract: str, name: str, raw: dict[str, Any]) -> dict[str, Any]:
    """The fields of an event's log; raises ChainDown for a log that is none of this event."""
    try:
        topics = [bytes.fromhex(one[2:]) for one in raw["topics"][1:]]
        return logged(contract, name, topics, bytes.fromhex(raw["data"][2:]))
    except (KeyError, TypeError, ValueError, AttributeError, DecodingError, OverflowError) as error:
        raise ChainDown(f"The chain's node gave a malformed event {name}.") from error
