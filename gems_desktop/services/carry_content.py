# SPDX-License-Identifier: Apache-2.0
"""What goes into a carry file: everything unsent as it was signed, the most urgent first, as far as it fits."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from gems_desktop.services.facts import ItemState
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AppealRecord, ItemRecord, SealedRecord
from gems_protocol.carry import MAX_CONTENT, MAX_FILE
from gems_protocol.messages import Appeal

_MOST_BATCHES, _MOST_APPEALS, _MOST_SKIPS = 1000, 200, 200  # as the platform takes them
_ROOM, _ROOM_UNPACKED = MAX_FILE * 7 // 8, MAX_CONTENT * 7 // 8  # the rest is for what is not batches


@dataclass(frozen=True, slots=True)
class Unsent:
    """Records to be carried. left: how many batches and appeals stay here for the next file."""

    batches: tuple[SealedRecord, ...]
    appeals: tuple[AppealRecord, ...]
    skips: dict[str, list[str]] = field(default_factory=dict)
    left: int = 0

    @property
    def names(self) -> list[str]:
        """What a reply may speak of."""
        roots = [batch.root for batch in self.batches] + [appeal.root for appeal in self.appeals]
        return roots + [f"skip:{batch_id}" for batch_id in self.skips]


def unsent(tx: Tx) -> Unsent:
    """Everything that waits, the most urgent batches first."""
    waiting = tx.find(SealedRecord, order="due_at", limit=_MOST_BATCHES, receipt="")
    batches = _fitting(waiting)
    appeals = _at_once(tx.find(AppealRecord, order="made_at", sent=False))
    left = tx.count(SealedRecord, receipt="") - len(batches)
    left += tx.count(AppealRecord, sent=False) - len(appeals)
    return Unsent(tuple(batches), tuple(appeals), _skips(tx), left)


def content(found: Unsent, appeals: list[tuple[AppealRecord, dict[str, object]]]) -> dict[str, Any]:
    """The content of the file; appeals with their requests."""
    return {
        "batches": [
            {"kind": batch.kind, "root": batch.root, "body": json.loads(batch.body)}
            for batch in found.batches
        ],
        "appeals": [{"root": record.root, "body": body} for record, body in appeals],
        "skips": [
            {"batch_id": batch_id, "body": {"assignment_hashes": hashes}}
            for batch_id, hashes in found.skips.items()
        ],
    }


def _fitting(waiting: list[SealedRecord]) -> list[SealedRecord]:
    found, packed, plain = [], 0, 0
    for batch in waiting:
        body = batch.body.encode()
        more = len(zlib.compress(body, 6))
        if packed + more > _ROOM or plain + len(body) > _ROOM_UNPACKED:
            continue  # smaller ones after it may fit
        packed, plain = packed + more, plain + len(body)
        found.append(batch)
    return found


def _at_once(waiting: list[AppealRecord]) -> list[AppealRecord]:
    """Appeals that may travel together: a bond builds on the one before it, so only one of those at a time."""
    found, bonded = [], False
    for record in waiting[:_MOST_APPEALS]:
        has_bond = Appeal.from_json(json.loads(record.message)).bond > 0
        if has_bond and bonded:
            continue
        bonded = bonded or has_bond
        found.append(record)
    return found


def _skips(tx: Tx) -> dict[str, list[str]]:
    """Skipped reviews by batch."""
    found: dict[str, list[str]] = {}
    for item in tx.find(ItemRecord, kind="review", state=ItemState.LEASED.name, verdict="skip"):
        if item.batch_id in found or len(found) < _MOST_SKIPS:
            found.setdefault(item.batch_id, []).append(item.item_id)
    return found
