# SPDX-License-Identifier: Apache-2.0
"""Around every request: Host, rate, size and form are checked; every JSON answer is signed."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from eth_utils import keccak
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gems_platform.clock import Clock
from gems_platform.edge import encoding, etags, problems
from gems_platform.edge.addresses import address_of, networks
from gems_platform.edge.bodies import Bodies, Coming
from gems_platform.edge.limits import Buckets
from gems_platform.edge.refusals import body_of, code_of, headers_of
from gems_platform.errors import Malformed, TooLarge, TooMany
from gems_platform.settings import Settings
from gems_protocol import canonical
from gems_protocol.errors import GemsError
from gems_protocol.messages import Answer, request_hash
from gems_protocol.upload_headers import signed_form

LOG = logging.getLogger("gems_platform")
SMALL_BODY = 1_000_000
LARGE_BODY = 8_000_000
_LARGE = re.compile(r"/v1/(submissions|votes|campaigns|trust/import|carry)")
_UPLOADS = "/v1/uploads"
_STREAMED = re.compile(r"PUT /v1/media/[0-9a-f]{64}|PATCH /v1/uploads/[0-9a-f]{64}")  # named by their hash
_CARRY = "/v1/carry"  # bytes, neither JSON nor signed by who brings them: the file says everything itself
_COSTLY = re.compile(
    r"POST /v1/(sign-in|campaigns|tower/vouchers|relay/(claims|transfers|closes)|channel)"
    r"|PUT /v1/channel/vouchers|GET /v1/(tower/mirror|vouchers)/.+"
)  # each asks the chain's node or many signatures, reads a large file, or leaves rows that stay
_LARGE_JSON = 65_536  # bytes from which a body is parsed in a thread, and costs more than one request:
_TOKEN = 16_384  # one for so many bytes
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),  # a cache on the way would put one answer's signature on another's body
)
_HSTS = (b"strict-transport-security", b"max-age=31536000")
_BUG = problems.document(
    "internal",
    "The platform met an error of its own.",
    "Nothing of this request was stored.",
    "Try again later.",
    retryable=True,
)
_JSON = (b"application/json", problems.MEDIA_TYPE.encode())  # what is signed over its bytes


class Envelope:
    """ASGI middleware; `settings.public_url` names the only Host that is answered."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        clock: Clock,
        refusals: Callable[[str, str, str], None] | None = None,
    ) -> None:
        """refusals: told code, account and network address of each request that is refused."""
        self._app, self._settings, self._clock, self._refusals = app, settings, clock, refusals
        self._buckets = Buckets(settings.requests_per_s, settings.request_burst)
        self._carries = Buckets(settings.carries_per_s, settings.carry_burst)
        self._costly = Buckets(settings.costly_per_s, settings.costly_burst)
        self._bodies = Bodies()
        self._trusted = networks(settings.trusted_proxies)
        self._always = (*_HEADERS, _HSTS) if settings.public_url.startswith("https:") else _HEADERS
        self._host = settings.siwe_domain.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        address = address_of(scope, self._trusted)
        notes: dict[str, str] = {}
        scope = {**scope, "client": (address, 0), "gems": notes}
        with Coming(self._bodies, address, receive) as coming:
            await self._serve(scope, coming, send)
        if "refused" in notes:
            self._tell_refusal(notes["refused"], notes.get("account", ""), address)

    async def _serve(self, scope: Scope, coming: Coming, send: Send) -> None:
        body = b""
        receive: Receive = coming.held
        try:
            self._admit(scope)
            if not _STREAMED.fullmatch(f"{scope['method']} {scope['path']}"):
                body = await self._read(scope, coming)
                if scope["path"] not in (_CARRY, _UPLOADS):
                    await self._check(scope, body)
                receive = _replay(body, coming.passing)
            elif scope["method"] == "PUT":
                receive = coming.passing  # media goes to the disk as it comes
        except GemsError as error:
            scope["gems"]["refused"] = code_of(error)
            status, answer = body_of(error)
            told = [(name.encode(), value.encode()) for name, value in headers_of(error).items()]
            head = {"status": status, "headers": [(b"content-type", _JSON[1]), *told]}
            await self._send_signed(scope, body, head, json.dumps(answer).encode(), send)
            return
        await self._run(scope, body, receive, send)

    def _admit(self, scope: Scope) -> None:
        headers = dict(scope["headers"])
        if self._host and headers.get(b"host") != self._host:
            raise Malformed("This platform does not answer under that name.")
        address, costly = _address(scope), _COSTLY.fullmatch(f"{scope['method']} {scope['path']}")
        self._take(self._buckets, address, "Too many requests came from your address.")
        if costly:
            self._take(self._costly, address, "Too many costly requests came from your address.")
        if scope["path"] == _CARRY:
            self._take(self._carries, address, "Too many carry files came from your address.")

    @staticmethod
    def _take(buckets: Buckets, address: str, message: str, cost: float = 1.0) -> None:
        if not buckets.take(address, cost):
            raise TooMany(message, retry_after=buckets.wait(address, cost))

    async def _check(self, scope: Scope, body: bytes) -> None:
        """Form and rate of a body that is to be JSON; what is large is paid for by its size."""
        if len(body) < _LARGE_JSON:
            _check_form(scope, body)
            return
        self._take(self._buckets, _address(scope), "Too much came from your address.", len(body) / _TOKEN)
        await asyncio.to_thread(_check_form, scope, body)

    async def _read(self, scope: Scope, coming: Coming) -> bytes:
        limit = LARGE_BODY if _LARGE.fullmatch(scope["path"]) else SMALL_BODY
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await coming.held()
            if message["type"] != "http.request":
                raise Malformed("The request was cut off.")
            part = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise TooLarge(f"A request of this kind has at most {limit} bytes.")
            parts.append(part)
            more = message.get("more_body", False)
        plain = await encoding.plain(scope["headers"], b"".join(parts), limit)
        coming.hold(max(0, len(plain) - size))
        return plain

    async def _run(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        start: Message | None = None
        parts: list[bytes] = []
        passing = bare = False

        async def collect(message: Message) -> None:
            nonlocal start, passing, bare
            if message["type"] == "http.response.start":
                start = message
                kind = dict(message["headers"]).get(b"content-type", b"")
                bare = not kind or scope["method"] == "HEAD"
                passing = not bare and not kind.startswith(_JSON)
                if passing:
                    await send({**message, "headers": self._with(scope, message["headers"])})
            elif passing:
                await send(message)
            else:
                parts.append(message.get("body", b""))

        try:
            await self._app(scope, receive, collect)
        except Exception:
            LOG.exception("a request met a bug: %s %s", scope["method"], scope["path"])
            if not passing:
                head = {"status": 500, "headers": [(b"content-type", _JSON[1])]}
                await self._send_signed(scope, body, head, json.dumps(_BUG).encode(), send)
            return
        if bare and start is not None:
            await self._send_bare(scope, body, start, send)
        elif not passing and start is not None:
            await self._send_signed(scope, body, start, b"".join(parts), send)

    async def _send_bare(self, scope: Scope, body: bytes, start: Mapping[str, Any], send: Send) -> None:
        """An answer without a body: its own headers are what is signed."""
        told = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
        kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        if start["status"] not in (204, 304):
            kept.append((b"content-length", b"0"))
        headers = self._with(scope, [*kept, self._stamp(scope, body, signed_form(told))])
        await send({"type": "http.response.start", "status": start["status"], "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _send_signed(
        self, scope: Scope, body: bytes, start: Mapping[str, Any], answer: bytes, send: Send
    ) -> None:
        """An answer of JSON: `start` holds its status and headers."""
        status, own = start["status"], [pair for pair in start["headers"] if pair[0] != b"content-length"]
        if status == 200 and etags.is_tagged(scope):
            own.append((b"etag", etags.etag_of(answer).encode()))
            if etags.has_it(scope, etags.etag_of(answer)):
                bare = [pair for pair in own if pair[0] != b"content-type"]
                await self._send_bare(scope, body, {"status": 304, "headers": bare}, send)
                return
        sent, encoded = await encoding.packed(scope["headers"], answer)
        headers = [
            *own,
            (b"content-length", str(len(sent)).encode()),
            *encoded,
            self._stamp(scope, body, answer),
        ]
        await send({"type": "http.response.start", "status": status, "headers": self._with(scope, headers)})
        await send({"type": "http.response.body", "body": sent})

    def _with(self, scope: Scope, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """An answer's headers and those that every answer has, unless it says them otherwise itself."""
        told = [*headers]
        names = {name.lower() for name, _ in told}
        told += [pair for pair in self._always if pair[0] not in names]
        left = self._buckets.left(_address(scope))
        if left * 2 < self._buckets.burst:  # nobody pays for these bytes who is far from the limit
            told.append((b"ratelimit-policy", f'"address";q={self._buckets.burst}'.encode()))
            told.append(
                (b"ratelimit", f'"address";r={left};t={self._buckets.wait(_address(scope))}'.encode())
            )
        return told

    def _tell_refusal(self, code: str, account: str, address: str) -> None:
        """Sum a refusal up for the audit log."""
        if self._refusals is not None:
            self._refusals(code, account, address)

    def _stamp(self, scope: Scope, body: bytes, answer: bytes) -> tuple[bytes, bytes]:
        """The header that signs the plain content of an answer to exactly this request."""
        target = scope["raw_path"].decode("latin-1")
        if scope["query_string"]:
            target += "?" + scope["query_string"].decode("latin-1")
        now = self._clock.now()
        message = Answer(request_hash(scope["method"], target, body), keccak(answer), now)
        signature = message.sign(self._settings.campaigns_domain, self._settings.hub_signer_key)
        return b"gems-signature", f"{now}:0x{signature.hex()}".encode()


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


def _check_form(scope: Scope, body: bytes) -> None:
    if body:
        canonical.loads(body, max_bytes=LARGE_BODY)
    elif scope["method"] in ("POST", "PUT"):
        raise Malformed("The request has no body.")


def _replay(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the whole body once, then what the connection gives."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
