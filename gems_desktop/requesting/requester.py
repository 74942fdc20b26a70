# SPDX-License-Identifier: Apache-2.0
"""A requester at work: offers a campaign, funds it, takes the results, pays with Spends, takes its exit."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_desktop.requesting import bills, kept_terms, paid_once
from gems_desktop.requesting.draft import Draft
from gems_desktop.requesting.ports import RequesterChain, RequesterPlatform
from gems_desktop.requesting.seeds import seed_tip
from gems_desktop.requesting.transactions import transact
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.network import Network
from gems_protocol.audit import NO_SEED
from gems_protocol.campaign import Terms, content_root
from gems_protocol.contracts.calls import call_data, returned
from gems_protocol.messages import Offer, Spend
from gems_protocol.signature import address_of
from gems_protocol.verification import policy_for

_PLENTY = 1 << 200


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

    async def create(self, draft: Draft, now: int, salt: bytes | None = None) -> Terms:
        """Upload the files, sign the offer and hand it in; the terms, not funded yet."""
        return await self.hand_in(draft, self.terms_of(draft, now, salt))

    async def hand_in(self, draft: Draft, terms: Terms) -> Terms:
        """See `create`, with terms that were made before."""
        for sha256, path in draft.media.items():
            await self.platform.put_file(f"/v1/media/{sha256}", Path(path).read_bytes())
        await self._trust()
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
        answer = await self.platform.post("/v1/campaigns", body)
        if answer.get("campaign_id") != "0x" + terms.campaign_id().hex():
            raise PlatformLied("it took the campaign under another name.")
        return terms

    async def fund(self, terms: Terms, tasks: int) -> bytes:
        """Put the cost of `tasks` tasks into escrow on chain; the transaction's hash."""
        await self.allow(terms.cost().units * tasks)
        return await self.send(self.network.campaigns, call_data("Campaigns", "fund", terms.abi(), tasks))

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
