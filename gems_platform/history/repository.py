# SPDX-License-Identifier: Apache-2.0
"""All queries about what an account did; each reads one account's own rows, from a key on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.channels.tables import RelayedClaimRow
from gems_platform.history.tables import DebitRow
from gems_platform.reviews.tables import SeatRow
from gems_platform.tasks.tables import AssignmentRow

Key = tuple[int, str]
_NEVER_BEGUN = ("offered", "void")


def add_debit(session: Session, worker: str, debited: int, root: str, signature: str, now: int) -> None:
    """Keep a debit that was taken."""
    session.add(DebitRow(worker=worker, debited=debited, root=root, signature=signature, at=now))


def _from(query: Select[Any], number: Any, name: Any, after: Key, limit: int) -> Select[Any]:
    later: ColumnElement[bool] = or_(number > after[0], and_(number == after[0], name > after[1]))
    return query.where(later).order_by(number, name).limit(limit)


def _work(me: str) -> tuple[ColumnElement[bool], ...]:
    return AssignmentRow.miner == me, AssignmentRow.state.not_in(_NEVER_BEGUN)


def _reviews(me: str) -> tuple[ColumnElement[bool], ...]:
    return SeatRow.verifier == me, SeatRow.state.not_in(_NEVER_BEGUN)


def work(session: Session, me: str, after: Key, limit: int) -> Sequence[AssignmentRow]:
    """Assignments of work in the order in which they were given."""
    query = select(AssignmentRow).where(*_work(me))
    return session.scalars(_from(query, AssignmentRow.leased_at, AssignmentRow.hash, after, limit)).all()


def reviews(session: Session, me: str, after: Key, limit: int) -> Sequence[SeatRow]:
    """Seats in the order in which they are due."""
    query = select(SeatRow).where(*_reviews(me))
    return session.scalars(_from(query, SeatRow.due_at, SeatRow.hash, after, limit)).all()


def debits(session: Session, me: str, after: int, limit: int) -> Sequence[DebitRow]:
    """Debits in the order in which they were taken."""
    query = select(DebitRow).where(DebitRow.worker == me, DebitRow.id > after)
    return session.scalars(query.order_by(DebitRow.id).limit(limit)).all()


def claims(session: Session, me: str, after: Key, limit: int) -> Sequence[RelayedClaimRow]:
    """Relayed claims in the order in which they came."""
    query = select(RelayedClaimRow).where(RelayedClaimRow.worker == me)
    return session.scalars(_from(query, RelayedClaimRow.at, RelayedClaimRow.id, after, limit)).all()


def total(session: Session, me: str, kind: str) -> int:
    """How many entries of a kind there are, for a measure of how far a client is."""
    about: dict[str, tuple[Any, tuple[ColumnElement[bool], ...]]] = {
        "work": (AssignmentRow.hash, _work(me)),
        "review": (SeatRow.hash, _reviews(me)),
        "debit": (DebitRow.id, (DebitRow.worker == me,)),
        "claim": (RelayedClaimRow.id, (RelayedClaimRow.worker == me,)),
    }
    column, where = about[kind]
    return session.scalar(select(func.count(column)).where(*where)) or 0
