# SPDX-License-Identifier: Apache-2.0
"""Leases while sixty-four clients ask at once until nearly nothing is left: how long each takes, none given twice."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench.keyboard_hour.accounts import percentile
from bench.platform import filling
from bench.platform.fleet import running
from bench.platform.ground import Ground, settings
from bench.platform.load import Requests, request, send
from bench.platform.postgres import Postgres
from bench.platform.spent import cpu
from bench.platform.submitting import SETTLING_S
from bench.result import Figure
from gems_platform.db import Database
from gems_platform.tasks.tables import AssignmentRow

CLIENTS = 64
EACH = 10  # tasks in a lease
_K = 3  # batches that one account may have open


@dataclass(frozen=True)
class Sizes:
    """accounts: that each client uses one after the other, with three leases each."""

    accounts: int = 2
    runs: int = 3


QUICK = Sizes(1, 1)


def measure(folder: Path, sizes: Sizes, postgres: Postgres | None, serving: int) -> list[Figure]:
    """Figures of one engine and number of processes."""
    engine = "PostgreSQL" if postgres else "SQLite"
    what = f"{engine}, {serving} process" + ("es" if serving > 1 else "")
    found: dict[str, list[float]] = {}
    url = postgres.database() if postgres else ""
    asked = CLIENTS * sizes.accounts * _K
    prepared = _prepare(folder, postgres, url, sizes, asked)
    with running(settings(folder, url), folder, serving) as fleet:
        time.sleep(SETTLING_S)
        for campaign, requests in prepared:
            before, retried = cpu(fleet.pids), fleet.metric("gems_store_contended_total")
            seen = send(folder, requests, fleet.port)
            values = {
                "leases a second": seen.good / seen.wall,
                "p50": 1000 * percentile(seen.latencies, 0.5),
                "p99": 1000 * percentile(seen.latencies, 0.99),
                "longest": 1000 * max(seen.latencies),
                "p99 / p50": percentile(seen.latencies, 0.99) / percentile(seen.latencies, 0.5),
                "refused": float(asked - seen.good),
                "contended": fleet.metric("gems_store_contended_total") - retried,
                "CPU server per lease": 1e6 * (cpu(fleet.pids) - before) / seen.good,
                **_doubles(folder, url, campaign, seen.good),
            }
            if set(seen.statuses) - {"200"}:
                print(f"  {dict(seen.statuses)} {seen.refused[:1]}", flush=True)
            for name, value in values.items():
                found.setdefault(name, []).append(value)
    if postgres:
        postgres.drop(url)
    return [Figure(f"leases, {what}: {name}", _unit(name), tuple(values)) for name, values in found.items()]


def _prepare(
    folder: Path, postgres: Postgres | None, url: str, sizes: Sizes, asked: int
) -> list[tuple[str, Requests]]:
    """For each run a campaign of its own, and what is sent."""
    folder.mkdir(parents=True, exist_ok=True)
    ground = Ground(settings(folder, url))
    filling.history(ground, postgres)
    found = []
    for _ in range(sizes.runs):
        campaign = ground.campaign(asked * EACH * 11 // 10)
        requests: Requests = []
        for _ in range(CLIENTS):
            mine = []
            for who in [ground.worker() for _ in range(sizes.accounts)]:
                for _ in range(_K):
                    body = {
                        "request_id": "0x" + secrets.token_hex(32),
                        "campaign_id": campaign,
                        "count": EACH,
                    }
                    mine.append(request("/v1/leases", who.headers, json.dumps(body).encode()))
            requests.append(mine)
        found.append((campaign, requests))
    ground.close()
    return found


def _doubles(folder: Path, url: str, campaign: str, leases: int) -> dict[str, float]:
    """How many tasks were given to two people, and how many fewer were given than were to be."""
    db = Database.unchecked(settings(folder, url).store)
    with db.read() as session:
        new = AssignmentRow.campaign_id == campaign
        many = select(func.count()).where(new).group_by(AssignmentRow.index).subquery()
        total = session.scalar(select(func.count()).select_from(AssignmentRow).where(new)) or 0
        once = session.scalar(select(func.count()).select_from(many)) or 0
    db.close()
    return {"tasks given twice": float(total - once), "tasks a lease": total / max(1, leases)}


def _unit(name: str) -> str:
    if name.startswith("CPU"):
        return "us"
    return {"leases a second": "leases/s", "p50": "ms", "p99": "ms", "longest": "ms", "p99 / p50": "x"}.get(
        name, ""
    )
