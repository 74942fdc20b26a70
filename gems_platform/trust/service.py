# SPDX-License-Identifier: Apache-2.0
"""Outcomes, the profile they make, and the right to verify, by the protocol's rules."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.errors import NotAVerifier
from gems_platform.gold import repository as gold
from gems_platform.settings import DAY, Settings
from gems_platform.trust import importing, removal, repository, standing, weights
from gems_platform.trust.shown import shown_profile, shown_weights
from gems_platform.trust.tables import OutcomeRow
from gems_protocol.attestation.counting import counted
from gems_protocol.trust.profile import profile
from gems_protocol.trust.score import Outcome, score
from gems_protocol.trust.verifiers import HIDDEN_LEAST, NOTHING_YET, passes_hidden_checks
from gems_protocol.trust.words import sentence

HIDDEN_LAST = 20  # hidden checks as a verifier that are looked at, of the last 30 days
HIDDEN_DAYS = 30


def record_outcome(
    session: Session,
    *,
    worker: str,
    campaign_id: str,
    index: int,
    attempt: int,
    assignment_hash: str,
    requester: str,
    family: str,
    difficulty: str,
    accepted: bool,
    first_try: bool,
    poor: bool,
    commission: int,
    mr: int,
    judged_at: int,
    redone: bool | None = None,
) -> None:
    """Keep how a task ended for its miner, once it is final and verifiers judged it.

    accepted: right. poor: accepted, then rejected by strangers whom `commission` base units paid; counts as wrong.
    redone: whether it took a second try; by default what was accepted, and not on the first.
    """
    right = accepted and not poor
    repository.add(
        session,
        OutcomeRow(
            worker=worker,
            campaign_id=campaign_id,
            index=index,
            attempt=attempt,
            assignment_hash=assignment_hash,
            requester=requester,
            family=family,
            difficulty=difficulty,
            accepted=right,
            first_try=right and first_try,
            redone=(right and not first_try) if redone is None else redone,
            poor=poor,
            commission=commission,
            mr=mr,
            judged_at=judged_at,
        ),
    )


def for_review(session: Session, worker: str, own: list[Outcome]) -> list[Outcome]:
    """What counts when asking who may verify: the own outcomes and, within limits, imported ones (ADR 0015)."""
    return own + counted(own, importing.imported_outcomes(session, worker))


def show(session: Session, settings: Settings, worker: str, now: int) -> dict[str, Any]:
    """A worker's outcomes, each with the assignment that proves it, and everything that follows from them."""
    rows = repository.of_worker(session, worker)
    outcomes = repository.outcomes(session, worker)
    missing = missing_by_family(session, settings, worker, now)
    known = weights.weights_for(session, outcomes)
    seeded = worker in settings.practice_verifiers
    checks, right = gold.shown_tally(session, worker, None)
    return {
        "outcomes": [_shown(row) for row in rows] + importing.shown(session, worker),
        "score": asdict(score(outcomes)),
        "profile": shown_profile(profile(outcomes, *known)),
        "weights": shown_weights(repository.weight_run(session), *known, outcomes),
        "hidden": {"checks": checks, "right": right},
        "passes": standing.passes_of(repository.passing(session, worker)),
        "verifier": seeded or None in missing.values(),
        "missing": None if seeded else _nearest(missing),
        "verifies": sorted(family for family, found in missing.items() if found is None),
        "practice": settings.is_practice(worker),
    } | removal.state(session, worker)


def _shown(row: OutcomeRow) -> dict[str, Any]:
    names = (
        "campaign_id", "index", "attempt", "assignment_hash", "requester", "family", "difficulty",
        "accepted", "first_try", "redone", "poor", "judged_at",
    )  # fmt: skip
    # which tasks had a known answer is never told: others still work on them
    money = {"commission": str(row.commission), "mr": str(row.mr), "final": True, "gold": False}
    return {name: getattr(row, name) for name in names} | money


def check_verifier(
    session: Session, settings: Settings, worker: str, family: str | None = None, now: int | None = None
) -> None:
    """Raise NotAVerifier, with what is missing in words, unless the worker may review (work of a family)."""
    if worker in settings.practice_verifiers:
        return
    found = missing_by_family(session, settings, worker, now)
    missing = _nearest(found) if family is None else found.get(family, _NOTHING_YET)
    if missing is not None:
        raise NotAVerifier(missing, action="Do more tasks; your Trust page shows how far you are.")


def families_to_verify(
    session: Session, settings: Settings, worker: str, now: int | None = None
) -> set[str] | None:
    """The module families whose work the worker may review; None: all of them."""
    if worker in settings.practice_verifiers:
        return None
    found = missing_by_family(session, settings, worker, now)
    return {family for family, missing in found.items() if missing is None}


def grade_of(session: Session, worker: str) -> int:
    """The worker's grade over everything they did."""
    evidence = for_review(session, worker, repository.outcomes(session, worker))
    return int(profile(evidence, *weights.weights_for(session, evidence)).grade)


def missing_by_family(
    session: Session, settings: Settings, worker: str, now: int | None = None
) -> dict[str, str | None]:
    """For each family that the worker has outcomes in, what keeps them from reviewing; None when nothing does.

    The nearest to the bar comes first. now: hidden checks older than 30 days no longer count then.
    """
    evidence = for_review(session, worker, repository.outcomes(session, worker))
    found = profile(evidence, *weights.weights_for(session, evidence))
    return {
        family.family: sentence(family.missing)
        if family.missing is not None
        else _suspended(session, worker, family.family, now)
        for family in found.nearest
    }


def _suspended(session: Session, worker: str, family: str, now: int | None) -> str | None:
    since = 0 if now is None else now - HIDDEN_DAYS * DAY
    checks = gold.rights(session, worker, family, "verifier", since)[-HIDDEN_LAST:]
    if len(checks) < HIDDEN_LEAST or passes_hidden_checks(sum(checks), len(checks)):
        return None
    return (
        f"You cannot review for now: {sum(checks)} of your last {len(checks)} hidden checks as a reviewer were "
        f"right, and at least 60 % must be. A check counts for {HIDDEN_DAYS} days."
    )


def _nearest(missing: dict[str, str | None]) -> str | None:
    if not missing:
        return _NOTHING_YET
    return None if None in missing.values() else next(iter(missing.values()))


_NOTHING_YET = sentence(NOTHING_YET)
