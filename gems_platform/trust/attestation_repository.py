# SPDX-License-Identifier: Apache-2.0
"""All queries about attestations, issued and imported."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.tasks.tables import AssignmentRow
from gems_platform.trust.attestation_tables import ImportedRow, IssuedRow
from gems_platform.trust.tables import OutcomeRow


def to_issue(
    session: Session, worker: str, issuer: str, limit: int
) -> Sequence[tuple[OutcomeRow, str | None, CampaignRow | None]]:
    """Outcomes that `issuer` has not attested yet, oldest first, with the verdict's evidence and the campaign."""
    query = (
        select(OutcomeRow, AssignmentRow.evidence, CampaignRow)
        .outerjoin(IssuedRow, (IssuedRow.outcome_id == OutcomeRow.id) & (IssuedRow.issuer == issuer))
        .outerjoin(AssignmentRow, AssignmentRow.hash == OutcomeRow.assignment_hash)
        .outerjoin(CampaignRow, CampaignRow.id == OutcomeRow.campaign_id)
        .where(OutcomeRow.worker == worker, IssuedRow.outcome_id.is_(None))
        .order_by(OutcomeRow.id)
        .limit(limit)
    )
    return [(row, evidence, campaign) for row, evidence, campaign in session.execute(query)]


def put_issued(session: Session, row: IssuedRow) -> None:
    """Keep an attestation, in the place of one by an earlier key of the platform."""
    session.merge(row)


def issued_page(session: Session, worker: str, after: int, limit: int) -> Sequence[IssuedRow]:
    """Attestations about a worker whose outcome's number is above `after`, in order."""
    query = select(IssuedRow).where(IssuedRow.worker == worker, IssuedRow.outcome_id > after)
    return session.scalars(query.order_by(IssuedRow.outcome_id).limit(limit)).all()


def newest_uids(session: Session, worker: str, limit: int) -> Sequence[tuple[int, str]]:
    """(outcome's number, UID) of the newest attestations about a worker, newest first."""
    query = select(IssuedRow.outcome_id, IssuedRow.uid).where(IssuedRow.worker == worker)
    found = session.execute(query.order_by(IssuedRow.outcome_id.desc()).limit(limit))
    return [(number, uid) for number, uid in found]


def totals(session: Session, worker: str) -> tuple[int, int, int]:
    """How many attested outcomes a worker has: all, accepted, accepted on the first try."""
    right = OutcomeRow.accepted.is_(True)
    query = (
        select(
            func.count(),
            func.count().filter(right),
            func.count().filter(right, OutcomeRow.first_try.is_(True)),
        )
        .select_from(OutcomeRow)
        .join(IssuedRow, IssuedRow.outcome_id == OutcomeRow.id)
        .where(OutcomeRow.worker == worker)
    )
    judged, accepted, first_try = session.execute(query).one()
    return judged, accepted, first_try


def imported(session: Session, worker: str) -> Sequence[ImportedRow]:
    """What a worker brought from elsewhere, oldest first."""
    query = select(ImportedRow).where(ImportedRow.worker == worker)
    return session.scalars(query.order_by(ImportedRow.judged_at, ImportedRow.uid)).all()


def add_imported(session: Session, row: ImportedRow) -> None:
    """Keep an outcome that was brought; the caller has seen that it is new."""
    session.add(row)
