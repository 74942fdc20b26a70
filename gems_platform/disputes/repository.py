# SPDX-License-Identifier: Apache-2.0
"""All queries about what the chain says of attempts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import CampaignRow
from gems_platform.channels.sending_tables import IntentRow
from gems_platform.disputes.tables import DisputeMarkRow, DisputeRow, StandingRow
from gems_platform.schemas import raw, text
from gems_platform.tasks.tables import AssignmentRow
from gems_protocol.dispute import Pending, TaskOnChain
from gems_protocol.messages import task_key

VERDICT, SILENT = "verdict", "silent"


def mark(session: Session, contract: str) -> int | None:
    """The next block to read of a contract; None before the first time."""
    row = session.get(DisputeMarkRow, contract)
    return None if row is None else row.block


def keep_mark(session: Session, contract: str, block: int) -> None:
    """Go on from this block next time."""
    session.merge(DisputeMarkRow(contract=contract, block=block))


def oldest_campaign(session: Session) -> int | None:
    """When the first campaign came, Unix seconds."""
    return session.scalar(select(func.min(CampaignRow.created_at)))


def watch(session: Session, kind: str, key: str, place: tuple[str, int, int]) -> None:
    """Look after an attempt from now on; what is looked after already stays as it is."""
    if session.get(DisputeRow, (key, kind)) is None:
        campaign, index, attempt = place
        session.add(DisputeRow(task_key=key, kind=kind, campaign_id=campaign, index=index, attempt=attempt))
        session.flush()


def keep_standing(session: Session, key: str, standing: Pending) -> None:
    """Remember what an event showed."""
    value = json.dumps([_plain(field) for field in standing.abi()])
    session.merge(StandingRow(task_key=key, digest=f"{standing.digest():046x}", standing=value))


def standing(session: Session, key: str, digest: int) -> Pending | None:
    """What a task's word stands for; None when its event was not read yet."""
    row = session.get(StandingRow, (key, f"{digest:046x}"))
    if row is None:
        return None
    return _read(row.standing)


def _read(stored: str) -> Pending:
    name, *rest = json.loads(stored)
    return Pending.of([raw(name), *rest])


def _plain(field: object) -> object:
    return text(field) if isinstance(field, bytes) else field


def live(session: Session) -> Sequence[DisputeRow]:
    """What is looked after, oldest campaigns first."""
    return session.scalars(
        select(DisputeRow)
        .where(DisputeRow.over.is_(False))
        .order_by(DisputeRow.campaign_id, DisputeRow.index)
    ).all()


def judged_on_chain(session: Session, campaign_id: str) -> dict[str, str]:
    """By task key: the state at the last look of each attempt that a verdict was brought about."""
    query = select(DisputeRow).where(DisputeRow.campaign_id == campaign_id, DisputeRow.kind == VERDICT)
    return {row.task_key: row.state for row in session.scalars(query)}


def paid_by_verdict(session: Session, worker: str, keys: Sequence[str]) -> set[str]:
    """Those attempts whose verdict the escrow has paid, where that verdict named this worker among who is paid."""
    over = {
        TaskOnChain.PAID.name.lower(): 0,
        TaskOnChain.REOPENED.name.lower(): 1,
    }  # a rejected miner got nothing
    query = (
        select(DisputeRow.task_key, DisputeRow.state, StandingRow.standing)
        .join(StandingRow, StandingRow.task_key == DisputeRow.task_key)
        .where(
            DisputeRow.kind == VERDICT,
            DisputeRow.state.in_(over),
            StandingRow.standing.contains(worker),
            DisputeRow.task_key.in_(keys),
        )
    )
    found = [(key, over[state], _read(standing)) for key, state, standing in session.execute(query)]
    seats = [(key, least, one.recipient(worker)) for key, least, one in found]
    return {key for key, least, seat in seats if seat is not None and seat >= least}


def handed_in(session: Session, miner: str) -> Sequence[tuple[str, int, int]]:
    """Campaign, index and attempt of everything that a miner handed in."""
    query = select(AssignmentRow.campaign_id, AssignmentRow.index, AssignmentRow.attempt)
    found = session.execute(
        query.where(AssignmentRow.miner == miner, AssignmentRow.submitted_at.is_not(None))
    )
    return [(campaign, index, attempt) for campaign, index, attempt in found]


def judged(session: Session, campaign_id: str) -> Sequence[AssignmentRow]:
    """Attempts of a campaign whose verdict stands, the oldest verdict first."""
    query = select(AssignmentRow).where(
        AssignmentRow.campaign_id == campaign_id,
        AssignmentRow.final.is_(True),
        AssignmentRow.evidence.is_not(None),
    )
    return session.scalars(query.order_by(AssignmentRow.judged_at, AssignmentRow.index)).all()


def funded(session: Session) -> Sequence[CampaignRow]:
    """Campaigns whose escrow holds, or held, something."""
    return session.scalars(select(CampaignRow).where(CampaignRow.state != "draft")).all()


def failures(session: Session, name: str) -> int:
    """How many transactions of a name were mined and reverted."""
    query = select(func.count()).where(IntentRow.name == name, IntentRow.state == "failed")
    return session.scalar(query) or 0


def key_of(place: tuple[str, int, int]) -> str:
    """The task key of an attempt, 0x-hex."""
    return text(task_key(raw(place[0]), place[1], place[2]))
