# SPDX-License-Identifier: Apache-2.0
"""`./dev bench platform [--part NAME] [--quick] [--with-peer]`: the platform under load, part by part."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.platform import growth, leasing, peer, submitting
from bench.platform.postgres import Postgres
from bench.result import CannotMeasure, Figure, Result

PARTS = ("submit", "lease", "growth")
#: PostgreSQL as a small server has it; fsync and synchronous_commit are on, as they are if nothing is said.
OPTIONS = "-c shared_buffers=1GB -c max_wal_size=4GB -c effective_cache_size=4GB -c jit=off"


def main(arguments: list[str]) -> int:
    """Measure; 1 when a part cannot be measured."""
    parser = argparse.ArgumentParser(prog="./dev bench platform", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, default=[])
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that it runs")
    parser.add_argument("--store", action="append", choices=("sqlite", "1", "2"), default=[],
                        help="SQLite, or PostgreSQL with so many processes")  # fmt: skip
    parser.add_argument("--with-peer", metavar="FOLDER", type=Path, nargs="?",
                        const=Path(tempfile.gettempdir()) / "gems-peer",
                        help="Label Studio, too, installed into this folder")  # fmt: skip
    options = parser.parse_args(arguments)
    failed = 0
    for part in [*(options.part or PARTS), *(["peer"] if options.with_peer else [])]:
        try:
            _show(part, _PART[part](options))
        except CannotMeasure as reason:
            print(f"{part} not measured: {reason}", file=sys.stderr)
            failed = 1
    return failed


def _show(part: str, result: Result) -> None:
    from bench.__main__ import keep

    for figure in result.figures:
        numbers = f"{figure.minimum:10.1f} {figure.median:10.1f} {figure.maximum:10.1f}"
        print(f"{figure.name:66} {numbers}  {figure.unit}", flush=True)
    keep(f"platform_{part}", result)


def _on_each(options: argparse.Namespace, module: Any) -> Result:
    """One part on every store that was asked for."""
    sizes = module.QUICK if options.quick else module.Sizes()
    figures: list[Figure] = []
    with _places(options) as places:
        for folder, postgres, serving in places:
            figures += module.measure(folder, sizes, postgres, serving)
    return Result(str(module.__doc__), tuple(figures))


def _peer(options: argparse.Namespace) -> Result:
    programs = peer.install(options.with_peer)
    count, runs = (32, 1) if options.quick else (240, 3)
    figures: list[Figure] = []
    with _places(options) as places:
        for folder, postgres, serving in places:
            figures += peer.measure(programs, folder, count, runs, postgres, serving)
    return Result(str(peer.__doc__), tuple(figures))


def _growth(options: argparse.Namespace) -> Result:
    from bench.__main__ import FOLDER

    figures: list[Figure] = []
    with _places(options) as places:
        for folder, postgres, serving in places:
            if serving == 1:
                few, many = (100_000, 1_000_000), (100_000, 1_000_000, 10_000_000)
                sizes = (20_000, 50_000) if options.quick else many if postgres else few
                found, told = growth.measure(folder, sizes, postgres)
                figures += found
                growth.keep(FOLDER / "results" / f"platform_plans_{folder.name}.json", told)
    return Result(str(growth.__doc__), tuple(figures))


def _installed() -> Path | None:
    """The newest PostgreSQL of the system's with the extensions that Label Studio asks for; None: the wheel's."""
    found = sorted(Path("/usr/share/postgresql").glob("*/extension/pg_trgm.control"))
    return Path("/usr/lib/postgresql") / found[-1].parts[-3] / "bin" if found else None


@contextmanager
def _places(options: argparse.Namespace) -> Iterator[list[tuple[Path, Postgres | None, int]]]:
    """For each store: a folder, the PostgreSQL if it is one, and the number of processes."""
    stores = options.store or ["sqlite", "1", "2"]
    with tempfile.TemporaryDirectory(prefix="gems-bench-") as name:
        postgres = Postgres.new(OPTIONS, _installed()) if stores != ["sqlite"] else None
        try:
            yield [
                (Path(name) / store, None if store == "sqlite" else postgres, 2 if store == "2" else 1)
                for store in stores
            ]
        finally:
            if postgres:
                postgres.close()


_PART: dict[str, Callable[[argparse.Namespace], Result]] = {
    "submit": lambda options: _on_each(options, submitting),
    "lease": lambda options: _on_each(options, leasing),
    "growth": _growth,
    "peer": _peer,
}
