# SPDX-License-Identifier: Apache-2.0
"""A program whose start is measured: how it is called, where its files are, what it is given."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.result import CannotMeasure

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "four words in a row"  # of a wallet that lives as long as the measurement
NAME = "gems-desktop"
PROBE = "GEMS_USABLE_PROBE"  # gems_desktop/probing.py, which is not imported: it loads Qt


@dataclass(frozen=True)
class Program:
    """One command with its environment. password: what its first page asks for ("": nothing)."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()  # of the installation: what "cold" means for it
    password: str = ""
    cold: bool = True  # whether its cold starts are measured too
    probe: str = (
        ""  # the variable that names a file it writes, and ends, right before it paints its first whole page
    )


def built_folder(given: Path) -> Path:
    """The folder with the packaged program: `given`, or the current version in it; raises CannotMeasure."""
    given = given.resolve()
    current = given / "current"
    folders = [given, given / NAME]
    if current.is_file():
        folders.insert(0, given / "versions" / current.read_text("utf-8").strip())
    for folder in folders:
        if (folder / "_internal").is_dir() and (folder / NAME).is_file():
            return folder
    raise CannotMeasure(f"no packaged application in {given}: ./dev package makes one")


def ours(built: Path | None, home: Path | None, network: Path | None) -> list[Program]:
    """From source and, if there is one, packaged; with a profile of its own, and its wallet's password."""
    arguments: tuple[str, ...] = ("--lang", "en", "--theme", "light", "--size", "1366x768")
    if home is not None and network is not None:
        arguments += ("--home", str(home), "--network", str(network))
    password = PASSWORD if home is not None else ""
    source = (sys.executable, "-m", "gems_desktop", *arguments)
    python = (
        Path(sys.prefix),
        Path(sys.base_prefix) / "lib",
        ROOT / "gems_desktop",
        ROOT / "ui",
        ROOT / "resources",
    )
    found = [Program("source", source, {"PYTHONPATH": str(ROOT)}, python, password, probe=PROBE)]
    if built is not None:
        command = (str(built / NAME), *arguments)
        found.append(Program("packaged", command, {}, (built,), password, probe=PROBE))
    return found


def quiet_environment(display: Mapping[str, str], program: Program, home: Path) -> dict[str, str]:
    """What the program sees: the screen, a home, no bus, no GPU, nothing of this user's."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON", "LD_"))
    }
    kept |= {name: value for name, value in display.items() if not name.startswith(("XDG_", "PYTHON", "LD_"))}
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "VIRTUAL_ENV"):
        kept.pop(name, None)
    kept |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "LIBGL_ALWAYS_SOFTWARE": "1", "LANG": "C.UTF-8"}
    return kept | dict(program.environment)
