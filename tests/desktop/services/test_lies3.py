# SPDX-License-Identifier: Apache-2.0
"""Objections told falsely: a second try, or the time for an appeal, that a platform's word alone takes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gems_desktop.services.facts import ItemState
from gems_desktop.services.records import EventRecord
from gems_protocol.messages import Assignment
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, resigned
from tests.desktop.services.test_loop import judge_all, states
from tests.desktop.services.test_objections import sent, vote
from tests.platform.world import World

Lie = Callable[[World, dict[str, Any]], None]


def _no_time_to_redo(live: World, event: dict[str, Any]) -> None:
    until = live.clock.at + 3_599
    resigned(live, event["redo"]["assignment"], Assignment, due_at=str(until))
    event["redo"]["until"] = until


def _no_time_to_appeal(live: World, event: dict[str, Any]) -> None:
    event["appeal"]["until"] = live.clock.at + 3_599


@pytest.mark.parametrize("lie", [_no_time_to_redo, _no_time_to_appeal])
async def test_less_time_than_promised_is_no_offer(live: World, opened: Open, lie: Lie) -> None:
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 0, 1)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            lie(live, event)
        return answer

    Lying(miner, change)
    await miner.sync.pull()
    found = await states(miner)
    assert ItemState.DELIVERED in found and ItemState.REJECTED not in found
    (kept,) = await miner.context.store.run(lambda tx: tx.find(EventRecord, kind="verdict"))
    assert "time" in kept.problem


@pytest.mark.parametrize("by", ["miner", "requester"])
async def test_only_its_miner_gives_a_second_try_up(live: World, opened: Open, by: str) -> None:
    """ "You have appealed" would take the redo away, and with it the stake."""
    miner = await opened("miner")
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 0, 1)
    await miner.sync.pull()
    before = await states(miner)
    assert ItemState.LEASED in before or ItemState.DRAFT in before

    def change(path: str, answer: Any) -> Any:
        if path.startswith("/v1/events") and not told:
            item = next(item for item in rejected)
            told.append(item)
            lie = {"seq": 1 << 45, "at": live.clock.at, "kind": "appealed", "assignment_hash": item, "by": by}
            return {"events": [lie | {"round": 1, "reason": "x", "judge_by": live.clock.at + 5}]}
        return {"events": []} if path.startswith("/v1/events") else answer

    told: list[str] = []
    rejected = [item.item_id for item in await miner.work.outbox() if item.state is ItemState.REJECTED]
    Lying(miner, change)
    await miner.sync.pull()
    after = await states(miner)
    assert told and ItemState.RETURNED not in after and ItemState.EXPIRED not in after
    if by == "requester":
        assert after == before


async def test_a_verifier_goes_on_while_work_is_held(live: World, opened: Open) -> None:
    miner, vera = await opened("miner"), await opened("verifier 0")
    campaign = await live.campaign(4, params={"hold_s": 30 * 86_400})
    for _ in range(4):
        await sent(live, miner, campaign)
        assert await judge_all(vera, 1) == 1
        await vote(live, True, 1)
        await miner.sync.pull()
        await vera.sync.pull()
