# SPDX-License-Identifier: Apache-2.0
"""Reads instructions aloud, when the user asks: in a voice of the campaign's language, else of the window's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import SettingsFacts, Topic
from gems_desktop.services.ports_outside import Beyond
from gems_desktop.services.session import Session
from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.base import ViewModel, prop

#: letters of a script that tells the language of a text by itself: first, last, language
_SCRIPTS = ((0x0900, 0x097F, "hi"), (0x0980, 0x09FF, "bn"), (0x0600, 0x06FF, "ar"))
_URDU = frozenset("ٹڈڑںھہےگچپ")
_LEAST, _MOST = 50, 200


def language_of(text: str, stated: str, window: str) -> str:
    """The language to read `text` in: what its script says; else what its campaign states, else the window's."""
    counts = {name: sum(first <= ord(letter) <= last for letter in text) for first, last, name in _SCRIPTS}
    script, most = max(counts.items(), key=lambda pair: pair[1])
    letters = sum(letter.isalpha() for letter in text)
    if most * 2 > letters:
        return "ur" if script == "ar" and sum(letter in _URDU for letter in text) * 20 > most else script
    return stated or window


@dataclass(frozen=True, slots=True)
class VoiceProps:
    """Whether the button is there, and what it does now."""

    on: bool = False
    ready: bool = False  # switched on, and there is a voice
    missing: bool = False  # switched on or looked for, and there is none
    speaking: bool = False
    rate: int = 100


class VoiceViewModel(ViewModel):
    """Reading aloud. Nothing is read by itself."""

    topics = frozenset({Topic.SETTINGS})
    changed = Signal()
    on = prop(bool, "on", changed)
    ready = prop(bool, "ready", changed)
    missing = prop(bool, "missing", changed)
    speaking = prop(bool, "speaking", changed)
    rate = prop(int, "rate", changed)

    def __init__(self, session: Session, beyond: Beyond | None = None) -> None:
        super().__init__(session)
        self._voice = (beyond or Beyond()).voice
        self._voice.on_end(self._silent)
        self._facts = SettingsFacts()
        self._found: tuple[str, ...] | None = None  # languages of the voices; None: not asked yet
        self.show(VoiceProps())

    async def refresh(self) -> None:
        """Read the options; the system is asked for its voices only when reading aloud is on."""
        self._facts = await self.session.settings.facts()
        if self._facts.read_aloud:
            self._look()
        elif self._props.speaking:
            self._voice.stop()
        self._derive()

    def _look(self) -> None:
        if not self._found:  # a voice may have been installed since
            self._found = self._voice.languages()

    def _derive(self, *, speaking: bool | None = None) -> None:
        on = self._facts.read_aloud
        self.show(
            VoiceProps(
                on=on,
                ready=on and bool(self._found),
                missing=self._found == (),
                speaking=self._props.speaking if speaking is None else speaking,
                rate=self._facts.voice_rate,
            )
        )

    def _silent(self) -> None:
        self.show(replace(self._props, speaking=False))

    @Slot(QObject)
    def toggle(self, screen: Any) -> None:
        """Read what `screen` has to say (its `spoken`: text and language), or stop."""
        if self._props.speaking:
            self.stop()
        elif self._props.ready:
            self._read(*screen.spoken())

    def _read(self, text: str, stated: str) -> None:
        window = numbers.language()
        if not text:
            return
        found = self._found or ()
        wanted = [language_of(text, stated, window), window, *found]
        language = next(each for each in wanted if each in found)
        if self._voice.say(text, language, self._facts.voice_rate):
            self._derive(speaking=True)

    @Slot()
    def stop(self) -> None:
        """Be silent."""
        if self._props.speaking:
            self._voice.stop()
            self._derive(speaking=False)

    @Slot(bool)
    def setOn(self, on: bool) -> None:
        """Switch reading aloud on or off."""
        self.start(self._store(read_aloud=on))

    @Slot(int)
    def setRate(self, rate: int) -> None:
        """How fast, in percent of the voice's own speed."""
        self.start(self._store(voice_rate=min(max(rate, _LEAST), _MOST)))

    async def _store(self, **options: object) -> None:
        await self.session.settings.change(**options)
        await self.refresh()

    voices = Property(str, lambda self: ", ".join(self._found or ()), notify=changed)

    def close(self) -> None:
        """Be silent, and listen no more."""
        self._voice.stop()
        super().close()
