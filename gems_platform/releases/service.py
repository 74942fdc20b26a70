# SPDX-License-Identifier: Apache-2.0
"""Taking in releases of paid tasks, asking for the missing ones, and giving what the contract needs of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.disputes import repository as disputes
from gems_platform.errors import Conflict, Malformed, ReleasesDue
from gems_platform.releases import repository
from gems_platform.releases.schemas import MOST, NewReleases
from gems_platform.releases.tables import ReleaseBatchRow
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_protocol import merkle
from gems_protocol.channel import CREDIT_BATCHES
from gems_protocol.messages import BatchRelease, Release

_SAFE = "Nothing of it was taken."


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """One worker's release as the contract takes it: its place in a signed batch and the path to its root."""

    task_key: bytes
    worker: str
    count: int
    index: int
    batch_id: bytes
    sealed_at: int
    path: tuple[bytes, ...]
    signature: bytes

    @property
    def place(self) -> tuple[tuple[int, int, list[bytes]], bytes, int]:
        """The contract's struct Place: ((index, count, hashes), batchId, sealedAt)."""
        return (self.index, self.count, list(self.path)), self.batch_id, self.sealed_at


def take(session: Session, settings: Settings, me: str, body: NewReleases, now: int) -> dict[str, Any]:
    """Keep a batch of releases; the same batch again, or a task released before, changes nothing.

    A task that the escrow has paid to this worker meanwhile stays unreleased: it was paid twice, and counts
    against further batches. Raises BadSignature, Malformed when the root is not theirs, Conflict for a task that no
    voucher paid.
    """
    message = BatchRelease.from_json(body.batch.message)
    keys = [item.task_key for item in body.releases]
    _check(settings, message, body.batch.signature, me, keys)
    name = text(message.struct_hash())
    if repository.batch(session, name) is not None:
        return {"released": len(keys)}
    rows = {row.task_key: row for row in repository.among(session, me, keys)}
    if len(rows) != len(keys):
        raise Conflict("A release is of a task that no voucher paid you.", safe=_SAFE)
    twice = disputes.paid_by_verdict(session, me, keys)
    waiting = [place for place, key in enumerate(keys) if rows[key].batch is None and key not in twice]
    if waiting:
        session.add(
            ReleaseBatchRow(
                id=name,
                worker=me,
                message=json.dumps(message.to_json()),
                signature=body.batch.signature,
                leaves=json.dumps(keys),
                at=now,
            )
        )
        session.flush()
    for place in waiting:
        rows[keys[place]].batch, rows[keys[place]].place = name, place
    return {"released": len(keys) - len(twice)}


def _check(settings: Settings, message: BatchRelease, signature: str, me: str, keys: list[str]) -> None:
    message.check(settings.campaigns_domain, raw(signature), me)
    if len(set(keys)) != len(keys):
        raise Malformed("A task is released twice in the batch.", safe=_SAFE)
    leaves = _leaves(settings, keys)
    if message.count != len(leaves) or message.root != merkle.root(leaves):
        raise Malformed(
            "The batch's root is not the root of its releases to this platform's treasury.", safe=_SAFE
        )


def _leaves(settings: Settings, keys: list[str]) -> list[bytes]:
    return [Release(raw(key), settings.hub_payer).struct_hash() for key in keys]


def due(session: Session, me: str) -> dict[str, Any]:
    """Paid tasks whose release is waited for, oldest first; `more` when there are others."""
    rows = repository.due(session, me, MOST + 1)
    return {
        "due": [
            {"campaign_id": row.campaign_id, "index": row.index, "attempt": row.attempt}
            for row in rows[:MOST]
        ],
        "more": len(rows) > MOST,
    }


def check_credit(session: Session, me: str) -> None:
    """Raise ReleasesDue when paid tasks of K earlier batches are not released: they could be claimed again."""
    if repository.batches_waiting(session, me) >= CREDIT_BATCHES:
        raise ReleasesDue(
            f"You were paid for tasks of {CREDIT_BATCHES} batches and have not released them yet.",
            safe="What you earned is yours, whether you release it or not.",
            action="Let Gems synchronise: it signs the releases by itself.",
        )


def stored(session: Session, settings: Settings, key: bytes, worker: str) -> StoredRelease | None:
    """A worker's release of a task with everything that `Judge.post_release` needs; None without one.

    key: of `gems_protocol.messages.task_key`. worker: lowercase address of a miner or verifier.
    """
    row = repository.find(session, worker, text(key))
    if row is None or row.batch is None or row.place is None:
        return None
    kept = repository.batch(session, row.batch)
    if kept is None:
        return None
    message = BatchRelease.from_json(json.loads(kept.message))
    path = merkle.proofs(_leaves(settings, json.loads(kept.leaves)))[row.place]
    return StoredRelease(
        task_key=key,
        worker=worker,
        count=message.count,
        index=row.place,
        batch_id=message.batch_id,
        sealed_at=message.sealed_at,
        path=tuple(path),
        signature=raw(kept.signature),
    )
