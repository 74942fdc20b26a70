# SPDX-License-Identifier: Apache-2.0
"""Verdicts that can still change: appeals written offline, second tries given up for them, held work, paid looks."""

from __future__ import annotations

import pytest

from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import ItemRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import GemsError
from gems_protocol.evidence_json import from_json
from gems_protocol.messages import Commission
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_crashes import Crash, crash_after
from tests.desktop.services.test_loop import do_all, states
from tests.helpers.explained import explained
from tests.platform.world import World

HALF = Amount.gem("0.50")


async def sent(live: World, session: LiveSession, campaign: str, count: int = 1) -> None:
    """Lease, do, seal and send."""
    await session.sync.fetch_batch(campaign, count)
    await do_all(session)
    await session.work.seal()
    await session.sync.flush()


async def vote(live: World, accept: bool, *numbers: int) -> None:
    """These verifiers take one review each and say the same."""
    for number in numbers:
        await live.review(await live.person(f"verifier {number}"), 1, accept)
    await live.tick()


async def with_bond(live: World, opened: Open) -> LiveSession:
    """A miner with half a GEM in the bond pocket."""
    miner = await opened("miner")
    await miner.sync.fetch_batch(await live.campaign(1), 1)
    await miner.earnings.set_bond_target(HALF)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await vote(live, True, 0, 1)
    await miner.sync.pull()
    assert (await miner.earnings.facts()).bond_free == HALF
    return miner


async def item_of(session: LiveSession, campaign: str) -> OutboxItem:
    return next(item for item in await session.work.outbox() if item.campaign_id == campaign)


async def rejected(session: LiveSession) -> OutboxItem:
    return next(item for item in await session.work.outbox() if item.state is ItemState.REJECTED)


@pytest.mark.parametrize("wins", [True, False])
async def test_an_appeal_is_written_offline_and_gives_up_the_second_try(
    live: World, opened: Open, wins: bool
) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1, ms=Amount.gem("0.20")))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    item = await rejected(miner)
    assert not item.final and item.appeal == "open" and item.redo_until
    assert (await miner.work.current()) is not None
    assert (await miner.trust.facts()).checked == 1 and (await miner.earnings.facts()).owed == ZERO
    offer = await miner.work.appeal_offer(item.item_id)
    assert offer.possible and offer.gives_up_redo and offer.bond == ZERO and offer.verifiers == 3
    assert (offer.loses, offer.wins, offer.redo_reward) == (Amount.gem("0.20"), HALF, Amount.gem("0.40"))
    with pytest.raises(NothingToDo):
        await miner.work.appeal(item.item_id, "  ")
    await miner.work.appeal(item.item_id, "It is good, read it again.")
    assert await miner.work.current() is None
    item = await rejected(miner)
    assert item.appeal == "made" and (await miner.earnings.facts()).at_stake == Amount.gem("0.20")
    with pytest.raises(NothingToDo):
        await miner.work.appeal(item.item_id, "Twice.")
    await miner.close()
    miner = await opened("miner")
    crash_after(miner, "/v1/appeals")
    with pytest.raises(Crash):
        await miner.sync.flush()
    await miner.close()
    miner = await opened("miner")
    await miner.sync.flush()  # the same appeal again: taken once
    await miner.sync.pull()
    assert ItemState.DISPUTED in await states(miner)
    found = next(one for one in await miner.work.outbox() if one.state is ItemState.DISPUTED)
    assert found.appeal == "judging" and found.disputed_by == "miner" and found.open_until
    await vote(live, wins, 4, 5, 6)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None, facts.difference
    found = next(one for one in await miner.work.outbox() if one.item_id == item.item_id)
    assert found.final and found.appeal == ("won" if wins else "lost")
    assert facts.paid == (HALF if wins else ZERO)
    assert facts.bond_free == (HALF if wins else Amount.gem("0.30")) and facts.at_stake == ZERO
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted) == (2, 2 if wins else 1)
    assert not trust.differs and trust.differences == ()


@pytest.mark.parametrize("wins", [True, False])
async def test_a_second_rejection_is_appealed_with_a_bond(live: World, opened: Open, wins: bool) -> None:
    miner = await with_bond(live, opened)
    campaign = await live.campaign(1, ms=Amount.gem("0.20"))
    await sent(live, miner, campaign)
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    await do_all_again(miner)
    await vote(live, False, 4, 5)
    await miner.sync.pull()
    item = next(one for one in await miner.work.outbox() if one.attempt == 1)
    offer = await miner.work.appeal_offer(item.item_id)
    assert offer.possible and not offer.gives_up_redo and offer.bond == offer.loses == Amount.gem("0.20")
    first = next(one for one in await miner.work.outbox() if (one.attempt, one.campaign_id) == (0, campaign))
    assert not (await miner.work.appeal_offer(first.item_id)).possible
    await miner.work.appeal(item.item_id, "Both times right.")
    await miner.sync.flush()
    facts = await miner.earnings.facts()
    assert (facts.at_stake, facts.bond_free) == (Amount.gem("0.40"), Amount.gem("0.10"))
    await vote(live, wins, 6, 7, 8)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None, facts.difference
    assert (facts.bond_free, facts.at_stake) == (HALF if wins else Amount.gem("0.10"), ZERO)
    assert facts.paid == (Amount.gem("0.40") if wins else ZERO)
    put, back = [
        [line for line in await miner.earnings.ledger() if line.what == what]
        for what in ("bond_put", "bond_back")
    ]
    assert len(put) == 1 and len(back) == wins
    parts = {(one.line.what, part.what): part.amount for one in await explained(miner) for part in one.parts}
    assert parts["bond_put", "bond_put"] == -Amount.gem("0.20")
    assert parts["stake_put", "stakes"] == -Amount.gem("0.20")
    if wins:
        assert parts["reward", "second_look"] == -Amount.gem("0.10"), (
            "who looks at a second try is paid from it"
        )
        assert parts["bond_back", "bond_put"] == Amount.gem("0.20")
    else:
        assert parts["stake_lost", "stake_gone"] == -Amount.gem("0.20")


async def do_all_again(session: LiveSession) -> None:
    """Finish the second try as it is and send it."""
    task = await session.work.current()
    assert task is not None and task.redo_reason
    await session.work.finish(task.item_id)
    await session.work.seal()
    await session.sync.flush()


async def test_an_appeal_that_comes_too_late_gives_the_second_try_back(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    item = await rejected(miner)
    await miner.work.appeal(item.item_id, "Written in time, sent too late.")
    live.clock.at += 4_000
    await live.tick()
    with pytest.raises(GemsError):
        await miner.sync.flush()
    live.clock.at += 3_600  # what arrives late is let through for so long
    await live.tick()
    await miner.sync.pull()
    item = next(one for one in await miner.work.outbox() if one.item_id == item.item_id)
    assert item.final and item.appeal == "late" and item.state is ItemState.REJECTED
    again = await miner.context.store.run(lambda tx: tx.find(ItemRecord, redo_of=item.item_id))
    assert [one.state for one in again] == [ItemState.EXPIRED.name]
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted, trust.differences) == (2, 1, ())


async def test_who_redoes_does_not_appeal(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    item = await rejected(miner)
    task = await miner.work.current()
    assert task is not None
    await miner.work.finish(task.item_id)
    with pytest.raises(NothingToDo, match="take it back"):
        await miner.work.appeal(item.item_id, "And yet.")
    await miner.work.take_back(task.item_id)
    assert (await miner.work.appeal_offer(item.item_id)).possible


async def test_held_work_waits_for_its_requester_and_is_paid_in_silence(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    campaign = await live.campaign(1, params={"hold_s": 7_200})
    await sent(live, miner, campaign)
    await vote(live, True, 2, 3)
    await miner.sync.pull()
    item = await item_of(miner, campaign)
    assert item.state is ItemState.ACCEPTED and not item.final and item.open_until == live.clock.at + 7_200
    facts = await miner.earnings.facts()
    assert (facts.owed, facts.in_review) == (ZERO, HALF) and (await miner.trust.facts()).checked == 1
    live.clock.at += 7_201
    await live.tick()
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None and facts.paid == HALF
    assert (await miner.trust.facts(refresh=True)).differences == ()


async def test_a_requester_that_objects_says_why_and_others_judge(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    campaign = await live.campaign(1, params={"hold_s": 7_200})
    await sent(live, miner, campaign)
    await vote(live, True, 2, 3)
    await miner.sync.pull()
    item = await item_of(miner, campaign)
    events = await live.events(await live.person("miner"), "verdict")
    await live.appeal(await live.person("requester"), events[-1], "It is <b>bad</b>.")
    await miner.sync.pull()
    item = await item_of(miner, campaign)
    assert item.state is ItemState.DISPUTED and item.disputed_by == "requester" and "bad" in item.dispute
    assert item.appeal == "" and not item.final
    await vote(live, True, 4, 5, 6)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None and facts.paid == HALF


async def test_poor_work_that_a_requester_paid_to_have_looked_at(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    params = {"commission_ppm": 400_000, "hold_s": 7_200}
    campaign = await live.campaign(1, "commissioned", params=params)
    await sent(live, miner, campaign)
    await live.tick()
    await miner.sync.pull()
    item = await item_of(miner, campaign)
    assert item.state is ItemState.ACCEPTED and not item.final
    (event,) = [
        one
        for one in await live.events(await live.person("miner"), "verdict")
        if one["assignment_hash"] == item.item_id
    ]
    given = from_json(event["evidence"]).assignment
    message = Commission(given.campaign_id, given.index, given.attempt, Amount.gem("0.10").units)
    requester = await live.person("requester")
    signature = "0x" + message.sign(live.settings.campaigns_domain, requester.key).hex()
    signed = {"commission": {"message": message.to_json(), "signature": signature}}
    await requester.post(f"/v1/campaigns/{campaign}/commissions", signed)
    await miner.sync.pull()
    item = await item_of(miner, campaign)
    assert item.state is ItemState.DISPUTED and item.commissioned
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None, facts.difference
    item = await item_of(miner, campaign)
    assert item.poor and item.final and facts.paid == Amount.gem("0.30")
    [why] = [
        one
        for one in await explained(miner)
        if one.line.item_id == item.item_id and one.line.what == "reward"
    ]
    assert [(part.what, part.amount) for part in why.parts] == [
        ("task_reward", HALF),
        ("withheld", -Amount.gem("0.20")),
    ]
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted, trust.passes) == (2, 1, 0) and trust.differences == ()
