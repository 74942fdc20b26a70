# SPDX-License-Identifier: Apache-2.0
"""Any order of calls on Channels, by anybody, against the exact model: I1 to I6 after every step."""

import os
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from typing import ClassVar

import boa
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.contracts.channel_model import SITUATIONS, Books, ChannelModel
from tests.contracts.signing import NO_SIG, key
from tests.contracts.world import DAY, Config, World, now
from tests.helpers.seeds import caught, seeded, until_all_is_visited

_LONG = os.environ.get("GEMS_LONG") == "1"
_DELAY = 7 * DAY
_WORKERS = [key(f"machine worker {i}") for i in range(3)]
# The first two channels share both sides and differ by the salt alone.
_WHO = (0, 0, 1, 2)

channels = st.integers(0, len(_WHO) - 1)
amounts = st.integers(0, 120)
# Small beside the deposits, so that bonds are covered; and in part above what a bond can be.
bonds = st.integers(0, 40)
# One in six calls goes to any channel at all; the others to one in which they do something.
stray = st.integers(0, 5).map(lambda number: number == 0)


@dataclass(frozen=True)
class End:
    """One way to the end of a channel: who starts with what, what is shown and debited then, and if it finishes."""

    i: int
    paid: int
    bonded: int
    by: str
    nothing: bool
    higher: tuple[int, int] | None
    debited: int | None
    finish: bool


ends = st.builds(
    End,
    i=channels,
    paid=st.integers(0, 60),
    bonded=bonds,
    by=st.sampled_from(["hub", "worker", "relayer"]),
    nothing=stray,
    higher=st.none() | st.tuples(st.integers(60, 200), st.integers(40, 90)),
    debited=st.none() | st.integers(1, 50),
    finish=st.booleans(),
)


class ChannelsMachine(RuleBasedStateMachine):
    """Four channels of one payer, small amounts, all functions, good and bad signatures."""

    world: ClassVar[World]
    model: ClassVar[type[ChannelModel]] = ChannelModel
    visits: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(boa.env.anchor())
        self.configs = [self.world.config(_WORKERS[who], salt, _DELAY) for salt, who in enumerate(_WHO)]
        self.books = Books([self.model() for _ in _WHO])
        self.payer_start = self.world.balance(self.world.payer)

    def teardown(self) -> None:
        self.stack.close()

    def _row(
        self, i: int, paid: int, bonded: int, forged: bool
    ) -> tuple[Config, tuple[int, int, int], object]:
        by = self.world.relayer if forged else None
        return self.world.voucher(self.configs[i], paid, bonded, paid + bonded, by)

    def _one(self, i: int, stray: bool, *states: str) -> int:
        """The channel `i`, or rather one in these states (as the model's `closing`) if there is one."""
        fit = [n for n, model in enumerate(self.books.channels) if model.closing in states and model.deposit]
        return i if stray or not fit else fit[i % len(fit)]

    @initialize(first=st.lists(st.integers(50, 150), min_size=3, max_size=3))
    def open(self, first: list[int]) -> None:
        self.deposit(list(enumerate(first)))

    @rule(rows=st.lists(st.tuples(channels, st.integers(1, 100)), min_size=1, max_size=3))
    def deposit(self, rows: list[tuple[int, int]]) -> None:
        """One deposit for each row: the salts differ, so they cannot share a call."""
        for i, amount in rows:
            if self.books.channels[i].add(amount):
                self.world.deposit(self.configs[i], amount)
                self.books.move("payer", -amount)
            else:
                with boa.reverts("Channels: closing or closed"):
                    self.world.deposit(self.configs[i], amount)

    @rule(rows=st.lists(st.tuples(channels, amounts, bonds, st.booleans()), min_size=1, max_size=3))
    def claim(self, rows: list[tuple[int, int, int, bool]]) -> None:
        """Mostly of channels that are not closing, lest every hub is a cheat."""
        self._claim([(self._one(i, forged, ""), paid, bonded, forged) for i, paid, bonded, forged in rows])

    def _claim(self, rows: list[tuple[int, int, int, bool]]) -> None:
        signed = [self._row(*row) for row in rows]
        wanted = [
            0 if forged else self.books.channels[i].credit(paid, bonded) for i, paid, bonded, forged in rows
        ]
        for (i, *_), amount in zip(rows, wanted, strict=True):
            self.books.move(_WORKERS[_WHO[i]].address, amount)
        if len(rows) == 1:
            assert self.world.channels.claim(*signed[0]) == wanted[0]
        else:
            self.world.channels.claim_many(*[list(column) for column in zip(*signed, strict=True)])

    @rule(i=channels, paid=amounts, bonded=bonds, fee=st.integers(0, 20), stale=st.integers(0, 3))
    def claim_auth(self, i: int, paid: int, bonded: int, fee: int, stale: int) -> None:
        model, worker = self.books.channels[i], _WORKERS[_WHO[i]]
        gain = model.gain(paid)
        auth, wsig = self.world.claim_auth(
            self.configs[i], model.claimed + (stale == 0), fee, to=worker.address, by=worker
        )
        call = (*self._row(i, paid, bonded, False), auth, wsig)
        sender = self.world.relayer.address
        if stale == 0 or gain == 0 or gain < fee:
            with boa.reverts():
                self.world.channels.claim_auth(*call, sender=sender)
            return
        assert self.world.channels.claim_auth(*call, sender=sender) == gain == model.credit(paid, bonded)
        self.books.move(worker.address, gain - fee)
        self.books.move("relayer", fee)

    @rule(i=channels, up_to=amounts)
    def push(self, i: int, up_to: int) -> None:
        _, signer, worker, delay, salt = self.configs[i]
        self.world.channels.push_many(signer, delay, salt, [worker], [up_to], sender=self.world.payer.address)
        self.books.move(worker, self.books.channels[i].credit(up_to, 0, voucher=False))

    @rule(
        i=channels,
        off=stray,
        paid=amounts,
        bonded=bonds,
        hub=st.booleans(),
        none=st.integers(0, 3).map(bool),
    )
    def start_close(self, i: int, off: bool, paid: int, bonded: int, hub: bool, none: bool) -> None:
        i, none = self._one(i, off, ""), not none
        row = (self.configs[i], (0, 0, 0), NO_SIG) if none else self._row(i, paid, bonded, False)
        sender = self.world.payer.address if hub else self.configs[i][2]
        shown = (0, 0) if none else (paid, bonded)
        amount = self.books.channels[i].start("hub" if hub else "worker", *shown, now() + _DELAY)
        if amount is None:
            with boa.reverts():
                self.world.channels.start_close(*row, sender=sender)
            return
        self.world.channels.start_close(*row, sender=sender)
        self.books.move(self.configs[i][2], amount)

    @rule(i=channels, off=stray, paid=amounts, bonded=bonds, fee=st.integers(0, 20), forged=stray, none=stray)
    def close_auth(
        self, i: int, off: bool, paid: int, bonded: int, fee: int, forged: bool, none: bool
    ) -> None:
        i = self._one(i, off, "")
        model, worker = self.books.channels[i], _WORKERS[_WHO[i]]
        paid, bonded = (0, 0) if none else (paid, bonded)
        row = (self.configs[i], (0, 0, 0), NO_SIG) if none else self._row(i, paid, bonded, False)
        by = self.world.payer if forged else worker
        call = (*row, *self.world.close_auth(self.configs[i], fee, by=by))
        sender = self.world.relayer.address
        if forged or model.closing or not model.deposit or model.gain(paid) < fee:
            with boa.reverts():
                self.world.channels.close_auth(*call, sender=sender)
            return
        amount = model.start("worker", paid, bonded, now() + _DELAY)
        assert self.world.channels.close_auth(*call, sender=sender) == amount is not None
        self.books.move(worker.address, amount - fee)
        self.books.move("relayer", fee)

    @precondition(lambda self: any(model.closing for model in self.books.channels))
    @rule(i=channels, off=stray, debited=st.integers(0, 50), forged=stray)
    def submit_debit(self, i: int, off: bool, debited: int, forged: bool) -> None:
        i = self._one(i, off, "hub", "worker")
        by = self.world.signer if forged else _WORKERS[_WHO[i]]
        call = self.world.debit(self.configs[i], debited, by)
        if forged or not self.books.channels[i].debit(debited):
            with boa.reverts():
                self.world.channels.submit_debit(*call)
            return
        self.world.channels.submit_debit(*call)

    @rule(i=channels, off=stray)
    def finish_close(self, i: int, off: bool) -> None:
        i = self._one(i, off, "hub", "worker")
        parts = self.books.channels[i].finish(now())
        if parts is None:
            with boa.reverts():
                self.world.channels.finish_close(self.configs[i])
            return
        self.world.channels.finish_close(self.configs[i])
        self.books.move(self.configs[i][2], parts[0])
        self.books.move("payer", parts[1])

    @rule(several=st.lists(ends, min_size=1, max_size=3))
    def end(self, several: list[End]) -> None:
        """The steps of an end one after the other, which rules drawn one by one seldom come to."""
        for wanted in several:
            fit = [n for n, model in enumerate(self.books.channels) if model.deposit and not model.closing]
            if not fit:
                return
            i = fit[wanted.i % len(fit)]
            if wanted.by == "relayer":
                self.close_auth(i, True, wanted.paid, wanted.bonded, 0, False, wanted.nothing)
            else:
                self.start_close(i, True, wanted.paid, wanted.bonded, wanted.by == "hub", not wanted.nothing)
            if wanted.higher is not None:
                self._claim([(i, *wanted.higher, False)])
            if wanted.debited is not None:
                self.submit_debit(i, True, wanted.debited, False)
            self.what_is_visited_is_counted()
            if wanted.finish:
                self.world.env.time_travel(seconds=_DELAY)
                self.finish_close(i, True)

    @precondition(lambda self: any(channel.closing for channel in self.books.channels))
    @rule(days=st.sampled_from([1, 7]))
    def wait(self, days: int) -> None:
        self.world.env.time_travel(seconds=days * DAY)

    @invariant()
    def the_contract_holds_what_it_owes(self) -> None:
        assert self.world.balance(self.world.channels) == self.books.held

    @invariant()
    def everybody_has_what_the_books_say(self) -> None:
        world, books = self.world, self.books.balances
        assert world.balance(world.payer) == self.payer_start + books.get("payer", 0)
        assert world.balance(world.relayer) == books.get("relayer", 0)
        for worker in _WORKERS:
            assert world.balance(worker) == books.get(worker.address, 0)

    @invariant()
    def the_counters_are_those_of_the_model(self) -> None:
        for config, model in zip(self.configs, self.books.channels, strict=True):
            assert self.world.channel(config) == (model.deposit, model.claimed, model.word())
            assert model.claimed <= model.deposit

    @invariant()
    def what_is_visited_is_counted(self) -> None:
        for model in self.books.channels:
            self.visits.update(model.situations(now()))

    @invariant()
    def no_worker_gets_more_than_was_signed(self) -> None:
        for model in self.books.channels:
            if not model.cheated:
                bond = max(0, model.best_bonded - model.debited) if model.closing == "closed" else 0
                assert model.to_worker <= model.best_paid + bond


def run(machine: type[ChannelsMachine], number: int, examples: int, steps: int, **more: object) -> None:
    """Runs a machine from a seed; shrinking or not as `more` says."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        **more,  # type: ignore[arg-type]
    )
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine if _LONG else seeded(machine, number), settings=chosen
    )


def test_no_order_of_calls_breaks_the_books_and_every_situation_is_visited(world: World) -> None:
    """The machine, on one deployment; GEMS_LONG=1 makes it look much longer."""
    ChannelsMachine.world, ChannelsMachine.visits = world, Counter()
    until_all_is_visited(
        lambda number: run(ChannelsMachine, number, 400 if _LONG else 25, 60 if _LONG else 25),
        lambda: SITUATIONS - ChannelsMachine.visits.keys(),
    )
    assert ChannelsMachine.visits.keys() <= SITUATIONS


class NoPenalty(ChannelModel):
    """Wrong: a hub that hides a voucher loses nothing."""

    def credit(self, paid: int, bonded: int, voucher: bool = True) -> int:
        amount = super().credit(paid, bonded, voucher)
        self.cheated = False
        return amount


class NoDebits(ChannelModel):
    """Wrong: what a worker owes is not taken off its bond."""

    def debit(self, debited: int) -> bool:
        found = super().debit(debited)
        self.debited = 0
        return found


class OpenAgain(ChannelModel):
    """Wrong: a closed channel takes deposits."""

    def add(self, amount: int) -> bool:
        if self.closing == "closed":
            self.closing = ""
        return super().add(amount)


@pytest.mark.parametrize("wrong", [NoPenalty, NoDebits, OpenAgain])
def test_control_a_wrong_model_is_caught(world: World, wrong: type[ChannelModel]) -> None:
    broken = type("Broken", (ChannelsMachine,), {"world": world, "model": wrong, "visits": Counter()})
    faults = (AssertionError, boa.BoaError)
    assert caught(lambda number: run(broken, number, 25, 25, phases=[Phase.generate]), *faults)
