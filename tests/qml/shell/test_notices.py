# SPDX-License-Identifier: Apache-2.0
"""The bell by mouse and keyboard, and what leaves the window: once each, quiet hours kept, no amounts unasked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_notices import Notice
from gems_desktop.services.ports_outside import Said
from gems_desktop.viewmodels.notice_words import body, outside, title
from gems_desktop.viewmodels.notices import NoticesViewModel, local_minute
from gems_protocol.amount import UNIT, Amount
from tests.helpers.app_window import AppWindow
from tests.helpers.fake_notices import NOW, FakeBeyond

JUDGED = Notice("000000000001", NOW, "judged", 12, 11, 1)
PAID = Notice("000000000002", NOW + 1, "paid", 1, amount=Amount(3 * UNIT))
CLOSING = Notice("000000000003", NOW + 2, "trouble", texts=("closing_hub",))


class Bell:
    """The window with everything outside it in memory."""

    def __init__(self, window: AppWindow, beyond: FakeBeyond) -> None:
        self.window, self.beyond = window, beyond

    @property
    def model(self) -> NoticesViewModel:
        model = self.window.model.screens["notices"]
        assert isinstance(model, NoticesViewModel)
        return model

    @property
    def told(self) -> list[Said]:
        return self.beyond.desktop.told

    def away(self) -> None:
        """The user does not look."""
        self.model.in_front = lambda: False

    def happens(self, *notices: Notice) -> None:
        self.window.session.notices.add(*notices)
        self.window.settle()

    def set(self, **options: Any) -> None:
        self.window.run(self.window.session.settings.change(**options))
        self.window.settle()


@pytest.fixture
def bell(qt_app: QGuiApplication, no_pictures: DecodeClient) -> Iterator[Bell]:
    beyond = FakeBeyond()
    window = AppWindow(no_pictures)
    window.world.beyond = beyond.ports()
    window.begin("home")
    yield Bell(window, beyond)
    window.close()


def test_the_bell_counts_and_a_click_leads_to_the_page(bell: Bell) -> None:
    window = bell.window
    bell.happens(JUDGED, PAID)
    assert window.item("bell").property("count") == "2"
    window.click("bell")
    assert {"Tasks judged: 12", "11 accepted, 1 rejected", "The platform signed your pay"} <= set(
        window.words()
    )
    window.key(Qt.Key.Key_Down)
    window.key(Qt.Key.Key_Return)
    assert window.model.props.page == "outbox"
    assert window.item("bell").property("count") == "1"  # the other one was not read


def test_the_panel_by_keyboard(bell: Bell) -> None:
    window = bell.window
    window.key(Qt.Key.Key_F7)
    assert "No notices yet" in window.words()
    window.key(Qt.Key.Key_Escape)
    bell.happens(JUDGED)
    window.key(Qt.Key.Key_F7)
    assert window.item("noticeList").hasActiveFocus()
    window.key(Qt.Key.Key_Tab)
    window.focus("readNotices")
    window.key(Qt.Key.Key_Space)
    assert bell.model.property("unread") == 0
    window.key(Qt.Key.Key_Escape)
    assert not any(word == "Tasks judged: 12" for word in window.words())


def test_an_alert_is_told_by_its_icon_too(bell: Bell) -> None:
    bell.happens(CLOSING)
    assert bell.window.item("bell").property("alert") is True


def test_a_notice_leaves_the_window_once(bell: Bell) -> None:
    bell.away()
    bell.happens(JUDGED)
    assert bell.told == [Said("Tasks judged: 12", "11 accepted, 1 rejected", "outbox")]
    bell.model.reload()
    bell.window.settle()
    bell.model.reload()
    bell.window.settle()
    assert len(bell.told) == 1


def test_who_looks_at_the_window_is_told_there_only(bell: Bell) -> None:
    bell.model.in_front = lambda: True
    bell.happens(JUDGED, CLOSING)
    assert [said.urgent for said in bell.told] == [True]


def test_amounts_stay_inside_unless_they_are_allowed(bell: Bell) -> None:
    bell.away()
    bell.happens(PAID)
    assert "3" not in bell.told[0].title + bell.told[0].body
    bell.set(notice_amounts=True)
    bell.happens(Notice("000000000009", NOW, "claimed", amount=Amount(3 * UNIT)))
    assert bell.told[1].body == "+3.00 GEM"


def test_quiet_hours_hold_back_all_but_safety(bell: Bell) -> None:
    bell.away()
    minute = local_minute(NOW)
    bell.set(quiet=True, quiet_from=(minute - 30) % 1440, quiet_to=(minute + 30) % 1440)
    bell.model._now = lambda: float(NOW)
    bell.happens(JUDGED, CLOSING)
    assert [said.urgent for said in bell.told] == [True]
    bell.model._now = lambda: float(NOW + 3600)
    bell.model.reload()
    bell.window.settle()
    assert [said.title for said in bell.told[1:]] == ["Tasks judged: 12"]


def test_many_notices_are_one_outside() -> None:
    what = ("judged", "reviews_judged", "due", "paid", "new_work")
    told = outside([Notice(str(n), NOW, each) for n, each in enumerate(what)] + [CLOSING], amounts=False)
    assert [said.urgent for said in told] == [True, False]
    assert told[1].title == "New notices: 5"


def test_every_sort_of_notice_has_words() -> None:
    from gems_desktop.services.facts_notices import WHAT
    from gems_desktop.viewmodels.notice_words import PLACES

    for what in WHAT:
        notice = Notice("1", NOW, what, 5, 1, 1, Amount(UNIT), ("a", "b"), NOW)
        assert title(notice)
        assert body(notice, amounts=False).count("GEM") == 0
        assert what in PLACES


def test_a_click_outside_opens_the_page(bell: Bell) -> None:
    wanted: list[str] = []
    bell.model.wanted.connect(wanted.append)
    bell.beyond.desktop.opened("earnings")
    assert wanted == ["earnings"]


def test_settings_of_notices_by_mouse_and_keys(bell: Bell) -> None:
    window = bell.window
    window.begin("settings", "notices")
    window.click("notice.verdicts")
    settings = window.session.settings
    assert tuple(window.run(settings.facts()).notice_kinds) == ("work", "deadlines", "money")
    window.click("quiet")
    window.focus("quietFrom")
    window.key(Qt.Key.Key_Up)
    facts = window.run(settings.facts())
    assert (facts.quiet, facts.quiet_from) == (True, 22 * 60 + 30)
    window.click("noticeSound")
    window.click("noticePreview")
    assert bell.beyond.chimes == 1
    assert bell.told[-1].title == "This is how a notice looks"
    bell.beyond.desktop.takes = False
    window.click("noticePreview")
    assert any("no notifications" in word for word in window.words())


def test_control_a_desktop_that_forgets_would_be_told_again(bell: Bell) -> None:
    """Were what was told not noted, each look would tell it: the proof above would fail."""
    bell.away()
    bell.happens(JUDGED)
    bell.window.session.notices.kept = [JUDGED]
    bell.model.reload()
    bell.window.settle()
    assert len(bell.told) == 2


def test_the_list_is_asked_for_each_hour_where_bytes_do_not_count(bell: Bell) -> None:
    session, at = bell.window.session, 0

    def asked() -> int:
        return session.calls.count(("sync.campaigns", True))

    def hour() -> int:
        nonlocal at
        at += 3_601
        bell.model._now = lambda: NOW + 10**8 + at
        before = asked()
        bell.window.run(bell.model._minute())
        bell.window.run(bell.model._minute())
        return asked() - before

    assert hour() == 1
    session.work.about_queue["metered"] = True
    assert hour() == 0
    session.work.about_queue["metered"] = False
    bell.set(notice_kinds=("verdicts",))
    assert hour() == 0


def test_what_work_touches_is_looked_at_together(bell: Bell) -> None:
    session = bell.window.session
    session.calls.clear()
    for _ in range(50):
        session.publish(Topic.WORK)
    bell.window.settle()
    assert session.calls.count(("notices.collect",)) == 0
    bell.window.until(lambda: session.calls.count(("notices.collect",)) == 1)


def test_a_campaign_is_watched_from_its_page(bell: Bell) -> None:
    window = bell.window
    window.begin("findWork")
    window.model.screens["findWork"].select(window.session.sync.offers[1].campaign_id)  # type: ignore[attr-defined]
    window.settle()
    window.focus("watchCampaign")
    window.key(Qt.Key.Key_Space)
    assert window.session.notices.watching == {window.session.sync.offers[1].requester: True}
    assert "Watched" in window.words()
    window.click("watchCampaign")
    assert window.session.notices.watching == {window.session.sync.offers[1].requester: False}
