# SPDX-License-Identifier: Apache-2.0
"""Home asks once how a requester was, by key and by mouse, and is quiet afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_report import RateOffer
from tests.helpers import sample_facts as sample
from tests.helpers.app_window import AppWindow
from tests.qml.screens_a.conftest import MakeWindow

QUESTION = "Your answers for “Birds and boats” were judged. How was its requester?"
OFFER = RateOffer(sample.item_id(1001), "Birds and boats", sample.REQUESTER)


def asking(make_window: MakeWindow) -> AppWindow:
    window = make_window()
    window.begin()
    assert QUESTION not in window.words()
    window.session.reports.rate_offer = OFFER
    window.session.publish(Topic.OUTBOX)
    window.settle()
    assert QUESTION in window.words()
    return window


def test_it_leads_to_the_rating(make_window: MakeWindow) -> None:
    window = asking(make_window)
    assert ("reports.rating_asked", OFFER.campaign_id) in window.session.calls
    window.focus("rateNow")
    window.key(Qt.Key.Key_Return)
    assert window.model.props.page == "requesterReport"
    assert ("reports.report", sample.REQUESTER, True) in window.session.calls


def test_a_no_is_a_no(make_window: MakeWindow) -> None:
    window = asking(make_window)
    window.click("rateNever")
    assert QUESTION not in window.words()
    window.session.publish(Topic.OUTBOX, Topic.CAMPAIGNS)  # the fake would go on asking
    window.settle()
    assert QUESTION not in window.words()
    assert window.session.calls.count(("reports.rating_asked", OFFER.campaign_id)) == 1


def test_it_goes_when_it_was_rated_elsewhere(make_window: MakeWindow) -> None:
    window = asking(make_window)
    window.session.reports.rate_offer = None
    window.session.publish(Topic.CAMPAIGNS)
    window.settle()
    assert QUESTION not in window.words()


def test_blocked_and_watched_on_the_report(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()
    window.model.openReport(sample.REQUESTER)
    window.settle()
    window.click("watchRequester")
    assert window.session.notices.watching == {sample.REQUESTER: True}
    assert "Watched" in window.words()
    window.focus("blockRequester")
    window.key(Qt.Key.Key_Space)
    assert window.session.settings.state.blocked == (sample.REQUESTER,)
    assert "Blocked: you are not offered this requester's work." in window.words()
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.settings.state.blocked == ()
    assert "Block this requester" in window.words()
