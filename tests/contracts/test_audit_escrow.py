# SPDX-License-Identifier: Apache-2.0
"""Attacks on campaigns' escrow: a friend as a panel, keys that retire, exits, caps, releases of a turned verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import boa
import pytest

from gems_protocol.messages import BatchVote, Submission
from tests.contracts.dispute import NO_SIG, NOTHING, OTHER, Row, Task, campaign, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, GEM, MONTH, World, now

MR, VR = 3 * GEM // 4, GEM // 5
COST = MR + 6 * VR
PANEL, SEVEN, LAST = verifiers(3), verifiers(7, 10), verifiers(7, 20)
FOUR = [0, 1, 2, 3]
ARBITER = key("arbiter")


def money(world: World, task: Task) -> int:
    """Base units that verdicts have taken."""
    return int(world.campaigns.judged(task.terms.id())[0])


def paid(task: Task, standing: Row) -> None:
    """Pay when the window is over."""
    boa.env.time_travel(seconds=max(0, task.until - now()))
    task.finalize(standing)


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.parametrize("seats", [1, 2, 3])
def test_one_friend_is_no_panel_not_even_in_the_last_round(world: World, rounds: int, seats: int) -> None:
    """A hub with one verifier of the terms on its side seats it alone, where nobody can appeal."""
    task = Task(world, campaign(world, rounds=rounds))
    verdict = task.verdict(PANEL[:seats], round=rounds - 1)
    if seats == 1:
        with boa.reverts("Judge: too few votes"):
            task.claim(verdict)
    else:
        task.claim(verdict)


def test_a_smaller_last_panel_overturns_nothing(world: World) -> None:
    task = Task(world, campaign(world, panel=5, quorum=4))
    task.claim(task.verdict(SEVEN[:5], votes=FOUR))
    standing = task.standing()
    with boa.reverts("Judge: too few votes"):
        task.claim(task.verdict(LAST[:2], round=2, accept=False), standing)
    task.claim(task.verdict(LAST[:3], round=2, accept=False), standing)


def test_a_thief_of_the_hot_key_takes_a_days_part_and_no_more(world: World) -> None:
    """A limit: with people of its own it is a hub of its own, until 30 days after the key was retired."""
    terms = campaign(world, tasks=20)
    thief = [Task(world, terms, index=at, miner=key("thief")) for at in (0, 1)]
    world.judge.retire_signer(world.signer.address, sender=world.payer.address)
    thief[0].claim(thief[0].verdict(PANEL, round=2))
    with boa.reverts("Campaigns: day's cap"):
        thief[1].claim(thief[1].verdict(PANEL, round=2))
    boa.env.time_travel(seconds=MONTH)
    with boa.reverts("Judge: unknown signer"):
        thief[1].claim(thief[1].verdict(PANEL, round=2))


def test_a_thief_is_overruled_by_an_arbiter_and_bound_by_the_terms_verifiers(world: World) -> None:
    terms = campaign(world, arbiter=ARBITER.address)
    task = Task(world, terms, miner=key("thief"))
    task.claim(task.verdict(PANEL, round=2))
    world.campaigns.arbitrate(*task.where(task.standing()), False, sender=ARBITER.address)
    paid(task, task.standing())
    assert (task.state, world.balance(task.miner), money(world, task)) == ("reopened", 0, 0)


def test_a_retired_key_does_not_void_the_bills_that_it_signed(world: World) -> None:
    """The hub retires its key, signs the old assignment again as payer, and proves with releases what was billed."""
    task = Task(world, campaign(world, collateral=10 * GEM, ends=now() + 200 * DAY), due=now() + DAY)
    bill = task.bill(MR + 3 * VR, [task.key])
    world.campaigns.redeem(*world.spend(task.terms, MR + 3 * VR))
    world.judge.retire_signer(world.signer.address, sender=world.payer.address)
    boa.env.time_travel(seconds=MONTH)
    again = Task(replace(world, signer=world.payer), task.terms, due=task.assignment.due_at)
    assert again.assignment == task.assignment
    again.claim(again.verdict(PANEL))
    standing = again.standing()
    again.post_release(standing, 0, again.miner)
    world.judge.show_bill(*again.where(standing), *bill)
    start, hub = world.balance(world.requester), world.balance(world.payer)
    paid(again, again.standing())
    assert (world.balance(world.requester) - start, world.balance(world.payer)) == (MR + 3 * VR, hub)


def test_a_hub_that_redeems_late_is_redeemed_for_and_shown_its_bill(world: World) -> None:
    """It proves with releases first and keeps the Spend for later; the requester brings its own Spend."""
    task = Task(world, campaign(world, collateral=10 * GEM))
    task.claim(task.verdict(PANEL))
    standing, bill = task.standing(), task.bill(MR + 3 * VR, [task.key])
    task.post_release(standing, 0, task.miner)
    for seat in (1, 2, 3):
        task.post_release(standing, seat, PANEL[seat - 1])
    with boa.reverts("Judge: spend not redeemed"):
        world.judge.show_bill(*task.where(standing), *bill)
    hub, start = world.balance(world.payer), world.balance(world.requester)
    world.campaigns.redeem(*world.spend(task.terms, MR + 3 * VR), sender=world.requester.address)
    world.judge.show_bill(*task.where(standing), *bill)
    paid(task, task.standing())
    assert world.balance(world.payer) - hub == MR + 3 * VR, "once"
    assert world.balance(world.requester) - start == MR + 3 * VR


@pytest.mark.parametrize("tasks", [1, 21, 36])
def test_all_tasks_fit_under_the_days_caps_of_the_exit(world: World, tasks: int) -> None:
    """Claims are whole tasks, so a cap of 1.8 tasks is a cap of one: a 20th is rounded up (J6)."""
    small = {"mr": 1000, "z": 10, "floor": 0, "panel": 1, "quorum": 1, "rounds": 1}
    task = Task(world, campaign(world, tasks=tasks, **small))
    boa.env.time_travel(seconds=task.terms.ends - now())
    world.campaigns.start_withdraw(task.terms.row(), sender=world.requester.address)
    at = int(world.campaigns.exits(task.terms.id()))
    brought = 0
    while brought < tasks and now() < at:
        one = task.but(index=brought)
        try:
            one.claim(one.verdict(PANEL[:1]))
            brought += 1
        except boa.BoaError:
            boa.env.time_travel(seconds=DAY)
    assert brought == tasks


def test_junk_rejections_do_not_keep_the_requester_in(world: World) -> None:
    """Rejections of ever new attempts cost a hub and its friends nothing; after the delay there are no new ones."""
    task = Task(world, campaign(world, tasks=20))
    boa.env.time_travel(seconds=task.terms.ends - now())
    world.campaigns.start_withdraw(task.terms.row(), sender=world.requester.address)
    at, attempt = int(world.campaigns.exits(task.terms.id())), 0
    last = task
    while now() < at:
        last = task.but(attempt=attempt)
        last.claim(last.verdict(PANEL, accept=False, round=2))
        standing, attempt = last.standing(), attempt + 1
        paid(last, standing)
    late = task.but(attempt=attempt)
    with boa.reverts("Campaigns: exit open"):
        late.claim(late.verdict(PANEL, accept=False, round=2))
    world.campaigns.finish_withdraw(task.terms.row())
    assert (
        money(world, task)
        == world.balance(PANEL[0]) + world.balance(PANEL[1]) + world.balance(PANEL[2])
        == 6 * VR
    )


def test_a_miners_release_holds_when_the_arbiter_turns_the_verdict(world: World) -> None:
    """The ruling can be paid in its own block: nobody could show the release again."""
    task = Task(world, campaign(world, arbiter=ARBITER.address))
    task.claim(task.verdict(PANEL, accept=False))
    task.post_release(task.standing(), 0, task.miner)
    task.post_release(task.standing(), 2, PANEL[1])
    hub = world.balance(world.payer)
    world.campaigns.arbitrate(*task.where(task.standing()), True, sender=ARBITER.address)
    standing = task.standing()
    assert task.word >> 8 & 0xFFFFFF == 1
    task.finalize(standing)
    assert (world.balance(task.miner), world.balance(world.payer) - hub) == (0, MR)


def test_no_message_of_one_kind_is_another(world: World) -> None:
    """A vote is no submission, a batch of votes no batch of submissions, a leaf of one no leaf of the other."""
    task = Task(world, campaign(world), batch=2)
    work = task.work
    sub = Submission(task.assignment.struct_hash(), task.result, b"\x63" * 32)
    alone = task.but(batch=0)
    bads: list[Any] = [
        task.signed(sub, BatchVote, task.miner),
        (work[2], alone.work[3]),
        (alone.work[2], work[3]),
        (((0, 0, []), b"\x64" * 32, 1_700_000_000), work[3]),
        (((1, 2, []), *work[2][1:]), work[3]),
        (work[2], NO_SIG),
    ]
    for bad in bads:
        with boa.reverts("Judge: bad submission"):
            world.judge.claim(task.terms.row(), *task.given, (*work[:2], *bad), task.verdict(PANEL), NOTHING)
    task.claim(task.verdict(PANEL))


def test_a_vote_counts_in_its_campaign_index_attempt_and_round_alone(world: World) -> None:
    task = Task(world, campaign(world))
    verdict = task.verdict(PANEL)
    elsewhere = [
        task.but(index=1),
        task.but(attempt=1),
        replace(task, terms=campaign(world, salt=b"\x09" * 32)),
    ]
    for other in elsewhere:
        own = other.verdict(PANEL)
        with boa.reverts("Judge: bad vote"):
            other.claim((*own[:5], verdict[5]))
        with boa.reverts("Judge: bad panel"):
            other.claim((own[0], own[1], verdict[2], *own[3:]))
    own = task.verdict(SEVEN[:3], round=1)
    with boa.reverts("Judge: bad vote"):
        task.claim((*own[:5], task.verdict(SEVEN[:3])[5]))


def test_rewards_that_do_not_divide_and_dust_are_paid_to_the_unit(world: World) -> None:
    """vr = 0: bonds are nothing, nothing divides by zero, and the books close."""
    terms = campaign(world, tasks=20, mr=7, floor=0, z=10, collateral=GEM)
    task = Task(world, terms)
    task.claim(task.verdict(PANEL, accept=False))
    world.campaigns.appeal(*task.where(task.standing()), sender=world.requester.address)
    standing = task.standing()
    assert standing[6] == 0
    task.claim(task.verdict(SEVEN, round=1, accept=False), standing)
    world.campaigns.appeal(*task.where(task.standing()), sender=key("stranger").address)
    task.claim(task.verdict(LAST, round=2), task.standing())
    paid(task, task.standing())
    assert (world.balance(task.miner), money(world, task)) == (7, 7)
    odd = Task(world, campaign(world, tasks=20, mr=11, floor=0, z=3, salt=b"\x0e" * 32))
    odd.claim(odd.verdict(PANEL))
    paid(odd, odd.standing())
    assert money(world, odd) == 11 + 3 * 3


def test_a_friend_that_is_given_the_task_too_is_paid_and_the_worker_proves_it(world: World) -> None:
    """A limit: first come is first served; the other has the collateral."""
    task = Task(world, campaign(world, collateral=10 * GEM))
    friend = task.but(miner=key("friend"), result=OTHER)
    friend.claim(friend.verdict(PANEL))
    standing = friend.standing()
    with boa.reverts("Campaigns: another assignment"):
        task.claim(task.verdict(SEVEN, round=1), standing)
    world.judge.prove_equivocation(task.terms.row(), *task.given, *friend.given)
    assert world.balance(task.miner) == MR


def test_a_panel_signed_when_the_votes_are_known_leaves_out_who_voted_otherwise(world: World) -> None:
    """A limit: of five seats three reject; the hub signs another panel of the same round, of the two and a friend."""
    task = Task(world, campaign(world, panel=5, quorum=3))
    five, friend = SEVEN[:5], PANEL[0]
    chosen = sorted([five[0], five[1], friend], key=lambda one: int(one.address, 16))
    task.claim(task.verdict(chosen))
    assert task.state == "accepted"
    with boa.reverts("Campaigns: not a higher round"):
        task.claim(task.verdict(five, accept=False, votes=[2, 3, 4]), task_standing(task))


def task_standing(task: Task) -> Row:
    """What stands, read from the assignment and the word, as somebody who saw no event would."""
    names = sorted([*SEVEN[:2], PANEL[0]], key=lambda one: int(one.address, 16))
    a = task.assignment
    voters = [one.address for one in names]
    return (a.struct_hash(), task.miner.address, a.reward, 3, voters, 0, 0, "0x" + "00" * 20, False)


def test_a_verdict_is_not_brought_again_after_it_was_paid_or_reopened(world: World) -> None:
    """Replays of a claim, of its payment and of a bill find nothing pending."""
    for accept in (True, False):
        task = Task(world, campaign(world, salt=bytes([accept]) * 32))
        verdict = task.verdict(PANEL, accept=accept)
        task.claim(verdict)
        standing, taken = task.standing(), money(world, task)
        paid(task, standing)
        for before in (NOTHING, standing):
            with boa.reverts("Campaigns: nothing pending"):
                task.claim(task.verdict(SEVEN, round=1), before)
        with boa.reverts("Campaigns: nothing pending"):
            task.finalize(standing)
        assert money(world, task) == taken


def test_a_pending_verdict_is_no_other_tasks(world: World) -> None:
    """What stands for one attempt names its assignment: it is no other index's, attempt's or campaign's."""
    task = Task(world, campaign(world))
    task.claim(task.verdict(PANEL))
    standing = task.standing()
    other = replace(task, terms=campaign(world, salt=b"\x0f" * 32))
    twin = task.but(index=1)
    twin.claim(twin.verdict(PANEL))
    for where in (task.but(attempt=1), other):
        with boa.reverts("Campaigns: nothing pending"):
            where.finalize(standing)
    boa.env.time_travel(seconds=3 * DAY)
    with boa.reverts("Campaigns: not what stands"):
        twin.finalize(standing)
