# SPDX-License-Identifier: Apache-2.0
"""A platform that answers oddly or says that work is over: nothing is lost and nothing crashes."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.records import EventRecord, ItemRecord
from gems_protocol.amount import ZERO, Amount
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, delivered, forged, judged
from tests.desktop.services.test_loop import do_all, states
from tests.platform.world import World


async def test_a_malformed_voucher_does_not_spoil_the_next(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    await judged(live, opened, 1)
    broken = [
        {"voucher": part, "lines": []} for part in ({"message": {"seq": "x"}}, {}, None, {"message": []})
    ]
    events = [{"seq": 1, "at": 0, "kind": "voucher", **part} for part in [*broken, {}]]

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            event["seq"] += 1_000
        if path.startswith("/v1/events?after=0"):
            answer["events"][:0] = [{**event, "seq": place} for place, event in enumerate(events, 1)]
        return {"events": []} if "after=10" in path else answer

    Lying(miner, change)
    await miner.sync.pull()
    kept = await miner.context.store.run(lambda tx: tx.find(EventRecord, order="seq", kind="voucher"))
    assert [bool(event.problem) for event in kept] == [True] * len(events) + [False]
    assert (await miner.earnings.facts()).paid == Amount.gem("0.5")


@pytest.mark.parametrize("at", [-1, 2**53 - 1])
async def test_an_event_at_an_impossible_time_is_a_lie(live: World, opened: Open, at: int) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    await judged(live, opened, 1)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            event["at"] = at
        return answer

    lying = Lying(miner, change)
    with pytest.raises(PlatformLied):
        await miner.sync.pull()
    lying.stop()
    await miner.sync.pull()
    assert (await miner.earnings.facts()).paid == Amount.gem("0.5")


async def test_finished_work_is_not_lost_by_the_platforms_word(live: World, opened: Open) -> None:
    """Neither by an expiry before its time nor by a refused voucher that says that its stake came back."""
    miner = await opened("miner")
    campaign = await live.campaign(2)
    await miner.sync.fetch_batch(campaign, 2)
    await do_all(miner)
    items = await miner.context.store.run(lambda tx: tx.find(ItemRecord))
    first = {"seq": 1_000, "at": live.clock.at, "kind": "lease_expired", "assignment_hash": items[0].item_id}
    lines = [
        {
            "campaign_id": campaign,
            "index": item.index,
            "attempt": item.attempt,
            "round": 0,
            "kind": "stake_back",
            "amount": "5",
        }
        for item in items
    ]
    voucher = {"message": {"channel_id": "0x" + "00" * 32, "paid": "0", "bonded": "5", "seq": "9"}}
    forged(voucher)
    second = {"seq": 1_001, "at": live.clock.at, "kind": "voucher", "voucher": voucher, "lines": lines}

    def change(path: str, answer: Any) -> Any:
        return {"events": [] if "after=1001" in path else [first, second]} if "/events" in path else answer

    lying = Lying(miner, change)
    await miner.sync.pull()
    kept = await miner.context.store.run(lambda tx: tx.find(EventRecord))
    assert [bool(event.problem) for event in kept] == [True, True]
    assert await states(miner) == [ItemState.FINISHED] * 2
    assert (await miner.earnings.facts()).owed == ZERO
    lying.stop()
    await miner.work.seal()
    assert await miner.sync.flush() == 1


@pytest.mark.parametrize("odd", [None, 5, {}, [1], [{}, "x"], [{"state": "confirmed", "items": [3]}]])
async def test_an_odd_list_is_a_lie_and_no_crash(live: World, opened: Open, odd: Any) -> None:
    miner = await opened("miner")

    def change(path: str, answer: Any) -> Any:
        return answer if path.startswith("/v1/events") else {"campaigns": odd, "batches": odd}

    lying = Lying(miner, change)
    with contextlib.suppress(PlatformLied):  # a campaign that does not hold is left out of the list
        await miner.sync.campaigns(refresh=True)
    with pytest.raises(PlatformLied):
        await miner.sync.pull()
    lying.stop()
    await miner.sync.pull()
    assert await states(miner) == []
