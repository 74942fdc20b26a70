# SPDX-License-Identifier: Apache-2.0
"""The whole job through the services: lease, do, seal, send, judge, redo, pay, claim; crashes and lies between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gems_desktop.services.errors import AnswerIncomplete, NothingToDo
from gems_desktop.services.facts import ClaimState, ItemState, Topic
from gems_desktop.services.facts_why import PartFacts
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import ItemRecord
from gems_protocol.amount import ZERO, Amount
from tests.desktop.services.conftest import Open
from tests.helpers.explained import explained
from tests.platform.world import World

CHOOSE = {"op": "choose", "control": "mood", "option": "good"}
WORSE = {"op": "choose", "control": "mood", "option": "bad"}


async def do_all(session: LiveSession) -> int:
    done = 0
    task = await session.work.current()
    while task is not None:
        await session.work.record(task.item_id, CHOOSE)
        task = await session.work.finish(task.item_id)
        done += 1
    return done


MARK = {"kind": "span", "on": "text", "start": 0, "end": 3}


async def judge_all(session: LiveSession, count: int, verdict: str = "accept") -> int:
    await session.sync.fetch_reviews(count)
    judged = 0
    review = await session.review.current()
    while review is not None:
        reason = "wrong_label" if verdict == "reject" else ""
        mark = MARK if verdict == "reject" else None
        review = await session.review.decide(review.item_id, verdict, reason, "Look again.", mark)
        judged += 1
    await session.review.seal()
    assert await session.sync.flush() == 1
    return judged


async def states(session: LiveSession) -> list[ItemState]:
    return [item.state for item in await session.work.outbox()]


async def test_the_main_job_to_the_last_unit(live: World, opened: Open) -> None:
    campaign = await live.campaign(4)
    miner = await opened("miner")
    touched: list[frozenset[Topic]] = []
    miner.subscribe(touched.append)
    [shown] = await miner.sync.campaigns(refresh=True)
    assert shown.campaign_id == campaign and shown.can_lease and shown.reward == Amount.gem("0.50")
    batch_id = await miner.sync.fetch_batch(campaign, 4)
    assert await states(miner) == [ItemState.LEASED] * 4
    with pytest.raises(AnswerIncomplete) as caught:
        task = await miner.work.current()
        assert task is not None and task.batch_id == batch_id and task.batch_size == 4
        await miner.work.finish(task.item_id)
    assert caught.value.problems
    assert await do_all(miner) == 4
    assert await miner.work.seal() == 4
    assert await miner.sync.flush() == 1
    assert await miner.sync.flush() == 0
    assert await states(miner) == [ItemState.DELIVERED] * 4
    assert (await miner.earnings.facts()).in_review == Amount.gem("2")
    for name in ("verifier 0", "verifier 1"):
        verifier = await opened(name)
        await verifier.trust.facts(refresh=True)
        assert (await verifier.review.queue()).eligible
        assert await judge_all(verifier, 4) == 4
    await live.tick()
    assert await miner.sync.pull() > 0
    assert await states(miner) == [ItemState.PAID] * 4
    await verifier.sync.pull()
    [share, *_] = [one for one in await explained(verifier) if one.line.what == "review_pay"]
    assert (share.accepted, share.check, share.opens) == (True, "verdict", "")
    facts = await miner.earnings.facts()
    assert facts.paid == Amount.gem("2") == facts.claimable and facts.difference is None
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted, trust.first_try, trust.differs) == (4, 4, 4, False)
    quote = await miner.earnings.quote_claim()
    claim = await miner.earnings.claim(quote)
    assert claim.state is ClaimState.SENT
    with pytest.raises(NothingToDo):
        await miner.earnings.claim(quote)
    await live.tick()
    await miner.sync._claims.follow()
    facts = await miner.earnings.facts()
    assert facts.claims[0].state is ClaimState.CLAIMED and facts.claimable == ZERO
    assert facts.wallet_gem == quote.receives and facts.gas_coin == 0
    lines = await miner.earnings.ledger()
    wallet = [line.amount for line in lines if line.pocket in ("wallet",)]
    assert wallet == [quote.receives]
    whys = {one.line.what: one for one in await explained(miner)}
    assert [part.what for part in whys["claim"].parts] == ["vouchers", "relayer_fee"]
    assert whys["claim"].voucher_paid == quote.amount and whys["claim"].tx_hash
    reward = whys["reward"]
    more = replace(reward.line, amount=reward.line.amount + Amount(1))
    odd = await miner.why.why(more)
    assert odd.parts[-1] == PartFacts("rest", Amount(1)), "what no part explains is said, not hidden"
    with pytest.raises(NothingToDo):
        await miner.why.why(replace(reward.line, ref="line:gone"))
    assert (reward.accepted, reward.check, reward.opens) == (True, "verdict", reward.line.item_id)
    assert reward.seq and reward.voucher_paid == Amount.gem("2")
    assert {Topic.WORK, Topic.EARNINGS, Topic.OUTBOX} <= frozenset().union(*touched)
    assert (await miner.sync.facts()).bytes_today > 0


async def test_close_and_open_again_changes_nothing(live: World, opened: Open) -> None:
    campaign = await live.campaign(3)
    miner = await opened("miner")
    await miner.sync.campaigns(refresh=True)
    await miner.sync.fetch_batch(campaign, 3)
    task = await miner.work.current()
    assert task is not None
    await miner.work.record(task.item_id, CHOOSE)
    before = (await miner.work.outbox(), await miner.work.current(), await miner.earnings.facts())
    await miner.close()
    again = await opened("miner")
    assert (await again.work.outbox(), await again.work.current(), await again.earnings.facts()) == before


async def test_undo_redo_take_back_and_give_back(live: World, opened: Open) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 2)
    task = await miner.work.current()
    assert task is not None
    await miner.work.record(task.item_id, CHOOSE)
    await miner.work.record(task.item_id, WORSE)
    assert (await miner.work.undo(task.item_id)).answer[0]["value"] == {"choices": ["good"]}
    undone = await miner.work.undo(task.item_id)
    assert undone.answer == [] and undone.undone == 2
    assert (await miner.work.redo(task.item_id)).answer[0]["value"] == {"choices": ["good"]}
    other = await miner.work.finish(task.item_id)
    assert other is not None and other.item_id != task.item_id
    assert await miner.work.seal() == 1
    back = await miner.work.take_back(task.item_id)
    assert back.state is ItemState.DRAFT and back.answer[0]["value"] == {"choices": ["good"]}
    await miner.work.give_back(other.item_id)
    await miner.work.finish(task.item_id)
    await miner.work.seal()
    await miner.sync.flush()
    with pytest.raises(NothingToDo):
        await miner.work.take_back(task.item_id)
    assert sorted(state.name for state in await states(miner)) == ["DELIVERED", "RETURNED"]


async def test_a_rejected_task_is_redone_for_less(live: World, opened: Open) -> None:
    campaign = await live.campaign(1)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 1)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    verifiers = [await opened(f"verifier {number}") for number in range(4)]
    for verifier in verifiers[:2]:
        await judge_all(verifier, 1, "reject")
    await live.tick()
    await miner.sync.pull()
    task = await miner.work.current()
    assert task is not None and task.redo_reason == "wrong_label" and task.redo_note == "Look again."
    assert task.redo_mark == MARK and list(task.before) == task.answer
    assert [item.mark for item in await miner.work.outbox() if item.reason] == [MARK, MARK]
    assert task.reward == Amount.gem("0.40") and task.answer[0]["value"] == {"choices": ["good"]}
    await miner.work.record(task.item_id, WORSE)
    assert await miner.work.finish(task.item_id) is None
    await miner.work.seal()
    await miner.sync.flush()
    for verifier in verifiers[2:]:
        await judge_all(verifier, 1)
    await live.tick()
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.paid == Amount.gem("0.40") and facts.difference is None
    for verifier in verifiers[:2]:
        await verifier.sync.pull()
        assert (await verifier.earnings.facts()).earned_total == Amount.gem("0.10")
    assert sorted(state.name for state in await states(miner)) == ["PAID", "REJECTED"]
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted, trust.first_try, trust.differs) == (1, 1, 0, False)
    assert trust.differences == () and trust.explanations


async def test_time_that_ran_out_is_said(live: World, opened: Open) -> None:
    campaign = await live.campaign(1)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 1)
    live.clock.at += 90_000
    await live.tick()
    await miner.sync.pull()
    assert await states(miner) == [ItemState.EXPIRED]
    assert await miner.work.current() is None


async def test_a_new_laptop_finds_its_open_work(live: World, opened: Open, tmp_path: Path) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 2)
    await miner.close()
    (tmp_path / "profiles" / "miner").rename(tmp_path / "lost")
    again = await opened("miner")
    await again.sync.pull()
    assert await states(again) == [ItemState.LEASED] * 2
    assert await do_all(again) == 2


async def test_a_batch_goes_on_though_another_is_due_in_the_same_second(live: World, opened: Open) -> None:
    miner = await opened("miner")
    leased = {await miner.sync.fetch_batch(await live.campaign(2), 2) for _ in range(2)}
    assert len(leased) == 2
    items = await miner.context.store.run(lambda tx: tx.find(ItemRecord))
    assert len({item.due_at for item in items}) == 1
    later = max(leased)  # by name it would come second
    task = await miner.work.open(next(item.item_id for item in items if item.batch_id == later))
    await miner.work.record(task.item_id, CHOOSE)
    following = await miner.work.finish(task.item_id)
    assert following is not None
    assert following.campaign_id == task.campaign_id and following.item_id != task.item_id
