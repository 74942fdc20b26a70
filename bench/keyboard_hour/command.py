# SPDX-License-Identifier: Apache-2.0
"""`./dev bench keyboard-hour [--tasks N | --minutes M] [--pace MS] [--drop N]`: types, compares, says what was seen."""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.bench_memory import family, pss
from bench.keyboard_hour.accounts import Typed, differences, percentile, slope
from bench.keyboard_hour.photos import write_campaign
from bench.keyboard_hour.typist import Typist
from bench.result import CannotMeasure, Figure, Result
from tests.e2e.processes import Told
from tests.window.hands import Hands
from tests.window.x_screen import XScreen, missing

ROUND = 300
WARM = 500  # tasks before memory is taken for full: caches fill until then
METHOD = (
    "`python -m bench.keyboard_hour.seat` is the application itself on the xcb platform under Xvfb, software renderer, "
    "1366x768, on a local network of its own. A process outside of it presses keys through the X server (XTEST) and "
    "reads the server's frame buffer: each photo (1200x900, JPEG) carries its number in a strip of cells, so the wait "
    "from pressing Enter to the next photo's pixels holds everything: X, the key's way, the store, decoding, painting. "
    "Rounds of three batches of a hundred; between two rounds everything is sealed, sent, judged and paid. Compared: "
    "the photo on the screen and the key pressed, with the answers stored, in order, one edit each. Memory is the PSS "
    "of the window and its helpers after each hundred tasks; its slope is taken from task {warm} on."
)


def main(arguments: list[str]) -> int:
    """Measure once; 1 when a key was lost, when it cannot be measured, 0 else."""
    parser = argparse.ArgumentParser(prog="./dev bench keyboard-hour", description=__doc__)
    parser.add_argument("--tasks", type=int, default=3600)
    parser.add_argument("--minutes", type=float, default=0.0, help="stop after so long instead")
    parser.add_argument(
        "--pace", type=float, default=0.0, metavar="MS", help="from a photo to its key; 0: at once"
    )
    parser.add_argument(
        "--drop", type=int, action="append", default=[], help="leave out the key of this task"
    )
    options = parser.parse_args(arguments)
    lacks = missing()
    if lacks:
        print(f"keyboard-hour not measured: install {lacks}", file=sys.stderr)
        return 1
    try:
        found, lost = measure(options)
    except CannotMeasure as reason:
        print(f"keyboard-hour not measured: {reason}", file=sys.stderr)
        return 1
    from bench.__main__ import keep

    for figure in found.figures:
        print(f"{figure.name:44} {figure.median:10.2f} {figure.unit}", flush=True)
    keep(f"keyboard_hour_pace_{options.pace:.0f}", found)
    for line in lost[:20]:
        print(line)
    print(
        "No key was lost, doubled or misplaced."
        if not lost
        else f"{len(lost)} answers are not what was typed."
    )
    return 1 if lost else 0


def measure(options: argparse.Namespace) -> tuple[Result, list[str]]:
    """(figures, differences between what was typed and what is stored)."""
    count = options.tasks if not options.minutes else 4000
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gems-hour-")))
        (folder / "home").mkdir()
        print(f"drawing {count} photos", flush=True)
        samples = write_campaign(folder / "campaigns", count)
        photos = _by_hash(samples / "photos" / "media")
        print("starting the network", flush=True)
        network = Told(["-m", "gems_desktop.local", "--dir", str(folder / "network"), "--samples", str(samples)],
                       folder / "network.log")  # fmt: skip
        stack.callback(network.close)
        file = network.wait_for("ready", 900)
        screen = XScreen(folder)
        stack.callback(screen.end)
        os.environ.update(screen.environment(folder / "home"), XDG_RUNTIME_DIR=str(folder))
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ.pop(name, None)
        seat = Told(["-m", "bench.keyboard_hour.seat", str(folder / "home"), str(file)], folder / "seat.log")
        stack.callback(seat.close)
        hands = Hands(screen.name)
        stack.callback(hands.close)
        return _rounds(options, seat, Typist(screen, hands, options.pace / 1000, random.Random(1),
                                             frozenset(options.drop)), photos)  # fmt: skip


def _rounds(
    options: argparse.Namespace, seat: Told, typist: Typist, photos: dict[str, int]
) -> tuple[Result, list[str]]:
    memory: list[tuple[float, float]] = []
    stored: list[Typed] = []
    began = typing = 0.0

    def look(done: int) -> None:
        memory.append((done, sum(pss(each) for each in family(seat.pid)) / 1024))

    begun = time.monotonic()
    while len(typist.typed) < options.tasks and (
        not options.minutes or time.monotonic() - begun < options.minutes * 60
    ):
        seat.tell(str(min(ROUND, options.tasks - len(typist.typed))))
        ready: dict[str, Any] = seat.wait_for("ready", 300)
        began = time.monotonic()
        typist.round([tuple(cell) for cell in ready["cells"]], ready["tasks"], look)
        typing += time.monotonic() - began
        seat.tell("typed")
        found = seat.wait_for("stored", 120)
        stored += [Typed(photos.get(photo, -1), keys) for photo, keys in found]
        print(
            f"{len(typist.typed)} typed, {len(stored)} stored, {memory[-1][1] if memory else 0:.0f} MB",
            flush=True,
        )
        seat.wait_for("settled", 900)
    seat.tell("")
    seat.wait_for("resting", 120)
    idle = _idle(seat.pid)
    seat.tell("")
    lost = [f"{at}: the window did not go on" for at in typist.lost]
    return _result(typist, memory, typing, idle), lost + differences(typist.typed, stored)


def _idle(pid: int) -> float:
    """CPU seconds of the window and its helpers in ten seconds of rest, in percent of one core."""
    time.sleep(5)
    before = sum(_used(each) for each in family(pid))
    time.sleep(10)
    return (sum(_used(each) for each in family(pid)) - before) * 10


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _result(typist: Typist, memory: list[tuple[float, float]], typing: float, idle: float) -> Result:
    waits = typist.waits_ms
    warm = [point for point in memory if point[0] >= WARM] or memory
    figures = [
        Figure("tasks typed", "tasks", (float(len(typist.typed)),)),
        Figure("typing", "minutes", (typing / 60,)),
        Figure("Enter to next photo painted, median", "ms", (statistics.median(waits),)),
        Figure("Enter to next photo painted, p99", "ms", (percentile(waits, 0.99),)),
        Figure("Enter to next photo painted, most", "ms", (max(waits),)),
        Figure("CPU at rest afterwards", "% of a core", (idle,)),
    ]
    if memory:
        figures += [
            Figure(f"memory after {memory[0][0]:.0f}", "MB", (memory[0][1],)),
            Figure(f"memory after {memory[-1][0]:.0f}", "MB", (memory[-1][1],)),
            Figure("memory, largest", "MB", (max(size for _, size in memory),)),
            Figure(f"memory, slope from {warm[0][0]:.0f} on", "MB per 1000", (1000 * slope(warm),)),
        ]
    return Result(METHOD.format(warm=WARM), tuple(figures))


def _by_hash(media: Path) -> dict[str, int]:
    import hashlib

    return {
        f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}": int(path.stem)
        for path in media.glob("*.jpg")
    }
