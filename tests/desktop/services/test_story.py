# SPDX-License-Identifier: Apache-2.0
"""The way of a task as it is read back from what was signed; and a sentence that outlives a restart."""

from __future__ import annotations

import json

from gems_desktop.services.records import EventRecord, ItemRecord
from gems_protocol.amount import Amount
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_objections import item_of, rejected, sent, vote, with_bond
from tests.platform.world import World

STAKE = Amount.gem("0.20")


async def test_the_story_of_a_rejection_that_an_appeal_turned(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    campaign = await live.campaign(1, ms=STAKE)
    await sent(live, miner, campaign)
    item = await item_of(miner, campaign)
    waiting = await miner.work.story(item.item_id)
    assert waiting.finished_at and waiting.received_at and waiting.answer and not waiting.rounds
    assert [(each.kind, each.amount) for each in waiting.money] == [("stake_put", -STAKE)]
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    told = await miner.work.story(item.item_id)
    assert [(one.seats, one.quorum, one.accept, one.reject, one.asked) for one in told.rounds] == [
        (2, 2, 0, 2, "")
    ]
    assert told.second == "LEASED" and told.second_until and told.judged_at and not told.exportable
    assert told.checked >= 6 and told.basis == "quorum" and told.fingerprint.startswith("0x")
    await miner.work.appeal(item.item_id, "It is good.")
    await miner.sync.flush()
    await vote(live, True, 4, 5, 6)
    await miner.sync.pull()
    told = await miner.work.story(item.item_id)
    assert [(one.accept, one.reject, one.asked) for one in told.rounds] == [(0, 2, ""), (3, 0, "miner")]
    assert told.appealed_at and told.exportable and told.rounds[1].at >= told.rounds[0].at > 0
    assert {(each.kind, each.amount) for each in told.money} == {
        ("stake_put", -STAKE),
        ("reward", Amount.gem("0.50")),
        ("stake_back", STAKE),
    }


async def test_evidence_that_was_changed_on_disk_is_not_told(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1, ms=STAKE))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    item = await rejected(miner)

    def forge(tx):  # type: ignore[no-untyped-def]
        event = tx.get(EventRecord, tx.get(ItemRecord, item.item_id).judged_at)
        body = json.loads(event.body)
        body["evidence"]["votes"][0]["vote"]["accept"] = True
        tx.change(EventRecord, event.seq, body=json.dumps(body))

    await miner.context.store.run(forge)
    told = await miner.work.story(item.item_id)
    assert not told.rounds and not told.checked and told.judged_at


async def test_what_is_written_against_a_verdict_outlives_a_restart(live: World, opened: Open) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1, ms=STAKE))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    item = await rejected(miner)
    await miner.work.keep_appeal_draft(item.item_id, "The gull is a gull.")
    await miner.close()
    miner = await opened("miner")
    offer = await miner.work.appeal_offer(item.item_id)
    assert (offer.draft, offer.reason, offer.possible) == ("The gull is a gull.", "", True)
    assert (await rejected(miner)).dispute == ""  # nobody has appealed yet
    await miner.work.appeal(item.item_id, "It is a gull.")
    await miner.work.keep_appeal_draft(item.item_id, "Something else.")
    offer = await miner.work.appeal_offer(item.item_id)
    assert (offer.draft, offer.reason) == ("", "It is a gull.")
