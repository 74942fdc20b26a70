# SPDX-License-Identifier: Apache-2.0
"""Kills the client's engine again and again, starts it again, and holds what it has against what it acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_utils import keccak

from tests.e2e.flows import Offered, Stage
from tests.faults.acknowledged import Promises
from tests.faults.books import Evidence, evidence, wrong

ROOT = Path(__file__).resolve().parents[2]
PHASES = ("open", "lease", "edit", "finish", "seal", "send", "pull", "claim", "turn", "take_back")
PATIENCE_S = 120.0
LINES = 120  # of a life that never begins the step it is to be killed in
FIRST_GUESS_S = 0.03
_LINE_BYTES = 64_000_000


class Life:
    """One forked process: its lines, and its end."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, transport: asyncio.ReadTransport) -> None:
        self.pid, self._reader, self._transport = pid, reader, transport

    async def next(self) -> dict[str, Any] | None:
        """The next whole line, None once it has ended; fails when it crashed."""
        async with asyncio.timeout(PATIENCE_S):
            raw = await self._reader.readline()
        if not raw.endswith(b"\n"):
            return None
        line: dict[str, Any] = json.loads(raw)
        assert "crash" not in line, line["trace"]
        return line

    async def until(self, key: str, value: str) -> dict[str, Any]:
        """Skip to the line that says this."""
        last: dict[str, Any] = {}
        while (line := await self.next()) is not None:
            if line.get(key) == value:
                return line
            last = line
        raise AssertionError(f"it ended before it said {key} {value}: {last}")

    async def kill(self) -> list[dict[str, Any]]:
        """SIGKILL; what it had said before, and then it is gone with all its locks."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        rest = []
        while (line := await self.next()) is not None:
            rest.append(line)
        await self.gone()
        return rest

    async def gone(self) -> None:
        """Wait until the system has taken the process away."""
        self._transport.close()
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    os.kill(self.pid, 0)
                except ProcessLookupError:
                    return
                await asyncio.sleep(0.001)


class Warm:
    """The process that forks (tests/faults/zygote.py)."""

    def __init__(self, before: tuple[str, ...] = ()) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [*before, sys.executable, "-m", "tests.faults.zygote", str(theirs.fileno())]
        self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=(theirs.fileno(),))
        theirs.close()
        self._lives: list[Life] = []
        self._one = asyncio.Lock()

    async def begin(self, **order: Any) -> Life:
        """Fork one life that follows this order."""
        reading, writing = os.pipe()
        async with self._one:  # the answers come in the order of the questions
            socket.send_fds(self._orders, [json.dumps(order).encode()], [writing])
            os.close(writing)
            pid = int(await asyncio.to_thread(self._orders.recv, 32))
        reader = asyncio.StreamReader(limit=_LINE_BYTES)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb", 0)
        )
        life = Life(pid, reader, transport)
        self._lives.append(life)
        return life

    async def close(self) -> None:
        """End it and whatever it forked that is still alive."""
        for life in self._lives:
            with contextlib.suppress(ProcessLookupError):
                os.kill(life.pid, signal.SIGKILL)
            await life.gone()
        self._orders.close()
        await asyncio.to_thread(self._process.wait)


@asynccontextmanager
async def warm(*before: str) -> AsyncIterator[Warm]:
    """A process that forks, ended at the end; before: a command that starts it (a sandbox)."""
    made = Warm(before)
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def ticking(stage: Stage, every_s: float = 0.2) -> AsyncIterator[None]:
    """Let the platform do what is due again and again meanwhile."""

    async def run() -> None:
        while True:
            await stage.tick()
            await asyncio.sleep(every_s)

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@dataclass
class KillLoop:
    """One worker's profile, its engine's many lives, and what they acknowledged."""

    stage: Stage
    warm: Warm
    campaign: Offered
    name: str = "killed"
    seed: int = 1
    order: dict[str, Any] = field(default_factory=dict)  # what every life is told besides
    promises: Promises = field(default_factory=Promises)
    kills: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    _lives: int = 0
    _took_s: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder = self.stage.folder / self.name  # of the profile
        self.folder.mkdir(mode=0o700)
        self.chance = random.Random(self.seed)
        self.address = ""  # the worker's, told by its first life

    async def begin(self, **more: Any) -> Life:
        """One more life."""
        self._lives += 1
        order = {
            "folder": str(self.folder),
            "network": str(self.stage.running.network_file),
            "key": keccak(text=self.name).hex(),
            "at": self.stage.clock.at,
            "campaign": self.campaign.campaign_id,
            "seed": self.seed * 100_000 + self._lives,
        }
        return await self.warm.begin(**(order | self.order | more))

    async def cycle(self, phase: str) -> None:
        """Begin, compare with what was acknowledged, work, and kill in the midst of `phase`."""
        asked = self.promises.asked()
        steps = self.chance.randint(0, 6)
        life = await self.begin(asked=asked, prefer=phase, warm_up=steps)
        await life.until("begin", "open")
        if phase == "open":
            await self._kill_soon(life, phase)
            return
        if not await self.opened(life, asked):
            return
        last = await self.listen(life, phase, steps)
        await self._kill_soon(life, last)

    async def opened(self, life: Life, asked: dict[str, list[str]] | None) -> bool:
        """Compare what it has at the start; False when it said that it cannot open, and ended."""
        begun = asyncio.get_running_loop().time()
        line = await life.next()
        while line is not None and line.get("did") != "open":
            self.hear(line)
            if line.get("refused") == "open":
                assert await life.next() is None
                await life.gone()
                return False
            line = await life.next()
        assert line is not None, "it ended while it was opened"
        self._took("open", asyncio.get_running_loop().time() - begun)
        self.broken += self.promises.broken(line["inventory"], asked)
        self.address = line["address"]
        if line["notice"]:
            self.notices.append(line["notice"])
        return True

    async def listen(self, life: Life, phase: str, steps: int = 0) -> str:
        """Take down what it says until `phase` begins after so many steps, or for a while; what is under way then."""
        now, doing, since = asyncio.get_running_loop().time, "open", 0.0
        for _ in range(LINES):
            line = await life.next()
            assert line is not None, "it ended by itself"
            self.hear(line)
            if "begin" in line:
                doing, since = line["begin"], now()
                if doing == phase and steps <= 0:
                    break
            elif "end" in line:
                steps -= 1
                self._took(line["end"], now() - since)
        return doing

    async def _kill_soon(self, life: Life, phase: str) -> None:
        await asyncio.sleep(self.chance.random() * 1.3 * self._took_s.get(phase, FIRST_GUESS_S))
        for line in await life.kill():
            self.hear(line)
            phase = line.get("begin", phase)
        self.kills[phase] += 1

    def hear(self, line: dict[str, Any]) -> None:
        """Take down one line."""
        self.promises.hear(line)
        if "refused" in line:
            self.refused[f"{line['refused']}: {line['why']}"] += 1

    def _took(self, phase: str, seconds: float) -> None:
        before = self._took_s.get(phase, seconds)
        self._took_s[phase] = before * 0.7 + seconds * 0.3

    async def cycles(self, count: int, phases: tuple[str, ...] = PHASES) -> None:
        """So many kills, spread over the phases."""
        for number in range(count):
            await self.cycle(phases[number % len(phases)])
            if self.broken:
                return

    async def settle(self, **more: Any) -> dict[str, Any]:
        """One life that is let finish everything; what it has in the end."""
        life = await self.begin(asked=None, mode="settle", **more)
        assert await self.opened(life, None), self.report()
        while (line := await life.next()) is not None:
            self.hear(line)
            if line.get("did") == "settle":
                await life.gone()
                self.broken += self.promises.broken(line["inventory"])
                return line
        raise AssertionError("it ended before everything was settled")

    def report(self) -> dict[str, Any]:
        """Figures for people."""
        return {
            "lives": self._lives,
            "kills": dict(self.kills),
            "acknowledged": dict(self.promises.heard),
            "claims": len(self.promises.claims),
            "sealed batches": len(self.promises.sealed),
            "receipts": len(self.promises.receipts),
            "refused": dict(self.refused.most_common(12)),
            "ms": {name: round(took * 1000) for name, took in self._took_s.items()},
            "broken": self.broken,
        }


async def worker(stage: Stage, warm: Warm, name: str, tasks: int, **order: Any) -> KillLoop:
    """A new worker, and a campaign of its own whose work is accepted and paid at once."""
    campaign = await stage.campaign("commissioned", tasks, ms="0", params={"hold_s": 0})
    return KillLoop(stage, warm, campaign, name, seed=sum(name.encode()), order=order)


async def proven(loop: KillLoop, **order: Any) -> dict[str, Any]:
    """Let everything be finished; then what it has, the platform's store and the chain agree, to the unit."""
    told = await loop.settle(**order)
    assert not loop.broken, loop.report()
    said = wrong(told, await seen(loop, told), loop.campaign.terms.mr.units)
    assert not said, [*said, told["states"], loop.report()]
    books = await loop.stage.books(loop.campaign)
    assert not sum(books.values()), books
    return told


async def seen(loop: KillLoop, told: dict[str, Any]) -> Evidence:
    """What the platform and the chain say in the end."""
    running = loop.stage.running
    db = running.platform.app.state.context.db
    wallet = await running.chain.gem_balance(loop.address)
    channel = await running.chain.channel(bytes.fromhex(told["channel"][2:]))
    return evidence(db, loop.address, loop.campaign.campaign_id, wallet=wallet, claimed=channel.claimed)
