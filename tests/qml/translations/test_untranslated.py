# SPDX-License-Identifier: Apache-2.0
"""Every word of every page comes through a translation: what stays plain in the pseudo-language was forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.languages import NAMES, PSEUDO
from gems_desktop.translating import CLOSES, OPENS
from gems_desktop.viewmodels.app import Fixed
from gems_desktop.viewmodels.settings import SECTIONS
from tests.helpers.app_window import AppWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import REQUESTER

HELPERS = Path(__file__).resolve().parents[2] / "helpers"
PAGES = ("home", "findWork", "work", "review", "outbox", "earnings", "trust", "help")
_INNER = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")
_DATES = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,3}\b")
_ADDRESS = re.compile(r"0x( [0-9a-f]{4})+")
_MARKS = re.compile(
    r"\b(GEM|Gems|MB|KB|GB|ETH|Ctrl|Shift|Alt|Esc|Enter|Space|Tab|Del|Home|End|PgUp|PgDn|F\d+|[A-Z]|0x[0-9a-fA-F…]+)\b"
)


@cache
def data() -> tuple[str, ...]:
    """Every text that the fakes put into the window, the longest first."""
    found = {*NAMES.values(), "Negative", "Neutral", "https://", "http://", "Apache-2.0", "default"}
    for file in (*HELPERS.glob("fake_*.py"), *HELPERS.glob("sample_*.py"), HELPERS / "queue_facts.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 1:
                found.add(node.value)
    return tuple(sorted(found, key=len, reverse=True))


def plain_english(text: str) -> str:
    """What of `text` came neither through a translation nor from the data of the test."""
    while (shorter := _INNER.sub(" ", text)) != text:
        text = shorter
    text = _ADDRESS.sub(" ", text)
    for known in data():
        text = text.replace(known, " ")
    text = _MARKS.sub(" ", _DATES.sub(" ", text))
    return text.strip() if re.search(r"[A-Za-z]{2}", text) else ""


@pytest.fixture
def window(no_pictures: DecodeClient) -> Iterator[AppWindow]:
    session = FakeSession()
    session.settings.state = replace(session.settings.state, language=PSEUDO)
    made = AppWindow(no_pictures, fixed=Fixed(PSEUDO, "light", 100), session=session, translated=True)
    yield made
    made.close()


def test_every_word_of_every_page_is_translated(window: AppWindow) -> None:
    window.begin()
    forgotten: dict[str, list[str]] = {}
    seen = 0

    def look(where: str) -> None:
        nonlocal seen
        words = window.words()
        seen += sum(OPENS in text for text in words)
        if found := sorted({text for text in words if plain_english(text)}):
            forgotten[where] = found

    for page in PAGES:
        window.model.openPage(page)
        window.settle()
        look(page)
    window.model.openPage("settings")
    for part in SECTIONS:
        window.section(part)
        look(f"settings, {part}")
    window.model.openReport(REQUESTER)
    window.settle()
    look("report")
    assert seen > 200
    assert not forgotten


def test_the_way_in_is_translated(no_pictures: DecodeClient) -> None:
    window = AppWindow(no_pictures, "none", Fixed(PSEUDO, "light", 100), translated=True)
    try:
        window.begin()
        assert any(OPENS in text for text in window.words())
        assert not [text for text in window.words() if plain_english(text)]
    finally:
        window.close()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("⟦Óúťbóx·⟧", ""),
        ("⟦á ⟦b⟧ Ctrl+1⟧ 0.65 GEM", ""),
        ("22 Nov 2026, 14:05", ""),
        ("Outbox", "Outbox"),
        ("⟦Séňt⟧ today", "today"),
    ],
)
def test_the_walk_sees_what_was_forgotten(text: str, left: str) -> None:
    assert plain_english(text) == left
