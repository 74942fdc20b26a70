# SPDX-License-Identifier: Apache-2.0
"""The hub's signed word on which tasks a Spend pays, so that it can never take the money of one of them twice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gems_platform.campaigns.tables import BillRow, CampaignRow
from gems_platform.errors import Conflict
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_protocol import merkle
from gems_protocol.messages import Bill, Spend, task_key


def bill(
    session: Session, settings: Settings, row: CampaignRow, spent: int, lines: list[dict[str, Any]], now: int
) -> BillRow | None:
    """The signed bill of `lines`: the newest one if it says so already, else one to `keep`; None without lines."""
    if not lines:
        return None
    keys = keys_of(row.id, lines)
    message = Bill(raw(row.id), spent, merkle.root(keys), len(keys))
    kept = newest(session, row.id)
    if kept is not None and message_of(kept) == message:
        return kept
    return BillRow(
        campaign_id=row.id,
        spent=spent,
        root=text(message.root),
        count=message.count,
        signature=text(message.sign(settings.campaigns_domain, settings.hub_signer_key)),
        at=now,
    )


def keep(session: Session, made: BillRow) -> None:
    """Store a bill as its campaign's newest, before it is shown."""
    kept = newest(session, made.campaign_id)
    if kept is None or message_of(kept) != message_of(made):
        session.add(made)


def show(row: BillRow | None) -> dict[str, Any] | None:
    """A bill as the interface writes it."""
    return None if row is None else {"message": message_of(row).to_json(), "signature": row.signature}


def keys_of(campaign_id: str, lines: list[dict[str, Any]]) -> list[bytes]:
    """The task keys of `lines`, each once, ascending: the leaves of a bill in their order."""
    places = {(line["index"], line["attempt"]) for line in lines}
    return sorted(task_key(raw(campaign_id), index, attempt) for index, attempt in places)


def newest(session: Session, campaign_id: str) -> BillRow | None:
    """The bill that the next Spend has to match."""
    query = select(BillRow).where(BillRow.campaign_id == campaign_id)
    return session.scalar(query.order_by(BillRow.id.desc()).limit(1))


def message_of(row: BillRow) -> Bill:
    """A stored bill as the protocol's message."""
    return Bill(raw(row.campaign_id), row.spent, raw(row.root), row.count)


def check_spend(session: Session, campaign_id: str, spend: Spend) -> None:
    """Raise Conflict unless a Spend is of exactly the sum of the newest bill."""
    row = newest(session, campaign_id)
    if row is None or row.spent != spend.spent:
        raise Conflict(
            "This Spend is not of the sum of the newest bill.",
            safe="The earlier Spend stands.",
            action="Ask for what is due and sign that sum.",
        )
