# SPDX-License-Identifier: Apache-2.0
"""Writes what was measured as Markdown tables."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence

from bench.verification.expected import Expected
from bench.verification.market.setting import Result
from bench.verification.replay import Cell, Line

Played = Mapping[tuple[str, str], Sequence[Result]]  # (scenario, market): one result for each seed


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def replayed(lines: Sequence[Line], names: Sequence[str], meant: Sequence[str]) -> str:
    """Accuracy @ labour of each policy on each set, and over `meant` the mean and the errors of one removed."""
    single = lines[0].mean(meant)
    rows = []
    for line in lines:
        mean = line.mean(meant)
        removed = "–"
        if mean is not None and single is not None:
            removed = f"{(mean.accuracy - single.accuracy) / (1 - single.accuracy):.0%}"
        cells = [_cell(line.cells[name]) for name in names]
        rows.append([line.row.name, *cells, *_mean(mean), removed])
    spread = [cell.deviation for line in lines for cell in line.cells.values() if cell is not None]
    found = table(["policy", *names, "mean", "labour", "errors of one removed"], rows)
    middle, most = statistics.median(spread), max(spread)
    return f"{found}\nDeviation of a cell between replays: {middle:.3f} in the middle, {most:.3f} at most.\n"


def swept(lines: Sequence[Line], meant: Sequence[str]) -> str:
    """Means only."""
    return table(
        ["Evidence with", "mean", "labour"], ([line.row.name, *_mean(line.mean(meant))] for line in lines)
    )


def market(played: Played, scenarios: Sequence[str], markets: Sequence[str]) -> str:
    """Accuracy (worst seed) @ labour, and what attackers and honest people earn per unit of work."""
    rows = []
    for name in markets:
        row = [name]
        for scenario in scenarios:
            results = played.get((scenario, name))
            row.append(_result(results) if results else "–")
        rows.append(row)
    return table(["market", *scenarios], rows)


def reacting(played: Played, scenario: str, markets: Sequence[str]) -> str:
    """How people work who react to what pays, at the end of the run."""
    rows = []
    for name in markets:
        results = played.get((scenario, name))
        if not results:
            continue
        ways = {way: statistics.fmean(result.ways[way] for result in results) for way in results[0].ways}
        accuracy = statistics.fmean(result.accuracy for result in results)
        net = _net([result.attackers for result in results])
        rows.append([name, f"{accuracy:.3f}", net, *(f"{share:.0%}" for share in ways.values())])
    return table(["market", "accuracy", "net", "honest", "guess", "lazy verifier", "ring"], rows)


def planned(found: Mapping[tuple[int, float, str], Expected]) -> str:
    """Accuracy @ answers per task for crowds of one known ability."""
    policies = list(dict.fromkeys(name for _, _, name in found))
    keys = list(dict.fromkeys((classes, ability) for classes, ability, _ in found))
    rows = []
    for classes, ability in keys:
        cells = [found[classes, ability, name] for name in policies]
        rows.append(
            [str(classes), f"{ability:.2f}", *(f"{cell.accuracy:.3f} @{cell.labour:.2f}" for cell in cells)]
        )
    return table(["classes", "ability", *policies], rows)


def _cell(cell: Cell | None) -> str:
    return "–" if cell is None else f"{cell.accuracy:.3f} @{cell.labour:.1f}"


def _mean(cell: Cell | None) -> tuple[str, str]:
    return ("–", "–") if cell is None else (f"{cell.accuracy:.3f}", f"{cell.labour:.2f}")


def _result(results: Sequence[Result]) -> str:
    accuracy = [result.accuracy for result in results]
    parts = [f"{statistics.fmean(accuracy):.3f} ({min(accuracy):.2f})"]
    parts.append(f"@{statistics.fmean(result.labour for result in results):.1f}")
    nets = [_net([result.attackers for result in results]), _net([result.honest for result in results])]
    return f"{' '.join(parts)}; {' / '.join(nets)}"


def _net(values: Sequence[float | None]) -> str:
    there = [value for value in values if value is not None]
    return f"{statistics.fmean(there):+.2f}" if there else "–"
