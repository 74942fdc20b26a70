# SPDX-License-Identifier: Apache-2.0
"""What happens by itself: time running out, verdicts that are due, vouchers, and the chain."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.channels import days
from gems_platform.channels import repository as channels
from gems_platform.channels import service as channel_service
from gems_platform.channels.treasury import Treasury
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import ChainDown
from gems_platform.events import repository as events
from gems_platform.reviews import drawing, judging, settling
from gems_platform.reviews import repository as reviews
from gems_platform.reviews import service as review_service
from gems_platform.reviews.tables import SeatRow
from gems_platform.settings import Settings
from gems_platform.tasks import moves
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow
from gems_platform.trust import weights
from gems_protocol.task_events import LeaseExpired

LOG = logging.getLogger("gems_platform")


class FollowsUp(Protocol):
    """Who has something under way on chain."""

    async def follow_up(self) -> None:
        """Everything that is due; raises ChainDown at the end: one that fails holds up no other."""
        ...


class Ticker:
    """Runs `tick` every second or as soon as it is woken; tests call `tick` themselves."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        clock: Clock,
        treasury: Treasury,
        relays: Sequence[FollowsUp],
    ) -> None:
        """relays: what goes on with its own affairs on chain at each tick, in this order."""
        self._settings, self._db, self._clock = settings, db, clock
        self._treasury, self._relays = treasury, tuple(relays)
        self._one = asyncio.Lock()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._fault = ""
        self._stuck: set[str] = set()

    def wake(self) -> None:
        """Ask for a tick soon; may be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self) -> None:
        """Tick until cancelled; a chain that is down or a full disk is tried again, a bug ends this."""
        self._loop = asyncio.get_running_loop()
        while True:
            fault = ""
            try:
                await self.tick()
            except ChainDown as error:
                fault = error.message
            except OperationalError as error:
                fault = f"the store refuses: {error.orig}"
            if fault and fault != self._fault:
                LOG.warning("a tick was not finished: %s", fault)
            self._fault = fault
            try:
                async with asyncio.timeout(self._settings.tick_s):
                    await self._woken.wait()
            except TimeoutError:
                pass
            self._woken.clear()

    async def tick(self) -> None:
        """Everything that is due now, once. What needs no chain happens even when there is none."""
        async with self._one:
            await run_in_threadpool(self._time_out)
            await run_in_threadpool(self._settle)
            await run_in_threadpool(self._weigh)
            fault: ChainDown | None = None
            treasury = self._treasury
            relays = [relay.follow_up for relay in self._relays]
            for part in (treasury.watch, *relays, treasury.top_up, treasury.redeem):
                try:
                    await part()
                except ChainDown as error:  # one that cannot be done must not hold up the others
                    fault = error
            await run_in_threadpool(self._settle)
            await run_in_threadpool(self._publish_vouchers)
            if fault is not None:
                raise fault

    def _time_out(self) -> None:
        now, late = self._clock.now(), self._clock.now() - self._settings.grace_s
        with self._db.write() as session:
            for batch in tasks.unconfirmed(session, now):
                self._each(session, batch.id, self._void, batch, now)
            for item in tasks.overdue(session, late):
                self._each(session, item.hash, self._lease_over, item, now)
            for seat in reviews.overdue(session, late):
                self._each(session, seat.hash, self._seat_over, seat, now)
            for row in reviews.late_rounds(session, now):
                self._each(session, _name("round of", row), self._judge_late, row, now)
            for given in drawing.due(session, now):
                self._each(session, f"draw of {given.hash}", self._draw, given, now)
            for row in settling.due(session, now):
                self._each(session, _name("verdict of", row), self._let_stand, row, now)

    def _each(self, session: Session, name: str, what: Callable[..., None], *about: Any) -> None:
        """One thing that is due, whole or not at all: what meets a bug is told once and holds up nobody else."""
        try:
            with session.begin_nested():
                what(session, *about)
        except OperationalError:
            raise  # the store itself refuses
        except Exception:
            if name not in self._stuck:
                LOG.exception("something that is due could not be done: %s", name)
            self._stuck.add(name)
        else:
            self._stuck.discard(name)

    def _void(self, session: Session, batch: BatchRow, now: int) -> None:
        for item in tasks.in_batch(session, batch.id):
            campaign = facts(campaigns.get(session, item.campaign_id))
            row = tasks.task(session, item.campaign_id, item.index)
            moves.happen(session, row, campaign, LeaseExpired(), now, unstaked=item.miner)
            item.state = "void"
        for seat in reviews.in_batch(session, batch.id):
            if seat.state == "offered":  # else its round was judged before
                review_service.miss(session, seat, now, staked=False)
        batch.state, batch.released = "void", True

    def _lease_over(self, session: Session, item: AssignmentRow, now: int) -> None:
        campaign = facts(campaigns.get(session, item.campaign_id))
        row = tasks.task(session, item.campaign_id, item.index)
        if item.is_redo:
            settling.redo_passed(session, self._settings, row, campaign, item, now)
            return
        moves.happen(session, row, campaign, LeaseExpired(), now)
        item.state = "expired"
        events.add(session, item.miner, "lease_expired", now, {"assignment_hash": item.hash})

    def _seat_over(self, session: Session, seat: SeatRow, now: int) -> None:
        review_service.miss(session, seat, now)
        events.add(session, seat.verifier, "lease_expired", now, {"assignment_hash": seat.hash})

    def _judge_late(self, session: Session, row: TaskRow, now: int) -> None:
        campaign = facts(campaigns.get(session, row.campaign_id))
        judging.judge_if_ready(session, self._settings, row, campaign, now, late=True)

    def _draw(self, session: Session, given: AssignmentRow, now: int) -> None:
        drawing.draw(session, self._settings, given, now)

    def _let_stand(self, session: Session, row: TaskRow, now: int) -> None:
        settling.let_stand(session, self._settings, row, now)

    def _weigh(self) -> None:
        """Weights of requesters and kinds of work are computed beside the writers."""
        now = self._clock.now()
        with self._db.read() as session:
            found = weights.compute(session, self._settings) if weights.is_due(session, now) else None
        if found is not None:
            with self._db.write() as session:
                weights.keep(session, found, now)

    def _publish_vouchers(self) -> None:
        """Once a UTC day, at its first tick, the newest voucher of every channel."""
        now = self._clock.now()
        with self._db.read() as session:
            due = days.is_due(session, now)
        if due:
            with self._db.write() as session:
                days.publish(session, now)

    def _settle(self) -> None:
        now = self._clock.now()
        with self._db.read() as session:
            owed = channels.workers_owed(session)
            over = bool(reviews.over_batches(session))
        if not owed and not over:
            return
        with self._db.write() as session:
            for worker in owed:
                self._each(session, f"voucher of {worker}", self._pay, worker, now)
            session.flush()
            still_owed = set(channels.workers_owed(session))
            for batch in reviews.over_batches(session):
                batch.released = batch.worker not in still_owed

    def _pay(self, session: Session, worker: str, now: int) -> None:
        channel_service.settle(session, self._settings, worker, now)


def _name(what: str, row: TaskRow) -> str:
    return f"{what} task {row.index} of {row.campaign_id}"
