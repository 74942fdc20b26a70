# SPDX-License-Identifier: Apache-2.0
"""The money of one task: what leaves its escrow, what comes back, and how a task ends or opens again."""

from __future__ import annotations

from dataclasses import replace

from gems_protocol import ledger
from gems_protocol.amount import ZERO, Amount
from gems_protocol.ledger import Transfer, Why
from gems_protocol.task_state import LAST_ATTEMPT, Seat, Step, Task, TaskState
from gems_protocol.verification.standing import NEWCOMER

Moved = tuple[Transfer, ...]


def real(*transfers: Transfer) -> Moved:
    """Without those that move nothing."""
    return tuple(transfer for transfer in transfers if transfer.amount)


def from_escrow(task: Task, target: str, amount: Amount, why: Why, round_: int = 0) -> tuple[Task, Moved]:
    """Pay out of the task's escrow, which is never overdrawn."""
    if amount > task.remaining:
        raise AssertionError("a task's escrow would be overdrawn")
    moved = Transfer(ledger.escrow(task.campaign_id), target, amount, why, round_)
    return replace(task, spent=task.spent + amount), real(moved)


def into_escrow(task: Task, source: str, amount: Amount, why: Why, round_: int = 0) -> tuple[Task, Moved]:
    """What somebody lost goes back into the task's escrow."""
    moved = Transfer(source, ledger.escrow(task.campaign_id), amount, why, round_)
    return replace(task, spent=task.spent - amount), real(moved)


def stake_back(task: Task) -> Moved:
    """The miner's stake returns."""
    miner = str(task.miner)
    return real(Transfer(ledger.stake_of(miner), ledger.worker(miner), task.stake, Why.STAKE_BACK))


def lose_stake(task: Task) -> tuple[Task, Moved]:
    """The miner's stake is forfeited."""
    return into_escrow(task, ledger.stake_of(str(task.miner)), task.stake, Why.STAKE_LOST)


def review_stake_back(task: Task, seat: Seat) -> Transfer:
    """A verifier's stake returns."""
    source, target = ledger.stake_of(seat.verifier), ledger.worker(seat.verifier)
    return Transfer(source, target, task.review_stake, Why.REVIEW_STAKE_BACK, seat.round)


def fresh(task: Task) -> Task:
    """The next attempt, with nothing left of this one but the money and the flag of cancelling."""
    return replace(
        task,
        state=TaskState.OPEN,
        attempt=task.attempt + 1,
        redo=False,
        miner=None,
        standing=NEWCOMER,
        reward=ZERO,
        stake=ZERO,
        review_reward=ZERO,
        review_stake=ZERO,
        audited=False,
        round=0,
        seats=(),
        earlier=(),
        missed=(),
        verdict=None,
        answer=0,
        appealed_verdict=None,
        bond=ZERO,
        commission=ZERO,
        poor=False,
    )


def without_redo(task: Task) -> Task:
    """With the number of the second try used up, which was signed with the rejection: nobody else gets it."""
    return replace(task, attempt=min(task.attempt + 1, LAST_ATTEMPT))


def reopen(task: Task, moved: Moved) -> Step:
    """For another miner, unless it is cancelled or the escrow covers no further attempt."""
    if task.cancelled:
        return end(replace(task, state=TaskState.CANCELLED), moved)
    if task.attempt == LAST_ATTEMPT or task.attempt_cost > task.remaining:
        return end(replace(task, state=TaskState.EXHAUSTED), moved)
    return Step(fresh(task), moved)


def end(task: Task, moved: Moved) -> Step:
    """What is left goes back to the requester."""
    task, rest = from_escrow(task, ledger.requester(task.requester), task.remaining, Why.UNSPENT)
    return Step(task, moved + rest)
