# SPDX-License-Identifier: Apache-2.0
"""Moves of a task up to its votes: leases, answers, seats."""

from __future__ import annotations

from dataclasses import replace

from gems_protocol import ledger
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.ledger import Transfer, Why
from gems_protocol.staking import redo_reward
from gems_protocol.task_escrow import (
    Moved,
    end,
    fresh,
    lose_stake,
    real,
    reopen,
    review_stake_back,
    stake_back,
    without_redo,
)
from gems_protocol.task_events import (
    AuditNotDrawn,
    Cancelled,
    Leased,
    LeaseExpired,
    PanelSeated,
    RedoTaken,
    RedoWindowPassed,
    Returned,
    Submitted,
    VerifierMissed,
    Voted,
)
from gems_protocol.task_state import Seat, Step, Task, TaskState
from gems_protocol.verification.commissioned import COMMISSION_ROUND
from gems_protocol.verification.policy import Quote
from gems_protocol.verification.standing import Standing


def covers(task: Task, quote: Quote, standing: Standing) -> bool:
    """Whether the task's escrow covers this offer and its first panel; ask before leasing."""
    size = task.policy.for_standing(standing).panel(0).size
    need = quote.reward + quote.review_reward * size
    return quote.reward <= task.mr and need <= task.remaining


def leased(task: Task, event: Leased) -> Step:
    """A miner has it; the stake is at risk."""
    quote = event.quote
    if not covers(task, quote, event.standing):
        raise MoveNotAllowed("The task's escrow does not cover this offer.")
    taken = replace(
        task,
        state=TaskState.LEASED,
        miner=event.miner,
        standing=event.standing,
        reward=quote.reward,
        stake=quote.stake,
        review_reward=quote.review_reward,
        review_stake=quote.review_stake,
    )
    moved = Transfer(ledger.worker(event.miner), ledger.stake_of(event.miner), quote.stake, Why.STAKE)
    return Step(taken, real(moved))


def submitted(task: Task, event: Submitted) -> Step:
    """Its answer is here."""
    return Step(replace(task, state=TaskState.SUBMITTED))


def lease_over(task: Task, event: LeaseExpired | Returned | RedoWindowPassed) -> Step:
    """A first try that is not delivered costs nothing; a redo that is not delivered forfeits Ms."""
    if isinstance(event, RedoWindowPassed):
        return reopen(*lose_stake(without_redo(task)))
    if task.redo:
        return reopen(*lose_stake(task))
    return reopen(task, stake_back(task))


def not_drawn(task: Task, event: AuditNotDrawn) -> Step:
    """Accepted without being judged."""
    if not task.rules.draws_audits:
        raise MoveNotAllowed("This policy judges every submission.")
    return Step(replace(task, state=TaskState.ACCEPTED, verdict=True, audited=False))


def seated(task: Task, event: PanelSeated) -> Step:
    """Verifiers take seats and put up their stakes."""
    taken = {seat.verifier for seat in task.seats + task.earlier} | set(task.missed)
    if task.miner in event.verifiers or taken & set(event.verifiers):
        raise MoveNotAllowed("Nobody judges their own work, or the same work twice.")
    if len(set(event.verifiers)) != len(event.verifiers) or not event.verifiers:
        raise MoveNotAllowed("A panel has distinct verifiers.")
    if len(task.seats) + len(event.verifiers) > task.panel.size:
        raise MoveNotAllowed("The panel has no more seats.")
    round_ = COMMISSION_ROUND if task.commission else task.round
    seats = task.seats + tuple(Seat(verifier, round_) for verifier in event.verifiers)
    moved = [
        Transfer(ledger.worker(who), ledger.stake_of(who), task.review_stake, Why.REVIEW_STAKE, round_)
        for who in event.verifiers
    ]
    state = task.state if task.commission else TaskState.IN_REVIEW
    audited = task.audited or not task.commission
    return Step(replace(task, state=state, audited=audited, seats=seats), real(*moved))


def voted(task: Task, event: Voted) -> Step:
    """A vote is in."""
    blind = task.rules.blind and not task.commission  # strangers see the answer that they judge
    if event.accept != (event.answer == 0) and blind:
        raise MoveNotAllowed("A blind verifier agrees by giving the miner's answer, and only so.")
    seats = list(task.seats)
    for place, seat in enumerate(seats):
        if seat.verifier == event.verifier and seat.vote is None:
            seats[place] = replace(seat, vote=event.accept, answer=event.answer, accuracy=event.accuracy)
            return Step(replace(task, seats=tuple(seats)))
    raise MoveNotAllowed("Only a seated verifier votes, and only once.")


def missed(task: Task, event: VerifierMissed) -> Step:
    """A seat is free again."""
    gone = [seat for seat in task.seats if seat.verifier == event.verifier and seat.vote is None]
    if not gone:
        raise MoveNotAllowed("Only a seated verifier who has not voted can have missed the vote.")
    return Step(*unseat(task, gone))


def unseat(task: Task, gone: list[Seat]) -> tuple[Task, Moved]:
    """Without these seats; their stakes return, and they may not sit again in this attempt."""
    left = tuple(seat for seat in task.seats if seat not in gone)
    absent = task.missed + tuple(seat.verifier for seat in gone)
    back = [review_stake_back(task, seat) for seat in gone]
    return replace(task, seats=left, missed=absent), real(*back)


def redo_taken(task: Task, event: RedoTaken) -> Step:
    """The second try begins, for Mr - Vr and against the first try's stake."""
    again = replace(
        fresh(task),
        miner=task.miner,
        standing=task.standing,
        stake=task.stake,
        redo=True,
        state=TaskState.LEASED,
    )
    reward = redo_reward(task.mr, task.vr)
    return Step(
        replace(again, reward=reward, review_reward=task.review_reward, review_stake=task.review_stake)
    )


def cancelled(task: Task, event: Cancelled) -> Step:
    """An open task ends; any other goes on and opens no more."""
    stopped = replace(task, cancelled=True)
    if task.state is TaskState.OPEN:
        return end(replace(stopped, state=TaskState.CANCELLED), ())
    return Step(stopped)
