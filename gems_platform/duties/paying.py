# SPDX-License-Identifier: Apache-2.0
"""Vouchers for what became due."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.channels import repository as channels
from gems_platform.channels import service as channel_service
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.duties.each import Each
from gems_platform.reviews import repository as reviews
from gems_platform.settings import Settings


class Paying:
    """Signs each worker's next voucher."""

    def __init__(self, settings: Settings, db: Database, clock: Clock) -> None:
        self._settings, self._db, self._clock = settings, db, clock
        self._each = Each()

    def run(self) -> None:
        """Pay who is owed, and close batches that are over."""
        now = self._clock.now()
        with self._db.read() as session:
            owed = channels.workers_owed(session)
            over = bool(reviews.over_batches(session))
        if not owed and not over:
            return
        with self._db.write() as session:
            for worker in owed:
                self._each.do(session, f"voucher of {worker}", self._pay, worker, now)
            session.flush()
            still_owed = set(channels.workers_owed(session))
            for batch in reviews.over_batches(session):
                batch.released = batch.worker not in still_owed

    def _pay(self, session: Session, worker: str, now: int) -> None:
        channel_service.settle(session, self._settings, worker, now)
