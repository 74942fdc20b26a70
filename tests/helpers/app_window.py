# SPDX-License-Identifier: Apache-2.0
"""The real window on fakes of the world: Main.qml, the frame's view model, Startup, and a loop that Qt drives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, Qt, QTranslator, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import make_engine
from gems_desktop.qt_loop import qt_loop
from gems_desktop.services.facts_profiles import Looks
from gems_desktop.services.ports_outside import Beyond
from gems_desktop.startup import Startup
from gems_desktop.startup_world import Greeting
from gems_desktop.translating import translator_for
from gems_desktop.viewmodels.app import AppViewModel, Fixed
from gems_desktop.viewmodels.catalogue import pages_of
from gems_desktop.viewmodels.catalogue_home import home_of
from gems_desktop.viewmodels.way_in import way_in_of
from tests.helpers.accessible import left_untold
from tests.helpers.fake_session import FakeSession
from tests.helpers.fake_updates import FakeUpdates
from tests.helpers.waiting import becomes_active, wait

ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 400  # event rounds of up to 10 ms: a bound for a condition that never comes


class FakeWorld:
    """A World whose profiles are fake sessions, made when first opened."""

    practice = True
    reviewer_available = True

    def __init__(self, images: DecodeClient, wallet: str = "open") -> None:
        self.images = images
        self.beyond: Beyond | None = None  # what is outside the window
        self.updates = FakeUpdates()
        self.wallet = wallet
        self.sessions: dict[str, FakeSession] = {}
        self.told = ["Starting the chain", "Starting the platform"]
        self.error: Exception | None = None
        self.languages: list[str] = []
        self.retranslate: Callable[[], None] | None = None  # set: catalogues are loaded as in the real window
        self._translator: QTranslator | None = None
        self.closed = False
        self.slow = False  # opening a profile does not end before this is taken back
        self.broken: Exception | None = None  # how it ends then
        self.greeting: Greeting | None = None  # set: the password is asked for before the profile is open
        self.looks: dict[str, Looks] = {}

    async def prepare(self, tell: Callable[[str], None]) -> None:
        for text in self.told:
            tell(text)
        if self.error is not None:
            raise self.error

    async def open(self, profile: str) -> FakeSession:
        while self.slow:
            await asyncio.sleep(0.01)
        if self.broken is not None:
            raise self.broken
        return self.sessions.setdefault(profile, FakeSession(self.wallet))

    async def unlock_reviewer(self, session: FakeSession) -> None:
        await session.wallet.protect(bytearray(b"practice"))

    def way_in(self, session: Any) -> dict[str, Any]:
        return dict(way_in_of(session))

    async def greet(self, profile: str) -> Greeting | None:
        return self.greeting

    def keep_looks(self, profile: str, looks: Looks) -> None:
        self.looks[profile] = looks

    def home(self, session: Any) -> dict[str, Any]:
        return dict(home_of(session, "", beyond=self.beyond, updates=self.updates))

    async def painted(self) -> None:
        """At once: tests look at what they want to see."""

    def load_pages(self) -> Iterator[None]:
        """They are loaded already."""
        return iter(())

    def pages(self, session: Any) -> dict[str, Any]:
        return dict(pages_of(session, "", self.images, beyond=self.beyond))

    def use_language(self, language: str) -> None:
        self.languages.append(language)
        if self.retranslate is None:
            return
        self.speak_english()
        self._translator = translator_for(language, ROOT)
        if self._translator is not None:
            QCoreApplication.installTranslator(self._translator)
        self.retranslate()

    def speak_english(self) -> None:
        """Take the catalogue away."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    async def close(self) -> None:
        self.closed = True


class AppWindow:
    """The window of a test, already begun; close it at the end."""

    def __init__(
        self,
        images: DecodeClient,
        wallet: str = "open",
        fixed: Fixed | None = None,
        session: FakeSession | None = None,
        *,
        translated: bool = False,
    ) -> None:
        """translated: speak the language of `fixed` with its catalogue, as the real window does."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        # the test is in charge, not the loop: Qt's timers drive it whenever events are processed
        self.loop = qt_loop(app, set_running_loop=False)
        asyncio.set_event_loop(self.loop)
        asyncio.events._set_running_loop(self.loop)
        self.world = FakeWorld(images, wallet)
        if session is not None:
            self.world.sessions["default"] = session
        self.model = AppViewModel(fixed or Fixed(theme="light"))
        self.startup = Startup(self.model, self.world, "default")
        self.engine = make_engine(ROOT, images)
        if translated:
            self.world.retranslate = self.engine.retranslate
            self.world.use_language(self.model.props.language)
        self.engine.setInitialProperties({"appViewModel": self.model})
        self.engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "Main.qml")))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        self.window = window
        window.show()
        window.requestActivate()
        assert becomes_active(window)

    @property
    def session(self) -> FakeSession:
        """The session of the own profile."""
        return self.world.sessions["default"]

    def begin(self, page: str = "", section: str = "") -> None:
        """Start, and wait until the way in or Home stands; then go to `page`, and to a part of the settings."""
        self.startup.begin()
        self.until(lambda: self.model.props.phase in ("welcome", "open", "failed"))
        if self.model.props.phase == "open":
            self.until(lambda: "work" in self.model.screens)  # the last of what a start does
        self.settle()
        if page:
            self.model.openPage(page)
            self.settle()
        if section:
            self.section(section)

    def section(self, name: str) -> None:
        """Show one part of the settings."""
        self.model.screens["settings"].openSection(name)  # type: ignore[attr-defined]
        self.settle()

    def settle(self) -> None:
        """Let everything that can run do so."""
        for _ in range(12):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def until(self, condition: Callable[[], Any]) -> None:
        """Run the loop until `condition`; fails after a bound."""
        for _ in range(_ROUNDS):
            if condition():
                return
            wait(10)
        raise AssertionError("what was waited for did not come")

    def run(self, work: Any) -> Any:
        """Await a coroutine on the window's loop."""
        task = self.loop.create_task(work)
        self.until(task.done)
        return task.result()

    def item(self, name: str) -> QQuickItem:
        """The visible item with this objectName, popups included."""
        found = self.window.findChildren(QObject, name)
        shown = [each for each in found if isinstance(each, QQuickItem) and each.isVisible()]
        walked = [
            each
            for each in items(self.window.contentItem())
            if each.objectName() == name and each.isVisible()
        ]
        both = shown + walked
        assert both, f"there is no {name} on the page {self.model.props.page}"
        return both[0]

    def focus(self, name: str) -> QQuickItem:
        """Give an item the keyboard."""
        item = self.item(name)
        item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        self.settle()
        return item

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press and release one key."""
        QTest.keyClick(self.window, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type letters as key events."""
        for letter in text:
            QTest.keyClick(self.window, letter)
        self.settle()

    def click(self, name: str) -> None:
        """Click in the middle of an item."""
        self.window.grabWindow()  # what has just become visible gets its place when a frame is drawn
        item = self.item(name)
        middle = item.mapToScene(item.boundingRect().center())
        QTest.mouseClick(
            self.window,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(int(middle.x()), int(middle.y())),
        )
        self.settle()

    def words(self) -> list[str]:
        """Every visible text of the window."""
        shown = [item for item in items(self.window.contentItem()) if item.isVisible()]
        return [str(text) for item in shown if isinstance(text := item.property("text"), str) and text]

    def close(self) -> None:
        """Close the session and take the window apart; in a long run a reader must have heard all of it."""
        untold = left_untold(self.window)
        self.run(self.startup.stop())
        self.world.speak_english()
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.settle()
        asyncio.events._set_running_loop(None)
        self.loop.close()
        asyncio.set_event_loop(None)
        assert not untold, untold


def items(root: QQuickItem) -> list[QQuickItem]:
    """`root` and everything drawn below it."""
    found = [root]
    for child in root.childItems():
        found += items(child)
    return found
