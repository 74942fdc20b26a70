# SPDX-License-Identifier: Apache-2.0
"""After a restore the hub signs nothing in a channel before it knows what it signed there last (ADR 0098).

Between the backup and its loss the hub may have signed vouchers that only their worker holds. A voucher signed beside
one of those would have its number; a close with an older one would forfeit what is left in the channel.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from gems_platform.channels.doubt_tables import RestoreRow
from gems_platform.channels.tables import ChannelRow


def begin(session: Session, at: int, taken_at: int) -> int:
    """The store was put back: every channel is in doubt from now on; how many."""
    session.add(RestoreRow(at=at, taken_at=taken_at))
    session.execute(update(ChannelRow).values(doubted_at=at))
    return session.scalar(select(func.count()).select_from(ChannelRow)) or 0


def of_new_channel(session: Session) -> int:
    """The mark of a channel that is not known here: after a restore it may have been opened in the lost time."""
    return session.scalar(select(func.max(RestoreRow.at))) or 0


def shown(row: ChannelRow) -> None:
    """Its worker showed the newest voucher that it holds, or that it holds none."""
    row.doubted_at = 0


def read_from_chain(row: ChannelRow, deposit: int) -> None:
    """Nothing is ever signed in a channel before its deposit counts on chain: without one there is no doubt."""
    if deposit == 0:
        row.doubted_at = 0


def doubted(session: Session) -> Sequence[ChannelRow]:
    """The channels in doubt, in the order of their names."""
    return session.scalars(select(ChannelRow).where(ChannelRow.doubted_at > 0).order_by(ChannelRow.id)).all()


def last(session: Session) -> RestoreRow | None:
    """The newest restore, None when there was none."""
    return session.scalar(select(RestoreRow).order_by(RestoreRow.id.desc()).limit(1))
