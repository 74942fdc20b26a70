# SPDX-License-Identifier: Apache-2.0
"""One Hypothesis machine over client, platform and channel: closed and opened again after every step, nothing changes.

Money is conserved, nothing acknowledged is lost, nothing is paid twice, counters only grow.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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

from gems_desktop.services.doing import append as _append
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import ClaimState, ItemState
from gems_desktop.services.records import EditRecord
from gems_platform.campaigns import repository as campaigns
from gems_platform.submissions import repository as submissions
from gems_protocol.errors import GemsError
from tests.e2e.flows import mood
from tests.stateful.engine_world import TODO, Facts, Worker, World

LONG = bool(os.environ.get("GEMS_LONG"))
EXAMPLES, STEPS = (1000, 20) if LONG else (8, 14)
HOUR = 3600
WORLD: list[World] = []


class Engine(RuleBasedStateMachine):
    """A worker's life; the model is what was acknowledged."""

    worker: Worker
    facts: Facts

    def __init__(self) -> None:
        super().__init__()
        self.world = WORLD[0]
        self.done: dict[str, list[Any]] = {}
        self.undone: dict[str, list[Any]] = {}
        self.receipts: dict[str, str] = {}
        self.sums = (0, 0, 0, 0)
        self.restarts = self.hours = 0
        self.changed = True  # since the last turn

    def do(self, work: Any) -> Any:
        """A step of the user's; what the world refuses is no bug, and says so in words."""
        try:
            return self.world.run(work)
        except GemsError as error:
            assert error.message
            return error

    @initialize()
    def begin(self) -> None:
        self.worker = self.world.run(self.world.worker())
        self.do(self.worker.lease(False, 2))

    def items(self, *states: ItemState) -> list[str]:
        return sorted(
            item.item_id for item in self.facts.outbox if item.kind == "work" and item.state in states
        )

    def some(self, data: st.DataObject, *states: ItemState) -> str:
        items = self.items(*states)
        return items[data.draw(st.integers(0, len(items) - 1), label="item")]

    def has(self, *states: ItemState) -> bool:
        return bool(self.items(*states))

    @precondition(lambda self: len(self.items(*TODO)) < 3)
    @rule(free=st.booleans(), count=st.integers(1, 2))
    def lease(self, free: bool, count: int) -> None:
        self.do(self.worker.lease(free, count))

    @precondition(lambda self: self.has(*TODO))
    @rule(data=st.data(), wrong=st.booleans())
    def edit(self, data: st.DataObject, wrong: bool) -> None:
        item = self.some(data, *TODO)
        task = self.world.run(self.worker.session.work.open(item))
        answer = mood(task.data, wrong)
        if self.do(self.worker.session.work.record(item, {"op": "reset", "answer": answer})) is None:
            self.done.setdefault(item, []).append(answer)
            self.undone[item] = []

    @precondition(lambda self: self.has(ItemState.DRAFT))
    @rule(data=st.data(), again=st.booleans())
    def undo_or_redo(self, data: st.DataObject, again: bool) -> None:
        item, work = self.some(data, ItemState.DRAFT), self.worker.session.work
        if isinstance(self.do(work.redo(item) if again else work.undo(item)), GemsError):
            return
        source, target = self.done.setdefault(item, []), self.undone.setdefault(item, [])
        if again:
            source, target = target, source
        if source:
            target.append(source.pop())

    @precondition(lambda self: self.has(ItemState.DRAFT))
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        item = self.some(data, ItemState.DRAFT)
        self.do(self.worker.session.work.finish(item))

    @precondition(lambda self: self.has(ItemState.FINISHED, ItemState.SEALED))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        self.do(self.worker.session.work.take_back(self.some(data, ItemState.FINISHED, ItemState.SEALED)))

    @precondition(lambda self: self.has(ItemState.FINISHED))
    @rule()
    def seal(self) -> None:
        self.do(self.worker.session.work.seal())

    @precondition(lambda self: self.has(ItemState.SEALED))
    @rule(fault=st.sampled_from(["", "request lost", "answer lost", "duplicate"]))
    def send(self, fault: str) -> None:
        self.worker.line.path, self.worker.line.fault = "/v1/submissions", fault
        before = {batch.root: batch for batch in self.facts.sealed if not batch.receipt}
        self.do(self.worker.session.sync.flush())
        after = {batch.root for batch in self.world.run(self.worker.facts()).sealed}
        self.changed = True
        late = any(batch.due_at <= self.world.stage.clock.at for batch in before.values())
        assert late or set(before) <= after, "a sealed batch is neither in the outbox nor delivered"

    @precondition(lambda self: self.has(ItemState.DELIVERED))
    @rule(misread=st.booleans())
    def judge(self, misread: bool) -> None:
        self.changed = True
        self.world.run(self.worker.judge(misread))

    @precondition(lambda self: any(item.appeal == "open" for item in self.facts.outbox))
    @rule(appeals=st.booleans())
    def answer_a_rejection(self, appeals: bool) -> None:
        item = next(item.item_id for item in self.facts.outbox if item.appeal == "open")
        work = self.worker.session.work
        self.do(work.appeal(item, "It is right.") if appeals else work.let_stand(item))

    @precondition(lambda self: self.facts.earnings.claimable.units > 0)
    @rule(fault=st.sampled_from(["", "request lost", "answer lost", "duplicate"]))
    def claim(self, fault: str) -> None:
        self.changed = True
        quote = self.do(self.worker.session.earnings.quote_claim())
        if isinstance(quote, GemsError):
            return
        self.worker.line.path, self.worker.line.fault = "/v1/relay/claims", fault
        self.do(self.worker.session.earnings.claim(quote))

    @precondition(lambda self: self.changed)
    @rule()
    def turn(self) -> None:
        self.do(self.worker.turn())
        self.changed = False

    @precondition(lambda self: self.hours < 150)
    @rule(hours=st.sampled_from([1, 20, 100]))
    def time_passes(self, hours: int) -> None:
        self.hours += hours
        self.changed = True
        self.world.stage.clock.at += hours * HOUR
        self.world.run(self.world.stage.tick())

    @precondition(lambda self: not self.restarts)
    @rule()
    def platform_restarts(self) -> None:
        self.restarts += 1
        self.world.run(self.world.restart())

    @invariant()
    def is_the_same_after_closing_and_opening(self) -> None:
        if not hasattr(self, "worker"):
            return
        before = self.world.run(self.worker.facts())
        self.world.run(self.worker.reopen())
        self.facts = self.world.run(self.worker.facts())
        assert self.facts == before

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        if not hasattr(self, "worker"):
            return
        drafts = {draft[0]: draft[1:] for draft in self.facts.drafts}
        for item, (answer, edits, undone) in drafts.items():
            assert (edits, undone) == (len(self.done.get(item, [])), len(self.undone.get(item, [])))
            assert not self.done.get(item) or answer == self.done[item][-1]
        there = self.facts.receipts
        assert {root: there.get(root) for root in self.receipts} == self.receipts, "a receipt was lost"
        self.receipts = there

    @invariant()
    def money_is_conserved(self) -> None:
        if not hasattr(self, "worker"):
            return
        facts, moved = self.facts.earnings, self.worker.moved()
        twice = [what for what, count in Counter(what for what, _ in moved).items() if count > 1]
        assert not twice, f"paid twice: {twice}"
        for offered in (self.worker.campaign, self.worker.free):
            self.world.run(self._books(offered))
        wallet, claimed, deposit = self.world.run(self.worker.on_chain())
        assert facts.difference is None, facts.difference
        assert facts.claimed.units <= claimed <= facts.paid.units <= deposit or not deposit
        arrived = [claim for claim in facts.claims if claim.state is ClaimState.CLAIMED]
        under_way = [
            claim for claim in facts.claims if claim.state not in (ClaimState.CLAIMED, ClaimState.FAILED)
        ]
        if not under_way:
            assert claimed == sum(claim.amount.units for claim in arrived)
            assert wallet == claimed - sum(claim.fee.units for claim in arrived)
        voucher = self.facts.voucher
        paid, seq = (voucher.paid.units, voucher.seq) if voucher else (0, 0)
        sums = (paid, seq, claimed, facts.paid.units)
        assert all(old <= new for old, new in zip(self.sums, sums, strict=True)), (self.sums, sums)
        self.sums = sums

    async def _books(self, offered: Any) -> None:
        found: Counter[str] = Counter()
        with self.world.stage.running.platform.app.state.context.db.read() as session:
            for row in campaigns.transfers(session, offered.campaign_id):
                found[row.source] -= row.amount
                found[row.target] += row.amount
        assert sum(found.values()) == 0

    def teardown(self) -> None:
        if hasattr(self, "worker"):
            self.world.run(self.worker.session.close())


@pytest.fixture(scope="module", autouse=True)
def world() -> Iterator[World]:
    fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - durability is proven elsewhere
    with tempfile.TemporaryDirectory(dir=fast) as folder:
        made = World(Path(folder))
        WORLD.append(made)
        yield made
        WORLD.pop()
        made.close()


def _run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Engine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),
        ),
    )


def test_engine() -> None:
    _run(EXAMPLES, STEPS)


@pytest.mark.parametrize("kind", ["edit", pytest.param("undo", marks=pytest.mark.long)])
def test_control_a_line_that_is_not_kept_is_found(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets(tx: Any, item_id: str, what: str, edit: dict[str, Any], now: int) -> None:
        if what != kind or (kind == "edit" and not tx.count(EditRecord, item_id=item_id)):
            _append(tx, item_id, what, edit, now)

    monkeypatch.setattr("gems_desktop.services.work.append", forgets)
    with pytest.raises(AssertionError):
        _run(100, STEPS)


@pytest.mark.long
def test_control_a_platform_that_forgets_what_it_answered_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(submissions, "repeated", lambda *_: None)
    with pytest.raises((AssertionError, NothingToDo)):
        _run(200, STEPS)
