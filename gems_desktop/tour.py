# SPDX-License-Identifier: Apache-2.0
"""`gems-desktop --tour DIR`: the main job in the real window with real keys and mouse, a picture of each screen."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from pathlib import Path

from PySide6.QtQuick import QQuickWindow

from gems_desktop.driving import Driver, NotSeen
from gems_desktop.playing import BOXES, CHAIN_S, PHOTOS, SENTENCES, Player
from gems_desktop.startup import Startup
from gems_desktop.tour_camera import Camera, EveryLook, OneEach
from gems_desktop.viewmodels.app import PRACTICE_REVIEWER, AppViewModel
from gems_protocol.amount import Amount

PASSWORD = "tour of the window"
_OTHER = {"en": "ar", "ar": "en"}


class Tour:
    """One walk through the window."""

    def __init__(self, driver: Driver, app: AppViewModel, startup: Startup, camera: Camera) -> None:
        self._driver = driver
        self._app = app
        self._camera = camera
        self._player = Player(driver, app, startup)
        self._startup = startup
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Tell whoever looks at the terminal."""
        print(f"{time.monotonic() - self._began:6.1f} s  {text}", flush=True)

    async def _shot(self, name: str) -> None:
        await self._camera.shot(name)

    # --- what a longer tour shows by the way ---------------------------------------------------------------
    async def _before_wallet(self) -> None:
        """The language is chosen; nothing else is done."""

    async def _as_newcomer(self) -> None:
        """Home, with nothing done yet."""

    async def _on_task(self) -> None:
        """A task is on the screen."""

    async def _on_review(self) -> None:
        """Something to judge is on the screen."""

    async def walk(self) -> None:
        """Everything, in the order in which a newcomer meets it."""
        await self._arrive()
        await self._choose()
        await self._photos()
        await self._sentences()
        await self._earn()
        await self._boxes()
        await self._look_around()
        await self._review()

    async def _arrive(self) -> None:
        self.say("The window stands; the practice network runs.")
        here = self._app.props.language
        await self._driver.see(f"language-{here}", CHAIN_S)
        await self._shot("languages")
        await self._player.choose_language(_OTHER[here])
        await self._driver.until(lambda: self._app.props.language != here, "the other language")
        await self._shot("other-language")
        self._app.setLanguage(here)
        await self._before_wallet()
        await self._player.make_wallet(PASSWORD, self._shot)
        await self._player.practise(self._shot)
        self.say("A wallet was made; its words were typed back, a password protects it.")
        await self._shot("home-new")
        await self._as_newcomer()

    async def _choose(self) -> None:
        await self._player.page("findWork")
        await self._player.look_at(PHOTOS)
        await self._shot("find-work")
        await self._driver.click("requesterReport")
        await self._driver.until(lambda: self._app.props.page == "requesterReport", "the report")
        await self._shot("requester-report")
        self.say("Compared campaigns and read the report on a requester.")

    async def _photos(self) -> None:
        await self._player.take(PHOTOS, 5)
        await self._shot("work-photo")
        await self._on_task()
        await self._player.answer()
        await self._shot("work-photo-answered")
        await self._player.finish()
        await self._player.do_all()
        await self._driver.see("pauseAction")
        await self._shot("work-sealing")
        await self._player.seal_and_send()
        await self._player.page("outbox")
        await self._shot("outbox-sent")
        self.say("Five photos were classified by key, sealed and sent.")

    async def _sentences(self) -> None:
        await self._player.take(SENTENCES, 4)
        await self._player.answer()
        await self._shot("work-sentence")
        await self._player.finish()
        await self._player.do_all()
        await self._player.seal_and_send()
        await self._player.judged()
        await self._player.page("outbox")
        await self._shot("outbox-judged")
        self.say("Four sentences too; the verdicts are in and the vouchers agree with the own sum.")

    async def _earn(self) -> None:
        await self._player.page("earnings")
        await self._shot("earnings")
        await self._player.claim(self._shot)
        await self._shot("earnings-claimed")
        facts = await self._startup.session.earnings.facts()
        self.say(
            f"Claimed through the relayer: {facts.wallet_gem.text()} GEM in the wallet,"
            f" {facts.gas_coin} gas coin."
        )

    async def _boxes(self) -> None:
        await self._player.keep_in_bond("0.12")
        while await self._bond() < Amount.gem("0.1"):
            await self._player.take(SENTENCES, 4)
            await self._player.do_all()
            await self._player.seal_and_send()
            await self._player.judged()
        self.say("Some of the pay was left in the bond pocket.")
        await self._player.take(BOXES, 1)
        await self._player.answer()
        await self._shot("work-boxes")
        await self._player.finish()
        await self._player.do_all()
        await self._player.seal_and_send()
        await self._player.judged()
        self.say("Boxes were drawn by mouse, with a stake out of the bond pocket, and judged.")

    async def _bond(self) -> Amount:
        facts = await self._startup.session.earnings.facts()
        return Amount(facts.bond_free.units)

    async def _look_around(self) -> None:
        for page in ("home", "trust", "earnings", "settings"):
            await self._player.page(page)
            await self._shot(page)

    async def _review(self) -> None:
        await self._player.page("review")
        await self._shot("review-not-yet")
        await self._driver.click("pauseAction")
        await self._driver.until(
            lambda: self._app.props.profile == PRACTICE_REVIEWER, "the practice reviewer", CHAIN_S
        )
        await self._player.at_home()
        await self._player.page("review")
        await self._take_reviews()
        await self._shot("review")
        await self._on_review()
        done = await self._player.review_all()
        await self._shot("review-sealing")
        await self._driver.click("pauseAction")
        await self._driver.until(self._reviews_sent, "the sent reviews", CHAIN_S)
        await self._shot("review-sent")
        self.say(f"As the practice reviewer, {done} answers of neighbours were judged.")

    async def _take_reviews(self) -> None:
        """There is work to judge as soon as a neighbour has sent some."""
        screen = self._player.screen("review")
        await self._driver.until(lambda: screen.stage in ("take", "review"), "leave to review", CHAIN_S)
        for _ in range(60):
            if screen.stage == "review":
                return
            await self._driver.click("pauseAction")
            await self._driver.until(lambda: not screen.fetching, "the platform's answer", CHAIN_S)
            if screen.stage != "review":
                await asyncio.sleep(1)
        raise NotSeen("a review to do")

    def _reviews_sent(self) -> bool:
        screen = self._player.screen("review")
        return screen.stage not in ("seal", "loading") and not screen.sending


def _errors() -> logging.Handler:
    """Bugs that the window would only write into the log of a profile that is gone afterwards."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.ERROR)
    return handler


async def run(
    window: QQuickWindow, app: AppViewModel, startup: Startup, folder: Path, every: bool = False
) -> int:
    """Walk, and write the pictures into `folder`; the exit code. every: all that can be shown, in every look."""
    from gems_desktop.tour_every import EveryTour

    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("gems_desktop").addHandler(_errors())
    driver = Driver(window)
    if every:
        tour: Tour = EveryTour(driver, app, startup, EveryLook(driver, app, folder))
    else:
        tour = Tour(driver, app, startup, OneEach(driver, folder))
    try:
        await tour.walk()
    except NotSeen as missing:
        print(f"The tour stopped: {missing}", file=sys.stderr)
        if app.props.problemMessage:
            print(
                f"{app.props.problemMessage} {app.props.problemSafe} {app.props.problemAction}",
                file=sys.stderr,
            )
        await driver.shot(folder / "stopped.png")
        return 1
    if app.props.problemMessage:
        print(f"At the end the window says: {app.props.problemMessage}", file=sys.stderr)
        return 1
    tour.say(f"Pictures are in {folder}.")
    return 0
