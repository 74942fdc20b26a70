# SPDX-License-Identifier: Apache-2.0
"""Content-Encoding at the edge: zstd requests unpacked within bounds, answers packed for who takes it."""

from __future__ import annotations

import asyncio

from gems_platform.errors import Malformed
from gems_protocol.compressed import ENCODING, pack, unpack

_OFF_LOOP = 65_536  # bytes from which the work goes to a thread
Headers = list[tuple[bytes, bytes]]


async def plain(headers: Headers, body: bytes, limit: int) -> bytes:
    """The request's body without its encoding; raises Malformed for another encoding than zstd, and for bombs."""
    told = dict(headers).get(b"content-encoding", b"identity")
    if told == b"identity":
        return body
    if told != ENCODING.encode():
        raise Malformed("A request may be packed with zstd, or not at all.")
    return await asyncio.to_thread(unpack, body, limit)


async def packed(headers: Headers, answer: bytes) -> tuple[bytes, Headers]:
    """The answer as it is sent, with the headers that say so; its signature stays over the plain content."""
    accepted = dict(headers).get(b"accept-encoding", b"").decode("latin-1")
    if ENCODING not in [part.split(";")[0].strip() for part in accepted.split(",")]:
        return answer, []
    if len(answer) < _OFF_LOOP:
        found = pack(answer, fast=True)
    else:
        found = await asyncio.to_thread(pack, answer, fast=True)
    if len(found) == len(answer):
        return answer, []
    return found, [(b"content-encoding", ENCODING.encode())]
