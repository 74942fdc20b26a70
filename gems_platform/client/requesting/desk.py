# SPDX-License-Identifier: Apache-2.0
"""The requester at Campaigns and Judge: reads what stands of a campaign, and sends what changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_platform.client.requesting import on_chain
from gems_platform.client.requesting.bills import BillProof
from gems_platform.client.requesting.given import Given
from gems_platform.client.requesting.on_chain import Pool
from gems_platform.client.requesting.ports import Disputes, PendingTask
from gems_platform.client.requesting.requester import Requester
from gems_protocol import escrow
from gems_protocol.campaign import Terms
from gems_protocol.contracts.calls import call_data
from gems_protocol.dispute import split
from gems_protocol.errors import GemsError
from gems_protocol.messages import Spend, task_key


class NothingPending(GemsError):
    """No verdict of a task waits on chain, or this cannot be done to it."""

    def __init__(self, what: str) -> None:
        super().__init__(
            what,
            safe="Nothing was sent.",
            action="gems campaign disputes lists what waits on the chain, and what you can do.",
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """One requester (or arbiter) and what it reads the disputes with. Raises the errors of both."""

    requester: Requester
    disputes: Disputes

    async def now(self) -> int:
        """Unix seconds: the newest block's, or this computer's where that is later."""
        return max(await self.requester.chain.newest_time(), self.requester.platform.time())

    async def pool(self, terms: Terms, now: int) -> Pool:
        """The campaign's escrow."""
        name = terms.campaign_id()
        judged, today, day, pending = await self.disputes.view("Campaigns", "judged", name)
        (funded,), (redeemed,) = (
            await self.disputes.view("Campaigns", "funded", name),
            await self.disputes.view("Campaigns", "redeemed", name),
        )
        return Pool(
            funded=funded,
            redeemed=redeemed,
            judged=judged,
            today=today if day == now // escrow.DAY_S else 0,
            cap=escrow.cap_of_day(terms, funded),
            pending=pending,
            exit_at=(await self.disputes.view("Campaigns", "exits", name))[0],
        )

    async def pending(self, terms: Terms) -> list[PendingTask]:
        """What waits, by task and attempt."""
        found = await self.disputes.pending(terms.campaign_id())
        return sorted(found, key=lambda task: (task.index, task.attempt))

    async def find(self, terms: Terms, index: int, attempt: int | None = None) -> PendingTask:
        """What waits of one task; raises NothingPending, also when two attempts do and none is named."""
        found = [
            task
            for task in await self.pending(terms)
            if task.index == index and attempt in (None, task.attempt)
        ]
        if not found:
            raise NothingPending(f"No verdict of task {index} waits on the chain.")
        if len(found) > 1:
            raise NothingPending(f"{len(found)} attempts at task {index} wait: name one with --attempt.")
        return found[0]

    async def equivocated(self, terms: Terms, index: int, attempt: int) -> bool:
        """Whether it was proven that the hub gave this attempt twice."""
        key = task_key(terms.campaign_id(), index, attempt)
        return bool((await self.disputes.view("Judge", "equivocated", key))[0])

    async def is_signer(self, terms: Terms, signer: str) -> bool:
        """Whether what this key signed counts as the hub's now."""
        return bool((await self.disputes.view("Judge", "is_signer", terms.hub, signer))[0])

    # --- what changes it ----------------------------------------------------------------------------------

    async def contest(self, terms: Terms, task: PendingTask) -> bytes:
        """Appeal on chain with the bond; raises NothingPending where that is not possible (any more)."""
        bond = on_chain.bond(task, terms, self.requester.address, await self.now())
        if bond is None:
            raise NothingPending(f"The verdict on task {task.index} cannot be contested.")
        await self.requester.allow(bond.units)
        return await self._send("Campaigns", "appeal", *_named(terms, task))

    async def rule(self, terms: Terms, task: PendingTask, accept: bool) -> bytes:
        """Decide as the arbiter of the terms."""
        return await self._send("Campaigns", "arbitrate", *_named(terms, task), accept)

    async def finalize(self, terms: Terms, task: PendingTask) -> bytes:
        """Pay what stands, when its window is over."""
        return await self._send("Campaigns", "finalize", *_named(terms, task))

    async def show_bill(self, terms: Terms, task: PendingTask, proof: BillProof) -> bytes:
        """Show that a redeemed Spend paid for the task."""
        signer = proof.signer(self.requester.network.campaigns_domain)
        about = (proof.bill.spent, proof.bill.root, proof.place, signer, split(proof.signature))
        return await self._send("Judge", "show_bill", *_named(terms, task), *about)

    async def prove_redo(self, terms: Terms, task: PendingTask, earlier: Given) -> bytes:
        """Show that the miner had the attempt before too."""
        return await self._send("Judge", "prove_redo", *_named(terms, task), *earlier.arguments)

    async def prove_equivocation(self, terms: Terms, one: Given, other: Given) -> bytes:
        """Show that the hub gave one attempt twice."""
        return await self._send("Judge", "prove_equivocation", terms.abi(), *one.arguments, *other.arguments)

    async def redeem(self, terms: Terms, spent: int) -> bytes:
        """Hand in the requester's own Spend of a kept bill, which the hub could do at any time."""
        spend = Spend(terms.campaign_id(), spent, 0)
        signature = spend.sign(self.requester.network.campaigns_domain, self.requester.key)
        return await self._send("Campaigns", "redeem", terms.abi(), (spent, 0), split(signature))

    async def _address(self, contract: str) -> str:
        return self.requester.network.campaigns if contract == "Campaigns" else await self.disputes.judge()

    async def _send(self, contract: str, function: str, *values: Any) -> bytes:
        return await self.requester.send(
            await self._address(contract), call_data(contract, function, *values)
        )


def _named(terms: Terms, task: PendingTask) -> tuple[Any, ...]:
    return terms.abi(), task.index, task.attempt, task.standing.abi()
