# SPDX-License-Identifier: Apache-2.0
"""Blind reviews: the verifier does the task with the tools of work, and never sees the miner's answer before."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.services.errors import AnswerIncomplete, NothingToDo, PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import ItemRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.messages import ReviewAssignment
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, resigned
from tests.desktop.services.test_loop import CHOOSE, WORSE, states
from tests.desktop.services.test_objections import item_of, sent
from tests.platform.acts import EVIDENCE
from tests.platform.world import GOOD, World


async def asked(live: World, opened: Open, name: str = "verifier 0") -> LiveSession:
    verifier = await opened(name)
    await verifier.sync.fetch_reviews(5)
    return verifier


async def answered(verifier: LiveSession, edit: dict[str, Any]) -> None:
    review = await verifier.review.current()
    assert review is not None and review.blind
    await verifier.work.record(review.item_id, edit)
    assert await verifier.review.finish_blind(review.item_id) is None
    assert await verifier.review.seal() == 1
    assert await verifier.sync.flush() == 1


async def test_a_blind_review_is_done_like_a_task(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1, "evidence", **EVIDENCE))
    verifier = await asked(live, opened)
    review = await verifier.review.current()
    assert review is not None and review.blind and review.answer == []
    assert await verifier.work.current() is None  # it is no work to be handed out
    task = await verifier.review.open_blind(review.item_id)
    assert (task.kind, task.answer, task.reward) == ("review", [], Amount.gem("0.10"))
    with pytest.raises(AnswerIncomplete):
        await verifier.review.finish_blind(review.item_id)
    with pytest.raises(NothingToDo):
        await verifier.review.decide(review.item_id, "accept")
    await verifier.work.record(review.item_id, WORSE)
    await verifier.work.record(review.item_id, CHOOSE)
    assert (await verifier.work.undo(review.item_id)).answer[0]["value"] == {"choices": ["bad"]}
    assert (await verifier.work.redo(review.item_id)).answer[0]["value"] == {"choices": ["good"]}
    await verifier.close()
    verifier = await opened("verifier 0")  # the draft is there after a restart
    assert (await verifier.review.open_blind(review.item_id)).answer[0]["value"] == {"choices": ["good"]}
    assert (await verifier.review.queue()).queued == 1
    assert await verifier.review.finish_blind(review.item_id) is None
    assert (await verifier.review.queue()).decided == 1
    back = await verifier.review.undo()
    assert back is not None and back.item_id == review.item_id
    assert await states(verifier) == [ItemState.DRAFT]
    await verifier.review.finish_blind(review.item_id)
    assert await verifier.review.seal() == 1
    assert await verifier.sync.flush() == 1
    assert await states(verifier) == [ItemState.DELIVERED]


async def test_blind_answers_settle_who_is_right_and_pay(live: World, opened: Open) -> None:
    miner = await opened("miner")
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    await sent(live, miner, campaign)
    for name, edit in (("verifier 0", CHOOSE), ("verifier 1", CHOOSE), ("verifier 2", CHOOSE)):
        await answered(await asked(live, opened, name), edit)
    await live.tick()
    await miner.sync.pull()
    item = await item_of(miner, campaign)
    assert item.state is ItemState.PAID and item.final
    assert (await miner.earnings.facts()).paid == Amount.gem("0.50")
    assert (await miner.trust.facts(refresh=True)).differences == ()
    verifier = await opened("verifier 1")
    await verifier.sync.pull()
    assert (await verifier.earnings.facts()).earned_total == Amount.gem("0.10")
    trust = await verifier.trust.facts()
    assert (trust.reviews, trust.overturned) == (1, 0)


async def test_the_verifiers_answer_stands_instead_and_nothing_is_redone(live: World, opened: Open) -> None:
    miner = await opened("miner")
    campaign = await live.campaign(1, "evidence", **EVIDENCE)
    await sent(live, miner, campaign)
    for number in range(7):
        if await live.events(await live.person("miner"), "verdict"):
            break
        await live.review(await live.person(f"verifier {number}"), 1, False)
    live.clock.at += 3_700
    await live.tick()
    await miner.sync.pull()
    item = await item_of(miner, campaign)
    assert item.state is ItemState.REJECTED and item.final and item.answered
    assert await miner.work.current() is None
    facts = await miner.earnings.facts()
    assert facts.difference is None and facts.paid == ZERO
    trust = await miner.trust.facts(refresh=True)
    assert (trust.checked, trust.accepted, trust.differences) == (1, 0, ())


async def test_skipping_a_blind_review_leaves_it_to_somebody_else(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1, "evidence", **EVIDENCE))
    verifier = await asked(live, opened)
    review = await verifier.review.current()
    assert review is not None
    await verifier.work.record(review.item_id, CHOOSE)
    assert await verifier.review.decide(review.item_id, "skip") is None
    await verifier.sync.flush()
    assert await states(verifier) == [ItemState.RETURNED]
    await answered(await asked(live, opened, "verifier 1"), CHOOSE)


def _shows(live: World, item: dict[str, Any]) -> None:
    item["answer"] = GOOD


def _no_note(live: World, item: dict[str, Any]) -> None:
    item["note"] = None


def _names_the_answer(live: World, item: dict[str, Any]) -> None:
    resigned(live, item["assignment"], ReviewAssignment, result_hash="0x" + "ab" * 32)


def _not_blind(live: World, item: dict[str, Any]) -> None:
    item["blind"] = False


@pytest.mark.parametrize("lie", [_shows, _no_note, _names_the_answer, _not_blind])
async def test_an_answer_that_is_shown_or_named_is_refused(live: World, opened: Open, lie: Any) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1, "evidence", **EVIDENCE))
    verifier = await opened("verifier 0")

    def change(path: str, answer: Any) -> Any:
        for item in answer.get("items", []) if path == "/v1/reviews/leases" else []:
            lie(live, item)
        return answer

    lying = Lying(verifier, change)
    with pytest.raises(PlatformLied):
        await verifier.sync.fetch_reviews(1)
    assert await verifier.context.store.run(lambda tx: tx.count(ItemRecord)) == 0
    lying.stop()
    await verifier.sync.fetch_reviews(1)
