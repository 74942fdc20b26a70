# SPDX-License-Identifier: Apache-2.0
"""The real application on an X screen, as a process of its own, with a scene at its keyboard and mouse.

    python -m tests.window.played HOME NETWORK SCENE MANY

A scene presses through the X server and sees what is visible; it tells what it reached as JSON lines and waits for
lines of the test on its standard input.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from gems_desktop.driving import NotSeen
from gems_desktop.main import start
from gems_desktop.shown import Shown
from gems_desktop.startup import Startup
from gems_desktop.startup_options import Options
from tests.e2e.scenes import tell
from tests.window import scenes_again, scenes_begin
from tests.window.hands import Hands
from tests.window.x_scene import XScene

SCENES = {"begin": scenes_begin.play, "again": scenes_again.play}


def main(home: str, network: str, name: str, many: str) -> int:
    """Play one scene; the exit code."""
    hands = Hands(os.environ["DISPLAY"])

    async def drive(shown: Shown, startup: Startup) -> int:
        scene = XScene(shown, startup, hands, int(many))
        try:
            await scene.driver.take_keyboard()
            await SCENES[name](scene)
        except (NotSeen, AssertionError) as missing:
            where = traceback.extract_tb(missing.__traceback__)
            lines = [f"{Path(at.filename).name}:{at.lineno}" for at in where]
            tell(error=str(missing), at=lines, problem=[shown.model.problemMessage, shown.model.problemSafe])
            return 1
        return 0

    options = Options(home=Path(home), network=Path(network), language="en", theme="light", size=(1366, 768))
    code = start(options, drive)
    hands.close()
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
