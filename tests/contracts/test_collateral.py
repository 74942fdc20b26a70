# SPDX-License-Identifier: Apache-2.0
"""Hubs' keys and collateral; a hub that is silent, and one that gives a task twice, pay out of it twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import boa
import pytest

from gems_protocol.messages import Receipt
from tests.contracts.dispute import NO_SIG, NOTHING, Row, Task, campaign, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, GEM, MAX_U96, MAX_U128, MONTH, NOBODY, World, now

MR, VR = 3 * GEM // 4, GEM // 5
ASHES = "0x000000000000000000000000000000000000dEaD"
SILENT = 11 * DAY  # two days, and three windows of three
PANEL = verifiers(3)
VALID = 2**256 - 1


def total_and_reserved(world: World) -> Row:
    """What the hub has put down, and what of it is set aside."""
    return tuple(world.judge.collateral(world.payer.address)[:2])


def silent(world: World, collateral: int = 10 * GEM, **changes: Any) -> tuple[Task, int]:
    """A task that the hub received and never had judged, and when."""
    task = Task(world, campaign(world, collateral=collateral), **changes)
    received = now()
    boa.env.time_travel(seconds=SILENT)
    return task, received


def two(task: Task, **changes: Any) -> tuple[Row, Row]:
    """Twice the same attempt, assigned differently."""
    return task.given, task.but(**{"due": now() + 2 * DAY, **changes}).given


def test_the_payer_sets_and_retires_keys(world: World) -> None:
    hub, judge, new = world.payer.address, world.judge, key("new").address
    with boa.reverts("Judge: no signer"):
        judge.set_signer(NOBODY, sender=hub)
    with boa.reverts("Judge: signer not set"):
        judge.retire_signer(new, sender=hub)
    assert not judge.is_signer(hub, new) and judge.is_signer(hub, hub)
    judge.set_signer(new, sender=hub)
    assert judge.is_signer(hub, new) and judge.signer_until(hub, new) == VALID
    assert not judge.is_signer(world.requester.address, new), "only the caller's"
    judge.retire_signer(new, sender=hub)
    assert judge.signer_until(hub, new) == now() + MONTH
    with boa.reverts("Judge: signer not set"):
        judge.retire_signer(new, sender=hub)
    boa.env.time_travel(seconds=MONTH - 1)
    assert judge.is_signer(hub, new)
    boa.env.time_travel(seconds=1)
    assert not judge.is_signer(hub, new)
    judge.set_signer(new, sender=hub)
    assert judge.signer_until(hub, new) == VALID


def test_collateral_leaves_thirty_days_after_it_was_announced(world: World) -> None:
    hub, judge = world.payer.address, world.judge
    for amount in (0, MAX_U96 + 1, 2**256 - 1):
        with boa.reverts("Judge: bad amount"):
            judge.add_collateral(hub, amount, sender=hub)
    for act, text in (
        (judge.start_collateral_exit, "Judge: no collateral"),
        (judge.finish_collateral_exit, "Judge: exit not started"),
    ):
        with boa.reverts(text):
            act(sender=hub)
    before = world.balance(hub)
    judge.add_collateral(hub, 3, sender=hub)
    judge.add_collateral(hub, 4, sender=world.requester.address)
    with boa.reverts("Judge: bad amount"):
        judge.add_collateral(hub, MAX_U96 - 6, sender=hub)
    judge.start_collateral_exit(sender=hub)
    assert judge.collateral(hub) == (7, 0, now() + MONTH)
    with boa.reverts("Judge: exit started"):
        judge.start_collateral_exit(sender=hub)
    boa.env.time_travel(seconds=MONTH - 1)
    with boa.reverts("Judge: delay not over"):
        judge.finish_collateral_exit(sender=hub)
    boa.env.time_travel(seconds=1)
    assert judge.finish_collateral_exit(sender=hub) == 7
    assert (judge.collateral(hub), world.balance(hub)) == ((0, 0, 0), before + 4)
    assert world.balance(judge) == 0


def test_what_a_silent_claim_has_reserved_stays(world: World) -> None:
    hub = world.payer.address
    task, received = silent(world)
    world.judge.start_collateral_exit(sender=hub)
    boa.env.time_travel(seconds=MONTH)
    task.claim_silent(received)
    assert total_and_reserved(world) == (10 * GEM, 2 * MR)
    assert world.judge.finish_collateral_exit(sender=hub) == 10 * GEM - 2 * MR
    assert world.judge.collateral(hub) == (2 * MR, 2 * MR, 0)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 0, 0)
    assert (world.balance(task.miner), world.balance(ASHES)) == (MR, MR)
    assert (total_and_reserved(world), world.balance(world.judge)) == ((0, 0), 0)


@pytest.mark.parametrize("batch", [0, 3])
def test_receipts_are_the_hubs_and_of_this_work_and_time(world: World, batch: int) -> None:
    """Attacks 12 and 36: a hub that hides votes, or the audit's secret."""
    task, received = silent(world, batch=batch)
    for wrong in (key("stranger"), task.miner):
        with boa.reverts("Judge: bad receipt"):
            task.claim_silent(received, by=wrong)
    for changed, at in ((task.but(index=1), received), (task, received - 1)):
        message = Receipt(changed.submission.struct_hash(), at)
        with boa.reverts("Judge: bad receipt"):
            world.judge.claim_silent(
                task.terms.row(), *task.given, task.work, received, task.sig(message, task.hub)
            )
    task.claim_silent(received)
    with boa.reverts("Judge: claimed already"):
        task.claim_silent(received)


def test_a_new_key_between_assignment_and_receipt_voids_neither(world: World) -> None:
    """Attack 8."""
    task, received = silent(world)
    new = key("new signer")
    with boa.reverts("Judge: bad receipt"):
        task.claim_silent(received, by=new)
    world.judge.set_signer(new.address, sender=world.payer.address)
    task.claim_silent(received, by=new)


@pytest.mark.parametrize("batch", [0, 3])
def test_work_whose_receipt_was_refused_is_anchored(world: World, batch: int) -> None:
    """Attack 13."""
    task = Task(world, campaign(world, collateral=10 * GEM), batch=batch, due=now() + DAY)
    late = task.but(index=1, due=now() + DAY - 1)
    boa.env.time_travel(seconds=DAY)
    for one in (task, late):
        world.judge.anchor(one.root)
    at = now()
    assert world.judge.anchors(task.root) == at
    boa.env.time_travel(seconds=SILENT)
    world.judge.anchor(task.root)
    assert world.judge.anchors(task.root) == at, "the first time counts"
    for one in (late, task.but(index=2)):
        with boa.reverts("Judge: not anchored in time"):
            one.claim_silent(0)
    task.claim_silent(0)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 0, 0)
    assert (world.balance(task.miner), task.state) == (MR, "covered")


def test_a_release_answers_a_silent_claim(world: World) -> None:
    task, received = silent(world, batch=3)
    where = (task.terms.id(), 0, 0)
    for act in (
        world.judge.settle_silent,
        lambda *w: world.judge.answer_silent(*w, *task.release(task.miner)),
    ):
        with boa.reverts("Judge: nothing pending"):
            act(*where)
    task.claim_silent(received)
    for by, to in ((key("stranger"), None), (task.miner, world.requester.address)):
        with boa.reverts("Judge: bad release"):
            world.judge.answer_silent(*where, *task.release(by, to))
    with boa.reverts("Judge: bad release"):
        world.judge.answer_silent(*where, *task.but(index=1).release(task.miner))
    world.judge.answer_silent(*where, *task.release(task.miner))
    assert (total_and_reserved(world), world.balance(task.miner)) == ((10 * GEM, 0), 0)
    with boa.reverts("Judge: nothing pending"):
        world.judge.settle_silent(*where)
    with boa.reverts("Judge: claimed already"):
        task.claim_silent(received)


def test_a_verdict_ends_a_silent_claim_without_pay(world: World) -> None:
    task, received = silent(world)
    task.claim_silent(received)
    task.claim(task.verdict(PANEL))
    world.judge.settle_silent(task.terms.id(), 0, 0)
    assert (total_and_reserved(world), world.balance(task.miner)) == ((10 * GEM, 0), 0)
    other = task.but(index=1)
    other.claim(other.verdict(PANEL))
    with boa.reverts("Judge: a verdict was brought"):
        other.claim_silent(received)


def test_a_silent_claim_needs_a_campaign_and_collateral(world: World) -> None:
    task, received = silent(world, collateral=0)
    with boa.reverts("Judge: no collateral"):
        task.claim_silent(received)
    unknown = replace(task, terms=task.terms.but(salt=b"\x0a" * 32))
    with boa.reverts("Judge: unknown campaign"):
        unknown.claim_silent(received)
    world.judge.add_collateral(world.payer.address, MR // 3, sender=world.payer.address)
    task.claim_silent(received)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 0, 0)
    assert (world.balance(task.miner), world.balance(ASHES)) == (MR // 6, MR // 6)


def test_a_task_that_was_never_funded_is_the_hubs_to_pay(world: World) -> None:
    """Attack 31: no verdict about it is taken, so its collateral answers."""
    task, received = silent(world, index=10_000)
    with boa.reverts("Campaigns: index not funded"):
        task.claim(task.verdict(PANEL))
    task.claim_silent(received)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 10_000, 0)
    assert world.balance(task.miner) == MR


def test_one_attempt_given_twice_costs_both_rewards_twice(world: World) -> None:
    """Attack 31."""
    task = Task(world, campaign(world, collateral=10 * GEM))
    other = key("other miner")
    a, b = two(task, miner=other, reward=GEM // 2)
    world.judge.prove_equivocation(task.terms.row(), *a, *b)
    assert (world.balance(task.miner), world.balance(other)) == (MR, GEM // 2)
    assert world.balance(ASHES) == MR + GEM // 2
    assert total_and_reserved(world) == (10 * GEM - 2 * MR - GEM, 0)
    assert world.judge.equivocated(task.key)
    with boa.reverts("Judge: proven already"):
        world.judge.prove_equivocation(task.terms.row(), *b, *a)


def test_what_is_no_equivocation(world: World) -> None:
    task = Task(world, campaign(world, collateral=10 * GEM))
    row = task.terms.row()
    for b in (task.given, task.but(index=1).given, task.but(attempt=1).given):
        with boa.reverts("Judge: no equivocation"):
            world.judge.prove_equivocation(row, *task.given, *b)
    a, (fields, signer, sig) = two(task)
    with boa.reverts("Judge: bad assignment"):
        world.judge.prove_equivocation(row, *a, fields, signer, NO_SIG)
    stranger = key("stranger")
    with boa.reverts("Judge: unknown signer"):
        world.judge.prove_equivocation(row, *a, fields, stranger.address, sig)
    other = replace(task, terms=task.terms.but(salt=b"\x0a" * 32))
    with boa.reverts("Judge: unknown campaign"):
        world.judge.prove_equivocation(other.terms.row(), *two(other)[0], *two(other)[1])


def test_a_hub_does_not_empty_its_collateral_by_wronging_a_friend(world: World) -> None:
    """Owing more than there is burns half all the same; what a silent claim keeps in answers for others too."""
    task, received = silent(world, collateral=3 * GEM, reward=MAX_U128, stake=MAX_U128)
    friend = key("friend")
    a, b = two(task.but(index=1), miner=friend)
    with boa.env.anchor():
        world.judge.prove_equivocation(task.terms.row(), *a, *b)
        assert world.balance(friend) + world.balance(task.miner) == 3 * GEM // 2 == world.balance(ASHES)
        assert total_and_reserved(world) == (0, 0)
    task.claim_silent(received)
    assert total_and_reserved(world) == (3 * GEM, 3 * GEM)
    world.judge.prove_equivocation(task.terms.row(), *a, *b)
    assert total_and_reserved(world) == (0, 0)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 0, 0)
    assert world.balance(friend) + world.balance(task.miner) == 3 * GEM // 2 == world.balance(ASHES)
    assert world.balance(world.judge) == 0


def test_a_covered_attempt_is_not_judged_any_more(world: World) -> None:
    task, received = silent(world)
    task.claim_silent(received)
    boa.env.time_travel(seconds=3 * DAY)
    world.judge.settle_silent(task.terms.id(), 0, 0)
    with boa.reverts("Campaigns: nothing pending"):
        task.claim(task.verdict(PANEL), NOTHING)
    again = task.but(attempt=1)
    again.claim(again.verdict(PANEL))
    assert again.state == "accepted"
