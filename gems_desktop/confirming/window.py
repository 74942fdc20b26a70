# SPDX-License-Identifier: Apache-2.0
"""The window of one question: the same closed engine and style as the main window's, one QML file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication

from gems_desktop.confirming.asking import Asking, Told
from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import make_engine
from gems_desktop.own_ui import ui_address


class ConfirmWindow:
    """Needs a QGuiApplication. `asking.answered` tells the answer."""

    def __init__(self, app_dir: Path, told: Told) -> None:
        self.asking = Asking(told)
        right = Qt.LayoutDirection.RightToLeft if self.asking.rightToLeft else Qt.LayoutDirection.LeftToRight
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.setLayoutDirection(right)
        self._pictures = DecodeClient(lambda _sha256: None)
        self._engine = make_engine(app_dir, self._pictures)
        self._engine.setInitialProperties({"asking": self.asking})
        self._engine.load(ui_address(app_dir, "Gems/ConfirmWindow.qml"))
        if not self._engine.rootObjects():
            raise RuntimeError("the window could not be made; Qt has said why")

    @property
    def window(self) -> Any:
        """The window, asked of the engine."""
        return self._engine.rootObjects()[0]

    def show(self) -> None:
        """Show it in front of the others."""
        self.window.show()
        self.window.raise_()
        self.window.requestActivate()

    def close(self) -> None:
        """Take it apart before Python takes the objects away."""
        self.window.close()
        self._engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._pictures.close()
