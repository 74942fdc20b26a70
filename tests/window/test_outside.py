# SPDX-License-Identifier: Apache-2.0
"""The application as it is started by hand, with nothing of the tests in its process: keys in, pixels out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from tests.e2e.processes import ROOT
from tests.e2e.scenes import PASSWORD
from tests.window.hands import Hands
from tests.window.life import Life
from tests.window.x_screen import XScreen

PATIENCE_S = 60.0
TRIES = 6
#: Where the rail's first two entries are at 1366x768 in English, beside their words.
HOME, FIND_WORK = (172, 90), (172, 130)


def seen(
    condition: Callable[[], bool], what: str, process: subprocess.Popen[bytes], patience_s: float = PATIENCE_S
) -> None:
    """Wait until the screen shows it; the process ends the waiting too."""
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end, f"never seen: {what}"
        assert process.poll() is None, f"it ended before {what}"
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue


def test_a_start_by_hand_unlocked_and_paged_by_keys(life: Life, on_screen: XScreen) -> None:
    command = [sys.executable, "-m", "gems_desktop", "--network", str(life.network_file), "--home", str(life.home),
               "--lang", "en", "--theme", "light", "--size", "1366x768"]  # fmt: skip
    empty = on_screen.print()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    hands = Hands(os.environ["DISPLAY"])

    def chosen(place: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether one entry of the rail has a ground of its own, and the other one that of an entry further down."""
        further = on_screen.pixel(other[0], other[1] + 4 * (FIND_WORK[1] - HOME[1]))
        return on_screen.pixel(*place) != on_screen.pixel(*other) == further

    try:
        seen(lambda: on_screen.print() != empty, "a window", process)
        seen((life.home / "profiles" / "default" / "gems.db-wal").exists, "the profile", process)
        for _ in range(TRIES):  # the field for the password may not be there yet
            hands.focus_window()
            hands.key("a", "Control")
            hands.type(PASSWORD)
            hands.key("Return")
            with suppress(AssertionError):
                seen(lambda: chosen(HOME, FIND_WORK), "Home", process, 5)
                break
        hands.key("2", "Control")
        seen(lambda: chosen(FIND_WORK, HOME), "Find work", process)
        hands.key("1", "Control")
        seen(lambda: chosen(HOME, FIND_WORK), "Home again", process)
    finally:
        process.send_signal(signal.SIGTERM)
        hands.close()
        code = process.wait(60)
    assert code == 0
