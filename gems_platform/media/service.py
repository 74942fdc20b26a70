# SPDX-License-Identifier: Apache-2.0
"""Taking media in, within each account's quota: announced, brought, checked, kept, and only then to be seen.

The bytes lie in the store before their row says so, and no transaction is open while they go there.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import NotFound, QuotaReached, TooLarge, TooMany
from gems_platform.media import repository
from gems_platform.media.incoming import Incoming
from gems_platform.media.store import MediaStore, unavailable
from gems_platform.settings import Settings

HOLD_S = 3600  # longer than any request; what a dead process held is free after it


class Bringing:
    """One file that was announced and has room: write to `incoming`, then `keep` it."""

    def __init__(self, media: Media, token: str, owner: str, incoming: Incoming) -> None:
        self._media, self._token, self._owner, self.incoming = media, token, owner, incoming

    def keep(self) -> dict[str, Any]:
        """Check the whole file, store it, and let it be seen; the answer to who brought it."""
        self.incoming.finish()
        return self._media.keep(self._token, self._owner, self.incoming)


class Media:
    """The media files of all accounts, in a store that several processes may share."""

    def __init__(self, settings: Settings, db: Database, clock: Clock, store: MediaStore) -> None:
        self._settings, self._db, self._clock, self.store = settings, db, clock, store

    def known(self, sha256: str) -> dict[str, Any] | None:
        """The answer to an upload of a file that is here already; None too when the store lost it."""
        with self._db.read() as session:
            row = repository.find(session, sha256)
        if row is None or self.store.size(sha256) != row.size:
            return None
        return _answer(row.sha256, row.size)

    def kind_and_size(self, sha256: str) -> tuple[str, int]:
        """The media type of a file and its bytes; raises NotFound."""
        with self._db.read() as session:
            row = repository.find(session, sha256)
            if row is None:
                raise NotFound("There is no such media file.")
            return row.kind, row.size

    def check_room(self, owner: str, size: int) -> None:
        """Raises QuotaReached before bytes are sent in vain."""
        with self._db.read() as session:
            self._check_quota(session, owner, size, self._clock.now())

    @contextmanager
    def bringing(self, owner: str, sha256: str, size: int) -> Iterator[Bringing]:
        """Room for a file of `size` bytes, until the `with` ends; raises TooLarge, QuotaReached."""
        if size > self._settings.media_file_bytes:
            raise TooLarge(f"A media file has at most {self._settings.media_file_bytes} bytes.")
        token = secrets.token_hex(16)
        self._db.run(lambda session: self._announce(session, token, owner, sha256, size))
        try:
            with self.store.begin(sha256) as incoming:
                yield Bringing(self, token, owner, incoming)
        finally:
            self._db.run(lambda session: repository.let_go(session, token))

    def keep(self, token: str, owner: str, incoming: Incoming) -> dict[str, Any]:
        """See Bringing."""
        self.store.keep(incoming)
        now = self._clock.now()

        def seen(session: Session) -> None:
            if not repository.held(session, token, now):
                raise unavailable()  # it took an hour: the name may have been swept
            repository.let_go(session, token)
            session.flush()
            if repository.find(session, incoming.sha256) is None:
                self._check_quota(session, owner, incoming.size, now)
                repository.add(session, incoming.sha256, incoming.size, incoming.kind, owner, now)

        self._db.run(seen)
        return _answer(incoming.sha256, incoming.size)

    def _announce(self, session: Session, token: str, owner: str, sha256: str, size: int) -> None:
        now = self._clock.now()
        if "" in repository.holders(session, sha256, now):
            raise unavailable()  # what a crash left under this name is being dropped
        self._check_disk(size)
        if repository.find(session, sha256) is None:
            self._check_quota(session, owner, size, now)
        repository.hold(session, token, sha256, owner, size, now + HOLD_S)

    def _check_disk(self, more: int) -> None:
        """Media of many accounts never take what the store needs to go on; what goes elsewhere passes here, too."""
        if shutil.disk_usage(self._settings.data_dir).free - more < self._settings.disk_reserve_bytes:
            raise TooMany("The platform has no room for media now.", action="Try again later.")

    def _check_quota(self, session: Session, owner: str, more: int, now: int) -> None:
        if repository.used(session, owner, now) + more > self._settings.media_quota_bytes:
            raise QuotaReached("You have stored as much media as this platform keeps for one account.")


def _answer(sha256: str, size: int) -> dict[str, Any]:
    return {"sha256": sha256, "size": size}
