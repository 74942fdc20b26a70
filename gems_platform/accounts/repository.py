# SPDX-License-Identifier: Apache-2.0
"""All queries about accounts, nonces and tokens."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gems_platform.accounts.tables import AccountRow, NonceRow, TokenRow


def add_nonce(session: Session, nonce: str, address: str, now: int, expires_at: int) -> None:
    """Remember a nonce, and forget those that are over."""
    session.execute(delete(NonceRow).where(NonceRow.expires_at < now))
    session.add(NonceRow(nonce=nonce, address=address, issued_at=now, expires_at=expires_at))


def take_nonce(session: Session, nonce: str) -> NonceRow | None:
    """The nonce's row, which is gone afterwards."""
    return session.scalar(delete(NonceRow).where(NonceRow.nonce == nonce).returning(NonceRow))


def ensure_account(session: Session, address: str, now: int) -> AccountRow:
    """The account, made when it was never seen."""
    row = session.get(AccountRow, address)
    if row is None:
        row = AccountRow(address=address, created_at=now, bond_target=0)
        session.add(row)
        session.flush()
    return row


def account(session: Session, address: str) -> AccountRow:
    """The account of somebody who is signed in."""
    return session.get_one(AccountRow, address)


def add_token(session: Session, token_hash: str, address: str, now: int, expires_at: int) -> None:
    """Remember a token, and forget those that are over."""
    session.execute(delete(TokenRow).where(TokenRow.expires_at < now))
    session.add(TokenRow(token_hash=token_hash, address=address, expires_at=expires_at))


def drop_token(session: Session, token_hash: str) -> None:
    """The token works no more."""
    session.execute(delete(TokenRow).where(TokenRow.token_hash == token_hash))


def good_tokens(session: Session, token_hashes: Sequence[str], now: int) -> set[str]:
    """Those of the tokens that still work."""
    found: set[str] = set()
    for at in range(0, len(token_hashes), 500):
        query = select(TokenRow.token_hash).where(
            TokenRow.token_hash.in_(token_hashes[at : at + 500]), TokenRow.expires_at > now
        )
        found.update(session.scalars(query))
    return found


def token_owner(session: Session, token_hash: str, now: int) -> str | None:
    """Whose token this is, if it is still good."""
    return session.scalar(
        select(TokenRow.address).where(TokenRow.token_hash == token_hash, TokenRow.expires_at > now)
    )
