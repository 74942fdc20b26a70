# SPDX-License-Identifier: Apache-2.0
"""What came back from the platform, checked before it is believed: its signature over this request, its form."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gems_desktop.adapters.platform_refusals import refusal
from gems_desktop.services.errors import CaptivePortal, Offline, PlatformLied
from gems_desktop.services.network import Network
from gems_desktop.services.ports import ClockPort
from gems_protocol import answers, canonical
from gems_protocol.answers import MAX_ANSWER as MAX_ANSWER
from gems_protocol.upload_headers import signed_form

_OFF_LOOP = 131_072  # bytes from which unpacking and parsing go to a thread


@dataclass(frozen=True, slots=True)
class Call:
    """One request. content: what its signature covers, "" where the target names the content by its hash."""

    method: str
    path: str
    content: bytes = b""
    sent: bytes = b""  # the body as it crosses the line
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it came in, with lowercase header names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class AnswerCheck:
    """Checks the answers of one network's platform, and keeps its time."""

    def __init__(self, network: Network, clock: ClockPort) -> None:
        self._network, self._clock = network, clock
        self._newest, self._newest_at = 0, 0.0
        self._heard = 0

    def time(self) -> int:
        """Unix seconds by the newest signed answer, else by this computer."""
        if not self._newest:
            return max(self._clock.now(), self._heard)
        return self._newest + int(self._clock.monotonic() - self._newest_at)

    def heard(self, at: int) -> None:
        """It is no earlier than `at`, by what the platform signed and somebody brought."""
        self._heard = max(self._heard, at)

    async def read(self, method: str, target: str, content: bytes, reply: Reply) -> dict[str, Any]:
        """The object that was answered, or for an answer without a body its signed headers.

        Raises PlatformLied, CaptivePortal, Offline (a gateway on the way says so), or the platform's refusal.
        """
        stamp = reply.headers.get("gems-signature", "")
        if not stamp:
            self._refuse_unsigned(reply)
        if not reply.body:
            told = signed_form(reply.headers)
            self._check(method, target, content, told, stamp)
            return dict(canonical.loads(told))
        if len(reply.body) > _OFF_LOOP:
            plain = await asyncio.to_thread(_plain, reply)
        else:
            plain = _plain(reply)
        self._check(method, target, content, plain, stamp)
        value = (
            await asyncio.to_thread(answers.parsed, plain)
            if len(plain) > _OFF_LOOP
            else answers.parsed(plain)
        )
        if reply.status >= 400:
            raise refusal(value, reply.status)
        if not isinstance(value, dict):
            raise PlatformLied("it is not an object, as every answer is.")
        return value

    def _refuse_unsigned(self, reply: Reply) -> None:
        kind = reply.headers.get("content-type", "").lower()
        if "html" in kind or reply.body.lstrip()[:1] == b"<" or 300 <= reply.status < 400:
            raise CaptivePortal
        if reply.status in (502, 503, 504):
            raise Offline

    def _check(self, method: str, target: str, content: bytes, told: bytes, stamp: str) -> None:
        network = self._network
        issued_at = answers.check_stamp(
            network.campaigns_domain, network.platform_signer, method, target, content, told, stamp
        )
        if issued_at < self._newest - answers.STALE_S:
            raise PlatformLied("it is an old answer given again.")
        if issued_at > self._newest:
            self._newest, self._newest_at = issued_at, self._clock.monotonic()


def _plain(reply: Reply) -> bytes:
    return answers.plain(reply.body, reply.headers.get("content-encoding", "identity"))
