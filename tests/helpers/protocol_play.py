# SPDX-License-Identifier: Apache-2.0
"""Playing a task's life: events in, the task and its money out."""

from __future__ import annotations

from collections.abc import Sequence

from gems_protocol import ledger
from gems_protocol.amount import ZERO
from gems_protocol.campaign import Terms
from gems_protocol.ledger import Transfer, balances
from gems_protocol.task import Task, open_task, step
from gems_protocol.task_events import (
    Appealed,
    Event,
    Judged,
    Leased,
    PanelSeated,
    Settled,
    Submitted,
    Voted,
)
from gems_protocol.verification import NEWCOMER, Policy, Standing
from tests.helpers.protocol_mirror import agree_on_lines


class Life:
    """One task's life. Whenever it settles, what a client derives from the evidence is compared too."""

    def __init__(self, policy: Policy, terms: Terms, classes: int = 3) -> None:
        self.terms, self.task = terms, open_task(4, terms, policy, classes)
        self.moved: list[Transfer] = []
        self._appeal_round: int | None = None

    def happen(self, event: Event) -> None:
        """Raises MoveNotAllowed and changes nothing then."""
        before, done = self.task, step(self.task, event)
        if isinstance(event, Settled):
            agree_on_lines(before, done.task, done.transfers, self.terms, self._appeal_round)
        if isinstance(event, Appealed):
            self._appeal_round = done.task.round
        if done.task.attempt != before.attempt:
            self._appeal_round = None
        self.task = done.task
        self.moved += done.transfers


def play(
    events: Sequence[Event], policy: Policy, terms: Terms, classes: int = 3
) -> tuple[Task, list[Transfer]]:
    """The task after all events, and every transfer."""
    life = Life(policy, terms, classes)
    for event in events:
        life.happen(event)
    return life.task, life.moved


def lease(policy: Policy, terms: Terms, standing: Standing = NEWCOMER, miner: str = "m") -> Leased:
    """A lease for what the policy quotes."""
    return Leased(miner, policy.quote(standing, terms), standing)


def panel(**votes: bool) -> list[Event]:
    """All seats at once, then the votes, then the judgement."""
    cast: list[Event] = [Voted(verifier, accept) for verifier, accept in votes.items()]
    return [PanelSeated(tuple(votes)), *cast, Judged()]


def asked(verifier: str, number: int, standing: Standing = NEWCOMER) -> list[Event]:
    """One blind verifier, who answers with the answer of this number; not judged yet."""
    return [PanelSeated((verifier,)), Voted(verifier, number == 0, number, standing.accuracy)]


def blind_panel(standing: Standing = NEWCOMER, **numbers: int) -> list[Event]:
    """Blind verifiers one after the other, then the judgement."""
    return [*(event for who, said in numbers.items() for event in asked(who, said, standing)), Judged()]


def first(policy: Policy, terms: Terms, standing: Standing = NEWCOMER) -> list[Event]:
    """Leased by "m" and submitted."""
    return [lease(policy, terms, standing), Submitted()]


def got(moved: Sequence[Transfer], address: str) -> str:
    """What a worker has gained, as text."""
    return balances(moved).get(ledger.worker(address), ZERO).text()


def returned(task: Task, moved: Sequence[Transfer]) -> str:
    """What went back to the requester, as text."""
    return balances(moved).get(ledger.requester(task.requester), ZERO).text()


def purses(moved: Sequence[Transfer]) -> dict[str, str]:
    """Every stake and bond that is not zero."""
    found = {party: amount for party, amount in balances(moved).items() if amount}
    return {party: amount.text() for party, amount in found.items() if party.startswith(("stake:", "bond:"))}
