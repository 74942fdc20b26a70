# SPDX-License-Identifier: Apache-2.0
"""The requester report in words and by key: shares with bounds, ratings, the chain, rating where one worked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import ChainCheck, RatingFacts, ReportFacts, ShareFacts
from gems_desktop.viewmodels import report, report_rows
from tests.helpers import sample_facts as sample
from tests.helpers.app_window import AppWindow, items
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import REQUESTER, campaign, gem, item_id
from tests.qml.screens_a.conftest import MakeWindow


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (
            ShareFacts("accepted", 812, 847, 943_000, 970_000),
            "812 of 847 judged answers were accepted – 96 %, probably 94–97 %.",
        ),
        (
            ShareFacts("appeals_won_by_workers", 1, 3, 60_000, 800_000),
            "1 of 3 appeals of workers were won – too few to say more.",
        ),
    ],
)
def test_a_share(share: ShareFacts, text: str) -> None:
    row = report_rows.share_row(share)
    assert row is not None
    assert row.text == text
    assert row.bounded is (share.whole >= 5)


def test_nothing_and_unknown_shares_are_not_shown() -> None:
    assert report_rows.share_row(ShareFacts("accepted", 0, 0, 0, 1_000_000)) is None
    assert report_rows.share_row(ShareFacts("of_tomorrow", 1, 9, 0, 1_000_000)) is None


def test_a_rating_with_its_count() -> None:
    row = report_rows.rating_row(RatingFacts("pay", 12, 4, 9, 467_900))
    assert (row.question, row.value) == ("Pay", "4 of 5")
    assert row.note == "12 rated it; 9 of them gave 4 or 5. Probably at least 46 % would."
    assert "Probably" not in report_rows.rating_row(RatingFacts("pay", 2, 4, 2, 300_000)).note
    none = report_rows.rating_row(RatingFacts("fairness", 0, None, 0, 0))
    assert (none.median, none.value, none.note) == (0, "–", "No rating yet.")


def test_the_chain_beside_the_platform() -> None:
    lies = ChainCheck(item_id(1001), "funded", gem("160"), gem("100"), False)
    row = report_rows.chain_row(lies, {item_id(1001): "Birds"})
    assert (row.campaign, row.told, row.onChain, row.agrees) == ("Birds", "160.00", "100.00", "Differs")
    silent = report_rows.chain_row(ChainCheck("", "returned", None, gem("1"), True), {})
    assert (silent.campaign, silent.told, silent.agrees) == ("All campaigns known here", "–", "Agrees")
    shown = report.derive(replace(sample.report(), chain=(lies,), checked_on_chain=False))
    assert not shown.chainFits
    assert shown.checkedText.startswith("The chain says something else")


def test_only_who_worked_there_may_rate() -> None:
    offers = [campaign(1), campaign(2, rated=True), campaign(3, requester="0x1")]
    done = frozenset({item_id(1001), item_id(1002), item_id(1003)})
    rows = report_rows.ratable_rows(REQUESTER, offers, done)
    assert [row.label for row in rows] == ["Birds and boats", "Boxes around ships (rated)"]
    assert report_rows.ratable_rows(REQUESTER, offers, frozenset()) == []


def test_objections_of_the_requester_are_counted() -> None:
    text = report.appeal_text(sample.report())
    assert text == "Objections of the requester to accepted answers: 1; upheld: 0."


def open_report(window: AppWindow) -> None:
    window.begin()
    window.model.openReport(REQUESTER)
    window.settle()


def test_the_page_says_it_all(make_window: MakeWindow) -> None:
    window = make_window()
    open_report(window)
    shown = window.words()
    for text in (
        "812 of 847 judged answers were accepted – 96 %, probably 94–97 %.",
        "Pay: 4 of 5",
        "24.10",
        "Half of all tasks took less than 9 s. Half of all reviews took less than 5 s.",
        "Put into the contract",
        "Agrees",
    ):
        assert any(text in words for words in shown), text


def test_rating_by_key(make_window: MakeWindow) -> None:
    window = make_window()
    open_report(window)
    assert not window.item("sendRating").isEnabled()
    window.focus("ratePay")
    for name, steps in (("ratePay", 3), ("rateClarity", 4), ("rateSpeed", 1), ("rateFairness", 5)):
        first = next(item for item in all_marks(window, name) if item.objectName() == "mark1")
        first.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        window.settle()
        window.type(str(steps))
    window.focus("sendRating")
    window.key(Qt.Key.Key_Space)
    assert window.session.asked("reports.rate") == [("reports.rate", item_id(1001), 3, 4, 1, 5)]
    window.until(lambda: window.item("ratedCampaign").property("displayText") == "Birds and boats (rated)")
    assert window.item("ratePay").property("mark") == 0


def all_marks(window: AppWindow, name: str) -> list[QQuickItem]:
    """The buttons of one question."""
    return items(window.item(name))


def test_the_arrows_move_a_mark(make_window: MakeWindow) -> None:
    window = make_window()
    open_report(window)
    first = next(item for item in all_marks(window, "ratePay") if item.objectName() == "mark1")
    first.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    window.settle()
    window.key(Qt.Key.Key_Right)
    assert window.item("ratePay").property("mark") == 2
    window.key(Qt.Key.Key_Left)
    assert window.item("ratePay").property("mark") == 1


def test_without_a_connection_the_stored_report_is_shown(make_window: MakeWindow) -> None:
    session = FakeSession()
    asked = session.reports.report

    async def only_stored(requester: str, *, refresh: bool = False) -> ReportFacts:
        if refresh:
            raise Offline
        return await asked(requester)

    session.reports.report = only_stored  # type: ignore[method-assign]
    window = make_window(session=session)
    open_report(window)
    assert Offline().message in window.words()
    assert any("judged answers were accepted" in words for words in window.words())


def test_escape_leads_back_to_finding_work(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("requesterReport")
    window.key(Qt.Key.Key_Escape)
    assert window.model.props.page == "findWork"
