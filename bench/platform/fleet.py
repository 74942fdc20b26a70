# SPDX-License-Identifier: Apache-2.0
"""Platform processes for a measurement: one on its own port, or several behind nginx."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bench.platform.load import HOST
from bench.platform.settings_file import write
from bench.result import CannotMeasure
from gems_platform.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off; client_max_body_size 40m; proxy_request_buffering off;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream gems {{ {servers} keepalive 64; }}
    server {{
        listen 127.0.0.1:{port}; keepalive_requests 1000000;
        location / {{
            proxy_pass http://gems; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;
            proxy_buffering off; proxy_read_timeout 120s;
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
class Fleet:
    """What runs: where it is asked, and its processes."""

    port: int
    ports: list[int]  # of the processes that serve
    pids: list[int]
    proxy: list[int]

    def metric(self, name: str) -> float:
        """A counter, summed over the processes that serve."""
        found = 0.0
        for port in self.ports:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                text = answer.read().decode()
            found += sum(float(number) for number in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.M))
        return found


@contextmanager
def running(settings: Settings, folder: Path, serving: int) -> Iterator[Fleet]:
    """`serving` processes (one does the duties, too), behind nginx if there are several. Ends them."""
    folder.mkdir(parents=True, exist_ok=True)
    ports = [free_port() for _ in range(serving)]
    front = ports[0] if serving == 1 else free_port()
    write(
        folder / "settings.json",
        replace(settings, public_url=f"http://{HOST}", trusted_proxies=("127.0.0.1/32",)),
    )
    started: list[subprocess.Popen[bytes]] = []
    try:
        for place, port in enumerate(ports):
            started.append(_member(folder, port, "serve" if place else "work"))
        for port, process in zip(ports, started, strict=True):
            _wait(port, process, folder)
        pids, proxy = [process.pid for process in started], []
        if serving > 1:
            started.append(_nginx(folder, ports, front))
            proxy = [started[-1].pid]
            _wait(front, started[-1], folder)
        yield Fleet(front, ports, pids, proxy)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


def _member(folder: Path, port: int, kind: str) -> subprocess.Popen[bytes]:
    with (folder / f"member-{port}.log").open("wb") as log:
        command = [
            sys.executable,
            "-m",
            "bench.platform.member",
            str(folder / "settings.json"),
            str(port),
            kind,
        ]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _nginx(folder: Path, ports: list[int], front: int) -> subprocess.Popen[bytes]:
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        raise CannotMeasure("nginx is not installed (Debian: nginx-light)")
    config = folder / "nginx.conf"
    servers = "".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports)
    config.write_text(_CONFIG.format(folder=folder, servers=servers, port=front))
    return subprocess.Popen([program, "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL)


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    logs = "\n".join(path.read_text()[-2000:] for path in folder.glob("*.log"))
    raise CannotMeasure(f"a platform process does not answer: {logs}")
