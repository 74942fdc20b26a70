# SPDX-License-Identifier: Apache-2.0
"""A verifier: a hundred reviews without a line by single keys, rejections with reason and mark, and what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.window.x_scene import Key, XScene

#: Which of them get another verdict than yes.
REJECTED, SKIPPED, TAKEN_BACK = (3, -2), 5, 4  # a saying near the begin, a photo near the end


def moved_on(screen: Any, item_id: str) -> Callable[[], bool]:
    """Whether another answer is on the screen."""
    return lambda: bool(screen.itemId != item_id)


def back_on(screen: Any, item_id: str) -> Callable[[], bool]:
    """Whether this answer is on the screen, drawn."""
    return lambda: bool(screen.itemId == item_id and screen.shown)


async def a_hundred(scene: XScene, author: str) -> dict[str, Any]:
    """Take a hundred, cut the line, judge them by A, R with a reason, S and U; seal; send when the line is back."""
    driver, screen = scene.driver, scene.player.screen("review")
    await scene.player.page("review")
    await driver.click_text("Take 100 reviews")
    await driver.until(lambda: screen.stage == "review", "the first review", 90)
    await work_offline(scene, True)
    await scene.player.page("review")
    begun, named, count = time.monotonic(), 0, screen.queued
    for at in range(count):
        await driver.until(lambda: screen.shown, "the drawn answer")
        item_id = screen.itemId
        named += author.lower()[2:10] in " ".join(driver.texts()).lower()
        if at in REJECTED or at - count in REJECTED:
            await reject(scene)
        else:
            await driver.type("s" if at == SKIPPED else "a")
        await driver.until(moved_on(screen, item_id), "the next one")
        if at == TAKEN_BACK:
            await driver.until(lambda: screen.shown, "the drawn answer")
            await driver.type("u")
            await driver.until(back_on(screen, item_id), "the one before")
            await driver.type("a")
            await driver.until(moved_on(screen, item_id), "the next one")
    took = time.monotonic() - begun
    await driver.until(lambda: screen.stage == "seal", "the end")
    summary = driver.texts()
    await work_offline(scene, False)
    await scene.player.page("review")
    await seal(scene)
    return {"seconds": took, "named": named, "count": count, "summary": summary}


async def reject(scene: XScene) -> None:
    """No, with the first reason by its digit, and in a photo the place where the fault is."""
    driver, screen = scene.driver, scene.player.screen("review")
    await driver.type("r")
    await driver.until(lambda: screen.rejecting, "the reasons")
    await driver.key(Key.Key_Return)  # not without a reason
    await driver.until(lambda: screen.reasonMissing, "what is missing")
    await driver.type("1")
    await driver.until(lambda: screen.reason, "the reason")
    place = driver.item("canvas")
    if place is not None:
        await driver.type("m")
        await driver.until(lambda: screen.marking, "the question where")
        await driver.click_at(place, 0.5, 0.5)  # the place is shown with the mouse
        await driver.until(lambda: screen.markText, "the mark")
    await driver.key(Key.Key_Return)


async def work_offline(scene: XScene, offline: bool) -> None:
    """Cut the line, or put it back, by the settings' switch."""
    await scene.player.page("settings")
    await scene.driver.click("section.network")
    await scene.driver.click("workOffline")
    await scene.driver.until(lambda: scene.startup.paused is offline, "the line")


async def seal(scene: XScene) -> None:
    """Sign the verdicts; back at the pause when they have left."""
    screen = scene.player.screen("review")
    await scene.driver.until(lambda: screen.stage == "seal", "the sum of the sitting")
    await scene.driver.click("pauseAction")
    await scene.driver.until(lambda: screen.stage not in ("seal", "review"), "the sealed verdicts", 90)

    async def sent() -> bool:
        return not {"SEALED", "SENDING", "FINISHED"} & set((await scene.states()).values())

    await scene.driver.until(sent, "the verdicts sent", 120)


async def own_record(scene: XScene) -> list[str]:
    """What the page says of verdicts that did not stand, once some are settled; the corrected tasks go to others."""
    await scene.player.page("review")
    await scene.driver.until(lambda: scene.says("overturned"), "the own share of overturned verdicts", 90)
    return scene.driver.texts()
