# SPDX-License-Identifier: Apache-2.0
"""Scores and the right to verify, from outcomes that verifiers judged, by the protocol's rules."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.errors import NotAVerifier
from gems_platform.settings import Settings
from gems_platform.trust import importing, repository
from gems_platform.trust.tables import OutcomeRow
from gems_protocol.attestation.counting import counted
from gems_protocol.trust.score import Outcome, eligible_verifier, missing_for_verifier, score
from gems_protocol.verification.girm import after_failure, after_pass


def outcome(row: OutcomeRow) -> Outcome:
    """A row as the protocol's value."""
    return Outcome(
        campaign_id=bytes.fromhex(row.campaign_id[2:]),
        index=row.index,
        requester=row.requester,
        accepted=row.accepted,
        first_try=row.first_try,
        judged_at=row.judged_at,
        family=row.family,
    )


def for_review(session: Session, worker: str, own: list[Outcome]) -> list[Outcome]:
    """What counts when asking who may verify: the own outcomes and, within limits, imported ones (ADR 0015)."""
    return own + counted(own, importing.imported_outcomes(session, worker))


def show(session: Session, settings: Settings, worker: str) -> dict[str, Any]:
    """A worker's outcomes, each with the assignment that proves it, the score, and whether they may verify."""
    rows = repository.of_worker(session, worker)
    outcomes = [outcome(row) for row in rows]
    evidence = for_review(session, worker, outcomes)
    seeded = worker in settings.practice_verifiers
    return {
        "outcomes": [
            {
                "campaign_id": row.campaign_id,
                "index": row.index,
                "attempt": row.attempt,
                "assignment_hash": row.assignment_hash,
                "requester": row.requester,
                "family": row.family,
                "accepted": row.accepted,
                "first_try": row.first_try,
                "judged_at": row.judged_at,
            }
            for row in rows
        ]
        + importing.shown(session, worker),
        "score": asdict(score(outcomes)),
        "verifier": seeded or eligible_verifier(evidence),
        "missing": None if seeded else missing_for_verifier(evidence),
        "practice": settings.is_practice(worker),
    }


def check_verifier(session: Session, settings: Settings, worker: str) -> None:
    """Raise NotAVerifier, with what is missing in words, unless the worker may review."""
    if worker in settings.practice_verifiers:
        return
    own = [outcome(row) for row in repository.of_worker(session, worker)]
    missing = missing_for_verifier(for_review(session, worker, own))
    if missing is not None:
        raise NotAVerifier(missing, action="Do more tasks; your Trust page shows how far you are.")


def audited_passes(session: Session, worker: str) -> int:
    """N: audited passes, halved at each failure."""
    n = 0
    for row in repository.of_worker(session, worker):
        n = after_pass(n, True) if row.accepted else after_failure(n)
    return n
