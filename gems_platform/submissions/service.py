# SPDX-License-Identifier: Apache-2.0
"""Answers in: all of a batch or nothing, once, durable before the receipt leaves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import modules
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.errors import Conflict, Late, Malformed, NotFound, Refusal
from gems_platform.gold import service as gold
from gems_platform.reviews import drawing, settling
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_platform.submissions import receipts, repository
from gems_platform.submissions.schemas import Item, NewSubmission
from gems_platform.tasks import moves, record
from gems_platform.tasks import repository as tasks
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol.campaign import result_hash
from gems_protocol.errors import GemsError
from gems_protocol.messages import BatchSubmission, Submission
from gems_protocol.task_events import Submitted


def submit(session: Session, settings: Settings, me: str, body: NewSubmission, now: int) -> dict[str, Any]:
    """Take a sealed batch and give its signed receipt; the same batch again gets the same receipt.

    Raises NotFound for others' batches, BadSignature, Malformed, Late, Conflict; then nothing was taken.
    """
    message = BatchSubmission.from_json(body.batch.message)
    again = repository.repeated(session, text(message.root), "submission", me, message.to_json())
    if again is not None:
        return again
    batch = tasks.own_batch(session, text(message.batch_id), me)
    if batch.kind != "work" or batch.state != "confirmed":
        raise Conflict("This batch is not one that answers can be sent for.")
    if len({sent.assignment_hash for sent in body.items}) != len(body.items):
        raise Malformed("A task comes twice in the batch.", safe="Nothing of it was taken.")
    names = [sent.assignment_hash for sent in body.items]
    items = {item.hash: item for item in tasks.named_in_batch(session, batch.id, names)}
    held = _hold(session, items.values())
    submissions = [
        _submission(session, settings, items.get(sent.assignment_hash), sent, place, now)
        for place, sent in enumerate(body.items)
    ]
    leaves = [submission.struct_hash() for submission in submissions]
    receipts.check(settings, message, body.batch.signature, me, leaves)
    receipt = receipts.keep(session, settings, "submission", me, body.batch, message, leaves, now)
    for place, sent in enumerate(body.items):
        _store(session, settings, items[sent.assignment_hash], sent, message, place, now)
    held.clear()
    return receipt


def _hold(session: Session, items: Iterable[AssignmentRow]) -> list[object]:
    """The campaigns and tasks of these assignments, read at once: a session forgets rows that nobody holds."""
    indexes: dict[str, list[int]] = {}
    for item in items:
        indexes.setdefault(item.campaign_id, []).append(item.index)
    held: list[object] = [campaigns.get(session, campaign_id) for campaign_id in indexes]
    for campaign_id, wanted in indexes.items():
        held += tasks.tasks_at(session, campaign_id, wanted)
    return held


def _submission(
    session: Session, settings: Settings, row: AssignmentRow | None, sent: Item, place: int, now: int
) -> Submission:
    where = f"Item {place + 1}"
    safe = "Nothing of the batch was taken."
    if row is None:
        raise NotFound(f"{where} is not a task of this batch.", safe=safe)
    if row.state == "expired" or (row.state == "leased" and now > row.due_at + settings.grace_s):
        raise Late(f"{where} came after its time.", safe=safe, action="Send the batch without it.")
    if row.state != "leased":
        raise Conflict(f"{where} cannot be answered: it is {row.state}.", safe=safe)
    config = facts(campaigns.get(session, row.campaign_id)).manifest.module.config
    try:
        data = json.loads(tasks.task(session, row.campaign_id, row.index).data)
        modules.check_answer(config, data, sent.answer)
        answered = result_hash(sent.answer)
    except GemsError as error:
        if isinstance(error, Refusal) and not isinstance(error, Malformed):
            raise
        raise Malformed(f"{where} is not an answer to its task: {error.message}", safe=safe) from error
    return Submission(raw(row.hash), answered, raw(sent.salt))


def _store(
    session: Session,
    settings: Settings,
    row: AssignmentRow,
    sent: Item,
    message: BatchSubmission,
    place: int,
    now: int,
) -> None:
    row.answer = json.dumps(sent.answer)
    row.result_hash = text(result_hash(sent.answer))
    row.salt = sent.salt
    row.submission_root, row.submission_place, row.submitted_at = text(message.root), place, now
    row.state = "submitted"
    campaign = facts(campaigns.get(session, row.campaign_id))
    task_row = tasks.task(session, row.campaign_id, row.index)
    task_row.since, task_row.judge_by = now, now + campaign.terms.window
    if row.is_redo:
        settling.begin_redo(session, settings, task_row, campaign, now)
    rules = record.load(task_row, campaign).rules
    moves.happen(session, task_row, campaign, Submitted(), now, judge=not rules.draws_audits)
    gold.check(session, campaign, row.miner, "miner", row.index, row.attempt, sent.answer, now)
    if rules.draws_audits:
        drawing.submitted(session, settings, task_row, row, campaign, now)
