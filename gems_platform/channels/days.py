# SPDX-License-Identifier: Apache-2.0
"""The daily voucher file: once a UTC day the newest voucher of every channel, 133 bytes each.

A hub that later serves less than it published is caught by two of its own signatures; mirrors may keep the file.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gems_platform.channels import repository
from gems_platform.channels.tables import ChannelRow
from gems_platform.channels.upkeep_tables import VoucherDayRow
from gems_platform.errors import NotFound
from gems_platform.schemas import raw, text
from gems_protocol.messages import Voucher

ROW = 133  # channel 32, paid 16, bonded 12, number 8, signature 65
KEPT_DAYS = 40  # longer than a channel takes to close


def day_of(now: int) -> str:
    """The UTC day of a time."""
    return datetime.fromtimestamp(now, UTC).date().isoformat()


def is_due(session: Session, now: int) -> bool:
    """Whether this UTC day's file was not published yet."""
    return session.get(VoucherDayRow, day_of(now)) is None


def publish(session: Session, now: int) -> None:
    """Write down the newest voucher of every channel as of now; once a day, and old days go."""
    if not is_due(session, now):
        return
    rows = sorted(_row(channel) for channel in repository.every(session) if channel.voucher_signature)
    session.add(VoucherDayRow(day=day_of(now), at=now, rows=b"".join(rows)))
    for old in session.scalars(select(VoucherDayRow).where(VoucherDayRow.at < now - KEPT_DAYS * 86_400)):
        session.delete(old)


def _row(row: ChannelRow) -> bytes:
    numbers = row.paid.to_bytes(16, "big") + row.bonded.to_bytes(12, "big") + row.seq.to_bytes(8, "big")
    return raw(row.id) + numbers + raw(str(row.voucher_signature))


def days(session: Session) -> list[dict[str, Any]]:
    """What can be had: day, time, number of channels; oldest first."""
    query = select(VoucherDayRow.day, VoucherDayRow.at, func.length(VoucherDayRow.rows))
    found = session.execute(query.order_by(VoucherDayRow.day)).all()
    return [{"day": day, "at": at, "channels": size // ROW} for day, at, size in found]


def whole(session: Session, day: str) -> bytes:
    """A day's file; raises NotFound."""
    row = session.get(VoucherDayRow, day)
    if row is None:
        raise NotFound("There is no voucher file of that day.")
    return row.rows


def one(session: Session, day: str, channel_id: str) -> dict[str, Any]:
    """One channel's row of a day's file, found without reading the rest; raises NotFound."""
    query = select(VoucherDayRow.at, func.length(VoucherDayRow.rows)).where(VoucherDayRow.day == day)
    found = session.execute(query).first()
    if found is None:
        raise NotFound("There is no voucher file of that day.")
    at, size = found
    low, high, wanted = 0, size // ROW, raw(channel_id)
    while low < high:
        middle = (low + high) // 2
        part = select(func.substr(VoucherDayRow.rows, middle * ROW + 1, ROW))
        row = bytes(session.scalar(part.where(VoucherDayRow.day == day)) or b"")
        if row[:32] == wanted:
            return {"day": day, "at": at, "voucher": read_row(row)}
        low, high = (middle + 1, high) if row[:32] < wanted else (low, middle)
    return {"day": day, "at": at, "voucher": None}


def read_row(row: bytes) -> dict[str, Any]:
    """A row's voucher as the interface writes it, with its signature; 133 bytes."""
    paid, bonded, seq = (int.from_bytes(row[a:b], "big") for a, b in ((32, 48), (48, 60), (60, 68)))
    return {"message": Voucher(row[:32], paid, bonded, seq).to_json(), "signature": text(row[68:])}
