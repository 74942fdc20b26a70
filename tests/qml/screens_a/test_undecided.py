# SPDX-License-Identifier: Apache-2.0
"""What waits for the user and for a verdict: said on Home with the nearest deadline, and on Earnings in money."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.viewmodels import earnings, home
from gems_desktop.viewmodels.undecided import undecided
from gems_desktop.viewmodels.where import more_rows
from gems_desktop.viewmodels.words import clock_time
from tests.helpers import sample_facts as facts
from tests.helpers.fake_session import FakeSession
from tests.helpers.queue_facts import queue_of
from tests.helpers.sample_facts import NOW, outbox_item
from tests.qml.screens_a.conftest import MakeWindow

LATER = 4_000_000_000
HELD = outbox_item(1, ItemState.ACCEPTED, final=False, open_until=NOW + 3_600)
DISPUTED = outbox_item(2, ItemState.DISPUTED, final=False, open_until=NOW, disputed_by="requester")
FIRST = outbox_item(3, ItemState.REJECTED, final=False, appeal="open", open_until=LATER)
SECOND = outbox_item(4, ItemState.REJECTED, final=False, appeal="open", open_until=LATER - 60)
SENT = outbox_item(5, ItemState.REJECTED, final=False, appeal="sent", open_until=NOW)


@pytest.mark.parametrize(
    ("items", "count", "text", "until"),
    [
        ([], 0, "", 0),
        ([HELD, DISPUTED, SENT], 0, "", 0),
        ([FIRST], 1, "A rejected answer can be corrected or appealed.", LATER),
        ([FIRST, SECOND], 2, "2 rejected answers can be corrected or appealed.", LATER - 60),
    ],
)
def test_home_counts_what_can_be_answered(items: list[OutboxItem], count: int, text: str, until: int) -> None:
    shown = home.derive(facts.earnings(), queue_of(items), None, facts.trust())
    assert (shown.answerable, shown.answerableText, shown.answerUntil) == (count, text, until)


def test_home_says_what_is_held() -> None:
    assert (
        home.derive(facts.earnings(), queue_of([]), None, facts.trust()).inReviewText
        == "Paid when others agree"
    )
    shown = home.derive(facts.earnings(), queue_of([HELD]), None, facts.trust())
    assert shown.inReviewText.startswith("0.05 GEM are accepted and paid by")


def test_earnings_say_held_and_disputed_money() -> None:
    nothing = earnings.derive(facts.earnings())
    assert nothing.heldText == ""
    queue = queue_of([HELD, replace(HELD, open_until=NOW), DISPUTED, FIRST])
    shown = earnings.derive(facts.earnings(), queue)
    rows = {row.label: row.value for row in more_rows(facts.earnings(), undecided(queue))}
    assert (rows["Accepted, not yet paid"], rows["Disputed, judged again"]) == ("0.10", "0.05")
    assert rows["Sent, not yet judged"] == "0.35", "what is held and disputed is a part of what is in review"
    assert "Disputed, judged again" not in {
        row.label for row in more_rows(facts.earnings(), undecided(queue_of([])))
    }
    assert clock_time(NOW + 3_600) in shown.heldText
    without = earnings.derive(facts.earnings(), queue_of([replace(HELD, open_until=None)]))
    assert without.heldText == "0.05 GEM are accepted and paid unless a requester objects."


@pytest.mark.parametrize(
    ("what", "words"), [("bond_put", "Bond put up for an appeal"), ("bond_back", "Bond came back")]
)
def test_bonds_stand_in_the_ledger(what: str, words: str) -> None:
    row = earnings.ledger_row(replace(facts.ledger()[0], what=what, pocket="stake"))
    assert (row.what, row.pocket) == (words, "Stake")


def test_home_leads_to_the_rejections(make_window: MakeWindow) -> None:
    session = FakeSession()
    session.work.items = [FIRST, HELD]
    window = make_window(session=session)
    window.begin()
    assert "A rejected answer can be corrected or appealed." in window.words()
    window.click("seeRejected")
    window.until(lambda: window.model.props.page == "outbox")
    assert window.model.screens["outbox"].property("filter") == "rejected"
    window.model.openPage("earnings")
    window.settle()
    assert "Accepted, not yet paid" not in window.words()
    window.click("whereMore")
    window.until(lambda: "Accepted, not yet paid" in window.words())
