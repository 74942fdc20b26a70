# SPDX-License-Identifier: Apache-2.0
"""Any order of calls on Campaigns against an exact model: what went in is what was paid, returned or held."""

import os
from contextlib import ExitStack
from dataclasses import dataclass

import boa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.contracts.world import DAY, deployed, now

_LONG = os.environ.get("GEMS_LONG") == "1"
_EXIT = DAY + 2 * DAY
_ENDS = 5 * DAY

campaigns = st.integers(0, 1)


@dataclass
class _Campaign:
    funded: int = 0
    redeemed: int = 0
    exit: int = 0
    done: bool = False

    @property
    def held(self) -> int:
        return 0 if self.done else self.funded - self.redeemed


class CampaignsMachine(RuleBasedStateMachine):
    """Two campaigns of one requester and one hub; a task costs 10 + 2 * 1 * 2 = 14 base units."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(boa.env.anchor())
        self.ends = now() + _ENDS
        self.terms = [
            _world.terms(
                mr=10,
                floor=2,
                z=10,
                panel=1,
                quorum=1,
                rounds=2,
                redo=DAY,
                window=DAY,
                ends=self.ends,
                salt=bytes([salt]) * 32,
            )
            for salt in range(2)
        ]
        self.models = [_Campaign(), _Campaign()]
        self.start = _world.balance(_world.requester)
        self.paid_by_others = 0

    def teardown(self) -> None:
        self.stack.close()

    @rule(i=campaigns, tasks=st.integers(1, 5), other=st.booleans())
    def fund(self, i: int, tasks: int, other: bool) -> None:
        model = self.models[i]
        sender = (_world.payer if other else _world.requester).address
        if model.exit or (model.funded == 0 and now() >= self.ends):
            with boa.reverts():
                _world.campaigns.fund(self.terms[i].row(), tasks, sender=sender)
            return
        model.funded += 14 * tasks
        self.paid_by_others += 14 * tasks * other
        assert _world.campaigns.fund(self.terms[i].row(), tasks, sender=sender) == model.funded // 14

    @rule(i=campaigns, spent=st.integers(0, 200), forged=st.booleans())
    def redeem(self, i: int, spent: int, forged: bool) -> None:
        model = self.models[i]
        call = _world.spend(self.terms[i], spent, spent, _world.relayer if forged else None)
        if forged:
            with boa.reverts("Campaigns: bad spend"):
                _world.campaigns.redeem(*call)
            return
        amount = 0 if model.done else max(0, min(spent, model.funded) - model.redeemed)
        model.redeemed += amount
        assert _world.campaigns.redeem(*call) == amount

    @rule(i=campaigns)
    def start_withdraw(self, i: int) -> None:
        model = self.models[i]
        sender = _world.requester.address
        if model.funded == 0 or model.exit or now() < self.ends:
            with boa.reverts():
                _world.campaigns.start_withdraw(self.terms[i].row(), sender=sender)
            return
        _world.campaigns.start_withdraw(self.terms[i].row(), sender=sender)
        model.exit = now() + _EXIT

    @rule(i=campaigns)
    def finish_withdraw(self, i: int) -> None:
        model = self.models[i]
        if not model.exit or model.done or now() < model.exit:
            with boa.reverts():
                _world.campaigns.finish_withdraw(self.terms[i].row())
            return
        assert _world.campaigns.finish_withdraw(self.terms[i].row()) == model.held
        model.done = True

    @rule(days=st.sampled_from([1, 3, 5]))
    def wait(self, days: int) -> None:
        _world.env.time_travel(seconds=days * DAY)

    @invariant()
    def nothing_is_lost_or_made(self) -> None:
        redeemed = sum(model.redeemed for model in self.models)
        held = sum(model.held for model in self.models)
        assert _world.balance(_world.campaigns) == held
        assert _world.balance(_world.relayer) == redeemed
        assert _world.balance(_world.requester) + redeemed + held == self.start + self.paid_by_others

    @invariant()
    def the_contract_says_what_the_model_says(self) -> None:
        for terms, model in zip(self.terms, self.models, strict=True):
            name = terms.id()
            assert _world.campaigns.funded(name) == model.funded
            assert _world.campaigns.redeemed(name) == model.redeemed <= model.funded
            assert _world.campaigns.exits(name) == (2**256 - 1 if model.done else model.exit)


def test_no_order_of_calls_loses_a_unit() -> None:
    """The machine, on one deployment; GEMS_LONG=1 makes it look much longer."""
    from hypothesis.stateful import run_state_machine_as_test

    global _world
    with deployed() as _world:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            CampaignsMachine,
            settings=settings(
                max_examples=300 if _LONG else 20,
                stateful_step_count=40 if _LONG else 25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
