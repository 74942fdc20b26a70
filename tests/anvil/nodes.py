# SPDX-License-Identifier: Apache-2.0
"""A real node (anvil) whose chain a test moves by hand, and a line to it that breaks when a test says so."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import aiohttp

from gems_desktop.local.chain.deploy import Addresses, deploy_contracts
from gems_platform.channels.sending import Sender
from gems_platform.errors import ChainDown
from gems_protocol.signature import address_of
from tests.platform.api import Person, Refused
from tests.platform.claiming import claim_body
from tests.platform.conftest import key
from tests.platform.deploying import CHAIN_ID
from tests.platform.world import POOR, World

GWEI = 10**9
START = 1_800_000_000  # where the hand-moved clock of the platform starts


class Anvil:
    """One process; it mines every transaction at once until `automine(False)`."""

    def __init__(self, binary: Path) -> None:
        self._binary, self.port, self.url = binary, 0, ""
        self._process: asyncio.subprocess.Process | None = None
        self._http: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        options = f"--port 0 --chain-id {CHAIN_ID} --timestamp {START} --accounts 1"
        self._process = await asyncio.create_subprocess_exec(
            str(self._binary), *options.split(), stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        while b"Listening" not in (line := await self._process.stdout.readline()):
            assert line, "anvil ended at once"
        self.port = int(line.rsplit(b":", 1)[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._drain = asyncio.create_task(self._process.stdout.read())
        self._http = aiohttp.ClientSession()

    async def stop(self) -> None:
        assert self._process is not None and self._http is not None
        await self._http.close()
        self._process.kill()
        await self._drain
        await self._process.wait()

    async def rpc(self, method: str, *params: Any) -> Any:
        assert self._http is not None
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
        async with self._http.post(self.url, json=body) as answer:
            told = json.loads(await answer.read())
        assert "error" not in told, told
        return told["result"]

    async def mine(self, blocks: int = 1) -> None:
        for _ in range(blocks):
            await self.rpc("evm_mine")

    async def automine(self, on: bool) -> None:
        await self.rpc("evm_setAutomine", on)

    async def base_fee(self, gwei: int) -> None:
        """The next block's base fee."""
        await self.rpc("anvil_setNextBlockBaseFeePerGas", hex(gwei * GWEI))

    async def forget(self) -> None:
        """Every transaction that waits is dropped."""
        await self.rpc("anvil_dropAllTransactions")

    async def waiting(self) -> list[dict[str, Any]]:
        """The transactions that wait."""
        pool = await self.rpc("txpool_content")
        return [one for kind in pool.values() for who in kind.values() for one in who.values()]

    async def contracts(self) -> Addresses:
        """The contracts, and gas for everybody who pays some."""
        for name in POOR:
            await self.rpc("anvil_setBalance", address_of(key(name)), hex(10**24))
        return await deploy_contracts(self.url, key("requester"), chain_id=CHAIN_ID)


class Node(Protocol):
    """Anything that answers JSON-RPC on a port of this computer."""

    @property
    def port(self) -> int: ...


class Line:
    """A line to a node that breaks once: after a question went through (`cut`), or before (`lose`).

    down: nobody answers; slow_s: every answer takes so much longer; refuses: methods answered with an error ("*": all).
    """

    slow_s = 0.0
    refuses: tuple[str, ...] = ()

    def __init__(self, node: Node) -> None:
        self._node, self.url = node, ""
        self.cut = self.lose = ""  # a method: its next answer, or its next question
        self.down = False
        self.seen: list[str] = []
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not self.down:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                )
                body = await reader.readexactly(length)
                method = str(json.loads(body)["method"])
                self.seen.append(method)
                if method == self.lose:
                    self.lose = ""
                    break
                if self.slow_s:
                    await asyncio.sleep(self.slow_s)
                if method in self.refuses or "*" in self.refuses:
                    answer = _refusal(json.loads(body)["id"])
                else:
                    answer = await self._ask(head, body)
                if self.down or method == self.cut:
                    self.cut = ""
                    break
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the other side hung up
        finally:
            writer.close()

    async def _ask(self, head: bytes, body: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._node.port)
        head = re.sub(rb"(?im)^host:.*?\r\n", b"Host: 127.0.0.1:%d\r\n" % self._node.port, head)
        writer.write(head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + body)
        answer = await reader.read()
        writer.close()
        return answer


def _refusal(number: int) -> bytes:
    error = {"code": -32000, "message": "the node has no state"}
    body = json.dumps({"jsonrpc": "2.0", "id": number, "error": error}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@dataclass
class Live:
    """The platform's world, the node that it lives on and the line between them."""

    node: Anvil
    line: Line
    world: World

    @property
    def sender(self) -> Sender:
        """The platform's own."""
        found: Sender = self.world.server.app.state.context.sender
        return found

    async def ticks(self, count: int = 1) -> ChainDown | None:
        """Let the platform do what is due, so often; the last fault that it met."""
        fault = None
        for _ in range(count):
            try:
                await self.world.tick()
                fault = None
            except ChainDown as error:
                fault = error
        return fault

    async def settle(self) -> None:
        """Mine and tick until nothing of the platform's is under way."""
        for _ in range(40):
            await self.ticks()
            if not await self.sender.under_way():
                await self.ticks()
                return
            await self.node.mine()
        raise AssertionError([one.name for one in await self.sender.under_way()])

    async def earned(self, count: int = 2) -> Person:
        """Somebody with a channel and a voucher for `count` tasks, of half a GEM each."""
        campaign = await self.world.campaign(count)
        anna = await self.world.person("anna")
        await self.opened(anna)
        await self.world.work(anna, campaign, count)
        for number in range(2):
            await self.world.review(await self.world.person(f"verifier {number}"), count)
        await self.settle()
        return anna

    async def opened(self, who: Person) -> dict[str, Any]:
        """A channel whose deposit counts."""
        with suppress(Refused):  # the deposit waits for its block
            await who.post("/v1/channel", {})
        await self.settle()
        found: dict[str, Any] = await who.post("/v1/channel", {})
        assert int(found["deposit"]) > 0
        return found

    async def claim(self, who: Person) -> dict[str, Any]:
        """Hand a claim of all that there is to the relayer; its answer."""
        body = await self.claim_body(who)
        found: dict[str, Any] = await who.post("/v1/relay/claims", body)
        return found

    async def claim_body(self, who: Person) -> dict[str, Any]:
        """A claim of all that there is, as a client signs it."""
        return await claim_body(self.world, who)

    async def state(self, who: Person, claim: dict[str, Any]) -> str:
        """How far a claim is, as its owner is told."""
        return str((await who.get(f"/v1/relay/claims/{claim['claim_id']}"))["state"])


Lived = Callable[..., Awaitable[Live]]
