# SPDX-License-Identifier: Apache-2.0
"""Draws accuracy against cost, for each set and the mean, and the market as bars."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.verification.replay import Cell, Line
from bench.verification.report import Played

#: How a family of policies is drawn: colour, marker, and whether its points are joined.
STYLE = {
    "majority": ("tab:gray", "o", True),
    "Dawid-Skene": ("tab:brown", "s", True),
    "Dawid-Skene + gold": ("tab:brown", "*", False),
    "sequential vote": ("black", "x", False),
    "consensus": ("tab:blue", "^", False),
    "consensus, no gold": ("lightskyblue", "^", False),
    "consensus, no cap": ("navy", "^", False),
    "gram": ("tab:purple", "v", False),
    "girm": ("tab:pink", "P", False),
    "routing": ("tab:olive", "*", False),
    "evidence": ("tab:orange", "D", False),
    "evidence, no gold": ("gold", "D", False),
    "evidence, no cap": ("tab:green", "D", False),
    "evidence, miner routed": ("tab:red", "D", False),
}


def figure(columns: int, rows: int, width: float, height: float) -> tuple[Any, Any]:
    """A figure without any display; imported late, since only the benchmark's lock holds matplotlib."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    drawn: Any = plt.subplots(rows, columns, figsize=(width, height), squeeze=False, layout="constrained")
    made, places = drawn
    return made, places


def frontier(lines: Sequence[Line], names: Sequence[str], meant: Sequence[str], path: Path) -> None:
    """Accuracy against labour: one picture for each set, the last one the mean."""
    columns = min(3, len(names) + 1)
    rows = -(-(len(names) + 1) // columns)
    made, axes = figure(columns, rows, 5.2 * columns, 3.9 * rows)
    flat = [axis for row in axes for axis in row]
    for axis, name in zip(flat, [*names, ""], strict=False):
        points = [(line.row.family, line.cells[name] if name else line.mean(meant)) for line in lines]
        _scatter(axis, points)
        axis.set_title(name or f"mean of {len(meant)} sets")
        axis.set_xlabel("answers bought per item, known ones included")
        axis.set_ylabel("accuracy")
        axis.grid(alpha=0.3)
    for axis in flat[len(names) + 1 :]:
        axis.axis("off")
    flat[len(names)].legend(fontsize=7, loc="lower right")
    made.savefig(path, dpi=90)


def _scatter(axis: Any, points: Sequence[tuple[str, Cell | None]]) -> None:
    for family, (colour, marker, joined) in STYLE.items():
        cells = [cell for name, cell in points if name == family and cell is not None]
        if cells:
            axis.plot(
                [cell.labour for cell in cells],
                [cell.accuracy for cell in cells],
                color=colour,
                marker=marker,
                markersize=5,
                linestyle="-" if joined else "none",
                label=family,
            )


def market_bars(played: Played, scenarios: Sequence[str], markets: Sequence[str], path: Path) -> None:
    """Two rows of bars: what is delivered, and what attacking earns beside honest work."""
    made, axes = figure(1, 2, 1.2 + 1.5 * len(scenarios), 9)
    width = 0.8 / len(markets)
    for at, name in enumerate(markets):
        results = [played[scenario, name] for scenario in scenarios]
        places = [place + at * width for place in range(len(scenarios))]
        accuracy = [statistics.fmean(one.accuracy for one in found) for found in results]
        axes[0][0].bar(places, accuracy, width, label=name)
        nets = [statistics.fmean(one.attackers or 0.0 for one in found) for found in results]
        axes[1][0].bar(places, nets, width)
    for axis, title in (
        (axes[0][0], "accuracy of the second half"),
        (axes[1][0], "attackers' net per unit of work"),
    ):
        axis.set_xticks([place + 0.4 for place in range(len(scenarios))], scenarios, fontsize=8)
        axis.set_title(title)
        axis.grid(axis="y", alpha=0.3)
    axes[1][0].axhline(0.6, color="black", linestyle=":", linewidth=1)
    axes[0][0].legend(fontsize=7, ncols=2, loc="lower left")
    made.savefig(path, dpi=90)
