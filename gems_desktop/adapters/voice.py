# SPDX-License-Identifier: Apache-2.0
"""The system's voice through QtTextToSpeech; implements VoicePort. Nothing of it is loaded before it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from gems_desktop.qt_log import silence

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

log = logging.getLogger(__name__)

MOST_LETTERS = 20_000  # of one text; an hour of reading
_TEST_ENGINES = ("mock",)


class SystemVoice:
    """A VoicePort. engine: one of Qt's by name, by default the system's own; tests name the one that is silent."""

    def __init__(self, engine: str = "") -> None:
        self._engine = engine
        self._speech: QTextToSpeech | None = None
        self._asked = False
        self._ended: Callable[[], None] = lambda: None

    def _open(self) -> QTextToSpeech | None:
        """The engine, opened once; None where there is none or it has no voice."""
        if self._asked:
            return self._speech
        self._asked = True
        # Qt tells a terminal about services it did not find; the settings say it in words.
        silence("qt.speech.*", "qt.multimedia.*")
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:
            log.info("Qt's library for voices cannot be loaded")
            return None
        wanted = (self._engine,) if self._engine else None
        usable = [
            name
            for name in QTextToSpeech.availableEngines()
            if (name in wanted if wanted else name not in _TEST_ENGINES)
        ]
        if not usable:
            return None
        speech = QTextToSpeech(usable[0])
        if speech.state() == QTextToSpeech.State.Error or not speech.availableLocales():
            log.info("the system has no voice")
            speech.deleteLater()
            return None
        speech.stateChanged.connect(self._changed)
        self._speech = speech
        return speech

    def _changed(self, state: object) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech

        if state in (QTextToSpeech.State.Ready, QTextToSpeech.State.Error):
            self._ended()

    def languages(self) -> tuple[str, ...]:
        """See VoicePort."""
        speech = self._open()
        if speech is None:
            return ()
        found = {locale.name().partition("_")[0] for locale in speech.availableLocales()}
        return tuple(sorted(found - {"C", ""}))

    def say(self, text: str, language: str, rate: int) -> bool:
        """See VoicePort."""
        speech = self._open()
        if speech is None:
            return False
        fitting = [
            locale for locale in speech.availableLocales() if locale.name().partition("_")[0] == language
        ]
        if not fitting:
            return False
        if speech.locale() not in fitting:
            speech.setLocale(fitting[0])
        # 50 to 200 percent become Qt's -1 to 1, 100 its 0
        speech.setRate((rate - 100) / 100 if rate >= 100 else (rate - 100) / 50)
        speech.say(text[:MOST_LETTERS])
        return True

    def stop(self) -> None:
        """See VoicePort."""
        if self._speech is not None:
            self._speech.stop()

    def on_end(self, ended: Callable[[], None]) -> None:
        """See VoicePort."""
        self._ended = ended
