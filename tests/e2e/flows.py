# SPDX-License-Identifier: Apache-2.0
"""A local network whose time tests hold, and people on it who use nothing but the window's services."""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.local.network import LocalNetwork, start
from gems_desktop.services.errors import BatchRefused, PlatformRefused
from gems_desktop.services.facts import OutboxItem, ReviewFacts
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import EventRecord
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_platform.campaigns import repository as campaigns_repository
from gems_platform.client.requesting.draft import Draft, read_draft
from gems_platform.client.requesting.requester import Requester
from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from tests.desktop.local.world import answer, write_campaign

BEGINS = 1_800_000_000
PLENTY = 10


@dataclass
class HandClock:
    """A ClockPort whose time stands still until a test moves it."""

    at: int = BEGINS

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return float(self.at)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)

    def random_bytes(self, count: int) -> bytes:
        return os.urandom(count)


@dataclass(frozen=True)
class Offered:
    """A funded campaign of moods; its text says what is right."""

    campaign_id: str
    terms: Terms
    draft: Draft


@dataclass
class Stage:
    """Everything that runs, with shorthands for what people do."""

    running: LocalNetwork
    clock: HandClock
    folder: Path
    people: dict[str, LiveSession] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    _made: int = 0

    @property
    def requester(self) -> Requester:
        """Who offers every campaign here."""
        return self.running.requesters["requester_1"]

    async def tick(self) -> None:
        """Let the platform do what is due."""
        await self.running.platform.app.state.ticker.tick()

    async def later(self, seconds: int) -> None:
        """Move the time on."""
        self.clock.at += seconds
        await self.tick()

    async def session(self, name: str) -> LiveSession:
        """The window's services of a neighbour by name, or of a stranger with a new key."""
        if name not in self.people:
            folder, network = self.folder / name, self.running.network
            folder.mkdir(mode=0o700)
            key = self.running.keys[name] if name in NEIGHBOURS else secrets.token_bytes(32)
            self.keys[name] = key
            signer = InProcessSigner(signer_config(folder, network), key)
            self.people[name] = await open_session(
                folder, network, signer=signer, clock=self.clock, profile=name
            )
        return self.people[name]

    async def again(self, name: str, folder: str) -> LiveSession:
        """The same wallet in an empty folder, as on a new laptop; whoever has the old session may go on with it."""
        path, network = self.folder / folder, self.running.network
        path.mkdir(mode=0o700)
        signer = InProcessSigner(signer_config(path, network), self.keys[name])
        return await open_session(path, network, signer=signer, clock=self.clock, profile=name)

    async def newcomer(self) -> LiveSession:
        """Somebody with an empty wallet."""
        return await self.session(f"newcomer {secrets.token_hex(4)}")

    async def veteran(self, family: str, bond: str = "1.00") -> LiveSession:
        """Somebody with twelve right tasks of a family and something to stake."""
        miner = await self.newcomer()
        campaign = await self.campaign(
            "consensus", 12, family=family, ms="0", vs="0", title="To become a veteran"
        )
        await miner.sync.campaigns(refresh=True)
        await miner.sync.fetch_batch(campaign.campaign_id, 1)
        await miner.earnings.set_bond_target(Amount.gem(bond))
        await self.send(miner)
        await self.work(miner, campaign, 11)
        for name in NEIGHBOURS[:2]:
            assert await self.judge(name, campaign, count=12) == 12
        await self.paid(miner)
        return miner

    async def campaign(
        self, policy: str, tasks: int = 1, *, family: str = "text-choice", **about: Any
    ) -> Offered:
        """A funded campaign; `about` as in `campaign.json`, with `params` of the policy, `practice` as its rows."""
        self._made += 1
        values = {
            "title": f"Flow {self._made}",
            "module": {"name": "moods", "version": "1", "family": family, "difficulty": "easy"},
            "vs": "0",
            "z": 1,
            "redo_s": 3600,
            **about,
        }
        examples = values.pop("practice", None)
        if examples is not None:
            values["practice"] = "practice.jsonl"
        folder = write_campaign(self.folder / f"campaign-{self._made}", policy=policy, tasks=tasks, **values)
        (folder / "practice.jsonl").write_text("\n".join(json.dumps(row) for row in examples or []))
        draft = read_draft(folder, chance=random.Random(self._made))
        terms = await self.requester.create(draft, self.clock.now())
        await self.requester.fund(terms, tasks)
        await self.tick()
        return Offered("0x" + terms.campaign_id().hex(), terms, draft)

    async def work(
        self, miner: LiveSession, campaign: Offered, count: int = 1, *, wrong: bool = False
    ) -> None:
        """Lease tasks, answer them rightly or all wrongly, seal and send."""
        await miner.sync.campaigns(refresh=True)
        await miner.sync.fetch_batch(campaign.campaign_id, count)
        await self.send(miner, wrong=wrong)

    async def answer(self, miner: LiveSession, *, wrong: bool = False) -> None:
        """Answer what is leased, nothing more."""
        facts = await miner.work.current()
        while facts is not None:
            edit = {"op": "reset", "answer": mood(facts.data, wrong)}
            await miner.work.record(facts.item_id, edit)
            facts = await miner.work.finish(facts.item_id)

    async def send(self, miner: LiveSession, *, wrong: bool = False) -> None:
        """Answer what is leased, seal and send."""
        await self.answer(miner, wrong=wrong)
        await miner.work.seal()
        await miner.sync.flush()

    async def judge(self, name: str, campaign: Offered, *, misread: bool = False, count: int = PLENTY) -> int:
        """A neighbour reviews a campaign, seeing everything the wrong way round where it misreads; how many."""
        verifier = await self.session(name)
        with suppress(PlatformRefused, BatchRefused):  # nothing to review
            await verifier.sync.fetch_reviews(count)
        facts, done = await verifier.review.current(), 0
        while facts is not None:
            mine = facts.campaign_id == campaign.campaign_id
            done += mine
            facts = await self.vote(verifier, facts, misread) if mine else await _skip(verifier, facts)
        await verifier.review.seal()
        await verifier.sync.flush()
        return done

    async def vote(self, verifier: LiveSession, facts: ReviewFacts, misread: bool) -> ReviewFacts | None:
        """One review, seen rightly or the wrong way round; the next one."""
        seen = mood(facts.data, misread)
        if facts.blind:
            assert facts.answer == [], "a blind verifier is shown nothing"
            await verifier.review.open_blind(facts.item_id)
            await verifier.work.record(facts.item_id, {"op": "reset", "answer": seen})
            return await verifier.review.finish_blind(facts.item_id)
        if facts.answer == seen:
            return await verifier.review.decide(facts.item_id, "accept")
        return await verifier.review.decide(facts.item_id, "reject", "wrong_label", "Read it again.")

    async def judged(self, campaign: Offered, names: tuple[str, ...], *, misread: bool = False) -> int:
        """These neighbours review one after the other; how many votes they cast."""
        return sum([await self.judge(name, campaign, misread=misread) for name in names])

    async def until_verdict(self, miner: LiveSession, campaign: Offered, *, misread: bool = False) -> int:
        """One blind neighbour after another, until the evidence is enough; how many it took."""
        for count, name in enumerate(NEIGHBOURS, 1):
            assert await self.judge(name, campaign, misread=misread) == 1
            await miner.sync.pull()
            if (await self.item(miner, campaign)).state.name != "DELIVERED":
                return count
        raise AssertionError("nine neighbours were not enough")

    async def item(self, miner: LiveSession, campaign: Offered, attempt: int = 0) -> OutboxItem:
        """What the outbox says of the first task of a campaign."""
        await miner.sync.pull()
        items = [
            item
            for item in await miner.work.outbox()
            if (item.kind, item.campaign_id, item.attempt) == ("work", campaign.campaign_id, attempt)
        ]
        assert items, "the task is not in the outbox"
        return items[-1]

    async def paid(self, miner: LiveSession) -> tuple[Amount, Amount]:
        """Let vouchers come; (pay, bond) in all, by own books that agree with the platform's."""
        await self.tick()
        await miner.sync.pull()
        facts = await miner.earnings.facts()
        assert facts.difference is None, facts.difference
        assert await self.problems(miner) == []
        assert facts.owed == Amount(0), "what is owed is vouchered"
        voucher = await self._voucher(miner)
        told = voucher["message"] if voucher else {"paid": "0", "bonded": "0"}
        assert (int(told["paid"]), int(told["bonded"])) == (facts.paid.units, facts.bonded.units)
        return facts.paid, facts.bond_free

    async def _voucher(self, who: LiveSession) -> dict[str, Any] | None:
        """The newest voucher by the platform; somebody who was never paid has no channel yet."""
        try:
            found: dict[str, Any] | None = (await who.context.platform.get("/v1/channel"))["voucher"]
        except PlatformRefused as error:
            if error.code != "not_found":
                raise
            return None
        return found

    async def problems(self, who: LiveSession) -> list[str]:
        """Why events were refused, in their order."""
        events = await who.context.store.run(lambda tx: tx.find(EventRecord, order="seq"))
        return [event.problem for event in events if event.problem]

    async def books(self, campaign: Offered) -> dict[str, int]:
        """The net change of every party by the campaign's ledger, zero in all, with no stake or bond left over."""
        found: dict[str, int] = {}
        with self.running.platform.app.state.context.db.read() as session:
            for row in campaigns_repository.transfers(session, campaign.campaign_id):
                found[row.source] = found.get(row.source, 0) - row.amount
                found[row.target] = found.get(row.target, 0) + row.amount
        assert sum(found.values()) == 0
        assert not any(amount for party, amount in found.items() if party.startswith(("stake:", "bond:")))
        return found

    async def signed_for(self, campaign: Offered) -> int:
        """What the requester signs for and the hub redeems on chain."""
        signed = await self.requester.pay(campaign.campaign_id)
        await self.tick()
        await self.tick()
        assert await self.requester.redeemed(campaign.campaign_id) == signed
        return signed


async def _skip(verifier: LiveSession, facts: ReviewFacts) -> ReviewFacts | None:
    return await verifier.review.decide(facts.item_id, "skip")


def mood(data: dict[str, Any], wrong: bool = False) -> list[dict[str, Any]]:
    """The answer that a sentence deserves, or the other one."""
    good = "good" in data["text"]
    return answer("good" if good is not wrong else "bad")


@asynccontextmanager
async def local_network(folder: Path) -> AsyncIterator[Stage]:
    """The local network in `folder` without campaigns and without driven neighbours."""
    clock = HandClock()
    (folder / "none").mkdir()
    running = await start(
        folder / "state", samples=folder / "none", test_methods=True, clock=clock, ticking=False
    )
    stage = Stage(running, clock, folder)
    try:
        yield stage
        for name, session in stage.people.items():
            facts = await session.earnings.facts()
            assert facts.difference is None, name
    finally:
        for session in stage.people.values():
            await session.close()
        await running.close()
