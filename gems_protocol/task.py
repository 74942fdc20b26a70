# SPDX-License-Identifier: Apache-2.0
"""The life of a task: what each event makes of it, and the money that each move moves.

Attempts count from 0 and never repeat: a redo and every new miner get the next number, because two
assignments of one (index, attempt) would be proof of a cheating hub. The task's escrow is never overdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gems_protocol import task_judging as judging
from gems_protocol import task_moves as moves
from gems_protocol import task_settling as settling
from gems_protocol.campaign import Terms
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.task_events import (
    Appealed,
    AuditNotDrawn,
    Cancelled,
    Commissioned,
    Event,
    Judged,
    Leased,
    LeaseExpired,
    PanelSeated,
    RedoTaken,
    RedoWindowPassed,
    Returned,
    Settled,
    Submitted,
    VerifierMissed,
    Voted,
)
from gems_protocol.task_judging import appeal_bond
from gems_protocol.task_moves import covers
from gems_protocol.task_state import ALLOWED, LAST_ATTEMPT, Seat, Step, Task, TaskState
from gems_protocol.verification.policy import Policy

__all__ = [
    "ALLOWED",
    "LAST_ATTEMPT",
    "Seat",
    "Step",
    "Task",
    "TaskState",
    "appeal_bond",
    "covers",
    "open_task",
    "step",
]


def open_task(index: int, terms: Terms, policy: Policy, classes: int = 2) -> Task:
    """A funded task that nobody has taken yet."""
    return Task(
        campaign_id=terms.campaign_id(),
        index=index,
        requester=terms.requester,
        policy=policy,
        mr=terms.mr,
        vr=terms.vr(),
        vs=terms.vs,
        attempt_cost=policy.attempt_cost(terms),
        budget=terms.cost(),
        classes=classes,
    )


def step(task: Task, event: Event) -> Step:
    """The task after `event`; raises MoveNotAllowed when the state's table or the event's facts forbid it."""
    if type(event) not in ALLOWED[task.state]:
        raise MoveNotAllowed(f"A task that is {task.state.value} cannot be {type(event).__name__}.")
    return _MOVES[type(event)](task, event)


_MOVES: dict[type, Callable[[Task, Any], Step]] = {
    Leased: moves.leased,
    LeaseExpired: moves.lease_over,
    Returned: moves.lease_over,
    Submitted: moves.submitted,
    AuditNotDrawn: moves.not_drawn,
    PanelSeated: moves.seated,
    Voted: moves.voted,
    VerifierMissed: moves.missed,
    Judged: judging.judged,
    Appealed: judging.appealed,
    Commissioned: judging.commissioned,
    Settled: settling.settled,
    RedoTaken: moves.redo_taken,
    RedoWindowPassed: moves.lease_over,
    Cancelled: moves.cancelled,
}
