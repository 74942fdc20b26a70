# SPDX-License-Identifier: Apache-2.0
"""The forms of sign-in requests and answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from gems_platform.schemas import Address, Signature, Strict


class NonceRequest(Strict):
    """Who wants to sign in."""

    address: Address


class Nonce(BaseModel):
    """What the sign-in text has to say."""

    nonce: str
    domain: str
    uri: str
    statement: str
    issued_at: int
    expires_at: int


class SignInRequest(Strict):
    """The EIP-4361 text and its personal signature."""

    message: Annotated[str, StringConstraints(max_length=2000, strict=True)]
    signature: Signature


class Token(BaseModel):
    """A bearer token and until when it works."""

    token: str
    address: str
    expires_at: int
