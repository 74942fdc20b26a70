# SPDX-License-Identifier: Apache-2.0
"""Brings a carry file to the platform: bytes there, bytes back, signed in as nobody."""

from __future__ import annotations

import asyncio
from io import BytesIO

import aiohttp
from yarl import URL

from gems_desktop.adapters.platform_refusals import refusal
from gems_desktop.services.errors import CaptivePortal, Offline, PlatformLied
from gems_desktop.services.network import Network
from gems_protocol import canonical
from gems_protocol.carry import MAX_FILE
from gems_protocol.errors import MalformedMessage

_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=15, sock_read=120)
_CHUNK = 65_536
_TRIES = 3


async def deliver(http: aiohttp.ClientSession, url: URL, content: bytes) -> bytes:
    """The platform's reply to a file; raises Offline, CaptivePortal, PlatformRefused, PlatformLied.

    Only whoever wrote the file can check the reply: it is sealed to them and signed inside.
    """
    for attempt in range(_TRIES):
        try:
            return await _once(http, url, content)
        except CaptivePortal:
            raise
        except Offline:
            if attempt == _TRIES - 1:
                raise
            await asyncio.sleep(0.3 * 2**attempt)
    raise AssertionError("unreachable")


async def deliver_to(network: Network, content: bytes) -> bytes:
    """Like `deliver`, with a connection of its own, for whoever has no profile."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=False) as http:
        return await deliver(http, URL(network.platform_url + "/v1/carry", encoded=True), content)


async def _once(http: aiohttp.ClientSession, url: URL, content: bytes) -> bytes:
    headers = {"Content-Type": "application/octet-stream"}
    try:
        async with http.post(
            url, data=BytesIO(content), headers=headers, allow_redirects=False, timeout=_TIMEOUT
        ) as response:
            found = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                found += chunk
                if len(found) > MAX_FILE:
                    raise PlatformLied("it is larger than any reply may be.")
            status, kind = response.status, response.headers.get("Content-Type", "")
            signed = "Gems-Signature" in response.headers
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Offline from error
    if "html" in kind.lower() or 300 <= status < 400:
        raise CaptivePortal
    if status in (502, 503, 504) and not signed:
        raise Offline
    if status >= 400:
        try:
            value = canonical.loads(bytes(found))
        except MalformedMessage as error:
            raise PlatformLied("it is not the JSON that it must be.") from error
        raise refusal(value, status)
    return bytes(found)
