# SPDX-License-Identifier: Apache-2.0
"""`./dev bench package [--built FOLDER] [--with-peers [FOLDER]] [--part PART] [--runs N] [--cold N] [--peer NAME]`."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.bench_memory import IDLE_S
from bench.package import budgets, cold, label_studio, peers, profile, programs, sizes, starts, tasks
from bench.package.programs import ROOT, Program
from bench.platform import peer as label_studio_server
from bench.result import CannotMeasure, Figure, Result
from tests.window.x_screen import missing

PARTS = ("sizes", "starts", "tasks")
NAMES = (*peers.PEERS[:-1], "label-studio")
METHOD = (
    "Each program starts on an Xvfb of its own (1366x768, no window manager, no GPU, software rendering). An outside "
    "process compares the server's pixels every few milliseconds. First paint: the first picture with something on it. "
    "First page: it looks as it did when the warm-up came to rest. What ours shows until GEMS_USABLE_PROBE is written "
    "is not taken for that page; the probe is written right before the page is painted and ends the program, so it is "
    "asked in a start of its own and gives no time. Usable: the same behind the password, where one is asked for "
    "(ours, Electrum); the typing is left out, from Enter on it counts again. Ours opens a wallet and {photos} leased "
    "tasks, Electrum a wallet, both offline. Rounds go through all programs, all have the same noise. Memory is PSS of "
    "the program and all its children {idle:.0f} s after it was usable. Cold: {cold}."
)


def main(arguments: list[str]) -> int:
    """Measure, print, keep; 1 when it cannot be measured."""
    parser = argparse.ArgumentParser(prog="./dev bench package", description=__doc__)
    parser.add_argument("--built", type=Path, default=ROOT / "dist" / "gems-desktop", metavar="FOLDER")
    parser.add_argument(
        "--archive", type=Path, metavar="FILE", help="the download; else the newest beside the folder"
    )
    parser.add_argument("--with-peers", type=Path, nargs="?", const=Path(), metavar="FOLDER",
                        help="install them there, or use what is there")  # fmt: skip
    parser.add_argument("--peer", action="append", choices=NAMES, help="only these")
    parser.add_argument("--part", action="append", choices=PARTS, help="only these")
    parser.add_argument("--runs", type=int, default=5, help="warm starts of each")
    parser.add_argument("--cold", type=int, default=3, help="cold starts of each")
    parser.add_argument("--tasks", type=int, default=500)
    parser.add_argument("--label-studio", type=Path, metavar="VENV", help="where it is installed already")
    options = parser.parse_args(arguments)
    if lacks := missing():
        print(f"package not measured: install {lacks}", file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="gems-package-", ignore_cleanup_errors=True) as folder:
            figures = measure(options, Path(folder))
    except CannotMeasure as reason:
        print(f"package not measured: {reason}", file=sys.stderr)
        return 1
    from bench.__main__ import keep

    keep(
        "package",
        Result(METHOD.format(idle=IDLE_S, cold=cold.how(), photos=_photos(options)), tuple(figures)),
    )
    _print(figures)
    return 0


def _print(figures: list[Figure]) -> None:
    for one in figures:
        print(
            f"{one.name:52} {one.median:10.2f} {one.minimum:10.2f} {one.maximum:10.2f} {one.unit}", flush=True
        )
    for held in budgets.check({one.name: one.median for one in figures}):
        of = f" x {held.of}" if held.of else ""
        word = "met" if held.met else "MISSED"
        print(f"{word:7} {held.what:36} {held.seen:8.2f} of at most {held.most:g}{of}")


def measure(options: argparse.Namespace, folder: Path) -> list[Figure]:
    """All figures of the parts that are wanted; raises CannotMeasure."""
    parts = options.part or list(PARTS)
    built = programs.built_folder(options.built)
    found: list[Figure] = []
    home = folder / "home"
    home.mkdir()
    others = list(_peers(options, folder, home))
    if "sizes" in parts:
        archive = options.archive or sizes.find_archive(options.built.resolve())
        for size in (sizes.ours(built, archive), *(one.size for one in others)):
            found += _size_figures(size)
    if "starts" not in parts and "tasks" not in parts:
        return found
    print("leasing photos", flush=True)
    (folder / "made").mkdir()
    made = profile.make(folder / "made", _photos(options))
    wanted = programs.ours(built, made.home, made.network)
    with contextlib.ExitStack() as stack:
        beside = [one.program for one in others]
        if "starts" in parts:
            beside = [_opened(one, stack, options, folder, home, made.photo) for one in beside]
            pages = {one.name: _learn(one, folder, home) for one in (*wanted, *beside)}
            found += _starts(options, [*wanted, *beside], pages, folder, home)
        else:
            pages = {one.name: _learn(one, folder, home) for one in wanted[-1:]}
    if "tasks" in parts:
        for one in wanted[-1:]:  # the packaged one
            print(f"typing {options.tasks} tasks into {one.name}", flush=True)
            try:
                held = tasks.run(one, pages[one.name], made, folder, options.tasks)
                found += _task_figures(one.name, held)
            except CannotMeasure as reason:
                print(f"the tasks are left out: {reason}", flush=True)
    return found


def _photos(options: argparse.Namespace) -> int:
    """How many are leased: one more than is typed, so that the last task leads to another one."""
    typed = options.tasks + 1 if "tasks" in (options.part or PARTS) else 0
    return max(profile.PHOTOS, typed)


def _peers(options: argparse.Namespace, folder: Path, home: Path) -> Iterator[peers.Peer]:
    if options.with_peers is None:
        return
    place = options.with_peers.resolve() if options.with_peers != Path() else folder / "peers"
    for name in options.peer or NAMES:
        try:
            yield peers.find("chromium" if name == "label-studio" else name, place, home)
        except CannotMeasure as reason:
            print(f"{name} is left out: {reason}", flush=True)


def _opened(
    program: Program,
    stack: contextlib.ExitStack,
    options: argparse.Namespace,
    folder: Path,
    home: Path,
    photo: Path,
) -> Program:
    """The browser with Label Studio's page in it; every other program as it is."""
    if program.name != "chromium":
        return program
    print("starting Label Studio's server", flush=True)
    venv = options.label_studio or options.with_peers.resolve() / "label-studio"
    place = label_studio_server.install(venv)
    return stack.enter_context(label_studio.page(program, place, folder, home, photo))


def _learn(program: Program, folder: Path, home: Path) -> starts.Pages:
    print(f"warming up {program.name}", flush=True)
    return starts.learn(program, folder, home)


def _starts(
    options: argparse.Namespace,
    wanted: list[Program],
    pages: dict[str, starts.Pages],
    folder: Path,
    home: Path,
) -> list[Figure]:
    found: dict[tuple[str, str], list[float]] = {}
    for number in range(options.runs + options.cold):
        is_cold = number >= options.runs
        for one in (one for one in wanted if not is_cold or one.cold):
            try:
                seen = starts.start(one, pages[one.name], folder, home, cold=is_cold, idle=not is_cold)
            except CannotMeasure as reason:
                print(f"{one.name}, run {number + 1} is left out: {reason}", flush=True)
                continue
            warm = "cold" if is_cold else "warm"
            values = {f"first paint, {warm}": seen.first_paint, f"first page, {warm}": seen.first_page,
                      f"usable, {warm}": seen.usable, f"CPU until then, {warm}": seen.cpu}  # fmt: skip
            if not is_cold:
                values["memory idle"] = seen.idle_mb
            for name, value in values.items():
                found.setdefault((one.name, name), []).append(value)
        print(f"round {number + 1} of {options.runs + options.cold}", flush=True)
    return [
        Figure(f"{program}: {name}", "MB" if name.startswith("memory") else "s", tuple(values))
        for (program, name), values in sorted(found.items(), key=lambda one: one[0][1])
    ]


def _size_figures(size: sizes.Size) -> list[Figure]:
    known = [("download", size.download / sizes.MB, "MB")] if size.download else []
    known.append(("installed", size.installed / sizes.MB, "MB"))
    return [
        Figure(f"{size.name}: {name}", unit, (float(value),))
        for name, value, unit in (*known, ("files", size.files, "files"))
    ]


def _task_figures(name: str, held: tasks.Held) -> list[Figure]:
    values = [("memory before the tasks", held.idle), (f"memory after {held.tasks} tasks", held.after),
              ("memory at the most", held.most)]  # fmt: skip
    return [Figure(f"{name}: {what}", "MB", (value,)) for what, value in values]
