# SPDX-License-Identifier: Apache-2.0
"""A profile as somebody has it who works: a wallet with a password, and photos that were leased and downloaded."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.package.programs import ROOT
from bench.result import CannotMeasure
from tests.e2e.processes import Told
from tests.window.x_screen import XScreen

PHOTOS = 300  # three batches of a hundred: so many the window gets (ADR 0012)
_DRAW = """import sys; from pathlib import Path; from bench.keyboard_hour.photos import write_campaign
write_campaign(Path(sys.argv[1]), int(sys.argv[2]))"""


@dataclass(frozen=True)
class Profile:
    """home: folder of profiles. network: file of the practice network it belongs to, which does not run any more.

    photo: one of those that were leased, JPEG."""

    home: Path
    network: Path
    photo: Path


def make(folder: Path, photos: int = PHOTOS) -> Profile:
    """Lease the photos in the application itself, then end it and the network; takes about a minute."""
    campaigns, home = folder / "campaigns", folder / "profile"
    home.mkdir()
    # drawn in another process: what this one has loaded of Qt could not become cold
    subprocess.run([sys.executable, "-c", _DRAW, str(campaigns), str(photos)], check=True, cwd=ROOT)
    arguments = ["-m", "gems_desktop.local", "--dir", str(folder / "network"), "--samples", str(campaigns)]
    network = Told(arguments, folder / "network.log")
    (folder / "seat").mkdir()
    screen = XScreen(folder / "seat")
    before = dict(os.environ)
    try:
        file = Path(network.wait_for("ready", 300))
        os.environ.update(screen.environment(home), XDG_RUNTIME_DIR=str(folder))
        seat = Told(["-m", "bench.package.seat", str(home), str(file), str(photos)], folder / "seat.log")
        try:
            seat.tell(str(photos))
            seat.wait_for("ready", 300)
            _downloaded(home, photos)
        finally:  # it is killed in the middle of its first task: nothing is lost by that (tests/window)
            seat.close()
    finally:
        os.environ.clear()
        os.environ.update(before)
        screen.end()
        network.close()
    return Profile(home, file, campaigns / "photos" / "media" / "0.jpg")


def _downloaded(home: Path, photos: int) -> None:
    """Wait until the photos are in the profile: the platform will be gone."""
    end = time.monotonic() + 120
    while (found := sum(path.is_file() for path in home.rglob("media/**/*"))) < photos:
        if time.monotonic() > end:
            raise CannotMeasure(f"{found} of {photos} photos were downloaded")
        time.sleep(0.5)
