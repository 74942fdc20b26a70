# SPDX-License-Identifier: Apache-2.0
"""What happens is said, motion stands still where it is wished, contrast is followed, colour is never alone."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

from gems_desktop.services.facts import Problem
from gems_desktop.viewmodels.app import with_problem
from tests.helpers.accessible import faults, type_of
from tests.helpers.app_window import ROOT, items
from tests.helpers.tones import alone, ask
from tests.qml.access.conftest import MakeWindow, OpenBench, shown

UI = ROOT / "ui" / "Gems"
_TIMES = re.compile(r"\b(duration|highlightMoveDuration|highlightResizeDuration|velocity):\s*(.+)")
_STILL = {"0", "Theme.fast", "Theme.slow", "-1"}


def test_what_happens_is_said(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("work")

    def said() -> Any:
        window.settle()
        return ask(window.window, "Aloud.last")

    window.model.toast.emit("Sent", "good")
    assert said() == "Sent"
    told = with_problem(
        window.model.props, Problem("The line broke.", "Nothing is lost.", "Try again later.")
    )
    window.model.show(told)
    assert said() == f"{told.problemMessage} {told.problemSafe} {told.problemAction}".strip()
    window.model.show(replace(window.model.props, connection="offline", connectionText="Offline now"))
    assert said() == "Offline now"


def test_time_that_runs_out_is_said(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("work")
    clock = next(
        each
        for each in items(window.window.contentItem())
        if type_of(each) == "Countdown" and each.isVisible()
    )
    now = time.time()
    clock.setProperty("endsAt", now + 7200)
    clock.setProperty("now", now)
    before = ask(window.window, "Aloud.last")
    clock.setProperty("now", now + 1800)
    assert ask(window.window, "Aloud.last") == before
    clock.setProperty("now", now + 7200 - 540)
    assert ask(window.window, "Aloud.last") == clock.property("text") == "9 minute(s) left"
    clock.setProperty("now", now + 7200 - 539)
    clock.setProperty("now", now + 7200)
    assert ask(window.window, "Aloud.last") == clock.property("text") == "Time is over"


def test_a_task_is_said_when_it_comes(open_bench: OpenBench) -> None:
    from gems_protocol.modules import parse

    config = (
        '<View><Header value="Which mood?"/><Text name="t" value="$t"/><TextArea name="a" toName="t"/></View>'
    )
    bench = open_bench(config, data={"t": "It rains."})
    bench.focus(bench.named("task"))
    bench.model.open(parse(config), {"t": "The sun shines."}, [])
    bench.settle()
    assert ask(bench.window, "Aloud.last") == "Which mood?. The sun shines."


def test_motion_stands_still_where_it_is_wished(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()
    assert ask(window.window, "Theme.fast") > 0 and ask(window.window, "Theme.slow") > 0
    window.model.be_still(True)
    assert ask(window.window, "Theme.fast") == ask(window.window, "Theme.slow") == 0
    window.model.be_still(False)
    assert ask(window.window, "Theme.fast") > 0


def moving(text: str) -> list[str]:
    """Times of motion in QML that do not stand still when it is wished."""
    return [value.strip() for _, value in _TIMES.findall(text) if value.strip().rstrip(";}") not in _STILL]


def test_every_time_of_motion_is_the_themes() -> None:
    found = {file.name: odd for file in UI.rglob("*.qml") if (odd := moving(file.read_text("utf-8")))}
    assert not found
    assert moving("NumberAnimation { duration: 200 }") and not moving("duration: Theme.fast")


def test_strong_contrast_of_the_system_is_followed(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()
    assert ask(window.window, "Theme.systemContrast") is False, "Qt no longer says it"
    ask(window.window, "Theme.systemContrast = true")
    ask(window.window, "Theme.mode = 'system'")
    assert ask(window.window, "Theme.scheme") == "contrast"
    ask(window.window, "Theme.mode = 'light'")
    assert ask(window.window, "Theme.scheme") == "light", "what was chosen goes first"


def test_a_colour_alone_is_seen(make_window: MakeWindow) -> None:
    """The walk through all pages is in test_keyboard.py."""
    window = make_window()
    window.begin("outbox")
    shown(window)
    assert not list(alone(window))
    badge = next(
        each
        for each in items(window.window.contentItem())
        if type_of(each) == "PracticeBadge" and each.isVisible()
    )
    badge.setProperty("text", "")
    assert list(alone(window))


def test_the_walk_hears_what_is_missing(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "reading")
    assert not faults(window.window)
    button = window.item("section.reading")
    for broken in ("", "sha256:00", "What is “”?", "Page %1"):
        button.setProperty("text", broken)
        shown(window)
        assert faults(window.window), broken
    button.setProperty("text", "Reading")
