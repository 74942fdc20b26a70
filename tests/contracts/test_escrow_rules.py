# SPDX-License-Identifier: Apache-2.0
"""J1 to J7 by name, the reserve, redos, bills, the day's cap, and what is held while Spends are redeemed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import boa
import pytest

from tests.contracts.dispute import NO_SIG, Task, campaign, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, GEM, World, now

MR, VR = 3 * GEM // 4, GEM // 5
COST = MR + 6 * VR
PANEL, SEVEN, LAST = verifiers(3), verifiers(7, 10), verifiers(7, 20)
FOUR = [0, 1, 2, 3]
STRANGER = key("stranger")


def held(world: World, task: Task) -> int:
    """Base units that verdicts have taken of the campaign."""
    return int(world.campaigns.judged(task.terms.id())[0])


def start_exit(world: World, task: Task) -> int:
    """Let the requester start its exit; when it can be finished."""
    boa.env.time_travel(seconds=max(0, task.terms.ends - now()))
    world.campaigns.start_withdraw(task.terms.row(), sender=world.requester.address)
    return int(world.campaigns.exits(task.terms.id()))


def test_j1_only_funded_indexes_are_judged(world: World) -> None:
    terms = campaign(world, tasks=20)
    beyond = Task(world, terms, index=20)
    with boa.reverts("Campaigns: index not funded"):
        beyond.claim(beyond.verdict(PANEL))
    last = beyond.but(index=19)
    last.claim(last.verdict(PANEL))
    nowhere = replace(last, terms=terms.but(salt=b"\x0b" * 32))
    with boa.reverts("Campaigns: unknown campaign"):
        nowhere.claim(nowhere.verdict(PANEL))


def test_j1_an_attempt_is_paid_once_and_one_attempt_of_an_index_is_accepted(world: World) -> None:
    """Attack 31: neighbours in the same word of marks are not touched."""
    task = Task(world, campaign(world), index=1)
    again = task.but(attempt=1, miner=key("second miner"))
    task.claim(task.verdict(PANEL))
    standing = task.standing()
    with boa.reverts("Campaigns: index accepted already"):
        again.claim(again.verdict(PANEL))
    task.claim(task.verdict(SEVEN, round=1, accept=False, votes=FOUR), standing)
    standing = task.standing()
    again.claim(again.verdict(PANEL, votes=[0, 1]))
    with boa.reverts("Campaigns: index accepted already"):
        task.claim(task.verdict(LAST, round=2, votes=FOUR), standing)
    marks = [tuple(world.campaigns.mark(task.terms.id(), at)) for at in (0, 1, 2, 33)]
    assert marks == [(False, 0), (True, 6), (False, 0), (False, 0)]


def test_j1_a_redo_may_be_accepted_after_a_rejection(world: World) -> None:
    first = Task(world, campaign(world))
    first.claim(first.verdict(PANEL, accept=False))
    redo = first.but(attempt=1, reward=MR - VR)
    redo.claim(redo.verdict(PANEL))
    assert (first.state, redo.state) == ("rejected", "accepted")


def test_the_reserve_pays_two_panels_and_no_seat_more(world: World) -> None:
    """The first voters by seat are paid; the others are the hub's to pay. The verdict counts all the same."""
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL))
    task.claim(task.verdict(SEVEN, round=1, votes=FOUR), task.standing())
    standing = task.standing()
    assert standing[4] == [one.address for one in (*PANEL, *SEVEN[:3])]
    assert world.campaigns.mark(task.terms.id(), 0) == (True, 6)
    assert held(world, task) == COST
    task.claim(task.verdict(LAST, round=2, accept=False), standing)
    assert task.standing()[4] == [one.address for one in LAST[:6]]
    assert world.campaigns.mark(task.terms.id(), 0) == (False, 6)


def test_a_used_up_reserve_keeps_no_miner_from_its_reward(world: World) -> None:
    """Two attempts that were rejected took both panels; the third miner's work is judged and paid none the less."""
    terms = campaign(world)
    for attempt in range(2):
        task = Task(world, terms, attempt=attempt)
        task.claim(task.verdict(PANEL, accept=False))
    third = Task(world, terms, attempt=2, miner=key("third miner"))
    third.claim(third.verdict(PANEL))
    standing = third.standing()
    assert (standing[4], held(world, third)) == ([], COST)
    boa.env.time_travel(seconds=3 * DAY)
    third.finalize(standing)
    assert world.balance(third.miner) == MR


def test_a_panel_of_one_is_overturned_twice(world: World) -> None:
    """Its reserve has two seats, the majority of the last panel four."""
    task = Task(world, campaign(world, panel=1, quorum=1))
    task.claim(task.verdict(PANEL[:1], accept=False))
    world.campaigns.appeal(*task.where(task.standing()), sender=world.requester.address)
    task.claim(task.verdict(verifiers(3, 10), round=1), task.standing())
    before = world.balance(world.requester)
    world.campaigns.appeal(*task.where(task.standing()), sender=world.requester.address)
    task.claim(task.verdict(LAST, round=2, accept=False, votes=FOUR), task.standing())
    assert (task.state, world.balance(world.requester)) == ("rejected", before)
    assert task.standing()[4] == [one.address for one in LAST[:2]]


def test_j2_verdicts_and_spends_share_the_money(world: World) -> None:
    terms = campaign(world, tasks=20)
    task, other = Task(world, terms), Task(world, terms, index=1)
    task.claim(task.verdict(PANEL))
    standing, funded = task.standing(), 20 * COST
    everything = world.spend(terms, funded)
    assert world.campaigns.redeem(*everything) == funded - MR - 3 * VR
    boa.env.time_travel(seconds=DAY)
    with boa.reverts("Campaigns: not enough left"):
        other.claim(other.verdict(PANEL))
    boa.env.time_travel(seconds=2 * DAY)
    task.finalize(standing)
    assert world.balance(task.miner) == MR
    assert world.campaigns.redeem(*everything) == 0
    assert world.balance(world.campaigns) == 0


def test_j2_what_an_overturned_verdict_frees_is_redeemed(world: World) -> None:
    task = Task(world, campaign(world, tasks=20))
    task.claim(task.verdict(PANEL))
    standing = task.standing()
    everything = world.spend(task.terms, 20 * COST)
    world.campaigns.redeem(*everything)
    task.claim(task.verdict(SEVEN, round=1, accept=False, votes=FOUR), standing)
    assert world.campaigns.redeem(*everything) == MR - VR
    assert held(world, task) == 4 * VR


def test_j4_each_verdict_has_its_whole_window(world: World) -> None:
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL, accept=False))
    standing = task.standing()
    assert task.until == now() + 3 * DAY
    boa.env.time_travel(seconds=3 * DAY - 1)
    task.claim(task.verdict(SEVEN, round=1, votes=FOUR), standing)
    assert task.until == now() + 3 * DAY
    boa.env.time_travel(seconds=3 * DAY - 1)
    with boa.reverts("Campaigns: window not over"):
        task.finalize(task.standing())


def test_j5_a_release_of_a_voter_of_a_later_round_counts_too(world: World) -> None:
    """Attack 14: seats keep their numbers when the same side wins again; a turn forgets them."""
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL))
    standing = task.standing()
    task.post_release(standing, 2, PANEL[1])
    world.campaigns.appeal(*task.where(standing), sender=world.requester.address)
    task.claim(task.verdict(SEVEN, round=1, votes=FOUR), task.standing())
    standing = task.standing()
    task.post_release(standing, 7, SEVEN[3])
    with boa.reverts("Judge: no such seat"):
        task.post_release(standing, 8, SEVEN[4])
    with boa.reverts("Judge: no such seat"):
        task.post_release(standing, 255, SEVEN[4])
    assert task.word >> 8 & 0xFFFFFF == 1 << 2 | 1 << 7
    task.claim(task.verdict(LAST, round=2, accept=False, votes=FOUR), standing)
    assert task.word >> 8 & 0xFFFFFF == 0


def test_j5_a_release_names_the_hub_and_the_task(world: World) -> None:
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL))
    where = task.where(task.standing())
    bads = [task.release(task.miner, to=world.requester.address), task.but(attempt=1).release(task.miner)]
    bads += [(bads[0][0], NO_SIG), task.release(PANEL[0])]
    for bad in bads:
        with boa.reverts("Judge: bad release"):
            world.judge.post_release(*where, 0, *bad)
    with boa.reverts("Campaigns: nothing pending"):
        other = task.but(index=1)
        other.post_release(where[3], 0, task.miner)


def test_j6_a_requester_leaves_only_when_nothing_is_pending(world: World) -> None:
    """Attack 30: until the delay is over verdicts are brought; what is pending then is judged and paid."""
    task = Task(world, campaign(world, tasks=20))
    other = task.but(index=1)
    at = start_exit(world, task)
    boa.env.time_travel(seconds=at - 1 - now())
    task.claim(task.verdict(PANEL, accept=False))
    standing = task.standing()
    boa.env.time_travel(seconds=1)
    with boa.reverts("Campaigns: a verdict is pending"):
        world.campaigns.finish_withdraw(task.terms.row())
    with boa.reverts("Campaigns: exit open"):
        other.claim(other.verdict(PANEL))
    task.claim(task.verdict(SEVEN, round=1, votes=FOUR), standing)
    standing = task.standing()
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert world.campaigns.finish_withdraw(task.terms.row()) == 20 * COST - MR - 4 * VR
    assert world.balance(world.campaigns) == 0
    with boa.reverts("Campaigns: unknown campaign"):
        other.claim(other.verdict(PANEL))


@pytest.mark.parametrize("z", range(1, 11))
def test_j7_verifying_never_pays_more_than_mining(world: World, z: int) -> None:
    for mr in (1, 9, GEM // 10, GEM, 10 * GEM):
        for floor in (0, 1, mr - 1, mr, mr + 1, GEM):
            terms = world.terms(mr=mr, z=z, floor=floor).row()
            assert world.campaigns.vr(terms) == min(mr, max(mr // z, floor)) <= mr
    with boa.reverts("Campaigns: z outside 1 to 10"):
        world.campaigns.vr(world.terms(z=0).row())


def test_a_days_claims_take_a_twentieth_or_one_task(world: World) -> None:
    """Attack 32."""
    terms = campaign(world, tasks=40)
    tasks = [Task(world, terms, index=at) for at in range(4)]
    for task in tasks[:2]:
        task.claim(task.verdict(PANEL))
    left = 2 * COST - 2 * (MR + 3 * VR)
    assert left == 6 * VR
    with boa.reverts("Campaigns: day's cap"):
        tasks[2].claim(tasks[2].verdict(PANEL))
    tasks[3].claim(tasks[3].verdict(PANEL, accept=False))
    assert world.campaigns.judged(terms.id())[1] == 2 * MR + 9 * VR
    boa.env.time_travel(seconds=DAY - now() % DAY - 1)
    with boa.reverts("Campaigns: day's cap"):
        tasks[2].claim(tasks[2].verdict(PANEL))
    boa.env.time_travel(seconds=1)
    tasks[2].claim(tasks[2].verdict(PANEL))
    assert world.campaigns.judged(terms.id())[1:3] == (MR + 3 * VR, now() // DAY)


def test_a_small_campaign_judges_one_task_a_day(world: World) -> None:
    terms = campaign(world, tasks=2)
    first, second = Task(world, terms), Task(world, terms, index=1)
    first.claim(first.verdict(PANEL))
    with boa.reverts("Campaigns: day's cap"):
        second.claim(second.verdict(PANEL))


def redo(world: World, **changes: Any) -> tuple[Task, Task]:
    """A first try that was rejected, and the redo, which the hub assigned at the full reward."""
    first = Task(world, campaign(world, **changes))
    again = first.but(attempt=1)
    again.claim(again.verdict(PANEL, votes=[0, 1]))
    return first, again


def test_a_redo_pays_one_verification_less(world: World) -> None:
    first, again = redo(world)
    standing, before = again.standing(), held(world, again)
    world.judge.prove_redo(*again.where(standing), *first.given)
    standing = again.standing()
    assert standing[2] == MR - VR and before - held(world, again) == VR
    with boa.reverts("Judge: reward of a redo"):
        world.judge.prove_redo(*again.where(standing), *first.given)
    boa.env.time_travel(seconds=3 * DAY)
    again.finalize(standing)
    assert world.balance(again.miner) == MR - VR


def test_a_redo_that_was_rejected_is_paid_less_too_when_it_is_accepted(world: World) -> None:
    first = Task(world, campaign(world))
    again = first.but(attempt=1)
    again.claim(again.verdict(PANEL, accept=False))
    before = held(world, again)
    world.judge.prove_redo(*again.where(again.standing()), *first.given)
    assert held(world, again) == before == 3 * VR
    again.claim(again.verdict(SEVEN, round=1, votes=FOUR), again.standing())
    assert held(world, again) == MR - VR + 4 * VR


def test_what_is_no_redo(world: World) -> None:
    first, again = redo(world)
    where = again.where(again.standing())
    for other in (first.but(index=1), first.but(miner=key("other miner"))):
        with boa.reverts("Judge: another task"):
            world.judge.prove_redo(*where, *other.given)
    for other in (again, first.but(attempt=2)):
        with boa.reverts("Judge: not the attempt before"):
            world.judge.prove_redo(*where, *other.given)
    fields, signer, sig = first.given
    with boa.reverts("Judge: bad assignment"):
        world.judge.prove_redo(*where, fields, signer, NO_SIG)
    with boa.reverts("Judge: unknown signer"):
        world.judge.prove_redo(*where, fields, STRANGER.address, sig)
    with boa.reverts("Campaigns: nothing pending"):
        world.judge.prove_redo(first.terms.row(), 5, 1, where[3], *first.but(index=5).given)


def test_the_reward_is_the_assignments_and_within_the_terms(world: World) -> None:
    task = Task(world, campaign(world), reward=MR + 1)
    with boa.reverts("Campaigns: reward above the terms"):
        task.claim(task.verdict(PANEL))
    free = task.but(reward=0, index=1)
    free.claim(free.verdict(PANEL))
    assert held(world, free) == 3 * VR


def test_a_verdict_of_a_higher_round_is_about_the_same_assignment(world: World) -> None:
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL, accept=False))
    standing = task.standing()
    other = task.but(miner=key("friend"))
    with boa.reverts("Campaigns: another assignment"):
        other.claim(other.verdict(SEVEN, round=1, votes=FOUR), standing)
    with boa.reverts("Campaigns: not what stands"):
        task.claim(task.verdict(SEVEN, round=1, votes=FOUR))
    with boa.reverts("Campaigns: not what stands"):
        task.finalize((*standing[:2], standing[2] + 1, *standing[3:]))


def test_a_paid_bill_returns_the_hubs_part_to_the_requester(world: World) -> None:
    """The Spend paid for it already; what the hub left unpaid comes out of its collateral."""
    task = Task(world, campaign(world, collateral=10 * GEM))
    task.claim(task.verdict(PANEL))
    standing = task.standing()
    task.post_release(standing, 0, task.miner)
    keys = [b"\x0c" * 32, task.key, b"\x0d" * 32]
    bill = task.bill(COST, keys)
    where = task.where(standing)
    with boa.reverts("Judge: spend not redeemed"):
        world.judge.show_bill(*where, *bill)
    world.campaigns.redeem(*world.spend(task.terms, COST))
    spent, root, path, signer, sig = bill
    bads: dict[str, list[Any]] = {
        "Judge: not on the bill": [
            (spent, root, (path[0] + 1, *path[1:]), signer, sig),
            (spent, bytes(32), (0, 0, []), signer, sig),
        ],
        "Judge: unknown signer": [(spent, root, path, STRANGER.address, sig)],
        "Judge: bad bill": [(spent - 1, root, path, signer, sig), (spent, root, path, signer, NO_SIG)],
    }
    for text, rows in bads.items():
        for row in rows:
            with boa.reverts(text):
                world.judge.show_bill(*where, *row)
    world.judge.show_bill(*where, *bill)
    standing, before = task.standing(), world.balance(world.requester)
    hub = world.balance(world.payer)
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert world.balance(world.requester) - before == MR + 3 * VR
    assert world.balance(world.payer) == hub
    assert world.judge.collateral(world.payer.address)[0] == 10 * GEM - 6 * VR
    assert [world.balance(one) for one in (task.miner, *PANEL)] == [0, VR, VR, VR]
