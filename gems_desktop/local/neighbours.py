# SPDX-License-Identifier: Apache-2.0
"""Practice neighbours: other miners and verifiers with keys of their own, driven by the window's services."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from dataclasses import dataclass, field
from typing import Protocol

from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.local.network import LocalNetwork, Offered
from gems_desktop.services.errors import BatchRefused, PlatformRefused
from gems_desktop.services.facts import ItemState, OutboxItem, ReviewFacts, TaskFacts
from gems_desktop.services.live import LiveSession
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_protocol import canonical
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError

LOG = logging.getLogger("gems_desktop.local")
_SHORTEST_S, _LONGEST_S = 0.5, 4.0
_REVIEWS_AT_ONCE = 10
_BOND_TARGET = Amount.gem("5")


@dataclass(frozen=True, slots=True)
class Habits:
    """How neighbours behave: wrong answers in parts per thousand, tasks that each mines to warm up and at most,
    seconds of rest between two, and whether they take a person's time over a task (pay per hour shows it).
    """

    wrong_answers: int = 60
    warm_up: int = 2
    tasks: int = 6
    rest_s: float = 20.0
    paced: bool = True


class Demand(Protocol):
    """What the neighbourhood is asked for."""

    def votes(self) -> bool: ...
    def work(self) -> bool: ...


@dataclass
class Slips:
    """Misjudgements that the demo plans: `left` wrong votes on work with a stake, whoever casts them, and sentences
    (canonical bytes of a task's data) that everybody misreads in the same way before an appeal.
    """

    left: int = 0
    misread: set[bytes] = field(default_factory=set)

    def take(self) -> bool:
        """Whether this vote is to be wrong."""
        self.left -= 1
        return self.left >= 0


@dataclass
class Neighbour:
    """One practice account at work; every decision comes from a generator that its number seeds."""

    number: int
    session: LiveSession
    offered: dict[str, Offered]
    habits: Habits
    demand: Demand
    slips: Slips
    chance: random.Random = field(init=False)
    votes: int = 0
    rejections: int = 0
    _rested_at: float = 0.0

    def __post_init__(self) -> None:
        self.chance = random.Random(f"gems neighbour {self.number}")  # noqa: S311 - practice, not a secret

    async def run(self) -> None:
        """Work until cancelled: quick while there is something to do, slow while there is not."""
        pause = _SHORTEST_S
        while True:
            try:
                busy = await self.step()
            except GemsError as error:
                LOG.info("neighbour %s: %s", self.number, error.message)
                busy = False
            pause = _SHORTEST_S if busy else min(_LONGEST_S, pause * 1.6)
            await asyncio.sleep(pause * self.chance.uniform(0.8, 1.2))

    async def step(self) -> bool:
        """Do what is there to do once; whether anything was."""
        session = self.session
        busy = await session.sync.pull() > 0
        busy |= await self._do_tasks() > 0
        busy |= await self._let_stand()
        if self.demand.votes():
            busy |= await self._review() > 0
        if self._may_mine():
            busy |= await self._mine()
        return busy

    async def prepare(self) -> None:
        """Let the first earnings fill the bond pocket, for reviews that ask for a stake."""
        facts = await self.session.earnings.facts()
        if facts.bond_target != _BOND_TARGET:
            await self.session.earnings.set_bond_target(_BOND_TARGET)

    async def _review(self) -> int:
        # Refused: nothing to review, or no more trust to give; what is here already is done below.
        with contextlib.suppress(PlatformRefused, BatchRefused):
            await self.session.sync.fetch_reviews(_REVIEWS_AT_ONCE)
        facts = await self.session.review.current()
        decided = 0
        while facts is not None:
            decided += 1
            facts = await self._decide(facts)
        if decided:
            await self.session.review.seal()
            await self.session.sync.flush()
        return decided

    async def _decide(self, facts: ReviewFacts) -> ReviewFacts | None:
        if facts.blind:
            return await self._answer_blind(facts)
        offered = self.offered.get(facts.campaign_id)
        good = offered is None or offered.book.agrees(facts.data, facts.answer)
        slip = bool(facts.stake) and good and self.slips.take()
        accept = good and not slip
        self.votes += 1
        self.rejections += not accept
        if accept:
            return await self.session.review.decide(facts.item_id, "accept")
        note = "This is not what I see."
        return await self.session.review.decide(facts.item_id, "reject", "wrong_label", note)

    async def _answer_blind(self, facts: ReviewFacts) -> ReviewFacts | None:
        """Do the task without having seen the miner's answer; what nobody knows is skipped."""
        task, offered = (
            await self.session.review.open_blind(facts.item_id),
            self.offered.get(facts.campaign_id),
        )
        answer = offered.book.right(task.data) if offered is not None else None
        if offered is not None and not facts.disputed and canonical.dumps(task.data) in self.slips.misread:
            answer = offered.book.wrong(task.data, random.Random(0))  # noqa: S311 - the same for everybody
        if answer is None:
            return await self.session.review.decide(facts.item_id, "skip")
        self.votes += 1
        await self.session.work.record(facts.item_id, {"op": "reset", "answer": answer})
        return await self.session.review.finish_blind(facts.item_id)

    async def _let_stand(self) -> bool:
        """Neighbours agree with every rejection that they cannot make good, so that money moves at once."""
        waiting = [item for item in await self.session.work.outbox() if stands(item)]
        for item in waiting:
            await self.session.work.let_stand(item.item_id)
        return bool(waiting)

    def _may_mine(self) -> bool:
        rested = asyncio.get_running_loop().time() - self._rested_at
        return self.habits.tasks > 0 and (self._rested_at == 0 or rested > self.habits.rest_s)

    async def _mine(self) -> bool:
        """Take one task of the campaign without a stake that has most left, never one of the last two fifths."""
        self._rested_at = asyncio.get_running_loop().time()
        done = len([item for item in await self.session.work.outbox() if item.kind == "work"])
        wanted = done < self.habits.warm_up or (done < self.habits.tasks and self.demand.work())
        if not wanted:
            return False
        shown = await self.session.sync.campaigns(refresh=True)
        free = [
            facts
            for facts in shown
            if facts.campaign_id in self.offered
            and not facts.stake
            and 5 * facts.tasks_open > 2 * facts.tasks_total
        ]
        if not free:
            return False
        try:
            await self.session.sync.fetch_batch(max(free, key=lambda facts: facts.tasks_open).campaign_id, 1)
        except (PlatformRefused, BatchRefused):
            return False
        return await self._do_tasks() > 0

    async def _do_tasks(self) -> int:
        facts: TaskFacts | None = await self.session.work.current()
        done = 0
        while facts is not None:
            offered = self.offered.get(facts.campaign_id)
            if offered is None:
                break
            answer = self._answer(offered, facts)
            if answer is None:
                await self.session.work.give_back(facts.item_id)
                facts = await self.session.work.current()
                continue
            if self.habits.paced:
                await asyncio.sleep(offered.expected_s * self.chance.uniform(0.7, 1.6))
            await self.session.work.record(facts.item_id, {"op": "reset", "answer": answer})
            facts = await self.session.work.finish(facts.item_id)
            done += 1
        if done:
            await self.session.work.seal()
        await self.session.sync.flush()
        return done

    def _answer(self, offered: Offered, facts: TaskFacts) -> list[dict[str, object]] | None:
        careless = not facts.redo_reason and self.chance.randrange(1000) < self.habits.wrong_answers
        wrong = offered.book.wrong(facts.data, self.chance) if careless else None
        return wrong or offered.book.right(facts.data)


def stands(item: OutboxItem) -> bool:
    """Whether a rejection waits for nothing but its miner's word: no second try, no appeal made."""
    rejected = item.kind == "work" and item.state is ItemState.REJECTED
    return rejected and not item.final and not item.redo_until and item.appeal == "open"


class Neighbourhood:
    """All neighbours of a local network, running until `close`."""

    def __init__(self, running: LocalNetwork) -> None:
        self._network = running
        self.neighbours: list[Neighbour] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, habits: Habits, demand: Demand, slips: Slips | None = None) -> None:
        """Open every neighbour's profile; nothing runs yet."""
        running = self._network
        offered = {item.campaign_id: item for item in running.offered}
        for number, name in enumerate(NEIGHBOURS):
            folder = running.state.path("neighbours") / name
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            signer = InProcessSigner(signer_config(folder, running.network), running.keys[name])
            session = await open_session(folder, running.network, signer=signer, profile=name)
            neighbour = Neighbour(number, session, offered, habits, demand, slips or Slips())
            self.neighbours.append(neighbour)

    def run(self) -> None:
        """Let them work."""
        for neighbour in self.neighbours:
            self._tasks.append(asyncio.create_task(self._one(neighbour)))

    async def _one(self, neighbour: Neighbour) -> None:
        while True:
            try:
                await neighbour.session.sync.pull()
                await neighbour.prepare()
                break
            except GemsError as error:
                LOG.info("neighbour %s cannot start yet: %s", neighbour.number, error.message)
                await asyncio.sleep(_LONGEST_S)
        await neighbour.run()

    def failures(self) -> list[BaseException]:
        """Bugs that ended a neighbour."""
        ended = [task for task in self._tasks if task.done() and not task.cancelled()]
        return [error for task in ended if (error := task.exception()) is not None]

    async def close(self) -> None:
        """Stop them and close their profiles."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        for neighbour in self.neighbours:
            await neighbour.session.close()
