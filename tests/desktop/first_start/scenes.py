# SPDX-License-Identifier: Apache-2.0
"""Scenes of first starts for the real window, played as those of tests/e2e: HOME NETWORK SCENE."""

from __future__ import annotations

import sys

from gems_desktop.playing import START_S
from tests.e2e import scenes
from tests.e2e.scenes import Scene, tell


async def going_back(scene: Scene) -> None:
    """A newer profile is refused; the copy from before the update is taken after it was said what that means."""
    await scene.driver.until(lambda: scene.app.props.phase == "failed", "the refusal", START_S)
    await scene.driver.settle()
    refused = scene.driver.texts()
    await scene.driver.click("goBack")
    await scene.driver.settle()
    meaning = scene.driver.texts()
    await scene.driver.click_text("Go on with the copy")
    await scene.driver.until(lambda: scene.app.props.phase in ("welcome", "open"), "the way in", START_S)
    tell(refused=refused, meaning=meaning, phase=scene.app.props.phase)


scenes.SCENES["going_back"] = going_back

if __name__ == "__main__":
    sys.exit(scenes.main(*sys.argv[1:]))
