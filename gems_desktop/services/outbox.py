# SPDX-License-Identifier: Apache-2.0
"""The outbox as it is read: a page at a time by index, with counts that cost the same at a million tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gems_desktop.services.case_evidence import since_of
from gems_desktop.services.cases import written_of
from gems_desktop.services.channels import is_over
from gems_desktop.services.doing import TODO
from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line, clean_text, kept_mark
from gems_desktop.services.ports import Tx
from gems_desktop.services.progress import progress
from gems_desktop.services.queries import BULKY, Beside, Not
from gems_desktop.services.records import AttemptRecord, CampaignRecord, ItemRecord
from gems_protocol.campaign import Terms
from gems_protocol.verification.commissioned import COMMISSION_ROUND

SHELVES = (
    "unsent",
    "waiting",
    "rejected",
    "paid",
    "other",
)  # `other`: begun, or out of time; shown among all
#: States in which a case is thought of, and after how many seconds it is told of in advance.
_WITH_CASE = {
    ItemState.DELIVERED.name: 86_400,
    ItemState.ACCEPTED.name: 3_600,
    ItemState.FINISHED.name: 0,
    ItemState.SEALED.name: 0,
    ItemState.SENDING.name: 0,
}
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
    attempts = _attempts(tx, read.rows)
    cases = _cases(tx, read.rows, attempts, now)
    return OutboxPage(
        items=tuple(
            replace(_outbox_item(item, titles.get(item.campaign_id, ""), now), **cases.get(item.item_id, {}))
            for item in read.rows
        ),
        after=read.after,
        counts=counts(tx),
        redos=tuple(
            _outbox_item(item, titles.get(item.campaign_id, ""), now) for item in _redos(tx, read.rows)
        ),
        progress={item.item_id: progress(item, attempts.get(item.sealed_root), now) for item in read.rows},
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


def _attempts(tx: Tx, items: tuple[ItemRecord, ...]) -> dict[str, AttemptRecord]:
    roots = tuple({item.sealed_root for item in items if item.sealed_root})
    return {one.root: one for one in tx.find(AttemptRecord, root=roots)} if roots else {}


def _cases(
    tx: Tx, items: tuple[ItemRecord, ...], attempts: dict[str, AttemptRecord], now: int
) -> dict[str, dict[str, Any]]:
    """`case` and `case_from` of the items that have one; told of in advance only once it takes unusually long."""
    written = written_of(tx, [item.item_id for item in items])
    found: dict[str, dict[str, Any]] = {}
    terms: dict[str, Terms] = {}
    for item in items:
        if item.item_id in written:
            found[item.item_id] = {"case": "saved", "case_from": written[item.item_id]}
            continue
        if item.state not in _WITH_CASE:
            continue
        if item.campaign_id not in terms:
            record = tx.get(CampaignRecord, item.campaign_id)
            if record is None:
                continue
            terms[item.campaign_id] = stored_campaign(record).terms
        since = since_of(item, attempts.get(item.sealed_root), terms[item.campaign_id], now)
        if since and since <= now:
            found[item.item_id] = {"case": "possible", "case_from": since}
        elif since and now - item.changed_at >= _WITH_CASE[item.state]:
            found[item.item_id] = {"case": "later", "case_from": since}
    return found


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
        dispute=clean_text(item.appeal_reason) if item.appeal_state else "",
        poor=item.poor,
        answered=bool(item.answered),
        blind=item.blind,
        verdict=item.verdict,
        commissioned=item.appeal_round == COMMISSION_ROUND,
    )


def _appeal(item: ItemRecord, now: int) -> str:
    """What became of an appeal of mine, or "open" while one may be made."""
    if item.appeal_by == "requester":
        return ""
    may_be = item.state == ItemState.REJECTED.name and item.appeal_by == "miner" and item.appeal_until > now
    return item.appeal_state or ("open" if may_be and not item.final else "")
