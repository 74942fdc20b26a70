# SPDX-License-Identifier: Apache-2.0
"""The local network as a process of the window's: started with it, told about on the starting page, ended with it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from gems_protocol.errors import GemsError

STOP_S = 10  # to write what it holds; then it is ended the hard way, which it survives
_ROOT = Path(__file__).resolve().parent.parent
_MAX_LINE = 10_000


class LocalNetworkFailed(GemsError):
    """The local network ended before it was ready."""

    retryable = True

    def __init__(self, told: dict[str, object] | None = None) -> None:
        """`told` is the process's own last line, if it said why."""
        told = told or {}
        super().__init__(
            str(told.get("error") or "The local practice network did not start."),
            safe=str(told.get("safe") or "Your profile was not touched."),
            action=str(
                told.get("action")
                or "Try again. If it stays so, start with --fresh to begin the practice network anew."
            ),
        )


def local_command() -> list[str]:
    """How the local network is started: by module from source, by a switch of the packaged application."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--local-network"]
    return [sys.executable, "-m", "gems_desktop.local"]


class LocalNetwork:
    """The running process; it ends by itself when this one does, since its standard input closes."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = list(command or local_command())
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None else None

    async def start(self, folder: Path, fresh: bool, say: Callable[[str], None]) -> Path:
        """Start it over the state in `folder`; the path of network.json. Raises LocalNetworkFailed."""
        await self.stop()
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[dict[str, object] | None] = asyncio.Queue()
        arguments = ["--dir", str(folder), *(["--fresh"] if fresh else [])]
        try:
            process = subprocess.Popen(
                [*self._command, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
            )
        except OSError as error:
            raise LocalNetworkFailed from error
        self._process = process

        def tell(value: dict[str, object] | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(told.put_nowait, value)

        self._reader = threading.Thread(target=_read, args=(process, tell), daemon=True)
        self._reader.start()
        last: dict[str, object] | None = None
        while True:
            line = await told.get()
            if line is None:
                await self.stop()
                raise LocalNetworkFailed(last)
            last = line
            if isinstance(line.get("progress"), str):
                say(str(line["progress"]))
            if isinstance(line.get("ready"), str):
                return Path(str(line["ready"]))

    async def stop(self) -> None:
        """End it gently, then not."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        await asyncio.to_thread(_end, process)
        if self._reader is not None:
            self._reader.join(STOP_S)
            self._reader = None
        if process.stdout is not None:
            process.stdout.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    for act in (process.terminate, process.kill):
        try:
            process.wait(STOP_S if act == process.terminate else 2)
            return
        except subprocess.TimeoutExpired:
            act()
    process.wait()


def _read(process: subprocess.Popen[bytes], tell: Callable[[dict[str, object] | None], None]) -> None:
    """Pass on each line of JSON, then None when the process says no more."""
    if process.stdout is None:
        return
    while line := process.stdout.readline(_MAX_LINE):
        try:
            value = json.loads(line)
        except ValueError:
            continue  # not a line for us
        if isinstance(value, dict):
            tell(value)
    tell(None)
