# SPDX-License-Identifier: Apache-2.0
"""Keeps the daily voucher files of hubs, so that a hub cannot take back what it published (ADR 0073).

Only rows that the hub's own key signed are kept. A row names no config; a channel's deposit event does.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any

import aiohttp
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.channels.days import KEPT_DAYS, ROW, read_row
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.errors import NotFound
from gems_platform.schemas import raw
from gems_platform.watching.place import Place
from gems_platform.watching.tables import MirrorDayRow
from gems_platform.watching.worth import worth
from gems_protocol import canonical
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.messages import Voucher

LOG = logging.getLogger("gems_platform.watching")
EVERY_S = 3_600
_TIMEOUT = aiohttp.ClientTimeout(total=120, connect=10)
_MOST_FILE = 64_000_000  # some 480,000 channels
_MOST_JSON = 1_000_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"0x[0-9a-f]{40}")


class HubAway(GemsError):
    """A hub's files cannot be read now."""

    retryable = True


class Mirror:
    """The files of the hubs that the operator named."""

    def __init__(self, place: Place, db: Database, clock: Clock, hubs: Sequence[str] = ()) -> None:
        self._place, self._db, self._clock = place, db, clock
        self._hubs = tuple(hub.rstrip("/") for hub in hubs)
        self._read_at: int | None = None

    async def read(self) -> None:
        """Fetch the days that are not here yet, once an hour; what a hub's fault is, is logged."""
        now = self._clock.now()
        if not self._hubs or (self._read_at is not None and abs(now - self._read_at) < EVERY_S):
            return
        self._read_at = now
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
            for hub in self._hubs:
                try:
                    await self._read_hub(http, hub)
                except HubAway as error:
                    LOG.warning("the daily files of %s were not read: %s", hub, error.message)

    async def _read_hub(self, http: aiohttp.ClientSession, hub: str) -> None:
        info = await _json(http, f"{hub}/v1/info")
        here = (self._place.chain_id, self._place.channels)
        signer = info.get("platform_signer")
        if (info.get("chain_id"), info.get("channels")) != here or not _ADDRESS.fullmatch(str(signer)):
            raise HubAway("It serves another chain or another contract.")
        days = (await _json(http, f"{hub}/v1/vouchers")).get("days")
        if not isinstance(days, list):
            raise HubAway("Its list of days is malformed.")
        known = await run_in_threadpool(self._days_of, hub)
        for each in days[-KEPT_DAYS:]:
            day = each.get("day") if isinstance(each, dict) else None
            if not isinstance(day, str) or not _DAY.fullmatch(day) or day in known:
                continue
            rows = await _get(http, f"{hub}/v1/vouchers/{day}", _MOST_FILE)
            good, bad = await run_in_threadpool(self._check, rows, str(signer))
            if bad:
                LOG.warning("%s published %d rows of %s that it did not sign", hub, bad, day)
            await run_in_threadpool(self._store, hub, day, str(signer), good)

    def _check(self, rows: bytes, signer: str) -> tuple[bytes, int]:
        """The rows that the hub signed, sorted, and how many it did not sign."""
        good: dict[bytes, bytes] = {}
        bad = 0 if len(rows) % ROW == 0 else 1
        for at in range(0, len(rows) - ROW + 1, ROW):
            row = rows[at : at + ROW]
            shown = read_row(row)
            try:
                voucher = Voucher.from_json(shown["message"])
                voucher.check(self._place.channels_domain, raw(shown["signature"]), signer)
            except (BadSignature, MalformedMessage):
                bad += 1
                continue
            good[row[:32]] = row
        return b"".join(good[name] for name in sorted(good)), bad

    def _days_of(self, hub: str) -> set[str]:
        with self._db.read() as session:
            return set(session.scalars(select(MirrorDayRow.day).where(MirrorDayRow.hub == hub)))

    def _store(self, hub: str, day: str, signer: str, rows: bytes) -> None:
        now = self._clock.now()
        with self._db.write() as session:
            session.merge(MirrorDayRow(hub=hub, day=day, at=now, signer=signer, rows=rows))
            old = select(MirrorDayRow).where(
                MirrorDayRow.hub == hub, MirrorDayRow.at < now - KEPT_DAYS * 86_400
            )
            for row in session.scalars(old):
                session.delete(row)

    def days(self) -> list[dict[str, Any]]:
        """What is kept: hub, its signer, day, number of channels."""
        with self._db.read() as session:
            row = MirrorDayRow
            query = select(row.hub, row.signer, row.day, row.at, func.length(row.rows))
            found = session.execute(query.order_by(row.hub, row.day)).all()
        return [
            {"hub": hub, "signer": signer, "day": day, "at": at, "channels": size // ROW}
            for hub, signer, day, at, size in found
        ]

    def whole(self, signer: str, day: str) -> bytes:
        """A hub's file of a day as it was read; raises NotFound."""
        with self._db.read() as session:
            query = select(MirrorDayRow.rows).where(MirrorDayRow.signer == signer, MirrorDayRow.day == day)
            found = session.scalar(query)
        if found is None:
            raise NotFound("That day of that hub is not kept here.")
        return bytes(found)

    def rows(self, channel_id: str) -> list[dict[str, Any]]:
        """Every row of a channel in the newest day of each hub: hub, signer, day, voucher with signature."""
        found = []
        with self._db.read() as session:
            newest = select(MirrorDayRow.hub, func.max(MirrorDayRow.day)).group_by(MirrorDayRow.hub)
            for hub, day in session.execute(newest).all():
                row = _find(session, hub, day, raw(channel_id))
                if row is not None:
                    signer = session.scalar(
                        select(MirrorDayRow.signer).where(MirrorDayRow.hub == hub, MirrorDayRow.day == day)
                    )
                    found.append({"hub": hub, "signer": signer, "day": day, "voucher": read_row(row)})
        return found

    def best(self, channel_id: str) -> tuple[Voucher, bytes, str] | None:
        """(Voucher, signature, signer) that is highest among the mirrored rows of a channel."""
        read = [
            (
                Voucher.from_json(row["voucher"]["message"]),
                raw(row["voucher"]["signature"]),
                str(row["signer"]),
            )
            for row in self.rows(channel_id)
        ]
        return max(read, key=lambda one: worth(one[0]), default=None)


def _find(session: Session, hub: str, day: str, wanted: bytes) -> bytes | None:
    """A channel's row by bisection inside the store."""
    here = (MirrorDayRow.hub == hub, MirrorDayRow.day == day)
    size = session.scalar(select(func.length(MirrorDayRow.rows)).where(*here)) or 0
    low, high = 0, size // ROW
    while low < high:
        middle = (low + high) // 2
        part = select(func.substr(MirrorDayRow.rows, middle * ROW + 1, ROW)).where(*here)
        row = bytes(session.scalar(part) or b"")
        if row[:32] == wanted:
            return row
        low, high = (middle + 1, high) if row[:32] < wanted else (low, middle)
    return None


async def _json(http: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    try:
        found = canonical.loads(await _get(http, url, _MOST_JSON), _MOST_JSON)
    except MalformedMessage as error:
        raise HubAway("Its answer is malformed.") from error
    if not isinstance(found, dict):
        raise HubAway("Its answer is malformed.")
    return found


async def _get(http: aiohttp.ClientSession, url: str, most: int) -> bytes:
    try:
        async with http.get(url, allow_redirects=False) as response:
            body = bytearray()
            async for chunk in response.content.iter_chunked(65_536):
                body += chunk
                if len(body) > most:
                    raise HubAway("Its answer is too large.")
            if response.status != 200:
                raise HubAway(f"It answers with status {response.status}.")
            return bytes(body)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise HubAway("It cannot be reached.") from error
