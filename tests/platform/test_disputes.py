# SPDX-License-Identifier: Apache-2.0
"""The hub on chain: what is brought a second time goes to it, what it owes it pays, and unpaid Spends it claims."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from gems_desktop import cli
from gems_desktop.local.chain import Chain as LocalChain
from gems_desktop.local.chain import serve as serve_chain
from gems_platform.app import serve
from gems_platform.channels import service as channel_service
from gems_platform.disputes.adjudicator import Adjudicator
from gems_platform.disputes.reading import OVER, event_of
from gems_platform.errors import ChainDown
from gems_protocol.amount import UNIT
from gems_protocol.messages import Assignment
from tests.platform.acts import EVIDENCE, newcomer
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.deploying import CHAIN_ID
from tests.platform.disputing import Court
from tests.platform.operating import settings_file
from tests.platform.world import BAD, World, world

DAY = 86_400
SMALL: dict[str, Any] = {"panel": 3, "quorum": 2, "rounds": 1, "window": 3 * DAY}
MR, VR = UNIT // 2, UNIT // 10
COST = MR + 6 * VR


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock, collateral=10 * UNIT) as running:
        yield running


@pytest.fixture
def court(live: World) -> Court:
    return Court(live)


async def paid(live: World, who: Person, campaign: str, count: int = 1, *, released: bool = True) -> Any:
    """Do tasks that are accepted, vouchered and released; the receipt."""
    batch = await live.lease(who, campaign, count)
    names = [
        "0x" + Assignment.from_json(item["assignment"]["message"]).struct_hash().hex()
        for item in batch["items"]
    ]
    sent = await live.submit(who, live.sealed(who, batch["batch_id"], names))
    people = [who]
    for number in (0, 1):
        verifier = await live.person(f"verifier {number}")
        await verifier.post("/v1/channel", {})
        await live.review(verifier, count)
        people.append(verifier)
    await live.tick()
    for one in people if released else ():
        assert await live.release(one) == count
    return sent["receipt"]


async def test_the_hot_key_is_registered_and_the_collateral_filled_once(live: World, court: Court) -> None:
    await court.ticks()
    assert await court.on_chain.signer_until(live.settings.hub) == OVER
    assert await court.on_chain.collateral() == (10 * UNIT, 0, 0)
    before = await live.chain.nonce(live.settings.hub_payer, "latest")
    live.clock.at += 60
    await court.ticks()
    assert await live.chain.nonce(live.settings.hub_payer, "latest") == before


async def test_the_operator_leaves_with_the_collateral(
    live: World, court: Court, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await court.ticks()
    file = settings_file(live.settings, tmp_path)
    assert await court.gem(live.settings.hub_payer) == 9_990 * UNIT
    for name, days, total in (("leave", 0, 10), ("finish", 29, 10), ("finish", 2, 0), ("fill", 0, 10)):
        await asyncio.to_thread(cli.main, ["platform", "collateral", "--settings", str(file), f"--{name}"])
        assert "GEM" in capsys.readouterr().out
        await court.pass_to(live.clock.at + days * DAY)
        await court.ticks(4)
        found, _, leaves_at = await court.on_chain.collateral()
        assert (found, leaves_at > 0) == (total * UNIT, name != "fill" and total > 0)


async def test_a_verdict_about_paid_work_pays_the_hub(live: World, court: Court) -> None:
    """Attack 14: paid in the channel, and brought to the escrow all the same."""
    campaign, anna = await live.campaign(2, **SMALL), await newcomer(live)
    await paid(live, anna, campaign)
    await court.ticks()
    task = await court.claim(await court.proof(anna, campaign))
    await court.ticks()
    word = await court.word(task)
    assert (word.state.name, word.released) == ("ACCEPTED", 0b111)
    before = await court.gem(live.settings.hub_payer)
    await court.pass_to(word.until)
    await court.ticks()
    assert await court.state(task) == "PAID"
    assert await court.gem(live.settings.hub_payer) - before == MR + 2 * VR
    assert await court.gem(anna.address) == 0
    due = await (await live.person("requester")).get(f"/v1/campaigns/{campaign}/spend-due")
    assert (due["spent"], due["lines"]) == ("0", []), "the escrow paid it: no Spend has to"


@pytest.mark.long
async def test_control_without_the_watcher_the_worker_is_paid_twice(
    live: World, court: Court, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, anna = await live.campaign(2, **SMALL), await newcomer(live)
    await paid(live, anna, campaign)
    await court.ticks()

    async def nothing(_self: object) -> None:
        return

    monkeypatch.setattr(Adjudicator, "follow_up", nothing)
    proof = await court.proof(anna, campaign)
    await court.claim(proof)
    log = await live.chain._rpc("eth_getLogs", {"address": live.chain.campaigns, "fromBlock": "0x0"})
    told = event_of("Campaigns", "Pending", log[-1])
    await court.pass_to(live.clock.at + 3 * DAY + 60)
    terms = (await court.terms(campaign)).abi()
    await court.send("Campaigns", "finalize", terms, *court.named(proof)[1:], told["standing"])
    assert await court.gem(anna.address) == MR, "and its voucher of as much"


async def test_a_release_that_comes_after_the_escrow_paid_counts_for_nothing(
    live: World, court: Court
) -> None:
    """Attack 14, by withholding: whoever was paid twice keeps that batch against further ones."""
    campaign, anna = await live.campaign(2, **SMALL), await newcomer(live)
    await paid(live, anna, campaign, released=False)
    await court.ticks()
    proof = await court.proof(anna, campaign)
    task = await court.claim(proof)
    log = await live.chain._rpc("eth_getLogs", {"address": live.chain.campaigns, "fromBlock": "0x0"})
    standing = event_of("Campaigns", "Pending", log[-1])["standing"]
    await court.pass_to((await court.word(task)).until)
    await court.send(
        "Campaigns", "finalize", (await court.terms(campaign)).abi(), *court.named(proof)[1:], standing
    )
    await court.ticks()
    assert await court.state(task) == "PAID"
    anna = await live.person("anna")
    due = (await anna.get("/v1/releases/due"))["due"]
    told = await anna.post("/v1/releases", live.releases(anna, due))
    assert (len(due), told) == (1, {"released": 0})
    assert (await anna.get("/v1/releases/due"))["due"] == due


@pytest.mark.parametrize(
    ("quorum", "then"), [(7, "NONE"), pytest.param(4, "REJECTED", marks=pytest.mark.long)]
)
async def test_a_silent_claim_about_rejected_blind_work_is_answered_by_the_votes(
    live: World, court: Court, quorum: int, then: str
) -> None:
    """Where they are no quorum of the terms they are still an answer; where they are, a verdict."""
    campaign = await live.campaign(1, "evidence", quorum=quorum, **EVIDENCE)
    anna = await newcomer(live)
    batch = await live.lease(anna, campaign, 1)
    name = Assignment.from_json(batch["items"][0]["assignment"]["message"]).struct_hash()
    sent = await live.submit(anna, live.sealed(anna, batch["batch_id"], ["0x" + name.hex()]))
    number = 0
    while not await live.verdicts(anna, campaign):
        assert await live.review(await live.person(f"verifier {number}"), 1, answer=BAD) == 1
        number += 1
    proof = await court.proof(anna, campaign)
    await court.ticks()
    task = await court.claim_silent(proof, sent["receipt"])
    assert (await court.on_chain.silent(task)).until not in (0, OVER)
    await court.ticks()
    assert (await court.on_chain.silent(task)).until == OVER
    assert await court.on_chain.collateral() == (10 * UNIT, 0, 0)
    assert await court.state(task) == then


@pytest.mark.long
async def test_a_silent_claim_about_paid_work_is_answered_by_its_release(live: World, court: Court) -> None:
    campaign, anna = await live.campaign(2, **SMALL), await newcomer(live)
    receipt = await paid(live, anna, campaign)
    await court.ticks()
    task = await court.claim_silent(await court.proof(anna, campaign), receipt)
    await court.ticks()
    assert (await court.on_chain.silent(task)).until == OVER
    assert await court.on_chain.collateral() == (10 * UNIT, 0, 0)


@pytest.mark.long
async def test_a_silent_claim_about_unpaid_accepted_work_is_paid_twice_over(
    live: World, court: Court, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(channel_service, "settle", lambda *_about: False)
    campaign, anna = await live.campaign(2, **SMALL), await newcomer(live)
    receipt = await paid(live, anna, campaign, released=False)
    await court.ticks()
    proof = await court.proof(anna, campaign)
    with caplog.at_level(logging.ERROR):
        task = await court.claim_silent(proof, receipt)
        await court.ticks()
    assert "and that is right: it was accepted" in caplog.text
    await court.pass_to((await court.on_chain.silent(task)).until)
    await court.ticks()
    await court.send("Judge", "settle_silent", *court.named(proof))
    assert await court.gem(anna.address) == MR
    total, reserved, _ = await court.on_chain.collateral()
    assert (total, reserved) == (10 * UNIT - 2 * MR, 0)


async def _to_the_end(live: World, court: Court, campaign: str) -> None:
    terms = await court.terms(campaign)
    await court.pass_to(terms.ends)
    await court.send("Campaigns", "start_withdraw", terms.abi(), by="requester")


async def _days(court: Court, count: int) -> None:
    for _ in range(count):
        await court.pass_to(court.live.clock.at + DAY)
        await court.ticks(3)


@pytest.mark.long
async def test_a_requester_that_signs_no_spend_and_leaves_has_paid_by_verdicts(
    live: World, court: Court
) -> None:
    campaign, anna = await live.campaign(3, **SMALL), await newcomer(live)
    await paid(live, anna, campaign, 3)
    await court.ticks()
    before = await court.gem(live.settings.hub_payer)
    await _to_the_end(live, court, campaign)
    await _days(court, 8)  # one claim a day: its cap is one task's cost
    assert await court.gem(live.settings.hub_payer) - before == 3 * (MR + 2 * VR)
    assert await court.gem(anna.address) == 0
    await court.pass_to(await court.on_chain.exits(bytes.fromhex(campaign[2:])))
    at = await court.gem((await live.person("requester")).address)
    await court.send("Campaigns", "finish_withdraw", (await court.terms(campaign)).abi())
    left = await court.gem((await live.person("requester")).address) - at
    assert left == 3 * COST - 3 * (MR + 2 * VR)


@pytest.mark.long
async def test_what_a_spend_paid_is_never_claimed(live: World, court: Court) -> None:
    """Of three tasks the Spend pays the first two; the hub claims the third alone."""
    campaign, anna = await live.campaign(3, **SMALL), await newcomer(live)
    await paid(live, anna, campaign, 2)
    spent = await live.spend(campaign)
    assert spent == 2 * (MR + 2 * VR) == await live.chain.redeemed(bytes.fromhex(campaign[2:]))
    await paid(live, anna, campaign, 1)
    await court.ticks()
    before = await court.gem(live.settings.hub_payer)
    await _to_the_end(live, court, campaign)
    await _days(court, 8)
    assert await court.gem(live.settings.hub_payer) - before == MR + 2 * VR
    assert await live.chain.redeemed(bytes.fromhex(campaign[2:])) == spent
    due = await (await live.person("requester")).get(f"/v1/campaigns/{campaign}/spend-due")
    assert due["spent"] == due["signed"] == str(spent)


@pytest.mark.long
async def test_a_requester_in_time_is_left_alone(live: World, court: Court) -> None:
    campaign, anna = await live.campaign(1, **SMALL), await newcomer(live)
    await paid(live, anna, campaign)
    proof = await court.proof(anna, campaign)
    await court.pass_to((await court.terms(campaign)).ends)
    await _days(court, 6)
    assert await court.state(court.key(proof)) == "NONE"
    await _days(court, 2)
    assert await court.state(court.key(proof)) == "ACCEPTED"


@pytest.mark.long
async def test_an_answer_goes_on_after_a_restart_and_costs_once(
    live: World, court: Court, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, anna = await live.campaign(2, **SMALL), await newcomer(live)
    await paid(live, anna, campaign)
    await court.ticks()
    task = await court.claim(await court.proof(anna, campaign))

    async def never(_self: object, _raw: str) -> None:
        raise ChainDown("The power is gone.")

    with monkeypatch.context() as patch:
        patch.setattr("gems_platform.channels.chain.Chain.broadcast", never)
        with pytest.raises(ChainDown):
            await live.tick()
    assert (await court.word(task)).released == 0
    before = await live.chain.nonce(live.settings.hub_payer, "latest")
    port = int(live.server.url.rpartition(":")[2])
    await live.server.close()
    live.server = await serve(live.settings, port=port, clock=clock, ticking=False)
    await court.ticks()
    assert (await court.word(task)).released == 0b111
    assert await live.chain.nonce(live.settings.hub_payer, "latest") == before + 3


class Node:
    """A local node that can lose its newest blocks, with everything that waited in it."""

    def __init__(self, chain: LocalChain, path: Path, clock: HandClock) -> None:
        self.chain, self.path, self.clock, self.url = chain, path, clock, ""

    async def start(self) -> Node:
        port = int(self.url.rpartition(":")[2] or 0)
        self.running = await serve_chain(self.chain, port=port, test_methods=True)
        self.url = self.running.url
        return self

    async def close(self) -> None:
        await self.running.close()

    async def copy(self) -> Path:
        """A copy of the chain as it is now; its file is locked while it is served."""
        await self.close()
        kept = self.path.with_suffix(".copy")
        shutil.copy(self.path, kept)
        await self._open()
        return kept

    async def back_to(self, kept: Path) -> None:
        await self.close()
        kept.rename(self.path)
        await self._open()

    async def _open(self) -> None:
        self.chain = LocalChain.open(self.path, CHAIN_ID, {}, clock=self.clock.now)
        await self.start()


async def _over_a_broken_line(live: World, court: Court) -> None:
    with suppress(ChainDown):
        await live.tick()
    await court.ticks()


@pytest.mark.long
async def test_an_answer_that_a_reorganisation_took_back_is_brought_again(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes: list[Node] = []

    async def kept(chain: LocalChain, **_options: Any) -> Node:
        nodes.append(await Node(chain, tmp_path / "chain.sqlite", clock).start())
        return nodes[0]

    monkeypatch.setattr("tests.platform.world.serve_chain", kept)
    async with world(tmp_path, clock) as live:
        court = Court(live)
        campaign, anna = await live.campaign(2, **SMALL), await newcomer(live)
        await paid(live, anna, campaign)
        await court.ticks()
        task = await court.claim(await court.proof(anna, campaign))
        before = await nodes[0].copy()
        await live.chain.close()
        await _over_a_broken_line(live, court)
        assert (await court.word(task)).released == 0b111
        await nodes[0].back_to(before)
        await live.chain.close()
        assert (await court.word(task)).released == 0
        await _over_a_broken_line(live, court)
        assert (await court.word(task)).released == 0b111
