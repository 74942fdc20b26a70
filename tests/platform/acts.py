# SPDX-License-Identifier: Apache-2.0
"""What people do in the tests of policies, in few words."""

from __future__ import annotations

from typing import Any

from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment
from tests.platform.api import Person
from tests.platform.world import GOOD, World

EVIDENCE: dict[str, Any] = {"ms": Amount.gem("0.25"), "rounds": 2}


async def newcomer(live: World, bond: str = "0") -> Person:
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    if bond != "0":
        await anna.ask("PUT", "/v1/channel/standing-order", {"bond_target": str(Amount.gem(bond))})
    return anna


async def states(live: World, campaign: str, of: str = "requester") -> list[dict[str, Any]]:
    found = await (await live.person(of)).get(f"/v1/campaigns/{campaign}/results")
    rows: list[dict[str, Any]] = found["results"]
    return rows


async def one_task(live: World, who: Person, campaign: str, answer: list[Any] = GOOD) -> dict[str, Any]:
    """Lease one task and answer it; the batch."""
    batch = await live.lease(who, campaign, 1)
    (item,) = batch["items"]
    name = "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()
    await live.submit(who, live.sealed(who, batch["batch_id"], [name], answer))
    return batch


async def ask(live: World, numbers: range, accept: bool) -> None:
    for number in numbers:
        assert await live.review(await live.person(f"verifier {number}"), 1, accept) == 1


async def last(live: World, who: Person, campaign: str) -> tuple[dict[str, Any], Any]:
    return (await live.verdicts(who, campaign))[-1]


async def with_bond(live: World, bond: str = "2.00") -> Person:
    """Anna after twelve right tasks: no newcomer any more, and something to stake."""
    anna = await newcomer(live, bond)
    campaign = await live.campaign(12)
    await live.work(anna, campaign, 12)
    for number in (10, 11):
        await live.review(await live.person(f"verifier {number}"), 12)
    await live.tick()
    return anna
