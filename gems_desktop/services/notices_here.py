# SPDX-License-Identifier: Apache-2.0
"""Reads what happened on this computer's side: deadlines that come near, claims, watched work, troubles."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.facts import ClaimState
from gems_desktop.services.facts_notices import Happening
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.outside import clean_line, clean_warning
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import UpTo
from gems_desktop.services.records import BatchRecord, CampaignRecord, ClaimRecord, ItemRecord, NoticeMark
from gems_desktop.services.set_aside import set_aside
from gems_desktop.services.settings import chosen
from gems_desktop.services.troubles import troubles

WATCHED = "watched"  # requesters that were chosen by hand: address -> on
_OPEN_BEFORE = "notices_open"
_BEGUN = "notices_begun"
_HOUR_S = 3_600
_LEASE_PART = 4  # a short lease is warned of when so small a part of it is left
AGAIN_S = 12 * _HOUR_S  # between two notices of new work in one campaign
_UNDELIVERED = ("LEASED", "DRAFT", "FINISHED", "SEALED", "SENDING")


def once(tx: Tx, mark: str, now: int, again_s: int = 0) -> bool:
    """Whether this was not told yet (or longer ago than `again_s`, if that is not 0); from now on it was."""
    before = tx.get(NoticeMark, mark)
    if before is not None and (not again_s or 0 <= now - before.at < again_s):
        return False
    tx.put(NoticeMark(mark, now))
    return True


def from_here(tx: Tx, now: int) -> list[Happening]:
    """Everything new, noted as told in the same transaction. The first time, only what is still ahead is told."""
    begun = bool(get_value(tx, _BEGUN, False))
    set_value(tx, _BEGUN, True)
    old = [*_claims(tx, now), *_work(tx, now)]
    return [*_troubles(tx, now), *_deadlines(tx, now), *(old if begun else ())]


def _troubles(tx: Tx, now: int) -> list[Happening]:
    found = [trouble for trouble in troubles(tx) if once(tx, f"trouble:{trouble.code}:{trouble.at}", now)]
    return [Happening("trouble", trouble.at, text=trouble.code) for trouble in found]


def _deadlines(tx: Tx, now: int) -> list[Happening]:
    """Batches of which something is still here when little of their time is left."""
    warn_s = _HOUR_S * int(chosen(tx).get("warn_hours", 6))
    columns = ("batch_id", "due_at")
    near = UpTo(now + warn_s)
    rows = tx.rows(ItemRecord, columns, kind=("work", "review"), state=_UNDELIVERED, due_at=near)
    counts: dict[tuple[str, int], int] = {}
    for batch_id, due_at in rows:
        if due_at > now:
            counts[batch_id, due_at] = counts.get((batch_id, due_at), 0) + 1
    told = []
    for (batch_id, due_at), count in counts.items():
        batch = tx.get(BatchRecord, batch_id)
        length = due_at - batch.leased_at if batch is not None else _LEASE_PART * warn_s
        if due_at - now <= length // _LEASE_PART and once(tx, f"due:{batch_id}:{due_at}", now):
            told.append(Happening("due", now, moment=due_at, count=count))
    return told


def _claims(tx: Tx, now: int) -> list[Happening]:
    told = []
    for state, what in ((ClaimState.CLAIMED, "claimed"), (ClaimState.FAILED, "claim_failed")):
        for claim in tx.find(ClaimRecord, state=state.name):
            if once(tx, f"claim:{claim.claim_id}:{state.name}", now):
                told.append(Happening(what, now, amount=claim.amount - claim.fee))
    return told


def worked_for(tx: Tx) -> frozenset[str]:
    """Campaigns that I have work of."""
    rows = tx.tally(ItemRecord, ("campaign_id",), kind="work")
    return frozenset(str(campaign_id) for campaign_id, count in rows if count)


def is_watched(requester: str, choice: dict[str, Any], mine: Collection[str]) -> bool:
    """What was chosen by hand counts; else a requester that I have worked for is watched. One meaning everywhere."""
    return bool(choice.get(requester, requester in mine))


def known(tx: Tx) -> frozenset[str]:
    """Requesters that I have worked for."""
    ids = tuple(worked_for(tx))
    found = tx.find(CampaignRecord, campaign_id=ids) if ids else []
    return frozenset(stored_campaign(record).terms.requester for record in found)


def watched_by(tx: Tx) -> Callable[[Campaign], bool]:
    """Whether a campaign's requester is watched; one that is blocked never is."""
    choice, mine, aside = get_value(tx, WATCHED, {}), known(tx), set_aside(tx)
    return lambda campaign: (
        campaign.terms.requester not in aside.requesters
        and is_watched(campaign.terms.requester, choice, mine)
    )


def _warned_of(campaign: Campaign) -> tuple[str, ...]:
    warning = clean_warning(campaign.manifest.content_warning)
    return tuple(warning.categories) if warning is not None else ()


def _work(tx: Tx, now: int) -> list[Happening]:
    """Watched campaigns that have tasks and had none, by the newest list."""
    newest = tx.rows(
        CampaignRecord, ("fetched_at",), order="fetched_at", descending=True, limit=1, listed=True
    )
    before = get_value(tx, _OPEN_BEFORE, {"at": 0, "open": []})
    if not newest or newest[0][0] == before["at"]:
        return []
    found = [stored_campaign(record) for record in tx.find(CampaignRecord, listed=True)]
    has_work = {campaign.campaign_id: campaign for campaign in found if campaign.shown["tasks_open"] > 0}
    set_value(tx, _OPEN_BEFORE, {"at": newest[0][0], "open": sorted(has_work)})
    fresh = [campaign for key, campaign in has_work.items() if key not in before["open"]]
    if not before["at"] or not fresh:
        return []
    watched, aside, options = watched_by(tx), set_aside(tx), chosen(tx)
    avoided = set(options.get("hidden_content", ()))
    told = [
        campaign
        for campaign in fresh
        if watched(campaign)
        and not aside.why(campaign.campaign_id, campaign.terms.requester)
        and not avoided.intersection(_warned_of(campaign))
        and once(tx, f"work:{campaign.campaign_id}", now, AGAIN_S)
    ]
    return [Happening("new_work", now, text=clean_line(campaign.manifest.title)) for campaign in told]
