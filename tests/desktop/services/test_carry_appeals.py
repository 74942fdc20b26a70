# SPDX-License-Identifier: Apache-2.0
"""Appeals and their bonds on a stick: the same money as online, one bond a file, and nothing lost in between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gems_desktop.services import carry_content
from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import AppealRecord, DebitRecord, ItemRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.messages import Appeal
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_objections import HALF, do_all_again, rejected, sent, vote, with_bond
from tests.helpers.unplugged import unplugged
from tests.platform.world import World


async def carried(session: LiveSession, opened: Open, stick: Path) -> tuple[int, list[str]]:
    """Out without a line, to the platform by somebody else, and back in: what arrived, and what was refused."""
    out, back = str(stick / "out"), str(stick / "back")
    with unplugged(session):
        await session.carry.write(out)
    await (await opened("courier")).carry.send(out, back)
    with unplugged(session):
        found = await session.carry.read_reply(back)
    return found.delivered, [one.code for one in found.refused]


async def test_a_bond_is_put_up_and_comes_back_as_online(live: World, opened: Open, tmp_path: Path) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1, ms=Amount.gem("0.20")))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    await do_all_again(miner)
    await vote(live, False, 4, 5)
    await miner.sync.pull()
    item = next(one for one in await miner.work.outbox() if one.attempt == 1)
    with unplugged(miner):
        await miner.work.appeal(item.item_id, "Both times right.")
    assert await carried(miner, opened, tmp_path) == (1, [])
    facts = await miner.earnings.facts()
    assert (facts.at_stake, facts.bond_free) == (Amount.gem("0.40"), Amount.gem("0.10"))
    assert await carried(miner, opened, tmp_path) == (0, [])
    await miner.sync.flush()
    await vote(live, True, 6, 7, 8)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None
    assert (facts.bond_free, facts.at_stake, facts.paid) == (HALF, ZERO, Amount.gem("0.40"))


@pytest.mark.long
async def test_an_appeal_that_arrives_too_late_gives_the_second_try_back(
    live: World, opened: Open, tmp_path: Path
) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    item = await rejected(miner)
    with unplugged(miner):
        await miner.work.appeal(item.item_id, "Written in time, carried too slowly.")
    live.clock.at += 4_000
    await live.tick()
    assert await carried(miner, opened, tmp_path) == (0, ["late"])
    (found,) = [one for one in await miner.work.outbox() if one.item_id == item.item_id]
    assert found.appeal == "late" and found.state is ItemState.REJECTED
    assert await miner.context.store.run(lambda tx: tx.count(ItemRecord, redo_of=item.item_id)) == 1


@pytest.mark.long
async def test_a_bond_that_no_longer_fits_is_signed_anew_and_the_appeal_stays(
    live: World, opened: Open
) -> None:
    miner = await with_bond(live, opened)
    await sent(live, miner, await live.campaign(1, ms=Amount.gem("0.20")))
    await vote(live, False, 2, 3)
    await miner.sync.pull()
    await do_all_again(miner)
    await vote(live, False, 4, 5)
    await miner.sync.pull()
    item = next(one for one in await miner.work.outbox() if one.attempt == 1)
    with unplugged(miner):
        await miner.work.appeal(item.item_id, "Both times right.")
    (record,) = await miner.context.store.run(lambda tx: tx.find(AppealRecord))
    refused: list[object] = []
    part = {"root": record.root, "refused": {"code": "bad_debit", "retryable": False}}
    await miner.carry._replies._appeal(part, {record.root}, refused)  # type: ignore[arg-type]
    assert len(refused) == 1
    await miner.context.store.run(lambda tx: tx.remove(DebitRecord, record.root))
    await miner.sync.flush()
    assert (await miner.context.store.run(lambda tx: tx.find(AppealRecord)))[0].sent


def test_only_one_bond_goes_into_a_file() -> None:
    free, bonded = (
        Appeal(bytes(32), 1, 0, 1, bond, bytes(32)).to_json() for bond in (0, Amount.gem("0.20").units)
    )
    several = [
        AppealRecord(f"item {place}", "", json.dumps(message), "", "", "", place)
        for place, message in enumerate((bonded, free, bonded, free))
    ]
    assert [one.item_id for one in carry_content._at_once(several)] == ["item 0", "item 1", "item 3"]
