# SPDX-License-Identifier: Apache-2.0
"""What keeps channels safe beside the hub's own books: towers' vouchers, published days, relayed transfers."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base


class TowerVoucherRow(Base):
    """The highest voucher of a channel of any hub that anybody showed; `body` is JSON as it is given back."""

    __tablename__ = "tower_vouchers"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    chain_id: Mapped[int]
    contract: Mapped[str] = mapped_column(String(42))
    seq: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[int] = mapped_column(index=True)


class VoucherDayRow(Base):
    """The newest voucher of every channel at the end of a UTC day: 133 bytes each, sorted by channel."""

    __tablename__ = "voucher_days"
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[int]
    rows: Mapped[bytes] = mapped_column(LargeBinary)


class RelayedTransferRow(Base):
    """GEM sent for its owner, and the relayer's fee; both transactions are sent again until they are in a block."""

    __tablename__ = "relayed_transfers"
    id: Mapped[str] = mapped_column(String(66), primary_key=True)
    owner: Mapped[str] = mapped_column(String(42), index=True)
    raw_fee: Mapped[str] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)
    tx_hash: Mapped[str] = mapped_column(String(66))
    state: Mapped[str] = mapped_column(String(10), index=True)
    at: Mapped[int]
