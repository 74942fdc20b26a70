# SPDX-License-Identifier: Apache-2.0
"""What is computed from time to time: weights of requesters and kinds of work, the day's voucher file."""

from __future__ import annotations

from gems_platform.channels import days
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.settings import Settings
from gems_platform.trust import weights


class Keeping:
    """Looks whether it is time, and does it."""

    def __init__(self, settings: Settings, db: Database, clock: Clock) -> None:
        self._settings, self._db, self._clock = settings, db, clock

    def weigh(self) -> None:
        """Weights of requesters and kinds of work are computed beside the writers."""
        now = self._clock.now()
        with self._db.read() as session:
            found = weights.compute(session, self._settings) if weights.is_due(session, now) else None
        if found is not None:
            with self._db.write() as session:
                weights.keep(session, found, now)

    def publish_vouchers(self) -> None:
        """Once a UTC day, at its first tick, the newest voucher of every channel."""
        now = self._clock.now()
        with self._db.read() as session:
            due = days.is_due(session, now)
        if due:
            with self._db.write() as session:
                days.publish(session, now)
