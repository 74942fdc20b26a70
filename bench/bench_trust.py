# SPDX-License-Identifier: Apache-2.0
"""Requester weights (numpy) and whole trust profiles, from ten thousand to ten million judged tasks."""

import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from bench.result import CannotMeasure, Figure, Result

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
TASKS_OF_A_WORKER = 100
COMMUNITIES = 20  # a graph in parts is the slow case for the iteration
STRAYS = 0.02  # of the tasks go to a requester of another community
RUNS = 5
RUNS_BELOW = 1_000_000  # larger sizes are measured once, to stay within minutes
ROOT = Path(__file__).resolve().parent.parent


def run() -> Result:
    """Measure every size in processes of their own; small ones RUNS times after a warm-up."""
    figures = []
    for size in SIZES:
        small = size < RUNS_BELOW
        for name, what in (("weights", "requester weights"), ("profiles", "profiles")):
            if small:
                measure(name, size)
            runs = [measure(name, size) for _ in range(RUNS if small else 1)]
            label = f"{what}, {size:,}"
            figures.append(Figure(f"{label}: time", "s", tuple(found["seconds"] for found in runs)))
            figures.append(Figure(f"{label}: memory", "MB", tuple(found["peak_mb"] for found in runs)))
            each = tuple(found["seconds"] * 1e9 / size for found in runs)
            figures.append(Figure(f"{label}: each", "ns a task", each))
            if name == "weights":
                steps = tuple(float(found["steps"]) for found in runs)
                figures.append(Figure(f"{label}: steps", "iterations", steps))
    method = (
        "Judged tasks drawn at random (seed 1): a requester for every 1,000 tasks (at least 10) and a worker "
        f"for every {TASKS_OF_A_WORKER}, workers of accuracy 0.6 to 1, {COMMUNITIES} communities with {STRAYS:.0%} of "
        "the tasks across them, one requester of each community pre-trusted. "
        "Requester weights: graph.pairs, requester_trust to 1e-12 and effective evidence of every worker, from "
        "arrays already in memory. Profiles: gems_protocol.trust.profile of every worker, one after the other on "
        "one core; making the outcomes is not timed. Each size in a fresh process; memory is the peak resident "
        f"set of that process, interpreter and input included. Below {RUNS_BELOW:,} tasks {RUNS} runs after a "
        "warm-up, from there one. Not in it: the database."
    )
    return Result(method, tuple(figures))


def measure(name: str, size: int) -> dict[str, float]:
    """One measurement in a fresh process: seconds, peak_mb, and steps of the iteration."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.bench_trust", name, str(size)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    if done.returncode:
        raise CannotMeasure(f"{name} of {size:,} tasks: {done.stderr.strip()[-300:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def weights(size: int) -> dict[str, float]:
    """Time the graph of `size` judged tasks."""
    import numpy as np

    from gems_platform.trust import graph

    chance = np.random.default_rng(1)
    requesters, workers = max(10, size // 1000), size // TASKS_OF_A_WORKER
    worker = chance.integers(0, workers, size)
    places = min(COMMUNITIES, requesters)
    requester = chance.integers(0, requesters // places, size) * places + worker % places
    strays = chance.random(size) < STRAYS
    requester[strays] = chance.integers(0, requesters, int(strays.sum()))
    accepted = chance.random(size) < 0.6 + 0.4 * worker / workers
    pretrusted = np.zeros(requesters)
    pretrusted[:places] = 1.0
    start = time.perf_counter()
    pairs = graph.pairs(requester, worker, accepted, requesters, workers)
    found = graph.requester_trust(pairs, pretrusted)
    graph.effective(pairs, found.weights)
    return {"seconds": time.perf_counter() - start, "steps": found.steps}


def profiles(size: int) -> dict[str, float]:
    """Time the profiles of all workers of `size` judged tasks, one worker's outcomes in memory at a time."""
    from gems_protocol.trust.profile import profile
    from gems_protocol.trust.score import Outcome
    from gems_protocol.trust.weights import DifficultyWeights, RequesterWeights

    chance = random.Random(1)
    names = [f"0x{number:040x}" for number in range(max(10, size // 1000))]
    weights = RequesterWeights({name: min(1.0, 0.5 + chance.random()) for name in names})
    kinds = [("choice", "easy"), ("choice", "hard"), ("boxes", "hard")]
    difficulty = DifficultyWeights(dict(zip(kinds, (0.3, 0.7, 0.9), strict=True)))
    campaign, seconds = bytes(32), 0.0
    for _ in range(size // TASKS_OF_A_WORKER):
        right = 0.6 + 0.4 * chance.random()
        theirs = chance.choices(names, k=6)
        outcomes = []
        for at in range(TASKS_OF_A_WORKER):
            ok = chance.random() < right
            outcomes.append(
                Outcome(campaign, at, theirs[at % 6], ok, ok, at, *kinds[at % 3], gold=at % 20 == 0)
            )
        start = time.perf_counter()
        profile(outcomes, weights, difficulty)
        seconds += time.perf_counter() - start
    return {"seconds": seconds}


if __name__ == "__main__":
    told = {"weights": weights, "profiles": profiles}[sys.argv[1]](int(sys.argv[2]))
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(told))
