# SPDX-License-Identifier: Apache-2.0
"""The forms of sign-in requests and answers."""

from __future__ import annotations

from typing import Annotated, Literal

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


class Limits(BaseModel):
    """What an account may do: numbers of things at once, bytes, or requests a second."""

    requests_per_s: float
    request_burst: int
    requests_left: int
    lease: int
    review_lease: int
    media_bytes: int
    media_used: int
    media_file_bytes: int
    upload_bytes: int
    uploads: int
    streams: int
    token_s: int


class Myself(BaseModel):
    """Whoever asks, in every role that the platform sees in what the address did and holds."""

    address: str
    roles: list[Literal["miner", "verifier", "requester", "operator"]]
    practice: bool
    limits: Limits
