# SPDX-License-Identifier: Apache-2.0
"""What the command line of the window may say; the standard library only, since it runs before everything else."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

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
    parser.add_argument(
        "--local", action="store_true", help="a local practice network (also without --network)"
    )
    parser.add_argument("--fresh", action="store_true", help="begin the local network and its profiles anew")
    parser.add_argument("--network", type=Path, metavar="FILE", help="the network.json to work on")
    parser.add_argument("--profile", default="", metavar="NAME", help="by default the one used last")
    parser.add_argument("--home", type=Path, metavar="DIR", help="where profiles are kept (or GEMS_HOME)")
    parser.add_argument("--lang", metavar="CODE", help="language of this run: en, ar")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--text-scale", type=_scale, metavar="PERCENT")
    parser.add_argument("--size", type=_size, metavar="WxH", help="size of the window")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="play the main job and write pictures there")
    found = parser.parse_args(arguments)
    if found.network is not None and (found.local or found.fresh):
        parser.error("--network and --local exclude each other")
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
    )
