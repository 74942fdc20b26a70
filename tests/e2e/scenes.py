# SPDX-License-Identifier: Apache-2.0
"""The application as a process of its own, with a scene at its keyboard (HOME NETWORK SCENE).

A scene tells what it reached as JSON lines and waits for lines of the test on its standard input.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gems_desktop.driving import Driver, NotSeen
from gems_desktop.main import start
from gems_desktop.playing import CHAIN_S, SENTENCES, START_S, Player
from gems_desktop.services.facts import Connection
from gems_desktop.shown import Shown
from gems_desktop.startup import Startup
from gems_desktop.startup_options import Options

PASSWORD = "four words in a row"
TASKS = 10


def tell(**line: Any) -> None:
    """One line to the test."""
    print(json.dumps(line, default=str), flush=True)


async def told() -> str:
    """The next line of the test."""
    return await asyncio.to_thread(sys.stdin.readline)


class Scene:
    """What the scenes share."""

    def __init__(self, shown: Shown, startup: Startup) -> None:
        self.driver = Driver(shown.window)
        self.player = Player(self.driver, shown.model, startup)
        self.app = shown.model
        self.startup = startup

    @property
    def session(self) -> Any:
        return self.startup.session

    async def connection(self, wanted: Connection) -> None:
        """Wait until the strip says so."""
        await self.driver.until(
            lambda: self.app.props.connection == wanted.value, f"the strip: {wanted.value}", CHAIN_S
        )

    async def everything(self) -> dict[str, Any]:
        """All that must survive: the tasks with their answers, the money, the address."""
        outbox = await self.session.work.outbox()
        answers = {}
        for item in outbox:
            if item.kind == "work" and item.state.name in ("LEASED", "DRAFT", "FINISHED"):
                answers[item.item_id] = (await self.session.work.open(item.item_id)).answer
        facts = await self.session.earnings.facts()
        money = {
            name: str(getattr(facts, name).units)
            for name in (
                "owed",
                "paid",
                "claimed",
                "claimable",
                "bonded",
                "at_stake",
                "deposit",
                "wallet_gem",
            )
        }
        return {
            "address": (await self.session.wallet.facts()).address,
            "states": {item.item_id: item.state.name for item in outbox},
            "answers": answers,
            "money": money,
            "gas_coin": facts.gas_coin,
            "fees": str(sum(claim.fee.units for claim in facts.claims)),
            "difference": asdict(facts.difference) if facts.difference else None,
        }


async def begin(scene: Scene) -> None:
    """Onboarding, ten tasks, the platform stops, nine and a half done; then the test kills this process."""
    await scene.player.make_wallet(PASSWORD)
    await scene.player.take(SENTENCES, TASKS)
    tell(leased=len(await scene.session.work.outbox()))
    await told()  # the platform is gone now
    assert await scene.player.do_all(TASKS - 1) == TASKS - 1
    await scene.player.on_task()
    await scene.player.answer()
    await scene.driver.until(lambda: scene.player.screen("work").saving == "saved", "the answer on disk")
    tell(half_done=await scene.everything())
    await told()


async def go_on(scene: Scene) -> None:
    """Started again without a platform; then it returns: upload, verdicts, voucher, claim."""
    await scene.player.unlock(PASSWORD)
    tell(found=await scene.everything())
    await scene.player.page("work")
    assert await scene.player.do_all() == 1
    await scene.player.seal_and_send()
    await scene.connection(Connection.OFFLINE)
    tell(sealed=await scene.everything())
    await told()  # the platform is back now
    await scene.player.judged()
    tell(judged=await scene.everything())
    await scene.player.claim()
    tell(claimed=await scene.everything())
    await told()


async def look(scene: Scene) -> None:
    """Started a third time: everything is where it was."""
    await scene.player.unlock(PASSWORD)
    tell(found=await scene.everything())
    for page in ("home", "earnings", "outbox", "trust"):
        await scene.player.page(page)
    tell(texts=scene.driver.texts())
    await told()


async def wallet(scene: Scene) -> None:
    """Make a wallet and end as a person would, by closing."""
    await scene.player.make_wallet(PASSWORD)
    tell(address=(await scene.session.wallet.facts()).address)


async def start_up(scene: Scene) -> None:
    """What the window says when the start has come to its end."""
    await scene.driver.until(
        lambda: scene.app.props.phase in ("welcome", "open", "failed"), "an end of the start", START_S
    )
    await scene.driver.settle()
    tell(phase=scene.app.props.phase, texts=scene.driver.texts())


async def ask(scene: Scene) -> None:
    """What the window says when it looks for work with this network."""
    welcome = scene.player.screen("welcome")
    await scene.driver.until(lambda: welcome.step in ("language", "start", "unlock"), "the way in", START_S)
    if welcome.step == "unlock":
        await scene.player.unlock(PASSWORD)
    else:
        await scene.player.make_wallet(PASSWORD)
    await scene.player.page("findWork")
    find = scene.player.screen("findWork")
    await scene.driver.until(lambda: not find.asking, "the end of the asking", CHAIN_S)
    await scene.driver.settle()
    address = (await scene.session.wallet.facts()).address
    # the window asks by itself as well: what it found is said once it has asked
    await scene.driver.until(
        lambda: scene.app.props.connection != Connection.SYNCING.value, "the strip", CHAIN_S
    )
    tell(phase=scene.app.props.phase, texts=scene.driver.texts(), address=address)


async def rest(scene: Scene) -> None:
    """An open window at rest, for measuring."""
    await scene.player.make_wallet(PASSWORD)
    tell(resting=True)
    await told()


SCENES: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "begin": begin,
    "go_on": go_on,
    "look": look,
    "wallet": wallet,
    "start_up": start_up,
    "ask": ask,
    "rest": rest,
}


def main(home: str, network: str, name: str) -> int:
    """Play one scene; the exit code."""

    async def drive(shown: Shown, startup: Startup) -> int:
        try:
            await SCENES[name](Scene(shown, startup))
        except NotSeen as missing:
            tell(error=str(missing), problem=[shown.model.problemMessage, shown.model.problemSafe])
            return 1
        return 0

    return start(Options(home=Path(home), network=Path(network), language="en", theme="light"), drive)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
