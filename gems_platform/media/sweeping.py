# SPDX-License-Identifier: Apache-2.0
"""Drops what a crash left in the stores: files that no row names, and parts that belong to no upload."""

from __future__ import annotations

import logging
import secrets

from sqlalchemy.orm import Session

from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.media import repository
from gems_platform.media.service import HOLD_S
from gems_platform.media.store import MediaStore, Stored
from gems_platform.settings import Settings
from gems_platform.uploads import repository as upload_rows
from gems_platform.uploads.in_bucket import UploadsInBucket, place_of
from gems_platform.uploads.store import UploadStore

LOG = logging.getLogger("gems_platform")
AT_ONCE = 1000  # names that one sweep looks at


class Sweeper:
    """Goes through the stores a page at a time; may run in several processes at once, and be killed at any time."""

    def __init__(
        self, settings: Settings, db: Database, clock: Clock, media: MediaStore, uploads: UploadStore
    ) -> None:
        self._settings, self._db, self._clock = settings, db, clock
        self._media, self._uploads = media, uploads
        self._file = self._part = ""  # where the next page begins: only a place to go on, the store decides

    def sweep(self) -> int:
        """Look at the next page of each store; how many were dropped. Raises MediaUnavailable."""
        if not self._media.is_of(f"{self._settings.chain_id} {self._settings.hub_payer}"):
            LOG.error(
                "media_url belongs to another platform: nothing is swept there, and it must not be shared"
            )
            return 0
        before = self._clock.now() - self._settings.media_left_s
        self._db.run(lambda session: repository.drop_over(session, self._clock.now()))
        dropped = 0
        files = self._media.after(self._file, AT_ONCE)
        self._file = files[-1].sha256 if len(files) == AT_ONCE else ""
        for file in files:
            dropped += file.at < before and self._drop_file(file)
        if isinstance(self._uploads, UploadsInBucket):
            dropped += self._drop_parts(self._uploads, before)
        return dropped

    def _drop_file(self, file: Stored) -> bool:
        """Under a hold of its name, so that nobody can bring the file at the same time and lose it."""
        token = secrets.token_hex(16)
        if not self._db.run(lambda session: self._holds(session, token, file.sha256)):
            return False
        self._media.delete(file.sha256)
        self._db.run(lambda session: repository.let_go(session, token))
        return True

    def _holds(self, session: Session, token: str, sha256: str) -> bool:
        now = self._clock.now()
        if repository.find(session, sha256) is not None or repository.holders(session, sha256, now):
            return False
        repository.hold(session, token, sha256, "", 0, now + HOLD_S)
        return True

    def _drop_parts(self, uploads: UploadsInBucket, before: int) -> int:
        """A part is named in its row moments after it was written, or never."""
        parts = uploads.after(self._part, AT_ONCE)
        self._part = parts[-1].key if len(parts) == AT_ONCE else ""
        dropped = 0
        for thing in parts:
            place = place_of(thing.key)
            if thing.at >= before or place is None:
                continue
            owner, sha256, name = place
            with self._db.read() as session:
                named = name in upload_rows.parts(session, owner, sha256).split()
            if not named:
                uploads.drop(thing.key)
                dropped += 1
        return dropped
