# SPDX-License-Identifier: Apache-2.0
"""A requester at work: offers a campaign, funds it, takes the results, pays with Spends, takes its exit."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_platform.client.media import Told, upload_all
from gems_platform.client.requesting import bills, kept_terms, paid_once
from gems_platform.client.requesting.draft import Draft
from gems_platform.client.requesting.ports import RequesterChain, RequesterPlatform
from gems_platform.client.requesting.seeds import seed_tip
from gems_platform.client.requesting.transactions import send_and_wait, signed_call, transact
from gems_protocol.audit import NO_SEED
from gems_protocol.campaign import Terms, content_root
from gems_protocol.contracts.calls import call_data, returned
from gems_protocol.errors import GemsError
from gems_protocol.messages import Offer, Spend
from gems_protocol.network import Network
from gems_protocol.reaching import PlatformLied
from gems_protocol.signature import address_of
from gems_protocol.verification import policy_for

_PLENTY = 1 << 200
MOST_TASKS, MOST_BYTES = 20_000, 8_000_000  # of one campaign, by docs/platform-api.md


def terms_of(draft: Draft, network: Network, requester: str, now: int, salt: bytes) -> Terms:
    """The terms that a draft means on this network; raises MalformedMessage for impossible ones."""
    terms = draft.pay.terms(
        requester=requester,
        hub=network.hub_payer,
        ends=now + draft.pay.lasts_s,
        seed_tip=NO_SEED if draft.seeds is None else seed_tip(draft.seeds, now, now + draft.pay.lasts_s),
        content_root=content_root([task.data for task in draft.tasks]),
        salt=salt,
    )
    policy_for(draft.manifest.policy, terms)
    return terms


class TooLarge(GemsError):
    """A campaign holds more than a platform takes in one."""


def check_size(body: dict[str, Any]) -> None:
    """Raise TooLarge when an offer has more tasks or bytes than the interface takes, before anything is sent."""
    tasks, size = len(body["tasks"]), len(json.dumps(body, separators=(",", ":")))
    if tasks <= MOST_TASKS and size <= MOST_BYTES:
        return
    fits = min(MOST_TASKS, tasks * MOST_BYTES // size * 9 // 10 or 1)
    raise TooLarge(
        f"A campaign has at most {MOST_TASKS} tasks and {MOST_BYTES} bytes; this one has {tasks} and {size}.",
        safe="Nothing was sent and nothing was paid.",
        action=f"Offer it in parts, each a campaign of its own: --rows 1-{fits}, then --rows {fits + 1}-"
        f"{min(tasks, 2 * fits)} and so on.",
    )


@dataclass(slots=True)
class Requester:
    """One requester; `key` signs offers, Spends and its own transactions, `private` keeps the bills of its Spends."""

    network: Network
    platform: RequesterPlatform
    chain: RequesterChain
    key: bytes = field(repr=False)
    private: Path | None = None
    _verified: bool = field(default=False, init=False, repr=False)

    @property
    def address(self) -> str:
        """Lowercase 0x-hex."""
        return address_of(self.key)

    def terms_of(self, draft: Draft, now: int, salt: bytes | None = None) -> Terms:
        """The terms that a draft means now; a new name for the campaign every time, unless a salt is given."""
        return terms_of(draft, self.network, self.address, now, salt or os.urandom(32))

    async def now(self) -> int:
        """Unix seconds by the platform, so that terms end when they should whatever this computer's clock says."""
        await self.platform.get("/v1/info", token=False)
        return self.platform.time()

    async def create(self, draft: Draft, now: int, salt: bytes | None = None) -> Terms:
        """Upload the files, sign the offer and hand it in; the terms, not funded yet."""
        return await self.hand_in(draft, self.terms_of(draft, now, salt))

    async def hand_in(self, draft: Draft, terms: Terms, told: Told = lambda _: None) -> Terms:
        """See `create`, with terms that were made before."""
        await upload_all(self.platform, draft.media, told)
        await self.offer(terms, self.offer_of(draft, terms))
        return terms

    def offer_of(self, draft: Draft, terms: Terms) -> dict[str, Any]:
        """What is handed in for a draft: signed, and the same whenever it is sent again."""
        offer = Offer(terms.campaign_id(), draft.manifest.manifest_hash())
        body: dict[str, Any] = {
            "terms": terms.to_json(),
            "manifest": draft.manifest.to_json(),
            "offer_signature": "0x" + offer.sign(self.network.campaigns_domain, self.key).hex(),
            "tasks": [task.data for task in draft.tasks],
        }
        if draft.gold:
            body["gold"] = [item.to_json() for item in draft.gold]
        if draft.practice:
            body["practice"] = [item.to_json() for item in draft.practice]
        check_size(body)
        return body

    async def offer(self, terms: Terms, body: dict[str, Any]) -> None:
        """Hand in what `offer_of` made; again changes nothing."""
        await self._trust()
        answer = await self.platform.post("/v1/campaigns", body)
        if answer.get("campaign_id") != "0x" + terms.campaign_id().hex():
            raise PlatformLied("it took the campaign under another name.")

    async def fund(self, terms: Terms, tasks: int) -> bytes:
        """Put the cost of `tasks` tasks into escrow on chain; the transaction's hash."""
        return await send_and_wait(self.chain, await self.signed_funding(terms, tasks))

    async def signed_funding(self, terms: Terms, tasks: int) -> bytes:
        """The transaction that puts the cost of `tasks` tasks into escrow, signed and not sent yet."""
        await self.allow(terms.cost().units * tasks)
        await self._trust()
        data = call_data("Campaigns", "fund", terms.abi(), tasks)
        return await signed_call(self.chain, self.network.chain_id, self.key, self.network.campaigns, data)

    async def allow(self, units: int) -> None:
        """Let the escrow take at least so many base units."""
        if await self._allowance() < units:
            approve = call_data("Gem", "approve", self.network.campaigns, max(units, _PLENTY))
            await self.send(self.network.gem, approve)

    async def show(self, campaign_id: str) -> dict[str, Any]:
        """The campaign as the platform shows it, with what the chain says was funded."""
        value: dict[str, Any] = await self.platform.get(f"/v1/campaigns/{campaign_id}")
        return value

    async def terms(self, campaign_id: str) -> Terms:
        """The campaign's terms, checked against its name; kept, so that no platform is needed for them later."""
        kept = None if self.private is None else kept_terms.read(self.private, campaign_id)
        if kept is not None:
            return kept
        terms = Terms.from_json((await self.show(campaign_id))["terms"])
        if "0x" + terms.campaign_id().hex() != campaign_id:
            raise PlatformLied("its terms are not those of this campaign.")
        if self.private is not None:
            kept_terms.keep(self.private, terms)
        return terms

    async def results(self, campaign_id: str) -> list[dict[str, Any]]:
        """Every task with its state and accepted answer, in order."""
        found: list[dict[str, Any]] = []
        after = -1
        while True:
            page = await self.platform.get(f"/v1/campaigns/{campaign_id}/results?after={after}")
            if not page["results"]:
                return found
            if page["last"] <= after:
                raise PlatformLied("its list of results goes in circles.")
            found += page["results"]
            after = page["last"]

    async def pay(self, campaign_id: str) -> int:
        """Sign for everything that is due; base units signed for in all.

        The lines are added up here, and never more is signed than the escrow holds. The hub's signed bill of the
        tasks that it pays is checked and kept first: raises BillRefused, BillsNotKept.
        """
        due = await self.platform.get(f"/v1/campaigns/{campaign_id}/spend-due")
        spent, signed = int(due["spent"]), int(due["signed"])
        if spent != max(0, sum(int(line["amount"]) for line in due["lines"])):
            raise PlatformLied("what it asks the requester for is not the sum of its lines.")
        if spent > await self.chain.campaign_funded(bytes.fromhex(campaign_id[2:])):
            raise PlatformLied("it asks the requester for more than the escrow holds.")
        if spent <= signed:
            return signed
        await self._trust()
        await self._keep_bill(campaign_id, due)
        spend = Spend(bytes.fromhex(campaign_id[2:]), spent, int(due["seq"]) + 1)
        signature = spend.sign(self.network.campaigns_domain, self.key)
        body = {"message": spend.to_json(), "signature": "0x" + signature.hex()}
        await self.platform.post(f"/v1/campaigns/{campaign_id}/spends", body)
        return spent

    async def _keep_bill(self, campaign_id: str, due: dict[str, Any]) -> None:
        if self.private is None:
            raise bills.BillsNotKept(
                "There is no folder for the campaign's bills.", safe="No Spend was signed."
            )
        earlier = bills.read_bills(self.private, campaign_id)
        before = earlier[-1] if earlier else None
        kept = bills.checked(due, self.network, campaign_id, before)
        fresh = set(kept.keys) - set(() if before is None else before.keys)
        await paid_once.check(self.chain, self.network.campaigns, kept.bill.campaign_id, fresh)
        bills.keep_bill(self.private, campaign_id, kept)

    def bill_proof(
        self, campaign_id: str, task_key: bytes, redeemed: int | None = None
    ) -> bills.BillProof | None:
        """The hub's bill that names a task, with its path, to be shown on chain; see `bills.proof_of`."""
        if self.private is None:
            return None
        return bills.proof_of(self.private, campaign_id, task_key, redeemed)

    async def cancel(self, campaign_id: str) -> None:
        """No new leases; what was submitted is judged and paid."""
        await self.platform.post(f"/v1/campaigns/{campaign_id}/cancel", {})

    async def redeemed(self, campaign_id: str) -> int:
        """Base units that left the escrow for the hub."""
        return await self._number("redeemed", campaign_id)

    async def exit_at(self, campaign_id: str) -> int:
        """Unix time from which the exit can be finished; 0 before it was started."""
        return await self._number("exits", campaign_id)

    async def start_exit(self, terms: Terms) -> bytes:
        """Start the exit, once the campaign has ended on chain."""
        return await self.send(self.network.campaigns, call_data("Campaigns", "start_withdraw", terms.abi()))

    async def finish_exit(self, terms: Terms) -> bytes:
        """Take back what was not spent, once the delay is over."""
        return await self.send(self.network.campaigns, call_data("Campaigns", "finish_withdraw", terms.abi()))

    async def _number(self, view: str, campaign_id: str) -> int:
        data = call_data("Campaigns", view, bytes.fromhex(campaign_id[2:]))
        return int(returned("Campaigns", view, await self.chain.view(self.network.campaigns, data))[0])

    async def _allowance(self) -> int:
        data = call_data("Gem", "allowance", self.address, self.network.campaigns)
        return int(returned("Gem", "allowance", await self.chain.view(self.network.gem, data))[0])

    async def _trust(self) -> None:
        """Raises WrongContract before any money goes to contracts that are not ours."""
        if not self._verified:
            await self.chain.check_contracts()
            self._verified = True

    async def send(self, to: str, data: bytes) -> bytes:
        """Send a call as this account, once the contracts were found to be ours; the transaction's hash."""
        await self._trust()
        return await transact(self.chain, self.network.chain_id, self.key, to, data)
