# SPDX-License-Identifier: Apache-2.0
"""What a requester owes the hub, and the cumulative Spend by which it pays."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gems_platform.campaigns import bills, repository
from gems_platform.campaigns.tables import BillRow
from gems_platform.disputes import covering
from gems_platform.errors import Conflict
from gems_platform.schemas import Signed, raw
from gems_platform.settings import Settings
from gems_protocol.messages import Spend


def due(
    session: Session, settings: Settings, me: str, campaign_id: str, now: int
) -> tuple[dict[str, Any], BillRow | None]:
    """The sum so far, what is signed of it, each movement that it is made of, and the bill of their tasks.

    Beside it the bill's row, to be kept before anybody sees it; None when there is none or it is kept already.
    """
    row = repository.owned(session, campaign_id, me)
    spent, lines = covering.billable(session, row)
    made = bills.bill(session, settings, row, spent, lines, now)
    shown = {
        "spent": str(spent),
        "signed": str(row.spend_signed),
        "seq": str(row.spend_seq),
        "lines": lines,
        "bill": bills.show(made),
    }
    return shown, None if made is None or made.id is not None else made


def take(session: Session, settings: Settings, me: str, campaign_id: str, body: Signed) -> dict[str, Any]:
    """Keep a requester's Spend if it is the best one, of the newest bill's sum.

    Raises BadSignature, Conflict when it would shrink or is of another sum.
    """
    row = repository.owned(session, campaign_id, me)
    spend = Spend.from_json(body.message)
    spend.check(settings.campaigns_domain, raw(body.signature), me)
    if spend.campaign_id != bytes.fromhex(row.id[2:]):
        raise Conflict("This Spend is for another campaign.")
    same = (spend.seq, spend.spent) == (row.spend_seq, row.spend_signed)
    if not same:
        if spend.seq <= row.spend_seq or spend.spent < row.spend_signed:
            raise Conflict("A Spend only grows.", action="Ask for what is due and sign the next one.")
        bills.check_spend(session, row.id, spend)
        row.spend_signed, row.spend_seq, row.spend_signature = spend.spent, spend.seq, body.signature
    return {"seq": str(row.spend_seq), "redeemed": str(row.redeemed)}
