# SPDX-License-Identifier: Apache-2.0
"""Plays the main job in the real window with keys and mouse, knowing the samples' answers; for the tour and tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.driving import Driver, NotSeen
from gems_desktop.items.image_canvas import ImageCanvas
from gems_desktop.items.secret_words import SecretWords
from gems_desktop.local.answers import Answer, AnswerBook
from gems_desktop.local.samples import read_sample, sample_names
from gems_desktop.services.facts import ClaimState, ItemState
from gems_desktop.startup import Startup
from gems_desktop.viewmodels.app import AppViewModel

PHOTOS, SENTENCES, BOXES = "What kind of animal?", "What is this sentence about?", "Box every animal"
PAGES = ("home", "findWork", "work", "review", "outbox", "earnings", "trust", "settings")
START_S, CHAIN_S = 90.0, 90.0
_UNDER_WAY = (
    ItemState.FINISHED,
    ItemState.SEALED,
    ItemState.SENDING,
    ItemState.DELIVERED,
    ItemState.ACCEPTED,
)
_CTRL = Qt.KeyboardModifier.ControlModifier


def _moved_on(screen: Any, item_id: str) -> bool:
    return bool(screen.itemId != item_id)


class Player:
    """Somebody at the keyboard of one window."""

    def __init__(self, driver: Driver, app: AppViewModel, startup: Startup) -> None:
        self.driver = driver
        self.app = app
        self._startup = startup

    @cached_property
    def _books(self) -> dict[str, AnswerBook]:
        """Reference answers by campaign title."""
        drafts = [read_sample(name) for name in sample_names()]
        return {draft.manifest.title: AnswerBook(draft) for draft in drafts}

    def screen(self, name: str) -> Any:
        """The view model of a screen."""
        return self.app.screen(name)

    async def page(self, name: str) -> None:
        """Go to a page of the rail by its key."""
        await self.driver.key(Qt.Key(int(Qt.Key.Key_1) + PAGES.index(name)), _CTRL)
        await self.driver.until(lambda: self.app.props.page == name, f"the page {name}")
        await self.driver.until(lambda: self._ready(name), f"the contents of {name}")

    def _ready(self, name: str) -> bool:
        screen: Any = self.app.screen(name)
        stage = getattr(screen, "stage", "") if screen is not None else "loading"
        return screen is not None and getattr(screen, "ready", True) and stage != "loading"

    # --- the way in --------------------------------------------------------------------------------------
    async def make_wallet(self, password: str, shot: Callable[[str], Any] | None = None) -> None:
        """Make a wallet, type its words back, protect it; ends at the first practice. `shot` is called at each step."""

        async def picture(name: str) -> None:
            if shot is not None:
                await shot(name)

        driver = self.driver
        await self.choose_language(self.app.props.language)
        await picture("welcome")
        await driver.click("makeWallet")
        grid = await driver.see("seedWords")
        if not isinstance(grid, SecretWords):
            raise NotSeen("the item seedWords shows no words")
        await driver.until(lambda: grid.property("count") == 12, "twelve words")
        # no property holds the words: they are read where only a person's eyes would be
        words = b" ".join(bytes(word) for word in grid._words).decode("ascii")
        await picture("words")
        await driver.click("wordsWritten")
        await driver.see("typeBack")
        await self._focused("typeBack")
        await driver.type(words)
        await picture("typed-back")
        await driver.key(Qt.Key.Key_Return)
        await driver.see("newPassword")
        await self._focused("newPassword")
        await driver.type(password)
        await driver.key(Qt.Key.Key_Return)
        await self._focused("samePassword")
        await driver.type(password)
        await picture("password")
        await driver.key(Qt.Key.Key_Return)
        await self.at_home()

    async def practise(self, shot: Callable[[str], Any]) -> None:
        """Do the three examples that open by themselves after a wallet is made; ends on Home."""
        await self.driver.until(lambda: self.app.props.page == "firstPractice", "the first practice")
        screen: Any = self.screen("firstPractice")
        await self.driver.until(lambda: screen.stage == "task", "the first example")
        await shot("practice")
        for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
            await self.driver.key(key)
            await self.driver.until(lambda: screen.complete, "a chosen answer")
            await self.driver.key(Qt.Key.Key_Return)
        await self.driver.until(lambda: screen.stage == "result", "what was right")
        await shot("practice-passed")
        await self.page("home")

    async def choose_language(self, code: str) -> None:
        """Choose the language of the window, which is asked before anything else."""
        await self.driver.until(
            lambda: self.driver.item("makeWallet") or self.driver.item(f"language-{code}"),
            "the way in",
            START_S,
        )
        if self.driver.item("makeWallet") is None:
            await self.driver.click(f"language-{code}")
        await self.driver.see("makeWallet")

    async def unlock(self, password: str) -> None:
        """Open the stored wallet; ends on Home."""
        await self.driver.see("unlockPassword", START_S)
        await self._focused("unlockPassword")
        await self.driver.type(password)
        await self.driver.key(Qt.Key.Key_Return)
        await self.at_home()

    async def at_home(self) -> None:
        """Wait for Home."""
        await self.driver.until(lambda: self.app.props.phase == "open", "the open window", START_S)
        await self.driver.until(lambda: self._ready("home"), "Home")

    async def _focused(self, name: str) -> None:
        """Wait until the keyboard is in a field, or below the item with this name."""

        def below() -> bool:
            item: QQuickItem | None = self.driver.window.activeFocusItem()
            while item is not None:
                if item.objectName() == name:
                    return True
                item = item.parentItem()
            return False

        await self.driver.until(below, f"the keyboard in {name}")

    # --- work --------------------------------------------------------------------------------------------
    def _row(self, title: str) -> QQuickItem | None:
        return next(
            (
                item
                for item in self.driver.visible()
                if item.objectName() == "campaignRow" and item.property("title") == title
            ),
            None,
        )

    async def look_at(self, title: str) -> None:
        """Open a campaign's page."""
        await self.page("findWork")
        find = self.screen("findWork")
        await self.driver.until(lambda: find.total > 0 and not find.asking, "campaigns", CHAIN_S)
        if self._row(title) is None and self.driver.item("closeCampaign") is not None:  # in the list's place
            await self.driver.click("closeCampaign")
        if self._row(title) is None:  # further down than the window is high: search for it
            await self.driver.key(Qt.Key.Key_F, _CTRL)
            await self.driver.key(Qt.Key.Key_A, _CTRL)
            await self.driver.type(title)
        await self.driver.until(lambda: self._row(title) is not None, f"the campaign {title}")
        row = self._row(title)
        if row is None:
            raise NotSeen(title)
        await self.driver.press(row)
        await self.driver.see("takeTasks")

    async def take(self, title: str, count: int) -> None:
        """Lease `count` tasks of a campaign, or as many as there are; ends on Work."""
        await self.look_at(title)
        count = min(count, self.screen("findWork").most)
        number = await self.driver.see("taskCount")
        await self.driver.press(number)
        await self.driver.key(Qt.Key.Key_A, _CTRL)
        await self.driver.type(str(count))
        await self.driver.key(Qt.Key.Key_Tab)
        await self.driver.until(lambda: self.screen("findWork").count == count, f"the number {count}")
        await self.driver.click("takeTasks")
        find = self.screen("findWork")
        await self.driver.until(
            lambda: self.app.props.page == "work" or find.problemMessage, "the batch", CHAIN_S
        )
        if find.problemMessage:
            raise NotSeen(f"a batch; the page says: {find.problemMessage} {find.problemAction}")
        await self.on_task()

    async def on_task(self) -> None:
        """Wait until a task is on the screen."""
        await self.driver.until(lambda: self.screen("work").stage == "task", "a task")
        await self.driver.until(
            lambda: self.screen("work").task is not None and self.screen("work").task.shown, "its picture"
        )

    async def right_answer(self) -> Answer:
        """The reference of the task on the screen."""
        facts = await self._startup.session.work.open(self.screen("work").itemId)
        right = self._books[facts.campaign_title].right(facts.data)
        if right is None:
            raise NotSeen(f"a reference for a task of {facts.campaign_title}")
        return right

    async def answer(self) -> None:
        """Answer the task on the screen as its reference says: choices by key, boxes by mouse."""
        await self._give(await self.right_answer())
        await self.driver.until(lambda: self.screen("work").complete, "a complete answer")

    async def _give(self, answer: Answer) -> None:
        for region in answer:
            if region["type"] == "choices":
                for choice in region["value"]["choices"]:
                    await self._press_key_of(choice)
            elif region["type"] == "rectanglelabels":
                value = region["value"]
                await self._press_key_of(value["rectanglelabels"][0])
                await self._draw(value["x"], value["y"], value["width"], value["height"])
            else:
                raise NotSeen(f"a way to answer {region['type']}")

    async def _press_key_of(self, choice: str) -> None:
        """Press the key that the option shows."""
        option = await self.driver.read_option(choice)
        await self.driver.type(str(option.property("key")))

    async def _draw(self, x: float, y: float, width: float, height: float) -> None:
        canvas = await self.driver.see("canvas")
        if not isinstance(canvas, ImageCanvas):
            raise NotSeen("the item canvas draws no picture")
        await self.driver.until(lambda: canvas.property("ready"), "the picture")
        before = canvas.property("boxCount")
        corners = [canvas.point_of(x, y), canvas.point_of(x + width, y + height)]
        start, end = ((point.x() / canvas.width(), point.y() / canvas.height()) for point in corners)
        await self.driver.drag(canvas, start, end)
        await self.driver.until(lambda: canvas.property("boxCount") == before + 1, "the drawn box")

    async def finish(self) -> None:
        """Finish the task on the screen by Enter; the next, or the pause, is there then."""
        item_id = self.screen("work").itemId
        await self.driver.until(lambda: self.screen("work").saving == "saved", "the answer on disk")
        await self.driver.key(Qt.Key.Key_Return)
        await self.driver.until(lambda: self.screen("work").itemId != item_id, "the next task")

    async def do_all(self, most: int = 1000) -> int:
        """Do at most `most` tasks of what is leased; how many were done."""
        done = 0
        while done < most and self.screen("work").stage == "task":
            await self.on_task()
            await self.answer()
            await self.finish()
            done += 1
        return done

    async def seal_and_send(self) -> None:
        """From the pause after a batch to delivered or waiting."""
        await self.driver.until(lambda: self.screen("work").stage == "seal", "the end of the batch")
        await self.driver.click("pauseAction")
        await self.driver.until(lambda: self.screen("work").stage != "seal", "the sealed batch", CHAIN_S)

    async def judged(self) -> None:
        """Wait until everything of mine is judged and paid; what comes back is done again."""
        while True:
            await self.driver.until(self._nothing_under_way, "verdicts and vouchers", CHAIN_S)
            await self.page("work")
            if self.screen("work").stage != "task":
                return
            await self.do_all()
            await self.seal_and_send()

    async def _nothing_under_way(self) -> bool:
        outbox = await self._startup.session.work.outbox()
        return all(item.state not in _UNDER_WAY for item in outbox)

    # --- reviewing ---------------------------------------------------------------------------------------
    async def review_all(self) -> int:
        """Judge what is taken by key, each answer as its reference says, blind ones by answering; how many."""
        done, screen = 0, self.screen("review")
        while screen.stage == "review":
            await self.driver.until(lambda: screen.shown, "the drawn answer")
            item_id = screen.itemId
            facts = await self._startup.session.review.current()
            book = self._books[facts.campaign_title]
            if facts.blind:
                await self._give(book.right(facts.data) or [])
                await self.driver.until(
                    lambda: screen.complete and screen.saving == "saved", "the answer on disk"
                )
                await self.driver.key(Qt.Key.Key_Return)
            elif book.agrees(facts.data, facts.answer):
                await self.driver.key(Qt.Key.Key_A)
            else:
                await self.driver.key(Qt.Key.Key_R)
                await self.driver.until(lambda: screen.rejecting, "the reasons")
                await self.driver.type("1")
                await self.driver.key(Qt.Key.Key_Return)
            await self.driver.until(partial(_moved_on, screen, item_id), "the next answer")
            done += 1
        return done

    async def claim(self, shot: Callable[[str], Any] | None = None) -> None:
        """Claim everything through the relayer; returns when the chain has it."""
        await self.page("earnings")
        await self.driver.click("claim", CHAIN_S)
        accept = await self.driver.see("dialogAccept")
        if shot is not None:
            await shot("claim")
        await self.driver.press(accept)
        await self.driver.until(self._claimed, "the claim on chain", CHAIN_S)

    async def keep_in_bond(self, gem: str) -> None:
        """Give the standing order in the settings, part Money."""
        await self.page("settings")
        await self.driver.click("section.money")
        await self.driver.click("bondTarget")
        await self.driver.key(Qt.Key.Key_A, _CTRL)
        await self.driver.type(gem)
        await self.driver.key(Qt.Key.Key_Return)
        await self.driver.until(lambda: not self.screen("settings").busy, "the standing order")

    async def _claimed(self) -> bool:
        facts = await self._startup.session.earnings.facts()
        return bool(facts.claims) and all(claim.state is ClaimState.CLAIMED for claim in facts.claims)
