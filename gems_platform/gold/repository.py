# SPDX-License-Identifier: Apache-2.0
"""All queries about known answers, hidden checks and practice."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.gold.tables import GoldCheckRow, GoldRow, GoldSetRow, PracticeRow, PracticeTryRow
from gems_platform.tasks.tables import AssignmentRow, TaskRow

SHOWN_BY = 5  # checks show up in anything a worker sees only so many at a time, so that none can be told
OF_ONE_REQUESTER = 20  # the accuracy that one requester's known answers can show is at most 12/13


def secret(session: Session, campaign_id: str) -> bytes | None:
    """What a campaign's known answers are mixed by; None when it has none."""
    row = session.get(GoldSetRow, campaign_id)
    return None if row is None else bytes.fromhex(row.secret[2:])


def add_set(session: Session, row: GoldSetRow, items: Sequence[GoldRow]) -> None:
    """Keep a campaign's known answers."""
    session.add(row)
    session.add_all(items)
    for item in items:
        session.get_one(TaskRow, (item.campaign_id, item.index)).known = True
    session.flush()


def indexes(session: Session, campaign_id: str, among: Collection[int]) -> set[int]:
    """Which of these tasks of a campaign have a known answer that still checks."""
    query = select(GoldRow.index).where(
        GoldRow.campaign_id == campaign_id, GoldRow.index.in_(sorted(among)), GoldRow.retired.is_(False)
    )
    return set(session.scalars(query))


def known_among(session: Session, campaign_id: str, indexes: Collection[int]) -> Sequence[GoldRow]:
    """The known answers of these tasks that still check."""
    query = select(GoldRow).where(
        GoldRow.campaign_id == campaign_id, GoldRow.index.in_(sorted(indexes)), GoldRow.retired.is_(False)
    )
    return session.scalars(query.order_by(GoldRow.index)).all()


def forget_known(session: Session, row: GoldRow) -> None:
    """A task is given out as any other from now on."""
    session.get_one(TaskRow, (row.campaign_id, row.index)).known = False


def known(session: Session, campaign_id: str, index: int) -> GoldRow | None:
    """The known answer of a task, if it has one."""
    return session.get(GoldRow, (campaign_id, index))


def all_known(session: Session, campaign_id: str) -> Sequence[GoldRow]:
    """All known answers of a campaign in order."""
    query = select(GoldRow).where(GoldRow.campaign_id == campaign_id)
    return session.scalars(query.order_by(GoldRow.index)).all()


def was_checked(session: Session, worker: str, role: str, campaign_id: str, index: int) -> bool:
    """Whether a worker was checked by this task in this role."""
    query = select(GoldCheckRow.id).where(
        GoldCheckRow.worker == worker,
        GoldCheckRow.role == role,
        GoldCheckRow.campaign_id == campaign_id,
        GoldCheckRow.index == index,
    )
    return session.scalar(query) is not None


def add_check(session: Session, row: GoldCheckRow) -> None:
    """Keep a check."""
    session.add(row)
    session.flush()


def rights(
    session: Session, worker: str, family: str | None, role: str | None = None, since: int = 0
) -> list[bool]:
    """Whether each check of a worker (in a family, in a role, since a time) was right, oldest first."""
    query = select(GoldCheckRow.right).where(GoldCheckRow.worker == worker, GoldCheckRow.at >= since)
    if family is not None:
        query = query.where(GoldCheckRow.family == family)
    if role is not None:
        query = query.where(GoldCheckRow.role == role)
    return list(session.scalars(query.order_by(GoldCheckRow.id)))


def shown_tally(session: Session, worker: str, family: str | None) -> tuple[int, int]:
    """(checks, right) as far as they may be seen: `SHOWN_BY` at a time, oldest first."""
    found = rights(session, worker, family)
    seen = found[: len(found) // SHOWN_BY * SHOWN_BY]
    return len(seen), sum(seen)


def counted_tally(session: Session, worker: str, family: str) -> tuple[int, int]:
    """(checks, right) of a family by which a worker's answers are weighed, as far as they may be seen.

    Of each requester only the last `OF_ONE_REQUESTER`: who sets the tasks knows their answers, and could make
    anybody an expert.
    """
    query = (
        select(CampaignRow.requester, GoldCheckRow.right)
        .outerjoin(CampaignRow, CampaignRow.id == GoldCheckRow.campaign_id)
        .where(GoldCheckRow.worker == worker, GoldCheckRow.family == family)
    )
    found = [(row[0], row[1]) for row in session.execute(query.order_by(GoldCheckRow.id))]
    by: dict[str | None, list[bool]] = {}
    for requester, right in found[: len(found) // SHOWN_BY * SHOWN_BY]:
        by.setdefault(requester, []).append(right)
    seen = [right for rows in by.values() for right in rows[-OF_ONE_REQUESTER:]]
    return len(seen), sum(seen)


def given(session: Session, worker: str, family: str) -> int:
    """How many known-answer tasks of a family a miner has answered, and has in hand (those of any family)."""
    query = (
        select(AssignmentRow.campaign_id, AssignmentRow.index)
        .join(
            GoldRow,
            (GoldRow.campaign_id == AssignmentRow.campaign_id) & (GoldRow.index == AssignmentRow.index),
        )
        .where(AssignmentRow.miner == worker, AssignmentRow.state.in_(("offered", "leased", "submitted")))
    )
    running = {(row[0], row[1]) for row in session.execute(query)}
    checked = select(GoldCheckRow.campaign_id, GoldCheckRow.index).where(
        GoldCheckRow.worker == worker, GoldCheckRow.role == "miner", GoldCheckRow.family == family
    )
    return len(running | {(row[0], row[1]) for row in session.execute(checked)})


def inputs(session: Session, campaign_id: str, indexes: Collection[int]) -> dict[int, str]:
    """The input hash of each of these tasks."""
    query = select(TaskRow.index, TaskRow.input_hash).where(
        TaskRow.campaign_id == campaign_id, TaskRow.index.in_(sorted(indexes))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def seen_inputs(session: Session, worker: str, hashes: Collection[str]) -> set[str]:
    """Which of these inputs the worker had before, in any campaign."""
    query = (
        select(TaskRow.input_hash)
        .join(
            AssignmentRow,
            (AssignmentRow.campaign_id == TaskRow.campaign_id) & (AssignmentRow.index == TaskRow.index),
        )
        .where(
            AssignmentRow.miner == worker,
            AssignmentRow.state != "void",
            TaskRow.input_hash.in_(sorted(hashes)),
        )
    )
    return set(session.scalars(query))


def add_practice(session: Session, rows: Sequence[PracticeRow]) -> None:
    """Keep a practice set."""
    session.add_all(rows)
    session.flush()


def practice(session: Session, campaign_id: str) -> Sequence[PracticeRow]:
    """A campaign's practice set in order."""
    query = select(PracticeRow).where(PracticeRow.campaign_id == campaign_id)
    return session.scalars(query.order_by(PracticeRow.place)).all()


def tries(session: Session, worker: str, campaign_id: str, since: int) -> int:
    """How often a worker tried a practice set since a time."""
    query = select(PracticeTryRow.id).where(
        PracticeTryRow.worker == worker,
        PracticeTryRow.campaign_id == campaign_id,
        PracticeTryRow.at > since,
    )
    return len(session.scalars(query).all())


def add_try(session: Session, row: PracticeTryRow) -> None:
    """Keep a try."""
    session.add(row)
    session.flush()


def has_passed(session: Session, worker: str, campaign_id: str) -> bool:
    """Whether a worker passed a practice set."""
    query = select(PracticeTryRow.id).where(
        PracticeTryRow.worker == worker,
        PracticeTryRow.campaign_id == campaign_id,
        PracticeTryRow.passed.is_(True),
    )
    return session.scalar(query.limit(1)) is not None
