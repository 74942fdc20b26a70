# SPDX-License-Identifier: Apache-2.0
"""Uploads chunk by chunk: created once, appended at their offset only, durable before they are acknowledged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import ChecksumWrong, Conflict, Malformed, QuotaReached, TooLarge, TooMany
from gems_platform.settings import Settings
from gems_platform.uploads import repository
from gems_platform.uploads.files import UploadFiles
from gems_platform.uploads.tables import UploadRow

_KEPT = "What came of it is kept."
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

    def __init__(self, settings: Settings, db: Database, clock: Clock, files: UploadFiles) -> None:
        self._settings, self._db, self._clock, self._files = settings, db, clock, files

    def create(self, owner: str, sha256: str, size: int) -> State:
        """Begin an upload, or find the one that is under way; raises TooLarge, QuotaReached, Conflict."""
        limits, now = self._settings, self._clock.now()
        if size > limits.upload_bytes:
            raise TooLarge(f"An upload has at most {limits.upload_bytes} bytes.")
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
            end = offset + len(content)
            self._files.write(owner, sha256, offset, content)
            with self._db.write() as session:
                row = repository.own(session, owner, sha256, self._clock.now())
                good = end < row.size or self._files.digest(owner, sha256) == sha256
                row.offset = end if good else 0
                row.sure = min(row.offset, end if whole or end == row.size else offset)
                row.expires_at = self._clock.now() + self._settings.upload_s
            if not good:
                raise ChecksumWrong(
                    "The upload is not the content that its name says.", safe="It begins anew."
                )
            return self._state(row)

    def drop(self, owner: str, sha256: str) -> None:
        """Forget an upload; raises NotFound."""
        with self._files.lock(owner, sha256):
            with self._db.write() as session:
                session.delete(repository.own(session, owner, sha256, self._clock.now()))
            self._files.remove(owner, sha256)

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
        there = self._files.size(row.owner, row.sha256)
        return (0, 0) if there < row.sure else (min(row.offset, there), row.sure)

    def _state(self, row: UploadRow) -> State:
        reached, sure = self._reached(row)
        tail = b"" if row.answer else self._files.part(row.owner, row.sha256, sure, reached)
        return State(row.sha256, row.size, reached, sure, hashlib.sha256(tail).hexdigest(), row.expires_at)

    def _sweep(self, now: int) -> None:
        """Drop what is over its time; the row first, since a row without its bytes would be a lie."""
        with self._db.write() as session:
            over = [(row.owner, row.sha256) for row in repository.over(session, now)]
            for owner, sha256 in over:
                session.delete(repository.find(session, owner, sha256))
        for owner, sha256 in over:
            with self._files.lock(owner, sha256), self._db.read() as session:
                if repository.find(session, owner, sha256) is None:  # it may have begun anew
                    self._files.remove(owner, sha256)
