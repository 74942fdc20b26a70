# SPDX-License-Identifier: Apache-2.0
"""One look at everything that waits on chain for a campaign: what can be proven is proven, the rest is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from gems_platform.client.requesting import given as kept
from gems_platform.client.requesting import on_chain
from gems_platform.client.requesting.audit_file import CannotRead, audit_file_of
from gems_platform.client.requesting.desk import Desk
from gems_platform.client.requesting.given import Given
from gems_platform.client.requesting.ports import PendingTask
from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.messages import task_key
from gems_protocol.reaching import ChainUnreachable, Offline, PlatformLied, PlatformRefused


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was sent: what for, about which attempt, and the transaction."""

    what: str
    index: int
    attempt: int
    transaction: bytes


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that only the requester can decide, until Unix second `until`."""

    text: str
    index: int
    attempt: int
    until: int


@dataclass(slots=True)
class Look:
    """What came of one look. waiting: verdicts that still wait. failed: refusals, in words."""

    acts: list[Act] = field(default_factory=list)
    warned: list[Warned] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    waiting: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is left for the requester to decide or to look at."""
        return not self.warned and not self.failed

    def refused(self, index: int, attempt: int, error: GemsError) -> None:
        """Note that the contracts or a node refused a transaction; raises what may pass, or is about the chain."""
        if error.retryable or isinstance(error, ChainUnreachable):
            raise error
        self.failed.append(f"Task {index}, attempt {attempt}: {error.message}")


@dataclass(slots=True)
class Guard:
    """Guards one campaign; `folder` keeps the assignments that were seen, `shown` came from files."""

    desk: Desk
    terms: Terms
    folder: Path
    shown: Sequence[Given] = ()

    async def look(self) -> Look:
        """Look once; see the module. Raises ChainUnreachable, NodeLied, BillsNotKept."""
        found, now = Look(), await self.desk.now()
        tasks = await self.desk.pending(self.terms)
        seen = await self._seen(tasks)
        await self._equivocations(seen, found)
        for task in tasks:
            async for what, transaction in self._prove(task, seen, found):
                found.acts.append(Act(what, task.index, task.attempt, transaction))
        exit_at = (await self.desk.pool(self.terms, now)).exit_at
        for task in await self.desk.pending(self.terms):
            if exit_at and task.word.until <= now:
                await self._finalize(task, found)
                continue
            found.waiting += 1
            found.warned += self._warnings(task, now)
        return found

    # --- what can be proven -------------------------------------------------------------------------------

    async def _prove(
        self, task: PendingTask, seen: Sequence[Given], found: Look
    ) -> AsyncIterator[tuple[str, bytes]]:
        try:
            earlier = kept.before(seen, task.index, task.attempt, task.standing.miner)
            if earlier is not None and on_chain.is_above_redo(task, self.terms):
                yield "redo", await self.desk.prove_redo(self.terms, task, earlier)
                task = await self.desk.find(self.terms, task.index, task.attempt)
            if task.standing.billed:
                return
            key = task_key(self.terms.campaign_id(), task.index, task.attempt)
            name = "0x" + self.terms.campaign_id().hex()
            asking = self.desk.requester
            proof = asking.bill_proof(name, key)
            if proof is None:
                return
            usable = asking.bill_proof(name, key, await asking.redeemed(name))
            if usable is None:
                # The hub could redeem it once the verdict was paid, and no bill would help any more.
                yield "redeem", await self.desk.redeem(self.terms, proof.bill.spent)
                usable = asking.bill_proof(name, key, await asking.redeemed(name))
            if usable is not None:
                yield "bill", await self.desk.show_bill(self.terms, task, usable)
        except GemsError as error:
            found.refused(task.index, task.attempt, error)

    async def _finalize(self, task: PendingTask, found: Look) -> None:
        try:
            transaction = await self.desk.finalize(self.terms, task)
        except GemsError as error:
            found.waiting += 1
            found.refused(task.index, task.attempt, error)
        else:
            found.acts.append(Act("final", task.index, task.attempt, transaction))

    async def _equivocations(self, seen: Sequence[Given], found: Look) -> None:
        for one, other in kept.twice(seen):
            if await self.desk.equivocated(self.terms, *one.place):
                continue
            try:
                transaction = await self.desk.prove_equivocation(self.terms, one, other)
            except GemsError as error:
                found.refused(*one.place, error)
            else:
                found.acts.append(Act("equivocation", *one.place, transaction))

    # --- what is known ------------------------------------------------------------------------------------

    async def _seen(self, tasks: Sequence[PendingTask]) -> list[Given]:
        """Every assignment that the requester has or is shown now, signed by the hub; new ones are kept."""
        network = self.desk.requester.network
        name, domain = "0x" + self.terms.campaign_id().hex(), network.campaigns_domain
        earlier = set(kept.read_given(self.folder, name, domain))
        fresh = set(self.shown)
        places = {(task.index, attempt) for task in tasks for attempt in (task.attempt, task.attempt - 1)}
        for index, attempt in sorted(places):
            if attempt >= 0:
                fresh |= await self._from_platform(index, attempt)
        seen = {one.assignment.struct_hash() for one in earlier | fresh}
        if any(task.standing.assignment_hash not in seen for task in tasks):
            fresh |= await self._from_chain()
        good = {one for one in earlier | fresh if await self.desk.is_signer(self.terms, one.signer)}
        if good - earlier:
            kept.keep_given(self.folder, name, earlier | good)
        return sorted(good, key=lambda one: (one.place, one.signature))

    async def _from_chain(self) -> set[Given]:
        """What claims brought: where the platform shows another one, it gave the attempt twice."""
        domain = self.desk.requester.network.campaigns_domain
        found = set()
        for assignment, signature in await self.desk.disputes.claimed(self.terms.campaign_id()):
            with suppress(BadSignature):  # such a claim was refused
                found.add(Given.of(assignment, signature, domain))
        return found

    async def _from_platform(self, index: int, attempt: int) -> set[Given]:
        """What the platform shows as evidence; nothing if it shows none, or does not answer."""
        asking, name = self.desk.requester, "0x" + self.terms.campaign_id().hex()
        try:
            value = await asking.platform.get(f"/v1/campaigns/{name}/evidence/{index}/{attempt}", token=False)
            evidence = audit_file_of(value).evidence
            if evidence.assignment.campaign_id != self.terms.campaign_id():
                return set()
            domain = asking.network.campaigns_domain
            return {Given.of(evidence.assignment, evidence.assignment_signature, domain)}
        except (Offline, PlatformRefused, PlatformLied, CannotRead, MalformedMessage, BadSignature):
            return set()

    def _warnings(self, task: PendingTask, now: int) -> list[Warned]:
        """What is left to the requester about one verdict."""
        bond = on_chain.bond(task, self.terms, self.desk.requester.address, now)
        if bond is None or not on_chain.accepts(task) or task.standing.billed:
            return []
        pays = Amount(sum(part.amount.units for part in on_chain.parts(task, self.terms)))
        text = f"accepted on chain, {pays.exact()} GEM will be paid; contest it if the work is wrong"
        return [Warned(text, task.index, task.attempt, task.word.until)]
