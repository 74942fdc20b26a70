# SPDX-License-Identifier: Apache-2.0
"""New versions in the window: what is said in each state, by mouse and by keys, and never a word from outside."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.facts_updates import OffReason, State, Trouble, UpdateFacts
from gems_desktop.viewmodels.app import Fixed
from gems_desktop.viewmodels.updates import Here, NoUpdates, UpdatesViewModel, at_home, derive
from tests.helpers.app_window import AppWindow
from tests.helpers.fake_updates import FakeUpdates
from tests.qml.layout.places import UPDATES
from tests.qml.screens_a.conftest import MakeWindow

OFFERED: dict[str, Any] = UPDATES["offered"] | {"went_back": ""}
LINE = "Gems 0.2.0 can be downloaded (3.2 MB)."


def opened(make_window: MakeWindow, section: str = "updates", **facts: Any) -> tuple[AppWindow, FakeUpdates]:
    window = make_window()
    window.world.updates = updates = FakeUpdates(**facts)
    window.begin("settings" if section else "", section)
    return window, updates


def says(window: AppWindow, text: str) -> bool:
    return any(text in each for each in window.words())


def shown(window: AppWindow, name: str) -> bool:
    try:
        return window.item(name) is not None
    except AssertionError:
        return False


def test_asked_for_offered_downloaded_stopped_and_ready(make_window: MakeWindow) -> None:
    window, updates = opened(make_window)
    assert says(window, "0.1.0") and not shown(window, "updateDownload")
    updates.then = OFFERED
    window.click("updateLook")
    assert says(window, "Version 0.2.0 can be downloaded.")
    assert says(window, "It costs 3.2 MB of data; the whole program would be 55.0 MB.")
    window.click("updateDownload")
    updates.stand(done=1_200_000)
    window.settle()
    assert says(window, "2.0 MB still to come") and not shown(window, "updateDownload")
    window.click("updateCancel")
    assert says(window, "Go on downloading")
    window.focus("updateDownload")
    window.key(Qt.Key.Key_Return)
    updates.stand(state="ready", done=3_200_000)
    window.settle()
    assert says(
        window, "The new version starts the next time you open Gems. Nothing you are doing is interrupted."
    )
    assert not any(shown(window, name) for name in ("updateDownload", "updateCancel", "updateLook"))
    asked = [call for call, _ in updates.calls if call not in ("begin", "look_daily")]
    assert asked == ["check", "download", "cancel", "download"]


def test_nothing_is_downloaded_that_was_not_asked_for(make_window: MakeWindow) -> None:
    window, updates = opened(make_window, "", **OFFERED)
    window.model.screens["updates"]._tick()  # type: ignore[attr-defined]
    window.settle()
    assert {call for call, _ in updates.calls} == {"begin", "look_daily"}


def test_one_quiet_line_on_home_that_can_be_left(make_window: MakeWindow) -> None:
    window, updates = opened(make_window, "")
    assert not says(window, LINE)
    updates.stand(**OFFERED)
    window.settle()
    assert says(window, LINE)
    window.model.openPage("work")
    window.settle()
    assert not says(window, "0.2.0"), "never in the middle of work"
    window.model.openPage("home")
    window.settle()
    window.focus("seeUpdate")
    window.key(Qt.Key.Key_Return)
    assert window.model.props.page == "settings" and shown(window, "updateDownload")
    window.model.openPage("home")
    window.settle()
    window.click("leaveUpdate")
    assert not says(window, LINE)
    updates.stand(state="current")
    updates.stand(**OFFERED)
    window.settle()
    assert not says(window, LINE)


def test_a_download_that_was_cut_goes_on_with_one_press(make_window: MakeWindow) -> None:
    window, updates = opened(make_window, **OFFERED)
    window.click("updateDownload")
    updates.stand(state="trouble", trouble="offline", offered="", size=0)
    window.settle()
    updates.then = OFFERED | {"size": 2_000_000, "trouble": ""}
    window.click("updateDownload")
    window.until(lambda: updates.state.state == "downloading")
    assert [call for call, _ in updates.calls][-3:] == ["download", "check", "download"]


def test_each_trouble_is_said_and_tried_again(make_window: MakeWindow) -> None:
    window, updates = opened(make_window)
    heard = set()
    for trouble in get_args(Trouble):
        updates.stand(state="trouble", trouble=trouble)
        window.settle()
        heard.add(window.item("updateHeadline").property("text"))
        assert window.item("updateDetail").property("text") and not shown(window, "updateDownload")
    assert len(heard) == len(get_args(Trouble))
    updates.stand(state="trouble", trouble="disk", missing=40_000_000)
    window.settle()
    assert says(window, "There is too little room on the disk: 40.0 MB are missing.")
    assert "What was offered is not signed by the makers of Gems." in heard
    window.click("updateLook")
    assert ("check", None) in updates.calls


def test_where_there_are_no_updates_nothing_can_be_pressed(make_window: MakeWindow) -> None:
    window, updates = opened(make_window)
    heard = set()
    for reason in [each for each in get_args(OffReason) if each]:
        updates.stand(state="off", off_reason=reason)
        window.settle()
        heard.add(window.item("updateHeadline").property("text"))
        for name in ("updateLook", "updateDownload", "updateChecks", "updateFolders"):
            assert not shown(window, name)
    assert len(heard) == 3
    assert says(window, "Where your wallet and work are kept")


def test_the_switch_and_the_folder(make_window: MakeWindow, tmp_path: Path) -> None:
    window, updates = opened(make_window, checks=False)
    window.focus("updateChecks")
    window.key(Qt.Key.Key_Space)
    assert ("set_checks", True) in updates.calls
    updates.then = OFFERED
    window.focus("updateFolders")
    window.key(Qt.Key.Key_Return)
    window.until(lambda: shown(window, "updatePlace"))
    window.focus("updateFolder").setProperty("text", str(tmp_path))
    window.click("useUpdateFolder")
    assert ("use_folder", str(tmp_path)) in updates.calls and shown(window, "updateDownload")
    window.click("updateOnline")
    assert ("use_folder", None) in updates.calls


def test_a_version_that_did_not_start_is_told_of(make_window: MakeWindow) -> None:
    window, _ = opened(make_window, went_back="0.2.0")
    assert says(window, "Version 0.2.0 did not start twice, so 0.1.0 runs again. Your data was kept.")


def test_help_opens_at_its_page(make_window: MakeWindow) -> None:
    window, _ = opened(make_window)
    window.key(Qt.Key.Key_F1)
    assert window.model.help_model.props.page == "updates"


@pytest.mark.parametrize("name", UPDATES)
def test_every_state_fits_in_large_arabic_letters(make_window: MakeWindow, name: str) -> None:
    window = make_window(fixed=Fixed("ar", "dark", 200))
    window.world.updates = FakeUpdates(**(UPDATES[name] | {"went_back": "0.1.9"}))
    window.begin("settings", "updates")
    assert not window.window.grabWindow().isNull()
    card = window.item("updateHeadline")
    assert 0 < card.width() <= window.window.width()


def test_all_facts_there_can_be_are_said_in_own_words() -> None:
    """A server decides a number and how large something is: whatever state comes of it, all else is ours."""
    said = set()
    for state, reason, trouble in product(get_args(State), get_args(OffReason), (*get_args(Trouble), "")):
        if (state == "trouble") == bool(trouble):
            facts = UpdateFacts(state, reason, "0.1.0", "9.8.7", 5_000, 5_000, trouble=trouble)
            props = derive(facts, Here())
            assert props.headline and (not props.notice or state == "offered")
            said |= {props.headline, props.detail}
    assert len(said) > 20
    assert len([text for text in said if "9.8.7" in text]) == 3  # offered, downloading, ready


def test_a_copy_without_updates_asks_nobody() -> None:
    none = NoUpdates()
    assert derive(none.facts(), Here()).headline == "This copy was built without updates."
    assert none.on_change(lambda: None)() is None


def test_a_folder_is_written_as_people_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert at_home(str(tmp_path / "a" / "b")) == "~/a/b"
    assert at_home("/elsewhere") == "/elsewhere"


def test_whoever_is_closed_hears_no_more(make_window: MakeWindow) -> None:
    window, updates = opened(make_window)
    assert isinstance(window.model.screens["updates"], UpdatesViewModel)
    before = len(updates.listeners)
    window.model.usePracticeReviewer()
    window.until(
        lambda: window.model.props.profile == "practice-reviewer" and window.model.props.phase == "open"
    )
    assert before == len(updates.listeners) == 1
