# SPDX-License-Identifier: Apache-2.0
"""Attacks on the hubs' collateral: hiding it behind friends, being first with a sham, and who else is paid from it."""

from __future__ import annotations

import boa
import pytest

from gems_protocol.messages import BatchRelease, BatchVote, Panel, Release, Vote
from tests.contracts.dispute import ALONE, NO_SIG, Row, Task, campaign, low, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, GEM, MAX_U128, MONTH, World, now

MR, VR = 3 * GEM // 4, GEM // 5
PANEL = verifiers(3)
FRIEND = key("friend of the hub")
SILENT = 11 * DAY


def sham(world: World, **changes: object) -> Task:
    """A silent claim of the hub's friend over all there is, by a receipt dated back; its release ends it again."""
    terms = world.terms(hub=world.payer.address, window=7 * DAY, mr=1, floor=0, salt=b"\x77" * 32)
    world.campaigns.fund(terms.row(), 1, sender=world.requester.address)
    task = Task(world, terms, miner=FRIEND, reward=MAX_U128).but(**changes)
    task.claim_silent(1)
    return task


def takes_back(task: Task) -> None:
    """The friend's release: nothing is owed."""
    where = (task.terms.id(), task.index, task.attempt)
    task.world.judge.answer_silent(*where, *task.release(FRIEND))


def collateral(world: World) -> Row:
    """Total and reserved."""
    return tuple(world.judge.collateral(world.payer.address)[:2])


def test_a_friends_claim_does_not_hide_collateral_from_an_equivocation(world: World) -> None:
    """Hub and friend: reserve all, let the proof find nothing, take the claim back."""
    task = Task(world, campaign(world, collateral=10 * GEM))
    other = task.but(miner=key("other miner"), due=now() + 2 * DAY)
    claim = sham(world)
    world.judge.prove_equivocation(task.terms.row(), *task.given, *other.given)
    takes_back(claim)
    assert world.balance(task.miner) == world.balance(other.miner) == MR
    assert collateral(world) == (10 * GEM - 4 * MR, 0)


def test_a_friends_claim_does_not_hide_collateral_from_a_silent_claim(world: World) -> None:
    task = Task(world, campaign(world, collateral=10 * GEM))
    received = now()
    boa.env.time_travel(seconds=SILENT)
    claim = sham(world)
    task.claim_silent(received)
    takes_back(claim)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 0, 0)
    assert world.balance(task.miner) == MR
    assert collateral(world) == (10 * GEM - 2 * MR, 0)


def test_a_hub_does_not_leave_under_overlapping_claims(world: World) -> None:
    """Each may take all there is; none of it leaves before both are over, and what is over pays once."""
    hub = world.payer.address
    task = Task(world, campaign(world, collateral=10 * GEM))
    received = now()
    world.judge.start_collateral_exit(sender=hub)
    boa.env.time_travel(seconds=MONTH)
    claim = sham(world)
    task.claim_silent(received)
    assert collateral(world) == (10 * GEM, 10 * GEM)
    assert world.judge.finish_collateral_exit(sender=hub) == 0
    takes_back(claim)
    assert collateral(world) == (10 * GEM, 2 * MR)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 0, 0)
    assert collateral(world) == (10 * GEM - 2 * MR, 0)
    assert world.balance(world.judge) == 10 * GEM - 2 * MR


def test_claims_that_add_up_to_more_than_there_is_pay_what_there_is(world: World) -> None:
    terms = campaign(world, collateral=3 * MR)
    tasks = [Task(world, terms, index=at, miner=key(f"miner {at}")) for at in range(3)]
    received = now()
    boa.env.time_travel(seconds=SILENT)
    for task in tasks:
        task.claim_silent(received)
    boa.env.time_travel(seconds=3 * DAY)
    for task in tasks:
        world.judge.settle_silent(terms.id(), task.index, 0)
    assert [world.balance(task.miner) for task in tasks] == [MR, MR // 2, 0]
    assert collateral(world) == (0, 0) and world.balance(world.judge) == 0


def test_a_sham_equivocation_first_takes_nothing_from_the_true_one(world: World) -> None:
    """The hub proves two assignments of its friends, for no reward, before the worker proves the real ones."""
    task = Task(world, campaign(world, collateral=10 * GEM))
    other = task.but(miner=key("other miner"), due=now() + 2 * DAY)
    shams = [task.but(miner=FRIEND, reward=0, due=now() + days * DAY).given for days in (3, 4)]
    row = task.terms.row()
    world.judge.prove_equivocation(row, *shams[0], *shams[1])
    world.judge.prove_equivocation(row, *task.given, *shams[0])
    world.judge.prove_equivocation(row, *other.given, *task.given)
    assert world.balance(task.miner) == world.balance(other.miner) == MR
    assert collateral(world) == (10 * GEM - 4 * MR, 0)
    for a, b in ((task, other), (other, task)):
        with boa.reverts("Judge: proven already"):
            world.judge.prove_equivocation(row, *a.given, *b.given)


def test_a_miner_that_released_is_not_paid_again_by_an_appeal_without_a_panel(world: World) -> None:
    """A miner that its channel paid brings an old rejection, and appeals where nobody judges any more."""
    task = Task(world, campaign(world, collateral=10 * GEM))
    task.claim(task.verdict(PANEL, accept=False))
    standing = task.standing()
    task.post_release(standing, 0, task.miner)
    world.campaigns.appeal(*task.where(standing), sender=world.requester.address)
    standing = task.standing()
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert world.balance(task.miner) == 0 and collateral(world) == (10 * GEM, 0)


def test_a_release_of_one_kind_of_batch_is_none_of_another(world: World) -> None:
    """The same leaf under the same root, signed as a batch of votes, and the release under a vote's signature."""
    task = Task(world, campaign(world, collateral=10 * GEM), batch=3)
    received = now()
    boa.env.time_travel(seconds=SILENT)
    task.claim_silent(received)
    place, _ = task.release(task.miner)
    release = task.but(batch=0)
    where = (task.terms.id(), 0, 0)
    leaf = Release(task.key, low(task.terms.hub))
    bads = [
        task.signed(leaf, BatchVote, task.miner),
        (ALONE, NO_SIG),
        (place, release.release(task.miner)[1]),
    ]
    bads.append((ALONE, task.signed(leaf, BatchRelease, task.miner)[1]))
    bads.append(task.signed(Vote(task.terms.id(), 0, 0, 0, task.result, True), BatchRelease, task.miner))
    for bad in bads:
        with boa.reverts("Judge: bad release"):
            world.judge.answer_silent(*where, *bad)


def test_work_that_was_anchored_and_never_sent_is_answered_by_votes(world: World) -> None:
    """A miner anchors a hash of nothing. The hub's people say that they do not accept it, unseen."""
    task = Task(world, campaign(world, collateral=10 * GEM), due=now() + DAY)
    world.judge.anchor(task.root)
    boa.env.time_travel(seconds=SILENT)
    task.claim_silent(0)
    names = [low(one) for one in PANEL]
    panel = task.sig(Panel(task.terms.id(), 0, 0, 0, tuple(names)), task.hub)
    vote = Vote(task.terms.id(), 0, 0, 0, task.result, False)
    answers = [(seat, task.result, False, ALONE, task.sig(vote, PANEL[seat])) for seat in (0, 2)]
    where = (task.terms.id(), 0, 0, task.hub.address, 0, names, panel)
    with boa.reverts("Judge: too few votes"):
        world.judge.answer_votes(*where, answers[:1])
    world.judge.answer_votes(*where, answers)
    assert collateral(world) == (10 * GEM, 0) and world.balance(task.miner) == 0


@pytest.mark.parametrize("released", [True, False])
def test_a_requesters_lost_appeal_is_not_paid_back_by_a_bill(world: World, released: bool) -> None:
    """The bill paid for the task, not for the appeal: else appeals against what was billed cost nothing (attack 29)."""
    task = Task(world, campaign(world, collateral=20 * GEM))
    seven, hub = verifiers(7, 10), world.payer
    world.campaigns.redeem(*world.spend(task.terms, MR + 3 * VR))
    task.claim(task.verdict(PANEL))
    task.post_release(task.standing(), 0, task.miner)
    start, hubs = world.balance(world.requester), world.balance(hub)
    world.campaigns.appeal(*task.where(task.standing()), sender=world.requester.address)
    task.claim(task.verdict(seven, round=1), task.standing())
    standing = task.standing()
    assert standing[5] == 7, "seats that the bond pays"
    for seat in range(1, 4):
        task.post_release(standing, seat, PANEL[seat - 1])
    for seat in range(4, 11) if released else ():
        task.post_release(standing, seat, seven[seat - 4])
    world.judge.show_bill(*task.where(standing), *task.bill(MR + 3 * VR, [task.key]))
    standing = task.standing()
    boa.env.time_travel(seconds=3 * DAY)
    task.finalize(standing)
    assert world.balance(world.requester) - start == MR + 3 * VR - 7 * VR
    assert collateral(world) == (20 * GEM, 0)
    assert world.balance(hub) - hubs == (7 * VR if released else 0)
