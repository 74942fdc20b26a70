# SPDX-License-Identifier: Apache-2.0
"""Sign-in with an Ethereum key: a nonce that works once, then a token that works for minutes."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy.orm import Session

from gems_platform.accounts import repository
from gems_platform.errors import NotSignedIn
from gems_platform.settings import Settings
from gems_protocol.errors import GemsError
from gems_protocol.siwe import SignIn, text_signer

STATEMENT = "Sign in to do and offer tasks. This moves no money."
SKEW_S = 30


def begin(session: Session, settings: Settings, address: str, now: int) -> dict[str, Any]:
    """A fresh nonce and what the sign-in text has to say."""
    nonce = secrets.token_hex(16)
    repository.add_nonce(session, nonce, address, now, now + settings.nonce_s)
    return {
        "nonce": nonce,
        "domain": settings.siwe_domain,
        "uri": settings.public_url,
        "statement": STATEMENT,
        "issued_at": now,
        "expires_at": now + settings.nonce_s,
    }


def finish(
    session: Session, settings: Settings, text: str, signature: bytes, now: int
) -> dict[str, Any] | None:
    """A token for whoever signed a sign-in text of ours, None for anybody else.

    A refusal is a value, so that its transaction commits: the nonce is spent by the first text that names it.
    """
    try:
        said = SignIn.parse(text)
    except GemsError:
        return None
    nonce = repository.take_nonce(session, said.nonce)
    try:
        signer = text_signer(text, signature)
    except GemsError:
        return None
    good = (
        nonce is not None
        and now < nonce.expires_at
        and now < said.expires_at <= nonce.expires_at
        and nonce.issued_at - SKEW_S <= said.issued_at <= now + SKEW_S
        and nonce.address == said.address == signer
        and (said.domain, said.uri) == (settings.siwe_domain, settings.public_url)
        and (said.chain_id, said.statement) == (settings.chain_id, STATEMENT)
    )
    if not good:
        return None
    repository.ensure_account(session, said.address, now)
    token = secrets.token_urlsafe(32)
    repository.add_token(session, _hash(token), said.address, now, now + settings.token_s)
    return {"token": token, "address": said.address, "expires_at": now + settings.token_s}


def who(session: Session, authorization: str | None, now: int) -> str:
    """The address behind an Authorization header; raises NotSignedIn."""
    token = token_hash(authorization)
    owner = repository.token_owner(session, token, now) if token else None
    if owner is None:
        raise NotSignedIn("You are not signed in, or the sign-in is over.", action="Sign in again.")
    return owner


def end(session: Session, authorization: str | None) -> None:
    """The token in an Authorization header works no more."""
    repository.drop_token(session, token_hash(authorization))


def token_hash(authorization: str | None) -> str:
    """What is stored of the token in an Authorization header; "" for a header without one."""
    scheme, _, token = (authorization or "").partition(" ")
    return _hash(token) if scheme == "Bearer" and token else ""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
