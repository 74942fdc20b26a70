# SPDX-License-Identifier: Apache-2.0
"""Whether a stranger waits for the neighbours, so that otherwise they leave each other's work for newcomers to review."""

from __future__ import annotations

import time

from sqlalchemy import exists, select

from gems_desktop.local.network import LocalNetwork
from gems_platform.db import Database
from gems_platform.reviews.tables import SeatRow
from gems_platform.tasks.tables import AssignmentRow, TaskRow

_JUDGING = ("submitted", "in_review", "appealed")
_QUEUE = 6  # tasks of neighbours that are left unjudged
_EVERY_S = 0.5


class Strangers:
    """Asks the platform's own store, at most twice a second, however many neighbours want to know."""

    def __init__(self, running: LocalNetwork, neighbours: tuple[str, ...]) -> None:
        self._db: Database = running.platform.app.state.context.db
        self._neighbours = neighbours
        self._asked_at = 0.0
        self._answer = False

    def waiting(self) -> bool:
        """Whether somebody who is no neighbour waits for votes, or the queue is long enough without them."""
        now = time.monotonic()
        if now - self._asked_at >= _EVERY_S:
            self._answer, self._asked_at = self._look(), now
        return self._answer

    def _look(self) -> bool:
        mined = exists().where(
            AssignmentRow.campaign_id == TaskRow.campaign_id,
            AssignmentRow.index == TaskRow.index,
            AssignmentRow.state == "submitted",
            AssignmentRow.miner.not_in(self._neighbours),
        )
        judged = exists().where(
            SeatRow.campaign_id == TaskRow.campaign_id,
            SeatRow.index == TaskRow.index,
            SeatRow.state == "voted",
            SeatRow.verifier.not_in(self._neighbours),
        )
        with self._db.read() as session:
            open_panels = select(TaskRow.index).where(TaskRow.state.in_(_JUDGING), TaskRow.seats_wanted > 0)
            if len(session.scalars(open_panels.limit(_QUEUE + 1)).all()) > _QUEUE:
                return True
            return session.scalar(open_panels.where(mined | judged).limit(1)) is not None
