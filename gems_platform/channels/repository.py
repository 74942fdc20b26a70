# SPDX-License-Identifier: Apache-2.0
"""All queries about channels, lines and relayed claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from gems_platform.channels.tables import ChannelRow, LineRow, RelayedClaimRow
from gems_platform.channels.upkeep_tables import RelayedTransferRow
from gems_platform.errors import NotFound
from gems_protocol.amount import Amount
from gems_protocol.lines import Line, LineKind


def of_worker(session: Session, worker: str) -> ChannelRow | None:
    """The worker's channel, if it was ever asked for."""
    return session.scalar(select(ChannelRow).where(ChannelRow.worker == worker))


def channel(session: Session, channel_id: str) -> ChannelRow:
    """A channel that is known to be there."""
    return session.get_one(ChannelRow, channel_id)


def closes_over(session: Session, now: int) -> Sequence[ChannelRow]:
    """Channels that can be ended, and are not known to be."""
    return session.scalars(select(ChannelRow).where(ChannelRow.ends_at > 0, ChannelRow.ends_at <= now)).all()


def to_close(session: Session) -> Sequence[ChannelRow]:
    """Channels that the hub froze and whose close the chain does not show yet."""
    query = select(ChannelRow).where(ChannelRow.frozen == "hub", ChannelRow.closing.is_(False))
    return session.scalars(query).all()


def closed_by_worker(session: Session) -> Sequence[ChannelRow]:
    """Channels whose relayed close was sent and which the chain does not show closing yet."""
    query = select(ChannelRow).where(ChannelRow.frozen == "worker", ChannelRow.closing.is_(False))
    return session.scalars(query).all()


def every(session: Session) -> Sequence[ChannelRow]:
    """Every channel."""
    return session.scalars(select(ChannelRow)).all()


def add_lines(session: Session, worker: str, lines: Iterable[Line], seq: int | None = None) -> None:
    """Owe a worker these lines, or note that the voucher `seq` settled them. What is here already stays as it is:
    after the store was restored, work that a returned voucher paid may be judged again."""
    for line in lines:
        about = (LineRow.worker == worker, LineRow.campaign_id == "0x" + line.campaign_id.hex())
        place = (LineRow.index == line.index, LineRow.attempt == line.attempt, LineRow.round == line.round)
        if session.scalar(select(LineRow.id).where(*about, *place, LineRow.kind == line.kind.value)):
            continue
        session.add(
            LineRow(
                worker=worker,
                campaign_id="0x" + line.campaign_id.hex(),
                index=line.index,
                attempt=line.attempt,
                round=line.round,
                kind=line.kind.value,
                amount=line.amount.units,
                seq=seq,
            )
        )


def step(session: Session, row: ChannelRow, number: int) -> int | None:
    """Base units that a step out of the bond moved; None when it was not taken."""
    about = (LineRow.worker == row.worker, LineRow.campaign_id == row.id, LineRow.index == number)
    return session.scalar(select(LineRow.amount).where(*about, LineRow.kind == LineKind.UNBONDED.value))


def steps(session: Session, row: ChannelRow) -> int:
    """How many steps out of the bond were taken."""
    about = (LineRow.worker == row.worker, LineRow.campaign_id == row.id)
    query = select(func.max(LineRow.index)).where(*about, LineRow.kind == LineKind.UNBONDED.value)
    return session.scalar(query) or 0


def workers_owed(session: Session) -> Sequence[str]:
    """Workers with lines that no voucher settled yet."""
    return session.scalars(select(LineRow.worker).where(LineRow.seq.is_(None)).distinct()).all()


def unsettled(session: Session, worker: str) -> Sequence[LineRow]:
    """A worker's lines that no voucher settled yet, oldest first."""
    query = select(LineRow).where(LineRow.worker == worker, LineRow.seq.is_(None))
    return session.scalars(query.order_by(LineRow.id)).all()


def owed(session: Session, worker: str) -> int:
    """Base units of a worker's unsettled lines."""
    return sum(row.amount for row in unsettled(session, worker))


def line(row: LineRow) -> Line:
    """A row as the protocol's line."""
    return Line(
        bytes.fromhex(row.campaign_id[2:]),
        row.index,
        row.attempt,
        row.round,
        LineKind(row.kind),
        Amount(row.amount),
    )


def claim(session: Session, claim_id: str, worker: str) -> RelayedClaimRow:
    """A worker's own relayed claim; raises NotFound."""
    row = session.get(RelayedClaimRow, claim_id)
    if row is None or row.worker != worker:
        raise NotFound("There is no such claim.")
    return row


def find_claim(session: Session, claim_id: str) -> RelayedClaimRow | None:
    """A relayed claim."""
    return session.get(RelayedClaimRow, claim_id)


def claims_on_the_way(session: Session) -> Sequence[RelayedClaimRow]:
    """Relayed claims that are not in a block yet."""
    return session.scalars(select(RelayedClaimRow).where(RelayedClaimRow.state == "sent")).all()


def claims_today(session: Session, worker: str, since: int) -> int:
    """How many claims were relayed for a worker since a time."""
    query = select(func.count()).where(RelayedClaimRow.worker == worker, RelayedClaimRow.at >= since)
    return session.scalar(query) or 0


def settle(session: Session, rows: Sequence[LineRow], seq: int) -> None:
    """Mark lines as settled by the voucher `seq`."""
    session.execute(update(LineRow).where(LineRow.id.in_([row.id for row in rows])).values(seq=seq))


def own(session: Session, worker: str) -> ChannelRow:
    """The worker's channel; raises NotFound before it was asked for."""
    row = of_worker(session, worker)
    if row is None:
        raise NotFound("You have no channel yet.", action="Open one first.")
    return row


def transfer(session: Session, transfer_id: str) -> RelayedTransferRow | None:
    """A relayed transfer."""
    return session.get(RelayedTransferRow, transfer_id)


def transfers_on_the_way(session: Session) -> Sequence[RelayedTransferRow]:
    """Relayed transfers that are not in a block yet."""
    return session.scalars(select(RelayedTransferRow).where(RelayedTransferRow.state == "sent")).all()


def open_transfer(session: Session, owner: str) -> RelayedTransferRow | None:
    """An owner's transfer that is not in a block yet; there is one at most."""
    query = select(RelayedTransferRow).where(RelayedTransferRow.owner == owner)
    return session.scalar(query.where(RelayedTransferRow.state == "sent").limit(1))


def open_claim(session: Session, worker: str) -> RelayedClaimRow | None:
    """A worker's claim that is not in a block yet; there is one at most."""
    query = select(RelayedClaimRow).where(RelayedClaimRow.worker == worker)
    return session.scalar(query.where(RelayedClaimRow.state == "sent").limit(1))


def transfers_today(session: Session, owner: str, since: int) -> int:
    """How many transfers were relayed for an owner since a time."""
    query = select(func.count()).where(RelayedTransferRow.owner == owner, RelayedTransferRow.at >= since)
    return session.scalar(query) or 0
