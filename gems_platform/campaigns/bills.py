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
) -> dict[str, Any] | None:
    """The signed bill of `lines`, kept as the campaign's newest; None while there is nothing to pay."""
    if not lines:
        return None
    keys = keys_of(row.id, lines)
    message = Bill(raw(row.id), spent, merkle.root(keys), len(keys))
    kept = newest(session, row.id)
    if kept is None or message_of(kept) != message:
        kept = BillRow(
            campaign_id=row.id,
            spent=spent,
            root=text(message.root),
            count=message.count,
            signature=text(message.sign(settings.campaigns_domain, settings.hub_signer_key)),
            at=now,
        )
        session.add(kept)
        session.flush()
    return {"message": message.to_json(), "signature": kept.signature}


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
