# SPDX-License-Identifier: Apache-2.0
"""The catalogue of components: the window's engine, style and letters around samples; no session and no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QCoreApplication, QEvent, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from gems_desktop import languages
from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import make_engine
from gems_desktop.translating import translator_for
from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.help import HelpViewModel

if TYPE_CHECKING:
    from gems_desktop.startup_options import Options

ROOT = Path(__file__).resolve().parent.parent


class CatalogueHost(QObject):
    """The languages of the catalogue, the made-up one among them, and the words that `Explain` looks up."""

    changed = Signal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self.spoken = language
        self._family = "everything"
        self.help_model = HelpViewModel(self)

    @Slot(str)
    def setLanguage(self, language: str) -> None:
        """Speak another language."""
        if language in (*languages.LANGUAGES, languages.PSEUDO) and language != self.spoken:
            self.spoken = language
            self.changed.emit()

    @Slot(str)
    def open(self, family: str) -> None:
        """Show another family. A property set from Python would wait for a file that waits for Python (ADR 0041)."""
        if family != self._family:
            self._family = family
            self.changed.emit()

    family = Property(str, lambda self: self._family, notify=changed)
    language = Property(str, lambda self: self.spoken, notify=changed)
    rightToLeft = Property(bool, lambda self: numbers.right_to_left(self.spoken), notify=changed)
    languageCodes = Property(list, lambda self: [*languages.NAMES, languages.PSEUDO], constant=True)
    languageNames = Property(list, lambda self: [*languages.NAMES.values(), "Pseudo"], constant=True)
    help = Property(QObject, lambda self: self.help_model, constant=True)


class CatalogueWindow:
    """The open catalogue; needs a QGuiApplication."""

    def __init__(self, language: str = "en", theme: str = "light", percent: int = 100) -> None:
        self.decoder = DecodeClient(lambda _sha256: None)
        self.engine = make_engine(ROOT, self.decoder)
        self.host = CatalogueHost(language)
        self._translator: Any = None
        self._speak()
        self.host.changed.connect(self._speak)
        self.engine.setInitialProperties({"host": self.host, "mode": theme, "textScale": percent / 100})
        self.engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "catalogue" / "CatalogueWindow.qml")))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("the catalogue could not be made; Qt has said why")
        self.window: QQuickWindow = roots[0]

    def _speak(self) -> None:
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        language = self.host.spoken
        self._translator = translator_for(language, ROOT)
        if self._translator is not None:
            QCoreApplication.installTranslator(self._translator)
        numbers.speak(language)
        self.host.help_model.retell()
        self.engine.retranslate()

    def close(self) -> None:
        """Take the window apart before Python takes the objects away."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.decoder.close()


def show(options: Options) -> int:
    """Open the catalogue and run until it is closed; the exit code."""
    app = QGuiApplication.instance() or QGuiApplication(["gems"])
    opened = CatalogueWindow(options.language or "en", options.theme or "light", options.text_scale or 100)
    if options.size is not None:
        opened.window.resize(*options.size)
    opened.window.show()
    code = app.exec()
    opened.close()
    return code
