# SPDX-License-Identifier: Apache-2.0
"""The application, the engine and the window: what stands on the screen before anything else is loaded."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.startup_options import Options

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQml import QQmlComponent
    from PySide6.QtQuick import QQuickWindow

    from gems_desktop.engine import GemsEngine
    from gems_desktop.viewmodels.app import AppViewModel

ROOT = Path(__file__).resolve().parent.parent
_FRAME_S = 0.5  # a window that was not painted by then is not looked at


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
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtQuick import QQuickWindow

        from gems_desktop import plain_imports

        plain_imports.restore()
        from gems_desktop.collecting import QtThreadCollector
        from gems_desktop.decoding.client import DecodeClient
        from gems_desktop.engine import make_engine
        from gems_desktop.own_ui import ui_address
        from gems_desktop.viewmodels.app import AppViewModel, Fixed

        made = QGuiApplication.instance() or QGuiApplication(["gems"])
        if not isinstance(made, QGuiApplication):
            raise TypeError("another kind of application runs already")
        self.app: QGuiApplication = made
        self.app.setApplicationName("gems")
        self.app.setDesktopFileName(
            "gems-desktop"
        )  # the menu entry that the window and its notices belong to
        self.app.setApplicationDisplayName("Gems")
        self.app.setQuitOnLastWindowClosed(False)
        self.collector = QtThreadCollector()
        self.pictures = TaskMedia()
        self.decoder = DecodeClient(self.pictures.locate)
        self.model: AppViewModel = AppViewModel(
            Fixed(options.language, options.theme, options.text_scale), options.profile, options.local
        )
        self.engine: GemsEngine = make_engine(ROOT, self.decoder, items=False, guarded=False)
        self._translator: Any = None
        self._ahead: QQmlComponent | None = None
        self.use_language(self.model.props.language)
        self.engine.setInitialProperties({"appViewModel": self.model})
        self.engine.load(ui_address(ROOT, "Gems/Main.qml"))
        # The frame is ours, and nothing from outside is in it yet: 430 questions, 12 ms before the first frame.
        self.engine.guard()
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
        """Show the window; when its first frame stands, register what the way in is made of."""
        from PySide6.QtCore import QEventLoop

        from gems_desktop.engine import register_secrets

        painted: list[float] = []
        self.window.frameSwapped.connect(lambda: painted.append(time.monotonic()))
        self.window.show()
        while not painted:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.window.frameSwapped.disconnect()
        self.painted_at = painted[0]
        register_secrets()
        self.collector.begin()

    def compile_ahead(self, page: str) -> None:
        """Compile a page of ui/ behind what is shown, so that it stands at once when its turn comes."""
        from PySide6.QtQml import QQmlComponent

        from gems_desktop.own_ui import ui_address

        kind = QQmlComponent.CompilationMode.Asynchronous
        self._ahead = QQmlComponent(self.engine, ui_address(ROOT, page), kind, self.engine)

    async def compiled(self) -> None:
        """Return when nothing is compiled: an engine taken apart waits for that thread, and that one for Python."""
        import asyncio

        while self._ahead is not None and self._ahead.isLoading():
            await asyncio.sleep(0.01)

    async def painted(self) -> None:
        """Return when the window was painted as it is now; soon, where it is hidden."""
        import asyncio

        stood = asyncio.Event()
        self.window.frameSwapped.connect(stood.set)
        self.window.requestUpdate()
        try:
            await asyncio.wait_for(stood.wait(), _FRAME_S)
        except TimeoutError:
            return
        finally:
            self.window.frameSwapped.disconnect(stood.set)

    def use_language(self, language: str) -> None:
        """Load a catalogue if there is one; English needs none."""
        from gems_desktop.translating import translator_for

        if self._translator is not None:
            self.app.removeTranslator(self._translator)
        self._translator = translator_for(language, ROOT)
        if self._translator is not None:
            self.app.installTranslator(self._translator)
        self.engine.retranslate()

    def come_forward(self) -> None:
        """Somebody opened this profile again: here it is."""
        from PySide6.QtCore import Qt

        window = self.window
        window.setWindowStates(window.windowStates() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.requestActivate()

    def is_in_front(self) -> bool:
        """Whether the user looks at the window."""
        return self.window.isVisible() and self.window.isActive()

    def is_hidden(self) -> bool:
        """Whether there is no window to be seen."""
        return not self.window.isVisible()

    def close(self) -> None:
        """Take the window apart before Python takes the objects away."""
        from PySide6.QtCore import QCoreApplication, QEvent

        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.decoder.close()
        self.collector.end()
