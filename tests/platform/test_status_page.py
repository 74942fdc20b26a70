# SPDX-License-Identifier: Apache-2.0
"""The status page in a real browser: no complaint, no overflow, tables that are tables, text that stays text."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from gems_platform.edge.listening import bind, listen
from gems_platform.observing import page as pages_text
from gems_platform.observing import pages as pages_module
from gems_platform.observing.figures import Figures
from gems_platform.observing.metrics import Metrics
from gems_platform.observing.page import About, render
from gems_platform.observing.pages import Pages
from gems_platform.observing.style import CSS
from gems_platform.settings import Settings
from gems_protocol.amount import UNIT
from tests.platform.browser import CHROMIUM, FLAGS, tab
from tests.platform.conftest import HandClock
from tests.platform.figures import ABOUT, AT, HOSTILE, campaign, figures, store
from tests.platform.world import world

in_chromium = pytest.mark.skipif(not CHROMIUM, reason="chromium-headless-shell is not installed (apt)")
LONG = campaign(9, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2)
WIDER = "document.documentElement.scrollWidth - innerWidth"


class _Looking:
    def __init__(self, found: Figures) -> None:
        self._found = found

    async def figures(self) -> Figures:
        return self._found


@asynccontextmanager
async def _served(settings: Settings, found: Figures, about: About = ABOUT) -> AsyncIterator[str]:
    """The URL of a status page with these figures."""
    parts = (Metrics(), _Looking(found), None, about)
    place, url = bind("127.0.0.1", 0)
    running = await listen(Pages(settings, HandClock(AT), *parts), place)  # type: ignore[arg-type]
    yield url + "/status"
    await running.close()


@in_chromium
async def test_it_is_calm_in_every_width_and_look(tmp_path: Path, settings: Settings) -> None:
    found = figures(campaign(8, HOSTILE, open=1, paid=1), LONG)
    about = replace(ABOUT, practice=True, name="Gems & <i>friends</i>")
    async with _served(settings, found, about) as url, tab(tmp_path) as browser:
        for width in (1280, 740, 360):
            for look in ("light", "dark"):
                await browser.open(url, width, 800, look)
                assert await browser.run(WIDER) == 0, (width, look)
                ground = await browser.run("getComputedStyle(document.documentElement).backgroundColor")
                assert ground == ("rgb(246, 245, 242)" if look == "light" else "rgb(20, 24, 26)")
            tree = await browser.tree()
            assert ("heading", "Gems & <i>friends</i>: status") in tree, width
            for name in ("Campaigns", "Queue", "Money", "What is due", "What runs"):
                assert ("heading", name) in tree, (width, name)
            tables = [name for role, name in tree if role == "table"]
            assert len(tables) == 5 and all(tables), (width, tables)
            roles = [role for role, _ in tree]
            assert roles.count("rowheader") >= 7 and roles.count("columnheader") == 5, width
        assert (
            await browser.run("document.querySelectorAll('img, script, style, [style], [onerror]').length")
            == 0
        )
        shown = await browser.run("[...document.querySelectorAll('bdi')].map(one => one.textContent)")
        assert HOSTILE in shown
        assert await browser.run("document.title") == "Gems & <i>friends</i>: status"
        assert browser.complaints == []


@in_chromium
async def test_the_browser_would_have_told(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Controls: text that is not escaped, a page that is too wide, a table without a name, a style of its own."""
    monkeypatch.setattr(pages_text, "escape", lambda text: text)
    monkeypatch.setattr(pages_module, "CSS", CSS.split("@media (max-width")[0].replace("anywhere", "normal"))
    async with _served(settings, figures(campaign(8, HOSTILE), LONG)) as url, tab(tmp_path) as browser:
        await browser.open(url, 360, 800)
        assert await browser.run(WIDER) > 0
        assert await browser.run("document.querySelectorAll('img').length") == 1
        assert await browser.run("document.title") == "Gems: status", "the policy lets no script run even so"
        assert any("Content Security Policy" in one or "ContentSecurity" in one for one in browser.complaints)


@in_chromium
async def test_a_live_platform_is_shown(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock, practice=True) as w:
        await w.campaign(3)
        w.server.app.state.observation.looking.forget()
        command = (
            CHROMIUM,
            *FLAGS,
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            w.server.url + "/status",
        )
        pipe, quiet = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=quiet)
        async with asyncio.timeout(60):
            seen = (await process.communicate())[0].decode()
    assert "<bdi>Moods</bdi>" in seen and "3 open" in seen
    assert "Practice:" in seen and re.search(r"block \d+", seen)
    assert re.search(r"Tasks that wait to be taken</th><td class=\"number\">3<", seen)


def test_money_is_exact_to_the_unit() -> None:
    told = 12_345_678 * UNIT + 1
    one = replace(campaign(1, "A"), funded=told, paid=told + 2)
    text = re.sub(
        "<[^>]*>", "", render(ABOUT, Figures(replace(store(), campaigns=(one,)), True, 1, 1), now=AT)
    )
    assert "12,345,678.000000000000000001" in text
    assert "−0.000000000000000002" in text  # more was paid than put in: a fault that must be seen as it is


def test_every_text_from_outside_is_escaped() -> None:
    about = About(HOSTILE, True, HOSTILE, HOSTILE, HOSTILE)
    found = Figures(replace(store(campaign(1, HOSTILE, HOSTILE)), version=HOSTILE), True, 1, 1)
    text = render(about, found, now=AT)
    assert "<script" not in text and "<img" not in text and HOSTILE not in text
    assert "&lt;script&gt;" in text


def test_a_store_that_is_away_is_said() -> None:
    text = render(ABOUT, Figures(None, False, None, 0))
    assert "The store does not answer" in text and "<table" not in text


def test_campaigns_come_in_pages() -> None:
    many = tuple(campaign(number, f"Campaign {number}") for number in range(1, 61))
    found = Figures(replace(store(), campaigns=many, campaigns_total=90), True, 1, 1)
    first, last = render(ABOUT, found, 0, AT), render(ABOUT, found, 99_999, AT)
    assert "1 to 25 of 90" in first and 'rel="next"' in first and 'rel="prev"' not in first
    assert "51 to 60 of 90" in last and 'rel="next"' not in last


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = [(p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4) for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_its_ground() -> None:
    looks = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part)) for part in CSS.split("@media")[:2]]
    pairs = [
        ("ink", "ground"),
        ("ink", "sheet"),
        ("soft", "sheet"),
        ("soft", "ground"),
        ("ink", "bar-ground"),
    ]
    pairs += [(name, f"{name}-ground") for name in ("good", "warn", "bad")]
    for look in looks:
        for text, ground in pairs:
            assert _contrast(look[text], look[ground]) >= 4.5, (text, ground)
    assert _contrast("#777777", "#ffffff") < 4.5  # the control: a grey that just fails
