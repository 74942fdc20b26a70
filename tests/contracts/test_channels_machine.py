# SPDX-License-Identifier: Apache-2.0
"""Any order of calls on Channels, by anybody, against the exact model: I1 to I6 after every step."""

import os
from contextlib import ExitStack

import boa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.contracts.channel_model import Books, ChannelModel
from tests.contracts.signing import NO_SIG, key
from tests.contracts.world import DAY, Config, deployed, now

_LONG = os.environ.get("GEMS_LONG") == "1"
_DELAY = 7 * DAY
_WORKERS = [key(f"machine worker {i}") for i in range(3)]
# The first two channels share both sides and differ by the salt alone.
_WHO = (0, 0, 1, 2)

channels = st.integers(0, len(_WHO) - 1)
amounts = st.integers(0, 120)


class ChannelsMachine(RuleBasedStateMachine):
    """Four channels of one payer, small amounts, all functions, good and bad signatures."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(boa.env.anchor())
        self.world = _world
        self.configs = [_world.config(_WORKERS[who], salt, _DELAY) for salt, who in enumerate(_WHO)]
        self.books = Books([ChannelModel() for _ in _WHO])
        self.payer_start = _world.balance(_world.payer)

    def teardown(self) -> None:
        self.stack.close()

    def _row(
        self, i: int, paid: int, bonded: int, forged: bool
    ) -> tuple[Config, tuple[int, int, int], object]:
        by = self.world.relayer if forged else None
        return self.world.voucher(self.configs[i], paid, bonded, paid + bonded, by)

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

    @rule(rows=st.lists(st.tuples(channels, amounts, amounts, st.booleans()), min_size=1, max_size=3))
    def claim(self, rows: list[tuple[int, int, int, bool]]) -> None:
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

    @rule(i=channels, paid=amounts, bonded=amounts, fee=st.integers(0, 20), stale=st.integers(0, 3))
    def claim_auth(self, i: int, paid: int, bonded: int, fee: int, stale: int) -> None:
        model, worker = self.books.channels[i], _WORKERS[_WHO[i]]
        gain = 0 if model.closing == "closed" else max(0, min(paid, model.deposit) - model.claimed)
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

    @rule(i=channels, paid=amounts, bonded=amounts, hub=st.booleans(), none=st.booleans())
    def start_close(self, i: int, paid: int, bonded: int, hub: bool, none: bool) -> None:
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

    @rule(i=channels, debited=amounts, forged=st.booleans())
    def submit_debit(self, i: int, debited: int, forged: bool) -> None:
        model = self.books.channels[i]
        by = self.world.signer if forged else _WORKERS[_WHO[i]]
        call = self.world.debit(self.configs[i], debited, by)
        if forged or model.closing not in ("hub", "worker"):
            with boa.reverts():
                self.world.channels.submit_debit(*call)
            return
        self.world.channels.submit_debit(*call)
        model.debited = max(model.debited, debited)

    @rule(i=channels)
    def finish_close(self, i: int) -> None:
        parts = self.books.channels[i].finish(now())
        if parts is None:
            with boa.reverts():
                self.world.channels.finish_close(self.configs[i])
            return
        self.world.channels.finish_close(self.configs[i])
        self.books.move(self.configs[i][2], parts[0])
        self.books.move("payer", parts[1])

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
    def no_worker_gets_more_than_was_signed(self) -> None:
        for model in self.books.channels:
            if not model.cheated:
                bond = max(0, model.best_bonded - model.debited) if model.closing == "closed" else 0
                assert model.to_worker <= model.best_paid + bond


def test_no_order_of_calls_breaks_the_books() -> None:
    """The machine, on one deployment; GEMS_LONG=1 makes it look much longer."""
    from hypothesis.stateful import run_state_machine_as_test

    global _world
    with deployed() as _world:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            ChannelsMachine,
            settings=settings(
                max_examples=400 if _LONG else 25,
                stateful_step_count=60 if _LONG else 30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
