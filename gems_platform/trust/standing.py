# SPDX-License-Identifier: Apache-2.0
"""What the platform knows of a worker in one module family, and the signed note by which it offers and weighs."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.gold import repository as gold
from gems_platform.settings import Settings
from gems_platform.trust import repository, weights
from gems_platform.trust.repository import Passing
from gems_protocol.rules import family_hash
from gems_protocol.trust.profile import profile
from gems_protocol.verification import Standing, note_of
from gems_protocol.verification.commissioned import after_commissioned_failure
from gems_protocol.verification.girm import after_failure, after_pass
from gems_protocol.verification.standing import weighed_in_hundredths


def standing(session: Session, worker: str, family: str) -> Standing:
    """A worker's record as of now: N over all families, everything else in this one."""
    settled = repository.outcomes(session, worker, family=family)
    checks, right = gold.counted_tally(session, worker, family)
    found = profile(settled, *weights.weights_for(session, settled)).family(family)
    right_weighed, weighed = weighed_in_hundredths(found.evidence.s, found.evidence.n, len(settled))
    return Standing(
        passes=passes_of(repository.passing(session, worker)),
        gold_right=right,
        gold=checks,
        settled_right=sum(outcome.accepted for outcome in settled),
        settled=len(settled),
        weighed_right=right_weighed,
        weighed=weighed,
        grade=int(found.grade),
    )


def note(session: Session, settings: Settings, worker: str, family: str, now: int) -> dict[str, Any]:
    """{"message", "signature"} of a `StandingNote`, signed by the hub."""
    return sign(settings, standing(session, worker, family), worker, family, now)


def sign(settings: Settings, stated: Standing, worker: str, family: str, now: int) -> dict[str, Any]:
    """See `note`, for a standing that was found before."""
    message = note_of(stated, worker, family_hash(family), now)
    signature = message.sign(settings.campaigns_domain, settings.hub_signer_key)
    return {"message": message.to_json(), "signature": "0x" + signature.hex()}


def passes_of(outcomes: Iterable[Passing]) -> int:
    """N after these outcomes, oldest first."""
    n = 0
    for found in outcomes:
        if found.poor:
            n = after_commissioned_failure(n, Fraction(found.commission, found.mr or 1))
        elif found.accepted:
            n = after_pass(n, audited=True)
        else:
            n = after_failure(n)
    return n
