# SPDX-License-Identifier: Apache-2.0
"""All queries about wishes, rounds, holds and draws; each is bounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from gems_platform.matching.tables import HoldRow, LinkedRow, PanelDrawRow, PoolRow, RoundRow, WishRow
from gems_platform.tasks.tables import AssignmentRow

MOST_WISHES = 64  # that are drawn among in one round: those that stand the longest
Where = tuple[str, int]  # a task: campaign, index


def pool(session: Session, name: str) -> PoolRow:
    """A pool, new when nobody ever had to wait for it."""
    row = session.get(PoolRow, name)
    if row is None:
        row = PoolRow(pool=name, hot_until=0, round=0)
        session.add(row)
    return row


def is_contested(session: Session, name: str, now: int) -> bool:
    """Whether somebody waits in a pool, or had to a moment ago."""
    row = session.get(PoolRow, name)
    if row is None:
        return False
    return row.hot_until > now or bool(session.scalar(select(exists().where(WishRow.pool == name))))


def wish(session: Session, name: str, worker: str) -> WishRow | None:
    """What somebody waits for in a pool."""
    return session.get(WishRow, (name, worker))


def waiting(session: Session, name: str, before: int) -> Sequence[WishRow]:
    """Wishes that stood before a time and won nothing yet, the longest waiting first."""
    query = select(WishRow).where(WishRow.pool == name, WishRow.since < before, WishRow.won == 0)
    return session.scalars(query.order_by(WishRow.since, WishRow.worker).limit(MOST_WISHES + 1)).all()


def won(session: Session, name: str, now: int, but: str = "") -> int:
    """How many tasks of a campaign are kept for others than `but`."""
    query = select(func.sum(WishRow.won)).where(WishRow.pool == name, WishRow.won_until >= now)
    return int(session.scalar(query.where(WishRow.worker != but)) or 0)


def forget(session: Session, name: str, now: int, wish_s: int) -> None:
    """Drop wishes whose owners did not come for what was kept, or have not asked for long."""
    over = or_(
        (WishRow.won_until > 0) & (WishRow.won_until < now),
        (WishRow.won == 0) & (WishRow.seen_at < now - wish_s),
    )
    session.execute(delete(WishRow).where(WishRow.pool == name, over))
    session.execute(delete(HoldRow).where(HoldRow.until < now))


def fulfil(session: Session, name: str, worker: str) -> None:
    """Somebody got something: they wait no longer."""
    row = wish(session, name, worker)
    if row is not None:
        session.delete(row)


def let_go(session: Session, worker: str) -> None:
    """Seats that were kept for somebody who came are theirs or nobody's now."""
    session.execute(delete(HoldRow).where(HoldRow.worker == worker))


def round_of(session: Session, name: str, number: int) -> RoundRow | None:
    """One round of a pool."""
    return session.get(RoundRow, (name, number))


def rounds(session: Session, name: str, after: int, limit: int) -> Sequence[RoundRow]:
    """Drawn rounds of a pool from a number on, in order."""
    query = select(RoundRow).where(
        RoundRow.pool == name, RoundRow.number > after, RoundRow.drawn_at.is_not(None)
    )
    return session.scalars(query.order_by(RoundRow.number).limit(limit)).all()


def had(session: Session, campaign_id: str, miner: str, most: int) -> int:
    """How many tasks of a campaign a miner was given, counted up to `most`."""
    query = select(AssignmentRow.hash).where(
        AssignmentRow.miner == miner, AssignmentRow.campaign_id == campaign_id, AssignmentRow.state != "void"
    )
    return session.scalar(select(func.count()).select_from(query.limit(most).subquery())) or 0


def in_hand(session: Session, campaign_id: str, miner: str) -> int:
    """How many tasks of a campaign a miner has to do right now."""
    query = select(func.count()).where(
        AssignmentRow.miner == miner,
        AssignmentRow.campaign_id == campaign_id,
        AssignmentRow.state.in_(("offered", "leased")),
    )
    return session.scalar(query) or 0


def held(session: Session, worker: str, now: int) -> Sequence[HoldRow]:
    """Seats that are kept for somebody, in order."""
    query = select(HoldRow).where(HoldRow.worker == worker, HoldRow.until >= now)
    return session.scalars(query.order_by(HoldRow.campaign_id, HoldRow.index)).all()


def holds_on(session: Session, tasks: Collection[Where], now: int) -> dict[Where, int]:
    """How many seats of each of these tasks are kept for somebody."""
    found: Counter[Where] = Counter()
    for name in {name for name, _ in tasks}:
        query = select(HoldRow.index).where(
            HoldRow.campaign_id == name,
            HoldRow.index.in_(sorted(index for at, index in tasks if at == name)),
            HoldRow.until >= now,
        )
        found.update((name, index) for index in session.scalars(query))
    return found


def linked(session: Session, worker: str) -> frozenset[str]:
    """Accounts that were wrong alike with this one too often."""
    one = select(LinkedRow.other).where(LinkedRow.one == worker)
    other = select(LinkedRow.one).where(LinkedRow.other == worker)
    return frozenset((*session.scalars(one), *session.scalars(other)))


def draws(session: Session, campaign_id: str, index: int, attempt: int) -> Sequence[PanelDrawRow]:
    """The draws of one attempt's panels, in order."""
    query = select(PanelDrawRow).where(
        PanelDrawRow.campaign_id == campaign_id, PanelDrawRow.index == index, PanelDrawRow.attempt == attempt
    )
    return session.scalars(query.order_by(PanelDrawRow.id)).all()
