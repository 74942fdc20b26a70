# SPDX-License-Identifier: Apache-2.0
"""From votes to verdicts: when a round can be judged, and the panel that the hub signs for it."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from gems_platform.campaigns.facts import Facts
from gems_platform.reviews import repository, seating, settling
from gems_platform.reviews.tables import PanelRow
from gems_platform.schemas import text
from gems_platform.settings import Settings
from gems_platform.tasks import moves, record
from gems_platform.tasks.tables import TaskRow
from gems_protocol.messages import Panel
from gems_protocol.task import Task, TaskState
from gems_protocol.task_events import Judged, VerifierMissed
from gems_protocol.verification import Undecided
from gems_protocol.verification.commissioned import COMMISSION_ROUND

_JUDGING = (TaskState.SUBMITTED, TaskState.IN_REVIEW, TaskState.APPEALED, TaskState.COMMISSIONED)


def judge_if_ready(
    session: Session, settings: Settings, row: TaskRow, campaign: Facts, now: int, *, late: bool = False
) -> None:
    """Judge the present round when its votes decide it, or when its deadline passed (`late`)."""
    task = record.load(row, campaign)
    if task.state not in _JUDGING or not (late or _ready(task)):
        row.judge_by = now + campaign.terms.window  # a round that goes on has its whole window again
        return
    _drop_unconfirmed(session, row, campaign, task, now)
    task = record.load(row, campaign)
    _sign_panel(session, settings, row, campaign, task)
    for seat in repository.of_attempt(session, row.campaign_id, row.index, task.attempt):
        if seat.state == "leased":
            seating.left(session, seat)
    after = moves.happen(session, row, campaign, Judged(deadline_passed=late and not _ready(task)), now)
    row.since, row.judge_by = now, now + campaign.terms.window
    if after.state in (TaskState.ACCEPTED, TaskState.REJECTED):
        settling.decided(session, settings, row, campaign, now)


def _ready(task: Task) -> bool:
    if any(seat.vote is None for seat in task.seats):
        return False
    if task.commission:
        return len(task.seats) == task.panel.size
    return bool(task.seats) and not isinstance(task.rules.judge(task.case()), Undecided)


def _drop_unconfirmed(session: Session, row: TaskRow, campaign: Facts, task: Task, now: int) -> None:
    """Unseat who was offered a seat and put up no stake yet: judging would give a stake back otherwise."""
    for seat in repository.of_attempt(session, row.campaign_id, row.index, task.attempt):
        if seat.state == "offered":
            moves.happen(session, row, campaign, VerifierMissed(seat.verifier), now, unstaked=seat.verifier)
            seating.left(session, seat)


def _sign_panel(session: Session, settings: Settings, row: TaskRow, campaign: Facts, task: Task) -> None:
    verifiers = tuple(sorted(seat.verifier for seat in task.seats if seat.vote is not None))
    round_ = COMMISSION_ROUND if task.commission else task.round
    panel = Panel(campaign.campaign_id, row.index, task.attempt, round_, verifiers)
    session.add(
        PanelRow(
            campaign_id=row.campaign_id,
            index=row.index,
            attempt=task.attempt,
            round=round_,
            message=json.dumps(panel.to_json()),
            signature=text(panel.sign(settings.campaigns_domain, settings.hub_signer_key)),
        )
    )
    session.flush()
