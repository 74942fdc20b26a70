# SPDX-License-Identifier: Apache-2.0
"""How many answers a second are accepted: one by one, by hundreds, and ten thousand of one person's."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from bench.keyboard_hour.accounts import percentile
from bench.platform import filling
from bench.platform.fleet import Fleet, running
from bench.platform.ground import Ground, settings
from bench.platform.load import Measured, Requests, send
from bench.platform.postgres import Postgres
from bench.platform.spent import cpu
from bench.result import Figure
from gems_platform.settings import Settings

SETTLING_S = 4.0  # until what a process does when it starts is done
LINES = 16  # connections that send at once
_K = 3  # batches that one worker may have
STORE = "platform.sqlite3"


@dataclass(frozen=True)
class Sizes:
    """How much is sent in one run: single answers, batches of 100, batches of 1,000 of one client."""

    singles: int = 1000
    hundreds: int = 40
    thousands: int = 10
    runs: int = 3


QUICK = Sizes(60, 4, 1, 1)


@dataclass(frozen=True)
class Prepared:
    """A store and what is sent to it, for each kind of load."""

    settings: Settings
    loads: dict[str, tuple[Requests, int]]  # kind -> requests by connection, answers in each request


def prepare(folder: Path, postgres: Postgres | None, store_url: str, sizes: Sizes) -> Prepared:
    """Lease everything that will be answered."""
    folder.mkdir(parents=True, exist_ok=True)
    wide = settings(folder, store_url, allot_s=0, lease_limit=1000)
    ground = Ground(wide)
    filling.history(ground, postgres)
    total = sizes.singles + 100 * sizes.hundreds + 1000 * sizes.thousands
    campaign = ground.campaign(total + total // 10 + 100)
    kinds = {"1": (20, sizes.singles // 20), "100": (100, sizes.hundreds), "1000": (1000, sizes.thousands)}
    loads = {}
    for kind, (size, number) in kinds.items():
        made: list[list[bytes]] = []
        people = [ground.worker() for _ in range(0, number, _K)]
        for place in range(number):
            who = people[place // _K]
            batch_id, hashes = ground.batch(who, campaign, size)
            parts = [[name] for name in hashes] if kind == "1" else [hashes]
            made.append([ground.submission(who, batch_id, part) for part in parts])
        lines = 1 if kind == "1000" else min(LINES, len(made))
        shared = [[one for each in made[line::lines] for one in each] for line in range(lines)]
        loads[kind] = shared, 1 if kind == "1" else size
    ground.close()
    return Prepared(settings(folder, store_url), loads)


def measure(folder: Path, sizes: Sizes, postgres: Postgres | None, serving: int) -> list[Figure]:
    """Figures of one engine and number of processes."""
    engine = "PostgreSQL" if postgres else "SQLite"
    what = f"{engine}, {serving} process" + ("es" if serving > 1 else "")
    template = postgres.database() if postgres else ""
    ready = prepare(folder / "ground", postgres, template, sizes)
    found: dict[str, list[float]] = {}
    for run in range(sizes.runs):
        here = folder / f"run{run}"
        here.mkdir(parents=True)
        url = postgres.copy(template) if postgres else ""
        if not postgres:
            (here / "platform").mkdir()
            shutil.copyfile(ready.settings.data_dir / STORE, here / "platform" / STORE)
        with running(settings(here, url), here, serving) as fleet:
            time.sleep(SETTLING_S)
            send(here, [line[:1] for line in ready.loads["1"][0]], fleet.port)  # a warm-up
            for kind, (requests, each) in ready.loads.items():
                if any(requests):
                    _one(
                        found,
                        kind,
                        each,
                        here,
                        [line[1:] for line in requests] if kind == "1" else requests,
                        fleet,
                        postgres,
                    )
        if postgres:
            postgres.drop(url)
    if postgres:
        postgres.drop(template)
    return [Figure(f"{what}: {name}", _unit(name), tuple(values)) for name, values in found.items()]


def _one(found: dict[str, list[float]], kind: str, each: int, folder: Path, requests: Requests, fleet: Fleet,
         postgres: Postgres | None) -> None:  # fmt: skip
    parts = {"server": fleet.pids, "nginx": fleet.proxy, "PostgreSQL": [postgres.pid] if postgres else []}
    before = {name: cpu(pids) for name, pids in parts.items()}
    retried = fleet.metric("gems_store_contended_total")
    seen: Measured = send(folder, requests, fleet.port)
    used = {name: cpu(pids) - before[name] for name, pids in parts.items() if pids}
    used["clients"] = seen.cpu
    bad = {status: number for status, number in seen.statuses.items() if not status.startswith("2")}
    assert not bad, f"the platform refused: {bad} {seen.refused}"
    answers = seen.good * each
    about = {
        "answers a second": answers / seen.wall,
        "p50 of a request": 1000 * percentile(seen.latencies, 0.5),
        "p99 of a request": 1000 * percentile(seen.latencies, 0.99),
        "longest request": 1000 * max(seen.latencies),
        "contended": fleet.metric("gems_store_contended_total") - retried,
        **{f"CPU {name} per answer": 1e6 * seconds / answers for name, seconds in used.items()},
    }
    for name, value in about.items():
        found.setdefault(f"by {kind}, {name}", []).append(value)


def _unit(name: str) -> str:
    if "CPU" in name:
        return "us"
    if "contended" in name:
        return "times"
    return "answers/s" if "answers a second" in name else "ms"
