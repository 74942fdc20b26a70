# SPDX-License-Identifier: Apache-2.0
"""When to ask how a requester was: once, when all that was sent of a campaign has been judged. Never again."""

from __future__ import annotations

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_report import RateOffer
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CampaignRecord, ItemRecord

_JUDGED = frozenset({ItemState.ACCEPTED.name, ItemState.REJECTED.name, ItemState.PAID.name})
_WAITS = frozenset(
    {ItemState.SEALED.name, ItemState.SENDING.name, ItemState.DELIVERED.name, ItemState.DISPUTED.name}
)


def rated_mark(campaign_id: str) -> str:
    """The name under which it is kept that I rated a campaign."""
    return f"rated:{campaign_id}"


def to_rate(tx: Tx, shown: str) -> RateOffer | None:
    """A campaign whose requester can be rated now and was not asked about yet; shown: the one on the screen, if any."""
    states: dict[str, set[str]] = {}
    for campaign_id, state, _count in tx.tally(ItemRecord, ("campaign_id", "state"), kind="work"):
        states.setdefault(campaign_id, set()).add(state)
    for campaign_id in sorted(states):
        if not states[campaign_id] & _JUDGED or states[campaign_id] & _WAITS:
            continue
        over = get_value(tx, rated_mark(campaign_id), False)
        if campaign_id != shown:
            over = over or bool(shown) or get_value(tx, _asked_mark(campaign_id), False)
        record = tx.get(CampaignRecord, campaign_id)
        if not over and record is not None and record.listed:
            campaign = stored_campaign(record)
            return RateOffer(campaign_id, clean_line(campaign.manifest.title), campaign.terms.requester)
    return None


def asked(tx: Tx, campaign_id: str) -> None:
    """The user has seen the question."""
    set_value(tx, _asked_mark(campaign_id), True)


def _asked_mark(campaign_id: str) -> str:
    return f"rating_asked:{campaign_id}"
