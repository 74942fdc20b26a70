# SPDX-License-Identifier: Apache-2.0
"""Translations are code: complete, current, with the same places to fill in, and nothing that could mislead."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from mnemonic import Mnemonic

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "resources" / "i18n"
WORDS = frozenset(Mnemonic("english").wordlist)

_PLACES = re.compile(r"\{\w+\}|%\d|%n")
#: What is printed on keys: those with a name, and letters that do not begin a sentence.
_KEYS = re.compile(
    r"(?<![A-Za-zÀ-ɏḀ-ỿ])(?:Ctrl|Shift|Alt|Escape|Esc|Delete|Del|Tab|Backspace|Page Up|Page Down|PgUp|PgDn"
    r"|Space|Enter(?! the)|[B-HJ-Z])(?![A-Za-zÀ-ɏḀ-ỿ])"
)
_FORBIDDEN = {
    "an address": re.compile(r"0x[0-9a-f]{4}", re.IGNORECASE),
    "a link": re.compile(r"https?:|www\.|\w\.(com|org|net|io)\b", re.IGNORECASE),
    "a tag": re.compile(r"<\s*/?\s*[a-z!]", re.IGNORECASE),
    "a long number": re.compile(r"\d{6}"),
    "a direction override": re.compile("[\u202a-\u202e\u2066-\u2069]"),
}


def problems(source: str, translation: str) -> list[str]:
    """What is wrong with a translation of `source`."""
    found = [
        what
        for what, pattern in _FORBIDDEN.items()
        if pattern.search(translation) and not pattern.search(source)
    ]
    if Counter(_PLACES.findall(source)) != Counter(_PLACES.findall(translation)):
        found.append("other places to fill in")
    if set(_KEYS.findall(source)) != set(_KEYS.findall(translation)):
        found.append("other keys")
    if sum(word in WORDS for word in re.findall(r"[a-z]{3,}", _PLACES.sub(" ", translation))) > 3:
        found.append("words like a seed phrase")
    if not translation.strip():
        found.append("nothing")
    return found


def pairs(file: Path) -> list[tuple[str, str]]:
    """Every text of a catalogue with each of its translations."""
    found = []
    for message in ElementTree.parse(file).getroot().iter("message"):  # noqa: S314 - our own file
        source = message.findtext("source") or ""
        forms = [form.text or "" for form in message.iter("numerusform")]
        found += [(source, form) for form in forms or [message.findtext("translation") or ""]]
    return found


def test_the_catalogues_are_current_and_complete() -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "make_catalogues.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (
        f"{done.stdout}{done.stderr}\nFix: ./dev translate, then translate what is new"
    )


@pytest.mark.parametrize("file", sorted(FOLDER.glob("gems_*.ts")), ids=lambda file: file.stem)
def test_no_translation_misleads(file: Path) -> None:
    # A plural form for one or two may leave the number out, as Arabic and English do in words.
    found = {
        (source, text): wrong
        for source, text in pairs(file)
        if (wrong := problems(source.replace("%n", ""), text.replace("%n", "")))
    }
    assert not found


@pytest.mark.parametrize(
    ("source", "text", "wrong"),
    [
        ("Send", "Send to 0xabcd1234", ["an address"]),
        ("Help", "See https://gems.example", ["a link"]),
        ("Hello {name}", "Hello", ["other places to fill in"]),
        ("Hello", "<b>Hello</b>", ["a tag"]),
        ("Ctrl+D drops it, M moves it.", "Strg+D, M", ["other keys"]),
        ("Words", "abandon ability able about", ["words like a seed phrase"]),
        ("Hello", " ", ["nothing"]),
        ("Hello", "مرحبا", []),
        ("{n} copies", "São {n} cópias", []),
    ],
)
def test_the_check_sees(source: str, text: str, wrong: list[str]) -> None:
    assert problems(source, text) == wrong
