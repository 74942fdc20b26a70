# SPDX-License-Identifier: Apache-2.0
"""The client's engine: every part in bench/engine/, one after the other; `GEMS_BENCH_PARTS=queue` chooses some."""

import importlib
import os
from pathlib import Path

from bench.result import Figure, Result

FOLDER = Path(__file__).resolve().parent / "engine"


def run() -> Result:
    """Measure the chosen parts, or all."""
    there = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    chosen = os.environ.get("GEMS_BENCH_PARTS", "").split(",") if "GEMS_BENCH_PARTS" in os.environ else there
    figures: list[Figure] = []
    methods: list[str] = []
    for name in chosen:
        found: Result = importlib.import_module(f"bench.engine.{name}").run()
        figures += found.figures
        methods.append(f"{name}: {found.method}")
    return Result(" ".join(methods), tuple(figures))
