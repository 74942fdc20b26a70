# SPDX-License-Identifier: Apache-2.0
"""Takes over outcomes that platforms trusted by the operator attested, when the worker itself brings them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.errors import Conflict, Late, Malformed, NotAllowed
from gems_platform.settings import Settings
from gems_platform.trust import attestation_repository as repository
from gems_platform.trust.attestation_tables import ImportedRow
from gems_protocol.attestation.bundle import Inspection, IssuerPart, Proven
from gems_protocol.trust.score import Outcome

FRESH_S = 7 * 86_400  # how old a record may be: an older one could leave the newest failures out
LOCAL_CHAIN = 31_337  # every local practice network's; its outcomes are play
_NOTHING = "Nothing was imported."


def take(session: Session, settings: Settings, worker: str, found: Inspection, now: int) -> dict[str, Any]:
    """Store the outcomes of an inspected bundle about the caller that are new here.

    Raises Malformed (forged, doubled, left out), NotAllowed (somebody else's, or no trusted issuer),
    Late (a record too old), Conflict (an issuer that contradicts what it said before).
    """
    _check(found, worker)
    parts = [part for part in found.issuers if _is_trusted(settings, part)]
    if not parts:
        raise NotAllowed(
            "This platform takes no outcomes from whoever issued these.",
            safe=_NOTHING,
            action="Ask the platform's operator which platforms it trusts.",
        )
    if any(part.taken_at < now - FRESH_S for part in parts):
        raise Late(
            "These outcomes were exported too long ago.",
            safe=_NOTHING,
            action="Export them again, then import.",
        )
    brought = [(part, proven) for part in parts for proven in part.outcomes]
    new = _new_ones(repository.imported(session, worker), brought)
    for part, proven in new:
        repository.add_imported(session, _row(part, proven, worker, now))
    session.flush()
    return {
        "imported": len(new),
        "already": len(brought) - len(new),
        "expired": sum(part.expired for part in parts),
        "skipped": sum(len(part.outcomes) for part in found.issuers if part not in parts),
        "issuers": sorted(part.issuer for part in parts),
    }


def imported_outcomes(session: Session, worker: str) -> list[Outcome]:
    """What a worker brought from elsewhere, oldest first; `attestation.counting.counted` says what counts of it."""
    return [
        Outcome(
            campaign_id=bytes.fromhex(row.campaign_id[2:]),
            index=row.index,
            requester=row.requester,
            accepted=row.accepted,
            first_try=row.first_try,
            judged_at=row.judged_at,
            family=row.family,
            difficulty=row.difficulty,
        )
        for row in repository.imported(session, worker)
    ]


def shown(session: Session, worker: str) -> list[dict[str, Any]]:
    """What a worker brought, as `GET /v1/trust` lists it: like an own outcome, marked with its issuer and UID."""
    return [
        {
            "campaign_id": row.campaign_id,
            "index": row.index,
            "attempt": row.attempt,
            "requester": row.requester,
            "family": row.family,
            "accepted": row.accepted,
            "first_try": row.first_try,
            "judged_at": row.judged_at,
            "imported": row.issuer,
            "chain_id": row.chain_id,
            "uid": row.uid,
        }
        for row in repository.imported(session, worker)
    ]


def _check(found: Inspection, worker: str) -> None:
    if found.worker != worker:
        raise NotAllowed(
            "These outcomes are about somebody else.",
            safe=_NOTHING,
            action="Sign in with the account that did the work.",
        )
    wrong = next((problem for problem in found.problems if problem.kind.forged), None)
    if wrong is not None:
        raise Malformed(
            f"These outcomes cannot be relied on, see {wrong.where}: {wrong.why}",
            safe=_NOTHING,
            action="Export them again from the platform that issued them, and change nothing.",
        )


def _is_trusted(settings: Settings, part: IssuerPart) -> bool:
    if part.issuer not in settings.trusted_issuers or part.issuer == settings.hub:
        return False
    return part.chain_id != LOCAL_CHAIN or settings.chain_id == LOCAL_CHAIN


_Brought = tuple[IssuerPart, Proven]


def _new_ones(rows: Sequence[ImportedRow], brought: Sequence[_Brought]) -> list[_Brought]:
    """What was not imported before; raises Conflict when a stored outcome says otherwise."""
    known = {(row.issuer, row.chain_id, row.campaign_id, row.index, row.attempt): row for row in rows}
    new = []
    for part, proven in brought:
        claim = proven.claim
        key = (part.issuer, part.chain_id, _hex(claim.campaign_id), claim.index, claim.attempt)
        before = known.get(key)
        if before is None:
            new.append((part, proven))
        elif before.uid != _hex(proven.signed.attestation.uid()):
            raise Conflict(
                "The issuer says something else of a task now than it did before.",
                safe="What was imported before is unchanged.",
                action="Tell the operators of both platforms.",
            )
    return new


def _row(part: IssuerPart, proven: Proven, worker: str, now: int) -> ImportedRow:
    claim = proven.claim
    return ImportedRow(
        uid=_hex(proven.signed.attestation.uid()),
        worker=worker,
        issuer=part.issuer,
        chain_id=part.chain_id,
        campaign_id=_hex(claim.campaign_id),
        index=claim.index,
        attempt=claim.attempt,
        requester=claim.requester,
        family=claim.family,
        difficulty=claim.difficulty,
        accepted=claim.accepted,
        first_try=claim.first_try,
        gold=claim.gold,
        judged_at=claim.judged_at,
        imported_at=now,
        package=json.dumps(proven.signed.to_json()),
    )


def _hex(value: bytes) -> str:
    return "0x" + value.hex()
