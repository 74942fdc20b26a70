# SPDX-License-Identifier: Apache-2.0
"""Entries of a former life into the store: what is here is never made less, the same again changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.facts import ItemState
from gems_desktop.services.life import LifeEntry, Sent
from gems_desktop.services.notes import from_text, remember
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.owing import stake_back
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import (
    AppealRecord,
    BatchRecord,
    CampaignRecord,
    FormerRecord,
    ItemRecord,
    SealedRecord,
)

_NEVER_SENT = (
    ItemState.LEASED.name,
    ItemState.DRAFT.name,
    ItemState.FINISHED.name,
    ItemState.EXPIRED.name,
    ItemState.RETURNED.name,
)


def take_entries(tx: Tx, entries: list[LifeEntry], now: int) -> None:
    """Keep what checked entries prove."""
    sent: dict[str, list[LifeEntry]] = {}
    batches: dict[str, list[LifeEntry]] = {}
    for entry in entries:
        if _take(tx, entry, now) and entry.sent is not None:
            sent.setdefault(entry.sent.root, []).append(entry)
        batches.setdefault(entry.batch.batch_id, []).append(entry)
    for several in batches.values():
        _batch(tx, several)
    for several in sent.values():
        _sealed(tx, several)


def _take(tx: Tx, entry: LifeEntry, now: int) -> bool:
    """One entry; whether it was not here before."""
    item = entry.item
    known = tx.get(ItemRecord, item.item_id)
    if known is None:
        tx.put(item)
        _remember(tx, item)
        if entry.stake_back:
            stake_back(tx, item, now)
    elif entry.sent is not None and known.state in _NEVER_SENT and not known.outcome:
        tx.put(_handed_in(known, item))  # another laptop of mine did it
    else:
        return False
    tx.remove(FormerRecord, item.item_id)
    if entry.answer is not None:
        tx.put(entry.answer)
    if entry.appeal is not None and tx.get(AppealRecord, item.item_id) is None:
        tx.put(entry.appeal)
    return True


def unfinished(tx: Tx) -> list[str]:
    """Batches of a former life of which something never came."""
    missing = [sealed for sealed in tx.find(SealedRecord) if None in json.loads(sealed.item_ids)]
    return ["Not everything of a batch that you sent came back."] if missing else []


def _handed_in(known: ItemRecord, item: ItemRecord) -> ItemRecord:
    return replace(
        known,
        state=item.state,
        changed_at=item.changed_at,
        delivered_at=item.delivered_at,
        sealed_root=item.sealed_root,
        verdict=item.verdict,
        reason=item.reason,
        note=item.note,
        mark=item.mark,
    )


def _remember(tx: Tx, item: ItemRecord) -> None:
    record = tx.get(CampaignRecord, item.campaign_id) if item.standing else None
    if record is not None:
        remember(tx, stored_campaign(record).rules.family, from_text(item.standing))


def _batch(tx: Tx, entries: list[LifeEntry]) -> None:
    """The batch grows with each of its items that is here."""
    told = entries[0].batch
    known = tx.get(BatchRecord, told.batch_id) or told
    about = {row[0] for row in tx.rows(ItemRecord, ("campaign_id",), batch_id=told.batch_id, distinct=True)}
    tx.put(
        replace(
            known,
            campaign_id=told.campaign_id if len(about) == 1 else "",
            root=told.root,
            stake_total=told.stake_total,
            size=tx.count(ItemRecord, batch_id=told.batch_id),
            due_at=min(known.due_at, *(entry.batch.due_at for entry in entries)),
            leased_at=min(known.leased_at, told.leased_at),
        )
    )


def _sealed(tx: Tx, entries: list[LifeEntry]) -> None:
    """The signed batch, as it could be sent again once all of its items are here."""
    first = _sent(entries[0])
    known = tx.get(SealedRecord, first.root)
    items: list[Any] = [None] * first.count
    names: list[Any] = [None] * first.count
    if known is not None:
        items, names = json.loads(known.body)["items"], json.loads(known.item_ids)
        if None not in names:
            return
    for entry in entries:
        place = _sent(entry).place
        items[place], names[place] = _sent(entry).item, entry.item.item_id
    due = [entry.item.due_at for entry in entries]
    tx.put(
        SealedRecord(
            root=first.root,
            kind=entries[0].item.kind,
            count=first.count,
            body=json.dumps(
                {"batch": first.batch, "items": items}, ensure_ascii=False, separators=(",", ":")
            ),
            item_ids=json.dumps(names),
            due_at=min(due) if known is None else min(known.due_at, *due),
            sealed_at=first.sealed_at,
            attempted=True,
            receipt=json.dumps(first.receipt),
        )
    )


def _sent(entry: LifeEntry) -> Sent:
    if entry.sent is None:
        raise ValueError("nothing was handed in")
    return entry.sent
