# SPDX-License-Identifier: Apache-2.0
"""Reading aloud: only when asked, in a fitting voice, silent on leaving, on Escape and with the next task."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.viewmodels.spoken import spoken
from gems_desktop.viewmodels.voice import language_of
from tests.helpers.app_window import AppWindow
from tests.helpers.fake_notices import FakeBeyond


class Room:
    """The window with a voice that nobody hears."""

    def __init__(self, window: AppWindow, beyond: FakeBeyond) -> None:
        self.window, self.voice = window, beyond.voice

    def on(self) -> None:
        self.window.run(self.window.session.settings.change(read_aloud=True))
        self.window.settle()

    def has_button(self) -> bool:
        return "Read aloud" in self.window.words()


@pytest.fixture(params=[("en", "ar")])
def room(
    request: pytest.FixtureRequest, qt_app: QGuiApplication, no_pictures: DecodeClient
) -> Iterator[Room]:
    beyond = FakeBeyond(*request.param)
    window = AppWindow(no_pictures)
    window.world.beyond = beyond.ports()
    window.begin("work")
    yield Room(window, beyond)
    window.close()


def test_nothing_is_asked_of_the_system_before_it_is_switched_on(room: Room) -> None:
    assert not room.has_button()
    room.window.key(Qt.Key.Key_F8)
    assert (room.voice.asked, room.voice.said) == (0, [])
    room.on()
    assert room.has_button()
    assert (room.voice.asked > 0, room.voice.said) == (True, [])


def test_the_button_and_the_key_read_and_stop(room: Room) -> None:
    room.on()
    room.window.click("readAloud")
    ((text, language, rate),) = room.voice.said
    facts = room.window.run(room.window.session.work.current())
    assert facts is not None
    assert text.startswith(facts.instructions.split("\n")[0][:10])
    assert (language, rate) == ("en", 100)
    assert "Stop reading" in room.window.words()
    room.window.key(Qt.Key.Key_F8)
    assert room.voice.stopped == 1
    room.window.key(Qt.Key.Key_F8)
    assert len(room.voice.said) == 2


@pytest.mark.parametrize("how", ["escape", "leaving", "next", "switched off"])
def test_it_falls_silent(room: Room, how: str) -> None:
    room.on()
    room.window.key(Qt.Key.Key_F8)
    assert (len(room.voice.said), room.voice.stopped) == (1, 0)
    if how == "escape":
        room.window.key(Qt.Key.Key_Escape)
    elif how == "leaving":
        room.window.model.openPage("home")
        room.window.settle()
    elif how == "switched off":
        room.window.run(room.window.session.settings.change(read_aloud=False))
        room.window.settle()
    else:
        room.window.key(Qt.Key.Key_1)
        room.window.key(Qt.Key.Key_Return)
    assert room.voice.stopped >= 1
    assert "Stop reading" not in room.window.words()
    assert len(room.voice.said) == 1  # the next task is not read by itself


def test_the_end_of_a_text_brings_the_button_back(room: Room) -> None:
    room.on()
    room.window.key(Qt.Key.Key_F8)
    room.voice.ended()
    room.window.settle()
    assert room.has_button()


@pytest.mark.parametrize("room", [()], indirect=True)
def test_without_a_voice_the_settings_say_so(room: Room) -> None:
    room.on()
    assert not room.has_button()
    room.window.begin("settings", "reading")
    assert "speech-dispatcher" in str(room.window.item("noVoice").property("text"))


def test_settings_by_mouse_and_keys(room: Room) -> None:
    window = room.window
    window.begin("settings", "reading")
    window.focus("readAloudOn")
    window.key(Qt.Key.Key_Space)
    window.focus("voiceRate")
    window.key(Qt.Key.Key_Up)
    facts = window.run(window.session.settings.facts())
    assert (facts.read_aloud, facts.voice_rate) == (True, 110)


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("Look at the picture", "sw", "sw"),
        ("Look at the picture", "", "en"),
        ("انظر إلى الصورة", "en", "ar"),
        ("تصویر کو دیکھیں اور بتائیں ہے", "", "ur"),
        ("चित्र को देखें", "", "hi"),
        ("ছবিটি দেখুন", "en", "bn"),
        ("Mark the word مرحبا", "es", "es"),
    ],
)
def test_the_language_of_a_text(text: str, stated: str, expected: str) -> None:
    assert language_of(text, stated, "en") == expected


CONFIG = """<View><Header value="Is it a cat?"/><Text name="t" value="$text"/><HyperText name="h" value="$html"/>
<Image name="i" value="$pic"/><Choices name="c" toName="t"><Choice value="Yes"/></Choices></View>"""
DATA = {
    "text": "A small animal.",
    "html": "<p>It <b>purrs</b>.</p><script>evil()</script>",
    "pic": "sha256:00",
}


def test_the_words_of_a_task() -> None:
    said = spoken("First line.\n\nSecond.", CONFIG, DATA)
    assert said.split("\n")[:4] == ["First line.", "Second.", "Is it a cat?", "A small animal."]
    assert "purrs" in said
    assert "<" not in said
    assert "evil" not in said
    assert spoken("Only this.", CONFIG, None) == "Only this."
    assert spoken("Only this.", "<broken", DATA) == "Only this."
