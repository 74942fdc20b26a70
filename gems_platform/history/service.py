# SPDX-License-Identifier: Apache-2.0
"""An account's own life, entry by entry: each with what was signed about it, so that its reader can check it.

Verdicts and vouchers are not here: the events have them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.history import repository
from gems_platform.history.repository import Key
from gems_platform.reviews.proofs import vote_of
from gems_platform.reviews.tables import AppealRow
from gems_platform.schemas import raw, text
from gems_platform.submissions import repository as receipts
from gems_platform.tasks import batches
from gems_platform.tasks.tables import AssignmentRow, BatchRow
from gems_protocol import merkle

MAX_PAGE = 2_000_000  # characters: a page that a slow line carries in minutes
NO_KEY: Key = (0, "")

Entry = tuple[Key, dict[str, Any]]
_Reader = Callable[[Session, str, Key, int], Iterable[Entry]]


def read_key(after: str) -> Key:
    """The key that an answer's `last` named."""
    number, _, name = after.partition("-")
    return (int(number), name) if number else NO_KEY


def show(session: Session, me: str, kind: str, after: str, limit: int) -> dict[str, Any]:
    """Entries of a kind after a key, in order; a page ends early where it gets large, after its first entry."""
    found: list[dict[str, Any]] = []
    last, size = read_key(after), 0
    for key, entry in _READERS[kind](session, me, last, limit):
        size += len(json.dumps(entry))
        if found and size > MAX_PAGE:
            break
        found.append(entry)
        last = key
    return {"entries": found, "last": f"{last[0]}-{last[1]}", "total": repository.total(session, me, kind)}


def _work(session: Session, me: str, after: Key, limit: int) -> Iterable[Entry]:
    for row in repository.work(session, me, after, limit):
        sent = _sent(session, me, row.submission_root, row.submission_place)
        if sent is not None:
            sent |= {"answer": json.loads(row.answer or "null"), "salt": row.salt}
        entry = {
            **batches.work_item(session, row),
            "place": row.place,
            "batch": _batch(session, row.batch_id),
            "redo": row.is_redo,
            "sent": sent,
            "appeal": _appeal(session, me, row),
        }
        yield (row.leased_at, row.hash), entry


def _reviews(session: Session, me: str, after: Key, limit: int) -> Iterable[Entry]:
    for seat in repository.reviews(session, me, after, limit):
        sent = _sent(session, me, seat.vote_root, seat.vote_place)
        if sent is not None:
            sent |= {
                "vote": vote_of(seat).to_json(),
                "reason": seat.reason,
                "note": seat.note,
                "mark": json.loads(seat.mark) if seat.mark else None,
                "answer": json.loads(seat.answer) if seat.blind and seat.answer else None,
            }
        entry = {
            **batches.review_item(session, seat),
            "place": seat.place,
            "batch": _batch(session, seat.batch_id),
            "sent": sent,
        }
        yield (seat.due_at, seat.hash), entry


def _debits(session: Session, me: str, after: Key, limit: int) -> Iterable[Entry]:
    for row in repository.debits(session, me, after[0], limit):
        entry = {"debited": str(row.debited), "root": row.root, "signature": row.signature, "at": row.at}
        yield (row.id, ""), entry


def _claims(session: Session, me: str, after: Key, limit: int) -> Iterable[Entry]:
    for row in repository.claims(session, me, after, limit):
        entry = {"request": json.loads(row.request), "tx_hash": row.tx_hash, "state": row.state, "at": row.at}
        yield (row.at, row.id), entry


_READERS: dict[str, _Reader] = {"work": _work, "review": _reviews, "debit": _debits, "claim": _claims}


def _batch(session: Session, batch_id: str) -> dict[str, Any]:
    row = session.get_one(BatchRow, batch_id)
    return {
        "batch_id": row.id,
        "campaign_id": row.campaign_id,
        "root": row.root,
        "stake_total": str(row.stake_total),
        "leased_at": row.created_at,
    }


def _sent(session: Session, me: str, root: str | None, place: int | None) -> dict[str, Any] | None:
    """What was signed when this was handed in, and our receipt for it."""
    row = receipts.find(session, me, root) if root is not None else None
    if row is None or place is None:
        return None
    return {
        "batch": json.loads(row.batch),
        "place": place,
        "proof": [text(node) for node in _proofs(row.leaves)[place]],
        "receipt": json.loads(row.receipt),
    }


@lru_cache(maxsize=8)
def _proofs(leaves: str) -> list[list[bytes]]:
    """Of a batch's leaves, as they are stored; kept, since a page holds many items of one batch."""
    return merkle.proofs([raw(leaf) for leaf in json.loads(leaves)])


def _appeal(session: Session, me: str, row: AssignmentRow) -> dict[str, Any] | None:
    found = session.get(AppealRow, (row.campaign_id, row.index, row.attempt))
    if found is None or found.account != me:
        return None
    return {
        "message": json.loads(found.message),
        "signature": found.signature,
        "reason": found.reason,
        "made_at": found.made_at,
    }
