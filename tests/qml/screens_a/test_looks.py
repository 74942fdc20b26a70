# SPDX-License-Identifier: Apache-2.0
"""Each screen in every look: drawn without a complaint of Qt, nothing wider than the page, states with words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import EarningsFacts, Problem, Topic, TrustFacts
from gems_desktop.viewmodels.app import Fixed
from gems_desktop.viewmodels.settings import SECTIONS, SettingsViewModel
from tests.helpers.app_window import AppWindow, items
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import REQUESTER
from tests.qml.screens_a.conftest import MakeWindow

PAGES = ("home", "earnings", "trust", "requesterReport", "settings")
EVERY = (*(("", page) for page in PAGES), *((part, "settings") for part in SECTIONS))
LOOKS = {
    "light": Fixed("en", "light", 100),
    "dark, Arabic": Fixed("ar", "dark", 100),
    "contrast, 200 %": Fixed("en", "contrast", 200),
    "light, Arabic, 200 %": Fixed("ar", "light", 200),
}


def flickable(window: AppWindow) -> QQuickItem:
    """The scrolling part of the page."""
    return next(
        item
        for item in items(window.window.contentItem())
        if item.inherits("QQuickFlickable") and item.isVisible() and min(item.height(), item.width()) > 300
    )


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_drawn_and_fits(make_window: MakeWindow, look: str) -> None:
    window = make_window(fixed=LOOKS[look])
    window.begin()
    for part, page in EVERY:
        window.model.openPage(page)
        window.settle()
        if part:
            window.section(part)
        assert not window.window.grabWindow().isNull()
        flick = flickable(window)
        assert flick.property("contentWidth") <= flick.width()
    window.model.openReport(REQUESTER)
    window.settle()
    assert window.model.props.page == "requesterReport"
    assert window.model.props.rightToLeft == (LOOKS[look].language == "ar")


@pytest.mark.parametrize("look", LOOKS)
def test_an_appeal_against_removal_is_drawn_and_fits(make_window: MakeWindow, look: str) -> None:
    session = FakeSession()
    session.trust.state = replace(session.trust.state, removed=True, removal=True, alarm=True)
    window = make_window(session=session, fixed=LOOKS[look])
    window.begin("trust")
    field = window.item("removalReason")
    assert not window.window.grabWindow().isNull()
    flick = flickable(window)
    assert 200 < field.width() <= flick.width()
    assert flick.property("contentWidth") <= flick.width()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_yet_is_said_kindly(make_window: MakeWindow, page: str) -> None:
    session = FakeSession()
    session.earnings.state = EarningsFacts()
    session.earnings.lines = []
    session.sync.offers = []
    session.work.tasks, session.work.items = {}, []
    session.trust.state = TrustFacts(0.0, 0.0, 1.0, 0, 0, 0, "", "", False, None, False)
    window = make_window(session=session)
    window.begin(page)
    expected = {
        "home": "Begin with three examples",
        "earnings": "Nothing has moved yet. Pay, stakes and claims are listed here as they happen.",
        "trust": "No answer of yours has been checked yet",
        "requesterReport": "No campaign is known yet. Look for work first.",
        "settings": "Hatred and insults",
    }
    assert expected[page] in window.words()


def test_a_fault_of_a_screen_is_shown_and_tried_again(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("trust")
    window.session.fail("trust.facts", Offline())
    window.click("compare")
    window.until(lambda: "The platform cannot be reached." in window.words())
    window.session.fail("trust.facts", None)
    window.model.screens["trust"].property("problemMessage")
    window.model.screens["trust"].compare()  # type: ignore[attr-defined]
    window.model.screens["trust"].dismissProblem()  # type: ignore[attr-defined]
    window.until(lambda: "The platform cannot be reached." not in window.words())


def test_a_refused_voucher_and_another_score_are_shown(make_window: MakeWindow) -> None:
    from dataclasses import replace

    session = FakeSession()
    told = Problem(
        "The platform paid 0.01 GEM less than the verdicts say.", "Your claim is safe.", "Nothing to do."
    )
    session.earnings.state = replace(session.earnings.state, difference=told)
    session.trust.state = replace(session.trust.state, differs=True, platform_score=0.5)
    window = make_window(session=session)
    window.begin("earnings")
    assert told.message in window.words()
    window.model.openPage("trust")
    window.settle()
    assert "The platform says 0.50; the signed outcomes give 0.74." in window.words()


def test_an_option_changes_the_look_at_once(make_window: MakeWindow) -> None:
    window = make_window(fixed=Fixed("en", "light", 100))
    window.begin("settings")
    window.model.screens["settings"].setTextScale(200)  # type: ignore[attr-defined]
    window.until(lambda: window.model.props.textScale == 2.0)
    window.model.screens["settings"].setTheme("dark")  # type: ignore[attr-defined]
    window.until(lambda: window.model.props.themeMode == "dark")
    window.model.setLanguage("ar")
    window.until(lambda: window.session.settings.state.language == "ar")
    assert window.model.props.rightToLeft


def test_locking_leads_to_the_way_in_and_back(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "safety")
    window.click("lock")
    window.until(lambda: window.model.props.phase == "welcome")
    assert window.item("unlockPassword") is not None


def test_the_strip_and_the_badges_follow_the_session(make_window: MakeWindow) -> None:
    from dataclasses import replace

    window = make_window()
    window.begin()
    assert window.model.props.balanceText == "4.55"
    window.session.sync.state = replace(window.session.sync.state, unsent=7)
    window.session.publish(Topic.CONNECTION)
    window.until(lambda: window.model.props.unsent == 7)
    assert "7" in window.words()
    # what waits to be judged; what is judged already is not among it
    window.session.review.state = replace(window.session.review.state, queued=6, decided=4)
    window.session.publish(Topic.REVIEW, Topic.CONNECTION)
    window.until(lambda: window.model.property("badges").get("review") == "6")


def test_the_practice_reviewer_and_back(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("trust")
    own = window.session
    window.model.usePracticeReviewer()
    window.until(
        lambda: window.model.props.profile == "practice-reviewer" and window.model.props.phase == "open"
    )
    assert own.closed
    assert window.model.props.page == "review"
    assert not window.model.props.reviewerAvailable
    window.click("ownAccount")
    window.until(lambda: window.model.props.profile == "default" and window.model.props.phase == "open")


def test_parts_of_the_settings_are_chosen_by_key_and_kept(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings")
    settings = window.model.screens["settings"]
    assert isinstance(settings, SettingsViewModel)
    window.focus("section.reading")
    for name in SECTIONS[1:]:
        window.key(Qt.Key.Key_Down)
        assert settings.section == name
        assert window.item("section." + name).hasActiveFocus()
    window.key(Qt.Key.Key_Down)
    assert settings.section == SECTIONS[-1]
    window.key(Qt.Key.Key_Tab)
    assert window.item("checkSetup").hasActiveFocus()
    window.model.openPage("home")
    window.settle()
    window.model.openPage("settings")
    window.settle()
    assert settings.section == SECTIONS[-1]
    assert window.item("section." + SECTIONS[-1]).hasActiveFocus()
