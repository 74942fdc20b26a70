# SPDX-License-Identifier: Apache-2.0
"""Appeals and the arbiter: who may, what the bond buys, and what happens when nobody judges."""

from __future__ import annotations

from typing import Any

import boa
import pytest

from tests.contracts.dispute import Row, Task, campaign, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, GEM, World, now

MR, VR = 3 * GEM // 4, GEM // 5
BOND = 7 * VR
PANEL, SEVEN, LAST = verifiers(3), verifiers(7, 10), verifiers(7, 20)
FOUR = [0, 1, 2, 3]
ARBITER = key("arbiter")
ASHES = "0x000000000000000000000000000000000000dEaD"


def judged(world: World, accept: bool, **changes: Any) -> tuple[Task, Row]:
    """A task with a verdict of a first panel of three, and what stands."""
    task = Task(world, campaign(world, **{"collateral": 10 * GEM, **changes}))
    task.claim(task.verdict(PANEL, accept=accept))
    return task, task.standing()


def appeal(task: Task, standing: Row, by: Any = None) -> Row:
    """Appeal as the requester or somebody else; what stands then."""
    world = task.world
    world.campaigns.appeal(*task.where(standing), sender=(by or world.requester).address)
    return task.standing()


def arbitrate(task: Task, standing: Row, accept: bool, by: Any = ARBITER) -> Row:
    """Let the arbiter decide; what stands then."""
    task.world.campaigns.arbitrate(*task.where(standing), accept, sender=by.address)
    return task.standing()


def late(task: Task, standing: Row) -> None:
    """Pay when the window is over."""
    boa.env.time_travel(seconds=max(0, task.until - now()))
    task.finalize(standing)


def test_against_an_acceptance_only_the_requester_appeals(world: World) -> None:
    """Attack 29: it cannot overturn alone, and pays for asking."""
    task, standing = judged(world, True)
    for who in (task.miner, world.payer, key("stranger")):
        with boa.reverts("Campaigns: not the requester"):
            appeal(task, standing, who)
    before = world.balance(world.requester)
    standing = appeal(task, standing)
    assert world.balance(world.requester) == before - BOND
    assert (task.state, task.until, standing[6:8]) == (
        "accepted, appealed",
        now() + 3 * DAY,
        (BOND, world.requester.address),
    )


def test_against_a_rejection_anybody_appeals_who_puts_down_the_bond(world: World) -> None:
    task, standing = judged(world, False)
    poor = key("poor")
    with boa.reverts("Gem: allowance too small"):
        appeal(task, standing, poor)
    standing = appeal(task, standing, world.payer)
    assert task.state == "rejected, appealed"
    with boa.reverts("Campaigns: nothing to appeal"):
        appeal(task, standing)


def test_an_appeal_needs_the_window_the_standing_and_a_further_round(world: World) -> None:
    task, standing = judged(world, True, rounds=1)
    with boa.reverts("Campaigns: no further round"):
        appeal(task, standing)
    task, standing = judged(world, True)
    with boa.reverts("Campaigns: not what stands"):
        appeal(task, (*standing[:2], standing[2] + 1, *standing[3:]))
    boa.env.time_travel(seconds=3 * DAY)
    with boa.reverts("Campaigns: window over"):
        appeal(task, standing)


def test_the_last_rounds_verdict_is_not_appealed(world: World) -> None:
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL, round=2))
    with boa.reverts("Campaigns: no further round"):
        appeal(task, task.standing())


@pytest.mark.parametrize("accept", [True, False])
def test_a_won_appeal_returns_the_bond(world: World, accept: bool) -> None:
    task, standing = judged(world, accept)
    before = world.balance(world.requester)
    standing = appeal(task, standing)
    task.claim(task.verdict(SEVEN, round=1, accept=not accept, votes=FOUR), standing)
    standing = task.standing()
    assert world.balance(world.requester) == before
    assert standing[4:8] == ([one.address for one in SEVEN[:4]], 0, 0, "0x" + "00" * 20)
    late(task, standing)
    assert world.balance(task.miner) == (0 if accept else MR)
    assert [world.balance(one) for one in PANEL] == [0] * 3
    assert [world.balance(one) for one in SEVEN] == [VR] * 4 + [0] * 3


def test_a_lost_appeal_against_a_rejection_pays_the_panel_and_the_requester(world: World) -> None:
    task, standing = judged(world, False)
    standing = appeal(task, standing, world.payer)
    before = world.balance(world.requester)
    task.claim(task.verdict(SEVEN, round=1, accept=False, votes=FOUR), standing)
    assert world.balance(world.requester) - before == 3 * VR
    standing = task.standing()
    assert (len(standing[4]), standing[5]) == (7, 4)
    assert world.campaigns.mark(task.terms.id(), 0) == (False, 3)
    late(task, standing)
    assert [world.balance(one) for one in (*PANEL, *SEVEN)] == [VR] * 7 + [0] * 3


def test_who_put_down_lost_bonds_for_the_right_side_is_paid_when_it_turns(world: World) -> None:
    """The requester's bond paid round 1's panel; round 2 finds that it was right."""
    task, standing = judged(world, True)
    standing = appeal(task, standing)
    task.claim(task.verdict(SEVEN, round=1, votes=FOUR), standing)
    standing = appeal(task, task.standing())
    before = world.balance(world.requester)
    task.claim(task.verdict(LAST, round=2, accept=False, votes=FOUR), standing)
    assert world.balance(world.requester) - before == BOND + 4 * VR
    late(task, task.standing())
    assert world.balance(task.miner) == 3 * VR, "only what round 1 left of the bond"
    assert world.balance(world.campaigns) == world.campaigns.funded(task.terms.id()) - 4 * VR


def test_nobody_judges_an_appeal_against_an_acceptance(world: World) -> None:
    task, standing = judged(world, True)
    standing = appeal(task, standing)
    late(task, standing)
    assert (task.state, world.balance(task.miner)) == ("paid", MR + BOND)
    assert world.judge.collateral(world.payer.address)[0] == 10 * GEM


def test_nobody_judges_an_appeal_against_a_rejection(world: World) -> None:
    task, standing = judged(world, False)
    before = world.balance(world.requester)
    standing = appeal(task, standing)
    late(task, standing)
    assert (task.state, world.balance(task.miner)) == ("reopened", MR)
    assert world.balance(world.requester) == before
    assert world.judge.collateral(world.payer.address)[:2] == (10 * GEM - 2 * MR, 0)
    assert world.balance(ASHES) == MR


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize("accept", [True, False])
def test_an_arbiter_who_never_acts_costs_the_hub_nothing(world: World, accept: bool, rounds: int) -> None:
    """After the last round only the arbiter was asked; in a round before, the hub owed a panel too."""
    task, standing = judged(world, accept, arbiter=ARBITER.address, rounds=rounds)
    standing = appeal(task, standing)
    late(task, standing)
    owed = MR if rounds == 2 and not accept else 0
    assert world.judge.collateral(world.payer.address)[0] == 10 * GEM - 2 * owed
    assert world.balance(task.miner) == (MR + BOND if accept else owed)


@pytest.mark.parametrize("appealed", [False, True])
@pytest.mark.parametrize("verdict", [False, True])
@pytest.mark.parametrize("ruling", [False, True])
def test_the_arbiter_decides_for_good(world: World, ruling: bool, verdict: bool, appealed: bool) -> None:
    task, standing = judged(world, verdict, arbiter=ARBITER.address, rounds=1)
    before = world.balance(world.requester)
    if appealed:
        standing = appeal(task, standing)
    with boa.reverts("Campaigns: not the arbiter"):
        arbitrate(task, standing, ruling, world.requester)
    standing = arbitrate(task, standing, ruling)
    assert task.word >> 4 & 15 == 15 and task.until == now()
    with boa.reverts("Campaigns: window over"):
        arbitrate(task, standing, not ruling)
    with boa.reverts("Campaigns: window over"):
        appeal(task, standing)
    task.finalize(standing)
    lost = BOND if appealed and ruling == verdict else 0
    assert world.balance(task.miner) == (MR + lost if ruling else 0)
    assert before - world.balance(world.requester) == (lost if ruling else 0)
    assert [world.balance(one) for one in PANEL] == [VR if ruling == verdict else 0] * 3
    assert world.balance(world.campaigns) == world.campaigns.funded(task.terms.id()) - (
        (MR if ruling else 0) + (3 * VR if ruling == verdict else 0)
    )


def test_an_arbiter_cannot_act_after_the_window_nor_on_nothing(world: World) -> None:
    task, standing = judged(world, True, arbiter=ARBITER.address)
    boa.env.time_travel(seconds=3 * DAY)
    with boa.reverts("Campaigns: window over"):
        arbitrate(task, standing, False)
    with boa.reverts("Campaigns: nothing pending"):
        arbitrate(task.but(index=1), standing, False)


def test_who_judged_once_for_a_side_is_not_counted_again(world: World) -> None:
    """Nor is a voter of the other side; one whose side was overturned may judge the next round."""
    task, standing = judged(world, True)
    standing = appeal(task, standing)
    again = sorted([PANEL[0], *SEVEN[:6]], key=lambda one: int(one.address, 16))
    seats = sorted([again.index(PANEL[0]), *[again.index(one) for one in SEVEN[:3]]])
    for accept in (True, False):
        with boa.reverts("Campaigns: judged before"):
            task.claim(task.verdict(again, round=1, accept=accept, votes=seats), standing)
    task.claim(task.verdict(SEVEN, round=1, accept=False, votes=FOUR), standing)
    third = sorted([PANEL[0], *LAST[:6]], key=lambda one: int(one.address, 16))
    seats = sorted([third.index(PANEL[0]), *[third.index(one) for one in LAST[:3]]])
    task.claim(task.verdict(third, round=2, votes=seats), task.standing())
    assert task.state == "accepted"


def test_verifying_that_pays_nothing_has_no_bond(world: World) -> None:
    """vr is 0: nothing is divided by it, and nobody is owed."""
    task, standing = judged(world, True, mr=9, floor=0, z=10)
    standing = appeal(task, standing)
    task.claim(task.verdict(SEVEN, round=1, votes=FOUR), standing)
    late(task, task.standing())
    assert (world.balance(task.miner), world.balance(PANEL[0]), world.balance(SEVEN[0])) == (9, 0, 0)
