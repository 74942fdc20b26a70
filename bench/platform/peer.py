# SPDX-License-Identifier: Apache-2.0
"""Label Studio's server beside ours, in an environment of its own: annotations created through its API.

One annotation is one request, as its interface has it: there is none for several at once. It is served by gunicorn
with threads (its own `start` is Django's development server), from the same kind of client as ours.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.keyboard_hour.accounts import percentile
from bench.platform.fleet import free_port
from bench.platform.ground import ANSWER, CONFIG
from bench.platform.load import request, send
from bench.platform.postgres import Postgres
from bench.platform.spent import cpu
from bench.platform.submitting import LINES
from bench.result import CannotMeasure, Figure

WHO, WORD = "bench@example.org", secrets.token_hex(8)
_TOKEN = secrets.token_hex(20)
_ROOT = "label_studio.core"


def install(folder: Path) -> Path:
    """The folder with its programs, after a while; raises CannotMeasure with pip's last words."""
    if not (folder / "bin" / "gunicorn").exists():
        print(f"installing label-studio into {folder}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        done = subprocess.run([str(folder / "bin" / "pip"), "install", "-q", "label-studio", "gunicorn"],
                              capture_output=True, text=True)  # fmt: skip
        if done.returncode:
            raise CannotMeasure(f"label-studio cannot be installed: {done.stderr[-500:]}")
    return folder / "bin"


@dataclass(frozen=True)
class Peer:
    """Its server: where it is asked, and its first process."""

    port: int
    pid: int

    def ask(self, path: str, body: Any) -> Any:
        """The JSON that it answers."""
        call = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", json.dumps(body).encode(),
            {"Authorization": f"Token {_TOKEN}", "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(call, timeout=120) as answer:  # noqa: S310 - loopback
            return json.loads(answer.read())


@contextmanager
def served(programs: Path, folder: Path, postgres: Postgres | None, workers: int) -> Iterator[Peer]:
    """Its server on a port of its own with an account (WHO, WORD), until the block ends."""
    url = postgres.database() if postgres else ""
    told = {**os.environ, "LABEL_STUDIO_BASE_DATA_DIR": str(folder), "LOG_LEVEL": "ERROR", "DJANGO_DB": "sqlite",
            "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true", "SENTRY_DSN": "", "COLLECT_ANALYTICS": "0",
            "DJANGO_SETTINGS_MODULE": f"{_ROOT}.settings.label_studio", "LATEST_VERSION_CHECK": "0"}  # fmt: skip
    if postgres:
        name = url.rpartition("@/")[2].partition("?")[0]
        told |= {"DJANGO_DB": "default", "POSTGRE_NAME": name, "POSTGRE_USER": "gems", "POSTGRE_PASSWORD": "",
                 "POSTGRE_HOST": str(postgres.folder)}  # fmt: skip
    log = (folder / "log").open("wb")
    first = [str(programs / "label-studio"), "start", "--no-browser", "--init", "--username", WHO, "--password", WORD,
             "--user-token", _TOKEN, "--enable-legacy-api-token", "--data-dir", str(folder)]  # fmt: skip
    port = free_port()
    begun = subprocess.Popen([*first, "--port", str(port)], env=told, stdout=log, stderr=log)
    _wait(Peer(port, begun.pid), begun, folder)
    begun.terminate()
    begun.wait(20)
    port = free_port()
    command = [str(programs / "gunicorn"), f"{_ROOT}.wsgi:application", "-b", f"127.0.0.1:{port}", "-w", str(workers),
               "--threads", str(LINES), "--keep-alive", "60", "--timeout", "300"]  # fmt: skip
    site = next((programs.parent / "lib").glob("python*/site-packages/label_studio"))
    process = subprocess.Popen(
        command, env={**told, "PYTHONPATH": str(site)}, stdout=log, stderr=log, cwd=site
    )
    peer = Peer(port, process.pid)
    try:
        _wait(peer, process, folder)
        yield peer
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        log.close()
        if postgres:
            postgres.drop(url)


def _wait(peer: Peer, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 400
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{peer.port}/health", timeout=20):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise CannotMeasure(f"label-studio does not answer: {(folder / 'log').read_text()[-1500:]}")


def measure(
    programs: Path, folder: Path, count: int, runs: int, postgres: Postgres | None, workers: int
) -> list[Figure]:
    """Annotations a second on one engine; each run is of tasks of its own, after a warm-up of one run."""
    folder.mkdir(parents=True, exist_ok=True)
    what = f"Label Studio, {'PostgreSQL' if postgres else 'SQLite'}, {workers} process{'es' if workers > 1 else ''}"
    found: dict[str, list[float]] = {}
    with served(programs, folder, postgres, workers) as peer:
        project = peer.ask("/api/projects", {"title": "Moods", "label_config": CONFIG})["id"]
        tasks = [{"text": f"Sentence {number}."} for number in range(count * (runs + 1))]
        made = peer.ask(f"/api/projects/{project}/import?return_task_ids=true", tasks)["task_ids"]
        for run in range(runs + 1):
            seen = _one(peer, folder, made[run * count : (run + 1) * count], postgres)
            if run:
                for name, value in seen.items():
                    found.setdefault(name, []).append(value)
    units = {"annotations a second": "annotations/s", "refused": "times"}
    return [
        Figure(f"{what}: {name}", units.get(name, "us" if "CPU" in name else "ms"), tuple(values))
        for name, values in found.items()
    ]


def _one(peer: Peer, folder: Path, tasks: list[int], postgres: Postgres | None) -> dict[str, float]:
    told = {"Host": f"127.0.0.1:{peer.port}", "Authorization": f"Token {_TOKEN}"}
    body = json.dumps({"result": ANSWER, "was_cancelled": False}).encode()
    sent = [request(f"/api/tasks/{task}/annotations/", told, body) for task in tasks]
    parts = {"server": [peer.pid], **({"PostgreSQL": [postgres.pid]} if postgres else {})}
    before = {name: cpu(pids) for name, pids in parts.items()}
    seen = send(folder, [sent[line::LINES] for line in range(LINES)], peer.port)
    if not seen.good:
        raise CannotMeasure(f"label-studio refused: {seen.statuses} {seen.refused}")
    return {
        "annotations a second": seen.good / seen.wall,
        "p50": 1000 * percentile(seen.latencies, 0.5),
        "p99": 1000 * percentile(seen.latencies, 0.99),
        "refused": float(sum(seen.statuses.values()) - seen.good),
        **{
            f"CPU {name} per annotation": 1e6 * (cpu(pids) - before[name]) / seen.good
            for name, pids in parts.items()
        },
    }
