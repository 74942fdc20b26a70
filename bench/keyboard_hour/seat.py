# SPDX-License-Identifier: Apache-2.0
"""The real application, seated before a typist: it leases and sends between two rounds, and hears nothing of the keys.

    python -m bench.keyboard_hour.seat HOME NETWORK

While somebody types, what drives it waits for a line on its standard input, so only the application itself runs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF

from bench.keyboard_hour.photos import CELLS, TITLE, place
from gems_desktop.items.image_canvas import ImageCanvas
from gems_desktop.main import start
from gems_desktop.services.doing import task_facts
from gems_desktop.services.records import EditRecord, ItemRecord
from gems_desktop.shown import Shown
from gems_desktop.startup import Startup
from gems_desktop.startup_options import Options
from tests.e2e.scenes import PASSWORD, tell, told
from tests.window.hands import Hands
from tests.window.x_scene import Key, XScene

BATCH, BATCHES = 100, 3  # so many may be open at a time (ADR 0012)
SETTLED_S = 600.0
MEGABYTES = 10_000


async def sit(scene: XScene) -> None:
    """Rounds of three batches until the test says that it is enough; then every answer in the order it was given."""
    await scene.player.make_wallet(PASSWORD)
    await scene.session.settings.change(megabytes_per_day=MEGABYTES)  # the usual hundred are 300 photos
    while True:
        wanted = int((await told()).strip() or "0")
        if not wanted:
            break
        await _lease(scene, wanted)
        tell(ready={"cells": await _cells(scene), "tasks": wanted})
        await told()
        await scene.driver.until(lambda: scene.work.stage == "seal", "the end of the round")
        tell(stored=await _stored(scene))
        await scene.player.seal_and_send()
        await scene.driver.until(_settled(scene), "the verdicts", SETTLED_S)
        tell(settled=True)
    await scene.player.page("home")
    tell(resting=True)
    await told()


async def _lease(scene: XScene, wanted: int) -> None:
    while wanted > 0:
        await scene.player.take(TITLE, min(BATCH, wanted))
        wanted -= BATCH
    if scene.player.screen("work").folded != 1:
        await scene.driver.key(
            Key.Key_F3
        )  # the instructions are known: each photo has the same place from now on
        await scene.driver.until(lambda: scene.work.folded == 1, "folded instructions")
    await scene.driver.settle()


async def _cells(scene: XScene) -> list[tuple[int, int]]:
    """Where on the screen the cells of the photo's strip are."""
    canvas = await scene.driver.see("canvas")
    assert isinstance(canvas, ImageCanvas)
    await scene.driver.until(lambda: canvas.property("ready"), "the photo")
    found = []
    for cell in range(CELLS):
        at = canvas.point_of(*place(cell))
        found.append(scene.driver.on_screen(canvas.mapToScene(QPointF(at.x(), at.y())).toPoint()))
    return found


async def _stored(scene: XScene) -> list[tuple[str, str]]:
    """(picture, keys that arrived) of every finished answer that is not sealed yet, in the order of the keys."""

    def read(tx: Any) -> list[tuple[int, str, str]]:
        found = []
        for item in tx.find(ItemRecord, kind="work", state="FINISHED"):
            facts = task_facts(tx, item)
            edits = tx.find(EditRecord, item_id=item.item_id, order="seq")
            last = "|".join(facts.answer[0]["value"]["choices"]) if facts.answer else ""
            found.append((edits[0].seq if edits else 0, facts.data["photo"], f"{last} {len(edits)}"))
        return sorted(found)

    return [(photo, keys) for _, photo, keys in await scene.session.context.store.run(read)]


def _settled(scene: XScene) -> Any:
    async def settled() -> bool:
        return set((await scene.states()).values()) <= {"PAID"}

    return settled


def main(home: str, network: str) -> int:
    """Sit until told to stop; the exit code."""
    hands = Hands(os.environ["DISPLAY"])

    async def drive(shown: Shown, startup: Startup) -> int:
        scene = XScene(shown, startup, hands)
        await scene.driver.take_keyboard()
        await sit(scene)
        return 0

    options = Options(home=Path(home), network=Path(network), language="en", theme="light", size=(1366, 768))
    return start(options, drive)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
