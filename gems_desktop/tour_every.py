# SPDX-License-Identifier: Apache-2.0
"""The tour with `--every`: besides the main job, each screen and state that the real network can show in minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from gems_desktop.driving import NotSeen
from gems_desktop.playing import BOXES, CHAIN_S
from gems_desktop.services.facts import ItemState
from gems_desktop.tour import PASSWORD, Tour
from gems_desktop.viewmodels.settings import SECTIONS

#: What takes longer than a tour, or a network that misbehaves; pictures on fakes show it (tests/qml).
NOT_SHOWN = (
    "removal and its appeal: it takes many wrong answers",
    "a case taken to the contract: it takes a platform that does not answer for days",
    "a claim that is disputed, and the countdown of a closing channel: days",
    "tasks whose time runs out: hours",
    "reports and checks after a fault of our own",
)
_PAGE_S = 20.0
#: Of the help, whose pages are alike: the first, one with a large picture, the longest, and the glossary.
_HELP = ("welcome", "work", "appeals", "words")


class EveryTour(Tour):
    """The walk with every by-way; what cannot be shown is listed at the end, and the walk goes on."""

    def __init__(self, *values: Any) -> None:
        super().__init__(*values)
        self.missed: list[str] = []

    async def walk(self) -> None:
        """See Tour."""
        await super().walk()
        await self._offline()
        await self._stopped()
        await self._by_the_way("the locked window", self._locked)
        for what in (*NOT_SHOWN, *self.missed):
            self.say(f"Not shown: {what}.")

    async def _by_the_way(self, what: str, go: Callable[[], Awaitable[object]]) -> None:
        """A by-way: when it does not come, the tour goes on without it."""
        try:
            await go()
        except NotSeen as missing:
            self.missed.append(f"{what} ({str(missing)[:80]})")
        await self._escape()

    async def _escape(self) -> None:
        await self._driver.key(Qt.Key.Key_Escape)
        await self._driver.settle()

    def _at(self, what: str, name: str, act: Callable[[], object]) -> Awaitable[None]:
        async def go() -> None:
            act()
            await self._driver.settle()
            await self._shot(name)

        return self._by_the_way(what, go)

    # --- the way in --------------------------------------------------------------------------------------
    async def _review(self) -> None:
        """Done before all other work: later the neighbours have done all that they do."""

    async def _own_account(self) -> None:
        self._app.useOwnAccount()
        await self._driver.until(lambda: not self._app.props.practiceReviewer, "the own account", CHAIN_S)
        await self._driver.until(lambda: self._app.props.phase in ("open", "welcome"), "the way in", CHAIN_S)
        if self._app.props.phase == "welcome":
            await self._player.unlock(PASSWORD)
        await self._player.at_home()

    async def _before_wallet(self) -> None:
        await self._player.choose_language(self._app.props.language)
        way = self._player.screen("welcome")
        way.beginRestore()
        for kind in ("words", "key", "keystore"):
            way.setRestoreKind(kind)
            await self._driver.settle()
            await self._shot(f"restore-{kind}")
        way.startOver()
        await self._driver.see("makeWallet")

    async def _as_newcomer(self) -> None:
        await self._by_the_way("reviewing", super()._review)
        await self._own_account()
        for page in ("work", "outbox", "earnings", "trust"):
            await self._player.page(page)
            await self._shot(f"{page}-empty")
        await self._help()
        for part in SECTIONS:
            await self._player.page("settings")
            self._player.screen("settings").openSection(part)
            await self._driver.settle()
            await self._shot(f"settings-{part}")
        await self._player.page("home")

    async def _help(self) -> None:
        help_ = self._app.help_model
        for page in _HELP:
            help_.openFor("home")
            help_.choose(page)
            await self._driver.settle()
            await self._shot(f"help-{page}")
        help_.search("stake")
        await self._driver.settle()
        await self._shot("help-search")
        help_.close()

    # --- work --------------------------------------------------------------------------------------------
    async def _choose(self) -> None:
        await self._player.page("findWork")
        find = self._player.screen("findWork")
        await self._driver.until(lambda: find.total > 0 and not find.asking, "campaigns", CHAIN_S)
        await self._shot("find-work-list")
        await super()._choose()

    async def _on_task(self) -> None:
        await self._driver.key(Qt.Key.Key_F2)
        await self._driver.settle()
        await self._shot("work-keys")
        await self._escape()

    async def _boxes(self) -> None:
        await super()._boxes()
        await self._by_the_way("a rejection and its appeal", self._rejected)

    async def _rejected(self) -> None:
        """A box where no animal is; others say so, and an appeal is written."""
        await self._player.take(BOXES, 1)
        canvas = await self._driver.see("canvas")
        await self._driver.until(lambda: canvas.property("ready"), "the picture")
        await self._driver.type("1")
        await self._driver.drag(canvas, (0.47, 0.02), (0.53, 0.07))
        await self._driver.until(lambda: self._player.screen("work").complete, "a complete answer")
        await self._shot("work-wrong")
        await self._player.finish()
        await self._player.do_all()
        await self._player.seal_and_send()
        await self._player.page("outbox")
        await self._shot("outbox-under-way")
        await self._driver.until(self._is_rejected, "a rejection", CHAIN_S)
        item = await self._is_rejected()
        await self._player.page("outbox")
        outbox = self._player.screen("outbox")
        await self._shot("outbox-rejected")
        outbox.openAppeal(item)
        await self._driver.until(lambda: outbox.appeal.open, "the page of the appeal")
        await self._driver.settle()
        await self._shot("appeal")
        if outbox.appeal.stage == "write":
            outbox.appeal.appeal("The box holds the only animal in the picture, so the reason is wrong.")
            await self._driver.until(lambda: outbox.appeal.stage != "write", "the signed appeal", _PAGE_S)
            await self._shot("appealed")
        outbox.appeal.leave()

    async def _is_rejected(self) -> str:
        items = await self._startup.session.work.outbox()
        states = (ItemState.REJECTED, ItemState.DISPUTED)
        return next((item.item_id for item in items if item.kind == "work" and item.state in states), "")

    # --- money and the rest ------------------------------------------------------------------------------
    async def _earn(self) -> None:
        await self._player.page("earnings")
        for name in ("receive", "send"):
            await self._by_the_way(f"the dialog {name}", partial(self._dialog, name))
        await super()._earn()
        earnings = self._player.screen("earnings")
        await self._at("why an amount", "earnings-why", lambda: earnings.explain(0))

    async def _dialog(self, name: str) -> None:
        await self._driver.click(name, _PAGE_S)
        await self._driver.settle()
        await self._shot(f"earnings-{name}")

    async def _look_around(self) -> None:
        await super()._look_around()
        await self._at("the notices", "notices", self._app.noticesWanted.emit)
        await self._player.page("outbox")
        carry = self._player.screen("carry")
        carry.enter()
        await self._driver.settle()
        await self._shot("carry")
        carry.leave()
        rows = [row.itemId for row in self._player.screen("outbox")._rows.rows if row.hasStory]
        if rows:
            outbox = self._player.screen("outbox")
            await self._at("what happened to a task", "story", lambda: outbox.openAppeal(rows[0]))
            outbox.appeal.leave()

    async def _on_review(self) -> None:
        judge = self._player.screen("review")
        if judge.blind:
            await self._shot("review-blind")
            return
        await self._driver.until(lambda: judge.shown, "the drawn answer")
        await self._driver.key(Qt.Key.Key_R)
        await self._driver.until(lambda: judge.rejecting, "the reasons")
        await self._driver.type("1")
        await self._shot("review-reject")
        await self._driver.key(Qt.Key.Key_M)
        await self._driver.settle()
        await self._shot("review-mark")
        await self._driver.key(Qt.Key.Key_M)
        await self._escape()
        judge.cancelReject()

    # --- when something is missing -------------------------------------------------------------------------
    async def _offline(self) -> None:
        self._app.setPaused(True)
        await self._player.page("findWork")
        await self._shot("offline-find-work")
        await self._player.page("home")
        await self._shot("offline-home")
        self._app.setPaused(False)

    async def _locked(self) -> None:
        self._app.lock()
        await self._driver.see("unlockPassword", _PAGE_S)
        await self._shot("locked")
        await self._driver.type("not the password")
        await self._driver.key(Qt.Key.Key_Return)
        await self._driver.settle(2.0)
        await self._shot("wrong-password")

    async def _stopped(self) -> None:
        """The network is gone while the window is open."""
        world: Any = self._startup.world
        await world.stop_network()
        await self._player.page("findWork")
        self._player.screen("findWork").ask()
        await asyncio.sleep(4)
        await self._shot("stopped-find-work")
        await self._player.page("earnings")
        self._player.screen("earnings").askQuote()
        await asyncio.sleep(4)
        await self._shot("stopped-earnings")
        await self._player.page("home")
        await self._shot("stopped-home")
        self._app.dismissProblem()
