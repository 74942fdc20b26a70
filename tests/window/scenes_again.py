# SPDX-License-Identifier: Apache-2.0
"""The same person after the crash: nothing is lost; sealed without a line, sent, judged, corrected, claimed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from gems_desktop.driving import NotSeen
from gems_desktop.playing import CHAIN_S
from gems_desktop.services.facts import Connection
from gems_desktop.viewmodels.app import PRACTICE_REVIEWER
from tests.e2e.scenes import PASSWORD, tell, told
from tests.window import scenes_review
from tests.window.scenes_begin import CORNERS, PHOTO, SAYING
from tests.window.x_scene import Key, XScene


async def play(scene: XScene) -> None:
    """From a start without a network to money on the chain."""
    await scene.player.unlock(PASSWORD)
    await scene.player.page("work")
    await scene.player.on_task()
    canvas = await scene.driver.see("canvas")
    await scene.driver.until(lambda: canvas.property("ready"), "the picture")
    facts = await scene.session.work.open(scene.work.itemId)
    tell(found={"states": await scene.states(), "answer": facts.answer, "item": scene.work.itemId,
                "drawing": bool(canvas.property("drawing"))})  # fmt: skip
    await finish_outline(scene)
    tell(back=await take_back(scene))
    await scene.player.page("work")
    await scene.player.on_task()
    await scene.next_task()  # its answer is still there
    await scene.player.seal_and_send()
    tell(sealed={"states": await scene.states(), "texts": await outbox_texts(scene)})
    await told()  # the platform is back
    await scene.driver.until(_all(scene, "DELIVERED"), "every receipt", CHAIN_S)
    tell(delivered=await scene.states())
    own = (await scene.session.wallet.facts()).address
    await become_reviewer(scene)
    tell(reviewed=await scenes_review.a_hundred(scene, own))
    await become_oneself(scene)
    await scene.driver.until(_rejected(scene), "the rejections", CHAIN_S)
    tell(corrected=await correct(scene))
    await become_reviewer(scene)
    tell(record=await scenes_review.own_record(scene))
    await become_oneself(scene)
    await told()  # the neighbours are there: what was corrected is judged by somebody else
    await scene.driver.until(_all(scene, "PAID", "REJECTED"), "pay for everything", 3 * CHAIN_S)
    tell(money=await money(scene))
    await told()


async def finish_outline(scene: XScene) -> None:
    """The polygon goes on where it was."""
    await scene.corners(CORNERS[3])
    await scene.driver.key(Key.Key_Return)
    canvas = await scene.driver.see("canvas")
    await scene.driver.until(lambda: not canvas.property("drawing"), "a closed outline")
    item_id = scene.work.itemId
    for key in PHOTO[0]:
        await scene.driver.type(key)
    await scene.driver.key(Key.Key_Return)
    await scene.driver.until(lambda: scene.work.itemId != item_id, "the pause")


async def take_back(scene: XScene) -> dict[str, Any]:
    """Scenario 7: a finished answer comes back by its key while it has not left the outbox."""
    await scene.player.page("outbox")
    outbox = scene.player.screen("outbox")
    await scene.driver.until(lambda: outbox.ready, "the outbox")
    await scene.driver.click_text("Take back")
    await scene.driver.until(_one_more_to_do(scene), "the answer taken back")
    return await scene.states()


async def outbox_texts(scene: XScene) -> list[str]:
    """What the outbox says of what waits, and the strip of the line."""
    await scene.player.page("outbox")
    await scene.driver.settle()
    await scene.connection(Connection.OFFLINE)  # not while it asks once more
    return scene.driver.texts()


def _one_more_to_do(scene: XScene) -> Any:
    async def there() -> bool:
        return any(state in ("DRAFT", "LEASED") for state in (await scene.states()).values())

    return there


def _sent(scene: XScene) -> Any:
    async def sent() -> bool:
        return not {"SEALED", "SENDING", "FINISHED"} & set((await scene.states()).values())

    return sent


def _all(scene: XScene, *names: str) -> Any:
    async def there() -> bool:
        return set((await scene.states()).values()) <= {*names, "RETURNED"}

    return there


def _rejected(scene: XScene) -> Any:
    async def there() -> bool:
        states = list((await scene.states()).values())
        return states.count("REJECTED") == len(scenes_review.REJECTED) == states.count("LEASED")

    return there


async def become_reviewer(scene: XScene) -> None:
    """The practice reviewer's account, by the page's own button."""
    await scene.player.page("review")
    await scene.driver.click("pauseAction")
    await scene.driver.until(lambda: scene.app.props.profile == PRACTICE_REVIEWER, "the reviewer", CHAIN_S)
    await scene.player.at_home()


async def become_oneself(scene: XScene) -> None:
    """Back to the own account, whose password is asked for."""
    await scene.driver.click("ownAccount")
    await scene.driver.until(lambda: scene.app.props.profile == "default", "the own account", CHAIN_S)
    await scene.player.unlock(PASSWORD)


async def correct(scene: XScene) -> dict[str, Any]:
    """Scenario 22: what was rejected is there by itself, with reason, note and mark; corrected and sent."""
    await scene.player.page("work")
    await scene.player.on_task()
    texts, found = scene.driver.texts(), []
    while scene.work.stage == "task":
        found.append(await scene.session.work.open(scene.work.itemId))
        keys = SAYING if "tone" in found[-1].config else PHOTO
        first = any(word in str(found[-1].answer) for word in ("Kind", "A bird"))
        await scene.next_task(*keys[first])  # the other answer: the same key again would take it back
        await scene.driver.until(lambda: scene.work.stage != "loading", "what follows")
    await scene.player.seal_and_send()
    await scene.driver.until(_sent(scene), "the corrections sent", CHAIN_S)
    return {
        "texts": texts, "count": len(found), "reason": all(each.redo_reason for each in found),
        "marks": sum(bool(each.redo_mark) for each in found),
    }  # fmt: skip


async def money(scene: XScene) -> dict[str, Any]:
    """Scenarios 10 and 15: totals, the ledger as CSV, and a claim whose fee, time and last day are said before."""
    await scene.player.page("earnings")
    accept = await scene.driver.opens("claim", "dialogAccept")
    before = scene.driver.texts()
    await scene.driver.press(accept)
    await scene.driver.until(scene.player._claimed, "the claim on chain", CHAIN_S)
    folder = Path(scene.player.screen("earnings")._folder)
    for _ in range(3):  # what comes from the chain moves the button meanwhile
        await scene.driver.click("exportCsv")
        with suppress(NotSeen):
            await scene.driver.until(lambda: list(folder.glob("*.csv")), "the exported lines", 10)
            break
    (csv,) = folder.glob("*.csv")
    return {"claim": before, "everything": await scene.everything(), "csv": csv.read_text("utf-8")}
