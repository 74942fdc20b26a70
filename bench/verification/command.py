# SPDX-License-Identifier: Apache-2.0
"""`./dev bench verification [--data FOLDER ...] [--quick]`: replay, market and plan, as a report and plots."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from bench.verification import report
from bench.verification.crowd import Crowd, UnknownLayout, read
from bench.verification.expected import POLICIES, Expected, expected, majority
from bench.verification.market.cases import ABLATIONS, MARKETS, SCENARIOS, TELLING
from bench.verification.market.engine import TASKS, Run
from bench.verification.market.setting import Market, Result, Scenario
from bench.verification.replay import replay
from bench.verification.rows import ROWS, SWEEPS

HERE = Path(__file__).resolve().parent
SHIPPED = tuple(HERE / "data" / name for name in ("bluebirds", "ducks"))
RESULTS = HERE.parent / "results" / "verification"
ENOUGH = 7  # answers per item from which a set counts in the mean: every policy can be tried there
REPLAYS, SWEPT, DRAWN = 8, 3, 3_000
SEEDS, CHANGED = 5, 3  # of a market, and of one with one thing changed
QUICK = {"replays": 2, "seeds": 1, "tasks": 1_500, "drawn": 300}
ABILITIES = (0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
CLASSES = (2, 4, 10)


def main(arguments: Sequence[str]) -> int:
    """Measure, write `bench/results/verification`, print the report; 1 when a folder cannot be read."""
    parser = argparse.ArgumentParser(prog="./dev bench verification", description=__doc__)
    parser.add_argument("--data", nargs="+", type=Path, default=list(SHIPPED), metavar="FOLDER")
    parser.add_argument("--quick", action="store_true", help="fewer replays and seeds, under a minute")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    try:
        crowds = [read(folder) for folder in chosen.data]
    except (UnknownLayout, OSError, ValueError) as reason:
        print(reason, file=sys.stderr)
        return 1
    chosen.out.mkdir(parents=True, exist_ok=True)
    text = measured(crowds, chosen.quick, chosen.out)
    (chosen.out / "report.md").write_text(text, encoding="utf-8")
    print(text)
    print(f"Written to {chosen.out}")
    return 0


def measured(crowds: Sequence[Crowd], quick: bool, folder: Path) -> str:
    """Everything, as the report's text; draws the plots into `folder` on the way."""
    from bench.verification.plots import frontier, market_bars

    replays = QUICK["replays"] if quick else REPLAYS
    names = [crowd.name for crowd in crowds]
    meant = [crowd.name for crowd in crowds if crowd.per_item >= ENOUGH] or names
    lines = replay(ROWS, crowds, replays, _tell)
    frontier(lines, names, meant, folder / "accuracy.png")
    sweeps = [] if quick else replay(SWEEPS, crowds, SWEPT, _tell)
    played = _play(quick)
    several = [market.name for market in MARKETS]
    attacked = [scenario.name for scenario in SCENARIOS if "react" not in scenario.name]
    reacting = [scenario.name for scenario in SCENARIOS if "react" in scenario.name]
    market_bars(played, [name for name in attacked if "30 %, late" in name], several, folder / "market.png")
    both = [*several, *(market.name for market in ABLATIONS)]
    return "\n".join(
        [
            f"# Verification policies: {'a quick look' if quick else 'measured'}\n",
            f"Method: `bench/verification/README.md`. {replays} replays; the mean is of {', '.join(meant)}.\n",
            _sizes(crowds),
            "## Replay over real answers (accuracy @ labour)\n",
            report.replayed(lines, names, meant),
            *(
                [f"## One parameter at a time ({SWEPT} replays)\n", report.swept(sweeps, meant)]
                if sweeps
                else []
            ),
            "## Market: accuracy (worst seed) @ labour; net of attackers / of honest people\n",
            *(report.market(played, group, several) for group in _groups(attacked)),
            f"## One thing changed (the lines below Evidence: {CHANGED} seeds)\n",
            report.market(played, [name for name in TELLING if "react" not in name], both),
            "## People who react to what pays\n",
            *(f"{name}\n\n{report.reacting(played, name, both)}" for name in reacting),
            "## A crowd of one known ability (accuracy @ answers per task)\n",
            report.planned(_plan(QUICK["drawn"] if quick else DRAWN)),
        ]
    )


def _play(quick: bool) -> dict[tuple[str, str], list[Result]]:
    found = {}
    for scenario in SCENARIOS:
        for market in MARKETS:
            found[scenario.name, market.name] = _seeds(market, scenario, quick, SEEDS)
        for market in ABLATIONS if scenario.name in TELLING else ():
            found[scenario.name, market.name] = _seeds(market, scenario, quick, CHANGED)
        _tell(scenario.name)
    return found


def _seeds(market: Market, scenario: Scenario, quick: bool, seeds: int) -> list[Result]:
    tasks, seeds = (QUICK["tasks"], QUICK["seeds"]) if quick else (TASKS, seeds)
    return [Run(market, scenario, seed, tasks).play() for seed in range(seeds)]


def _plan(drawn: int) -> dict[tuple[int, float, str], Expected]:
    found = {}
    for classes in CLASSES:
        for ability in ABILITIES:
            for name, policy in POLICIES.items():
                share = Fraction(ability).limit_denominator(100)
                found[classes, ability, name] = expected(policy, share, classes, drawn)
            for most in (3, 5):
                found[classes, ability, f"Majority of {most}"] = majority(most, ability, classes, drawn)
    return found


def _sizes(crowds: Sequence[Crowd]) -> str:
    rows = [
        [crowd.name, str(len(crowd.answers)), str(crowd.workers), str(crowd.classes), f"{crowd.per_item:.1f}"]
        for crowd in crowds
    ]
    return report.table(["set", "items", "workers", "classes", "answers per item"], rows)


def _groups(names: Sequence[str]) -> list[list[str]]:
    """The scenarios in tables of at most four columns."""
    return [list(names[at : at + 4]) for at in range(0, len(names), 4)]


_STARTED = time.monotonic()


def _tell(what: str) -> None:
    print(f"{time.monotonic() - _STARTED:6.0f} s  {what}", file=sys.stderr, flush=True)
