# SPDX-License-Identifier: Apache-2.0
"""Removal: who is wrong too often gets no more work, may appeal, and starts anew when the operator says so."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gems_platform.errors import Conflict, NotAllowed, NotFound
from gems_platform.trust import repository, weights
from gems_platform.trust.tables import ReinstatedRow, RemovalAppealRow
from gems_protocol.trust.profile import REMOVAL_TASKS, Profile, profile


def removed(session: Session, worker: str) -> Profile | None:
    """The profile that keeps a worker out (30 judged tasks since the last reinstatement, upper bound below .55)."""
    back = repository.reinstated(session, worker)
    counted = repository.outcomes(session, worker, after=0 if back is None else back.after)
    if len(counted) < REMOVAL_TASKS:
        return None
    found = profile(counted, *weights.weights_for(session, counted))
    return found if found.removal else None


def check(session: Session, worker: str) -> None:
    """Raise NotAllowed, with why and what can be done, when the worker was removed."""
    found = removed(session, worker)
    if found is None:
        return
    appeal = repository.last_appeal(session, worker)
    waits = appeal is not None and appeal.answered_at is None
    raise NotAllowed(
        f"{found.score.accepted} of your {found.score.n} checked tasks were right: too few to go on.",
        safe="What you earned stays yours, and work that you have already taken is judged and paid as before.",
        action="Your appeal waits for the platform's operator."
        if waits
        else "You can appeal on your Trust page: the platform's operator looks at your work.",
    )


def appeal(session: Session, worker: str, reason: str, now: int) -> dict[str, Any]:
    """Keep a removed worker's appeal for the operator; raises Conflict when there is nothing to appeal.

    An appeal that waits already is replaced in words, not in time.
    """
    if removed(session, worker) is None:
        raise Conflict("You were not removed, so there is nothing to appeal.")
    waiting = repository.last_appeal(session, worker)
    if waiting is not None and waiting.answered_at is None:
        waiting.reason = reason
    else:
        repository.add_appeal(session, RemovalAppealRow(worker=worker, reason=reason, made_at=now))
    return state(session, worker)


def reinstate(session: Session, worker: str, now: int) -> None:
    """Let a worker back: only what is judged from now on counts for removal.

    Raises NotFound for a stranger, Conflict for one who was not removed: what counts against them would be forgotten.
    """
    newest = repository.last_number(session, worker)
    if not newest:
        raise NotFound("Nothing of this account was ever judged here.")
    waiting = repository.last_appeal(session, worker)
    if removed(session, worker) is None and (waiting is None or waiting.answered_at is not None):
        raise Conflict("This account is not removed.", safe="Nothing was changed.")
    repository.put_reinstated(session, ReinstatedRow(worker=worker, after=newest, at=now))
    if waiting is not None and waiting.answered_at is None:
        waiting.answered_at = now


def state(session: Session, worker: str) -> dict[str, Any]:
    """{"removed", "reinstated_at", "appeal": null | {"made_at", "answered_at"}}; the words stay with the operator."""
    back, last = repository.reinstated(session, worker), repository.last_appeal(session, worker)
    return {
        "removed": removed(session, worker) is not None,
        "reinstated_at": None if back is None else back.at,
        "appeal": None if last is None else {"made_at": last.made_at, "answered_at": last.answered_at},
    }


def waiting(session: Session) -> list[dict[str, Any]]:
    """The appeals that wait for the operator, oldest first."""
    return [
        {"worker": row.worker, "reason": row.reason, "made_at": row.made_at}
        for row in repository.open_appeals(session)
    ]
