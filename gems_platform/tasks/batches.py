# SPDX-License-Identifier: Apache-2.0
"""Batches as their worker sees them, and the way from offered to confirmed: the same for work and reviews."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.accounts import repository as accounts
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.channels import hub
from gems_platform.channels import repository as channels
from gems_platform.errors import BadDebit, Conflict, CreditLimit, Late, Restored
from gems_platform.history import repository as history
from gems_platform.media import repository as media
from gems_platform.media.names import media_of
from gems_platform.releases import service as releases
from gems_platform.reviews import repository as reviews
from gems_platform.schemas import Signed, raw
from gems_platform.settings import DAY, Settings
from gems_platform.tasks import repository
from gems_platform.tasks.tables import AssignmentRow, BatchRow
from gems_protocol.amount import Amount
from gems_protocol.channel import CREDIT_BATCHES, Refused
from gems_protocol.hub_channel import accept_debit
from gems_protocol.instructions import pictures
from gems_protocol.messages import Debit


def check_credit(session: Session, worker: str, kind: str, most: int = CREDIT_BATCHES) -> None:
    """Raise CreditLimit when the worker has `most` batches of this kind that are not settled.

    Raises ReleasesDue when paid tasks of K batches are not released.
    Raises Conflict while the worker's channel is closing: nothing more could be paid through it.
    """
    channel = channels.of_worker(session, worker)
    if channel is not None and channel.stopped:
        raise Conflict("Your channel is closing.", safe="What it owes you is paid on chain.")
    if running(session, worker, kind) >= most:
        raise CreditLimit(
            f"You have {most} batches that are not settled yet.",
            safe="What you have stays yours.",
            action="Send what is done, or wait for its verdicts.",
        )
    releases.check_credit(session, worker)


def running(session: Session, worker: str, kind: str) -> int:
    """How many batches of this kind a worker has that are not settled."""
    return sum(row.kind == kind for row in repository.open_batches(session, worker))


def check_void(session: Session, settings: Settings, worker: str, now: int) -> None:
    """Raise CreditLimit for somebody who leaves batches unconfirmed: nobody else could take those tasks."""
    if repository.void_since(session, worker, now - DAY) >= settings.void_limit:
        raise CreditLimit(
            "You left too many batches unconfirmed today.",
            safe="What you have stays yours.",
            action="Lease again tomorrow.",
        )


def show(session: Session, row: BatchRow) -> dict[str, Any]:
    """A batch with everything that its worker needs to do it offline."""
    given = repository.in_batch(session, row.id)
    held = _hold(session, [(item.campaign_id, item.index) for item in given])
    items = [work_item(session, item) for item in given]
    if row.kind == "review":
        seats = reviews.in_batch(session, row.id)
        held += _hold(session, [(seat.campaign_id, seat.index) for seat in seats])
        items = [review_item(session, seat) for seat in seats]
    held.clear()
    return {
        "batch_id": row.id,
        "kind": row.kind,
        "campaign_id": row.campaign_id,
        "items": items,
        "root": row.root,
        "stake_total": str(row.stake_total),
        "confirm_by": row.confirm_by,
    }


def _hold(session: Session, where: list[tuple[str, int]]) -> list[object]:
    """Campaigns and tasks, read at once: a session forgets rows that nobody holds."""
    indexes: dict[str, list[int]] = {}
    for campaign_id, index in where:
        indexes.setdefault(campaign_id, []).append(index)
    held: list[object] = [campaigns.get(session, campaign_id) for campaign_id in indexes]
    for campaign_id, wanted in indexes.items():
        held += repository.tasks_at(session, campaign_id, wanted)
    return held


def show_open(session: Session, worker: str) -> list[dict[str, Any]]:
    """Every batch of a worker that is not over, for a new laptop."""
    return [
        {**show(session, row), "state": row.state, "due_at": row.due_at}
        for row in repository.open_batches(session, worker)
    ]


def work_item(session: Session, item: AssignmentRow) -> dict[str, Any]:
    """One assignment with its task, for its miner."""
    return {
        "assignment": {"message": json.loads(item.message), "signature": item.signature},
        **_task_part(session, item.campaign_id, item.index),
        "note": json.loads(item.note) if item.note else None,
        "state": item.state,
    }


def review_item(session: Session, seat: Any) -> dict[str, Any]:
    """One seat with what it judges, for its verifier."""
    judged = repository.assignment_of(session, seat.campaign_id, seat.index, seat.attempt)
    return {
        "assignment": {"message": json.loads(seat.message), "signature": seat.signature},
        **_task_part(session, seat.campaign_id, seat.index),
        "answer": None if seat.blind else json.loads(judged.answer or "null"),
        "blind": seat.blind,
        "note": json.loads(seat.note_of_verifier) if seat.note_of_verifier else None,
        "state": seat.state,
    }


def _task_part(session: Session, campaign_id: str, index: int) -> dict[str, Any]:
    task = repository.task(session, campaign_id, index)
    data = json.loads(task.data)
    manifest = facts(campaigns.get(session, campaign_id)).manifest
    names = list(dict.fromkeys([*media_of(data), *pictures(manifest.instructions)]))
    sizes = media.sizes(session, names)
    return {
        "task": data,
        "index_proof": json.loads(task.proof),
        "media": [{"sha256": name, "size": sizes[name]} for name in names if name in sizes],
    }


def confirm(
    session: Session, settings: Settings, me: str, batch_id: str, debit: Signed | None, now: int
) -> dict[str, Any]:
    """Start a batch, with the worker's signed stake where one is asked for; the same again changes nothing.

    Raises NotFound, Late after ten minutes, BadDebit when the stake is not put up exactly.
    """
    row = repository.own_batch(session, batch_id, me)
    if row.state == "void" or (row.state == "offered" and now > row.confirm_by):
        raise Late("The batch was not confirmed in time.", safe="No stake was taken.", action="Lease again.")
    if row.state == "offered":
        seats = reviews.in_batch(session, row.id)
        if any(seat.state != "offered" for seat in seats):
            raise Late(
                "A review of this batch was judged meanwhile.",
                safe="No stake was taken.",
                action="Lease again.",
            )
        if row.stake_total:
            root = bytes.fromhex(row.root[2:])
            take_debit(session, settings, row.worker, row.stake_total, root, debit, now)
        elif debit is not None:
            raise BadDebit("This batch asks for no stake.")
        row.state = "confirmed"
        for item in repository.in_batch(session, row.id):
            item.state = "leased"
        for seat in seats:
            seat.state = "leased"
    return {"batch_id": row.id, "state": row.state, "due_at": row.due_at}


def take_debit(
    session: Session,
    settings: Settings,
    worker: str,
    units: int,
    root: bytes,
    signed: Signed | None,
    now: int,
) -> None:
    """Put a worker's stake or bond of `units` at risk for what `root` names; raises BadDebit, Conflict."""
    channel_row = channels.of_worker(session, worker)
    if signed is None or channel_row is None:
        raise BadDebit("This needs a stake from your channel's bond pocket.")
    if channel_row.doubted_at:  # the worker may have put up more than is known here
        raise Restored()
    message = Debit.from_json(signed.message)
    channel = hub.channel(channel_row, accounts.account(session, worker).bond_target)
    found = accept_debit(
        channel, message, raw(signed.signature), settings.channels_domain, Amount(units), root
    )
    if isinstance(found, Refused):
        raise BadDebit(f"The stake was not taken: {found.reason.value}.", safe="No stake was taken.")
    if message.debited != channel.debited.units + units:
        raise Conflict("This stake was put up before.")
    channel_row.debited = found.channel.debited.units
    channel_row.debit_signature = signed.signature
    channel_row.debit_hash = "0x" + root.hex()
    history.add_debit(session, worker, message.debited, channel_row.debit_hash, signed.signature, now)
