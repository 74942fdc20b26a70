# SPDX-License-Identifier: Apache-2.0
"""A newcomer: language, wallet, practice, the first paid task; then five batches, done without a line, and a crash."""

from __future__ import annotations

import time
from typing import Any

from tests.e2e.scenes import PASSWORD, tell, told
from tests.window.campaigns import BIRDS, HURT, MOODS, SAYINGS
from tests.window.x_scene import CTRL, SHIFT, Key, XScene

CORNERS = ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6))
OUTLINED = 3
#: Keys of a saying: which is better and its tone; of a photo: what it shows and how clear it is.
SAYING, PHOTO = ("1q", "2s"), ("y4", "n2")


async def play(scene: XScene) -> None:
    """From nothing to two hundred answers on this computer; the test ends the process in the middle of a polygon."""
    tell(first=await first_paid_task(scene))
    tell(chosen=await choosing(scene))
    tell(veiled=await disturbing(scene))
    await scene.player.take(SAYINGS, scene.many)
    await scene.player.take(BIRDS, scene.many)
    tell(leased=await scene.states())
    await told()  # the platform is gone now
    tell(keys=await own_keys(scene))
    done = await offline(scene)
    canvas = await scene.corners(*CORNERS[:3])
    tell(half={"done": done, "states": await scene.states(), "answer": await _answer(scene), "item": scene.work.itemId,
               "drawing": bool(canvas.property("drawing"))})  # fmt: skip
    await told()


async def _answer(scene: XScene) -> Any:
    return (await scene.session.work.open(scene.work.itemId)).answer


async def first_paid_task(scene: XScene) -> dict[str, Any]:
    """Scenario 1: how many screens, clicks and keys it takes, and how long, with nothing bought or staked."""
    begun, pages = time.monotonic(), []

    async def seen(name: str) -> None:
        pages.append(name)

    await scene.player.make_wallet(PASSWORD, seen)
    passed = await practise(scene, pages)
    before = await scene.everything()
    await scene.player.take(MOODS, 1)
    texts = scene.driver.texts()
    await scene.next_task("1")
    await scene.player.seal_and_send()
    await scene.driver.until(_delivered(scene), "the receipt", 60)
    return {
        "pages": [*pages, "find work", "work"],
        "seconds": time.monotonic() - begun,
        "clicks": scene.driver.clicks,
        "keys": scene.driver.keys,
        "practice": passed,
        "texts": texts,
        "before": before["money"],
        "gas_coin": before["gas_coin"],
    }


async def practise(scene: XScene, pages: list[str]) -> bool:
    """The three examples by keys, which open by themselves; whether they count as done."""
    practice = scene.player.screen("firstPractice")

    async def done() -> bool:
        return bool((await scene.session.settings.facts()).practised)

    if not await done():
        await scene.driver.until(lambda: practice.stage == "task", "the practice")
        pages.append("practice")
        for key in "123":
            await scene.driver.type(key)
            await scene.driver.until(lambda: practice.complete, "an answer")
            await scene.driver.key(Key.Key_Return)
        await scene.driver.until(lambda: practice.stage == "result", "the result")
    await scene.driver.until(done, "the practice passed")
    return True


def _delivered(scene: XScene) -> Any:
    async def there() -> bool:
        return "DELIVERED" in (await scene.states()).values()

    return there


async def choosing(scene: XScene) -> dict[str, Any]:
    """Scenarios 2 and 13: what is said before a batch is taken; watched from its page, blocked and let in again."""
    await scene.player.look_at(BIRDS)
    facts = scene.driver.texts()
    await scene.driver.click("watchCampaign")
    await scene.driver.read("Watched")
    return {"facts": facts}


async def disturbing(scene: XScene) -> dict[str, Any]:
    """Scenario 20: announced, covered until it is asked for, left at no cost, and its category kept away for good."""
    await scene.player.look_at(HURT)
    announced = scene.driver.texts()
    await scene.player.take(HURT, 1)
    veiled, money = bool(scene.work.veiled), (await scene.everything())["money"]
    await scene.driver.type("1")  # nothing can be answered that was not seen
    await scene.driver.click("reveal")
    await scene.driver.until(lambda: not scene.work.veiled, "the picture")
    answered = scene.work.complete
    await scene.driver.click_text("Give back")
    await scene.driver.until(lambda: scene.work.stage != "task", "the pause")
    await scene.driver.until(_gone(scene), "the task given back", 30)
    after = (await scene.everything())["money"]
    await scene.player.page("settings")
    await scene.driver.click("content.medical")
    await scene.player.page("findWork")
    find = scene.player.screen("findWork")
    await scene.driver.until(
        lambda: find.ready and not find.asking and scene.driver.labelled(HURT) is None, "less"
    )
    return {
        "announced": announced, "veiled": veiled, "answered": answered, "cost_nothing": money == after,
        "left": scene.driver.texts(),
    }  # fmt: skip


def _gone(scene: XScene) -> Any:
    async def gone() -> bool:
        return all(state not in ("LEASED", "DRAFT") for state in (await scene.states()).values())

    return gone


async def own_keys(scene: XScene) -> dict[str, Any]:
    """Scenario 8: every key is shown, one is changed by keyboard and works at once, a clash is refused in words."""
    driver = scene.driver
    await scene.player.page("work")
    await driver.until(lambda: scene.work.title == SAYINGS, "the first campaign")
    await scene.player.on_task()
    await driver.key(Key.Key_F2)
    listed = await driver.see("keyList")
    await driver.until(lambda: listed.property("activeFocus"), "the keyboard in the list")
    shown = driver.texts()
    for key in (Key.Key_Return, Key.Key_Q):
        await driver.key(key)
    await driver.until(lambda: driver.labelled("Q"), "the new key")
    for key in (Key.Key_Down, Key.Key_Return, Key.Key_Q):
        await driver.key(key)
    said = (await driver.see("keyRefusal")).property("text")
    await driver.key(Key.Key_Escape)
    await driver.until(lambda: driver.item("keyList") is None, "the task again")
    await driver.type("q")
    await scene.saved()
    return {"shown": shown, "refused": said, "answer": await _answer(scene)}


async def offline(scene: XScene) -> int:
    """Scenarios 4 and 7: a hundred sayings and a hundred birds by keys, some outlined by mouse; edits taken back."""
    await undo_and_redo(scene)
    done = 0
    while scene.work.title == SAYINGS:
        await scene.next_task(*SAYING[done % 2])
        done += 1
        await scene.player.on_task()
    while done < 2 * scene.many - 1:
        if done >= 2 * scene.many - 1 - OUTLINED:
            await scene.corners(*CORNERS)
            await scene.driver.key(Key.Key_Return)  # closes it
        await scene.next_task(*PHOTO[done % 2])
        done += 1
        await scene.player.on_task()
    return done


async def undo_and_redo(scene: XScene) -> None:
    """Every step back and forth by its key."""
    await scene.player.on_task()
    answers = [await _answer(scene)]
    for key in ("s", "2", "q"):
        await scene.driver.type(key)
        await scene.driver.until(_answers(scene, answers[-1], other=True), f"another answer after {key}")
        answers.append(await _answer(scene))
    for wanted in reversed(answers[:-1]):
        await scene.driver.key(Key.Key_Z, CTRL)
        await scene.driver.until(_answers(scene, wanted), "the answer before")
    for wanted in answers[1:]:
        await scene.driver.key(Key.Key_Z, CTRL | SHIFT)
        await scene.driver.until(_answers(scene, wanted), "the answer after")
    await scene.driver.until(lambda: not scene.work.canRedo, "nothing left to redo")


def _answers(scene: XScene, wanted: Any, *, other: bool = False) -> Any:
    async def holds() -> bool:
        return ((await _answer(scene)) == wanted) is not other

    return holds
