# SPDX-License-Identifier: Apache-2.0
"""The composition root of the window: paints first, then puts adapters, services and view models together.

Nothing of the services, web3, SQLAlchemy or aiohttp is imported before the first frame.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.hardening import harden
from gems_desktop.startup_options import Options, parse

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQuick import QQuickWindow

    from gems_desktop.engine import GemsEngine
    from gems_desktop.services.network import Network
    from gems_desktop.startup import Startup
    from gems_desktop.startup_care import RunKeeper
    from gems_desktop.viewmodels.app import AppViewModel

ROOT = Path(__file__).resolve().parent.parent
PRACTICE_PASSWORD = b"practice"  # of the practice reviewer only, whose words stand in network.json
NO_DISPLAY = 2


def main(arguments: list[str]) -> int:
    """Open the window and run until it is closed; the exit code."""
    options = parse(arguments)
    if options.tour is not None:
        return _tour(options, options.tour)
    return start(options)


def _tour(options: Options, folder: Path) -> int:
    """Play the main job in a home of its own, which is gone afterwards: a tour never touches real profiles."""

    async def walk(shown: Shown, startup: Startup) -> int:
        from gems_desktop import tour

        return await tour.run(shown.window, shown.model, startup, folder)

    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="gems-tour-", ignore_cleanup_errors=True) as home:
        return start(replace(options, home=Path(home), network=None, local=True, profile="default"), walk)


def start(options: Options, drive: Drive | None = None) -> int:
    """Open the window as `options` say; `drive` has the keyboard instead of a person. The exit code."""
    harden()
    from gems_desktop import startup_profile

    options = startup_profile.with_profile(options)
    if drive is None and startup_profile.is_second(options):
        print(startup_profile.SECOND)
        return 0
    if not has_display():
        print("Gems needs a display. Without one, `gems demo` plays the same job here.", file=sys.stderr)
        return NO_DISPLAY
    folder = startup_profile.first_folder(options)
    probe = os.environ.get("GEMS_PAINT_PROBE")
    careful = not probe and _begin_carefully(folder)
    shown = Shown(options)
    shown.paint_first()
    if probe:
        Path(probe).write_text(repr(shown.painted_at), "utf-8")
        shown.close()
        return 0
    import qasync

    loop = qasync.QEventLoop(shown.app)
    asyncio.set_event_loop(loop)
    with loop:
        code: int = loop.run_until_complete(run(shown, options, folder, careful, drive))
    return code


def _begin_carefully(folder: Path) -> bool:
    """Count this start; whether it is one in safe mode, which then draws without the graphics card."""
    from gems_desktop.diagnosing import starts

    if not folder.is_dir():
        return False
    careful = starts.begin(folder).careful
    if careful:
        os.environ["QT_QUICK_BACKEND"] = "software"
    return careful


def has_display() -> bool:
    """Whether there is a screen to paint on; only Linux can be without."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class TaskMedia:
    """Where the decode worker finds pictures: the media of the session that is open."""

    def __init__(self) -> None:
        self.media: Any = None

    def locate(self, sha256: str) -> Path | None:
        """The file of a picture, or None; called on the decode client's thread."""
        media = self.media
        return media.path(sha256) if media is not None and media.has(sha256) else None


class Shown:
    """The application, the engine and the window, painted before anything else is loaded."""

    def __init__(self, options: Options) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtQuick import QQuickWindow

        from gems_desktop.collecting import QtThreadCollector
        from gems_desktop.decoding.client import DecodeClient
        from gems_desktop.engine import make_engine
        from gems_desktop.viewmodels.app import AppViewModel, Fixed

        made = QGuiApplication.instance() or QGuiApplication(["gems"])
        if not isinstance(made, QGuiApplication):
            raise TypeError("another kind of application runs already")
        self.app: QGuiApplication = made
        self.app.setApplicationName("gems")
        self.app.setApplicationDisplayName("Gems")
        self.app.setQuitOnLastWindowClosed(False)
        self.collector = QtThreadCollector()
        self.pictures = TaskMedia()
        self.decoder = DecodeClient(self.pictures.locate)
        self.model: AppViewModel = AppViewModel(
            Fixed(options.language, options.theme, options.text_scale), options.profile, options.local
        )
        self.engine: GemsEngine = make_engine(ROOT, self.decoder)
        self._translator: Any = None
        self.use_language(options.language or "en")
        self.engine.setInitialProperties({"appViewModel": self.model})
        self.engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "Main.qml")))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("the window could not be made; Qt has said why")
        if options.size is not None:
            roots[0].resize(*options.size)
        self.painted_at = 0.0

    @property
    def window(self) -> QQuickWindow:
        """The window, asked of the engine: its Python side may be declared dead while it lives (ADR 0041)."""
        window: Any = self.engine.rootObjects()[0]
        return window  # type: ignore[no-any-return]

    def paint_first(self) -> None:
        """Show the window and return when its first frame stands."""
        from PySide6.QtCore import QEventLoop

        painted: list[float] = []
        self.window.frameSwapped.connect(lambda: painted.append(time.monotonic()))
        self.window.show()
        while not painted:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.window.frameSwapped.disconnect()
        self.painted_at = painted[0]

    def use_language(self, language: str) -> None:
        """Load a catalogue if there is one; English needs none."""
        from PySide6.QtCore import QTranslator

        if self._translator is not None:
            self.app.removeTranslator(self._translator)
            self._translator = None
        translator = QTranslator()
        file = ROOT / "resources" / "i18n" / f"gems_{language}.qm"
        if file.is_file() and translator.load(str(file)):
            self.app.installTranslator(translator)
            self._translator = translator
        self.engine.retranslate()

    def come_forward(self) -> None:
        """Somebody opened this profile again: here it is."""
        from PySide6.QtCore import Qt

        window = self.window
        window.setWindowStates(window.windowStates() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.requestActivate()

    def close(self) -> None:
        """Take the window apart before Python takes the objects away."""
        from PySide6.QtCore import QCoreApplication, QEvent

        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.decoder.close()
        self.collector.end()


class RealWorld:
    """The network, the profiles and the view models of a real run (startup.World)."""

    def __init__(self, options: Options, shown: Shown, keeper: RunKeeper | None = None) -> None:
        from gems_desktop.adapters.profiles import ProfileShelf
        from gems_desktop.instance import FirstInstance
        from gems_desktop.startup_local import LocalNetwork
        from gems_desktop.startup_profile import first_folder, home_of

        self.root = home_of(options)
        self.shelf = ProfileShelf(self.root / "profiles")
        self.instance = FirstInstance()
        self.instance.wanted.connect(shown.come_forward)
        self.instance.listen(first_folder(options))
        self.practice = options.local
        self.reviewer_available = False
        self.use_language = shown.use_language
        self._options = options
        self._fresh = options.fresh
        self._pictures = shown.pictures
        self._decoder = shown.decoder
        self._keeper = keeper
        self._network: Network | None = None
        self._reviewer_words = ""
        self._local = LocalNetwork()
        self._log: logging.Handler | None = None
        self._opened = self.root

    def folder(self, profile: str) -> Path:
        """The folder of a profile; raises StoreUnreadable."""
        from gems_desktop.adapters.profile import profile_folder

        return profile_folder(profile, self.root / "profiles")

    async def prepare(self, tell: Callable[[str], None]) -> None:
        """See World. A profile that is open elsewhere is noticed before anything is started over it."""
        from gems_desktop.adapters.network_file import read_network
        from gems_desktop.adapters.profile import ProfileLock

        if self._network is not None:
            return
        ProfileLock(self.folder(self._options.profile)).release()
        if self._fresh:
            self._set_aside()
        file = self._options.network
        if file is None:
            file = await self._local.start(self.root / "network", self._fresh, tell)
            self._fresh = False
        network = read_network(file)
        self._reviewer_words = _reviewer_words(file) if network.practice else ""
        self.practice = network.practice
        self.reviewer_available = bool(self._reviewer_words)
        self._network = network

    def _set_aside(self) -> None:
        """Profiles of a former practice network are kept, under another name."""
        from gems_desktop.services.errors import StoreUnreadable

        profiles = self.root / "profiles"
        try:
            os.replace(profiles, self.root / f"profiles-before-{time.time_ns()}")
        except OSError as error:
            raise StoreUnreadable from error

    async def open(self, profile: str) -> Any:
        """See World."""
        from gems_desktop.network_kind import metered
        from gems_desktop.session import media_folder, open_session

        folder = self.folder(profile)
        self._opened = folder
        self._log_into(folder)
        if self._network is None:
            raise RuntimeError("prepare comes before open")
        self.instance.listen(folder)
        session = await open_session(folder, self._network, profile=profile, metered=metered)
        self._pictures.media = media_folder(session)
        self.shelf.used(profile)
        if self._keeper is not None:
            self._keeper.opened(folder, self._network, session.context.signer)
        return session

    def _log_into(self, folder: Path) -> None:
        from gems_desktop.startup_log import ProfileLog

        logger = logging.getLogger()
        if self._log is not None:
            logger.removeHandler(self._log)
        self._log = ProfileLog(folder)
        logger.addHandler(self._log)

    async def unlock_reviewer(self, session: Any) -> None:
        """See World."""
        wallet = await session.wallet.facts()
        if wallet.unlocked:
            return
        if wallet.exists:
            await session.wallet.unlock(bytearray(PRACTICE_PASSWORD))
        else:
            await session.wallet.restore(bytearray(self._reviewer_words, "ascii"))
            await session.wallet.protect(bytearray(PRACTICE_PASSWORD))

    def screens(self, session: Any) -> dict[str, Any]:
        """See World."""
        from gems_desktop.viewmodels.catalogue import screens_of

        return screens_of(session, str(self._opened), self._decoder, self.shelf)

    async def close(self) -> None:
        """See World."""
        self._pictures.media = None
        self.instance.close()
        await self._local.stop()
        if self._log is not None:
            logging.getLogger().removeHandler(self._log)


def _reviewer_words(file: Path) -> str:
    """The seed words of the practice reviewer that a practice network publishes, or nothing."""
    value = json.loads(file.read_bytes())
    words = value.get("practice_reviewer_words")
    return words if isinstance(words, str) and words.isascii() and len(words) < 300 else ""


Drive = Callable[["Shown", "Startup"], Awaitable[int]]


async def run(
    shown: Shown, options: Options, folder: Path, careful: bool = False, drive: Drive | None = None
) -> int:
    """Live until the window is closed or the system asks to end, or until `drive` has had its way; the exit code.

    folder: of the first profile. careful: the starts before this one failed.
    """
    from gems_desktop.ending import Ended
    from gems_desktop.idling import IdleWatch
    from gems_desktop.startup import Startup
    from gems_desktop.startup_care import RunKeeper
    from gems_desktop.startup_log import catch_bugs

    keeper = RunKeeper(shown.model.care_model, folder)
    startup = Startup(shown.model, RealWorld(options, shown, keeper), options.profile, careful=careful)
    undo = catch_bugs(startup.show_bug)
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: _loop_fault(startup, what))
    ended = Ended(shown.window)
    idle = IdleWatch(shown.window, startup.idle_minutes, startup.lock)
    code = 0
    try:
        started = startup.begin()
        if drive is not None:
            await started
            code = await drive(shown, startup)
        else:
            await ended.wait()
    finally:
        idle.close()
        await startup.stop()
        shown.model.clearClipboard()
        ended.close()
        keeper.close()
        shown.close()
        undo()
    return code


def _loop_fault(startup: Startup, what: dict[str, Any]) -> None:
    error = what.get("exception")
    logging.getLogger("gems_desktop.bugs").error(
        "a fault on the loop", exc_info=error if isinstance(error, BaseException) else None
    )
    startup.show_bug()
