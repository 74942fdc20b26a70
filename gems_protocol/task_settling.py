# SPDX-License-Identifier: Apache-2.0
"""The verdict stands: everyone gets what it gives, and the task ends, goes back to its miner or opens again."""

from __future__ import annotations

from dataclasses import replace

from gems_protocol import ledger
from gems_protocol.ledger import Transfer, Why
from gems_protocol.staking import redo_reward
from gems_protocol.task_escrow import (
    Moved,
    end,
    from_escrow,
    into_escrow,
    lose_stake,
    real,
    reopen,
    review_stake_back,
    stake_back,
    without_redo,
)
from gems_protocol.task_events import Settled
from gems_protocol.task_judging import strangers_pay
from gems_protocol.task_state import LAST_ATTEMPT, Seat, Step, Task, TaskState
from gems_protocol.verification.commissioned import COMMISSION_ROUND, withheld


def settled(task: Task, event: Settled) -> Step:
    """See the module."""
    task, moved = _settle_panel(task)
    if task.verdict:
        reward = task.reward - withheld(task.commission) if task.poor else task.reward
        task, pay = from_escrow(task, ledger.worker(str(task.miner)), reward, Why.REWARD)
        return end(replace(task, state=TaskState.PAID), moved + pay + stake_back(task))
    if task.answer:
        task, lost = lose_stake(task)
        return end(replace(task, state=TaskState.ANSWERED), moved + lost)
    if not task.rules.has_redo or task.redo or task.appealed_verdict is False:
        given_up = task.rules.has_redo and not task.redo
        task, lost = lose_stake(without_redo(task) if given_up else task)
        return reopen(task, moved + lost)
    second = redo_reward(task.mr, task.vr) + task.review_reward * task.rules.panel(0).size
    if task.attempt == LAST_ATTEMPT or second > task.remaining:
        # no second try can be offered, so none is held against it
        return reopen(task, moved + stake_back(task))
    return Step(replace(task, state=TaskState.REDO), moved)


def agrees(task: Task, seat: Seat) -> bool:
    """Whether a seat's vote is what the verdict says; of different blind answers only the standing one is."""
    if seat.vote is not task.verdict:
        return False
    return bool(task.verdict) or not task.answer or seat.round > 0 or seat.answer == task.answer


def _settle_panel(task: Task) -> tuple[Task, Moved]:
    """Whoever agreed with the verdict gets Vs and Vr, whoever did not loses Vs; then strangers and bond."""
    moved: Moved = ()
    judges = task.earlier if task.commission else task.earlier + task.seats
    for seat in judges:
        if agrees(task, seat):
            who = ledger.worker(seat.verifier)
            task, pay = from_escrow(task, who, task.review_reward, Why.REVIEW_PAY, seat.round)
            moved += real(review_stake_back(task, seat)) + pay
        else:
            source = ledger.stake_of(seat.verifier)
            task, lost = into_escrow(task, source, task.review_stake, Why.REVIEW_STAKE_LOST, seat.round)
            moved += lost
    if task.commission:
        task, paid = _pay_strangers(task)
        moved += paid
    if task.appealed_verdict is False and task.bond:
        task, bond = _settle_bond(task)
        moved += bond
    return task, moved


def _pay_strangers(task: Task) -> tuple[Task, Moved]:
    moved: Moved = ()
    for seat in task.seats:
        who = ledger.worker(seat.verifier)
        task, pay = from_escrow(task, who, strangers_pay(task), Why.REVIEW_PAY, COMMISSION_ROUND)
        moved += real(review_stake_back(task, seat)) + pay
    return task, moved


def _settle_bond(task: Task) -> tuple[Task, Moved]:
    miner = ledger.worker(str(task.miner))
    if task.verdict:
        return task, real(Transfer(ledger.bond_of(miner), miner, task.bond, Why.BOND_BACK))
    return into_escrow(task, ledger.bond_of(miner), task.bond, Why.BOND_LOST)
