# SPDX-License-Identifier: Apache-2.0
"""Reads what the platform's events brought since the last time: verdicts, appeals, work that ran out, pay."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.facts_notices import Happening
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import BULKY, Above
from gems_desktop.services.records import CampaignRecord, EventRecord, ItemRecord, LineRecord, NoticeMark
from gems_desktop.services.restore_state import progress
from gems_protocol.amount import ZERO, Amount
from gems_protocol.lines import LineKind

PAGE = 500
CURSOR = "notices_after"
_LATER = "notices_refused"  # events that were refused: what they say may yet hold
_MOST_LATER = 200
_PAY = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)
_WORDLESS = (*BULKY, "note", "answered", "appeal_reason", "mark")


def newest(tx: Tx) -> int:
    """The number of the newest event here."""
    found = tx.rows(EventRecord, ("seq",), order="seq", descending=True, limit=1)
    return int(found[0][0]) if found else 0


def from_events(tx: Tx) -> tuple[list[Happening], bool]:
    """What the next page of events says, and whether there are more; in the same transaction it is noted as told.

    What happened before notices came to be, and a former life that comes back, is not told.
    """
    after = get_value(tx, CURSOR)
    if after is None or progress(tx) is not None:
        set_value(tx, CURSOR, newest(tx))
        return [], False
    events = tx.find(EventRecord, order="seq", limit=PAGE, seq=Above(int(after)))
    late = get_value(tx, _LATER, [])
    again = tx.find(EventRecord, seq=tuple(late), refused=False) if late else []
    if not events and not again:
        return [], False
    held = {event.seq for event in again}
    waiting = [seq for seq in late if seq not in held] + [event.seq for event in events if event.refused]
    if waiting != late:
        set_value(tx, _LATER, waiting[-_MOST_LATER:] or None)
    if events:
        set_value(tx, CURSOR, events[-1].seq)
    told = _happenings(tx, [*again, *(event for event in events if not event.refused)])
    return told, len(events) == PAGE


def _happenings(tx: Tx, events: list[EventRecord]) -> list[Happening]:
    bodies = [(event, json.loads(event.body)) for event in events]
    wanted = tuple({str(body.get("assignment_hash", "")) for _, body in bodies})
    found = {item.item_id: item for item in tx.find(ItemRecord, item_id=wanted, omit=_WORDLESS)}
    told: list[Happening] = []
    for event, body in bodies:
        if event.kind == "voucher":
            told += _pay(tx, event, body)
        elif event.kind == "message":
            told += _message(tx, event, body)
        elif (item := found.get(str(body.get("assignment_hash", "")))) is not None:
            told += _about(tx, event, body, item)
    return told


def _message(tx: Tx, event: EventRecord, body: dict[str, Any]) -> list[Happening]:
    """A requester's words, by the title of the campaign; the words themselves stay in the window."""
    if body["message"]["by"] != "requester":
        return []
    campaign = tx.get(CampaignRecord, body["campaign_id"])
    title = clean_line(stored_campaign(campaign).manifest.title) if campaign is not None else ""
    return [Happening("message", event.at, text=title)]


def _about(tx: Tx, event: EventRecord, body: dict[str, Any], item: ItemRecord) -> list[Happening]:
    if event.kind == "verdict":
        return _verdict(tx, event, body, item)
    if event.kind == "review_verdict":
        agreed = body.get("agreed") is True
        return [Happening("reviews_judged", event.at, good=int(agreed), bad=int(not agreed))]
    if event.kind == "appealed" and body.get("by") == "requester":
        return [Happening("disputed", event.at)]
    if event.kind == "lease_expired":
        return [Happening("expired", event.at)]
    return []


def _verdict(tx: Tx, event: EventRecord, body: dict[str, Any], item: ItemRecord) -> list[Happening]:
    """A verdict is told when it comes, and again only when what came of it in the end is the contrary."""
    good = body.get("accepted") is True
    marks = {way: f"verdict:{item.item_id}:{way:d}" for way in (True, False)}
    told = next((way for way, mark in marks.items() if tx.get(NoticeMark, mark) is not None), None)
    if told is not None:
        tx.remove(NoticeMark, marks[told])
    if body.get("final") is not True:
        tx.put(NoticeMark(marks[good], event.at))
    appealed = item.appeal_state in ("won", "lost") and item.appeal_by == "miner"
    if appealed and told is not None:
        return [Happening("appeals_decided", event.at, good=int(good), bad=int(not good))]
    if told is good:
        return []
    return [Happening("judged", event.at, good=int(good), bad=int(not good))]


def _pay(tx: Tx, event: EventRecord, body: dict[str, Any]) -> list[Happening]:
    """Rewards that a voucher brought; one that moves only stakes is no news."""
    seq = body.get("voucher", {}).get("message", {}).get("seq")
    if not isinstance(seq, int | str) or not str(seq).isdecimal():
        return []
    lines = tx.rows(LineRecord, ("amount",), seq=int(seq), kind=_PAY)
    amount = sum((Amount(int(units)) for (units,) in lines), ZERO)
    return [Happening("paid", event.at, amount=amount)] if amount > ZERO else []
