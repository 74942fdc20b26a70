# SPDX-License-Identifier: Apache-2.0
"""Accounts, the nonces they sign and the tokens they hold."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gems_platform.db import Base, Units


class AccountRow(Base):
    """Somebody who signed in once; `bond_target` is the standing order for the first earnings."""

    __tablename__ = "accounts"
    address: Mapped[str] = mapped_column(String(42), primary_key=True)
    created_at: Mapped[int]
    bond_target: Mapped[int] = mapped_column(Units, default=0)


class NonceRow(Base):
    """A sign-in that was begun; gone once it is used."""

    __tablename__ = "sign_in_nonces"
    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(String(42), index=True)
    issued_at: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)


class TokenRow(Base):
    """A bearer token, as its SHA-256 only."""

    __tablename__ = "tokens"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(String(42), ForeignKey("accounts.address"), index=True)
    expires_at: Mapped[int] = mapped_column(index=True)
