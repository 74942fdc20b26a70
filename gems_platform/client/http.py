# SPDX-License-Identifier: Apache-2.0
"""A requester's line to a platform: signs in with a key, checks the signature of every answer, tries again when cut.

An answer that the platform's key did not sign over exactly this request and body is refused before it is read.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from gems_platform.client.refusals import refusal
from gems_protocol import answers, canonical
from gems_protocol.compressed import ENCODING, pack
from gems_protocol.network import Network
from gems_protocol.reaching import CaptivePortal, Offline, PlatformLied, PlatformRefused
from gems_protocol.signature import address_of
from gems_protocol.siwe import SignIn, sign_text
from gems_protocol.upload_headers import signed_form

STATEMENT = "Sign in to do and offer tasks. This moves no money."
_TIMEOUT = aiohttp.ClientTimeout(total=3_600, connect=10, sock_read=60)
_TRIES = 4
_CHUNK = 65_536
_OFF_LOOP = 131_072  # bytes from which packing and parsing go to a thread
_ASKED = ("domain", "uri", "statement", "nonce", "issued_at", "expires_at")
_JSON = ("Content-Type", "application/json")
_TUS = ("Tus-Resumable", "1.0.0")


def _offline() -> Offline:
    found = Offline()
    found.safe = "What was sent before is kept; no money moved on the chain."
    found.action = "Check that the platform of network.json runs, then do it again: it goes on where it was."
    return found


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    path: str
    content: bytes = b""  # what the answer's signature covers
    sent: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class PlatformLine:
    """One platform for one key. Made and used on one event loop; raises Offline, PlatformRefused, PlatformLied."""

    def __init__(
        self,
        network: Network,
        key: bytes | None,
        *,
        tries: int = _TRIES,
        now: Callable[[], int] | None = None,
    ) -> None:
        """key: None for what needs no token. tries: of each request.

        now: Unix seconds before the platform said any, this computer's when None.
        """
        self._network, self._key, self._tries = network, key, tries
        self._now = now or (lambda: int(time.time()))
        self._session: aiohttp.ClientSession | None = None
        self._token, self._token_until = "", 0
        self._newest, self._newest_at = 0, 0.0
        self._signing_in = asyncio.Lock()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def time(self) -> int:
        """Unix seconds by the newest signed answer, else by this computer."""
        return self._newest + int(time.monotonic() - self._newest_at) if self._newest else self._now()

    async def get(self, path: str, *, token: bool = True) -> Any:
        """The signed object at `path`."""
        return await self._call(_Call("GET", path), token=token)

    async def post(self, path: str, body: dict[str, Any] | str) -> Any:
        """The signed answer to a JSON body; may be repeated."""
        return await self._call(await _written(path, body))

    async def put_file(self, path: str, content: bytes) -> Any:
        """Upload a whole file under its hash."""
        headers = (("Content-Type", "application/octet-stream"),)
        return await self._call(_Call("PUT", path, sent=content, headers=headers))

    async def has_file(self, path: str) -> bool:
        """Whether a media file is there; an unsigned hint that at most costs an upload."""
        asked = {"If-None-Match": f'"{path.rpartition("/")[2]}"'}
        try:
            async with self._http().get(self._url(path), headers=asked, allow_redirects=False) as got:
                await got.read()
                return got.status == 304
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _offline() from error

    async def begin_upload(self, sha256: str, size: int) -> int:
        """Begin, or find, an upload by tus; the offset at which it goes on."""
        named = base64.b64encode(sha256.encode()).decode()
        headers = (_TUS, ("Upload-Length", str(size)), ("Upload-Metadata", f"sha256 {named}"))
        told = await self._call(_Call("POST", "/v1/uploads", headers=headers))
        return _offset(told, size)

    async def append_upload(self, sha256: str, offset: int, chunk: bytes, size: int) -> int:
        """Send a chunk; the new offset."""
        digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
        headers = (
            _TUS,
            ("Content-Type", "application/offset+octet-stream"),
            ("Upload-Offset", str(offset)),
            ("Upload-Checksum", f"sha256 {digest}"),
        )
        call = _Call("PATCH", f"/v1/uploads/{sha256}", sent=chunk, headers=headers)
        return _offset(await self._call(call, tries=1), size)

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

    async def _call(self, call: _Call, *, token: bool = True, tries: int | None = None) -> Any:
        for attempt in range(2):
            bearer = await self._bearer() if token else ""
            try:
                return await self._patiently(call, bearer, self._tries if tries is None else tries)
            except PlatformRefused as error:
                if error.code != "not_signed_in" or not token or attempt:
                    raise
                self._token = ""
        raise AssertionError("unreachable")

    async def _patiently(self, call: _Call, bearer: str, tries: int) -> Any:
        """Every call of the interface may be repeated, so a dropped line and a busy platform are tried again."""
        for attempt in range(tries):
            last = attempt == tries - 1
            try:
                return await self._once(call, bearer)
            except CaptivePortal:
                raise
            except Offline:
                if last:
                    raise
            except PlatformRefused as error:
                if last or error.code != "too_many_requests":
                    raise
            await asyncio.sleep(0.2 * 3**attempt * (0.5 + secrets.randbelow(1_000) / 1_000))
        raise AssertionError("unreachable")

    async def _once(self, call: _Call, bearer: str) -> Any:
        headers = {"Accept-Encoding": ENCODING, **dict(call.headers)}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        url, raw = self._url(call.path), bytearray()
        try:
            async with self._http().request(
                call.method, url, data=call.sent or None, headers=headers, allow_redirects=False
            ) as response:
                async for chunk in response.content.iter_chunked(_CHUNK):
                    raw += chunk
                    if len(raw) > answers.MAX_ANSWER:
                        raise PlatformLied("it is larger than any answer may be.")
                told = {name.lower(): value for name, value in response.headers.items()}
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _offline() from error
        return await self._read(call, url.raw_path_qs, status, told, bytes(raw))

    async def _read(self, call: _Call, target: str, status: int, told: dict[str, str], body: bytes) -> Any:
        stamp = told.get("gems-signature", "")
        if not stamp:
            if (
                "html" in told.get("content-type", "").lower()
                or body.lstrip()[:1] == b"<"
                or 300 <= status < 400
            ):
                raise CaptivePortal
            if status in (502, 503, 504):
                raise _offline()
        if not body:
            content = signed_form(told)
            self._heard(call, target, content, stamp)
            return dict(canonical.loads(content))
        big = len(body) > _OFF_LOOP
        encoding = told.get("content-encoding", "identity")
        content = (
            await asyncio.to_thread(answers.plain, body, encoding) if big else answers.plain(body, encoding)
        )
        self._heard(call, target, content, stamp)
        big = len(content) > _OFF_LOOP
        value = await asyncio.to_thread(answers.parsed, content) if big else answers.parsed(content)
        if status >= 400:
            raise refusal(value, status)
        if not isinstance(value, dict):
            raise PlatformLied("it is not an object, as every answer is.")
        return value

    def _heard(self, call: _Call, target: str, told: bytes, stamp: str) -> None:
        at = answers.check_stamp(
            self._network.campaigns_domain,
            self._network.platform_signer,
            call.method,
            target,
            call.content,
            told,
            stamp,
        )
        if at < self._newest - answers.STALE_S:
            raise PlatformLied("it is an old answer given again.")
        if at > self._newest:
            self._newest, self._newest_at = at, time.monotonic()

    async def _bearer(self) -> str:
        async with self._signing_in:
            if self._token and self.time() < self._token_until - 60:
                return self._token
            if self._key is None:
                raise PlatformRefused(
                    "not_signed_in", "This needs a key.", action="Give the requester's key."
                )
            address = address_of(self._key)
            asked = await self._patiently(
                await _written("/v1/sign-in/nonce", {"address": address}), "", self._tries
            )
            domain, uri, statement, nonce, issued_at, expires_at = _parts(asked, *_ASKED)
            network = self._network
            if (domain, uri, statement) != (network.platform_host, network.platform_url, STATEMENT):
                raise PlatformLied("it wants a sign-in text for somebody else.")
            text = SignIn(
                domain, address, statement, uri, network.chain_id, str(nonce), int(issued_at), int(expires_at)
            ).text()
            body = {"message": text, "signature": "0x" + sign_text(text, self._key).hex()}
            given = await self._patiently(await _written("/v1/sign-in", body), "", self._tries)
            signed_in, bearer, until = _parts(given, "address", "token", "expires_at")
            if (
                signed_in != address
                or not isinstance(bearer, str)
                or type(until) is not int
                or not bearer.isprintable()
            ):
                raise PlatformLied("it signed in somebody else.")
            self._token, self._token_until = bearer, until
            return bearer


def _parts(value: dict[str, Any], *names: str) -> list[Any]:
    if not value.keys() >= set(names):
        raise PlatformLied("it lacks some of its parts.")
    return [value[name] for name in names]


async def _written(path: str, body: dict[str, Any] | str) -> _Call:
    content = (body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))).encode()
    packed = await asyncio.to_thread(pack, content) if len(content) > _OFF_LOOP else pack(content)
    if len(packed) == len(content):
        return _Call("POST", path, content, content, (_JSON,))
    return _Call("POST", path, content, packed, (_JSON, ("Content-Encoding", ENCODING)))


def _offset(told: dict[str, Any], size: int) -> int:
    """The signed Upload-Offset; raises PlatformLied for what is no place in the upload."""
    value = str(told.get("upload-offset", ""))
    if not (value.isascii() and value.isdigit() and len(value) <= 12 and int(value) <= size):
        raise PlatformLied("an upload goes on nowhere.")
    return int(value)
