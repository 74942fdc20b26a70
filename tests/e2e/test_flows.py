# SPDX-License-Identifier: Apache-2.0
"""Every way that a task can go, over the local network: real chain, real platform, the window's own services."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
import pytest_asyncio

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.services.errors import NothingToDo, PlatformRefused
from gems_desktop.services.facts import ItemState
from gems_platform.client.requesting import objections
from gems_platform.trust import standing
from gems_protocol.amount import ZERO, Amount
from gems_protocol.trust.effective import NO_EVIDENCE
from gems_protocol.trust.grades import Grade
from tests.e2e.flows import Stage, local_network

pytestmark = pytest.mark.asyncio(loop_scope="module")
MR, STAKE = Amount.gem("0.30"), Amount.gem("0.10")
DAYS_3 = 259_200


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with local_network(tmp_path_factory.mktemp("flows")) as running:
        yield running


async def test_a_redo_is_paid_less_by_one_verifier(stage: Stage) -> None:
    miner = await stage.veteran("redo")
    paid, bond = await stage.paid(miner)
    campaign = await stage.campaign("consensus", z=10)
    vr = campaign.terms.vr()
    await stage.work(miner, campaign, wrong=True)
    assert await stage.judged(campaign, NEIGHBOURS[:2]) == 2
    item = await stage.item(miner, campaign)
    assert (item.state, item.final, item.note) == (ItemState.REJECTED, False, "Read it again.")
    assert item.redo_until == stage.clock.at + 3600 and item.appeal == "open"
    assert await stage.paid(miner) == (paid, bond - STAKE), "the stake waits"
    await stage.answer(miner)
    with pytest.raises(NothingToDo):
        await miner.work.let_stand(item.item_id)
    await stage.send(miner)
    assert (await stage.item(miner, campaign)).final, "handing in the second try ends the first"
    assert await stage.judged(campaign, NEIGHBOURS[2:4]) == 2
    assert await stage.paid(miner) == (paid + MR - vr, bond)
    assert (await stage.item(miner, campaign, 1)).state is ItemState.PAID
    await stage.books(campaign)
    assert await stage.signed_for(campaign) == (MR + vr * 3).units
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted, trust.first_try, trust.differs) == (13, 13, 12, False)


@pytest.mark.parametrize("wins", [True, False])
async def test_a_miner_appeals_with_a_bond(stage: Stage, wins: bool) -> None:
    family = f"appeal-{wins}"
    miner = await stage.veteran(family)
    paid, bond = await stage.paid(miner)
    campaign = await stage.campaign("evidence", family=family, ms="0.10 GEM")
    await stage.work(miner, campaign)
    count = await stage.until_verdict(miner, campaign, misread=True)
    assert count > 3, "two strangers do not outvote twelve right tasks"
    item = await stage.item(miner, campaign)
    assert item.state is ItemState.REJECTED and item.answered and item.appeal == "open" and not item.final
    offer = await miner.work.appeal_offer(item.item_id)
    assert (offer.possible, offer.bond, offer.verifiers, offer.wins) == (True, STAKE, 3, MR)
    await miner.work.appeal(item.item_id, "It says good.")
    await miner.sync.flush()
    assert (await miner.earnings.facts()).bond_free == bond - STAKE * 2
    item = await stage.item(miner, campaign)
    assert (item.state, item.disputed_by, item.appeal) == (ItemState.DISPUTED, "miner", "judging")
    assert await stage.judged(campaign, NEIGHBOURS[count:], misread=not wins) == 3
    item = await stage.item(miner, campaign)
    assert (item.final, item.appeal) == (True, "won" if wins else "lost")
    assert await stage.paid(miner) == ((paid + MR, bond) if wins else (paid, bond - STAKE * 2))
    (row,) = await stage.requester.results(campaign.campaign_id)
    assert (row["state"], row["adopted"]) == (("paid", False) if wins else ("answered", True))
    await stage.books(campaign)


async def test_an_appeal_that_nobody_judges_is_for_the_miner(stage: Stage) -> None:
    miner = await stage.veteran("unheard")
    paid, bond = await stage.paid(miner)
    campaign = await stage.campaign("evidence", family="unheard", ms="0.10 GEM")
    await stage.work(miner, campaign)
    await stage.until_verdict(miner, campaign, misread=True)
    await miner.work.appeal((await stage.item(miner, campaign)).item_id, "It says good.")
    await miner.sync.flush()
    await stage.later(DAYS_3 + 1)
    item = await stage.item(miner, campaign)
    assert (item.final, item.appeal) == (True, "won"), "silence accepts"
    assert await stage.paid(miner) == (paid + MR, bond)
    await stage.books(campaign)


@pytest.mark.parametrize("wins", [True, False])
async def test_a_requester_appeals_against_held_work(stage: Stage, wins: bool) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("evidence", params={"hold_s": 7200}, ms="0.10 GEM")
    await stage.work(miner, campaign, wrong=wins)
    count = await stage.until_verdict(miner, campaign, misread=wins)
    item = await stage.item(miner, campaign)
    assert (item.state, item.final) == (ItemState.ACCEPTED, False)
    assert item.open_until == stage.clock.at + 7200
    assert await stage.paid(miner) == (ZERO, ZERO)
    (held,) = await objections.held(stage.requester, campaign.campaign_id)
    await objections.appeal(stage.requester, campaign.campaign_id, held, "This is <b>not</b> so.")
    item = await stage.item(miner, campaign)
    assert (item.state, item.disputed_by) == (ItemState.DISPUTED, "requester")
    assert item.dispute == "This is <b>not</b> so."
    assert await stage.judged(campaign, NEIGHBOURS[count:]) == 3
    item = await stage.item(miner, campaign)
    assert item.final and item.state in (
        (ItemState.REJECTED,) if wins else (ItemState.ACCEPTED, ItemState.PAID)
    )
    assert await stage.paid(miner) == (ZERO if wins else MR, ZERO)
    (row,) = await stage.requester.results(campaign.campaign_id)
    assert row["state"] == ("open" if wins else "paid")
    await stage.books(campaign)


async def test_held_work_is_paid_when_its_time_is_over(stage: Stage) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("consensus", ms="0", params={"hold_s": 7200})
    await stage.work(miner, campaign)
    assert await stage.judged(campaign, NEIGHBOURS[:2]) == 2
    assert not (await stage.item(miner, campaign)).final
    await stage.later(7201)
    assert (await stage.item(miner, campaign)).final
    assert (await stage.paid(miner))[0] == MR
    assert await objections.held(stage.requester, campaign.campaign_id) == []


async def test_a_split_panel_is_followed_by_one_of_other_people(stage: Stage) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("consensus", ms="0")
    vr = campaign.terms.vr()
    await stage.work(miner, campaign)
    before = {name: (await stage.paid(await stage.session(name)))[0] for name in NEIGHBOURS}
    assert await stage.judge(NEIGHBOURS[0], campaign) == 1
    assert await stage.judge(NEIGHBOURS[1], campaign, misread=True) == 1
    assert (await stage.item(miner, campaign)).state is ItemState.DELIVERED
    assert await stage.judged(campaign, NEIGHBOURS[:2]) == 0, "never the same people again"
    assert await stage.judged(campaign, NEIGHBOURS[2:]) >= 2
    assert (await stage.paid(miner))[0] == MR
    after = {name: (await stage.paid(await stage.session(name)))[0] for name in NEIGHBOURS}
    gained = [after[name] - before[name] for name in NEIGHBOURS]
    assert gained[:2] == [vr, ZERO], "who did not agree is not paid"
    (row,) = await stage.requester.results(campaign.campaign_id)
    assert {vote["round"] for vote in row["votes"]} == {0, 1}
    await stage.books(campaign)


async def test_cancelling_half_way_lets_the_evidence_come_in(stage: Stage) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("evidence", 3, ms="0.10 GEM")
    await stage.work(miner, campaign)
    assert await stage.judge(NEIGHBOURS[0], campaign) == 1
    await miner.sync.fetch_batch(campaign.campaign_id, 1)
    await stage.requester.cancel(campaign.campaign_id)
    with pytest.raises(PlatformRefused):
        await miner.sync.fetch_batch(campaign.campaign_id, 1)
    await stage.send(miner)
    for _ in range(2):
        await stage.judged(campaign, NEIGHBOURS)
    assert (await stage.paid(miner))[0] == MR * 2
    rows = await stage.requester.results(campaign.campaign_id)
    assert sorted(row["state"] for row in rows) == ["cancelled", "paid", "paid"]
    votes = sum(len(row["votes"]) for row in rows)
    await stage.books(campaign)
    assert await stage.signed_for(campaign) == (MR * 2 + campaign.terms.vr() * votes).units


async def test_silence_pays_and_earns_no_trust(stage: Stage) -> None:
    miner = await stage.newcomer()
    campaign = await stage.campaign("evidence", ms="0.10 GEM")
    await stage.work(miner, campaign)
    await stage.later(DAYS_3 + 1)
    assert (await stage.item(miner, campaign)).final
    assert (await stage.paid(miner))[0] == MR
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.differs) == (0, False)
    assert await stage.signed_for(campaign) == MR.units


@pytest.mark.parametrize("poor", [True, False])
async def test_commissioned_work_is_looked_at_by_two_strangers(stage: Stage, poor: bool) -> None:
    miner = await stage.newcomer()
    params = {"commission_ppm": 400_000, "hold_s": 7200}
    campaign = await stage.campaign("commissioned", params=params, ms="0")
    fee = Amount.gem("0.12")
    await stage.work(miner, campaign, wrong=poor)
    item = await stage.item(miner, campaign)
    assert (item.state, item.final) == (ItemState.ACCEPTED, False)
    (held,) = await objections.held(stage.requester, campaign.campaign_id)
    assert held.max_fee == fee
    await objections.commission(stage.requester, campaign.campaign_id, held, fee)
    item = await stage.item(miner, campaign)
    assert (item.state, item.commissioned) == (ItemState.DISPUTED, True)
    assert await stage.judged(campaign, NEIGHBOURS[:3]) == 2
    item = await stage.item(miner, campaign)
    assert (item.final, item.poor) == (True, poor)
    assert (await stage.paid(miner))[0] == (MR - fee * 2 if poor else MR)
    await stage.books(campaign)
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted, trust.differs) == (1, 0 if poor else 1, False)


async def test_gram_is_for_grade_a_and_takes_its_penalty_from_the_bond(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await stage.veteran("text-classification", "1.50")
    paid, bond = await stage.paid(miner)
    params = {"audit_ppm": 1_000_000, "factor_ppm": 1_500_000}
    campaign = await stage.campaign("gram", family="text-classification", params=params, ms="0.45 GEM")
    (shown,) = [
        facts
        for facts in await miner.sync.campaigns(refresh=True)
        if facts.campaign_id == campaign.campaign_id
    ]
    assert not shown.can_lease and shown.why_not
    with pytest.raises(PlatformRefused) as refused:
        await miner.sync.fetch_batch(campaign.campaign_id, 1)
    assert refused.value.code == "not_allowed"
    # The client would not believe hundreds of tasks that it never did; of the grade it has only the platform's word.
    praised = SimpleNamespace(grade=Grade.A, evidence=NO_EVIDENCE)
    monkeypatch.setattr(standing, "profile", lambda *_: SimpleNamespace(family=lambda _: praised))
    await stage.work(miner, campaign, wrong=True)
    assert await stage.judged(campaign, NEIGHBOURS[:2]) == 2
    item = await stage.item(miner, campaign)
    assert item.state is ItemState.REJECTED and item.redo_until is None and item.appeal == "open"
    await miner.work.let_stand(item.item_id)
    assert (await stage.item(miner, campaign)).final
    assert await stage.paid(miner) == (paid, bond - Amount.gem("0.45"))
    await stage.books(campaign)


async def test_newcomers_enter_a_mix_under_girm(stage: Stage) -> None:
    miner = await stage.newcomer()
    params = {"entry_tasks": 10}
    campaign = await stage.campaign("evidence", 2, family="mix", params=params, ms="0.10 GEM")
    (shown,) = [
        facts
        for facts in await miner.sync.campaigns(refresh=True)
        if facts.campaign_id == campaign.campaign_id
    ]
    assert shown.newcomer and not shown.stake and shown.fee_ppm > 800_000
    await stage.work(miner, campaign)
    assert await stage.judged(campaign, NEIGHBOURS) == 5, "five auditors, who see the answer"
    paid, _ = await stage.paid(miner)
    assert ZERO < paid < MR
    veteran = await stage.veteran("mix")
    (shown,) = [
        facts
        for facts in await veteran.sync.campaigns(refresh=True)
        if facts.campaign_id == campaign.campaign_id
    ]
    assert (shown.newcomer, shown.stake, shown.fee_ppm) == (False, STAKE, 0)
    before, bond = await stage.paid(veteran)
    await stage.work(veteran, campaign)
    await stage.until_verdict(veteran, campaign)
    assert await stage.paid(veteran) == (before + MR, bond)
    await stage.books(campaign)
