# SPDX-License-Identifier: Apache-2.0
"""The outbox as it is read: a page at a time by index, with counts that cost the same at a million tasks."""

from __future__ import annotations

from typing import Any

from gems_desktop.services.channels import is_over
from gems_desktop.services.doing import TODO
from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage, Progress
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line, clean_text, kept_mark
from gems_desktop.services.ports import Tx
from gems_desktop.services.progress import progress
from gems_desktop.services.queries import BULKY, Beside, Not
from gems_desktop.services.records import AttemptRecord, CampaignRecord, ItemRecord
from gems_protocol.verification.commissioned import COMMISSION_ROUND

SHELVES = (
    "unsent",
    "waiting",
    "rejected",
    "paid",
    "other",
)  # `other`: begun, or out of time; shown among all
_MATCHES_AT_MOST = 30  # campaigns that a search looks through, the newest first


def page(tx: Tx, asked: OutboxFilter, after: tuple[int, int] | None, limit: int, now: int) -> OutboxPage:
    """See Work.outbox_page."""
    shelves = SHELVES if asked.shelf == "all" else (asked.shelf,)
    arms: list[dict[str, Any]] = [{"shelf": shelf} for shelf in shelves]
    titles = _titles(tx)
    if asked.text.strip():
        found = _matching(titles, asked.text)
        shelf = Beside(Not("hidden")) if asked.shelf == "all" else asked.shelf
        arms = [{"campaign_id": campaign_id, "shelf": shelf} for campaign_id in found]
    read = tx.page(ItemRecord, "changed_at", limit=limit, after=after, omit=BULKY, arms=arms)
    return OutboxPage(
        items=tuple(_outbox_item(item, titles.get(item.campaign_id, ""), now) for item in read.rows),
        after=read.after,
        counts=counts(tx),
        redos=tuple(
            _outbox_item(item, titles.get(item.campaign_id, ""), now) for item in _redos(tx, read.rows)
        ),
        progress=_progress(tx, read.rows, now),
    )


def counts(tx: Tx) -> dict[str, int]:
    """How many items each shelf holds, and `all` that are shown."""
    found = dict.fromkeys(("all", *SHELVES), 0)
    for shelf, count in tx.tally(ItemRecord, ("shelf",)):
        if shelf in found:
            found[shelf] += count
            found["all"] += count
    return found


def everything(tx: Tx, now: int) -> list[OutboxItem]:
    """Every item of mine, the newest change first; for who works through all of them without a window."""
    titles = _titles(tx)
    items = tx.find(ItemRecord, order="changed_at", descending=True, omit=BULKY)
    return [_outbox_item(item, titles.get(item.campaign_id, ""), now) for item in items]


def _titles(tx: Tx) -> dict[str, str]:
    def read() -> dict[str, str]:
        records = tx.find(CampaignRecord, order="fetched_at", descending=True)
        return {one.campaign_id: clean_line(stored_campaign(one).manifest.title) for one in records}

    return tx.memo("titles", tx.count(CampaignRecord), read)


def _matching(titles: dict[str, str], text: str) -> list[str]:
    words = text.casefold().split()
    found = [
        campaign_id
        for campaign_id, title in titles.items()
        if all(word in title.casefold() for word in words)
    ]
    return found[:_MATCHES_AT_MOST]


def _redos(tx: Tx, items: tuple[ItemRecord, ...]) -> list[ItemRecord]:
    """Second tries that wait to be done, of the rejected ones among `items`."""
    places: dict[str, list[int]] = {}
    for item in items:
        if item.kind == "work" and item.state == ItemState.REJECTED.name and not item.final:
            places.setdefault(item.campaign_id, []).append(item.index)
    found: list[ItemRecord] = []
    for campaign_id, indexes in places.items():
        found += tx.find(
            ItemRecord, omit=BULKY, campaign_id=campaign_id, index=tuple(indexes), kind="work", state=TODO
        )
    return found


def _progress(tx: Tx, items: tuple[ItemRecord, ...], now: int) -> dict[str, Progress]:
    roots = tuple({item.sealed_root for item in items if item.sealed_root})
    attempts = {one.root: one for one in tx.find(AttemptRecord, root=roots)} if roots else {}
    return {item.item_id: progress(item, attempts.get(item.sealed_root), now) for item in items}


def _outbox_item(item: ItemRecord, title: str, now: int) -> OutboxItem:
    over = is_over(item) or item.state == ItemState.REJECTED.name
    disputed = item.state == ItemState.DISPUTED.name
    settled = item.final or not item.outcome
    return OutboxItem(
        item_id=item.item_id,
        batch_id=item.batch_id,
        campaign_id=item.campaign_id,
        campaign_title=title,
        kind=item.kind,
        index=item.index,
        attempt=item.attempt,
        state=ItemState[item.state],
        reward=item.reward,
        stake=item.stake,
        due_at=item.due_at,
        changed_at=item.changed_at,
        reason=item.reason,
        note=item.note,
        mark=kept_mark(item.mark),
        redo_until=item.redo_until or None if over or item.redo_of else None,
        final=settled,
        open_until=None if settled else (item.judge_by if disputed else item.appeal_until) or None,
        appeal=_appeal(item, now),
        disputed_by=item.appeal_by if item.appeal_state in ("judging", "won", "lost") or disputed else "",
        dispute=clean_text(item.appeal_reason),
        poor=item.poor,
        answered=bool(item.answered),
        blind=item.blind,
        commissioned=item.appeal_round == COMMISSION_ROUND,
    )


def _appeal(item: ItemRecord, now: int) -> str:
    """What became of an appeal of mine, or "open" while one may be made."""
    if item.appeal_by == "requester":
        return ""
    may_be = item.state == ItemState.REJECTED.name and item.appeal_by == "miner" and item.appeal_until > now
    return item.appeal_state or ("open" if may_be and not item.final else "")
