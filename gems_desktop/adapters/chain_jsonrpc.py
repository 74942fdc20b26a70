# SPDX-License-Identifier: Apache-2.0
"""One JSON-RPC call to one node over HTTP; the ways in which its answer can be wrong are told apart."""

from __future__ import annotations

import itertools
import json
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from . import bounded_json
from .chain_decode import blob
from .chain_errors import ChainUnreachable, NodeLied
from .proxy import Proxy

MAX_ANSWER_BYTES = 4 * 1024 * 1024
_MAX_SAID = 200


class RpcFailure(Exception):
    """The node answered with a JSON-RPC error: its code, its words (shortened, printable) and its data."""

    def __init__(self, code: int, said: str, data: bytes) -> None:
        super().__init__(code, said)
        self.code = code
        self.said = said
        self.data = data


class JsonRpc:
    """Calls to the node at `url` within `timeout_s` seconds each. Made and used on one event loop."""

    def __init__(self, url: str, timeout_s: float = 15.0, proxy: Proxy | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ChainUnreachable("The address of the chain node is not an http or https address.")
        self.url = url
        self._proxy = (proxy or Proxy()).on_way_to
        self.name = parts.netloc.rpartition("@")[2]
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None
        self._ids = itertools.count(1)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, method: str, params: list[Any]) -> Any:
        """The `result` of the call.

        Raises ChainUnreachable (nothing or no JSON-RPC there), NodeLied (a malformed or oversized answer)
        and RpcFailure (the node's own error, to be translated by the caller).
        """
        request_id = next(self._ids)
        request = {"jsonrpc": "2.0", "id": request_id, "method": method, "params": params}
        body = await self._post(json.dumps(request).encode())
        return self._result(self._parse(body), request_id)

    async def _post(self, body: bytes) -> bytes:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
            )
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            async with self._session.post(
                self.url, data=body, headers=headers, allow_redirects=False, proxy=self._proxy(self.url)
            ) as response:
                answer = await self._bounded(response)
                if response.status in (429, 502, 503, 504):
                    raise ChainUnreachable(f"The chain node at {self.name} is busy (HTTP {response.status}).")
                if response.status != 200 and not answer.lstrip().startswith(b"{"):
                    raise ChainUnreachable(
                        f"What listens at {self.name} is not a chain node (HTTP {response.status})."
                    )
                return answer
        except TimeoutError as error:
            raise ChainUnreachable(f"The chain node at {self.name} did not answer in time.") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise ChainUnreachable(
                f"The chain node at {self.name} cannot be reached ({type(error).__name__})."
            ) from error

    async def _bounded(self, response: aiohttp.ClientResponse) -> bytes:
        parts = bytearray()
        async for chunk in response.content.iter_chunked(65_536):
            parts += chunk
            if len(parts) > MAX_ANSWER_BYTES:
                response.close()
                raise NodeLied(f"The chain node at {self.name} sent more than 4 MB in one answer.")
        return bytes(parts)

    def _parse(self, body: bytes) -> dict[str, Any]:
        if body.lstrip()[:1] == b"<":
            raise ChainUnreachable(f"What listens at {self.name} is a web page, not a chain node.")
        try:
            answer = bounded_json.loads(body)
        except ValueError as error:
            raise NodeLied(f"The chain node at {self.name} did not answer in JSON.") from error
        if not isinstance(answer, dict) or answer.get("jsonrpc") != "2.0":
            raise NodeLied(f"What listens at {self.name} does not speak JSON-RPC.")
        return answer

    def _result(self, answer: dict[str, Any], request_id: int) -> Any:
        answered = answer.get("id")
        if isinstance(answered, bool) or answered != request_id:
            raise NodeLied(f"The chain node at {self.name} answered another question than it was asked.")
        error = answer.get("error")
        if error is not None:
            raise self._failure(error)
        if "result" not in answer:
            raise NodeLied(f"The chain node at {self.name} answered without a result.")
        return answer["result"]

    def _failure(self, error: Any) -> RpcFailure:
        code = error.get("code") if isinstance(error, dict) else None
        if isinstance(code, bool) or not isinstance(code, int):
            raise NodeLied(f"The chain node at {self.name} gave a malformed error.")
        data = error.get("data")
        raw = blob(data, "revert data") if isinstance(data, str) and data.startswith("0x") else b""
        return RpcFailure(code, clean(error.get("message")), raw)


def clean(text: Any) -> str:
    """A stranger's words, shortened and with everything unprintable replaced."""
    if not isinstance(text, str):
        return "no reason given"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[:_MAX_SAID])
