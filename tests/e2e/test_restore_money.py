# SPDX-License-Identifier: Apache-2.0
"""Restores against a hub that forgot, and two laptops with the same words: the highest signature stands, once."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.services.channels import best_voucher, load_channel
from gems_desktop.services.copies import Copies
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import DebitRecord
from gems_desktop.services.restore_state import begin, unproven
from gems_protocol.amount import ZERO, Amount, total
from tests.e2e.flows import Stage, local_network

pytestmark = pytest.mark.asyncio(loop_scope="module")
MR, STAKE = Amount.gem("0.30"), Amount.gem("0.10")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with local_network(tmp_path_factory.mktemp("restore-money")) as running:
        yield running


def copied(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


async def ledger_sum(session: LiveSession, pocket: str) -> Amount:
    return total([line.amount for line in await session.earnings.ledger() if line.pocket == pocket])


async def test_a_hub_with_older_books_cannot_take_back_what_it_signed(stage: Stage) -> None:
    miner = await stage.newcomer()
    name = miner.context.profile
    campaign = await stage.campaign("consensus", 3, ms="0", family="older")
    await stage.work(miner, campaign)
    await stage.judged(campaign, NEIGHBOURS[:2])
    early, _ = await stage.paid(miner)
    old_file, new_file = stage.folder / "old.json", stage.folder / "new.json"
    await Copies(miner.context).write(str(old_file))
    books = stage.running.platform.app.state.context.settings.data_dir / "platform.sqlite3"
    copied(books, stage.folder / "books")
    await stage.work(miner, campaign, 2)
    await stage.judged(campaign, NEIGHBOURS[:2])
    late, _ = await stage.paid(miner)
    assert late == early + MR * 2
    await Copies(miner.context).write(str(new_file))
    await miner.close()
    copied(stage.folder / "books", books)
    again = stage.people[name] = await stage.again(name, "after-the-hub-forgot")
    await again.context.store.run(begin)
    await again.sync.pull()
    assert (await again.earnings.facts()).paid == early, "all that is signed and can be found"
    restoring = again.sync.restoring
    assert not await restoring.add_file(str(old_file)), "a stale copy changes nothing"
    assert await restoring.add_file(str(new_file))
    assert not await restoring.add_file(str(old_file)) and not await restoring.add_file(str(new_file))
    facts = await again.earnings.facts()
    assert facts.paid == late and facts.claimable == late
    assert await ledger_sum(again, "paid") == late, "what is not explained is one line"
    await again.earnings.claim(await again.earnings.quote_claim())
    for _ in range(3):
        await stage.tick()
        await again.sync._claims.follow()
    assert (await again.earnings.facts()).claimed == late, "the chain pays by the newest voucher"
    assert await again.context.store.run(unproven) is None
    await stage.people.pop(name).close()  # its books and the hub's differ now, and it says so


async def test_two_laptops_with_the_same_words(stage: Stage) -> None:
    one = await stage.veteran("twice")
    name = one.context.profile
    paid, bond = await stage.paid(one)
    campaign = await stage.campaign("consensus", 4, family="twice")
    other = stage.people["the other laptop"] = await stage.again(name, "other-laptop")
    await other.context.store.run(begin)
    await other.sync.pull()
    await one.sync.campaigns(refresh=True)
    await one.sync.fetch_batch(campaign.campaign_id, 2)
    await other.sync.fetch_batch(campaign.campaign_id, 1)  # its first debit is below the other laptop's
    channel = await other.context.store.run(load_channel)
    assert channel is not None and channel.debited == STAKE * 3
    signed = await other.context.store.run(lambda tx: tx.find(DebitRecord, confirmed=True))
    assert sum(each.amount.units for each in signed) == channel.debited.units, "each stake once"
    await stage.send(one)
    await stage.send(other)
    for neighbour in NEIGHBOURS[:2]:
        assert await stage.judge(neighbour, campaign) == 3
    for session in (one, other, one):
        now = await stage.paid(session)
        assert now == (paid + MR * 3, bond)
        assert (await session.earnings.facts()).at_stake == ZERO
    best = [await session.context.store.run(best_voucher) for session in (one, other)]
    assert best[0] is not None and best[1] is not None
    assert (best[0].seq, best[0].paid) == (best[1].seq, best[1].paid)
    await one.sync.fetch_batch(campaign.campaign_id, 1)  # and the first one goes on
    await stage.send(one)
