# SPDX-License-Identifier: Apache-2.0
"""From the first paint to an open session and back: what starts, what may go wrong, and how everything is closed.

Implements the frame's Host. What it starts comes in as a World, so that tests need neither processes nor a network.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from gems_desktop.startup_back import opened
from gems_desktop.startup_early import Coming, ask_early, withdraw
from gems_desktop.startup_latest import Latest
from gems_desktop.startup_pages import Pages, Touched
from gems_desktop.startup_strip import Strip
from gems_desktop.startup_world import Greeting
from gems_desktop.startup_world import World as World
from gems_desktop.viewmodels.app import (
    PRACTICE_REVIEWER,
    AppViewModel,
    Fixed,
    Phase,
    with_problem,
)
from gems_desktop.viewmodels.app_looks import looks_of, loosened, with_settings
from gems_desktop.viewmodels.words import say

if TYPE_CHECKING:
    from gems_desktop.services.facts import SettingsFacts

log = logging.getLogger(__name__)

STOP_S = 5  # a cancelled task that does not end must not keep the window from closing


class Startup:
    """Starts, switches and closes sessions; tells the frame."""

    def __init__(
        self,
        app: AppViewModel,
        world: World,
        profile: str,
        *,
        careful: bool = False,
        touched: Touched | None = None,
    ) -> None:
        """careful: starts failed: nothing is exchanged until the user says so. touched: see Pages."""
        self._app = app
        self._careful = careful
        self._world = world
        self._pages = Pages(app, world, touched)
        self._strip, self._latest = Strip(app), Latest()
        self._own = profile
        self._profile = profile
        self._session: Any = None
        self._coming: Coming | None = None  # a session that is being opened behind the way in
        self._settings: SettingsFacts | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._sync: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._dirty: frozenset[Any] = frozenset()
        self._reading = False
        self.paused = False  # the user works offline: nothing is exchanged by itself
        app.host = self

    @property
    def world(self) -> World:
        """What the composition root provided."""
        return self._world

    @property
    def session(self) -> Any:
        """The open session, or None."""
        return self._session

    # --- the Host ----------------------------------------------------------------------------------------
    def begin(self) -> asyncio.Task[None]:
        """Start everything; faults end on the starting page."""
        return self._run(self._latest.run(self._begin))

    def retry(self) -> None:
        """Try again what failed: the start, or the exchange with the platform."""
        if self._app.props.phase == Phase.FAILED.value:
            self.begin()
        elif self._session is not None:
            self._careful = False
            self._app.dismissProblem()
            self._start_sync()

    def switch_profile(self, name: str) -> None:
        """Close the session and open another profile, looking alike; an empty name means the own one."""
        shown = self._app.props
        self._app.fixed = Fixed(shown.language, shown.themeMode, round(shown.textScale * 100))
        if name and name != PRACTICE_REVIEWER:
            self._own = name
        self._profile = name or self._own
        self.begin()

    def lock(self) -> None:
        """Lock the wallet; the WALLET topic then leads to the way in."""
        if self._session is not None:
            self._run(self._lock(self._session))

    async def _lock(self, session: Any) -> None:
        await self._pages.settle()  # what is being typed is saved while it still can be sealed
        self._app.clearClipboard()
        await session.wallet.lock()

    def pause(self, paused: bool) -> None:
        """Exchange nothing by itself, or go on with it."""
        if paused != self.paused:
            self.paused = paused
            self._app.change(paused=paused)
            self._run(self._follow_pause())

    async def _follow_pause(self) -> None:
        if self.paused:
            await self._stop_sync()
        elif self._session is not None and self._app.props.phase == Phase.OPEN.value:
            self._start_sync()
        if self._session is not None:
            await self._read_strip()
            if (tray := self._app.screens.get("tray")) is not None:
                tray.reload()  # type: ignore[attr-defined]

    def idle_minutes(self) -> int:
        """After how many minutes without input to lock; 0 while there is nothing to lock."""
        if self._settings is None or self._app.props.phase != Phase.OPEN.value:
            return 0
        return self._settings.auto_lock_minutes

    def use_language(self, language: str) -> None:
        """Translate the window anew."""
        self._world.use_language(language)
        for screen in self._app.screens.values():
            screen.reload()  # type: ignore[attr-defined]
        if self._session is not None:
            from gems_desktop.services.facts import Topic

            self._on_topics(frozenset({Topic.CONNECTION}))  # the strip speaks it too

    def all_pages(self) -> None:
        """Make the view models of the pages that are not there yet."""
        self._pages.all()

    def keep_language(self, language: str) -> None:
        """Store the language as the profile's option, as soon as it is open."""
        if self._coming is not None:
            self._coming.language = language
        elif self._session is not None:
            self._run(self._session.settings.change(language=language))

    # --- starting ----------------------------------------------------------------------------------------
    def _run(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._guard(work))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        # a task that is cancelled before its first step would leave `work` behind, never awaited
        task.add_done_callback(lambda _task: work.close())
        return task

    async def _guard(self, work: Coroutine[Any, Any, Any]) -> None:
        from gems_desktop.services.errors import WalletLocked
        from gems_desktop.services.problem import problem_of
        from gems_protocol.errors import GemsError

        try:
            await work
        except WalletLocked:  # nothing that the frame does by itself is a fault then: it shows the way in
            log.debug("the wallet was locked meanwhile")
        except GemsError as error:
            self._show_fault(problem_of(error))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (bug := task.exception()) is not None:
            log.error("a bug while starting or running", exc_info=bug)
            self.show_bug()

    def show_bug(self) -> None:
        """Tell the user that something of ours went wrong."""
        from gems_desktop.viewmodels.base import BUG

        self._show_fault(BUG)

    def _show_fault(self, problem: Any) -> None:
        if self._app.props.phase in (Phase.STARTING.value, Phase.FAILED.value):
            self._app.failed(problem)
        else:
            self._app.show(with_problem(self._app.props, problem))

    async def _begin(self) -> None:
        await self._pages.settle()
        self._app.starting(say("Getting ready"))
        await self._close_session()
        await self._world.prepare(self._app.starting)
        self._app.starting(say("Opening your profile"))
        reviewer = self._profile == PRACTICE_REVIEWER
        self._app.change(
            practice=self._world.practice,
            profile=self._profile,
            practiceReviewer=reviewer,
            reviewerAvailable=self._world.reviewer_available and not reviewer,
        )
        greeting = None if reviewer else await self._world.greet(self._profile)
        if greeting is None:
            session = await self._open()
            await self._show_way_in(session, self._attach_way_in(session))
        else:
            await self._begin_early(greeting)
        self._app.change(opening=False)
        self._pages.home()

    async def _begin_early(self, greeting: Greeting) -> None:
        """Ask for the password first; a profile that cannot be opened then is told in the page's place."""
        self._coming = coming = Coming(greeting)
        try:
            await ask_early(self._app, self._world, coming, self._attach_way_in)
            session = await self._open()
            coming.arrived(session)
            if not await coming.as_told():
                self._app.starting(say("Opening your profile"))
                await self._show_way_in(session, self._app.screens)
        except BaseException:
            withdraw(self._app)
            await self._close_session()  # with it the page that asks in vain
            raise
        finally:
            self._coming = None

    async def _open(self) -> Any:
        """The session of the profile; the frame follows it from now on."""
        from gems_desktop.viewmodels import rate_words

        self._session = session = await opened(self._world, self._app, self._profile)
        self._pages.use(session)
        self._unsubscribe = session.subscribe(self._on_topics)
        if self._coming is not None and self._coming.language:
            await session.settings.change(language=self._coming.language)
        await self._read_settings()
        rate_words.use((await session.rates.facts()).rate)
        if self._profile == PRACTICE_REVIEWER:
            await self._world.unlock_reviewer(session)
        if (notice := getattr(session, "notice", None)) is not None:
            self._app.show(with_problem(self._app.props, notice))
        return session

    async def _show_way_in(self, session: Any, way_in: dict[str, Any]) -> None:
        if not (await session.wallet.facts()).unlocked:
            self._app.welcome()
        way_in["welcome"].begin()

    def _attach_way_in(self, session: Any) -> dict[str, Any]:
        way_in = self._world.way_in(session)
        self._app.attach(way_in)
        way_in["welcome"].finished.connect(self._unlocked)
        return way_in

    def go_back(self) -> None:
        """Go on with the copy from before an update; the newer database is put aside."""
        if self._app.props.phase == Phase.FAILED.value:
            self._run(self._go_back())

    async def _go_back(self) -> None:
        self._app.starting(say("Going back to the copy from before the update"))
        await asyncio.to_thread(self._world.go_back, self._profile)
        await self._latest.run(self._begin)

    def _unlocked(self) -> None:
        self._pages.home()
        self._app.opened()
        for name, screen in self._app.screens.items():
            if name != "welcome":
                screen.reload()  # type: ignore[attr-defined]
        welcome = self._app.screens["welcome"]
        if welcome.newcomer:  # type: ignore[attr-defined]
            welcome.newcomer = False  # type: ignore[attr-defined]
            self._app.openPage("firstPractice")
        self._run(self._go_on(self._session))

    async def _go_on(self, session: Any) -> None:
        if not self._careful:
            await self._pages.stands("home")  # what is looked at comes first
        if session is self._session and self._app.props.phase == Phase.OPEN.value:
            self._start_sync()
            await self._read_strip()
            await self._pages.follow()

    def _start_sync(self) -> None:
        if self._careful:
            from gems_desktop.startup_care import careful_problem

            self._app.show(with_problem(self._app.props, careful_problem()))
        elif not self.paused and (self._sync is None or self._sync.done()):
            self._sync = self._run(self._session.sync.run())

    # --- keeping the frame current -----------------------------------------------------------------------
    def _on_topics(self, touched: frozenset[Any]) -> None:
        self._dirty |= touched
        if not self._reading:
            self._reading = True
            self._run(self._read_dirty())

    async def _read_dirty(self) -> None:
        from gems_desktop.services.facts import Topic

        try:
            while self._dirty and self._session is not None:
                touched, self._dirty = self._dirty, frozenset()
                if Topic.SETTINGS in touched:
                    await self._read_settings()
                    await self._read_rate()
                if Topic.WALLET in touched:
                    await self._read_wallet()
                if touched & {Topic.CONNECTION, Topic.EARNINGS, Topic.OUTBOX, Topic.REVIEW, Topic.WORK}:
                    await self._read_strip()
        finally:
            self._reading = False

    async def _read_settings(self) -> None:
        session = self._session
        settings = await session.settings.facts()
        if session is not self._session:  # another profile is being opened meanwhile
            return
        before, self._settings = self._settings, settings
        if before is not None:
            self._app.fixed = loosened(self._app.fixed, before, settings)
        shown = with_settings(self._app.props, settings, self._app.fixed)
        self._app.show(shown)
        self._world.keep_looks(session.profile, looks_of(settings))
        await session.wallet.set_looks(shown.language, shown.themeMode, round(shown.textScale * 100))

    async def _read_rate(self) -> None:
        """What is said beside amounts in GEM; every page says its amounts anew when that changes."""
        from gems_desktop.viewmodels import rate_words

        session = self._session
        if session is not None and rate_words.use((await session.rates.facts()).rate):
            for screen in self._app.screens.values():
                screen.reload()  # type: ignore[attr-defined]
            await self._read_strip()

    async def _read_wallet(self) -> None:
        session = self._session
        if session is None:
            return
        wallet = await session.wallet.facts()
        mine = session is self._session and self._app.props.phase == Phase.OPEN.value
        if wallet.exists and not wallet.unlocked and mine:
            await self._stop_sync()
            self._app.welcome()
            self._app.screens["welcome"].locked()  # type: ignore[attr-defined]

    async def _read_strip(self) -> None:
        session = self._session
        if session is not None:
            mine = self._profile != PRACTICE_REVIEWER  # who was never away
            await self._strip.read(session, lambda: session is self._session, paused=self.paused, away=mine)

    # --- closing -----------------------------------------------------------------------------------------
    async def _stop_sync(self) -> None:
        task, self._sync = self._sync, None
        if task is not None and not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=STOP_S)

    async def _close_session(self) -> None:
        await self._stop_sync()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        session, self._session = self._session, None
        self._pages.use(None)
        self._settings = None
        screens = self._app.screens
        for screen in screens.values():
            screen.close()  # type: ignore[attr-defined]
        await asyncio.sleep(0)  # what was cancelled ends before what it uses is closed
        self._app.detach()
        if session is not None:
            await session.close()

    async def stop(self) -> None:
        """Close everything: tasks, session with its signer, local network. What is being typed is saved first."""
        await self._pages.settle()
        mine = asyncio.current_task()
        others = [task for task in self._tasks if task is not mine]
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=STOP_S)
        self._app.change(phase=Phase.STARTING.value, page="starting", startingText=say("Closing"))
        try:
            await self._close_session()
        finally:
            await self._world.close()
