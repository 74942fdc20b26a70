# SPDX-License-Identifier: Apache-2.0
"""What the neighbourhood lacks: votes for a stranger's work, or neighbours' work for a stranger to review."""

from __future__ import annotations

import time

from sqlalchemy import exists, or_, select

from gems_desktop.local.network import LocalNetwork
from gems_platform.db import Database
from gems_platform.reviews.tables import AppealRow, CommissionRow, SeatRow
from gems_platform.tasks.tables import AssignmentRow, TaskRow

_JUDGING = ("submitted", "in_review", "appealed", "commissioned")
_SHORTEST_QUEUE, _LONGEST_QUEUE = 3, 6  # tasks of neighbours that wait for votes
_EVERY_S = 0.5


class Needs:
    """Asks the platform's own store, at most twice a second, however many neighbours want to know."""

    def __init__(self, running: LocalNetwork, neighbours: tuple[str, ...]) -> None:
        self._db: Database = running.platform.app.state.context.db
        self._neighbours = neighbours
        self._looked_at = 0.0
        self._stranger, self._queue = False, 0

    def votes(self) -> bool:
        """Whether somebody who is no neighbour waits for votes, a requester who objected among them, or too many do."""
        self._look()
        return self._stranger or self._queue > _LONGEST_QUEUE

    def work(self) -> bool:
        """Whether too little of the neighbours' work is left for a stranger to review."""
        self._look()
        return self._queue < _SHORTEST_QUEUE

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked_at < _EVERY_S:
            return
        self._looked_at = now
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
        objected = [
            exists().where(row.campaign_id == TaskRow.campaign_id, row.index == TaskRow.index)
            for row in (AppealRow, CommissionRow)
        ]
        open_panels = select(TaskRow.index).where(TaskRow.state.in_(_JUDGING), TaskRow.seats_wanted > 0)
        with self._db.read() as session:
            self._queue = len(session.scalars(open_panels.limit(_LONGEST_QUEUE + 1)).all())
            self._stranger = (
                session.scalar(open_panels.where(or_(mined, judged, *objected)).limit(1)) is not None
            )
