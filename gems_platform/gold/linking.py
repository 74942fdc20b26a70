# SPDX-License-Identifier: Apache-2.0
"""Accounts that are wrong on the same known tasks in the same way: an alarm, and never judges of each other again."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from gems_platform.gold.tables import GoldCheckRow
from gems_platform.matching.tables import LinkedRow
from gems_protocol.alike import are_alike

LOG = logging.getLogger("gems_platform")
OTHERS = 20  # who were wrong in the same way on one task that are looked at


def look(session: Session, worker: str, campaign_id: str, index: int, answer_hash: str, now: int) -> None:
    """After a wrong answer: compare its owner with everybody who gave the same one."""
    session.flush()
    same = (
        select(GoldCheckRow.worker)
        .where(
            GoldCheckRow.campaign_id == campaign_id,
            GoldCheckRow.index == index,
            GoldCheckRow.answer_hash == answer_hash,
            GoldCheckRow.worker != worker,
        )
        .group_by(GoldCheckRow.worker)
        .order_by(func.min(GoldCheckRow.id))
        .limit(OTHERS)
    )
    for other in sorted(session.scalars(same)):
        _compare(session, worker, other, now)


def _compare(session: Session, one: str, other: str, now: int) -> None:
    first, second = sorted((one, other))
    if session.get(LinkedRow, (first, second)) is not None:
        return
    both, alike = _together(session, first, second)
    if not are_alike(both, alike, _wrong(session, first), _wrong(session, second)):
        return
    session.add(LinkedRow(one=first, other=second, both=both, alike=alike, at=now))
    LOG.warning("%s and %s gave %d equal wrong answers to %d known tasks", first, second, alike, both)


def _together(session: Session, one: str, other: str) -> tuple[int, int]:
    """How many known tasks both answered, and how many of them wrong in the same way."""
    left, right = aliased(GoldCheckRow), aliased(GoldCheckRow)
    same = (left.campaign_id == right.campaign_id) & (left.index == right.index)
    query = (
        select(func.count(), func.count().filter(left.answer_hash == right.answer_hash))
        .select_from(left)
        .join(right, same & (right.worker == other))
        .where(left.worker == one)
    )
    row = session.execute(query).one()
    return int(row[0]), int(row[1])


def _wrong(session: Session, worker: str) -> tuple[int, int]:
    query = select(func.count().filter(GoldCheckRow.right.is_(False)), func.count())
    row = session.execute(query.where(GoldCheckRow.worker == worker)).one()
    return int(row[0]), int(row[1])


def alarms(session: Session, limit: int = 100) -> Sequence[LinkedRow]:
    """The newest pairs of accounts that are too much alike."""
    query = select(LinkedRow).order_by(LinkedRow.at.desc(), LinkedRow.one, LinkedRow.other)
    return session.scalars(query.limit(limit)).all()
