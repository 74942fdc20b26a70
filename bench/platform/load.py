# SPDX-License-Identifier: Apache-2.0
"""The load: processes of their own that send prepared requests, one after the other on each of their connections.

`python -m bench.platform.load FILE PORT` reads JSON of [[request, ...] for each connection], waits for a
line on its standard input, sends, and prints JSON: latencies in seconds, statuses, its CPU.
What comes back is not checked beyond its status, so that the client costs little beside the server.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "gems.bench"  # the name under which the platform of a measurement is asked
_SHOWN = 3
_BYTES = "latin-1"  # a character for each byte
Requests = list[list[bytes]]  # for each connection, what it sends in order


def request(path: str, headers: dict[str, str], body: bytes, method: str = "POST") -> bytes:
    """A whole HTTP request."""
    told = {"Host": HOST, "Content-Type": "application/json", **headers, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


@dataclass
class Measured:
    """What all clients saw. wall: seconds from the first request to the last answer."""

    wall: float = 0.0
    cpu: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(
        default_factory=list
    )  # the beginning of what came with another status, a few of them

    @property
    def good(self) -> int:
        """How many were answered with a 2xx."""
        return sum(number for status, number in self.statuses.items() if status.startswith("2"))


def send(folder: Path, requests: Requests, port: int, processes: int = 2) -> Measured:
    """Share the connections among processes, let them begin together, and add up what they saw."""
    clients = []
    for number in range(min(processes, len(requests))):
        path = folder / f"load-{number}.json"
        shared = requests[number::processes]
        path.write_text(json.dumps([[one.decode(_BYTES) for one in each] for each in shared]))
        clients.append(
            subprocess.Popen([sys.executable, "-m", "bench.platform.load", str(path), str(port)],
                             cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )  # fmt: skip
    for client in clients:
        assert client.stdout is not None
        assert client.stdout.readline() == "ready\n"
    found = Measured()
    for client in clients:
        assert client.stdin is not None
        client.stdin.write("go\n")
        client.stdin.flush()
    spans = []
    for client in clients:
        assert client.stdout is not None
        seen = json.loads(client.stdout.read())
        client.wait()
        found.cpu += seen["cpu"]
        found.latencies += seen["latencies"]
        found.statuses.update(seen["statuses"])
        found.refused += seen["refused"]
        spans.append((seen["began"], seen["ended"]))
    found.wall = max(ended for _, ended in spans) - min(began for began, _ in spans)
    return found


async def _connection(port: int, requests: list[bytes], seen: Measured) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    for one in requests:
        began = time.perf_counter()
        writer.write(one)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await _body(reader, head.lower())
        seen.latencies.append(time.perf_counter() - began)
        status = head.split(b" ", 2)[1].decode()
        seen.statuses[status] += 1
        if not status.startswith("2") and len(seen.refused) < _SHOWN:
            seen.refused.append(body[:500].decode("utf-8", "replace"))
    writer.close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    _, told, rest = head.partition(b"content-length:")
    if told:
        return await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
    found = b""
    while b"chunked" in head:
        size = int((await reader.readuntil(b"\r\n")).strip(), 16)
        found += (await reader.readexactly(size + 2))[:-2]
        if not size:
            break
    return found


async def _main(path: Path, port: int) -> None:
    requests: Requests = [[one.encode(_BYTES) for one in each] for each in json.loads(path.read_text())]
    seen = Measured()
    print("ready", flush=True)
    sys.stdin.readline()
    began, used = time.time(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for each in requests:
            group.create_task(_connection(port, each, seen))
    print(json.dumps({
        "began": began, "ended": time.time(), "cpu": time.process_time() - used,
        "latencies": seen.latencies, "statuses": seen.statuses, "refused": seen.refused,
    }))  # fmt: skip


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1]), int(sys.argv[2])))
