# SPDX-License-Identifier: Apache-2.0
"""What the chain shows about a worker's case and about a hub's promises, for rules that know no chain."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.adapters.chain_contracts import check
from gems_desktop.adapters.chain_disputes import ChainDisputes
from gems_desktop.adapters.chain_errors import NodeLied
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_protocol.case import Case
from gems_protocol.case_steps import Seen
from gems_protocol.contracts.deployed import Place
from gems_protocol.dispute import Pending
from gems_protocol.messages import task_key


@dataclass(frozen=True, slots=True)
class HubOnChain:
    """What Judge keeps of a hub; see ChainDisputes.signer_until and Collateral."""

    signer_until: int
    leaves_at: int
    total: int


class ChainCases:
    """Implements CourtPort over a ChainRpc, whose errors it raises."""

    def __init__(self, chain: ChainRpc) -> None:
        self._chain, self._disputes = chain, ChainDisputes(chain)

    async def judge(self) -> str:
        """See CourtPort."""
        return await self._disputes.judge()

    async def hub(self, hub: str, signer: str) -> HubOnChain:
        """See CourtPort."""
        until = await self._disputes.signer_until(hub, signer)
        kept = await self._disputes.collateral(hub)
        return HubOnChain(until, kept.leaves_at, kept.total)

    async def seen(self, place: tuple[bytes, int, int], root: bytes, now: int) -> Seen:
        """See CourtPort."""
        key = task_key(*place)
        word = await self._disputes.task(key)
        standing = await self._standing(place[0], key, word.digest) if word.state.is_pending else None
        silence = await self._disputes.silence(key)
        anchored = await self._disputes.anchored_at(root)
        newest = await self._chain.newest_time()
        return Seen(word, standing, silence.until if silence else 0, anchored, max(now, newest))

    async def _standing(self, campaign_id: bytes, key: bytes, digest: int) -> Pending:
        """What stands, as the newest event tells it and the stored hash proves it."""
        found = await self._disputes.pending_of(campaign_id, key)
        if found is None or found.standing.digest() != digest:
            raise NodeLied("The chain node's events do not tell what stands.")
        return found.standing

    async def check_contracts(self, case: Case) -> None:
        """Raises WrongContract unless Campaigns and Judge of the case are ours, byte for byte, at their addresses."""
        campaigns = Place("Campaigns", case.chain_id, case.campaigns, case.gem, case.judge)
        check(await self._chain.code(case.campaigns), campaigns, "the first node")
        judge = Place("Judge", case.chain_id, case.judge, case.gem, case.campaigns)
        check(await self._chain.code(case.judge), judge, "the first node")
