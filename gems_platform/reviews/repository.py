# SPDX-License-Identifier: Apache-2.0
"""All queries about seats and panels."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import and_, exists, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.reviews.tables import AppealRow, PanelRow, SeatRow
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import PLACE_BITS, AssignmentRow, BatchRow, TaskRow

PAGE = 200  # tasks with free seats that are looked at together
PAGES = 3  # of the longest waiting, and of others from a random place
PLACES = 1 << PLACE_BITS
_WANTS = TaskRow.seats_wanted > literal_column("0")  # as the index over such tasks says it


def of_task(session: Session, campaign_id: str, index: int) -> Sequence[SeatRow]:
    """Every seat that a task had, in the order of attempts and rounds."""
    query = select(SeatRow).where(SeatRow.campaign_id == campaign_id, SeatRow.index == index)
    return session.scalars(query.order_by(SeatRow.attempt, SeatRow.round, SeatRow.verifier)).all()


def of_attempt(session: Session, campaign_id: str, index: int, attempt: int) -> list[SeatRow]:
    """Every seat of one attempt."""
    return [seat for seat in of_task(session, campaign_id, index) if seat.attempt == attempt]


def panels_of(session: Session, campaign_id: str, index: int, attempt: int) -> Sequence[PanelRow]:
    """The signed panels of one attempt, by round."""
    query = select(PanelRow).where(
        PanelRow.campaign_id == campaign_id, PanelRow.index == index, PanelRow.attempt == attempt
    )
    return session.scalars(query.order_by(PanelRow.round)).all()


def oldest_wanting(session: Session, limit: int) -> Sequence[TaskRow]:
    """Tasks with a free seat, the longest waiting first."""
    query = select(TaskRow).where(_WANTS).order_by(TaskRow.since, TaskRow.campaign_id, TaskRow.index)
    return session.scalars(query.limit(limit)).all()


def wanting(session: Session, verifier: str, limit: int, since: int | None = None) -> list[tuple[str, int]]:
    """Tasks with a free seat that this verifier has nothing to do with: of the longest waiting, then of any.

    A bounded number of them is looked at, however many wait. since: only such that wait since then or longer.
    """
    own = set(session.scalars(select(CampaignRow.id).where(CampaignRow.requester == verifier)))
    found: dict[tuple[str, int], None] = {}
    after: tuple[int, str, int] | None = None
    for _ in range(PAGES):
        page = [row for row in _oldest(session, after) if since is None or row[0] <= since]
        found.update(
            dict.fromkeys(_strange(session, verifier, own, [(name, index) for _, name, index in page]))
        )
        if len(found) >= limit or len(page) < PAGE:
            return list(found)[:limit]
        after = page[-1]
    if since is not None:
        return list(found)[:limit]
    for _ in range(PAGES):
        some = _from_place(session, secrets.randbelow(PLACES))
        found.update(dict.fromkeys(_strange(session, verifier, own, some)))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _oldest(session: Session, after: tuple[int, str, int] | None) -> list[tuple[int, str, int]]:
    order = (TaskRow.since, TaskRow.campaign_id, TaskRow.index)
    query = select(*order).where(_WANTS)
    if after is not None:
        query = query.where(TaskRow.since >= after[0], tuple_(*order) > after)
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(*order).limit(PAGE))]


def _from_place(session: Session, place: int) -> list[tuple[str, int]]:
    query = select(TaskRow.campaign_id, TaskRow.index).where(_WANTS, TaskRow.place >= place)
    return [(row[0], row[1]) for row in session.execute(query.order_by(TaskRow.place).limit(PAGE))]


def _strange(
    session: Session, verifier: str, own: set[str], where: list[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Those of these tasks that a verifier neither offered, nor did, nor judged."""
    shut = tasks.had_by(session, where, verifier)
    return [one for one in where if one not in shut and one[0] not in own]


def take_wanting(session: Session, where: Sequence[tuple[str, int]]) -> list[TaskRow]:
    """Those of these tasks with a free seat that no other transaction is filling, in the order asked for."""
    found: dict[tuple[str, int], TaskRow] = {}
    for name in {name for name, _ in where}:
        query = select(TaskRow).where(
            TaskRow.campaign_id == name,
            TaskRow.index.in_(sorted(index for at, index in where if at == name)),
        )  # by the key alone, as in tasks.take_open
        query = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        rows = [row for row in session.scalars(query) if row.seats_wanted > 0]
        found.update({(row.campaign_id, row.index): row for row in rows})
    return [found[one] for one in where if one in found]


def in_batch(session: Session, batch_id: str) -> Sequence[SeatRow]:
    """A batch's seats in order."""
    return session.scalars(select(SeatRow).where(SeatRow.batch_id == batch_id).order_by(SeatRow.place)).all()


def has_to_judge(session: Session, verifier: str) -> bool:
    """Whether a verifier has a seat in an open batch whose vote is still to come."""
    query = select(SeatRow.hash).join(BatchRow, BatchRow.id == SeatRow.batch_id)
    query = query.where(BatchRow.worker == verifier, BatchRow.released.is_(False), BatchRow.state != "void")
    return session.scalars(query.where(SeatRow.state.in_(("offered", "leased"))).limit(1)).first() is not None


def overdue(session: Session, due_before: int) -> Sequence[SeatRow]:
    """Seats whose vote did not come in time."""
    return session.scalars(
        select(SeatRow).where(SeatRow.state == "leased", SeatRow.due_at < due_before)
    ).all()


def late_rounds(session: Session, now: int) -> Sequence[TaskRow]:
    """Tasks whose present round of judging has waited long enough."""
    return session.scalars(
        select(TaskRow).where(
            TaskRow.state.in_(("submitted", "in_review", "appealed", "commissioned")),
            TaskRow.seats_wanted > 0,
            TaskRow.judge_by < now,
        )
    ).all()


def over_batches(session: Session) -> Sequence[BatchRow]:
    """Confirmed batches of which nothing is open any more and that are not released yet.

    A vote whose verdict is told and waits for somebody's objection is not open: its verifier can do nothing about it.
    """
    running = ("offered", "leased", "submitted", "voted")
    work = exists().where(AssignmentRow.batch_id == BatchRow.id, AssignmentRow.state.in_(running))
    told = exists().where(
        AssignmentRow.campaign_id == SeatRow.campaign_id,
        AssignmentRow.index == SeatRow.index,
        AssignmentRow.attempt == SeatRow.attempt,
        AssignmentRow.state.in_(("accepted", "rejected")),
    )
    review = exists().where(
        SeatRow.batch_id == BatchRow.id, SeatRow.state.in_(running), ~and_(SeatRow.state == "voted", told)
    )
    query = select(BatchRow).where(BatchRow.state == "confirmed", BatchRow.released.is_(False))
    return session.scalars(query.where(~work, ~review)).all()


def seats_in(session: Session, campaign_id: str, verifier: str) -> int:
    """How many seats somebody has had in a campaign."""
    query = select(func.count()).where(SeatRow.campaign_id == campaign_id, SeatRow.verifier == verifier)
    return session.scalar(query.where(SeatRow.state != "missed")) or 0


def lost_appeals(session: Session, account: str, since: int) -> int:
    """How many appeals without a bond somebody has lost, or has open, since a time."""
    query = select(func.count()).where(
        AppealRow.account == account,
        AppealRow.party == "miner",
        AppealRow.bond == 0,
        AppealRow.made_at >= since,
        or_(AppealRow.won.is_(False), AppealRow.won.is_(None)),
    )
    return session.scalar(query) or 0
