# SPDX-License-Identifier: Apache-2.0
"""Sums refusals up in memory and writes them each minute, so that who is refused often does not fill the store."""

from __future__ import annotations

import asyncio
import logging
import threading

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from gems_platform.audit import repository
from gems_platform.clock import Clock
from gems_platform.db import Contended, Database
from gems_platform.edge.addresses import truncated
from gems_platform.settings import Settings

LOG = logging.getLogger("gems_platform")
EVERY_S = 60.0
MOST = 2_000  # sums that are kept apart until they are written: a bound on memory and on rows a minute
REFUSED = "refused"
#: What is summed up: forged, oversized or unwanted requests; not that something is not there, or is over.
CODES = frozenset(
    {
        "malformed",
        "bad_signature",
        "bad_debit",
        "bad_claim",
        "bad_transfer",
        "not_signed_in",
        "sign_in_refused",
        "not_allowed",
        "too_large",
        "quota",
        "too_many_requests",
        "internal",
    }
)


class AuditLog:
    """The refusals of this process since they were last written."""

    def __init__(self, settings: Settings, db: Database, clock: Clock) -> None:
        self._settings, self._db, self._clock = settings, db, clock
        self._sums: dict[tuple[str, str, str], int] = {}
        self._one = threading.Lock()

    def refusal(self, code: str, account: str, address: str) -> None:
        """Count one; where too many kinds come within a minute, only its code is kept."""
        if code not in CODES:
            return
        key = (code, account, truncated(address))
        with self._one:
            if key not in self._sums and len(self._sums) >= MOST:
                key = (code, "", "")
            self._sums[key] = self._sums.get(key, 0) + 1

    def flush(self) -> None:
        """Write the sums down and drop what is over; what cannot be written is kept for the next time."""
        with self._one:
            sums, self._sums = self._sums, {}
        now = self._clock.now()

        def work(session: Session) -> None:
            for (code, account, network), count in sums.items():
                repository.add(
                    session, now, REFUSED, code=code, account=account, network=network, count=count
                )
            repository.drop_before(session, now - self._settings.audit_s)

        try:
            self._db.run(work, apart=True)
        except (Contended, OperationalError) as error:
            LOG.warning("the audit log could not be written: %s", error)
            with self._one:
                for key, count in sums.items():
                    self._sums[key] = self._sums.get(key, 0) + count

    async def run(self) -> None:
        """Write each minute until cancelled."""
        while True:
            await asyncio.sleep(EVERY_S)
            await asyncio.to_thread(self.flush)
