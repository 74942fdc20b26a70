# SPDX-License-Identifier: Apache-2.0
"""A real chain with the contracts, a platform on it, and people who do what clients do, by hand."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from eth_utils import keccak

from gems_desktop.local.chain import Chain as LocalChain
from gems_desktop.local.chain import serve as serve_chain
from gems_desktop.local.chain.deploy import Addresses, contract_address
from gems_platform.app import Server, serve
from gems_platform.campaigns import repository as campaigns_repository
from gems_platform.channels.chain import Chain
from gems_platform.settings import Settings
from gems_protocol import merkle
from gems_protocol.amount import UNIT, Amount
from gems_protocol.campaign import Manifest, ModuleInfo, PolicyInfo, Terms, content_root, result_hash
from gems_protocol.contracts.calls import call_data
from gems_protocol.evidence_json import from_json
from gems_protocol.messages import (
    Appeal,
    Assignment,
    BatchReceipt,
    BatchSubmission,
    BatchVote,
    Debit,
    Offer,
    ReviewAssignment,
    Spend,
    Submission,
    Vote,
)
from gems_protocol.rules import Rules, rules_of
from gems_protocol.signature import address_of
from gems_protocol.verdict import Verdict, check_verdict
from tests.platform import stores
from tests.platform.api import Person
from tests.platform.conftest import HandClock, key
from tests.platform.deploying import CHAIN_ID, deploy
from tests.platform.releasing import Releasing

CONFIG = """<View><Text name="text" value="$text"/><Choices name="mood" toName="text">
<Choice value="good"/><Choice value="bad"/></Choices></View>"""
GOOD = [
    {"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}, "id": "a1"}
]
BAD = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["bad"]}, "id": "b1"}]
PANELS = {"consensus": (2, 2), "girm": (5, 3), "gram": (2, 2), "evidence": (7, 4), "commissioned": (2, 2)}
_CALM = {"costly_burst": 10_000}  # everybody signs in from one address, again and again
POOR = ("requester", "other requester", "hub payer", "relayer")  # who pay gas


@dataclass
class World(Releasing):
    """Everything that runs, with shorthands for what people do."""

    server: Server
    settings: Settings
    chain: Chain
    http: aiohttp.ClientSession
    clock: HandClock
    people: dict[str, Person] = field(default_factory=dict)
    mine: Callable[[], Awaitable[None]] | None = None  # the blocks that a payment needs before it counts

    async def tick(self) -> None:
        await self.server.app.state.ticker.tick()

    async def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = Person(self.http, self.server.url, self.settings, key(name))
        return await self.people[name].sign_in()

    async def campaign(
        self,
        count: int = 3,
        policy: str = "consensus",
        *,
        params: dict[str, int] | None = None,
        extra: dict[str, Any] | None = None,
        gold_root: bytes = bytes(32),
        of: str = "requester",
        family: str = "text-classification",
        instructions: str = "Choose one.",
        **changes: Any,
    ) -> str:
        """A funded campaign of a requester's with `count` sentences; its id. `extra`: more of the request."""
        requester = await self.person(of)
        tasks = [{"text": f"Sentence {number} of {secrets.token_hex(4)}."} for number in range(count)]
        panel = PANELS[policy]
        values: dict[str, Any] = {
            "requester": requester.address,
            "hub": self.settings.hub_payer,
            "mr": Amount.gem("0.50"),
            "ms": Amount(0),
            "vs": Amount(0),
            "floor": Amount.gem("0.10"),
            "z": 5,
            "panel": 7,
            "quorum": 4,
            "rounds": 3,
            "redo": 3600,
            "window": 259_200,
            "ends": self.clock.at + 30 * 86_400,
            "verifier_root": bytes(32),
            "seed_tip": bytes(32),
            "arbiter": "0x" + "00" * 20,
            "content_root": content_root(tasks),
            "salt": secrets.token_bytes(32),
        }
        if policy == "girm" or (params or {}).get("entry_tasks"):
            values["z"] = 1
        terms = Terms(**{**values, **changes})
        manifest = Manifest(
            title="Moods",
            description="Say whether a sentence is good or bad.",
            instructions=instructions,
            module=ModuleInfo("sentiment", "1", family, "easy", CONFIG),
            policy=PolicyInfo(policy, *panel, params or {}),
            expected_seconds=5,
            lease_s=86_400,
            languages=("en",),
            content_warning="",
            gold_root=gold_root,
        )
        offer = Offer(terms.campaign_id(), manifest.manifest_hash())
        body = {
            "terms": terms.to_json(),
            "manifest": manifest.to_json(),
            "offer_signature": "0x" + offer.sign(self.settings.campaigns_domain, requester.key).hex(),
            "tasks": tasks,
            **(extra or {}),
        }
        made = await requester.post("/v1/campaigns", body)
        assert made["state"] == "draft"
        approve = call_data("Gem", "approve", self.settings.campaigns, 2**200)
        await self.chain.send(requester.key, self.settings.gem, approve)
        fund = call_data("Campaigns", "fund", terms.abi(), count)
        await self.chain.send(requester.key, self.settings.campaigns, fund)
        if self.mine is not None:
            await self.mine()
        await self.tick()
        found = await requester.get(f"/v1/campaigns/{made['campaign_id']}")
        assert found["state"] == "open" and found["tasks_open"] == count
        return str(made["campaign_id"])

    async def lease(self, who: Person, campaign: str, count: int) -> dict[str, Any]:
        await self.release(who)
        body = {"request_id": "0x" + secrets.token_hex(32), "campaign_id": campaign, "count": count}
        batch: dict[str, Any] = await who.post("/v1/leases", body)
        await self.confirm(who, batch)
        return batch

    async def confirm(self, who: Person, batch: dict[str, Any]) -> None:
        debit = None
        if int(batch["stake_total"]):
            debit = await self.debit(who, int(batch["stake_total"]), bytes.fromhex(batch["root"][2:]))
        done = await who.post(f"/v1/leases/{batch['batch_id']}/confirm", {"debit": debit})
        assert done["state"] == "confirmed"

    def sealed(
        self, who: Person, batch_id: str, hashes: list[str], answer: list[Any] | None = None
    ) -> dict[str, Any]:
        """A signed submission of the same answer to each assignment."""
        answer = GOOD if answer is None else answer
        items = [
            {"assignment_hash": name, "salt": "0x" + secrets.token_hex(32), "answer": answer}
            for name in hashes
        ]
        leaves = [
            Submission(
                bytes.fromhex(str(item["assignment_hash"])[2:]),
                result_hash(answer),
                bytes.fromhex(str(item["salt"])[2:]),
            ).struct_hash()
            for item in items
        ]
        batch = BatchSubmission(merkle.root(leaves), len(leaves), bytes.fromhex(batch_id[2:]), self.clock.at)
        signature = batch.sign(self.settings.campaigns_domain, who.key)
        return {"batch": {"message": batch.to_json(), "signature": "0x" + signature.hex()}, "items": items}

    async def submit(self, who: Person, body: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = await who.post("/v1/submissions", body)
        receipt = BatchReceipt.from_json(found["receipt"]["message"])
        receipt.check(
            self.settings.campaigns_domain,
            bytes.fromhex(found["receipt"]["signature"][2:]),
            self.settings.hub,
        )
        return found

    async def work(self, who: Person, campaign: str, count: int) -> list[Assignment]:
        """Lease, answer and send; the assignments."""
        batch = await self.lease(who, campaign, count)
        given = [Assignment.from_json(item["assignment"]["message"]) for item in batch["items"]]
        await self.submit(
            who, self.sealed(who, batch["batch_id"], ["0x" + one.struct_hash().hex() for one in given])
        )
        return given

    async def review(
        self, who: Person, count: int, accept: bool = True, answer: list[Any] | None = None
    ) -> int:
        """Lease reviews and vote the same on all, or answer the blind ones alike; how many."""
        await self.release(who)
        body = {"request_id": "0x" + secrets.token_hex(32), "count": count}
        batch = await who.post("/v1/reviews/leases", body)
        await self.confirm(who, batch)
        await who.post("/v1/votes", self.votes(who, batch, accept, answer))
        return len(batch["items"])

    def votes(
        self, who: Person, batch: dict[str, Any], accept: bool, answer: list[Any] | None = None
    ) -> dict[str, Any]:
        given = [ReviewAssignment.from_json(item["assignment"]["message"]) for item in batch["items"]]
        own = [(answer or (GOOD if accept else BAD)) if item["blind"] else None for item in batch["items"]]
        votes = [
            Vote(
                one.campaign_id,
                one.index,
                one.attempt,
                one.round,
                one.result_hash if mine is None else result_hash(mine),
                accept if mine is None else True,
            )
            for one, mine in zip(given, own, strict=True)
        ]
        leaves = [vote.struct_hash() for vote in votes]
        message = BatchVote(
            merkle.root(leaves), len(leaves), bytes.fromhex(batch["batch_id"][2:]), self.clock.at
        )
        signature = message.sign(self.settings.campaigns_domain, who.key)
        return {
            "batch": {"message": message.to_json(), "signature": "0x" + signature.hex()},
            "items": [
                {
                    "vote": vote.to_json(),
                    "reason": None if accept else "wrong_label",
                    "note": None,
                    "mark": None,
                    "answer": mine,
                }
                for vote, mine in zip(votes, own, strict=True)
            ],
        }

    async def events(self, who: Person, kind: str) -> list[dict[str, Any]]:
        found = await who.get("/v1/events?after=0")
        return [event for event in found["events"] if event["kind"] == kind]

    async def rules(self, who: Person, campaign: str) -> Rules:
        """The campaign's rules as anybody reads them."""
        shown = await who.get(f"/v1/campaigns/{campaign}")
        return rules_of(Terms.from_json(shown["terms"]), Manifest.from_json(shown["manifest"]))

    async def verdicts(self, who: Person, campaign: str) -> list[tuple[dict[str, Any], Verdict]]:
        """Every verdict about somebody's work with what its evidence gives, which must be what it says."""
        rules = await self.rules(who, campaign)
        found = []
        for event in await self.events(who, "verdict"):
            proof = from_json(event["evidence"])
            if proof.assignment.campaign_id == rules.terms.campaign_id():
                verdict = check_verdict(proof, rules, self.settings.campaigns_domain, self.settings.hub)
                assert verdict.accepted is event["accepted"]
                found.append((event, verdict))
        return found

    async def appeal(
        self, who: Person, event: dict[str, Any], reason: str = "Look again.", *, debit: bool = False
    ) -> dict[str, Any]:
        """Object to a verdict that waits for it."""
        given = from_json(event["evidence"]).assignment
        offered = event["appeal"]
        message = Appeal(
            given.campaign_id,
            given.index,
            given.attempt,
            offered["round"],
            int(offered["bond"]),
            keccak(text=reason),
        )
        signature = message.sign(self.settings.campaigns_domain, who.key)
        put_down = None
        if debit:
            put_down = await self.debit(who, int(offered["bond"]), message.struct_hash())
        signed = {"message": message.to_json(), "signature": "0x" + signature.hex()}
        found: dict[str, Any] = await who.post(
            "/v1/appeals", {"appeal": signed, "reason": reason, "debit": put_down}
        )
        return found

    async def debit(self, who: Person, units: int, root: bytes) -> dict[str, Any]:
        """A worker's signature that puts `units` more at risk."""
        channel = await who.get("/v1/channel")
        message = Debit(bytes.fromhex(channel["channel_id"][2:]), int(channel["debited"]) + units, root)
        signature = message.sign(self.settings.channels_domain, who.key)
        return {"message": message.to_json(), "signature": "0x" + signature.hex()}

    async def books(self, campaign: str) -> dict[str, int]:
        """The net change of every party by the campaign's ledger; always zero in all."""
        with self.server.app.state.context.db.read() as session:
            rows = campaigns_repository.transfers(session, campaign)
            found: dict[str, int] = {}
            for row in rows:
                found[row.source] = found.get(row.source, 0) - row.amount
                found[row.target] = found.get(row.target, 0) + row.amount
        assert sum(found.values()) == 0
        return {party: amount for party, amount in found.items() if amount}

    async def spend(self, campaign: str, of: str = "requester") -> int:
        """The requester signs for all that is due; how much that is."""
        requester = await self.person(of)
        due = await requester.get(f"/v1/campaigns/{campaign}/spend-due")
        message = Spend(bytes.fromhex(campaign[2:]), int(due["spent"]), int(due["seq"]) + 1)
        signature = message.sign(self.settings.campaigns_domain, requester.key)
        body = {"message": message.to_json(), "signature": "0x" + signature.hex()}
        await requester.post(f"/v1/campaigns/{campaign}/spends", body)
        await self.tick()
        return message.spent


@asynccontextmanager
async def world(
    folder: Path, clock: HandClock, *, line: Callable[[str], Awaitable[str]] | None = None, **changes: Any
) -> AsyncIterator[World]:
    """A world in `folder` on a chain of its own; `changes` are settings.

    line: gives, for the node's address, the one at which the platform is to ask it.
    """
    rich = {address_of(key(name)): 10**24 for name in POOR}
    local = LocalChain.open(folder / "chain.sqlite", CHAIN_ID, rich, clock=clock.now)
    gem = deploy(local, "Gem", address_of(key("requester")))
    channels = deploy(local, "Channels", gem)
    campaigns = deploy(local, "Campaigns", gem, contract_address(address_of(key("requester")), 3))
    deploy(local, "Judge", gem, campaigns)
    node = await serve_chain(local, test_methods=True)
    where = Addresses(gem, channels, campaigns)
    url = node.url if line is None else await line(node.url)
    async with world_on(url, where, folder, clock, own_url=node.url, **changes) as running:
        yield running
    await node.close()


@asynccontextmanager
async def world_on(
    url: str, where: Addresses, folder: Path, clock: HandClock, *, own_url: str = "", **changes: Any
) -> AsyncIterator[World]:
    """A world on the node at `url`, whose chain has the contracts, and gas for POOR.

    own_url: the same node for what people do by hand, when the platform's line to it is not theirs.
    """
    settings = Settings(
        data_dir=folder / "platform",
        store_url=stores.new(folder / "platform"),
        chain_id=CHAIN_ID,
        rpc_url=url,
        gem=where.gem,
        channels=where.channels,
        campaigns=where.campaigns,
        hub_signer_key=key("hub signer"),
        hub_payer_key=key("hub payer"),
        relayer_key=key("relayer"),
        arbiters=(address_of(key("other requester")),),
        practice_verifiers=tuple(address_of(key(f"verifier {number}")) for number in range(12)),
        **{"review_share_ppm": 1_000_000, "allot_s": 0, "confirmations": 1, **_CALM, **changes},
    )
    server = await serve(settings, clock=clock, ticking=False)
    chain = Chain(own_url or url, CHAIN_ID, where.gem, where.channels, where.campaigns)
    give = call_data("Gem", "transfer", settings.hub_payer, 10_000 * UNIT)
    await chain.send(key("requester"), where.gem, give)
    async with aiohttp.ClientSession() as http:
        running = World(server, server.app.state.context.settings, chain, http, clock)
        yield running
    await chain.close()
    await running.server.close()
