# SPDX-License-Identifier: Apache-2.0
"""The audit draw of each submission: at once, or when the requester has revealed the seed of its day.

A day's seed may come once the day (UTC) is over, so that nobody who answers on it can know it. Without it for
another day, the draw is made with zero.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.campaigns.tables import SeedRow
from gems_platform.errors import Conflict, Malformed
from gems_platform.reviews import settling
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.tasks import moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.repository import OfDay
from gems_platform.tasks.tables import AssignmentRow, TaskRow
from gems_protocol import audit, merkle
from gems_protocol.audit import DAY_S, NO_SEED, AuditReveal
from gems_protocol.messages import Submission
from gems_protocol.task_events import AuditNotDrawn


def submitted(
    session: Session, settings: Settings, row: TaskRow, given: AssignmentRow, campaign: Facts, now: int
) -> None:
    """Draw for a submission that has just come, or let it wait for the seed of its day."""
    given.day = now // DAY_S
    nothing_to_draw = json.loads(given.message)["audit_ppm"] == 0
    if campaign.terms.seed_tip == NO_SEED or nothing_to_draw:
        _draw(session, settings, row, given, campaign, NO_SEED, now)
    else:
        given.waits_for_day = given.day


def _draw(
    session: Session,
    settings: Settings,
    row: TaskRow,
    given: AssignmentRow,
    campaign: Facts,
    seed: bytes,
    now: int,
) -> None:
    given.waits_for_day, given.seed = None, text(seed)
    submission = Submission(raw(given.hash), raw(str(given.result_hash)), raw(str(given.salt)))
    ppm, secret = json.loads(given.message)["audit_ppm"], raw(given.secret)
    reveal = AuditReveal(secret, seed, given.day)
    drawn = audit.is_audited(audit.commit(secret), ppm, reveal, submission.salt, submission.struct_hash())
    row.since, row.judge_by = now, now + campaign.terms.window
    if drawn:
        row.seats_wanted = record.load(row, campaign).panel.size
    else:
        moves.happen(session, row, campaign, AuditNotDrawn(), now)
        settling.decided(session, settings, row, campaign, now)


def due(session: Session, now: int) -> list[AssignmentRow]:
    """Submissions of days that are over: those whose day has its seed, and those that waited a whole day for it."""
    return list(tasks.waiting_for_seed(session, now // DAY_S))


def draw(session: Session, settings: Settings, given: AssignmentRow, now: int) -> None:
    """Draw for a submission that is due."""
    campaign = facts(campaigns.get(session, given.campaign_id))
    revealed = session.get(SeedRow, (given.campaign_id, int(given.waits_for_day or 0)))
    row = tasks.task(session, given.campaign_id, given.index)
    seed = raw(revealed.seed) if revealed else NO_SEED
    _draw(session, settings, row, given, campaign, seed, now)


def show_days(session: Session, campaign_id: str) -> dict[str, Any]:
    """Every day with submissions: how many, the Merkle root of their hashes, and the seed if it is known.

    A requester keeps count and root before revealing: a submission that is added to the day later proves a fraud.
    """
    campaigns.get(session, campaign_id)
    found: dict[int, list[OfDay]] = {}
    for given in tasks.drawn_by_day(session, campaign_id):
        found.setdefault(given.day, []).append(given)
    return {
        "days": [
            {
                "day": day,
                "count": len(rows),
                "root": text(merkle.root(_hashes(rows))),
                "reveal_by": (day + 2) * DAY_S,
                "seed": _seed(session, campaign_id, day),
            }
            for day, rows in sorted(found.items())
        ]
    }


def _hashes(rows: Sequence[OfDay]) -> list[bytes]:
    return sorted(
        Submission(raw(row.hash), raw(row.result_hash), raw(row.salt)).struct_hash() for row in rows
    )


def _seed(session: Session, campaign_id: str, day: int) -> str | None:
    row = session.get(SeedRow, (campaign_id, day))
    return row.seed if row else None


def reveal(session: Session, me: str, campaign_id: str, day: int, seed: bytes, now: int) -> dict[str, Any]:
    """Take the requester's seed of a day that is over; raises Conflict, Malformed."""
    row = campaigns.owned(session, campaign_id, me)
    known = session.get(SeedRow, (campaign_id, day))
    if known is not None:
        if known.seed != text(seed):
            raise Conflict("Another seed was revealed for this day.")
        return {"day": day}
    if now < (day + 1) * DAY_S:
        raise Conflict(
            "The day is not over yet: whoever answers on it could know its draws.",
            safe="The seed was not kept.",
            action="Reveal it after midnight UTC.",
        )
    if seed == NO_SEED or not audit.is_seed_of(AuditReveal(bytes(32), seed, day), facts(row).terms):
        raise Malformed("This is not the seed of that day in the chain of the campaign's terms.")
    session.add(SeedRow(campaign_id=campaign_id, day=day, seed=text(seed), revealed_at=now))
    return {"day": day}
