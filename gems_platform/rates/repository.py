# SPDX-License-Identifier: Apache-2.0
"""All queries about rates."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gems_platform.rates.tables import RateRow
from gems_protocol.rate import Rate, parse


def put(session: Session, rate: Rate) -> None:
    """Keep a rate in the place of the currency's earlier one."""
    session.merge(RateRow(code=rate.code, per_gem=rate.per_gem(), source=rate.source, at=rate.at))
    session.flush()


def drop(session: Session, code: str) -> bool:
    """Say nothing of a currency any more; whether there was a rate."""
    found = session.get(RateRow, code) is not None
    session.execute(delete(RateRow).where(RateRow.code == code))
    return found


def rates(session: Session) -> list[Rate]:
    """Every rate by its currency's code."""
    rows = session.scalars(select(RateRow).order_by(RateRow.code))
    return [Rate(row.code, parse(row.per_gem), row.source, row.at) for row in rows]
