# SPDX-License-Identifier: Apache-2.0
"""What a requester sees of a campaign's verdicts on chain, and what follows from it: who is paid, what it may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gems_platform.client.requesting.ports import PendingTask
from gems_protocol import escrow
from gems_protocol.amount import Amount
from gems_protocol.campaign import ZERO_ADDRESS, Terms
from gems_protocol.dispute import ARBITER_ROUND, TaskOnChain


@dataclass(frozen=True, slots=True)
class Pool:
    """A campaign's escrow, base units. judged: paid or held for verdicts; today: claimed anew on this Unix day.

    exit_at: Unix seconds from which the exit may be finished; 0 before it was started.
    """

    funded: int
    redeemed: int
    judged: int
    today: int
    cap: int
    pending: int
    exit_at: int

    @property
    def left(self) -> int:
        """What neither a Spend nor a verdict has taken."""
        return self.funded - self.redeemed - self.judged


@dataclass(frozen=True, slots=True)
class Part:
    """Who a verdict pays: `released` where the hub paid that in the channel, so that it gets the part."""

    address: str
    amount: Amount
    released: bool


def accepts(task: PendingTask) -> bool:
    """Whether the verdict that stands accepts."""
    return task.word.state.accepts


def is_appealed(task: PendingTask) -> bool:
    """Whether a bond is down and others judge again."""
    return task.word.state in (TaskOnChain.ACCEPTED_APPEALED, TaskOnChain.REJECTED_APPEALED)


def parts(task: PendingTask, terms: Terms) -> list[Part]:
    """Everybody whom `finalize` would pay out of the escrow, the miner first."""
    standing, released = task.standing, task.word.released
    found = [Part(standing.miner, Amount(standing.reward), bool(released & 1))] if accepts(task) else []
    for place, voter in enumerate(standing.voters):
        found.append(Part(voter, terms.vr(), bool(released >> (place + 1) & 1)))
    return found


def to_hub(task: PendingTask, terms: Terms) -> Amount:
    """What of it is the hub's, because the hub paid that in channels."""
    return Amount(sum(part.amount.units for part in parts(task, terms) if part.released))


def comes_back(task: PendingTask, terms: Terms) -> Amount:
    """What of the hub's part is the requester's once a bill was shown: all but the seats that bonds pay."""
    released = task.word.released >> 1
    seats = sum(released >> place & 1 for place in range(len(task.standing.voters)))
    return to_hub(task, terms) - terms.vr() * min(seats, task.standing.bond_seats)


def is_above_redo(task: PendingTask, terms: Terms) -> bool:
    """Whether it pays more than a second try of the same miner may."""
    return accepts(task) and task.attempt > 0 and task.standing.reward > escrow.redo_reward(terms).units


def bond(task: PendingTask, terms: Terms, who: str, now: int) -> Amount | None:
    """What an appeal on chain puts down; None where `who` cannot appeal any more."""
    word = task.word
    if is_appealed(task) or word.until <= now or word.round == ARBITER_ROUND:
        return None
    if word.round + 1 >= terms.rounds and terms.arbiter == ZERO_ADDRESS:
        return None
    if accepts(task) and who != terms.requester:
        return None
    return escrow.appeal_bond(terms, task.standing.panel)


def judges_again(task: PendingTask, terms: Terms) -> str:
    """Who judges after an appeal, in words."""
    if task.word.round + 1 < terms.rounds:
        return f"{escrow.next_panel(task.standing.panel)} others"
    return "the arbiter of the terms"


def exit_from(terms: Terms, pool: Pool, tasks: Sequence[PendingTask], now: int) -> int:
    """Unix seconds from which the exit can be finished as things stand, were it started as soon as it may be."""
    at = pool.exit_at or max(now, terms.ends) + escrow.exit_delay(terms)
    return max([at, *(task.word.until for task in tasks)])
