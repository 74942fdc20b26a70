# SPDX-License-Identifier: Apache-2.0
"""`./dev bench platform-soak [--minutes N] [--rate R]`: a fleet under calm load, and what its processes hold."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.platform.postgres import Postgres
from bench.platform_soak import report
from bench.platform_soak.crowd import Crowd
from bench.platform_soak.watching import Sample, connections, lines, metric, sample, tables
from gems_platform.db import Database
from gems_platform.duties.jobs import migrate
from tests.faults.fleet_books import wrong
from tests.helpers.fleet import NGINX
from tests.helpers.scaled import scaled
from tests.platform import stores

EVERY_S = 30.0


@dataclass
class Seen:
    """All that was watched. kept: (seconds, connections, tables by name) now and then."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)
    connected: list[int] = field(default_factory=list)
    kept: list[tuple[float, dict[str, tuple[int, int]]]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    contended: list[float] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    """Measure once; 1 when something grew, an error was logged or money does not add up."""
    parser = argparse.ArgumentParser(prog="./dev bench platform-soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=4.0, help="answers a second")
    parser.add_argument("--table", type=Path, help="write the tables to this file, too")
    parser.add_argument("--logs", type=Path, help="keep the processes' logs in this folder, a new one")
    options = parser.parse_args(arguments)
    if options.logs is not None and options.logs.exists():
        parser.error(f"{options.logs} is there already; name a folder that is not")
    if not Path(NGINX).exists():
        print("platform-soak not measured: install nginx", file=sys.stderr)
        return 1
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # as the units of packaging/server do
    postgres = Postgres.new()
    try:
        with tempfile.TemporaryDirectory(prefix="gems-soak-") as name:
            seen, crowd = asyncio.run(_measure(Path(name), postgres, options.minutes * 60, options.rate))
            if options.logs:
                shutil.copytree(
                    Path(name), options.logs, ignore=shutil.ignore_patterns("*.sqlite*", "nginx*")
                )
    finally:
        postgres.close()
    if not options.table:
        return report.tell(seen, crowd.tally, options.minutes)
    with options.table.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        return report.tell(seen, crowd.tally, options.minutes)


async def _measure(folder: Path, postgres: Postgres, seconds: float, rate: float) -> tuple[Seen, Crowd]:
    url = postgres.database()
    database = url.rpartition("@/")[2].partition("?")[0]
    with contextlib.closing(Database(url, migrate=None)) as db:
        migrate(db, url)
    stores.place = lambda: url
    seen = Seen()
    async with scaled(folder) as (live, many):
        pids = {
            f"{'works' if member.works else f'serves {place + 1}'}": member.process.pid
            for place, member in enumerate(many.members)
            if member.process is not None
        }
        pids |= {"nginx": many.proxy_pid, "PostgreSQL": postgres.pid, "(the crowd)": os.getpid()}
        crowd = Crowd(live, rate)
        working = asyncio.create_task(crowd.run())
        began = time.monotonic()
        while (at := time.monotonic() - began) < seconds:
            for name, pid in pids.items():
                seen.samples.setdefault(name, []).append(await asyncio.to_thread(sample, pid, at))
            seen.connected.append(await asyncio.to_thread(connections, postgres, database))
            if not seen.kept or at - seen.kept[-1][0] >= min(600, seconds / 3) - EVERY_S / 2:
                seen.kept.append((at, await asyncio.to_thread(tables, postgres, database)))
                held = ", ".join(f"{name} {some[-1].own_mb:.1f}" for name, some in seen.samples.items())
                print(f"{at:6.0f} s  {crowd.tally}  own MB: {held}", flush=True)
            if working.done():
                seen.errors.append(f"the crowd stopped: {working.exception()!r}")
                break
            await asyncio.sleep(EVERY_S - (time.monotonic() - began) % EVERY_S)
        seen.kept.append((at, await asyncio.to_thread(tables, postgres, database)))
        if not working.done():
            working.cancel()
        await asyncio.wait([working])
        with live.server.app.state.context.db.read() as session:
            seen.books = wrong(session)
        seen.contended = [
            await asyncio.to_thread(metric, member.port, "gems_store_contended_total")
            for member in many.members
        ]
        logs = [many.folder / f"member-{member.port}.log" for member in many.members]
        ended, seen.warnings = lines(logs)
        seen.errors += ended
    return seen, crowd
