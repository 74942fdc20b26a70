# SPDX-License-Identifier: Apache-2.0
"""Moves of a task about its verdict: judging a round, the next panel, appeals, commissions."""

from __future__ import annotations

from dataclasses import replace

from gems_protocol import ledger
from gems_protocol.amount import ZERO, Amount, total
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.ledger import Transfer, Why
from gems_protocol.task_escrow import Moved, real
from gems_protocol.task_events import Appealed, Commissioned, Judged
from gems_protocol.task_moves import unseat
from gems_protocol.task_state import Step, Task, TaskState
from gems_protocol.verification.commissioned import check_fee, fee_of_each
from gems_protocol.verification.policy import Accepted, Judgement, NoConsensus, Rejected, Undecided


def judged(task: Task, event: Judged) -> Step:
    """The round is decided, or another panel is called. What cannot be decided is accepted."""
    late = event.deadline_passed
    if any(seat.vote is None for seat in task.seats) and not late:
        raise MoveNotAllowed("Votes are still missing.")
    task, back = unseat(task, [seat for seat in task.seats if seat.vote is None])
    if task.commission:
        return _judged_by_strangers(task, back, late)
    judgement: Judgement = task.rules.judge(task.case(late=late))
    if isinstance(judgement, Undecided):
        raise MoveNotAllowed("Votes are still missing.")
    if isinstance(judgement, NoConsensus):
        following = next_round(task)
        if following is not None:
            return Step(replace(following, state=TaskState.IN_REVIEW), back)
        judgement = Rejected() if task.appealed_verdict is False else Accepted()
    if isinstance(judgement, Accepted):
        return Step(replace(task, state=TaskState.ACCEPTED, verdict=True, answer=0), back)
    # an appeal's panel only says no: the answer that the first round found goes on standing
    answer = task.answer if task.appealed_verdict is False else judgement.answer
    return Step(replace(task, state=TaskState.REJECTED, verdict=False, answer=answer), back)


def _judged_by_strangers(task: Task, back: Moved, late: bool) -> Step:
    votes = [seat.vote for seat in task.seats]
    if len(votes) < task.panel.size and not late:
        raise MoveNotAllowed("Votes are still missing.")
    poor = votes.count(False) >= task.panel.quorum
    return Step(replace(task, state=TaskState.ACCEPTED, poor=poor), back)


def next_round(task: Task) -> Task | None:
    """The task before its next panel, or None when there is no further round or no escrow for one."""
    if task.round + 1 >= task.rules.rounds:
        return None
    earlier = task.earlier + task.seats
    larger_side = max(sum(seat.vote is side for seat in earlier) for side in (True, False))
    seats = larger_side + task.rules.panel(task.round + 1).size
    if task.reward + task.review_reward * seats > task.remaining:
        return None
    return replace(task, round=task.round + 1, seats=(), earlier=earlier)


def appeal_bond(task: Task) -> Amount | None:
    """What whoever lost must put down for the next panel; None when this verdict cannot be appealed.

    A requester: the next panel's pay, kept back in the task's own escrow. A miner: at most the stake, nothing
    where a redo is given up for it.
    """
    following = next_round(task)
    if (
        task.state not in (TaskState.ACCEPTED, TaskState.REJECTED)
        or not task.audited
        or task.appealed_verdict is not None
        or task.commission
        or following is None
    ):
        return None
    panel_pay = task.review_reward * task.rules.panel(task.round + 1).size
    if task.verdict:
        return panel_pay
    if task.rules.has_redo and not task.redo:
        return ZERO
    return min(task.stake, panel_pay)


def appealed(task: Task, event: Appealed) -> Step:
    """Other people will judge again."""
    bond, following = appeal_bond(task), next_round(task)
    if bond is None or following is None:
        raise MoveNotAllowed("There is no further panel for this verdict.")
    if event.bond != bond:
        raise MoveNotAllowed("An appeal is made with exactly the bond that it asks for.")
    disputed = replace(following, state=TaskState.APPEALED, appealed_verdict=task.verdict, bond=bond)
    if task.verdict:  # the bond is what the next panel costs, and stays in escrow for it
        return Step(disputed)
    miner = ledger.worker(str(task.miner))
    return Step(disputed, real(Transfer(miner, ledger.bond_of(miner), bond, Why.BOND)))


def commissioned(task: Task, event: Commissioned) -> Step:
    """Accepted work goes to two strangers, whom the requester's fee pays whatever they find."""
    if task.commission or task.appealed_verdict is not None or task.cancelled:
        raise MoveNotAllowed("This verdict was looked at before.")
    check_fee(event.fee, task.mr, task.reward, task.rules.commission_ppm)
    if task.reward + event.fee > task.remaining - _owed_to_panel(task):
        raise MoveNotAllowed("The task's escrow does not cover this fee.")
    settled = task.earlier + task.seats
    return Step(replace(task, state=TaskState.COMMISSIONED, commission=event.fee, earlier=settled, seats=()))


def _owed_to_panel(task: Task) -> Amount:
    agreeing = [seat for seat in task.earlier + task.seats if seat.vote is task.verdict]
    return total([task.review_reward for _ in agreeing]) if agreeing else ZERO


def strangers_pay(task: Task) -> Amount:
    """What each stranger gets."""
    return fee_of_each(task.commission)
