# SPDX-License-Identifier: Apache-2.0
"""Languages and letters: each language's texts load, its numbers are its own, its letters are in our fonts."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QFontDatabase, QRawFont

from gems_desktop.engine import SCRIPTS, load_fonts
from gems_desktop.languages import LANGUAGES, NAMES
from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.self_test.waiting import application
from gems_desktop.translating import translator_for
from gems_desktop.viewmodels import numbers

#: What every window says; a catalogue without it is of another program.
TEXT = "Home"
_FAMILIES = ("Gems Sans", *(f"Gems Sans {script}" for script in SCRIPTS))


def check(checks: Checks, place: Place) -> None:
    """Fonts, catalogues, numbers."""
    application()
    checks.run("fonts load", lambda: _fonts(place))
    for code in LANGUAGES:
        checks.run(f"language {code}", partial(_language, place, code))
    numbers.speak("en")


def _fonts(place: Place) -> str:
    for file in sorted((place.root / "resources" / "fonts").glob("*.ttf")):
        if not QRawFont(str(file), 16.0).isValid():
            raise Failed(f"{file.name} is no font")
    load_fonts(place.root / "resources")
    missing = {*_FAMILIES, "Gems Icons"} - set(QFontDatabase.families())
    if missing:
        raise Failed(f"missing: {', '.join(sorted(missing))}")
    return f"{len(_FAMILIES)} families of letters"


def _language(place: Place, code: str) -> str:
    """The name of the language, and its word for Home, need glyphs in a font of ours."""
    word = TEXT
    if code != "en":
        translator = translator_for(code, place.root)
        if translator is None:
            raise Failed("its texts are not there")
        word = translator.translate("Main", TEXT) or ""
        if not word:
            raise Failed(f"it has no word for “{TEXT}”")
    numbers.speak(code)
    sum_ = numbers.number("1234567.5")
    if numbers.plain(sum_) != "1234567.5":
        raise Failed(f"it writes 1234567.5 as {sum_}, and reads that as {numbers.plain(sum_)!r}")
    _glyphs(place, word + NAMES[code] + sum_)
    return f"{word}, {sum_}"


def _glyphs(place: Place, text: str) -> None:
    fonts = [
        QRawFont(str(file), 16.0)
        for file in sorted((place.root / "resources" / "fonts").glob("*-Regular.ttf"))
    ]
    boxes = {
        letter
        for letter in text
        if letter.isprintable() and not any(font.supportsCharacter(ord(letter)) for font in fonts)
    }
    if boxes:
        raise Failed("no font of ours has " + " ".join(f"{letter} (U+{ord(letter):04X})" for letter in boxes))
