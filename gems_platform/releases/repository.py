# SPDX-License-Identifier: Apache-2.0
"""All queries about releases; who asks is part of each query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, delete, func, select, union
from sqlalchemy.orm import Session

from gems_platform.channels.tables import LineRow
from gems_platform.releases.tables import ReleaseBatchRow, ReleaseRow
from gems_platform.reviews.tables import SeatRow
from gems_platform.schemas import raw, text
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol.lines import LineKind
from gems_protocol.messages import task_key

PAY = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)  # what the escrow could be asked for again
_AT_ONCE = 500  # variables of one query

Place = tuple[str, int, int]  # campaign, index, attempt


def key_of(place: Place) -> str:
    """The task key of an attempt as the interface writes it."""
    return text(task_key(raw(place[0]), place[1], place[2]))


def owe(session: Session, worker: str, lines: Iterable[LineRow]) -> None:
    """Wait for the releases of what a voucher just paid; what is here already stays as it is."""
    places = {
        key_of(place): place
        for place in ((row.campaign_id, row.index, row.attempt) for row in lines if row.kind in PAY)
    }
    known = {row.task_key for row in among(session, worker, list(places))}
    session.add_all(
        ReleaseRow(worker=worker, task_key=key, campaign_id=place[0], index=place[1], attempt=place[2])
        for key, place in places.items()
        if key not in known
    )
    session.flush()


def owe_anew(session: Session, worker: str) -> None:
    """After a worker's settled lines were replaced: wait for exactly what they pay and nobody released."""
    session.flush()
    session.execute(delete(ReleaseRow).where(ReleaseRow.worker == worker, ReleaseRow.batch.is_(None)))
    paid = select(LineRow).where(LineRow.worker == worker, LineRow.seq.is_not(None))
    owe(session, worker, session.scalars(paid.order_by(LineRow.id)).all())


def among(session: Session, worker: str, keys: Sequence[str]) -> list[ReleaseRow]:
    """Those of the tasks named that this worker was paid for."""
    found: list[ReleaseRow] = []
    for at in range(0, len(keys), _AT_ONCE):
        part = ReleaseRow.task_key.in_(keys[at : at + _AT_ONCE])
        found += session.scalars(select(ReleaseRow).where(ReleaseRow.worker == worker, part))
    return found


def due(session: Session, worker: str, limit: int) -> Sequence[ReleaseRow]:
    """Paid tasks whose release is waited for, oldest first."""
    query = select(ReleaseRow).where(ReleaseRow.worker == worker, ReleaseRow.batch.is_(None))
    return session.scalars(query.order_by(ReleaseRow.id).limit(limit)).all()


def batches_waiting(session: Session, worker: str) -> int:
    """How many leased batches hold paid tasks whose release is waited for."""
    waiting = and_(ReleaseRow.worker == worker, ReleaseRow.batch.is_(None))
    mined = (
        select(AssignmentRow.batch_id)
        .join(
            ReleaseRow,
            and_(
                ReleaseRow.campaign_id == AssignmentRow.campaign_id,
                ReleaseRow.index == AssignmentRow.index,
                ReleaseRow.attempt == AssignmentRow.attempt,
            ),
        )
        .where(waiting, AssignmentRow.miner == worker)
    )
    judged = (
        select(SeatRow.batch_id)
        .join(
            ReleaseRow,
            and_(
                ReleaseRow.campaign_id == SeatRow.campaign_id,
                ReleaseRow.index == SeatRow.index,
                ReleaseRow.attempt == SeatRow.attempt,
            ),
        )
        .where(waiting, SeatRow.verifier == worker, SeatRow.state.not_in(("offered", "missed")))
    )
    return session.scalar(select(func.count()).select_from(union(mined, judged).subquery())) or 0


def batch(session: Session, batch_id: str) -> ReleaseBatchRow | None:
    """A batch of releases by its struct hash."""
    return session.get(ReleaseBatchRow, batch_id)


def find(session: Session, worker: str, key: str) -> ReleaseRow | None:
    """What is known of one worker's release of one task; None when no voucher paid it."""
    return session.scalar(select(ReleaseRow).where(ReleaseRow.worker == worker, ReleaseRow.task_key == key))
