# SPDX-License-Identifier: Apache-2.0
"""Time running out: offers that nobody confirmed, leases and seats that are over, verdicts that are due."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.duties.each import Each
from gems_platform.events import repository as events
from gems_platform.reviews import drawing, judging, settling
from gems_platform.reviews import repository as reviews
from gems_platform.reviews import service as review_service
from gems_platform.reviews.tables import SeatRow
from gems_platform.settings import Settings
from gems_platform.tasks import moves
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TaskRow
from gems_protocol.task_events import LeaseExpired


class TimeOut:
    """Moves what time alone moves."""

    def __init__(self, settings: Settings, db: Database, clock: Clock) -> None:
        self._settings, self._db, self._clock = settings, db, clock
        self._each = Each()

    def run(self) -> None:
        """Everything whose time is over now."""
        now, late = self._clock.now(), self._clock.now() - self._settings.grace_s
        with self._db.write() as session:
            for batch in tasks.unconfirmed(session, now):
                self._each.do(session, batch.id, self._void, batch, now)
            for item in tasks.overdue(session, late):
                self._each.do(session, item.hash, self._lease_over, item, now)
            for seat in reviews.overdue(session, late):
                self._each.do(session, seat.hash, self._seat_over, seat, now)
            for row in reviews.late_rounds(session, now):
                self._each.do(session, _name("round of", row), self._judge_late, row, now)
            for given in drawing.due(session, now):
                self._each.do(session, f"draw of {given.hash}", self._draw, given, now)
            for row in settling.due(session, now):
                self._each.do(session, _name("verdict of", row), self._let_stand, row, now)

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


def _name(what: str, row: TaskRow) -> str:
    return f"{what} task {row.index} of {row.campaign_id}"
