# SPDX-License-Identifier: Apache-2.0
"""Signed messages about a few tasks of two small campaigns, each signed once for all runs of the stateful test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eth_account.signers.local import LocalAccount

from gems_protocol.messages import Panel, Receipt, Vote
from tests.contracts.dispute import ALONE, MINER, NO_SIG, Row, Task, low, verifiers
from tests.contracts.signing import key
from tests.contracts.world import DAY, Terms, World, now

CAMPAIGNS = 2
OTHER_MINER = key("other miner")
# The last is beyond what the campaigns are funded with at first.
SLOTS = ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (22, 0))
_SIZES = ((3, 7, 7, 7), (1, 3, 7, 7))


class Evidence:
    """Two campaigns: A with panels of 3, 7, 7; B with 1 and 3, and an arbiter. A verification pays 4."""

    def __init__(self, world: World) -> None:
        self.world, self.start = world, now()
        self.arbiter = key("arbiter")
        shared: dict[str, Any] = {"hub": world.payer.address, "mr": 20, "floor": 4, "z": 10}
        shared |= {"redo": DAY, "window": DAY, "ends": now() + 8 * DAY}
        self.terms: list[Terms] = [
            world.terms(**shared, panel=3, quorum=2, rounds=3),
            world.terms(**shared, panel=1, quorum=1, rounds=2, arbiter=self.arbiter.address),
        ]
        self._kept: dict[Any, Any] = {}
        self._accounts: dict[str, LocalAccount] = {one.address: one for one in verifiers(60)}
        self._accounts[MINER.address] = MINER
        self._accounts[OTHER_MINER.address] = OTHER_MINER

    def _once(self, name: Any, make: Callable[[], Any]) -> Any:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def task(self, c: int, where: tuple[int, int]) -> Task:
        """One attempt. At index 0 the second one is the same miner's redo, assigned at the full reward."""
        index, attempt = where

        def make() -> Task:
            miner = OTHER_MINER if attempt and index else MINER
            reward = 16 if attempt and index else 20
            facts: dict[str, Any] = {"reward": reward, "stake": 5, "due": self.start + DAY}
            return Task(self.world, self.terms[c], index, attempt, miner, **facts)

        return self._once(("task", c, where), make)  # type: ignore[no-any-return]

    def twin(self, number: int, c: int, where: tuple[int, int]) -> Task:
        """The same attempt (0), given once more to the other miner, for 7 or for 8."""
        if not number:
            return self.task(c, where)
        make = self.task(c, where).but(miner=OTHER_MINER, reward=6 + number)
        return self._once(("twin", number, c, where), lambda: make)  # type: ignore[no-any-return]

    def panel(self, c: int, round_: int, group: int) -> list[LocalAccount]:
        """Who sits: other people in each round, but in group 1 the last one is of the round before."""
        size = _SIZES[c][round_]
        people = verifiers(size, 10 * round_)
        if group and round_:
            people = sorted(
                [*people[1:], self.panel(c, round_ - 1, 0)[-1]], key=lambda one: int(one.address, 16)
            )
        return people

    def verdict(self, slot: tuple[int, Any], round_: int, group: int, accept: bool, count: int) -> Row:
        """Votes of the last `count` seats."""
        panel = self.panel(slot[0], round_, group)
        seats = range(len(panel))[len(panel) - count :]
        task = self.task(*slot)
        name = ("verdict", slot, round_, group, accept, count)
        return self._once(name, lambda: task.verdict(panel, round_, accept, seats))  # type: ignore[no-any-return]

    def given(self, slot: tuple[int, Any]) -> Row:
        """Terms, assignment and work."""
        task = self.task(*slot)
        make = lambda: (task.terms.row(), *task.given, task.work)  # noqa: E731
        return self._once(("given", slot), make)  # type: ignore[no-any-return]

    def receipt(self, slot: tuple[int, Any], received_at: int) -> Row:
        """The hub's, if it gave one."""
        task = self.task(*slot)
        if not received_at:
            return NO_SIG
        message = Receipt(task.submission.struct_hash(), received_at)
        return self._once(("receipt", slot), lambda: task.sig(message, task.hub))  # type: ignore[no-any-return]

    def release(self, slot: tuple[int, Any], who: str) -> tuple[Row, Row]:
        """A recipient's."""
        task = self.task(*slot)
        by = self._accounts[who]
        return self._once(("release", slot, who), lambda: task.release(by))  # type: ignore[no-any-return]

    def bill(self, slot: tuple[int, Any], spent: int) -> Row:
        """The hub's, with this task and another one on it."""
        task = self.task(*slot)
        keys = [task.key, self.task(slot[0], SLOTS[2] if slot[1] != SLOTS[2] else SLOTS[0]).key]
        return self._once(("bill", slot, spent), lambda: task.bill(spent, keys))  # type: ignore[no-any-return]

    def spend(self, c: int, spent: int, forged: bool) -> Any:
        """The requester's, or somebody else's."""
        by = self.world.relayer if forged else None
        return self._once(("spend", c, spent, forged), lambda: self.world.spend(self.terms[c], spent, 1, by))

    def answer(self, slot: tuple[int, Any]) -> Row:
        """A panel of three that does not accept: arguments of answer_votes behind the task."""
        task, panel = self.task(*slot), verifiers(3)
        where = (task.terms.id(), task.index, task.attempt)
        names = [low(one) for one in panel]

        def make() -> Row:
            vote = Vote(*where, 0, task.result, False)
            rows = [(seat, task.result, False, ALONE, task.sig(vote, panel[seat])) for seat in (0, 2)]
            sig = task.sig(Panel(*where, 0, tuple(names)), task.hub)
            return task.hub.address, 0, names, sig, rows

        return self._once(("answer", slot), make)  # type: ignore[no-any-return]
