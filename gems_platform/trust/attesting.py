# SPDX-License-Identifier: Apache-2.0
"""Issues outcomes as EAS off-chain attestations, signed with the hub's hot key."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns.facts import facts
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.settings import Settings
from gems_platform.trust import attestation_repository as repository
from gems_platform.trust.attestation_tables import IssuedRow
from gems_platform.trust.tables import OutcomeRow
from gems_protocol import canonical
from gems_protocol.attestation.schema import MAX_LISTED, NO_EVIDENCE, OutcomeClaim, RecordClaim, root_of
from gems_protocol.text import line

AT_ONCE = 100  # attestations in one transaction, or in one answer
_LONGEST = 80


def issue(session: Session, settings: Settings, worker: str) -> bool:
    """Attest up to AT_ONCE of a worker's outcomes that are not yet; whether there may be more."""
    rows = repository.to_issue(session, worker, settings.hub, AT_ONCE)
    for row, evidence, campaign in rows:
        attestation = _claim(row, evidence, campaign).attestation(worker, settings.chain_id)
        repository.put_issued(
            session,
            IssuedRow(
                outcome_id=row.id,
                worker=worker,
                issuer=settings.hub,
                uid="0x" + attestation.uid().hex(),
                package=json.dumps(attestation.sign(settings.hub_signer_key).to_json()),
            ),
        )
    return len(rows) == AT_ONCE


def is_due(session: Session, settings: Settings, worker: str) -> bool:
    """Whether an outcome of the worker is not attested yet."""
    return bool(repository.to_issue(session, worker, settings.hub, 1))


def page(session: Session, settings: Settings, worker: str, after: int, limit: int) -> dict[str, Any]:
    """Attestations about a worker after the number `after`; `last` is where the next page begins."""
    rows = repository.issued_page(session, worker, after, limit)
    return {
        "issuer": settings.hub,
        "name": settings.name,
        "chain_id": settings.chain_id,
        "attestations": [json.loads(row.package) for row in rows],
        "last": rows[-1].outcome_id if rows else after,
    }


def record(session: Session, settings: Settings, worker: str, now: int) -> dict[str, Any]:
    """How many outcomes there are, signed now over the newest; `after` and `last` bound their pages."""
    newest = repository.newest_uids(session, worker, MAX_LISTED)
    judged, accepted, first_try = repository.totals(session, worker)
    root = root_of([bytes.fromhex(uid[2:]) for _, uid in newest])
    claim = RecordClaim(judged, accepted, first_try, len(newest), root)
    signed = claim.attestation(worker, settings.chain_id, now).sign(settings.hub_signer_key)
    return {
        "issuer": settings.hub,
        "name": settings.name,
        "chain_id": settings.chain_id,
        "record": signed.to_json(),
        "after": newest[-1][0] - 1 if newest else 0,
        "last": newest[0][0] if newest else 0,
    }


def _claim(row: OutcomeRow, evidence: str | None, campaign: CampaignRow | None) -> OutcomeClaim:
    difficulty = facts(campaign).manifest.module.difficulty if campaign is not None else ""
    return OutcomeClaim(
        campaign_id=bytes.fromhex(row.campaign_id[2:]),
        index=row.index,
        attempt=row.attempt,
        family=line(row.family, _LONGEST),
        difficulty=line(difficulty, _LONGEST),
        requester=row.requester,
        accepted=row.accepted,
        first_try=row.accepted and row.first_try,
        judged_at=row.judged_at,
        gold=False,
        evidence=canonical.keccak_of(json.loads(evidence)) if evidence else NO_EVIDENCE,
    )
