# SPDX-License-Identifier: Apache-2.0
"""Reconciliation is exact through a working life, and each kind of difference is found and named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.commands.platform_reconcile import as_json, as_table
from gems_platform.channels.chain import ChannelOnChain
from gems_platform.operating.reconcile.facts import (
    Books,
    CampaignBooks,
    ChannelBooks,
    Found,
    IntentBooks,
    OnChain,
)
from gems_platform.operating.reconcile.reconciling import reconcile
from gems_platform.operating.reconcile.rules import differences
from gems_protocol.amount import UNIT, Amount
from tests.platform.acts import newcomer, one_task, with_bond
from tests.platform.conftest import HandClock
from tests.platform.test_unbonding import _step
from tests.platform.world import BAD, World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def _found(live: World) -> Found:
    await live.tick()
    ctx = live.server.app.state.context
    return await reconcile(ctx.db, live.settings, ctx.chain, tries=1)


async def test_exact_after_rewards_stakes_lost_and_won_spends_and_a_step_out_of_the_bond(live: World) -> None:
    assert (await _found(live)).differences == ()
    anna = await with_bond(live)
    staked = await live.campaign(2, ms=Amount.gem("0.25"))
    await one_task(live, anna, staked)
    assert (await _found(live)).differences == ()  # while a stake is at risk
    for number in range(2):
        await live.review(await live.person(f"verifier {number}"), 1)
    await one_task(live, anna, staked, BAD)
    for number in range(2):
        await live.review(await live.person(f"verifier {number}"), 1, accept=False)
    live.clock.at += 300_000
    for name in list(live.people):
        await live.person(name)
    assert (await _found(live)).differences == ()
    assert await live.spend(staked)
    anna = await live.person("anna")
    await anna.post("/v1/channel/unbond", await _step(live, anna, Amount.gem("0.50").units, 1))
    found = await _found(live)
    assert found.exact, found.differences
    (mine,) = [one for one in found.books.channels if one.worker == anna.address]
    assert mine.paid + mine.bonded == mine.settled > 6 * UNIT and mine.put_up and mine.unbonded
    assert sum(found.chain.redeemed.values()) == sum(one.spend for one in found.books.campaigns) > 0
    assert "Everything agrees to the unit." in as_table(found) and '"exact": true' in as_json(found)


async def test_a_store_that_was_changed_by_a_unit_is_named(live: World) -> None:
    """The control: one unit more in one row of each kind."""
    anna = await newcomer(live)
    campaign = await live.campaign(1)
    await one_task(live, anna, campaign)
    for number in range(2):
        await live.review(await live.person(f"verifier {number}"), 1)
    assert (await _found(live)).differences == ()
    db = live.server.app.state.context.db
    for statement, named in (
        (
            "UPDATE lines SET amount = '500000000000000001' WHERE kind = 'reward'",
            "lines that vouchers settled",
        ),
        ("UPDATE transfers SET amount = '500000000000000002' WHERE why = 'reward'", "the ledger's movements"),
        ("UPDATE campaigns SET spend_signed = '1'", "Spend's signature"),
        (
            "UPDATE channels SET paid = '500000000000000001' WHERE paid = '500000000000000000'",
            "voucher's signature",
        ),
    ):
        with db.engine.begin() as connection:
            connection.exec_driver_sql(statement)
        ctx = live.server.app.state.context
        told = await reconcile(db, live.settings, ctx.chain, tries=1)
        assert any(named in one.what for one in told.differences), (statement, told.differences)
        assert named in as_table(told)


CHANNEL = ChannelBooks(
    id="0xc", worker="0xw", deposit=20, claimed=3, stopped=False, doubted=False, paid=8, bonded=4, seq=5, signed=True,
    debited=6, settled=12, waiting=1, newest=5, unbonded=2, earned=11, put_up=4, published=12, kept=12,
)  # fmt: skip
CAMPAIGN = CampaignBooks(id="0xa", funded=100, redeemed=40, spend=50, ok=True, spent=60, net=0, negative=())
BOOKS = Books(
    (CHANNEL,), (CAMPAIGN,), (IntentBooks("claim", "0xs", 4, "done"), IntentBooks("x", "0xs", 5, "sent"))
)
CHAIN = OnChain(
    block=9, channels={"0xc": ChannelOnChain(20, 3, 0)}, funded={"0xa": 100}, redeemed={"0xa": 40}, nonces={"0xs": 5},
    in_channels=17, treasury=0, collateral=9, reserved=9,
)  # fmt: skip


@pytest.mark.parametrize(
    ("part", "changes", "named"),
    [
        ("channel", {"settled": 13, "waiting": 0}, "lines that vouchers settled"),
        ("channel", {"signed": False}, "signature"),
        ("channel", {"newest": 6}, "settled by voucher 6"),
        ("channel", {"earned": 12}, "ledger's movements"),
        ("channel", {"put_up": 5}, "signed debits"),
        ("channel", {"deposit": 21}, "deposit as known"),
        ("channel", {"claimed": 4}, "claimed as known"),
        ("channel", {"published": 13}, "published daily file"),
        ("channel", {"kept": 13}, "watch-tower"),
        ("channel", {"doubted": True}, "since the restore"),
        ("campaign", {"funded": 99}, "escrow as known"),
        ("campaign", {"redeemed": 41}, "redeemed as known"),
        ("campaign", {"ok": False}, "signature"),
        ("campaign", {"spend": 39}, "signed by the requester"),
        ("campaign", {"spend": 61}, "spent by the ledger"),
        ("campaign", {"spent": 101}, "escrow on chain"),
        ("campaign", {"net": 1}, "does not add up"),
        ("campaign", {"negative": ("stake:0xw",)}, "does not add up"),
        ("chain", {"channels": {"0xc": ChannelOnChain(20, 9, 0)}}, "paid by vouchers"),
        ("chain", {"channels": {"0xc": ChannelOnChain(5, 3, 0)}}, "promised"),
        ("chain", {"nonces": {"0xs": 4}}, "not on the chain"),
        ("chain", {"nonces": {"0xs": 6}}, "went to another"),
        ("chain", {"in_channels": 16}, "held by the contract"),
        ("chain", {"reserved": 10}, "collateral"),
    ],
)  # fmt: skip
def test_each_rule(part: str, changes: dict[str, Any], named: str) -> None:
    assert differences(BOOKS, CHAIN) == ()
    books, chain = BOOKS, CHAIN
    if part == "channel":
        books = replace(BOOKS, channels=(replace(CHANNEL, **changes),))
    elif part == "campaign":
        books = replace(BOOKS, campaigns=(replace(CAMPAIGN, **changes),))
    else:
        chain = replace(CHAIN, **changes)
    found = differences(books, chain)
    assert any(named in one.what for one in found), found
    assert all(one.cause and one.do for one in found)
