# SPDX-License-Identifier: Apache-2.0
"""Creates what is missing of a plan, one contract after the other, on a chain that makes blocks when it likes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from eth_account.signers.local import LocalAccount

from gems_desktop.adapters.chain_decode import Receipt
from gems_desktop.adapters.chain_errors import TransactionRefused
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying.book import Entry, entry
from gems_desktop.deploying.faults import DeploymentFailed, NotInABlock, OtherCode
from gems_desktop.deploying.journal import Journal, Sent
from gems_desktop.deploying.plan import Step
from gems_protocol.contracts.deployed import difference

T = TypeVar("T")
Say = Callable[[str], None]
MOST_TIP = 10**10  # wei per gas: a node that suggests more is wrong, or wants the deployer's coin to be gone


@dataclass(frozen=True, slots=True)
class Patience:
    """Blocks that must hold a transaction or follow it, seconds to wait for that, and between two looks."""

    confirmations: int = 1
    wait_s: float = 600.0
    step_s: float = 1.0


class Deployment:
    """One deployment by `account`; `run` may be cut off at any point and given again."""

    def __init__(
        self, chain: ChainRpc, account: LocalAccount, journal: Journal, patience: Patience, say: Say
    ) -> None:
        self._chain, self._account, self._journal = chain, account, journal
        self._patience, self._say = patience, say

    async def run(self, plan: tuple[Step, ...]) -> dict[str, Entry]:
        """Create every contract of the plan that is not there; where each is.

        Raises DeploymentFailed (a nonce was used otherwise, other code is there), NotInABlock, and the errors of
        ChainRpc.
        """
        made = {}
        for step in plan:
            name = step.place.name
            if not await self._chain.code(step.place.address):
                self._say(f"{name}: creating it at {step.place.address}")
                await self._create(step)
            made[name] = await self._settled(step)
            self._say(f"{name}: is at {step.place.address}")
        return made

    async def _create(self, step: Step) -> None:
        """Have the step's transaction sent: the one of a former run, or that with a higher fee, or a new one."""
        sent = self._journal.sent.get(step.place.name, [])
        if sent:
            if await self._mined(step) is None:
                await self._send_again(step, sent[-1])
        elif await self._is_next(step):
            await self._send(await self._signed(step, *await self._fee()), step)

    async def _is_next(self, step: Step) -> bool:
        """Whether the step's nonce is free; False when a transaction that has it waits to be mined."""
        found = await self._chain.nonce(self._account.address)
        if found == step.nonce:
            return True
        if found > step.nonce >= await self._chain.nonce(self._account.address, mined=True):
            self._say(f"{step.place.name}: a transaction with its nonce waits already")
            return False
        raise DeploymentFailed(
            f"{step.place.name} is not on the chain, but the deployer's nonce {step.nonce} is not the next one.",
            safe="Nothing was sent.",
            action="Begin anew with this key's next nonce (--first-nonce), or with a key that does nothing else.",
        )

    async def _send_again(self, step: Step, last: Sent) -> None:
        """The same transaction once more, or one with the same nonce that pays more, as fees have risen."""
        fee, tip = await self._fee()
        if fee > last.fee + last.fee // 8:
            await self._send(await self._signed(step, fee, tip), step)
            return
        try:
            await self._chain.send_raw(bytes.fromhex(last.raw[2:]))
        except TransactionRefused:
            self._say(f"{step.place.name}: the node holds its transaction already")

    async def _send(self, raw: Sent, step: Step) -> None:
        self._journal.note(step.place.name, raw)
        await self._chain.send_raw(bytes.fromhex(raw.raw[2:]))

    async def _signed(self, step: Step, fee: int, tip: int) -> Sent:
        signed = self._account.sign_transaction(
            {
                "type": 2,
                "chainId": step.place.chain_id,
                "nonce": step.nonce,
                "gas": await self._chain.estimate_gas(self._account.address, None, step.creation) * 5 // 4,
                "maxFeePerGas": fee,
                "maxPriorityFeePerGas": tip,
                "value": 0,
                "data": step.creation,
            }
        )
        return Sent("0x" + bytes(signed.hash).hex(), "0x" + bytes(signed.raw_transaction).hex(), fee)

    async def _fee(self) -> tuple[int, int]:
        fee, tip = await self._chain.gas_price()
        over = max(0, tip - MOST_TIP)
        return fee - over, tip - over

    async def _mined(self, step: Step) -> Receipt | None:
        """The receipt of any transaction that was sent for the step; raises DeploymentFailed for a failed one."""
        for one in self._journal.sent.get(step.place.name, []):
            found = await self._chain.receipt(bytes.fromhex(one.tx[2:]))
            if found is not None:
                if not found.succeeded or found.created != step.place.address:
                    raise DeploymentFailed(
                        f"{step.place.name} could not be created: its transaction {one.tx} failed.",
                        safe="Only its gas was spent.",
                        action="Look at it in a block explorer; move the notes aside to begin anew.",
                    )
                return found
        return None

    async def _settled(self, step: Step) -> Entry:
        """Wait until the contract is deep enough in the chain, and look at its code; its entry."""
        name, address = step.place.name, step.place.address

        async def there() -> bool | None:
            return bool(await self._chain.code(address)) or None

        async def mined() -> Receipt | None:
            found = await self._mined(step)
            if found is None:
                return None
            depth = await self._chain.confirmations(found.tx_hash)
            return found if depth >= self._patience.confirmations else None

        known = name in self._journal.sent
        receipt = await self._wait(mined, name) if known else None
        await self._wait(there, name)
        why = difference(await self._chain.code(address), step.place)
        if why is not None:
            raise OtherCode(name, address, why)
        if receipt is None:
            return entry(step.place, None, None)
        return entry(step.place, receipt.block_number, "0x" + receipt.tx_hash.hex())

    async def _wait(self, look: Callable[[], Awaitable[T | None]], name: str) -> T:
        """What `look` gives as soon as it gives something; raises NotInABlock."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._patience.wait_s
        while True:
            found = await look()
            if found is not None:
                return found
            if loop.time() >= end:
                raise NotInABlock(name, self._patience.wait_s)
            await asyncio.sleep(self._patience.step_s)
