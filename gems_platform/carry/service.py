# SPDX-License-Identifier: Apache-2.0
"""A carry file in, its reply out: everything in it goes the way that it goes online, each part for itself.

The same file again gives an equivalent reply: batches and appeals are known by what was signed, news by their number.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from eth_utils import keccak
from pydantic import ValidationError
from sqlalchemy.orm import Session

from gems_platform.carry import keys, repository
from gems_platform.carry.schemas import Batch, Content
from gems_platform.db import Database
from gems_platform.edge.refusals import body_of
from gems_platform.errors import CarryKeyUnknown, Malformed, NotFound, TooMany
from gems_platform.events import service as events
from gems_platform.heavy import TURNS
from gems_platform.reviews import appeals
from gems_platform.reviews import service as reviews
from gems_platform.reviews.schemas import Hashes, NewAppeal, NewVotes
from gems_platform.settings import Settings
from gems_platform.submissions import service as submissions
from gems_platform.submissions.schemas import NewSubmission
from gems_protocol import carry
from gems_protocol.errors import GemsError
from gems_protocol.messages import Carry, CarryReply

PAGE = 500
PAGES = 3  # of at most two megabytes each: a reply has to stay small for whoever carries it
TAKING_S = 10.0  # of one file; what is left then is taken when it is brought again
_TAKEN = "Everything that was taken before is kept."


def answer(db: Database, settings: Settings, data: bytes, now: int) -> bytes:
    """The bytes of the reply to a file; raises CarryKeyUnknown, Malformed, NotFound, BadSignature, TooMany."""
    sealed = carry.read(data, carry.OUT)
    private = keys.private_key(settings, sealed.key, now)
    if private is None:
        raise CarryKeyUnknown(
            "This carry file was sealed for another platform, or longer ago than this one opens files.",
            safe="Nothing of it was taken, and nobody could read it.",
            action="Write the file again with a newer key.",
        )
    opened = _open(sealed, private)
    worker = opened.message.signer(settings.campaigns_domain, opened.signature)
    with db.read() as session:
        if not repository.is_known(session, worker):
            raise NotFound("Nobody here has made this carry file.", safe=_TAKEN)
    with TURNS.mine():  # 32 MB of JSON may come out of 32 KB
        try:
            content = Content.model_validate(carry.unpack(opened.content))
        except ValidationError as error:
            raise Malformed(
                "The content of the carry file is not what the interface says.", safe=_TAKEN
            ) from error
        taken = _Taking(db, settings, worker, now).all(content)
        return _reply(db, settings, worker, opened.message, taken, now)


def _open(sealed: carry.Sealed, private: bytes) -> carry.Opened[Carry]:
    try:
        return carry.open_out(sealed, private)
    except carry.NotOpened as error:
        raise Malformed(error.message, safe=error.safe, action="Bring the file once more.") from error


class _Taking:
    """One worker's file on its way in."""

    def __init__(self, db: Database, settings: Settings, worker: str, now: int) -> None:
        self._db, self._settings, self._me, self._now = db, settings, worker, now
        self._until = time.monotonic() + TAKING_S

    def all(self, content: Content) -> dict[str, Any]:
        """Every part by its name with its answer, or with its refusal."""
        return {
            "batches": [{"root": batch.root, **self._one(self._batch(batch))} for batch in content.batches],
            "appeals": [
                {"root": found.root, **self._one(lambda tx, b=found.body: self._appeal(tx, b))}  # type: ignore[misc]
                for found in content.appeals
            ],
            "skips": [
                {
                    "batch_id": found.batch_id,
                    **self._one(lambda tx, f=found: self._skip(tx, f.batch_id, f.body)),  # type: ignore[misc]
                }
                for found in content.skips
            ],
        }

    def _one(self, work: Callable[[Session], dict[str, Any]]) -> dict[str, Any]:
        """The answer of one request, in a transaction of its own; a refusal is an answer too."""
        try:
            if time.monotonic() > self._until:  # 8 KB can name a thousand batches that are all refused
                raise TooMany("The file holds more than is taken at once.", action="Bring it again.")
            with self._db.write() as session:
                return {"answer": work(session)}
        except ValidationError:
            refused: GemsError = Malformed("It is not what the interface says.")
        except GemsError as error:
            refused = error
        return {"refused": body_of(refused)[1]["error"]}

    def _batch(self, batch: Batch) -> Callable[[Session], dict[str, Any]]:
        def work(session: Session) -> dict[str, Any]:
            if batch.kind == "work":
                sent = NewSubmission.model_validate(batch.body)
                return submissions.submit(session, self._settings, self._me, sent, self._now)
            votes = NewVotes.model_validate(batch.body)
            return reviews.vote(session, self._settings, self._me, votes, self._now)

        return work

    def _appeal(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        return appeals.make(session, self._settings, self._me, NewAppeal.model_validate(body), self._now)

    def _skip(self, session: Session, batch_id: str, body: dict[str, Any]) -> dict[str, Any]:
        hashes = Hashes.model_validate(body).assignment_hashes
        return reviews.skip(session, self._me, batch_id, hashes, self._now)


def _reply(
    db: Database, settings: Settings, worker: str, message: Carry, taken: dict[str, Any], now: int
) -> bytes:
    with db.read() as session:
        content = carry.pack(
            {
                **taken,
                **_news(session, worker, message.seq),
                "key": keys.signed_key(settings, now),
            }
        )
    signed = CarryReply(message.struct_hash(), keccak(content), now)
    signature = signed.sign(settings.campaigns_domain, settings.hub_signer_key)
    try:
        return carry.seal(carry.REPLY, message.reply_key, signed, signature, content)
    except ValueError as error:
        raise Malformed("Nothing can be sealed to the key of this carry file.", safe=_TAKEN) from error


def _news(session: Session, worker: str, after: int) -> dict[str, Any]:
    """The worker's events after this number, in order; `more`: whether some did not fit."""
    found: list[dict[str, Any]] = []
    last = min(after, 2**53 - 1)
    for _ in range(PAGES):
        page = events.show(session, worker, last, PAGE)
        found += page["events"]
        last = page["last"]
        if not page["events"]:
            break
    more = bool(events.show(session, worker, last, 1)["events"])
    return {"events": found, "after": min(after, 2**53 - 1), "more": more}
