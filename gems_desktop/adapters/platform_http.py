# SPDX-License-Identifier: Apache-2.0
"""The one place that talks HTTP to the platform: strict JSON, every answer's signature checked, bytes counted.

An answer that the platform's key did not sign over exactly this request and body is refused before it is read.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from eth_utils.crypto import keccak
from yarl import URL

from gems_desktop.adapters.platform_refusals import refusal
from gems_desktop.services.errors import CaptivePortal, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.network import Network
from gems_desktop.services.ports import ClockPort, SignerPort
from gems_desktop.services.signing import STATEMENT, SignInRequest
from gems_protocol import canonical
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import Answer, request_hash, signature_from_hex

MAX_ANSWER = 8_000_000
MAX_DEPTH = 48  # a batch's tasks are at most 32 deep, inside of lists of items
_TIMEOUT = aiohttp.ClientTimeout(total=60, connect=10, sock_read=30)
_MEDIA_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=10, sock_read=30)
_TRIES = 3
_STALE_S = 300  # an answer this much older than one we already have is a replay
_STAMP = re.compile(r"(\d{1,12}):(0x[0-9a-f]{130})", re.ASCII)
_CHUNK = 65_536
_ASKED = ("domain", "uri", "statement", "nonce", "issued_at", "expires_at")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,500}", re.ASCII)  # what may stand in a header


class PlatformHttp:
    """Implements PlatformPort."""

    def __init__(self, network: Network, signer: SignerPort, clock: ClockPort) -> None:
        self._network, self._signer, self._clock = network, signer, clock
        self._session: aiohttp.ClientSession | None = None
        self._token, self._token_until, self._token_of = "", 0, ""
        self._newest, self._newest_at = 0, 0.0
        self._received = self._sent = 0
        self._signing_in = asyncio.Lock()

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def time(self) -> int:
        """See PlatformPort."""
        if not self._newest:
            return self._clock.now()
        return self._newest + int(self._clock.monotonic() - self._newest_at)

    def take_traffic(self) -> tuple[int, int]:
        """See PlatformPort."""
        taken = self._received, self._sent
        self._received = self._sent = 0
        return taken

    async def get(self, path: str, *, token: bool = True) -> Any:
        """See PlatformPort."""
        return await self._call("GET", path, b"", token)

    async def post(self, path: str, body: dict[str, Any] | str) -> Any:
        """See PlatformPort."""
        return await self._call("POST", path, _bytes(body), True)

    async def put(self, path: str, body: dict[str, Any]) -> Any:
        """See PlatformPort."""
        return await self._call("PUT", path, _bytes(body), True)

    async def put_file(self, path: str, content: bytes) -> Any:
        """Upload a file under its hash (requesters)."""
        return await self._call("PUT", path, content, True, signed_body=b"")

    async def stream(self, path: str, offset: int) -> AsyncIterator[bytes]:
        """See PlatformPort; raises Offline when the line drops, so that the rest is asked for later."""
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        try:
            async with self._http().get(self._url(path), headers=headers, timeout=_MEDIA_TIMEOUT) as response:
                if response.status == 200 and offset:
                    raise PlatformLied("it sent a whole file where its end was asked for.")
                if response.status not in (200, 206):
                    raise PlatformRefused("not_found", "A file of this task is not there.", retryable=True)
                async for chunk in response.content.iter_chunked(_CHUNK):
                    self._received += len(chunk)
                    yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Offline from error

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=_TIMEOUT, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
            )
        return self._session

    def _url(self, path: str) -> URL:
        return URL(self._network.platform_url + path, encoded=True)

    async def _call(
        self, method: str, path: str, body: bytes, token: bool, signed_body: bytes | None = None
    ) -> Any:
        for attempt in range(2):
            bearer = await self._bearer() if token else ""
            try:
                return await self._patiently(method, path, body, bearer, signed_body)
            except PlatformRefused as error:
                if error.code != "not_signed_in" or not token or attempt:
                    raise
                self._token = ""
        raise AssertionError("unreachable")

    async def _patiently(
        self, method: str, path: str, body: bytes, bearer: str, signed_body: bytes | None
    ) -> Any:
        """Every call of the interface may be repeated, so a dropped line is tried again a few times."""
        for attempt in range(_TRIES):
            try:
                return await self._once(method, path, body, bearer, signed_body)
            except CaptivePortal:
                raise
            except Offline:
                if attempt == _TRIES - 1:
                    raise
                await self._clock.sleep(0.2 * 2**attempt)
        raise AssertionError("unreachable")

    async def _once(self, method: str, path: str, body: bytes, bearer: str, signed_body: bytes | None) -> Any:
        headers = {"Accept": "application/json"}
        if body:
            headers["Content-Type"] = "application/octet-stream" if signed_body == b"" else "application/json"
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        url = self._url(path)
        try:
            async with self._http().request(
                method, url, data=body or None, headers=headers, allow_redirects=False
            ) as response:
                raw = bytearray()
                async for chunk in response.content.iter_chunked(_CHUNK):
                    raw += chunk
                    if len(raw) > MAX_ANSWER:
                        raise PlatformLied("it is larger than any answer may be.")
                status, stamp = response.status, response.headers.get("Gems-Signature", "")
                kind = response.headers.get("Content-Type", "")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Offline from error
        self._sent += len(body)
        self._received += len(raw)
        content = bytes(raw)
        if not stamp:
            if "html" in kind.lower() or content.lstrip()[:1] == b"<" or 300 <= status < 400:
                raise CaptivePortal
            if status in (502, 503, 504):
                raise Offline
        self._check(method, url.raw_path_qs, body if signed_body is None else signed_body, content, stamp)
        try:
            value = canonical.loads(content, MAX_ANSWER, MAX_DEPTH)
        except MalformedMessage as error:
            raise PlatformLied("it is not the JSON that it must be.") from error
        if status >= 400:
            raise refusal(value, status)
        if not isinstance(value, dict):
            raise PlatformLied("it is not an object, as every answer is.")
        return value

    def _check(self, method: str, target: str, body: bytes, content: bytes, stamp: str) -> None:
        found = _STAMP.fullmatch(stamp)
        if found is None:
            raise PlatformLied("it is not signed.")
        issued_at = int(found[1])
        answer = Answer(request_hash(method, target, body), keccak(content), issued_at)
        try:
            answer.check(
                self._network.campaigns_domain, signature_from_hex(found[2]), self._network.platform_signer
            )
        except (BadSignature, MalformedMessage) as error:
            raise PlatformLied("it is not signed by the platform of this network.") from error
        if issued_at < self._newest - _STALE_S:
            raise PlatformLied("it is an old answer given again.")
        if issued_at > self._newest:
            self._newest, self._newest_at = issued_at, self._clock.monotonic()

    async def _bearer(self) -> str:
        async with self._signing_in:
            wallet = await self._signer.wallet()
            if self._token and self.time() < self._token_until - 60 and self._token_of == wallet.address:
                return self._token
            asked = await self._patiently(
                "POST", "/v1/sign-in/nonce", _bytes({"address": wallet.address}), "", None
            )
            expected = self._network.platform_host, self._network.platform_url, STATEMENT
            domain, uri, statement, nonce, issued_at, expires_at = _parts(asked, *_ASKED)
            if (domain, uri, statement) != expected:
                raise PlatformLied("it wants a sign-in text for somebody else.")
            request = SignInRequest(nonce, issued_at, expires_at)
            text, signature = await self._signer.sign_in(request)
            body = _bytes({"message": text, "signature": "0x" + signature.hex()})
            given = await self._patiently("POST", "/v1/sign-in", body, "", None)
            address, bearer, until = _parts(given, "address", "token", "expires_at")
            sound = type(bearer) is str and _TOKEN.fullmatch(bearer) and type(until) is int
            if address != wallet.address or not sound:
                raise PlatformLied("it signed in somebody else.")
            self._token, self._token_until = bearer, until
            self._token_of = wallet.address
            return self._token


def _parts(value: dict[str, Any], *names: str) -> list[Any]:
    """These parts of an answer; raises PlatformLied when it lacks one."""
    if not value.keys() >= set(names):
        raise PlatformLied("it lacks some of its parts.")
    return [value[name] for name in names]


def _bytes(body: dict[str, Any] | str) -> bytes:
    return body.encode() if isinstance(body, str) else json.dumps(body, separators=(",", ":")).encode()
