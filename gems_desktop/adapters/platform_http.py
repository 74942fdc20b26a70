# SPDX-License-Identifier: Apache-2.0
"""The one place that talks HTTP to the platform: strict JSON, every answer's signature checked, bytes counted.

An answer that the platform's key did not sign over exactly this request and body is refused before it is read.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
from yarl import URL

from gems_desktop.adapters.platform_answers import MAX_ANSWER, AnswerCheck, Call, Reply
from gems_desktop.adapters.proxy import Proxy
from gems_desktop.services.errors import CaptivePortal, NotTrusted, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.network import Network
from gems_desktop.services.ports import ClockPort, SignerPort
from gems_desktop.services.signing import STATEMENT, SignInRequest
from gems_desktop.services.traffic import Traffic, whose_traffic
from gems_protocol.compressed import ENCODING, pack

_TIMEOUT = aiohttp.ClientTimeout(total=3_600, connect=10, sock_read=45)  # a slow line is not a dead one
_MEDIA_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=10, sock_read=30)
_TRIES = 3
_CHUNK = 65_536
_OFF_LOOP = 65_536  # bytes from which packing goes to a thread
_ASKED = ("domain", "uri", "statement", "nonce", "issued_at", "expires_at")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,500}", re.ASCII)  # what may stand in a header
_JSON = ("Content-Type", "application/json")
_TUS = ("Tus-Resumable", "1.0.0")


class PlatformHttp:
    """Implements PlatformPort."""

    def __init__(
        self, network: Network, signer: SignerPort, clock: ClockPort, proxy: Proxy | None = None
    ) -> None:
        self._network, self._signer, self._clock = network, signer, clock
        self._proxy = (proxy or Proxy()).on_way_to
        self._session: aiohttp.ClientSession | None = None
        self._token, self._token_until, self._token_of = "", 0, ""
        self._answers = AnswerCheck(network, clock)
        self._traffic: dict[str, list[int]] = {}
        self._signing_in = asyncio.Lock()

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def time(self) -> int:
        """See PlatformPort."""
        return self._answers.time()

    def take_traffic(self) -> list[Traffic]:
        """See PlatformPort."""
        taken, self._traffic = self._traffic, {}
        return [Traffic(campaign_id, *both) for campaign_id, both in taken.items()]

    async def get(self, path: str, *, token: bool = True) -> Any:
        """See PlatformPort."""
        return await self._call(Call("GET", path), token=token)

    async def post(self, path: str, body: dict[str, Any] | str) -> Any:
        """See PlatformPort."""
        return await self._call(await _written("POST", path, body))

    async def put(self, path: str, body: dict[str, Any]) -> Any:
        """See PlatformPort."""
        return await self._call(await _written("PUT", path, body))

    async def begin_upload(self, sha256: str, size: int) -> int:
        """See PlatformPort."""
        named = base64.b64encode(sha256.encode()).decode()
        headers = (_TUS, ("Upload-Length", str(size)), ("Upload-Metadata", f"sha256 {named}"))
        told = await self._call(Call("POST", "/v1/uploads", headers=headers))
        if told.get("location") != f"/v1/uploads/{sha256}" or told.get("upload-length") != str(size):
            raise PlatformLied("it began another upload than the one that was asked for.")
        return _offset(told, size)

    async def append_upload(self, sha256: str, offset: int, chunk: bytes, size: int) -> int:
        """See PlatformPort."""
        digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
        headers = (
            _TUS,
            ("Content-Type", "application/offset+octet-stream"),
            ("Upload-Offset", str(offset)),
            ("Upload-Checksum", f"sha256 {digest}"),
        )
        call = Call("PATCH", f"/v1/uploads/{sha256}", sent=chunk, headers=headers)
        return _offset(await self._call(call, tries=1), size)

    async def carry(self, content: bytes) -> bytes:
        """See PlatformPort."""
        call = Call("POST", "/v1/carry", content, content, (("Content-Type", "application/octet-stream"),))
        reply = await self._exchange(call, "")
        if reply.status == 200 and reply.headers.get("content-type") == "application/octet-stream":
            return reply.body
        await self._answers.read(call.method, call.path, call.content, reply)
        raise PlatformLied("it answered a carry file with something else.")

    def heard(self, at: int) -> None:
        """See PlatformPort."""
        self._answers.heard(at)

    async def stream(self, path: str, offset: int) -> AsyncIterator[bytes]:
        """See PlatformPort; raises Offline when the line drops, so that the rest is asked for later."""
        headers = {"Accept-Encoding": "identity"}
        if offset:
            named = path.rpartition("/")[2]
            headers |= {"Range": f"bytes={offset}-", "If-Range": f'"{named}"'}
        try:
            async with self._http().get(
                self._url(path),
                headers=headers,
                timeout=_MEDIA_TIMEOUT,
                allow_redirects=False,
                proxy=self._proxy(self._network.platform_url),
            ) as response:
                self._count(*_heads(response))
                if 300 <= response.status < 400:
                    raise CaptivePortal  # nobody else is ever asked for a file
                if response.status == 200 and offset:
                    raise PlatformLied("it sent a whole file where its end was asked for.")
                if response.status not in (200, 206):
                    raise PlatformRefused("not_found", "A file of this task is not there.", retryable=True)
                placed = response.headers.get("Content-Range", "")
                if response.status == 206 and placed and not placed.startswith(f"bytes {offset}-"):
                    raise PlatformLied("it sent another part of a file than was asked for.")
                async for chunk in response.content.iter_chunked(_CHUNK):
                    self._count(len(chunk), 0)
                    yield chunk
        except aiohttp.ClientConnectorCertificateError as error:
            raise NotTrusted from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Offline from error

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=_TIMEOUT,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                skip_auto_headers=("User-Agent", "Accept"),
            )
        return self._session

    def _url(self, path: str) -> URL:
        return URL(self._network.platform_url + path, encoded=True)

    def _count(self, received: int, sent: int) -> None:
        both = self._traffic.setdefault(whose_traffic(), [0, 0])
        both[0] += received
        both[1] += sent

    async def _call(self, call: Call, *, token: bool = True, tries: int = _TRIES) -> Any:
        for attempt in range(2):
            bearer = await self._bearer() if token else ""
            try:
                return await self._patiently(call, bearer, tries)
            except PlatformRefused as error:
                if error.code != "not_signed_in" or not token or attempt:
                    raise
                self._token = ""
        raise AssertionError("unreachable")

    async def _patiently(self, call: Call, bearer: str = "", tries: int = _TRIES) -> Any:
        """Every call of the interface may be repeated, so a dropped line is tried again a few times."""
        for attempt in range(tries):
            try:
                return await self._once(call, bearer)
            except (CaptivePortal, NotTrusted):
                raise
            except Offline:
                if attempt == tries - 1:
                    raise
                jitter = int.from_bytes(self._clock.random_bytes(2), "big") / 65_536
                await self._clock.sleep(0.2 * 2**attempt * (0.5 + jitter))
        raise AssertionError("unreachable")

    async def _once(self, call: Call, bearer: str) -> Any:
        reply = await self._exchange(call, bearer)
        return await self._answers.read(call.method, self._url(call.path).raw_path_qs, call.content, reply)

    async def _exchange(self, call: Call, bearer: str) -> Reply:
        headers = {"Accept-Encoding": ENCODING, **dict(call.headers)}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        try:
            async with self._http().request(
                call.method,
                self._url(call.path),
                data=call.sent or None,
                headers=headers,
                allow_redirects=False,
                proxy=self._proxy(self._network.platform_url),
            ) as response:
                raw = bytearray()
                self._count(*_heads(response))
                async for chunk in response.content.iter_chunked(_CHUNK):
                    raw += chunk
                    if len(raw) > MAX_ANSWER:
                        raise PlatformLied("it is larger than any answer may be.")
                told = {name.lower(): value for name, value in response.headers.items()}
                self._count(len(raw), 0)
                return Reply(response.status, told, bytes(raw))
        except aiohttp.ClientConnectorCertificateError as error:
            raise NotTrusted from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Offline from error
        finally:
            self._count(
                0, len(call.sent)
            )  # also of what was cut off: it tells too much rather than too little

    async def _bearer(self) -> str:
        async with self._signing_in:
            wallet = await self._signer.wallet()
            if self._token and self.time() < self._token_until - 60 and self._token_of == wallet.address:
                return self._token
            asked = await self._patiently(
                await _written("POST", "/v1/sign-in/nonce", {"address": wallet.address})
            )
            expected = self._network.platform_host, self._network.platform_url, STATEMENT
            domain, uri, statement, nonce, issued_at, expires_at = _parts(asked, *_ASKED)
            if (domain, uri, statement) != expected:
                raise PlatformLied("it wants a sign-in text for somebody else.")
            request = SignInRequest(nonce, issued_at, expires_at)
            text, signature = await self._signer.sign_in(request)
            body = {"message": text, "signature": "0x" + signature.hex()}
            given = await self._patiently(await _written("POST", "/v1/sign-in", body))
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


async def _written(method: str, path: str, body: dict[str, Any] | str) -> Call:
    """A request with JSON, packed where that is worth it."""
    text = body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))
    content = text.encode()
    call = Call(method, path, content, content, (_JSON,))
    packed = await asyncio.to_thread(pack, content) if len(content) > _OFF_LOOP else pack(content)
    if len(packed) == len(content):
        return call
    return replace(call, sent=packed, headers=(_JSON, ("Content-Encoding", ENCODING)))


def _heads(response: aiohttp.ClientResponse) -> tuple[int, int]:
    """The sizes of an answer's and of its request's head, from what was really in them."""
    asked = response.request_info
    sent = len(asked.method) + len(asked.url.raw_path_qs) + len("  HTTP/1.1\r\n\r\n")
    sent += sum(len(name) + len(value) + 4 for name, value in asked.headers.items())
    told = len("HTTP/1.1 200 \r\n\r\n") + len(response.reason or "")
    return told + sum(len(name) + len(value) + 4 for name, value in response.raw_headers), sent


def _offset(told: dict[str, Any], size: int) -> int:
    """The signed Upload-Offset; raises PlatformLied for what is no place in the upload."""
    value = str(told.get("upload-offset", ""))
    if not (value.isascii() and value.isdigit() and len(value) <= 12 and int(value) <= size):
        raise PlatformLied("an upload goes on nowhere.")
    return int(value)
