# SPDX-License-Identifier: Apache-2.0
"""Verdicts on chain: quorum, window, higher rounds, appeals, releases, and who is paid what."""

import boa
import pytest

from tests.contracts.dispute import NOTHING, OTHER, Task, campaign, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, GEM, World

MR, VR = 3 * GEM // 4, GEM // 5
PANEL = verifiers(3)


@pytest.mark.parametrize("batch", [0, 1, 2, 5, 20])
def test_a_quorum_that_accepts_is_paid_after_its_window(world: World, batch: int) -> None:
    task = Task(world, campaign(world), batch=batch)
    task.claim(task.verdict(PANEL, votes=[0, 2]))
    standing = task.standing()
    assert task.state == "accepted"
    assert world.campaigns.judged(task.terms.id())[0] == MR + 2 * VR
    with boa.reverts("Campaigns: window not over"):
        task.finalize(standing)
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert task.state == "paid"
    paid = [world.balance(one) for one in (task.miner, *PANEL)]
    assert paid == [MR, VR, 0, VR]
    with boa.reverts("Campaigns: nothing pending"):
        task.finalize(standing)
    with boa.reverts("Campaigns: nothing pending"):
        task.claim(task.verdict(verifiers(7, 10), round=1), standing)


def test_a_quorum_that_rejects_pays_only_the_verifiers(world: World) -> None:
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL, accept=False))
    standing = task.standing()
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert (task.state, world.balance(task.miner)) == ("reopened", 0)
    assert [world.balance(one) for one in PANEL] == [VR] * 3


def test_blind_votes_for_another_answer_reject_the_miners(world: World) -> None:
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL, result=OTHER))
    assert task.state == "rejected"
    again = Task(world, campaign(world), index=1)
    with boa.reverts("Judge: votes about nothing"):
        again.claim(again.verdict(PANEL, result=OTHER, accept=False))


def test_a_higher_round_replaces_a_lower_one_and_never_the_reverse(world: World) -> None:
    """J3."""
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL, accept=False))
    first = task.standing()
    larger = verifiers(7, 10)
    task.claim(task.verdict(larger, round=1, votes=[0, 1, 2, 3]), first)
    second = task.standing()
    assert task.state == "accepted"
    for round_ in (0, 1):
        with boa.reverts("Campaigns: not a higher round"):
            task.claim(task.verdict(verifiers(7, 20), round=round_), second)
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(second)
    assert world.balance(task.miner) == MR
    assert [world.balance(one) for one in PANEL] == [0] * 3
    assert sum(world.balance(one) for one in larger) == 4 * VR


def test_an_appeal_that_is_lost_pays_the_next_panel(world: World) -> None:
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL))
    before = world.balance(world.requester)
    world.campaigns.appeal(*task.where(task.standing()), sender=world.requester.address)
    standing = task.standing()
    assert before - world.balance(world.requester) == 7 * VR
    larger = verifiers(7, 10)
    task.claim(task.verdict(larger, round=1, votes=[0, 1, 2, 3]), standing)
    assert world.balance(task.miner) == 3 * VR, "what the panel did not cost goes to the upheld side"
    standing = task.standing()
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert world.balance(task.miner) == MR + 3 * VR
    assert sum(world.balance(one) for one in (*PANEL, *larger)) == 7 * VR


def test_what_is_released_goes_to_the_hub(world: World) -> None:
    """J5."""
    task = Task(world, campaign(world), batch=3)
    task.claim(task.verdict(PANEL))
    standing = task.standing()
    task.post_release(standing, 0, task.miner)
    task.post_release(standing, 2, PANEL[1])
    with boa.reverts("Judge: bad release"):
        task.post_release(standing, 1, key("somebody"))
    before = world.balance(task.terms.hub)
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert world.balance(task.terms.hub) - before == MR + VR
    assert [world.balance(one) for one in (task.miner, *PANEL)] == [0, VR, 0, VR]


def test_a_silent_hub_pays_twice_out_of_its_collateral(world: World) -> None:
    task = Task(world, campaign(world, collateral=10 * GEM), stake=GEM // 4, batch=4)
    boa.env.time_travel(seconds=60)
    received = boa.env.evm.patch.timestamp
    boa.env.time_travel(seconds=11 * DAY - 1)
    with boa.reverts("Judge: not silent yet"):
        task.claim_silent(received)
    boa.env.time_travel(seconds=1)
    task.claim_silent(received)
    assert world.judge.collateral(task.terms.hub)[:2] == (10 * GEM, 2 * GEM)
    where = (task.terms.id(), 0, 0)
    with boa.reverts("Judge: window not over"):
        world.judge.settle_silent(*where)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(*where)
    assert (world.balance(task.miner), task.state) == (GEM, "covered")
    assert world.judge.collateral(task.terms.hub)[:2] == (8 * GEM, 0)
    with boa.reverts("Campaigns: nothing pending"):
        task.claim(task.verdict(PANEL), NOTHING)
