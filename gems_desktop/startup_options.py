# SPDX-License-Identifier: Apache-2.0
"""What the command line of the window may say; nothing but the standard library: it runs before everything else."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from gems_desktop import __version__
from gems_desktop.languages import LANGUAGES, PSEUDO

THEMES = ("system", "light", "dark", "contrast")
MIN_SCALE, MAX_SCALE = 100, 200  # percent


@dataclass(frozen=True, slots=True)
class Options:
    """One run of the window. `home` holds all profiles; None means the system's place for application data."""

    local: bool = False
    fresh: bool = False
    network: Path | None = None
    profile: str = "default"  # "": the one used last
    home: Path | None = None
    language: str | None = None
    theme: str | None = None
    text_scale: int | None = None
    size: tuple[int, int] | None = None
    tour: Path | None = None
    every: bool = False
    catalogue: bool = False
    where: bool = False
    self_test: bool = False
    report: Path | None = None


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (
        width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 8192 and 200 <= int(height) <= 8192
    ):
        raise argparse.ArgumentTypeError("a size is written 1366x768")
    return int(width), int(height)


def _scale(text: str) -> int:
    if not text.isdecimal() or not MIN_SCALE <= int(text) <= MAX_SCALE:
        raise argparse.ArgumentTypeError(f"a percentage from {MIN_SCALE} to {MAX_SCALE}")
    return int(text)


def parse(arguments: list[str]) -> Options:
    """The options of `arguments` (without the program's name); exits with a message when they are wrong."""
    parser = argparse.ArgumentParser(prog="gems-desktop", description="Do small tasks and be paid for them.")
    parser.add_argument("--version", action="version", version=f"Gems Desktop {__version__}")
    parser.add_argument(
        "--local", action="store_true", help="a local practice network (also without --network)"
    )
    parser.add_argument("--fresh", action="store_true", help="begin the local network and its profiles anew")
    parser.add_argument("--network", type=Path, metavar="FILE", help="the network.json to work on")
    parser.add_argument("--profile", default="", metavar="NAME", help="by default the one used last")
    parser.add_argument("--home", type=Path, metavar="DIR", help="where profiles are kept (or GEMS_HOME)")
    spoken = (*LANGUAGES, PSEUDO)
    parser.add_argument(
        "--lang", metavar="CODE", choices=spoken, help="language of this run, such as es or ar"
    )
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--text-scale", type=_scale, metavar="PERCENT")
    parser.add_argument("--size", type=_size, metavar="WxH", help="size of the window")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="play the main job and write pictures there")
    parser.add_argument(
        "--catalogue", action="store_true", help="show every component instead of the application"
    )
    parser.add_argument(
        "--where", action="store_true", help="say where wallets, work, logs and copies are; changes nothing"
    )
    parser.add_argument(
        "--self-test", action="store_true", help="check that this copy works here; touches no profile"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="with --self-test: the results as JSON")
    parser.add_argument("--every", action="store_true", help="with --tour: every screen in every look (long)")
    found = parser.parse_args(arguments)
    if found.network is not None and (found.local or found.fresh):
        parser.error("--network and --local exclude each other")
    if found.every and found.tour is None:
        parser.error("--every belongs to --tour DIR")
    if found.report is not None and not found.self_test:
        parser.error("--report belongs to --self-test")
    home = found.home or (Path(os.environ["GEMS_HOME"]) if os.environ.get("GEMS_HOME") else None)
    return Options(
        local=found.network is None,
        fresh=found.fresh,
        network=found.network,
        profile=found.profile,
        home=home.absolute() if home is not None else None,
        language=found.lang,
        theme=found.theme,
        text_scale=found.text_scale,
        size=found.size,
        tour=found.tour,
        every=found.every,
        catalogue=found.catalogue,
        where=found.where,
        self_test=found.self_test,
        report=found.report,
    )
