# SPDX-License-Identifier: Apache-2.0
"""What each process holds while the crowd works: memory, file descriptors, connections, rows, lines of its log."""

from __future__ import annotations

import os
import re
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.bench_memory import family, own
from bench.platform.postgres import Postgres
from bench.platform.spent import cpu

_BAD = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback", re.M)
_WARNED = re.compile(r"\bWARNING\b", re.M)


@dataclass(frozen=True)
class Sample:
    """One process (or PostgreSQL, or nginx, with all below it) at one moment."""

    at: float  # seconds from the beginning
    own_mb: float  # memory that is no file's: others that come and go change how shared files are counted
    files: int
    cpu_s: float


def sample(pid: int, at: float) -> Sample:
    """What a process holds now, with its children unless it is this one."""
    mine = pid == os.getpid()
    pids = [pid] if mine else family(pid)
    used = time.process_time() if mine else cpu([pid])
    return Sample(at, sum(own(one) for one in pids) / 1024, sum(_files(one) for one in pids), used)


def _files(pid: int) -> int:
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0


def connections(postgres: Postgres, database: str) -> int:
    """How many connections the platform has, all processes together."""
    found = postgres.sql("SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL")
    return sum(1 for (name,) in found if name == database)


def tables(postgres: Postgres, database: str) -> dict[str, tuple[int, int]]:
    """By table: rows, and bytes with its indexes."""
    names = [
        str(name)
        for (name,) in postgres.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database)
    ]
    counted = 'SELECT count(*), pg_total_relation_size(\'"{0}"\') FROM "{0}"'
    found = {}
    for name in sorted(names):
        ((rows, size),) = postgres.sql(counted.format(name), database)
        found[name] = (int(str(rows)), int(str(size)))
    return found


def metric(port: int, name: str) -> float:
    """A counter of the process at a port, summed over its labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        text = answer.read().decode()
    return sum(float(number) for number in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.M))


def lines(logs: Iterable[Path]) -> tuple[list[str], list[str]]:
    """(lines that are errors, lines that warn) of these logs."""
    bad: list[str] = []
    warned: list[str] = []
    for path in logs:
        for line in path.read_text("utf-8", "replace").splitlines():
            if _BAD.search(line):
                bad.append(line)
            elif _WARNED.search(line):
                warned.append(line)
    return bad, warned
