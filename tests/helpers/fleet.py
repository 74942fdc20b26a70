# SPDX-License-Identifier: Apache-2.0
"""A platform of several processes behind nginx, on one PostgreSQL, to be killed and started again by a test."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp

from gems_platform.settings import Settings
from tests.faults.platform_life import told

ROOT = Path(__file__).parent.parent.parent
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
_CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off; client_max_body_size 40m; proxy_request_buffering off;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream gems {{ {servers} keepalive 32; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://gems; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;
            proxy_next_upstream error timeout http_502; proxy_buffering off; proxy_read_timeout 120s;
        }}
    }}
}}
"""


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@dataclass
class Member:
    """One process; works: whether it does duties instead of leaving them to others."""

    folder: Path
    port: int
    works: bool
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, without waiting."""
        log = (self.folder / f"member-{self.port}.log").open("ab")
        command = [sys.executable, "-m", "tests.helpers.fleet_member", str(self.folder / "settings.json")]
        self.process = subprocess.Popen(
            [*command, str(self.port), "work" if self.works else "serve"],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        log.close()

    async def ready(self) -> None:
        """Wait until it answers."""
        async with asyncio.timeout(180), aiohttp.ClientSession() as http:
            while True:
                assert self.process is not None and self.process.poll() is None, self.log
                try:
                    async with http.get(f"http://127.0.0.1:{self.port}/health"):
                        return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)

    @property
    def log(self) -> str:
        """What it wrote."""
        return (self.folder / f"member-{self.port}.log").read_text("utf-8", "replace")

    def end(self, how: int = signal.SIGKILL) -> None:
        """End it, without a word unless `how` is another signal."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(20)


@dataclass
class Fleet:
    """The processes, and the address at which nginx shares requests among those that serve."""

    folder: Path
    url: str
    members: list[Member] = field(default_factory=list)
    _proxy: subprocess.Popen[bytes] | None = None

    def front(self, settings: Settings) -> Settings:
        """A platform's settings as the processes of this fleet have them."""
        return replace(settings, public_url=self.url, trusted_proxies=("127.0.0.1/32",))

    async def start(self, settings: Settings, serving: int, working: int) -> None:
        """Start so many processes of each kind, and nginx before them."""
        order: dict[str, Any] = {
            **told(self.front(settings)),
            "data_dir": {"path": str(self.folder / "data")},
        }
        path = self.folder / "settings.json"
        path.touch(0o600)
        path.write_text(json.dumps(order))
        self.members = [
            Member(self.folder, free_port(), place >= serving) for place in range(serving + working)
        ]
        for member in self.members:
            member.start()
        servers = "".join(
            f"server 127.0.0.1:{member.port} max_fails=0;" for member in self.members if not member.works
        )
        config = self.folder / "nginx.conf"
        port = self.url.rpartition(":")[2]
        config.write_text(_CONFIG.format(folder=self.folder, servers=servers, port=port))
        self._proxy = subprocess.Popen(
            [NGINX, "-p", str(self.folder), "-c", str(config)], stderr=subprocess.DEVNULL
        )
        for member in self.members:
            await member.ready()
        await self._answers()

    async def _answers(self) -> None:
        """Wait until nginx passes a request on."""
        async with asyncio.timeout(180), aiohttp.ClientSession() as http:
            while True:
                assert self._proxy is not None and self._proxy.poll() is None, "nginx ended"
                with suppress(aiohttp.ClientError):
                    async with http.get(f"{self.url}/v1/info") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)

    @property
    def proxy_pid(self) -> int:
        """nginx's first process."""
        assert self._proxy is not None
        return self._proxy.pid

    def close(self) -> None:
        """End every process."""
        for member in self.members:
            member.end()
        if self._proxy is not None:
            self._proxy.terminate()
            self._proxy.wait(10)


@asynccontextmanager
async def fleet(folder: Path) -> AsyncIterator[Fleet]:
    """A fleet that has not started; its address is known."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Fleet(folder, f"http://127.0.0.1:{free_port()}")
    try:
        yield made
    finally:
        made.close()
