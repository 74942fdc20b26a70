# SPDX-License-Identifier: Apache-2.0
"""People who ask again as clients do: the same bytes, until there is an answer."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.platform.api import Person, Refused

WAIT_S = 0.3
_PASSING = ("store_unavailable", "chain_unavailable", "media_unavailable", "too_many_requests", "internal")


@dataclass
class Stubborn(Person):
    """Somebody whom a lost connection or a platform that is away for `patience` seconds does not stop."""

    patience: float = 120.0
    again: int = 0  # how often something had to be asked again

    async def ask(self, method: str, path: str, body: Any = None, *, raw: bytes | None = None) -> Any:
        """See Person.ask."""
        async with asyncio.timeout(self.patience):
            while True:
                try:
                    return await super().ask(method, path, body, raw=raw)
                except Refused as error:
                    if error.code == "not_signed_in" and not path.startswith("/v1/sign-in"):
                        self.token = ""
                        await self.sign_in()
                        continue
                    if error.code not in _PASSING:
                        raise
                except (aiohttp.ClientError, KeyError, ValueError, ConnectionError):
                    pass  # cut off, or what nginx says when nobody is there, which nobody signed
                self.again += 1
                await asyncio.sleep(WAIT_S * (0.5 + random.random()))

    async def sign_in(self) -> Person:
        """As often as it takes: a nonce that was cut off is spent."""
        while True:
            try:
                return await super().sign_in()
            except Refused as error:
                if error.code != "sign_in_refused":
                    raise
