# SPDX-License-Identifier: Apache-2.0
"""No order of events makes or loses money under any policy, and a client derives every settlement alike."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol import ledger
from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage, MoveNotAllowed
from gems_protocol.ledger import balances
from gems_protocol.task import ALLOWED, Task, TaskState, appeal_bond
from gems_protocol.task_events import (
    Appealed,
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
    VerifierMissed,
    Voted,
)
from gems_protocol.verification import NEWCOMER, NotOffered, Policy, Standing, Undecided, policy_of
from gems_protocol.verification.gram import penalty
from tests.helpers.protocol_evidence import EXPERT
from tests.helpers.protocol_play import Life, lease
from tests.helpers.protocol_terms import terms

CERTAIN = Standing(passes=3, gold_right=20, gold=20, grade=4)
COMMISSION = {"commission_ppm": 400_000}
POLICIES = {
    "evidence": policy_of("evidence", {"rounds": 3, **COMMISSION}),
    "consensus": policy_of("consensus", {"rounds": 3, **COMMISSION}),
    "girm": policy_of("girm", {"rounds": 3, **COMMISSION}),
    "gram": policy_of("gram", {"audit_ppm": 200_000, **COMMISSION}),
    "commissioned": policy_of("commissioned", COMMISSION),
    "evidence for the settled": policy_of("evidence", {"rounds": 2, "entry_tasks": 5, **COMMISSION}),
    "consensus for the settled": policy_of("consensus", {"rounds": 2, "entry_tasks": 5, **COMMISSION}),
}
NAMES = ["m", "n", *"abcdefghijklmnopqrstuvwxyz"]
STANDINGS = [NEWCOMER, EXPERT, CERTAIN, Standing(passes=50), Standing(passes=200), Standing(passes=10**6)]
WEIGHTS: dict[type, int] = {
    Cancelled: 1, LeaseExpired: 2, Returned: 1, Judged: 6, Settled: 12, RedoWindowPassed: 2, RedoTaken: 9,
    VerifierMissed: 3,
}  # fmt: skip


def campaign_of(name: str, chance: Random) -> Terms:
    """Terms that fund the policy; stakes may be nothing, little or a lot."""
    vs = chance.choice(["0", "0.1", "0.4", "3"])
    if name == "gram":
        return terms(ms=penalty(Amount.gem("1"), 200_000).exact(), vs=vs)
    dear = name == "girm" or chance.random() < 0.5
    ms = chance.choice(["0", "0.1", "0.5", "2"])
    return terms(ms=ms, vs=vs, z=1 if dear else 5, panel=3 if name == "consensus" else 5)


class Hand:
    """What makes the next event: a sensible one mostly, so that lives go far; senseless ones are refused."""

    def __init__(self, policy: Policy, campaign: Terms, chance: Random) -> None:
        self.policy, self.campaign, self.chance = policy, campaign, chance
        self._truth = (-1, 0)  # of an attempt: which answer most verifiers give

    def event(self, task: Task) -> Event:
        """What happens next."""
        kinds = sorted(ALLOWED[task.state], key=str)
        if task.rules.blind and task.round == 0 and task.state is TaskState.IN_REVIEW:
            # the platform asks one at a time, and nobody once the evidence is enough
            if any(seat.vote is None for seat in task.seats):
                kinds.remove(PanelSeated)
            elif not isinstance(task.rules.judge(task.case()), Undecided):
                return Judged()
        kind = self.chance.choices(kinds, [WEIGHTS.get(kind, 10) for kind in kinds])[0]
        return self._of(kind, task)

    def _of(self, kind: type, task: Task) -> Event:
        chance = self.chance
        waiting = [seat.verifier for seat in task.seats if seat.vote is None] or NAMES
        if kind is Leased:
            return self._lease(chance.choice(NAMES), chance.choice(STANDINGS))
        if kind is Judged:
            return Judged(chance.random() < 0.3)
        if kind is PanelSeated:
            most = 1 if task.rules.blind else task.panel.size - len(task.seats)
            return PanelSeated(tuple(chance.sample(NAMES, chance.randint(1, max(most, 1)))))
        if kind is Voted:
            return self._vote(task, chance.choice(waiting))
        if kind is VerifierMissed:
            return VerifierMissed(chance.choice(waiting))
        if kind is Appealed:
            bond = appeal_bond(task) or ZERO
            return Appealed(chance.choice([bond, bond, bond, ZERO, Amount(1)]))
        if kind is Commissioned:
            return Commissioned(Amount(chance.randint(0, 5) * 10**17 + chance.randint(0, 1)))
        event: Event = kind()
        return event

    def _lease(self, miner: str, standing: Standing) -> Leased:
        try:
            return lease(self.policy, self.campaign, standing, miner)
        except NotOffered:
            return lease(self.policy, self.campaign, CERTAIN, miner)

    def _vote(self, task: Task, verifier: str) -> Voted:
        if self._truth[0] != task.attempt:
            self._truth = (task.attempt, self.chance.choice([0, 0, 1, 1, 2]))
        number = self._truth[1] if self.chance.random() < 0.75 else self.chance.randint(0, 2)
        if task.commission:
            return Voted(verifier, self.chance.random() < 0.4)
        if not task.rules.blind:
            return Voted(verifier, number == 0)
        said = [seat.answer for seat in task.earlier + task.seats]  # wrong answers are numbered as they come
        accuracy = self.chance.choice([NEWCOMER, EXPERT]).accuracy
        number = min(number, 1 + max(said, default=0))
        return Voted(verifier, number == 0, number, accuracy)


def check_money(life: Life) -> None:
    found, task = balances(life.moved), life.task
    assert sum(amount.units for amount in found.values()) == 0
    assert all(transfer.amount > ZERO for transfer in life.moved)
    assert found.get(ledger.escrow(task.campaign_id), ZERO) == -task.spent
    assert task.remaining >= ZERO
    purses = {who: amount for who, amount in found.items() if who.startswith(("stake:", "bond:"))}
    assert all(amount >= ZERO for amount in purses.values())
    if task.is_over or task.state is TaskState.OPEN:
        assert not any(purses.values())
    if task.is_over:
        assert task.remaining == ZERO


def live(name: str, seed: int) -> tuple[Life, Counter[str]]:
    """A whole life under the policy, and how often each kind of thing happened in it."""
    chance = Random(f"{name} {seed}")
    hand = Hand(POLICIES[name], campaign_of(name, chance), chance)
    life, seen = Life(hand.policy, hand.campaign), Counter[str]()
    for _ in range(80):
        if life.task.is_over:
            break
        event = hand.event(life.task)
        try:
            life.happen(event)
        except (MoveNotAllowed, MalformedMessage):
            continue
        check_money(life)
        seen[type(event).__name__] += 1
        seen[life.task.state.value] += 1
        seen["poor"] += life.task.poor
    return life, seen


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_no_order_of_events_makes_or_loses_money(name: str, seed: int) -> None:
    live(name, seed)


@pytest.mark.parametrize("name", POLICIES)
def test_the_lives_go_everywhere(name: str) -> None:
    """The property above says something only if its lives see every end and every detour."""
    policy = POLICIES[name]
    expected = {"Commissioned", "poor", "paid", "cancelled"}
    if policy.name != "commissioned":
        expected |= {"Appealed", "rejected"}
    if policy.blind:
        expected |= {"answered"}
    if policy.has_redo:
        expected |= {"RedoTaken"}
    for seed in range(400):
        expected -= {what for what, times in live(name, seed)[1].items() if times}
        if not expected:
            break
    assert expected == set()
