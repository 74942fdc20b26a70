# SPDX-License-Identifier: Apache-2.0
"""The queries behind a requester report: each goes once over what some of the requester's campaigns left behind.

Rows come in pages: what a requester ever did is never held at once, since a process keeps the most that it ever held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.reviews.tables import AppealRow, SeatRow
from gems_platform.submissions.tables import ReceiptRow
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TransferRow
from gems_protocol.ledger import Why

Key = tuple[str, int, int]  # campaign, index, attempt
TASKS_AT_ONCE = 2_000  # of the campaigns that are looked at together, unless a single one has more,
NAMES_AT_ONCE = 500  # and how many campaigns they are at most
_PAGE = 500  # rows that are fetched at once


class Moved(NamedTuple):
    """One movement of money, with the campaign and attempt that it is about."""

    key: Key
    round: int
    source: str
    target: str
    amount: int
    why: str


class Ended(NamedTuple):
    """One attempt whose verdict is final; size: how many answers came from its batch."""

    key: Key
    accepted: bool
    leased_at: int
    submitted_at: int | None
    judged_at: int
    size: int


class Reviewed(NamedTuple):
    """One seat whose verdict is final: taken and voted at, how many votes came from its batch."""

    key: Key
    verifier: str
    round: int
    agreed: bool
    taken_at: int
    voted_at: int
    size: int


def version(session: Session, requester: str) -> int:
    """The number of the newest movement in any of the requester's campaigns, 0 without any."""
    newest = (
        select(func.max(TransferRow.id)).where(TransferRow.campaign_id == CampaignRow.id).scalar_subquery()
    )
    found = session.scalars(select(newest).select_from(CampaignRow).where(CampaignRow.requester == requester))
    return max((number for number in found if number is not None), default=0)


def groups(session: Session, requester: str) -> list[list[str]]:
    """The requester's campaigns, few at a time."""
    query = select(CampaignRow.id, CampaignRow.tasks_total).where(CampaignRow.requester == requester)
    found: list[list[str]] = []
    room = 0
    for name, tasks in session.execute(query.order_by(CampaignRow.id)):
        if not found or tasks > room or len(found[-1]) == NAMES_AT_ONCE:
            found.append([])
            room = TASKS_AT_ONCE
        found[-1].append(name)
        room -= tasks
    return found


def movements(session: Session, names: Sequence[str], *, in_order: bool = False) -> Iterator[Moved]:
    """Every movement in these campaigns but the return of what was unspent."""
    query = select(
        TransferRow.campaign_id,
        TransferRow.index,
        TransferRow.attempt,
        TransferRow.round,
        TransferRow.source,
        TransferRow.target,
        TransferRow.amount,
        TransferRow.why,
    ).where(TransferRow.campaign_id.in_(names), TransferRow.why != Why.UNSPENT.value)
    if in_order:
        query = query.order_by(TransferRow.id)
    for row in session.execute(query.execution_options(yield_per=_PAGE)):
        campaign_id, index, attempt, round_, source, target, amount, why = row
        yield Moved((campaign_id, index, attempt), round_, source, target, amount, why)


def ended(session: Session, names: Sequence[str]) -> Iterator[Ended]:
    """Every attempt with a final verdict."""
    mine = aliased(
        AssignmentRow
    )  # a batch may be of several campaigns; those of other requesters are left alone
    sizes = (
        select(AssignmentRow.batch_id, func.count().label("size"))
        .where(
            AssignmentRow.submitted_at.is_not(None),
            AssignmentRow.batch_id.in_(select(mine.batch_id).where(mine.campaign_id.in_(names))),
        )
        .group_by(AssignmentRow.batch_id)
        .subquery()
    )
    query = (
        select(
            AssignmentRow.campaign_id,
            AssignmentRow.index,
            AssignmentRow.attempt,
            AssignmentRow.state,
            AssignmentRow.leased_at,
            AssignmentRow.submitted_at,
            AssignmentRow.judged_at,
            func.coalesce(sizes.c.size, 1),
        )
        .outerjoin(sizes, sizes.c.batch_id == AssignmentRow.batch_id)
        .where(
            AssignmentRow.campaign_id.in_(names),
            AssignmentRow.final.is_(True),
            AssignmentRow.judged_at.is_not(None),
            AssignmentRow.state.in_(("accepted", "rejected")),
        )
    )
    for row in session.execute(query.execution_options(yield_per=_PAGE)):
        campaign_id, index, attempt, state, leased, submitted, judged, size = row
        if judged is not None:
            yield Ended((campaign_id, index, attempt), state == "accepted", leased, submitted, judged, size)


def reviewed(session: Session, names: Sequence[str]) -> Iterator[Reviewed]:
    """Every seat whose vote was judged."""
    mine = aliased(SeatRow)
    voted = (
        select(SeatRow.batch_id, func.count().label("size"))
        .where(
            SeatRow.vote_root.is_not(None),
            SeatRow.batch_id.in_(select(mine.batch_id).where(mine.campaign_id.in_(names))),
        )
        .group_by(SeatRow.batch_id)
        .subquery()
    )
    query = (
        select(
            SeatRow.campaign_id,
            SeatRow.index,
            SeatRow.attempt,
            SeatRow.verifier,
            SeatRow.round,
            SeatRow.state,
            BatchRow.created_at,
            ReceiptRow.received_at,
            voted.c.size,
        )
        .join(BatchRow, BatchRow.id == SeatRow.batch_id)
        .join(ReceiptRow, (ReceiptRow.worker == SeatRow.verifier) & (ReceiptRow.root == SeatRow.vote_root))
        .join(voted, voted.c.batch_id == SeatRow.batch_id)
        .where(SeatRow.campaign_id.in_(names), SeatRow.state.in_(("agreed", "disagreed")))
    )
    for row in session.execute(query.execution_options(yield_per=_PAGE)):
        campaign_id, index, attempt, verifier, round_, state, taken, received, size = row
        key = (campaign_id, index, attempt)
        yield Reviewed(key, verifier, round_, state == "agreed", taken, received, size)


def appeals(session: Session, names: Sequence[str]) -> dict[Key, tuple[str, bool]]:
    """Who appealed (miner | requester) and whether they won, by attempt; what is undecided is left out."""
    query = select(
        AppealRow.campaign_id, AppealRow.index, AppealRow.attempt, AppealRow.party, AppealRow.won
    ).where(AppealRow.campaign_id.in_(names), AppealRow.won.is_not(None))
    return {
        (campaign_id, index, attempt): (party, bool(won))
        for campaign_id, index, attempt, party, won in session.execute(query)
    }
