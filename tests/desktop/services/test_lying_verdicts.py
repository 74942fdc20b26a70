# SPDX-License-Identifier: Apache-2.0
"""Verdicts that can still change, told falsely: nothing is owed too early, and nothing is taken by the way."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.services.cursor import set_value
from gems_desktop.services.facts import ItemState
from gems_desktop.services.records import EventRecord, ItemRecord
from gems_desktop.services.sync_events import CURSOR
from gems_protocol import audit
from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import DAY_S, seed_chain, seed_place
from gems_protocol.messages import Assignment
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, resigned
from tests.desktop.services.test_loop import states
from tests.desktop.services.test_objections import sent, vote
from tests.platform.world import World


def _no_word_of_final(live: World, event: dict[str, Any]) -> None:
    del event["final"]


def _large_bond(live: World, event: dict[str, Any]) -> None:
    event["appeal"]["bond"] = str(Amount.gem("1"))


def _wrong_side(live: World, event: dict[str, Any]) -> None:
    event["appeal"]["by"] = "requester"


def _cheaper_redo(live: World, event: dict[str, Any]) -> None:
    resigned(live, event["redo"]["assignment"], Assignment, reward="1")


def _odd_offer(live: World, event: dict[str, Any]) -> None:
    event["appeal"]["until"] = -1


async def test_a_draw_with_another_days_seed_is_refused(live: World, opened: Open) -> None:
    """Every seed that is known is a true one: a hub that may choose the day chooses the draw."""
    chain, ends = seed_chain(b"\x07" * 32), live.clock.at + 20 * DAY_S
    campaign = await live.campaign(1, "girm", ends=ends, seed_tip=audit.commit(chain[0]))
    miner = await opened("miner")
    await sent(live, miner, campaign)
    day = live.clock.at // DAY_S
    live.clock.at = (day + 1) * DAY_S
    requester = await live.person("requester")
    seeds = {number: "0x" + chain[seed_place(number, ends)].hex() for number in (day - 1, day)}
    await requester.post(f"/v1/campaigns/{campaign}/seeds", {"day": day, "seed": seeds[day]})
    await live.tick()
    await vote(live, True, 0, 1, 2, 3, 4)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            if event["kind"] == "verdict":
                event["evidence"]["audit"] |= {"seed": seeds[day - 1], "day": day - 1}
        return answer

    Lying(miner, change)
    await miner.sync.pull()
    assert await states(miner) == [ItemState.DELIVERED]
    (kept,) = await miner.context.store.run(lambda tx: tx.find(EventRecord, kind="verdict"))
    assert "another day" in kept.problem


@pytest.mark.parametrize("lie", [_no_word_of_final, _large_bond, _wrong_side, _cheaper_redo, _odd_offer])
async def test_a_rejection_that_is_told_falsely_changes_nothing(live: World, opened: Open, lie: Any) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await miner.sync.pull()
    await vote(live, False, 0, 1)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            if event["kind"] == "verdict":
                lie(live, event)
        return answer

    Lying(miner, change)
    before = await miner.context.store.run(lambda tx: tx.find(ItemRecord))
    await miner.sync.pull()
    assert await miner.context.store.run(lambda tx: tx.find(ItemRecord)) == before
    (kept,) = await miner.context.store.run(lambda tx: tx.find(EventRecord, kind="verdict"))
    assert kept.problem


async def test_an_appeal_of_nothing_and_a_verdict_after_the_last_move_nothing(
    live: World, opened: Open
) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    (name,) = [item.item_id for item in await miner.work.outbox()]
    early = {"seq": 1, "at": 0, "kind": "appealed", "assignment_hash": name, "by": "requester", "round": 1}
    early |= {"reason": "x", "judge_by": 5}

    def change(path: str, answer: Any) -> Any:
        if path.startswith("/v1/events?after=0"):
            answer["events"][:0] = [early]
            for place, event in enumerate(answer["events"], 1):
                event["seq"] = place
            return answer
        return {"events": []} if path.startswith("/v1/events") else answer

    lying = Lying(miner, change)
    await miner.sync.pull()
    assert await states(miner) == [ItemState.DELIVERED]
    lying.stop()
    await miner.context.store.run(lambda tx: set_value(tx, CURSOR, 0))
    await vote(live, True, 0, 1)
    await miner.sync.pull()
    assert await states(miner) == [ItemState.PAID]
    late: dict[str, Any] = {}

    def again(path: str, answer: Any) -> Any:
        if path.startswith("/v1/events") and not late:
            late.update(early | {"seq": 1 << 45})
            return {"events": [late]}
        return {"events": []} if path.startswith("/v1/events") else answer

    Lying(miner, again)
    await miner.sync.pull()
    assert await states(miner) == [ItemState.PAID]
    facts = await miner.earnings.facts()
    assert facts.owed == ZERO and facts.paid == Amount.gem("0.5")
