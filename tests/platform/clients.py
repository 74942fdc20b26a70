# SPDX-License-Identifier: Apache-2.0
"""A requester's program in a test's world: its client, files for it, and a line that can be cut at any call."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from gems_platform.client.client import Client, write
from gems_protocol.network import Network
from gems_protocol.reaching import Offline
from tests.platform.conftest import key
from tests.platform.deploying import CHAIN_ID
from tests.platform.world import World

PICTURES = """<View><Image name="text" value="$photo"/><Choices name="mood" toName="text" required="true">
<Choice value="good"/><Choice value="bad"/></Choices></View>"""
ABOUT = {
    "title": "Moods",
    "module": {"name": "moods", "version": "1", "family": "text-choice", "difficulty": "easy"},
    "policy": {"name": "evidence"},
    "mr": "0.30 GEM",
    "ms": "0",
    "vs": "0",
    "expected_seconds": 10,
}


def png(number: int, size: int = 4, *, noise: bytes = b"") -> bytes:
    """A true picture, another one for each number; `noise` makes it large."""
    row = b"\0" + bytes((number % 256, number // 256, 7)) * size
    body = zlib.compress(row * size, 0)
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"tEXt", b"n\0" + noise), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def pictures(folder: Path, count: int, **changes: Any) -> Path:
    """A campaign of `count` tasks over half as many different files."""
    names = [f"{number}.png" for number in range((count + 1) // 2)]
    place = write(
        folder, {**ABOUT, **changes}, PICTURES, [{"photo": names[n % len(names)]} for n in range(count)]
    )
    (place / "media").mkdir(exist_ok=True)
    for number, name in enumerate(names):
        (place / "media" / name).write_bytes(png(number))
    return place


def network_of(live: World) -> Network:
    """The description of the world's network."""
    settings = live.settings
    return Network(
        name="n",
        chain_id=CHAIN_ID,
        rpc_urls=(settings.rpc_url,),
        platform_url=live.server.url,
        platform_signer=settings.hub,
        gem=settings.gem,
        channels=settings.channels,
        campaigns=settings.campaigns,
        hub_payer=settings.hub_payer,
        relayer=settings.relayer,
        practice=True,
    )


def network_file(live: World, folder: Path) -> tuple[Path, Path]:
    """(network.json, key file) of the world's requester."""
    network = network_of(live)
    fields = {name: getattr(network, name) for name in Network.__slots__}
    (folder / "network.json").write_text(json.dumps({**fields, "rpc_urls": list(network.rpc_urls)}))
    (folder / "key").write_text(key("requester").hex())
    (folder / "key").chmod(0o600)
    return folder / "network.json", folder / "key"


class Lines:
    """A line whose calls are noted and cut: at number `cut`, or each different one once if that is 0 and `once` a set.

    The answer is lost, and so is the request if `before`.
    """

    def __init__(self, inner: Any, shared: dict[str, Any], live: World) -> None:
        self._inner, self._shared, self._live = inner, shared, live

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name in ("time", "close"):
            return found

        async def call(*arguments: Any, **named: Any) -> Any:
            shared = self._shared
            shared["calls"] += 1
            shared["said"].append((name, arguments))
            cut = shared["calls"] == shared["cut"]
            if shared["once"] is not None and (name, str(arguments)[:200]) not in shared["once"]:
                shared["once"].add((name, str(arguments)[:200]))
                cut = True
            if cut and shared["before"]:
                raise Offline
            await self._live.tick()  # the platform sees the chain when it is asked
            answer = await found(*arguments, **named)
            if cut:
                raise Offline
            return answer

        return call


@asynccontextmanager
async def client_of(live: World, folder: Path, *, of: str = "requester") -> AsyncIterator[Client]:
    """A program with a requester's key, whose private folder is in `folder`."""
    async with Client(network_of(live), key(of), folder / "private") as client:
        yield client


def cut_lines(client: Client, live: World, *, before: bool = True) -> dict[str, Any]:
    """Put `Lines` before both of the client's lines; what they share: set "cut" to a number of a call."""
    shared: dict[str, Any] = {"calls": 0, "cut": 0, "before": before, "said": [], "once": None}
    client.requester.platform = Lines(client.requester.platform, shared, live)
    client.requester.chain = Lines(client.requester.chain, shared, live)
    return shared
