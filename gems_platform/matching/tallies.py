# SPDX-License-Identifier: Apache-2.0
"""Running counts of each campaign, kept in the transaction that changes what they count.

A count is the sum of a few parts. A transaction changes the part of its writer's place: one that had the same place
before is over by then, and other processes' places are others by chance. So on PostgreSQL two that work on the same
campaign seldom meet in a row; SQLite has one writer and one part.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.db import PLACE
from gems_platform.matching.tables import SpentRow, TallyRow
from gems_protocol.ledger import Transfer, Why

PARTS = 64
SEATS = "seats"
_HELD = (
    "tallies"  # rows of this transaction: a session forgets those that nobody holds, and asks for them again
)


def _part(session: Session) -> int:
    if session.get_bind().dialect.name == "sqlite":
        return 0
    return int(session.info.get(PLACE, 0)) % PARTS


def add(session: Session, campaign_id: str, kind: str, n: int) -> None:
    """Count `n` more (or less) of a kind."""
    key = (campaign_id, kind, _part(session))
    held: dict[tuple[str, str, int], TallyRow] = session.info.setdefault(_HELD, {})
    row = held.get(key)
    if row is None or row not in session:  # a savepoint that was rolled back takes new rows with it
        with (
            session.no_autoflush
        ):  # new rows of the counts are held here, so that nothing has to be written first
            row = session.get(TallyRow, key)
    if row is None:
        row = TallyRow(campaign_id=key[0], kind=key[1], part=key[2], n=0)
        session.add(row)
    held[key] = row
    row.n += n


def moved(session: Session, campaign_id: str, source: str, target: str) -> None:
    """A task went from one state to another."""
    if source != target:
        add(session, campaign_id, source, -1)
        add(session, campaign_id, target, 1)


def count(session: Session, campaign_id: str, kind: str) -> int:
    """How many of a kind there are."""
    query = select(func.sum(TallyRow.n)).where(TallyRow.campaign_id == campaign_id, TallyRow.kind == kind)
    return int(session.scalar(query) or 0)


def counts(session: Session, campaign_id: str) -> dict[str, int]:
    """How many there are of each kind."""
    query = select(TallyRow.kind, func.sum(TallyRow.n)).where(TallyRow.campaign_id == campaign_id)
    return {kind: int(n) for kind, n in session.execute(query.group_by(TallyRow.kind))}


def spent(session: Session, campaign_id: str, transfer: Transfer) -> None:
    """Count what left a campaign's escrow for work, less what came back; what was unspent apart."""
    pot = f"escrow:{campaign_id}"
    sign = (transfer.source == pot) - (transfer.target == pot)
    if sign == 0 or transfer.why is Why.UNSPENT:
        return
    key = (campaign_id, _part(session))
    row = session.get(SpentRow, key)
    if row is None:
        row = SpentRow(campaign_id=campaign_id, part=key[1], units=0)
        session.add(row)
    row.units += sign * transfer.amount.units


def spent_of(session: Session, campaign_id: str) -> int:
    """Base units that left a campaign's escrow for work, less what came back."""
    return sum(session.scalars(select(SpentRow.units).where(SpentRow.campaign_id == campaign_id)))
