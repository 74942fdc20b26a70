# SPDX-License-Identifier: Apache-2.0
"""The disk is gone and the words are there: the same life on an empty computer, and it ends the same way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import fields
from typing import Any

import pytest
import pytest_asyncio

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.services import records
from gems_desktop.services.errors import PlatformRefused
from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.ports import Tx
from gems_desktop.services.restore_state import begin, is_restoring, unproven
from gems_protocol.amount import ZERO, Amount
from tests.e2e.flows import Offered, Stage, local_network, mood

pytestmark = pytest.mark.asyncio(loop_scope="module")
MR, STAKE = Amount.gem("0.30"), Amount.gem("0.10")
TABLES = (
    records.BatchRecord, records.ItemRecord, records.AnswerRecord, records.SealedRecord, records.AppealRecord,
    records.ChannelRecord, records.DebitRecord, records.VoucherRecord, records.LineRecord, records.ClaimRecord,
)  # fmt: skip
#: What may differ after a restore, and why.
MAY_DIFFER: dict[str, tuple[str, ...]] = {
    # drafts and the platform's clock at the moment of a press are on the lost disk alone
    "items": ("decided_at",),
    # the salt of a blind review is never sent; that of work stands in the sealed body and in its root
    "answers": ("finished_at", "salt"),
    "appeals": ("redo_id",),
    "channel": ("former_target", "read_at"),
    "lines": ("place",),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with local_network(tmp_path_factory.mktemp("restore")) as running:
        yield running


def shallow(row: Any) -> dict[str, Any]:
    """A record or facts by name."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


async def life(session: LiveSession) -> dict[str, Any]:
    """Everything that is here of somebody's work and money."""

    def work(tx: Tx) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for kind in TABLES:
            left_out = MAY_DIFFER.get(kind.TABLE, ())
            rows = [shallow(row) for row in tx.find(kind)]
            found[kind.TABLE] = {
                row[kind.KEY]: {name: value for name, value in row.items() if name not in left_out}
                for row in rows
            }
        return found

    found = await session.context.store.run(work)
    found["earnings"] = shallow(await session.earnings.facts())
    found["ledger"] = sorted(map(repr, await session.earnings.ledger()))
    found["trust"] = shallow(await session.trust.facts(refresh=True))
    return found


def differences(before: Any, after: Any, where: str = "") -> list[str]:
    """Every place where two lives differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = [*before, *(name for name in after if name not in before)]
        return [
            one
            for name in names
            for one in differences(before.get(name, "-"), after.get(name, "-"), f"{where}/{name}")
        ]
    return [] if before == after else [f"{where}: {before!r} / {after!r}"]


def assert_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = differences(before, after)
    assert not found, "\n".join(found)


async def restored(stage: Stage, name: str, folder: str) -> LiveSession:
    session = stage.people[name] = await stage.again(name, folder)
    await session.context.store.run(begin)
    await session.sync.pull()
    assert not await session.context.store.run(is_restoring)
    assert await session.context.store.run(unproven) is None
    return session


async def claim_all(stage: Stage, miner: LiveSession) -> Amount:
    quote = await miner.earnings.quote_claim()
    await miner.earnings.claim(quote)
    for _ in range(3):
        await stage.tick()
        await miner.sync._claims.follow()
    facts = await miner.earnings.facts()
    assert [claim.state.name for claim in facts.claims] == ["CLAIMED"]
    return facts.claimed


async def answered(miner: LiveSession, campaign: Offered, *, count: int = 9) -> None:
    """Answer and send what is leased of one campaign, and leave the rest."""
    items = [item for item in await miner.work.outbox() if item.campaign_id == campaign.campaign_id]
    for item in [item for item in items if item.state is ItemState.LEASED][:count]:
        facts = await miner.work.open(item.item_id)
        await miner.work.record(facts.item_id, {"op": "reset", "answer": mood(facts.data)})
        await miner.work.finish(facts.item_id)
    await miner.work.seal()
    await miner.sync.flush()


async def a_full_life(stage: Stage) -> tuple[LiveSession, str, dict[str, Offered]]:
    """Paid work, a claimed part, a redo offered, an appeal under way, work delivered and not judged, open leases."""
    miner = await stage.veteran("restore")
    name = miner.context.profile
    assert await claim_all(stage, miner) > ZERO
    family: dict[str, Any] = {"family": "restore"}
    offered = {
        "appeal": await stage.campaign("evidence", **family, ms="0.10 GEM"),
        "redo": await stage.campaign("consensus", z=10, **family),
        "sent": await stage.campaign("consensus", 3, **family),
    }
    await stage.work(miner, offered["appeal"])
    await stage.until_verdict(miner, offered["appeal"], misread=True)
    await miner.work.appeal((await stage.item(miner, offered["appeal"])).item_id, "It says good.")
    await miner.sync.flush()
    await stage.work(miner, offered["redo"], wrong=True)
    assert await stage.judged(offered["redo"], NEIGHBOURS[:2]) == 2
    await miner.sync.pull()
    await stage.tick()
    await miner.sync.campaigns(refresh=True)
    await miner.sync.fetch_batch(offered["sent"].campaign_id, 3)
    await answered(miner, offered["sent"], count=2)
    assert await stage.judge(NEIGHBOURS[0], offered["sent"]) == 2  # their votes wait for another verifier's
    await stage.paid(miner)
    return miner, name, offered


async def test_wiping_the_disk_loses_no_money_and_no_work(stage: Stage) -> None:
    miner, name, offered = await a_full_life(stage)
    before = await life(miner)
    states = [item.state.name for item in await miner.work.outbox()]
    assert {"PAID", "DISPUTED", "REJECTED", "DELIVERED", "LEASED"} == set(states)
    assert before["earnings"]["at_stake"] == STAKE * 6, "three leases, a redo, an appeal and its bond"
    await miner.close()
    again = await restored(stage, name, "new-laptop")
    assert_same(before, await life(again))
    verifier = stage.people[NEIGHBOURS[0]]
    seen = await life(verifier)
    assert "DELIVERED" in {item["state"] for item in seen["items"].values()}
    await verifier.close()
    verifier = await restored(stage, NEIGHBOURS[0], "new-laptop-of-a-verifier")
    assert_same(seen, await life(verifier))
    await finish(stage, again, offered, before)


async def all_judged(stage: Stage, name: str) -> None:
    """A neighbour reviews whatever there is, rightly."""
    verifier = await stage.session(name)
    await stage.tick()
    await verifier.sync.pull()
    with suppress(PlatformRefused):  # nothing to review
        await verifier.sync.fetch_reviews(10)
    facts = await verifier.review.current()
    while facts is not None:
        facts = await stage.vote(verifier, facts, False)
    await verifier.review.seal()
    await verifier.sync.flush()


async def finish(
    stage: Stage, miner: LiveSession, offered: dict[str, Offered], before: dict[str, Any]
) -> None:
    """The rest of the life: the appeal is won, the redo is right, everything is paid once."""
    await answered(miner, offered["redo"])
    await answered(miner, offered["sent"])
    for name in NEIGHBOURS:
        await all_judged(stage, name)
    paid, bond = await stage.paid(miner)
    vr = offered["redo"].terms.vr()
    earned = MR * 3 + MR + (MR - vr)
    assert paid == before["earnings"]["paid"] + earned
    assert bond == before["earnings"]["bond_free"] + STAKE * 6
    facts = await miner.earnings.facts()
    assert (facts.at_stake, facts.in_review, facts.owed) == (ZERO, ZERO, ZERO)
    trust = await miner.trust.facts(refresh=True)
    assert not trust.differs and trust.checked == 12 + 5
    for campaign in offered.values():
        await stage.books(campaign)
