# SPDX-License-Identifier: Apache-2.0
"""Worker, hub and contract in any order: what both sides signed is what the chain pays, and no rule is passed.

The contract is the exact model that tests/contracts checks against the contract itself. Vouchers get lost and
come twice, deposits run out, and both sides close.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, ClassVar

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

from gems_protocol import channel as worker_side
from gems_protocol import hub_channel as hub_side
from gems_protocol import unbonding
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import (
    CREDIT_BATCHES,
    DAY_S,
    STAKED_BATCHES,
    Config,
    Debited,
    Reason,
    Refused,
    WorkerChannel,
)
from gems_protocol.hub_channel import Credited, DebitAccepted, HubChannel
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Voucher
from gems_protocol.unbonding import UnbondAccepted, Unbonding, open_step
from tests.contracts.channel_model import ChannelModel
from tests.helpers.protocol_terms import CHANNELS, key, who
from tests.helpers.seeds import caught, seeded, until_all_is_visited

CONFIG = Config(who("payer"), who("signer"), who("worker"), 30 * DAY_S, 1)
_DELAY = 30 * DAY_S
_STEP = Amount(50)
_SEEN = frozenset(
    {
        *(
            "K full",
            "debited",
            "voucher lost",
            "voucher caught up",
            "over the deposit",
            "hub closed",
        ),
        *("worker closed", "refused while closing", "debit submitted", "ended", "claimed"),
        *("unbonded", "whole bond unbonded", "second step refused", "unbonding refused while closing"),
    }
)


class SidesMachine(RuleBasedStateMachine):
    """One channel from its opening to its end."""

    freezes: ClassVar[bool] = True
    visits: ClassVar[Counter[str]] = Counter()

    @initialize(deposit=st.integers(50, 1500), bond=st.integers(0, 300))
    def open(self, deposit: int, bond: int) -> None:
        self.chain, self.now, self.number = ChannelModel(), 0, 0
        self.chain.add(deposit)
        held = Amount(deposit)
        self.worker = WorkerChannel(CONFIG, held, bond_target=Amount(bond))
        self.hub = HubChannel(CONFIG, held, bond_target=Amount(bond))
        self.newest = Voucher(CONFIG.channel_id(), 0, 0, 0)
        self.waiting: list[Line] = []
        self.sent: list[Line] = []
        self.working: list[bytes] = []
        self.judged: list[bytes] = []
        self.vouchered: list[bytes] = []

    def _root(self) -> bytes:
        self.number += 1
        return self.number.to_bytes(32, "big")

    @rule(more=st.integers(1, 800))
    def top_up(self, more: int) -> None:
        if self.chain.add(more):
            self.worker = replace(self.worker, deposit=self.worker.deposit + Amount(more))
            self.hub = replace(self.hub, deposit=self.hub.deposit + Amount(more))

    @rule(stakes=st.lists(st.integers(0, 60), min_size=1, max_size=4))
    def take_batches(self, stakes: list[int]) -> None:
        for stake in stakes:
            covered = stake <= self.worker.bond_free.units or stake == 60  # of those that are not, a few
            self._take(stake if covered else 0)

    def _take(self, stake: int) -> None:
        """The hub gives, the worker takes within its credit and puts a stake."""
        root = self._root()
        full = len(self.hub.unreleased) >= CREDIT_BATCHES
        assert isinstance(hub_side.give(self.hub, root), Refused) == (full or self.hub.closing)
        if full or not self.worker.may_lease:
            self.visits["K full"] += full
            return
        if stake:
            found = worker_side.debit(self.worker, Amount(stake), root)
            if isinstance(found, Refused):
                assert (
                    found.reason is Reason.BOND
                    or self.worker.closing
                    or len(self.worker.staked) >= STAKED_BATCHES
                )
                return
            signature = found.debit.sign(CHANNELS, key("worker"))
            taken = hub_side.accept_debit(self.hub, found.debit, signature, CHANNELS, Amount(stake), root)
            assert isinstance(found, Debited) and isinstance(taken, DebitAccepted)
            self.worker, self.hub = found.channel, taken.channel
            self.visits["debited"] += 1
        given = hub_side.give(self.hub, root)
        if isinstance(given, Refused):
            return
        self.hub = given
        self.worker = worker_side.delivered(self.worker, root)
        self.working.append(root)

    @precondition(lambda self: self.worker.bond_free > ZERO)
    @rule(units=st.integers(1, 60), everything=st.booleans(), paid=st.booleans())
    def unbond(self, units: int, everything: bool, paid: bool) -> None:
        """A step out of the bond, or the whole of it step by step; the hub pays each now or later."""
        for _ in range(8 if everything else 1):
            if not self._step(units):
                return
            if not paid:
                assert self.worker.bond_free == ZERO or not self._step(units)
                return
            self.pay(lost=False)
            self.no_limit_is_passed()
            if self.worker.bond_free == ZERO:
                self.visits["whole bond unbonded"] += 1
                return

    def _step(self, units: int) -> bool:
        """One step; the hub takes exactly what the worker may sign. Whether it was taken."""
        amount = Amount(min(units, self.worker.bond_free.units))
        found = unbonding.unbond(self.worker, amount, _STEP)
        if isinstance(found, Refused):
            self.visits["unbonding refused while closing"] += found.reason is Reason.CLOSING
            self.visits["second step refused"] += found.reason is Reason.STEP_OPEN
            assert self.worker.closing or open_step(self.worker) is not None or amount > _STEP
            return False
        signature = found.debit.sign(CHANNELS, key("worker"))
        for _ in range(2):  # it comes twice
            taken = unbonding.accept_unbond(self.hub, found.debit, signature, CHANNELS, found.line, _STEP)
            if isinstance(taken, Refused):
                assert taken.reason is Reason.CLOSING and self.hub.closing
                return False  # nothing was taken: the worker drops the step
            self.hub = taken.channel
        assert isinstance(found, Unbonding) and isinstance(taken, UnbondAccepted)
        assert taken.line == found.line
        self.worker = found.channel
        self.waiting.append(taken.line)
        self.visits["unbonded"] += 1
        return True

    @precondition(lambda self: self.working)
    @rule(pays=st.lists(st.integers(1, 90), min_size=1, max_size=3), back=st.integers(0, 60))
    def judge(self, pays: list[int], back: int) -> None:
        for pay in pays[: len(self.working)]:
            self._judge(pay, back, pay)

    def _judge(self, pay: int, back: int, which: int) -> None:
        root = self.working.pop(which % len(self.working))
        index = int.from_bytes(root, "big")
        lines = [Line(bytes(32), index, 0, 0, LineKind.REWARD, Amount(pay))]
        if back and root in self.worker.staked:
            lines.append(Line(bytes(32), index, 0, 0, LineKind.STAKE_BACK, Amount(back)))
        self.waiting += lines
        self.worker = worker_side.owe(self.worker, lines)
        self.judged.append(root)

    @rule(lost=st.booleans())
    def pay(self, lost: bool) -> None:
        """The hub vouchers what waits; the worker gets it now or with the next one."""
        hub = self.hub if self.freezes else replace(self.hub, closing=False)
        found = hub_side.credit(hub, self.waiting)
        if isinstance(found, Refused):
            self.visits["over the deposit"] += found.reason is Reason.DEPOSIT
            self.visits["refused while closing"] += found.reason is Reason.CLOSING
            return
        if not found.voucher.seq:
            return  # nothing was ever owed
        self.hub = found.channel
        for root in self.judged:
            self.hub = hub_side.release(self.hub, root)
        self.vouchered, self.judged = [*self.vouchered, *self.judged], []
        self.sent, self.waiting, self.newest = [*self.sent, *found.lines], [], found.voucher
        if lost:
            self.visits["voucher lost"] += bool(found.lines)
            return
        self._deliver(found.voucher)
        again = hub_side.credit(self.hub, found.lines)
        assert isinstance(again, Credited) and (again.voucher, again.lines) == (found.voucher, ())

    def _deliver(self, voucher: Voucher) -> None:
        signature = voucher.sign(CHANNELS, key("signer"))
        closing = bool(self.chain.closing)
        got = worker_side.receive_voucher(
            self.worker, voucher, signature, self.sent, CHANNELS, self.worker.deposit, closing
        )
        if isinstance(got, Refused):
            assert closing and got.reason is Reason.CLOSING
            return
        self.visits["voucher caught up"] += voucher.seq > self.worker.seq + 1
        before, self.worker, self.sent = self.worker, got.channel, []
        for root in self.vouchered:
            self.worker = worker_side.batch_settled(self.worker, root)
        self.vouchered = []
        assert self.worker.pockets == self.hub.pockets
        if before.voucher is not None and before.voucher != voucher:
            assert before.voucher_signature is not None
            old = worker_side.receive_voucher(
                *(
                    self.worker,
                    before.voucher,
                    before.voucher_signature,
                    [],
                    CHANNELS,
                    self.worker.deposit,
                    False,
                )
            )
            assert isinstance(old, Refused) and old.reason is Reason.SEQUENCE

    def _show(self, voucher: Voucher) -> int:
        return self.chain.credit(voucher.paid, voucher.bonded)

    @rule(
        days=st.lists(
            st.tuples(st.integers(0, 60), st.integers(1, 90), st.booleans()), min_size=1, max_size=6
        )
    )
    def work(self, days: list[tuple[int, int, bool]]) -> None:
        """A batch, its verdict and its voucher, day after day."""
        for stake, pay, lost in days:
            self.take_batches([stake])
            if self.working:
                self._judge(pay, stake, 0)
            self.pay(lost)
            self.no_limit_is_passed()

    @precondition(lambda self: self.worker.voucher is not None)
    @rule()
    def claim(self) -> None:
        assert self.worker.voucher is not None
        expected = max(0, min(self.worker.voucher.paid, self.chain.deposit) - self.chain.claimed)
        expected = 0 if self.chain.closing == "closed" else expected
        assert self._show(self.worker.voucher) == expected
        self.visits["claimed"] += expected > 0

    @precondition(lambda self: self.chain.deposit and not self.chain.closing)
    @rule(hub=st.booleans(), sure=st.integers(0, 5))
    def close(self, hub: bool, sure: int) -> None:
        """The hub freezes first and closes with its newest; the worker closes with its best."""
        if sure != 3:
            return  # seldom, so that channels live first
        self.hub = replace(self.hub, closing=True)
        mine = self.newest if hub else self.worker.voucher
        shown = (mine.paid, mine.bonded) if mine else (0, 0)
        assert self.chain.start("hub" if hub else "worker", *shown, self.now + _DELAY) is not None
        self.worker = replace(self.worker, closing=True)
        self.visits["hub closed" if hub else "worker closed"] += 1
        if self.worker.bond_free > ZERO:
            assert not self._step(1), "nothing is unbonded in a channel that closes"

    @precondition(lambda self: self.chain.closing in ("hub", "worker"))
    @rule(wait=st.booleans())
    def while_closing(self, wait: bool) -> None:
        """The tower shows the newest voucher there is, the hub its newest debit; then, perhaps, the end."""
        self._show(self.newest)
        if self.hub.debited > ZERO:
            assert self.chain.debit(self.hub.debited.units)
            self.visits["debit submitted"] += 1
        if not wait:
            return
        self.now += _DELAY
        parts = self.chain.finish(self.now)
        assert parts is not None
        self.visits["ended"] += 1
        agreed = self.hub.pockets.sum - self.hub.debited
        assert not self.chain.cheated, "an honest hub is never punished"
        assert self.chain.to_worker == agreed.units, "the chain pays what both signed"

    @invariant()
    def no_limit_is_passed(self) -> None:
        if not hasattr(self, "worker"):
            return
        worker, hub = self.worker, self.hub
        assert len(worker.delivered) <= CREDIT_BATCHES and len(hub.unreleased) <= CREDIT_BATCHES
        assert len(worker.staked) <= STAKED_BATCHES
        assert worker.pockets.sum - worker.debited <= worker.deposit == Amount(self.chain.deposit)
        assert hub.pockets.sum - hub.debited <= hub.deposit
        assert worker.debited <= worker.pockets.bonded and hub.debited <= hub.pockets.bonded
        assert worker.seq <= hub.seq and worker.pockets.sum <= hub.pockets.sum
        assert worker.debited == hub.debited and worker.unbonded == hub.unbonded
        steps = [line for line in worker.owed if line.kind is LineKind.UNBONDED]
        assert len(steps) <= 1 and all(line.amount <= _STEP for line in steps), "one step is all that is lost"


def run(machine: type[SidesMachine], number: int, **more: Any) -> None:
    """Runs a machine from a seed."""
    chosen = settings(
        max_examples=100,
        stateful_step_count=40,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )
    run_state_machine_as_test(seeded(machine, number), settings=chosen)


def test_whatever_happens_the_chain_pays_what_both_sides_signed() -> None:
    SidesMachine.visits = Counter()
    until_all_is_visited(
        lambda number: run(SidesMachine, number),
        lambda: _SEEN - {name for name, times in SidesMachine.visits.items() if times},
    )


def test_control_a_hub_that_does_not_freeze_before_it_closes_is_punished() -> None:
    for freezes in (True, False):
        played = type("Played", (SidesMachine,), {"freezes": freezes, "visits": Counter()})()
        played.open(deposit=1000, bond=0)
        played.take_batches(stakes=[0, 0])
        played.close(hub=True, sure=3)
        played.judge(pays=[5], back=0)
        played.pay(lost=True)
        if freezes:
            played.while_closing(wait=True)
            continue
        with pytest.raises(AssertionError, match="never punished"):
            played.while_closing(wait=True)


def test_control_a_hub_that_gives_a_fourth_batch_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_side, "CREDIT_BATCHES", CREDIT_BATCHES + 1)
    assert caught(lambda number: run(SidesMachine, number, phases=[Phase.generate]), AssertionError)


def test_control_a_worker_that_signs_steps_ahead_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unbonding, "open_step", lambda _channel: None)
    assert caught(lambda number: run(SidesMachine, number, phases=[Phase.generate]), AssertionError)
