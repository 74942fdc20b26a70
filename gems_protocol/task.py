# SPDX-License-Identifier: Apache-2.0
"""The life of a task: its states, the moves they allow, and the money that each move moves.

Attempts count from 0 and never repeat: a redo and every new miner get the next number, because two
assignments of one (index, attempt) would be proof of a cheating hub. The task's escrow is never overdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from gems_protocol import ledger
from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import Terms
from gems_protocol.errors import MoveNotAllowed
from gems_protocol.ledger import Transfer, Why
from gems_protocol.staking import redo_reward
from gems_protocol.task_events import (
    Appealed,
    AuditNotDrawn,
    Cancelled,
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
from gems_protocol.verification.policy import Accepted, NoConsensus, PanelSize, Policy, Quote, Rejected

LAST_ATTEMPT = 255


class TaskState(Enum):
    """Where a task is; `sentence` says it to people."""

    OPEN = "open"
    LEASED = "leased"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    APPEALED = "appealed"
    REDO = "redo"
    PAID = "paid"
    CANCELLED = "cancelled"
    EXHAUSTED = "exhausted"

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        return _SENTENCES[self]


_SENTENCES = {
    TaskState.OPEN: "Waiting for a miner.",
    TaskState.LEASED: "A miner is working on it.",
    TaskState.SUBMITTED: "An answer has arrived.",
    TaskState.IN_REVIEW: "Verifiers are judging the answer.",
    TaskState.ACCEPTED: "The answer is accepted; pay is due.",
    TaskState.REJECTED: "The answer is rejected.",
    TaskState.APPEALED: "The verdict is disputed; other verifiers will judge.",
    TaskState.REDO: "The miner may try once more.",
    TaskState.PAID: "Accepted and paid.",
    TaskState.CANCELLED: "Cancelled by the requester; what was left went back.",
    TaskState.EXHAUSTED: "No answer was accepted and the escrow covers no more attempts; the rest went back.",
}

ALLOWED: dict[TaskState, frozenset[type]] = {
    TaskState.OPEN: frozenset({Leased, Cancelled}),
    TaskState.LEASED: frozenset({Submitted, LeaseExpired, Returned, Cancelled}),
    TaskState.SUBMITTED: frozenset({AuditNotDrawn, PanelSeated, Judged, Cancelled}),  # Judged: nobody came
    TaskState.IN_REVIEW: frozenset({PanelSeated, Voted, VerifierMissed, Judged, Cancelled}),
    TaskState.ACCEPTED: frozenset({Settled, Appealed, Cancelled}),
    TaskState.REJECTED: frozenset({Settled, Appealed, Cancelled}),
    TaskState.APPEALED: frozenset({PanelSeated, Judged, Cancelled}),
    TaskState.REDO: frozenset({RedoTaken, RedoWindowPassed, Cancelled}),
    TaskState.PAID: frozenset(),
    TaskState.CANCELLED: frozenset(),
    TaskState.EXHAUSTED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A verifier of one round, with the vote once it is in."""

    verifier: str
    round: int
    vote: bool | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a campaign. `budget` is its escrow, `spent` what left it (forfeits come back).

    reward, stake: of the present lease. seats: the present round; earlier: voters of this attempt's earlier
    rounds. missed: who may not sit again in this attempt. verdict: the standing one.
    """

    campaign_id: bytes
    index: int
    requester: str
    policy: Policy
    mr: Amount
    vr: Amount
    vs: Amount
    attempt_cost: Amount
    budget: Amount
    spent: Amount = ZERO
    state: TaskState = TaskState.OPEN
    attempt: int = 0
    redo: bool = False
    miner: str | None = None
    reward: Amount = ZERO
    stake: Amount = ZERO
    review_reward: Amount = ZERO
    review_stake: Amount = ZERO
    audited: bool = False
    round: int = 0
    seats: tuple[Seat, ...] = ()
    earlier: tuple[Seat, ...] = ()
    missed: tuple[str, ...] = ()
    verdict: bool | None = None
    appealed_verdict: bool | None = None
    bond: Amount = ZERO
    cancelled: bool = False

    @property
    def remaining(self) -> Amount:
        """What the escrow still holds for this task."""
        return self.budget - self.spent

    @property
    def panel(self) -> PanelSize:
        """The size and quorum of the present round."""
        return self.policy.panel(self.round)

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen."""
        return not ALLOWED[self.state]


@dataclass(frozen=True, slots=True)
class Step:
    """The task after an event and the money that moved."""

    task: Task
    transfers: tuple[Transfer, ...] = ()


def open_task(index: int, terms: Terms, policy: Policy) -> Task:
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
    )


def covers(task: Task, quote: Quote) -> bool:
    """Whether the task's escrow covers this offer and its first panel; ask before leasing."""
    need = quote.reward + quote.review_reward * task.policy.panel(0).size
    return quote.reward <= task.mr and need <= task.remaining


def step(task: Task, event: Event) -> Step:
    """The task after `event`; raises MoveNotAllowed when the state's table or the event's facts forbid it."""
    if type(event) not in ALLOWED[task.state]:
        raise MoveNotAllowed(f"A task that is {task.state.value} cannot be {type(event).__name__}.")
    return _MOVES[type(event)](task, event)


def _refuse(why: str) -> MoveNotAllowed:
    return MoveNotAllowed(why)


def _leased(task: Task, event: Leased) -> Step:
    quote = event.quote
    if not covers(task, quote):
        raise _refuse("The task's escrow does not cover this offer.")
    taken = replace(
        task,
        state=TaskState.LEASED,
        miner=event.miner,
        reward=quote.reward,
        stake=quote.stake,
        review_reward=quote.review_reward,
        review_stake=quote.review_stake,
    )
    moved = Transfer(ledger.worker(event.miner), ledger.stake_of(event.miner), quote.stake, Why.STAKE)
    return Step(taken, _real(moved))


def _submitted(task: Task, event: Submitted) -> Step:
    return Step(replace(task, state=TaskState.SUBMITTED))


def _lease_over(task: Task, event: LeaseExpired | Returned | RedoWindowPassed) -> Step:
    """A first try that is not delivered costs nothing; a redo that is not delivered forfeits Ms."""
    if task.redo or isinstance(event, RedoWindowPassed):
        return _reopen(*_lose_stake(task))
    return _reopen(task, _stake_back(task))


def _not_drawn(task: Task, event: AuditNotDrawn) -> Step:
    if not task.policy.draws_audits:
        raise _refuse("This policy judges every submission.")
    return Step(replace(task, state=TaskState.ACCEPTED, verdict=True, audited=False))


def _seated(task: Task, event: PanelSeated) -> Step:
    taken = {seat.verifier for seat in task.seats + task.earlier} | set(task.missed)
    if task.miner in event.verifiers or taken & set(event.verifiers):
        raise _refuse("Nobody judges their own work, or the same work twice.")
    if len(set(event.verifiers)) != len(event.verifiers) or not event.verifiers:
        raise _refuse("A panel has distinct verifiers.")
    if len(task.seats) + len(event.verifiers) > task.panel.size:
        raise _refuse("The panel has no more seats.")
    seats = task.seats + tuple(Seat(verifier, task.round) for verifier in event.verifiers)
    moved = [
        Transfer(ledger.worker(who), ledger.stake_of(who), task.review_stake, Why.REVIEW_STAKE, task.round)
        for who in event.verifiers
    ]
    return Step(replace(task, state=TaskState.IN_REVIEW, audited=True, seats=seats), _real(*moved))


def _voted(task: Task, event: Voted) -> Step:
    seats = list(task.seats)
    for place, seat in enumerate(seats):
        if seat.verifier == event.verifier and seat.vote is None:
            seats[place] = replace(seat, vote=event.accept)
            return Step(replace(task, seats=tuple(seats)))
    raise _refuse("Only a seated verifier votes, and only once.")


def _missed(task: Task, event: VerifierMissed) -> Step:
    gone = [seat for seat in task.seats if seat.verifier == event.verifier and seat.vote is None]
    if not gone:
        raise _refuse("Only a seated verifier who has not voted can have missed the vote.")
    return Step(*_unseat(task, gone))


def _unseat(task: Task, gone: list[Seat]) -> tuple[Task, tuple[Transfer, ...]]:
    left = tuple(seat for seat in task.seats if seat not in gone)
    missed = task.missed + tuple(seat.verifier for seat in gone)
    back = [_review_stake_back(task, seat) for seat in gone]
    return replace(task, seats=left, missed=missed), _real(*back)


def _judged(task: Task, event: Judged) -> Step:
    size = task.panel.size
    if not event.deadline_passed and (
        len(task.seats) < size or any(seat.vote is None for seat in task.seats)
    ):
        raise _refuse("Votes are still missing.")
    task, back = _unseat(task, [seat for seat in task.seats if seat.vote is None])
    votes = [seat.vote for seat in task.seats]
    judgement = task.policy.judge([*votes, *[None] * (size - len(votes))], task.round)
    if isinstance(judgement, NoConsensus):
        following = _next_round(task)
        if following is not None:
            return Step(replace(following, state=TaskState.IN_REVIEW), back)
        judgement = Rejected() if task.appealed_verdict is False else Accepted()
    accepted = isinstance(judgement, Accepted)
    state = TaskState.ACCEPTED if accepted else TaskState.REJECTED
    return Step(replace(task, state=state, verdict=accepted), back)


def _next_round(task: Task) -> Task | None:
    """The task before its next panel, or None when there is no further round or no escrow for one."""
    if task.round + 1 >= task.policy.rounds:
        return None
    earlier = task.earlier + task.seats
    larger_side = max(sum(seat.vote is side for seat in earlier) for side in (True, False))
    seats = larger_side + task.policy.panel(task.round + 1).size
    if task.reward + task.review_reward * seats > task.remaining:
        return None
    return replace(task, round=task.round + 1, seats=(), earlier=earlier)


def _appealed(task: Task, event: Appealed) -> Step:
    following = _next_round(task)
    if not task.audited or task.appealed_verdict is not None or following is None:
        raise _refuse("There is no further panel for this verdict.")
    party = _appellant(task)
    disputed = replace(following, state=TaskState.APPEALED, appealed_verdict=task.verdict, bond=event.bond)
    return Step(disputed, _real(Transfer(party, ledger.bond_of(party), event.bond, Why.BOND)))


def _appellant(task: Task) -> str:
    against_acceptance = task.appealed_verdict if task.appealed_verdict is not None else task.verdict
    return ledger.requester(task.requester) if against_acceptance else ledger.worker(str(task.miner))


def _settled(task: Task, event: Settled) -> Step:
    task, moved = _settle_panel(task)
    if task.verdict:
        task, pay = _from_escrow(task, ledger.worker(str(task.miner)), task.reward, Why.REWARD)
        return _end(replace(task, state=TaskState.PAID), moved + pay + _stake_back(task))
    if not task.policy.has_redo or task.redo:
        task, lost = _lose_stake(task)
        return _reopen(task, moved + lost)
    second = redo_reward(task.mr, task.vr) + task.review_reward * task.policy.panel(0).size
    if task.attempt == LAST_ATTEMPT or second > task.remaining:
        return _reopen(
            task, moved + _stake_back(task)
        )  # no second try can be offered, so none is held against it
    return Step(replace(task, state=TaskState.REDO), moved)


def _settle_panel(task: Task) -> tuple[Task, tuple[Transfer, ...]]:
    """Whoever agreed with the verdict gets Vs and Vr, whoever did not loses Vs; then the appeal's bond."""
    moved: tuple[Transfer, ...] = ()
    pot = ledger.escrow(task.campaign_id)
    for seat in task.earlier + task.seats:
        if seat.vote is task.verdict:
            task, pay = _from_escrow(
                task, ledger.worker(seat.verifier), task.review_reward, Why.REVIEW_PAY, seat.round
            )
            moved += _real(_review_stake_back(task, seat)) + pay
        else:
            source = ledger.stake_of(seat.verifier)
            moved += _real(Transfer(source, pot, task.review_stake, Why.REVIEW_STAKE_LOST, seat.round))
            task = replace(task, spent=task.spent - task.review_stake)
    if task.appealed_verdict is not None:
        party = _appellant(task)
        if task.verdict is task.appealed_verdict:
            moved += _real(Transfer(ledger.bond_of(party), pot, task.bond, Why.BOND_LOST))
            task = replace(task, spent=task.spent - task.bond)
        else:
            moved += _real(Transfer(ledger.bond_of(party), party, task.bond, Why.BOND_BACK))
    return task, moved


def _redo_taken(task: Task, event: RedoTaken) -> Step:
    again = replace(_fresh(task), miner=task.miner, stake=task.stake, redo=True, state=TaskState.LEASED)
    reward = redo_reward(task.mr, task.vr)
    return Step(
        replace(again, reward=reward, review_reward=task.review_reward, review_stake=task.review_stake)
    )


def _cancelled(task: Task, event: Cancelled) -> Step:
    stopped = replace(task, cancelled=True)
    if task.state is TaskState.OPEN:
        return _end(replace(stopped, state=TaskState.CANCELLED), ())
    return Step(stopped)


def _fresh(task: Task) -> Task:
    """The next attempt, with nothing left of this one but the money and the flag of cancelling."""
    return replace(
        task,
        state=TaskState.OPEN,
        attempt=task.attempt + 1,
        redo=False,
        miner=None,
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
        appealed_verdict=None,
        bond=ZERO,
    )


def _reopen(task: Task, moved: tuple[Transfer, ...]) -> Step:
    if task.cancelled:
        return _end(replace(task, state=TaskState.CANCELLED), moved)
    if task.attempt == LAST_ATTEMPT or task.attempt_cost > task.remaining:
        return _end(replace(task, state=TaskState.EXHAUSTED), moved)
    return Step(_fresh(task), moved)


def _end(task: Task, moved: tuple[Transfer, ...]) -> Step:
    task, rest = _from_escrow(task, ledger.requester(task.requester), task.remaining, Why.UNSPENT)
    return Step(task, moved + rest)


def _from_escrow(
    task: Task, target: str, amount: Amount, why: Why, round_: int = 0
) -> tuple[Task, tuple[Transfer, ...]]:
    if amount > task.remaining:
        raise AssertionError("a task's escrow would be overdrawn")
    moved = Transfer(ledger.escrow(task.campaign_id), target, amount, why, round_)
    return replace(task, spent=task.spent + amount), _real(moved)


def _stake_back(task: Task) -> tuple[Transfer, ...]:
    miner = str(task.miner)
    return _real(Transfer(ledger.stake_of(miner), ledger.worker(miner), task.stake, Why.STAKE_BACK))


def _lose_stake(task: Task) -> tuple[Task, tuple[Transfer, ...]]:
    source, pot = ledger.stake_of(str(task.miner)), ledger.escrow(task.campaign_id)
    lost = _real(Transfer(source, pot, task.stake, Why.STAKE_LOST))
    return replace(task, spent=task.spent - task.stake), lost


def _review_stake_back(task: Task, seat: Seat) -> Transfer:
    source, target = ledger.stake_of(seat.verifier), ledger.worker(seat.verifier)
    return Transfer(source, target, task.review_stake, Why.REVIEW_STAKE_BACK, seat.round)


def _real(*transfers: Transfer) -> tuple[Transfer, ...]:
    return tuple(transfer for transfer in transfers if transfer.amount)


_MOVES: dict[type, Callable[[Task, Any], Step]] = {
    Leased: _leased,
    LeaseExpired: _lease_over,
    Returned: _lease_over,
    Submitted: _submitted,
    AuditNotDrawn: _not_drawn,
    PanelSeated: _seated,
    Voted: _voted,
    VerifierMissed: _missed,
    Judged: _judged,
    Appealed: _appealed,
    Settled: _settled,
    RedoTaken: _redo_taken,
    RedoWindowPassed: _lease_over,
    Cancelled: _cancelled,
}
