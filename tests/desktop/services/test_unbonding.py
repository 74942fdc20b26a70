# SPDX-License-Identifier: Apache-2.0
"""A worker's bond comes into the free pocket without the chain, and no hub gets more than one step for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gems_desktop.services.channels import channel_record
from gems_desktop.services.errors import NothingToDo, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.live import LiveSession
from gems_desktop.services.unbond_records import left_to_move
from gems_platform.channels import repository
from gems_protocol.amount import ZERO, Amount
from gems_protocol.messages import Voucher
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_crashes import Crash, crash_after
from tests.desktop.services.test_lies import Lying, resigned
from tests.desktop.services.test_restoring import wiped
from tests.desktop.services.test_upkeep import _codes, _paid, _turn
from tests.helpers.explained import explained
from tests.platform.world import World

PATH = "/v1/channel/unbond"
BOND, STEP = Amount.gem("1"), Amount.gem("0.5")  # a task pays half a GEM: no step is larger


async def _bonded(live: World, opened: Open) -> LiveSession:
    """A miner whose whole pay, 1 GEM, is in the bond."""
    await (await opened("miner")).earnings.set_bond_target(BOND)
    miner = await _paid(live, opened)
    facts = await miner.earnings.facts()
    assert (facts.bond_free, facts.claimable) == (BOND, ZERO)
    return miner


def _signed(session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Amount]]:
    """The steps that the signer signs from here on: number and `debited`."""
    real, found = session.context.signer.sign_step, []

    async def noted(channel_id: bytes, step: int, debited: Amount) -> bytes:
        found.append((step, debited))
        return await real(channel_id, step, debited)

    monkeypatch.setattr(session.context.signer, "sign_step", noted)
    return found


async def _debits(session: LiveSession) -> list[str]:
    found = await session.context.platform.get("/v1/history?kind=debit")
    return [entry["debited"] for entry in found["entries"]]


async def test_the_whole_bond_moves_and_is_claimed_on_chain(live: World, opened: Open) -> None:
    miner = await _bonded(live, opened)
    await miner.earnings.unbond(BOND)
    facts = await miner.earnings.facts()
    assert (facts.bond_free, facts.claimable, facts.owed, facts.bond_target) == (ZERO, BOND, ZERO, ZERO)
    told = await miner.context.platform.get("/v1/channel")
    message = told["voucher"]["message"]
    assert (message["paid"], message["bonded"], told["debited"]) == (str(BOND),) * 3
    assert (told["unbonded"], told["bond_target"]) == (2, "0") and _codes(await miner.earnings.upkeep()) == []
    quote = await miner.earnings.quote_claim()
    await miner.earnings.claim(quote)
    await live.tick()
    await miner.sync._claims.follow()
    facts = await miner.earnings.facts()
    on_chain = await miner.context.chain.agree(bytes.fromhex(told["channel_id"][2:]))
    assert (Amount(on_chain.claimed), facts.wallet_gem) == (BOND, BOND - quote.fee)
    moved = [(line.pocket, line.amount) for line in await miner.earnings.ledger() if line.what == "unbond"]
    assert sorted(moved) == sorted([("bonded", -STEP), ("paid", STEP)] * 2)
    assert {one.check for one in await explained(miner) if one.line.what == "unbond"} == {"signed"}
    pockets = dict((await miner.earnings.totals()).by_pocket)
    assert (pockets["bonded"], pockets["paid"]) == (ZERO, BOND)
    with pytest.raises(NothingToDo):
        await miner.earnings.unbond(Amount(1))


async def test_a_hub_that_does_not_answer_gets_one_step(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await _bonded(live, opened)
    signed = _signed(miner, monkeypatch)
    real = miner.context.platform.post

    async def silent(path: str, body: dict[str, Any] | str) -> Any:
        if path == PATH:
            raise Offline
        return await real(path, body)

    monkeypatch.setattr(miner.context.platform, "post", silent)
    for _ in range(3):
        with pytest.raises(Offline):
            await (miner.earnings.unbond(BOND) if not signed else miner.earnings._upkeep.unbonding.follow())
    assert signed == [(1, STEP)], "one step, signed once, however often it is sent"
    facts = await miner.earnings.facts()
    assert (facts.owed, facts.bond_free, facts.unbonding) == (STEP, STEP, STEP)
    upkeep = await miner.earnings.upkeep()
    assert _codes(upkeep) == ["unbond_unpaid"] and "1 GEM at most" in upkeep.troubles[0].safe
    with pytest.raises(NothingToDo):
        await miner.earnings.unbond(Amount(1))
    monkeypatch.setattr(miner.context.platform, "post", real)
    await _turn(miner)
    assert signed == [(1, STEP), (2, BOND)] and _codes(await miner.earnings.upkeep()) == []
    assert (await miner.earnings.facts()).claimable == BOND


@pytest.mark.parametrize("taken", [True, pytest.param(False, marks=pytest.mark.long)])
async def test_a_move_that_was_interrupted_goes_on_after_a_restart(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    """Between the signature and the answer: the same step is sent, whether the hub has taken it or not."""
    miner = await _bonded(live, opened)
    signed = _signed(miner, monkeypatch)
    if taken:
        crash_after(miner, PATH)
    else:

        async def ends(path: str, body: dict[str, Any] | str) -> Any:
            raise Crash

        monkeypatch.setattr(miner.context.platform, "post", ends)
    with pytest.raises(Crash):
        await miner.earnings.unbond(BOND)
    monkeypatch.undo()
    await miner.close()
    again = await opened("miner")
    more = _signed(again, monkeypatch)
    await _turn(again)
    assert (signed, more) == ([(1, STEP)], [(2, BOND)])
    facts = await again.earnings.facts()
    assert (facts.claimable, facts.bond_free, facts.owed, facts.bond_target) == (BOND, ZERO, ZERO, ZERO)
    assert await _debits(again) == [str(STEP), str(BOND)]


@pytest.mark.parametrize("units", [1, pytest.param(-1, marks=pytest.mark.long)])
async def test_a_wrong_sum_for_a_step_is_refused_and_ends_the_move(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch, units: int
) -> None:
    miner = await _bonded(live, opened)
    signed = _signed(miner, monkeypatch)

    def change(path: str, answer: Any) -> Any:
        for event in answer["events"] if path.startswith("/v1/events") else []:
            if event["kind"] == "voucher":
                resigned(live, event["voucher"], Voucher, paid=str(STEP.units + units))
        return answer

    Lying(miner, change)
    with pytest.raises(PlatformLied):
        await miner.earnings.unbond(BOND)
    with pytest.raises(PlatformLied):
        await miner.earnings._upkeep.unbonding.follow()
    facts = await miner.earnings.facts()
    assert signed == [(1, STEP)] and (facts.paid, facts.owed) == (ZERO, STEP)
    assert facts.difference is not None and "your own sum" in facts.difference.message
    assert _codes(await miner.earnings.upkeep()) == ["unbond_unpaid"]


@pytest.mark.long
async def test_a_step_that_the_hub_refuses_is_not_counted(live: World, opened: Open) -> None:
    miner = await _bonded(live, opened)
    with live.server.app.state.context.db.write() as session:
        repository.own(session, await miner.context.address()).frozen = "hub"
    with pytest.raises(PlatformRefused):
        await miner.earnings.unbond(BOND)
    facts = await miner.earnings.facts()
    assert (facts.bond_free, facts.owed, facts.unbonding) == (BOND, ZERO, ZERO)
    assert await miner.context.store.run(left_to_move) == ZERO
    with live.server.app.state.context.db.write() as session:
        repository.own(session, await miner.context.address()).frozen = ""
    await miner.earnings.unbond(STEP)
    assert (await miner.earnings.facts()).claimable == STEP


@pytest.mark.long
async def test_a_step_beside_a_stake_that_the_hub_took_is_signed_anew_above_it(
    live: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to a stake was lost: over the same sum the step would be worth less than was signed for."""
    miner = await _bonded(live, opened)
    stake = Amount.gem("0.2")
    campaign = await live.campaign(2, ms=stake)
    crash_after(miner, "/confirm")
    with pytest.raises(Crash):
        await miner.sync.fetch_batch(campaign, 1)
    await miner.close()
    again = await opened("miner")
    signed = _signed(again, monkeypatch)
    await again.earnings.unbond(STEP)
    assert signed == [(1, STEP), (1, STEP + stake)]
    facts = await again.earnings.facts()
    assert (facts.claimable, facts.bond_free, facts.owed) == (STEP, BOND - STEP - stake, ZERO)
    assert await _debits(again) == [str(stake), str(STEP + stake)]


@pytest.mark.long
async def test_steps_come_back_on_another_laptop_and_go_on_from_there(
    live: World, opened: Open, tmp_path: Path
) -> None:
    miner = await _bonded(live, opened)
    await miner.earnings.unbond(STEP)
    before = await miner.earnings.facts()
    again = await wiped(opened, tmp_path)
    for _ in range(3):
        await again.sync.pull()
    facts = await again.earnings.facts()
    assert (facts.claimable, facts.bond_free, facts.owed, facts.bond_target) == (
        before.claimable,
        before.bond_free,
        before.owed,
        before.bond_target,
    )
    record = await again.context.store.run(channel_record)
    assert record is not None and (record.debited, record.from_rewards) == (STEP, STEP)
    await again.earnings.unbond(STEP)
    assert (await again.earnings.facts()).claimable == BOND
    assert await _debits(again) == [str(STEP), str(BOND)]
