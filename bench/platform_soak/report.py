# SPDX-License-Identifier: Apache-2.0
"""The hour in tables: what each process held in each ten minutes, its slope, what the tables hold."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bench.keyboard_hour.accounts import slope
from bench.platform_soak.crowd import Tally
from bench.platform_soak.watching import Sample
from bench.result import Figure, Result

if TYPE_CHECKING:
    from bench.platform_soak.command import Seen

PART_S = 600.0
FLAT_MB = 6.0  # an hour, of the slope of the second half: what a line through noise may show
METHOD = (
    "Two processes that serve behind nginx, one that works, PostgreSQL with fsync, a practice chain in the crowd's "
    "process. The crowd sends {rate:.1f} answers a second in batches of 20 and two votes for each in batches of 40, "
    "claims through the relayer every five minutes, signs for what is spent every 30 s, keeps four event streams "
    "open. Every 30 s: own memory (Anonymous of smaps_rollup), open files; PostgreSQL and nginx with their children."
)


def tell(seen: Seen, tally: Tally, minutes: float) -> int:
    """Print everything, keep the figures; 1 when something is not as it must be."""
    from bench.__main__ import keep

    rate = tally.answers / (minutes * 60)
    print(
        f"\nIn {minutes:.0f} minutes: {tally.answers} answers, {tally.votes} votes, {tally.claims} claims; ",
        end="",
    )
    print(f"refused {dict(tally.refused)}; the slowest act took {tally.slowest:.1f} s.\n")
    faults = [*_memory(seen), *seen.books, *seen.errors]
    _tables(seen)
    print(f"\nConnections: {min(seen.connected)} to {max(seen.connected)}, at last {seen.connected[-1]}.")
    print(
        f"Tries that others' work cost, by process: {seen.contended}; asked again by the crowd: {tally.again}."
    )
    print(f"Errors in logs: {len(seen.errors)}, warnings: {len(seen.warnings)}.")
    for line in seen.warnings[:12]:
        print("   ", line[:200])
    for line in faults[:20]:
        print("  !", line[:300])
    figures = [
        Figure(f"{name}, own memory", "MB", tuple(one.own_mb for one in samples))
        for name, samples in seen.samples.items()
    ]
    figures += [
        Figure(f"{name}, open files", "files", tuple(float(one.files) for one in samples))
        for name, samples in seen.samples.items()
    ]
    figures.append(Figure("answers", "answers/s", (rate,)))
    keep("platform_soak", Result(METHOD.format(rate=rate), tuple(figures)))
    return 1 if faults else 0


def _memory(seen: Seen) -> list[str]:
    faults = []
    print("| process | what | " + " | ".join(_heads(seen)) + " | second half, MB an hour | CPU |")
    print("|" + "---|" * (len(_heads(seen)) + 4))
    for name, samples in seen.samples.items():
        half = samples[len(samples) // 2 :]
        rise = slope([(one.at / 3600, one.own_mb) for one in half])
        used = (samples[-1].cpu_s - samples[0].cpu_s) / max(1.0, samples[-1].at - samples[0].at)
        cells = [_three([one.own_mb for one in part]) for part in _parts(samples)]
        print(f"| {name} | own MB | " + " | ".join(cells) + f" | {rise:+.1f} | {100 * used:.1f} % |")
        cells = [_three([one.files for one in part]) for part in _parts(samples)]
        print("| | files | " + " | ".join(cells) + " | | |")
        if name.startswith(("serves", "works")) and rise > FLAT_MB and samples[-1].at > 3000:
            faults.append(f"{name} grows by {rise:.1f} MB an hour")
    return faults


def _parts(samples: list[Sample]) -> list[list[Sample]]:
    whole = max(1, round(samples[-1].at / PART_S))
    return [
        part
        for place in range(whole)
        if (part := [one for one in samples if min(whole - 1, one.at // PART_S) == place])
    ]


def _heads(seen: Seen) -> list[str]:
    samples = next(iter(seen.samples.values()))
    return [f"to {10 * (place + 1)} min" for place in range(len(_parts(samples)))]


def _three(values: list[float] | list[int]) -> str:
    return f"{min(values):.0f} / {statistics.median(values):.0f} / {max(values):.0f}"


def _tables(seen: Seen) -> None:
    first, last = seen.kept[0][1], seen.kept[-1][1]
    print(
        "\n| table | " + " | ".join(f"{at / 60:.0f} min" for at, _ in seen.kept) + " | KB at first, at last |"
    )
    print("|" + "---|" * (len(seen.kept) + 2))
    for name in last:
        counts = [found.get(name, (0, 0))[0] for _, found in seen.kept]
        if max(counts) > 20 or name.startswith("procrastinate"):
            sizes = f"{first.get(name, (0, 0))[1] // 1024}, {last[name][1] // 1024}"
            print(f"| {name} | " + " | ".join(str(count) for count in counts) + f" | {sizes} |")
