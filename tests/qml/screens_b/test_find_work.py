# SPDX-License-Identifier: Apache-2.0
"""Find work by key and by mouse: look, compare, take; and what it says when it cannot."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import Connection, Topic
from gems_protocol.content_warning import ContentWarning
from tests.helpers.fake_session import FakeSession
from tests.helpers.frame import items
from tests.helpers.sample_facts import REQUESTER, campaign, item_id
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key


async def test_a_batch_is_taken_with_the_keyboard_alone(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork")
    await stage.key(Key.Key_Down, Key.Key_Return, Key.Key_Return)
    [call] = stage.session.asked("sync.fetch_batch")
    assert call[2] == 10
    assert call[1] == stage.find.selectedId
    assert stage.app.opened == ["work"]


async def test_everything_is_said_before_accepting(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.sync.offers = [
        campaign(
            1,
            content_warning=ContentWarning(("injury",), "Some photos show accidents."),
            instructions="Look well.",
        )
    ]
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return)
    for words in (
        "0.05 GEM",
        "22.50 GEM",
        "0.01 GEM",
        "you lose 0.01 GEM",
        "every answer is checked",
        "7 s",
        "84 KB",
        "2 days",
        "4.1\u00a0%",
        "90 min",
        "Some photos show accidents.",
        "Look well.",
        "Your stake of 0.01 GEM comes back",
        "up to 0.50 GEM",
    ):
        assert stage.says(words), words


async def test_the_number_of_tasks_and_the_report_by_mouse(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork")
    await stage.click(stage.of_type("CampaignRowItem")[1])
    stage.find.choose(3)
    await stage.calm()
    assert stage.says("up to 0.15 GEM")
    await stage.click(stage.button("Requester report"))
    assert stage.app.opened == [f"report {REQUESTER}"]
    await stage.click(stage.button("Take 3 task(s)"))
    assert stage.session.asked("sync.fetch_batch")[0][2] == 3


async def test_search_and_sort(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork")
    await stage.key(Key.Key_F, with_=Qt.KeyboardModifier.ControlModifier)
    await stage.key("s", "h", "i", "p", "s")
    assert [row.title for row in stage.find.campaigns.rows] == ["Boxes around ships"]
    await stage.key(Key.Key_Escape)
    assert len(stage.find.campaigns.rows) == 3
    await stage.click(stage.button("Lowest stake"))
    assert stage.find.campaigns.rows[0].stake == "0.00"


async def test_escape_leaves_the_campaign_and_the_list_has_the_keyboard(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork")
    await stage.key(Key.Key_Return)
    assert stage.find.selectedId
    await stage.key(Key.Key_Escape)
    assert stage.find.selectedId == ""
    await stage.key(Key.Key_Down, Key.Key_Return)
    assert stage.find.selectedId == stage.find.campaigns.rows[1].campaignId


async def test_a_long_campaign_is_read_with_the_keyboard(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.sync.offers = [campaign(1, instructions="Look well.\n" * 100)]
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return)
    [page] = stage.of_type("CampaignPage")
    flick = next(item for item in items(page) if item.inherits("QQuickFlickable"))
    await stage.key(Key.Key_PageDown, Key.Key_Down)
    assert flick.property("contentY") > flick.height()
    await stage.key(*[Key.Key_PageUp] * 3)
    assert flick.property("contentY") == 0


async def test_on_a_small_window_the_campaign_is_a_page_of_its_own(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork")
    stage.window.resize(1000, 600)
    await stage.calm()
    await stage.key(Key.Key_Return)
    assert not stage.of_type("CampaignRowItem")
    assert stage.says("Take 10 task(s)")


async def test_offline_nothing_can_be_taken_and_it_says_so(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.sync.state = replace(session.sync.state, connection=Connection.OFFLINE)
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return, Key.Key_Return)
    assert stage.says("You are offline.")
    assert not session.asked("sync.fetch_batch")
    session.sync.state = replace(session.sync.state, connection=Connection.ONLINE)
    session.publish(Topic.CONNECTION)
    await stage.calm()
    assert not stage.says("You are offline.")


async def test_a_refusal_is_shown_and_another_try_works(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.fail("sync.fetch_batch", Offline())
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return, Key.Key_Return)
    assert stage.says(Offline().message)
    assert stage.app.opened == []
    session.fail("sync.fetch_batch", None)
    await stage.click(stage.button("Take 10 task(s)"))
    assert stage.app.opened == ["work"]


async def test_no_campaigns(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.sync.offers = []
    stage = await open_stage("findWork", session)
    assert stage.says("No campaigns yet")
    session.sync.offers = [campaign(1)]
    await stage.click(stage.button("Look again"))
    assert stage.says("Birds and boats")


async def test_a_campaign_that_cannot_be_taken_says_why(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.sync.offers = [campaign(1, can_lease=False, why_not="Your bond covers no stake yet.")]
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return, Key.Key_Return)
    assert stage.says("Your bond covers no stake yet.")
    assert not session.asked("sync.fetch_batch")
    assert item_id(1001) == stage.find.selectedId
