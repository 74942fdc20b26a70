# SPDX-License-Identifier: Apache-2.0
"""The system's voice on Qt's engine that makes no sound; it is loaded only when somebody asks."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from gems_desktop.adapters.voice import SystemVoice
from tests.helpers.waiting import wait


def app() -> QCoreApplication:
    return QGuiApplication.instance() or QGuiApplication([])


def until_ended(ended: list[int], count: int) -> bool:
    for _ in range(600):
        if len(ended) >= count:
            return True
        wait(10)
    return False


def test_the_silent_engine_reads_to_the_end_and_stops() -> None:
    app()
    voice = SystemVoice("mock")
    ended: list[int] = []
    voice.on_end(lambda: ended.append(1))
    assert "en" in voice.languages()
    assert voice.say("one two", "en", 200)
    assert until_ended(ended, 1)
    before = len(ended)
    assert voice.say("one two three four five six seven eight nine ten", "en", 50)
    voice.stop()
    assert until_ended(ended, before + 1)


def test_a_language_without_a_voice_is_not_read() -> None:
    app()
    assert not SystemVoice("mock").say("habari", "sw", 100)


def test_an_engine_that_is_not_there_is_no_voice() -> None:
    app()
    voice = SystemVoice("no such engine")
    assert voice.languages() == ()
    assert not voice.say("x", "en", 100)
    voice.stop()


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys; from gems_desktop.adapters.voice import SystemVoice; v = SystemVoice(); v.stop(); "
        "sys.exit('PySide6.QtTextToSpeech' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
