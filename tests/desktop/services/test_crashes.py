# SPDX-License-Identifier: Apache-2.0
"""What happens when the program ends between two steps: the next start goes on, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gems_desktop.services.facts import ClaimState, ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import DebitRecord
from gems_protocol.amount import ZERO, Amount
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, delivered, judged
from tests.desktop.services.test_loop import do_all, states
from tests.platform.test_attacks import _bonded as bonded
from tests.platform.test_money import _names as names
from tests.platform.world import World


class Crash(Exception):
    """The program ends here."""


def crash_after(session: LiveSession, end: str) -> Lying:
    """The platform does what was asked at a path that ends so, and the program ends before it knows."""

    def change(path: str, answer: Any) -> Any:
        if path.endswith(end):
            raise Crash
        return answer

    return Lying(session, change)


@pytest.mark.parametrize("end", ["/v1/leases", "/confirm"])
async def test_a_lease_is_taken_once(live: World, opened: Open, end: str) -> None:
    campaign = await live.campaign(4)
    miner = await opened("miner")
    crash_after(miner, end)
    with pytest.raises(Crash):
        await miner.sync.fetch_batch(campaign, 2)
    await miner.close()
    again = await opened("miner")
    assert await states(again) == []
    await again.sync.fetch_batch(campaign, 2)
    assert await states(again) == [ItemState.LEASED] * 2
    shown = await again.context.platform.get(f"/v1/campaigns/{campaign}", token=False)
    assert shown["tasks_open"] == 2


async def test_an_upload_whose_receipt_was_lost_pays_once(live: World, opened: Open) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 2)
    await do_all(miner)
    await miner.work.seal()
    crash_after(miner, "/v1/submissions")
    with pytest.raises(Crash):
        await miner.sync.flush()
    await miner.close()
    again = await opened("miner")
    assert await again.sync.flush() == 1
    assert await again.sync.flush() == 0
    await judged(live, opened)
    await again.sync.pull()
    await again.sync.pull()
    assert (await again.earnings.facts()).paid == Amount.gem("1")


async def test_a_claim_goes_on_after_a_crash(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    await judged(live, opened)
    await miner.sync.pull()
    quote = await miner.earnings.quote_claim()
    crash_after(miner, "/v1/relay/claims")
    with pytest.raises(Crash):
        await miner.earnings.claim(quote)
    await miner.close()
    again = await opened("miner")
    assert [claim.state for claim in (await again.earnings.facts()).claims] == [ClaimState.INTENDED]
    await again.sync._claims.follow()
    await live.tick()
    await again.sync._claims.follow()
    facts = await again.earnings.facts()
    assert [claim.state for claim in facts.claims] == [ClaimState.CLAIMED]
    assert facts.wallet_gem == quote.receives and facts.claimable == ZERO


async def test_a_stake_is_put_up_once_and_comes_back(live: World, opened: Open) -> None:
    miner = await opened("miner")
    free = await live.campaign(2)
    await miner.sync.fetch_batch(free, 1)
    await miner.earnings.set_bond_target(Amount.gem("0.5"))
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await judged(live, opened, 1)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None, facts.difference
    assert (facts.bonded, facts.paid, facts.bond_free) == (Amount.gem("0.5"), ZERO, Amount.gem("0.5"))
    staked = await live.campaign(2, ms=Amount.gem("0.2"))
    crash_after(miner, "/confirm")
    with pytest.raises(Crash):
        await miner.sync.fetch_batch(staked, 2)
    await miner.close()
    again = await opened("miner")
    await again.sync.fetch_batch(staked, 2)
    debits = await again.context.store.run(lambda tx: tx.find(DebitRecord))
    assert [(debit.debited, debit.confirmed) for debit in debits] == [(Amount.gem("0.4"), True)]
    facts = await again.earnings.facts()
    assert (facts.at_stake, facts.bond_free) == (Amount.gem("0.4"), Amount.gem("0.1"))
    await do_all(again)
    await again.work.seal()
    await again.sync.flush()
    await judged(live, opened)
    await again.sync.pull()
    facts = await again.earnings.facts()
    assert facts.difference is None and (facts.at_stake, facts.bond_free) == (ZERO, Amount.gem("0.5"))
    assert facts.paid == Amount.gem("1")


@pytest.mark.parametrize("first", ["pull", "lease"])
async def test_a_stake_whose_confirmation_was_lost_for_good_is_found_again(
    live: World, opened: Open, first: str
) -> None:
    """The platform took the stake; the line was down for longer than the request is sent again."""
    miner = await opened("miner")
    free = await live.campaign(1)
    await miner.earnings.set_bond_target(Amount.gem("0.5"))
    await miner.sync.fetch_batch(free, 1)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await judged(live, opened, 1)
    await miner.sync.pull()
    staked = await live.campaign(2, ms=Amount.gem("0.2"))
    lying = crash_after(miner, "/confirm")
    with pytest.raises(Crash):
        await miner.sync.fetch_batch(staked, 1)
    lying.stop()
    live.clock.at += 900
    if first == "pull":
        await miner.sync.pull()
        facts = await miner.earnings.facts()
        assert (facts.at_stake, facts.bond_free) == (Amount.gem("0.2"), Amount.gem("0.3"))
    await miner.sync.fetch_batch(staked, 1)
    facts = await miner.earnings.facts()
    assert (facts.at_stake, facts.bond_free) == (Amount.gem("0.4"), Amount.gem("0.1"))
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await judged(live, opened)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None and (facts.at_stake, facts.bond_free) == (ZERO, Amount.gem("0.5"))
    assert facts.paid == Amount.gem("1")


async def test_a_button_and_the_loop_at_once_do_it_once(live: World, opened: Open) -> None:
    campaign = await live.campaign(4)
    miner = await opened("miner")
    await asyncio.gather(*(miner.sync.fetch_batch(campaign, 2) for _ in range(2)))
    assert len({item.index for item in await miner.work.outbox()}) == 4
    await do_all(miner)
    await miner.work.seal()
    await asyncio.gather(*(miner.sync.flush() for _ in range(3)))
    await judged(live, opened, 4)
    await asyncio.gather(*(miner.sync.pull() for _ in range(3)))
    facts = await miner.earnings.facts()
    assert facts.paid == Amount.gem("2") and facts.difference is None


async def test_a_stake_comes_back_when_the_escrow_covers_no_second_try(live: World, opened: Open) -> None:
    """Were it not owed here as well, this voucher and every later one would be refused."""
    miner = await opened("miner")
    free = await live.campaign(1)
    await miner.earnings.set_bond_target(Amount.gem("0.5"))
    await miner.sync.fetch_batch(free, 1)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await judged(live, opened, 1)
    anna = await bonded(live, "anna", "0.5")
    staked = await live.campaign(1, ms=Amount.gem("0.05"), panel=3, quorum=2)
    await live.work(anna, staked, 1)
    await _reject(live, 2, 3)
    anna = await live.person("anna")
    found = (await anna.get("/v1/leases"))["batches"]
    (again,) = [one for one in found if one["items"][0]["assignment"]["message"]["attempt"] == 1]
    await live.submit(anna, live.sealed(anna, again["batch_id"], names(again)))
    await _reject(live, 4, 5)
    await anna.post("/v1/verdicts/accept", {"assignment_hashes": names(again)})  # no appeal
    await miner.sync.fetch_batch(staked, 1)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await _reject(live, 6, 7)
    await live.tick()
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None, facts.difference
    assert (facts.at_stake, facts.bond_free, facts.owed) == (ZERO, Amount.gem("0.5"), ZERO)


async def test_a_stake_comes_back_when_its_round_was_judged_without_the_sealed_vote(
    live: World, opened: Open
) -> None:
    vera = await opened("verifier 0")
    free = await live.campaign(1)
    await vera.earnings.set_bond_target(Amount.gem("0.5"))
    await vera.sync.fetch_batch(free, 1)
    await do_all(vera)
    await vera.work.seal()
    await vera.sync.flush()
    for number in (2, 3):
        await live.review(await live.person(f"verifier {number}"), 1)
    await live.tick()
    await vera.sync.pull()
    slow = await live.campaign(1, vs=Amount.gem("0.2"), window=3_600)
    await live.work(await live.person("anna"), slow, 1)
    await vera.sync.fetch_reviews(1)
    item = await vera.review.current()
    assert item is not None
    await vera.review.decide(item.item_id, "accept")
    await vera.review.seal()
    live.clock.at += 3_601  # nobody else came: the round is judged while the vote is still here
    await live.tick()
    await vera.sync.pull()
    facts = await vera.earnings.facts()
    assert facts.difference is None, facts.difference
    assert (facts.at_stake, facts.bond_free) == (ZERO, Amount.gem("0.5"))


async def _reject(live: World, *numbers: int) -> None:
    for number in numbers:
        await live.review(await live.person(f"verifier {number}"), 1, False)
