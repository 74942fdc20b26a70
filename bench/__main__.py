# SPDX-License-Identifier: Apache-2.0
"""`./dev bench [NAME ...]`: runs bench_*.py one after the other, prints a table, keeps it as JSON."""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.result import CannotMeasure, Result
from bench.verification import command as verification

FOLDER = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all but `verification`; returns 1 when one is not there or cannot measure."""
    if names[:1] == ["verification"]:
        return verification.main(names[1:])
    if names[:1] == ["keyboard-hour"]:
        return importlib.import_module("bench.keyboard_hour.command").main(names[1:])  # type: ignore[no-any-return]
    if names[:1] == ["platform"]:
        return importlib.import_module("bench.platform.command").main(names[1:])  # type: ignore[no-any-return]
    if names[:1] == ["platform-soak"]:
        return importlib.import_module("bench.platform_soak.command").main(names[1:])  # type: ignore[no-any-return]
    if names[:1] == ["package"]:
        return importlib.import_module("bench.package.command").main(names[1:])  # type: ignore[no-any-return]
    there = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    unknown = [name for name in names if name not in there]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(there)}", file=sys.stderr)
        return 1
    print(f"{'benchmark':12} {'figure':24} {'min':>9} {'median':>9} {'max':>9}  unit, runs")
    failed = False
    for name in names or there:
        try:
            result: Result = importlib.import_module(f"bench.bench_{name}").run()
        except CannotMeasure as reason:
            print(f"{name:12} not measured: {reason}")
            failed = True
            continue
        for figure in result.figures:
            numbers = f"{figure.minimum:9.1f} {figure.median:9.1f} {figure.maximum:9.1f}"
            print(f"{name:12} {figure.name:24} {numbers}  {figure.unit}, {len(figure.values)}", flush=True)
        keep(name, result)
    return 1 if failed else 0


def keep(name: str, result: Result) -> None:
    """Write the figures with their method, the machine and the time to bench/results/NAME.json."""
    folder = FOLDER / "results"
    folder.mkdir(exist_ok=True)
    facts = {
        "benchmark": name,
        "method": result.method,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
        "python": platform.python_version(),
        "figures": [
            {
                "name": figure.name,
                "unit": figure.unit,
                "min": figure.minimum,
                "median": figure.median,
                "max": figure.maximum,
                "values": list(figure.values),
            }
            for figure in result.figures
        ],
    }
    (folder / f"{name}.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
