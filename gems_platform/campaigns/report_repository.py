# SPDX-License-Identifier: Apache-2.0
"""The queries behind a requester report: each goes once over what the requester's campaigns left behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.reviews.tables import AppealRow, SeatRow
from gems_platform.submissions.tables import ReceiptRow
from gems_platform.tasks.tables import AssignmentRow, BatchRow, TransferRow
from gems_protocol.ledger import Why

Key = tuple[str, int, int]  # campaign, index, attempt


class Moved(NamedTuple):
    """One movement of money, with the campaign and attempt that it is about."""

    key: Key
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


def movements(session: Session, requester: str) -> Iterator[Moved]:
    """Every movement in the requester's campaigns but the return of what was unspent."""
    query = (
        select(
            TransferRow.campaign_id,
            TransferRow.index,
            TransferRow.attempt,
            TransferRow.source,
            TransferRow.target,
            TransferRow.amount,
            TransferRow.why,
        )
        .join(CampaignRow, CampaignRow.id == TransferRow.campaign_id)
        .where(CampaignRow.requester == requester, TransferRow.why != Why.UNSPENT.value)
    )
    for campaign_id, index, attempt, source, target, amount, why in session.execute(query):
        yield Moved((campaign_id, index, attempt), source, target, amount, why)


def ended(session: Session, requester: str) -> Iterator[Ended]:
    """Every attempt with a final verdict."""
    sizes = (
        select(AssignmentRow.batch_id, func.count().label("size"))
        .where(AssignmentRow.submitted_at.is_not(None))
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
        .join(CampaignRow, CampaignRow.id == AssignmentRow.campaign_id)
        .outerjoin(sizes, sizes.c.batch_id == AssignmentRow.batch_id)
        .where(
            CampaignRow.requester == requester,
            AssignmentRow.final.is_(True),
            AssignmentRow.judged_at.is_not(None),
            AssignmentRow.state.in_(("accepted", "rejected")),
        )
    )
    for row in session.execute(query):
        campaign_id, index, attempt, state, leased, submitted, judged, size = row
        if judged is not None:
            yield Ended((campaign_id, index, attempt), state == "accepted", leased, submitted, judged, size)


def reviewed(session: Session, requester: str) -> Iterator[Reviewed]:
    """Every seat whose vote was judged."""
    voted = (
        select(SeatRow.batch_id, func.count().label("size"))
        .where(SeatRow.vote_root.is_not(None))
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
        .join(CampaignRow, CampaignRow.id == SeatRow.campaign_id)
        .join(BatchRow, BatchRow.id == SeatRow.batch_id)
        .join(ReceiptRow, (ReceiptRow.worker == SeatRow.verifier) & (ReceiptRow.root == SeatRow.vote_root))
        .join(voted, voted.c.batch_id == SeatRow.batch_id)
        .where(CampaignRow.requester == requester, SeatRow.state.in_(("agreed", "disagreed")))
    )
    for row in session.execute(query):
        campaign_id, index, attempt, verifier, round_, state, taken, received, size = row
        key = (campaign_id, index, attempt)
        yield Reviewed(key, verifier, round_, state == "agreed", taken, received, size)


def appeals(session: Session, requester: str) -> dict[Key, tuple[str, bool]]:
    """Who appealed (miner | requester) and whether they won, by attempt; what is undecided is left out."""
    query = (
        select(AppealRow.campaign_id, AppealRow.index, AppealRow.attempt, AppealRow.party, AppealRow.won)
        .join(CampaignRow, CampaignRow.id == AppealRow.campaign_id)
        .where(CampaignRow.requester == requester, AppealRow.won.is_not(None))
    )
    return {
        (campaign_id, index, attempt): (party, bool(won))
        for campaign_id, index, attempt, party, won in session.execute(query)
    }
