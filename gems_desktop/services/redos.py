# SPDX-License-Identifier: Apache-2.0
"""The second try at a rejected task: it comes to its author by itself, and ends when something else is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.leases import check_redo
from gems_desktop.services.network import Network
from gems_desktop.services.offers import Campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AnswerRecord, BatchRecord, EditRecord, ItemRecord
from gems_protocol import merkle
from gems_protocol.amount import ZERO

_OPEN = (ItemState.LEASED.name, ItemState.DRAFT.name)
_HERE = (*_OPEN, ItemState.FINISHED.name)


def offer_redo(
    tx: Tx, item: ItemRecord, value: dict[str, Any], at: int, campaign: Campaign, network: Network
) -> None:
    """Take the second try at `item` (with the verdict's reason and note in it); raises PlatformLied, MoneyDiffers."""
    if item.redo_of:
        raise PlatformLied("a task is given back for a third try.")
    answer = tx.get(AnswerRecord, item.item_id)
    until = value["until"]
    again = replace(
        check_redo(value, item, network, campaign),
        start=answer.answer if answer else "[]",
        redo_of=item.item_id,
        redo_until=until if type(until) is int else 0,
        reason=item.reason,
        note=item.note,
        mark=item.mark,
        changed_at=at,
    )
    if again.redo_until != again.due_at or again.due_at < at + campaign.terms.redo:
        raise PlatformLied("a second try has less time than the campaign promises.")
    tx.change(ItemRecord, item.item_id, redo_until=again.redo_until)
    known = tx.get(ItemRecord, again.item_id)
    if (
        known is not None and not known.redo_of
    ):  # it was found among the open leases before its verdict was read
        tx.change(
            ItemRecord,
            again.item_id,
            redo_of=item.item_id,
            redo_until=again.redo_until,
            reason=again.reason,
            note=again.note,
            mark=again.mark,
        )
        if known.state != ItemState.DRAFT.name or not tx.count(EditRecord, item_id=again.item_id):
            tx.change(ItemRecord, again.item_id, start=again.start)
    if known is None:
        root = "0x" + merkle.root([bytes.fromhex(again.item_id[2:])]).hex()
        tx.put(
            BatchRecord(again.batch_id, "work", item.campaign_id, root, 1, ZERO, again.due_at, at),
            again,
        )


def redo_item(tx: Tx, item: ItemRecord) -> ItemRecord | None:
    """The second try at this task, whatever became of it."""
    found = tx.find(ItemRecord, campaign_id=item.campaign_id, redo_of=item.item_id)
    return found[0] if found else None


def close_redo(tx: Tx, item: ItemRecord, at: int) -> str:
    """A second try that was not handed in is over; its id, or "" when there is none to close."""
    again = redo_item(tx, item)
    if again is None or again.state not in _HERE:
        return ""
    state = ItemState.EXPIRED if again.due_at <= at else ItemState.RETURNED
    tx.change(ItemRecord, again.item_id, state=state.name, changed_at=at)
    return again.item_id


def reopen_redo(tx: Tx, item_id: str, now: int) -> None:
    """The appeal for which it was given up did not come to pass: it is there again, as far as its time goes."""
    again = tx.get(ItemRecord, item_id)
    if again is None or again.state != ItemState.RETURNED.name:
        return
    begun = tx.count(EditRecord, item_id=item_id) > 0
    state = ItemState.EXPIRED if again.due_at <= now else ItemState.DRAFT if begun else ItemState.LEASED
    tx.change(ItemRecord, item_id, state=state.name, changed_at=now)
