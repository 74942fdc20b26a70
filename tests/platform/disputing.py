# SPDX-License-Identifier: Apache-2.0
"""What people bring to Judge and Campaigns by hand, and what stands there."""

from __future__ import annotations

from typing import Any

from gems_platform.disputes.reading import OnChain
from gems_protocol.campaign import Terms
from gems_protocol.contracts.calls import call_data
from gems_protocol.dispute import TaskWord, claim_arguments, silent_arguments, silent_from
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.evidence_json import from_json
from gems_protocol.messages import task_key
from tests.platform.api import Person
from tests.platform.conftest import key
from tests.platform.world import World


class Court:
    """The contracts of a world, used by somebody with gas."""

    def __init__(self, live: World) -> None:
        self.live = live
        self.on_chain = OnChain(live.chain, live.settings.hub_payer)

    async def send(self, contract: str, function: str, *values: Any, by: str = "other requester") -> None:
        to = await self.on_chain.address(contract)
        await self.live.chain.send(key(by), to, call_data(contract, function, *values))

    async def terms(self, campaign: str) -> Terms:
        requester = await self.live.person("requester")
        return Terms.from_json((await requester.get(f"/v1/campaigns/{campaign}"))["terms"])

    async def proof(self, who: Person, campaign: str) -> VerdictEvidence:
        """The newest verdict's evidence that a worker has."""
        event, _ = (await self.live.verdicts(who, campaign))[-1]
        return from_json(event["evidence"])

    async def claim(self, proof: VerdictEvidence) -> bytes:
        """Bring a verdict as its worker would; the task key."""
        terms = await self.terms("0x" + proof.assignment.campaign_id.hex())
        found = claim_arguments(proof, terms, self.live.settings.hub)
        assert found is not None
        await self.send("Judge", "claim", *found)
        return self.key(proof)

    async def claim_silent(self, proof: VerdictEvidence, receipt: dict[str, Any]) -> bytes:
        """Wait long enough, then say that the hub is silent; the task key."""
        terms = await self.terms("0x" + proof.assignment.campaign_id.hex())
        at = int(receipt["message"]["received_at"])
        await self.pass_to(silent_from(terms, at))
        signature = bytes.fromhex(receipt["signature"][2:])
        await self.send(
            "Judge", "claim_silent", *silent_arguments(proof, terms, self.live.settings.hub, at, signature)
        )
        return self.key(proof)

    @staticmethod
    def key(proof: VerdictEvidence) -> bytes:
        given = proof.assignment
        return task_key(given.campaign_id, given.index, given.attempt)

    @staticmethod
    def named(proof: VerdictEvidence) -> tuple[bytes, int, int]:
        given = proof.assignment
        return given.campaign_id, given.index, given.attempt

    async def state(self, task: bytes) -> str:
        return (await self.word(task)).state.name

    async def word(self, task: bytes) -> TaskWord:
        return await self.on_chain.task(task)

    async def gem(self, who: str) -> int:
        return await self.live.chain.gem_balance(who)

    async def pass_to(self, moment: int) -> None:
        """The chain's next block is not before that."""
        self.live.clock.at = max(self.live.clock.at, moment)
        await self.live.chain._rpc("evm_mine")

    async def ticks(self, count: int = 3) -> None:
        for _ in range(count):
            await self.live.tick()
