# SPDX-License-Identifier: Apache-2.0
"""Uploads chunk by chunk: created once, appended at their offset only, durable before they are acknowledged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import (
    ChecksumWrong,
    Conflict,
    Malformed,
    NotFound,
    QuotaReached,
    Refusal,
    TooLarge,
    TooMany,
    UploadIncomplete,
)
from gems_platform.settings import Settings
from gems_platform.uploads import repository
from gems_platform.uploads.store import Missing, UploadStore
from gems_platform.uploads.tables import UploadRow

_KEPT = "What came of it is kept."
_Place = tuple[int, int, str]  # of a row: offset, sure, parts
MAX_CHUNK = 1_000_000  # bytes of one PATCH: what one connection can make the platform hold


@dataclass(frozen=True, slots=True)
class State:
    """How far an upload is: see UploadRow. `tail`: SHA-256 of the bytes between `sure` and `offset`."""

    sha256: str
    size: int
    offset: int
    sure: int
    tail: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a PATCH says about its chunk: "sha256" or "sha1", and the digest."""

    algorithm: str
    digest: bytes

    def fits(self, content: bytes) -> bool:
        """Whether the content has this digest."""
        return hashlib.new(self.algorithm, content, usedforsecurity=False).digest() == self.digest


class Uploads:
    """The uploads of all accounts."""

    def __init__(self, settings: Settings, db: Database, clock: Clock, files: UploadStore) -> None:
        self._settings, self._db, self._clock, self._files = settings, db, clock, files

    def create(self, owner: str, sha256: str, size: int, most: int) -> State:
        """Begin an upload of at most `most` bytes, or find the one that is under way; raises TooLarge,
        QuotaReached, Conflict."""
        limits, now = self._settings, self._clock.now()
        if size > most:
            raise TooLarge(f"An upload of that kind has at most {most} bytes.")
        if size < 1:
            raise Malformed("An upload is not empty.")
        self._sweep(now)
        with self._files.lock(owner, sha256), self._db.write() as session:
            row = repository.find(session, owner, sha256)
            if row is not None and row.expires_at > now:
                if row.size != size:
                    raise Conflict("An upload of that content has another length.")
                return self._state(row)
            repository.make_room(session, owner, sha256, limits.upload_count)
            count, under_way = repository.under_way(session, owner)
            if count >= limits.upload_count or under_way + size > limits.upload_quota_bytes:
                raise QuotaReached("You have as much under way as this platform keeps for one account.")
            self._check_disk(size)
            row = UploadRow(
                owner=owner,
                sha256=sha256,
                size=size,
                offset=0,
                sure=0,
                expires_at=now + limits.upload_s,
                answer="",
                parts="",
            )
            session.add(row)
            return self._state(row)

    def state(self, owner: str, sha256: str) -> State:
        """How far it is; raises NotFound."""
        with self._files.lock(owner, sha256), self._db.read() as session:
            return self._state(repository.own(session, owner, sha256, self._clock.now()))

    def append(
        self, owner: str, sha256: str, offset: int, content: bytes, checksum: Checksum | None, *, whole: bool
    ) -> State:
        """Keep a chunk that begins at `offset`, which must be where the upload ends, or where it is sure.

        `whole`: whether all of the request came. What came of one that was cut off is kept too, but only as
        long as the sender finds its own bytes in it. Raises Conflict, ChecksumWrong, NotFound, TooLarge.
        """
        with self._files.lock(owner, sha256):
            with self._db.read() as session:
                row = repository.own(session, owner, sha256, self._clock.now())
                self._check_place(row, offset, len(content))
                if not content:  # at the end of an upload it would have all of it hashed again
                    return self._state(row)
            self._check_disk(len(content))
            if whole and checksum is not None and not checksum.fits(content):
                raise ChecksumWrong("A part of the upload was changed on its way.", safe="It was not kept.")
            before = (row.offset, row.sure, row.parts)
            parts = self._files.write(owner, sha256, offset, content, row.parts)
            end = offset + len(content)
            good = end < row.size or self._files.digest(owner, sha256, parts) == sha256
            sure = end if whole or end == row.size else offset
            now = (end, sure, parts) if good else (0, 0, "")
            try:
                row = self._db.run(lambda session: self._move(session, owner, sha256, before, now))
            except Refusal:
                self._files.tidy(owner, sha256, parts, before[2])
                raise
            self._files.tidy(owner, sha256, before[2], parts)
            if not good:
                self._files.tidy(owner, sha256, parts, "")
                raise ChecksumWrong(
                    "The upload is not the content that its name says.", safe="It begins anew."
                )
            return self._state(row)

    def _move(self, session: Session, owner: str, sha256: str, before: _Place, now: _Place) -> UploadRow:
        """Say where it is now, unless another process moved it meanwhile: then what was written counts for nothing."""
        row = repository.own(session, owner, sha256, self._clock.now())
        if (row.offset, row.sure, row.parts) != before:
            raise Conflict("Another request went on with the upload meanwhile.", retryable=True)
        row.offset, row.sure, row.parts = now
        row.expires_at = self._clock.now() + self._settings.upload_s
        return row

    def whole(self, owner: str, sha256: str, most: int) -> int:
        """The size of an upload that is all here; raises UploadIncomplete, TooLarge beyond `most`."""
        with self._db.read() as session:
            row = repository.find(session, owner, sha256)
            if row is None or row.answer or self._reached(row)[0] != row.size:
                raise _incomplete()
            if row.size > most:
                raise TooLarge(f"An upload of that kind has at most {most} bytes.")
            return row.size

    def pieces(self, owner: str, sha256: str) -> Iterator[bytes]:
        """What was uploaded, a megabyte or two at a time; raises UploadIncomplete, also when dropped meanwhile."""
        with self._db.read() as session:
            row = repository.find(session, owner, sha256)
        if row is None:
            raise _incomplete()
        try:
            yield from self._files.pieces(owner, sha256, row.parts)
        except Missing:
            raise _incomplete() from None

    def let_go(self, owner: str, sha256: str) -> None:
        """Drop the bytes of an upload whose answer is stored."""
        with self._db.read() as session:
            row = repository.find(session, owner, sha256)
        if row is not None and row.answer:
            self._files.remove(owner, sha256, row.parts)

    def forget(self, owner: str, sha256: str) -> None:
        """Drop an upload that is of no more use, if it is still there."""
        with self._files.lock(owner, sha256):
            row = self._db.run(lambda session: repository.drop(session, owner, sha256))
            if row is not None:
                self._files.remove(owner, sha256, row.parts)

    def drop(self, owner: str, sha256: str) -> None:
        """Give an upload up; raises NotFound."""
        with self._db.read() as session:
            repository.own(session, owner, sha256, self._clock.now())
        self.forget(owner, sha256)

    def _check_disk(self, more: int) -> None:
        """Uploads of many accounts never take what the store itself needs to go on."""
        if self._files.free() - more < self._settings.disk_reserve_bytes:
            raise TooMany("The platform has no room for uploads now.", safe=_KEPT)

    def _check_place(self, row: UploadRow, offset: int, length: int) -> None:
        reached, sure = self._reached(row)
        if row.answer or offset not in (reached, sure):
            raise Conflict(f"The upload goes on at {reached}.", retryable=True)
        if offset + length > row.size:
            raise TooLarge("That is more than the upload's length.")

    def _reached(self, row: UploadRow) -> tuple[int, int]:
        """Where it ends and how far it is sure, by what is really on the disk after a crash or a restore."""
        if row.answer:
            return row.size, row.size
        there = self._files.size(row.owner, row.sha256, row.parts)
        return (0, 0) if there < row.sure else (min(row.offset, there), row.sure)

    def _state(self, row: UploadRow) -> State:
        reached, sure = self._reached(row)
        try:
            tail = b"" if row.answer else self._files.part(row.owner, row.sha256, sure, reached, row.parts)
        except Missing:  # dropped this moment
            raise NotFound("There is no such upload.") from None
        return State(row.sha256, row.size, reached, sure, hashlib.sha256(tail).hexdigest(), row.expires_at)

    def _sweep(self, now: int) -> None:
        """Drop what is over its time; the row first, since a row without its bytes would be a lie."""
        over = self._db.run(lambda session: repository.drop_over(session, now))
        for row in over:
            with self._files.lock(row.owner, row.sha256), self._db.read() as session:
                if (
                    row.parts or repository.find(session, row.owner, row.sha256) is None
                ):  # it may have begun anew
                    self._files.remove(row.owner, row.sha256, row.parts)


def _incomplete() -> UploadIncomplete:
    return UploadIncomplete("The upload is not all here.", safe="What came of it is kept.")
