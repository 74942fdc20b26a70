# SPDX-License-Identifier: Apache-2.0
"""300 hostile strings in every outside field of these screens: no crash, nothing fetched, no rich text."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from gems_desktop.services.facts import ItemState, LedgerLine, Problem, Said, Topic
from gems_desktop.viewmodels.settings import SECTIONS
from tests.helpers.app_window import AppWindow
from tests.helpers.canary import canary
from tests.helpers.fake_session import FakeSession
from tests.helpers.hostile import COUNT, hostile_strings
from tests.helpers.plaintext import find_rich_text
from tests.helpers.sample_facts import NOW, REQUESTER, campaign, gem, item_id, outbox_item, task
from tests.qml.screens_a.conftest import MakeWindow

PAGES = ("home", "earnings", "trust", "requesterReport", *SECTIONS)


def poison(session: FakeSession, text: str, others: list[str]) -> None:
    """Put `text` wherever one string from outside is shown, and `others` into the lists."""
    session.work.tasks = {item_id(1): replace(task(1), campaign_title=text)}
    session.earnings.lines = [
        LedgerLine(NOW, "reward", each, item_id(at), "paid", gem("0.01")) for at, each in enumerate(others)
    ]
    session.earnings.state = replace(session.earnings.state, difference=Problem(text, text, text))
    session.sync.offers = [
        campaign(at, title=each, requester=each or REQUESTER, campaign_id=item_id(1001 + at))
        for at, each in enumerate(others)
    ]
    said = Said("of_tomorrow", (("more", text),), text)
    known = Said("to_next_grade", (("more", text), ("grade", text)), text)
    session.trust.state = replace(
        session.trust.state,
        sentence=text,
        to_verifier=text,
        differs=True,
        platform_score=0.1,
        grade=text,
        level=text,
        alarm=True,
        removal=True,
        families=tuple(
            replace(family, family=text, grade=text, missing=said) for family in session.trust.state.families
        ),
        explanations=(
            said,
            known,
            replace(known, code="alarm", numbers=(("rejected", text), ("last", text))),
        ),
        next_ten=(said,),
        differences=(said, replace(said, code="grade", numbers=(("theirs", text), ("ours", text)))),
        removed=True,
    )
    session.trust.audits = replace(
        session.trust.audits,
        code=text,
        sentence=text,
        rows=tuple(replace(row, campaign_title=text) for row in session.trust.audits.rows),
    )
    session.work.items = [
        outbox_item(at, ItemState.PAID, campaign_id=item_id(1001 + at)) for at in range(len(others))
    ]
    session.settings.state = replace(
        session.settings.state, platform_url=text, rpc_urls=(text, text), profile=text
    )
    session.reports.state = replace(
        session.reports.state,
        requester=text,
        ratings=tuple(replace(rating, question=text) for rating in session.reports.state.ratings),
        explanations=(said,),
        chain=tuple(
            replace(check, campaign_id=text, what=text, agrees=False) for check in session.reports.state.chain
        ),
    )


def show(window: AppWindow, page: str) -> None:
    """Open a page, or a part of the settings."""
    if page in SECTIONS:
        window.model.screens["settings"].openSection(page)  # type: ignore[attr-defined]
    window.model.openPage("settings" if page in SECTIONS else page)


def look_at_everything(window: AppWindow) -> list[str]:
    """Draw each page; what is drawn as rich text."""
    found: list[str] = []
    for page in PAGES:
        show(window, page)
        window.settle()
        window.window.grabWindow()
        found += find_rich_text(window.window, window.engine)
    return found


def test_lists_of_hostile_strings(make_window: MakeWindow) -> None:
    with canary() as bird:
        corpus = hostile_strings(bird.url())
        assert len(corpus) == COUNT
        window = make_window()
        window.begin()
        poison(window.session, corpus[0], corpus)
        window.session.publish(*Topic)
        assert look_at_everything(window) == []
        window.model.openReport(corpus[1])
        window.settle()
        window.window.grabWindow()
        assert find_rich_text(window.window, window.engine) == []
        assert window.engine.interceptor.refused == []
        assert bird.hits == []


def test_each_string_in_each_single_field(make_window: MakeWindow) -> None:
    """All of the corpus; with every seventh a page is drawn: what is bound once is bound for all."""
    with canary() as bird:
        corpus = hostile_strings(bird.url())
        window = make_window()
        window.begin()
        for at, text in enumerate(corpus):
            poison(window.session, text, corpus[at : at + 1])
            window.session.publish(Topic.WORK, Topic.EARNINGS, Topic.TRUST, Topic.SETTINGS, Topic.CAMPAIGNS)
            show(window, PAGES[at % len(PAGES)])
            window.model.toast.emit(text, "bad")
            QCoreApplication.processEvents()
            if at % 7 == 0:
                window.settle()
                window.window.grabWindow()
                assert find_rich_text(window.window, window.engine) == []
        assert window.engine.interceptor.refused == []
        assert bird.hits == []


def test_hostile_words_while_starting_and_failing(make_window: MakeWindow) -> None:
    with canary() as bird:
        window = make_window("none")
        for text in hostile_strings(bird.url()):
            window.model.starting(text)
            window.model.failed(Problem(text, text, text))
        window.settle()
        window.window.grabWindow()
        assert find_rich_text(window.window, window.engine) == []
        window.begin()
        assert bird.hits == []
