# SPDX-License-Identifier: Apache-2.0
"""A small HTTP client of the platform that checks every signature, and people with keys to use it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from eth_utils import keccak

from gems_platform.app import ROUTERS
from gems_platform.interface import document as interface
from gems_platform.settings import Settings
from gems_protocol.messages import Answer, request_hash
from gems_protocol.signature import address_of
from gems_protocol.siwe import SignIn, sign_text
from gems_protocol.upload_headers import signed_form
from tests.platform.against_openapi import Interface

_STREAMED = re.compile(r"(PUT /v1/media|PATCH /v1/uploads)/[0-9a-f]{64}")  # signed without its body

#: Every answer that any test gets is held against the document.
ANSWERS = Interface(interface.document(ROUTERS))


class Refused(Exception):
    """The platform answered with an error."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(f"{status} {error}")
        self.status, self.code, self.error = status, error["code"], error


def check_signature(
    settings: Settings, method: str, target: str, body: bytes, header: str, answer: bytes
) -> None:
    issued_at, signature = header.split(":")
    message = Answer(request_hash(method, target, body), keccak(answer), int(issued_at))
    message.check(settings.campaigns_domain, bytes.fromhex(signature[2:]), settings.hub)


@dataclass
class Person:
    """Somebody with a key, talking to the platform at `url`."""

    http: aiohttp.ClientSession
    url: str
    settings: Settings
    key: bytes = field(repr=False)
    token: str = ""

    @property
    def address(self) -> str:
        return address_of(self.key)

    async def ask(self, method: str, path: str, body: Any = None, *, raw: bytes | None = None) -> Any:
        """The JSON of an answer whose signature held; raises Refused."""
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        async with self.http.request(method, self.url + path, data=data, headers=headers) as response:
            answer = await response.read()
            streamed = _STREAMED.fullmatch(f"{method} {path}")
            told = answer or signed_form(response.headers)
            stamp = response.headers["Gems-Signature"]
            check_signature(self.settings, method, path, b"" if streamed else data, stamp, told)
            kind = response.headers.get("Content-Type", "")
            ANSWERS.check(method, path, response.status, kind, json.loads(answer) if answer else None)
            found = json.loads(answer or b'{"error": {"code": ""}}')
            if response.status >= 400:
                raise Refused(response.status, found["error"])
            return found

    async def get(self, path: str) -> Any:
        return await self.ask("GET", path)

    async def post(self, path: str, body: Any) -> Any:
        return await self.ask("POST", path, body)

    async def sign_in(self) -> Person:
        nonce = await self.post("/v1/sign-in/nonce", {"address": self.address})
        text = self.sign_in_text(nonce)
        found = await self.post(
            "/v1/sign-in", {"message": text, "signature": "0x" + sign_text(text, self.key).hex()}
        )
        self.token = found["token"]
        return self

    def sign_in_text(self, given: dict[str, Any], **changes: Any) -> str:
        values = {
            "domain": given["domain"],
            "address": self.address,
            "statement": given["statement"],
            "uri": given["uri"],
            "chain_id": self.settings.chain_id,
            "nonce": given["nonce"],
            "issued_at": given["issued_at"],
            "expires_at": given["expires_at"],
        }
        return SignIn(**{**values, **changes}).text()
