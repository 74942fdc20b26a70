# SPDX-License-Identifier: Apache-2.0
"""Scenario 16: work leaves and money comes back on a stick, by somebody who can neither read nor change it."""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.services.carry_errors import ChangedFile, OthersReply, WrongFile
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import SealedRecord
from tests.e2e.flows import Offered, Stage, local_network
from tests.helpers.unplugged import unplugged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    (tmp_path / "stick").mkdir()
    async with local_network(tmp_path) as running:
        yield running


async def leased(stage: Stage, tasks: int) -> tuple[LiveSession, Offered]:
    """Somebody with tasks at hand, who was connected until now."""
    miner = await stage.newcomer()
    campaign = await stage.campaign("consensus", tasks, ms="0")
    await miner.sync.campaigns(refresh=True)
    await miner.sync.fetch_batch(campaign.campaign_id, tasks)
    await miner.sync.pull()
    return miner, campaign


async def test_a_worker_without_a_line_is_paid_by_two_walks_of_a_courier(stage: Stage) -> None:
    miner, campaign = await leased(stage, 3)
    courier = await stage.newcomer()
    out, back = str(stage.folder / "stick/out.gems-carry"), str(stage.folder / "stick/back.gems-reply")
    with unplugged(miner):
        await stage.answer(miner)
        await miner.work.seal()
        written = await miner.carry.write(out)
        assert (written.tasks, written.left, written.waiting) == (3, 0, 1)
        with pytest.raises(NothingToDo):  # it may be on its way
            await miner.work.take_back((await miner.work.outbox())[0].item_id)
    await courier.carry.send(out, back)
    with unplugged(miner):
        result = await miner.carry.read_reply(back)
        assert (result.delivered, result.refused, result.again) == (3, (), False)
        assert {item.state for item in await miner.work.outbox()} == {ItemState.DELIVERED}
        assert (await miner.carry.facts()).waiting == 0
    assert await stage.judged(campaign, NEIGHBOURS[:2]) == 6
    await stage.tick()
    with unplugged(miner):
        asked = await miner.carry.write(out)
        assert (asked.tasks, asked.waiting) == (0, 1), "a file without work asks for news"
    await courier.carry.send(out, back)
    with unplugged(miner):
        result = await miner.carry.read_reply(back)
        assert result.events and not result.held and not result.more
        assert {item.state for item in await miner.work.outbox()} == {ItemState.PAID}
        paid = (await miner.earnings.facts()).paid
        assert paid.units == 3 * campaign.terms.mr.units
        again = await miner.carry.read_reply(back)
        assert again.again and (again.delivered, again.events) == (0, 0)
    assert await miner.sync.flush() == 0 and await miner.sync.pull() == 0, (
        "a line brings nothing a second time"
    )
    assert (await stage.paid(miner))[0] == paid
    books = await stage.books(campaign)
    assert books[f"worker:{(await miner.wallet.facts()).address}"] == paid.units


async def test_nothing_is_counted_twice_when_it_is_sent_online_as_well(stage: Stage) -> None:
    miner, campaign = await leased(stage, 2)
    courier = await stage.newcomer()
    out, back = str(stage.folder / "stick/out.gems-carry"), str(stage.folder / "stick/back.gems-reply")
    with unplugged(miner):
        await stage.answer(miner)
        await miner.work.seal()
        await miner.carry.write(out)
    assert await miner.sync.flush() == 1
    await courier.carry.send(out, back)
    assert await stage.judged(campaign, NEIGHBOURS[:2]) == 4
    await courier.carry.send(out, back)  # an old file again: an equivalent reply, with what happened since
    result = await miner.carry.read_reply(back)
    assert (result.delivered, result.refused) == (0, ()) and result.events
    await stage.tick()
    paid, _ = await stage.paid(miner)
    assert paid.units == 2 * campaign.terms.mr.units
    assert (await stage.books(campaign))[f"worker:{(await miner.wallet.facts()).address}"] == paid.units


@pytest.mark.long
async def test_votes_and_skips_are_carried_too(stage: Stage) -> None:
    miner, campaign = await leased(stage, 3)
    courier, verifier = await stage.newcomer(), await stage.session(NEIGHBOURS[0])
    await stage.send(miner)
    await verifier.sync.fetch_reviews(3)
    await verifier.sync.pull()
    out, back = str(stage.folder / "stick/out.gems-carry"), str(stage.folder / "stick/back.gems-reply")
    with unplugged(verifier):
        facts = await verifier.review.current()
        assert facts is not None
        facts = await verifier.review.decide(facts.item_id, "skip")
        while facts is not None:
            facts = await verifier.review.decide(facts.item_id, "accept")
        await verifier.review.seal()
        written = await verifier.carry.write(out)
        assert (written.tasks, written.reviews, written.skips) == (0, 2, 1)
    await courier.carry.send(out, back)
    with unplugged(verifier):
        result = await verifier.carry.read_reply(back)
        assert (result.delivered, result.refused) == (2, ())
        assert (await verifier.carry.facts()).skips == 0
    assert await stage.judged(campaign, NEIGHBOURS[1:3]) == 4
    await miner.sync.pull()
    assert (await stage.paid(miner))[0].units == 3 * campaign.terms.mr.units


@pytest.mark.long
async def test_an_appeal_is_carried_and_wins(stage: Stage) -> None:
    miner, campaign = await leased(stage, 1)
    courier = await stage.newcomer()
    await stage.send(miner)
    assert await stage.judged(campaign, NEIGHBOURS[:2], misread=True) == 2
    item = await stage.item(miner, campaign)
    assert item.state is ItemState.REJECTED
    out, back = str(stage.folder / "stick/out.gems-carry"), str(stage.folder / "stick/back.gems-reply")
    with unplugged(miner):
        await miner.work.appeal(item.item_id, "Read it again, it is what it says.")
        assert (await miner.carry.write(out)).appeals == 1
    await courier.carry.send(out, back)
    with unplugged(miner):
        assert (await miner.carry.read_reply(back)).delivered == 1
    assert (await stage.item(miner, campaign)).appeal == "judging"
    await miner.sync.flush()
    for name in NEIGHBOURS[2:5]:
        await stage.judge(name, campaign)
    assert (await stage.item(miner, campaign)).appeal == "won"


async def test_the_courier_can_neither_read_nor_change_it(stage: Stage) -> None:
    miner, _ = await leased(stage, 1)
    courier = await stage.newcomer()
    out, back = stage.folder / "stick/out.gems-carry", stage.folder / "stick/back.gems-reply"
    with unplugged(miner):
        await stage.answer(miner)
        await miner.work.seal()
        await miner.carry.write(str(out))
    (sealed,) = await miner.context.store.run(lambda tx: tx.find(SealedRecord))
    await courier.carry.send(str(out), str(back))
    address = (await miner.wallet.facts()).address
    secrets = [
        sealed.root,
        address,
        json.loads(sealed.body)["batch"]["signature"],
        "choices",
        "mood",
        "receipt",
    ]
    for data in (out.read_bytes(), back.read_bytes()):
        for secret in secrets:
            plain = bytes.fromhex(secret[2:]) if secret.startswith("0x") else secret.encode()
            assert plain not in data and secret.encode() not in data
        assert len(data) > 4096 and len(zlib.compress(data)) > len(data) * 0.98, "it looks like noise"
    assert all(secret in sealed.body + address + "receipt" for secret in secrets), (
        "the search is for what is there"
    )
    changed = stage.folder / "stick/changed"
    reply = back.read_bytes()
    for place in [*range(130), *range(130, len(reply), len(reply) // 60)]:
        changed.write_bytes(reply[:place] + bytes([reply[place] ^ 4]) + reply[place + 1 :])
        with pytest.raises((ChangedFile, OthersReply, WrongFile)) as refused:
            await miner.carry.read_reply(str(changed))
        assert refused.value.safe and refused.value.action
    assert (await miner.work.outbox())[0].state is ItemState.SEALED, "nothing moved by any of these"
    assert (await miner.carry.read_reply(str(back))).delivered == 1
    with pytest.raises(OthersReply):
        await courier.carry.read_reply(str(back))
    with pytest.raises(WrongFile):
        await miner.carry.read_reply(str(out))
    with pytest.raises(WrongFile):
        await courier.carry.send(str(back), str(stage.folder / "stick/other"))
