# SPDX-License-Identifier: Apache-2.0
"""Watch, block and hide by key, by the row's menu and on the campaign's page; with Undo, and with a way back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import REQUESTER, campaign, gem
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key, Mod = Qt.Key, Qt.KeyboardModifier
OTHER = "0x" + "0b" * 20


def offers() -> FakeSession:
    """Three campaigns of one requester, and the worst paid one of another."""
    session = FakeSession()
    session.sync.offers = [
        *(campaign(number) for number in (1, 2, 3)),
        campaign(4, title="Noise", requester=OTHER, pay_per_hour=gem("1")),
    ]
    return session


def titles(stage: Stage) -> list[str]:
    return [row.title for row in stage.find.campaigns.rows]


def named(stage: Stage, name: str) -> Any:
    return next(item for item in stage.drawn() if item.objectName() == name)


async def test_a_watched_requester_is_marked_and_comes_first(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", offers())
    assert titles(stage)[-1] == "Noise"
    await stage.key(Key.Key_Down, Key.Key_Down, Key.Key_Down, "w")
    assert stage.session.notices.watching == {OTHER: True}
    assert titles(stage)[0] == "Noise" and stage.find.campaigns.rows[0].watched
    assert stage.says("Watched")
    await stage.key(Key.Key_L, with_=Mod.ControlModifier)
    await stage.click(named(stage, "watchedFirst"))
    assert titles(stage)[-1] == "Noise"  # the control: when it is not wished
    assert stage.session.settings.state.find_watched_first is False


async def test_blocked_by_key_at_once_and_undone_by_key(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", offers())
    await stage.key("b")
    assert stage.session.settings.state.blocked == (REQUESTER,)  # at once: nothing is leased meanwhile
    assert titles(stage) == ["Noise"]
    assert stage.says("Blocked: you are not offered work of")
    await stage.key(Key.Key_Z, with_=Mod.ControlModifier)
    assert stage.session.settings.state.blocked == ()
    assert len(titles(stage)) == 4
    assert not stage.set_aside.pending.offered


async def test_hidden_from_the_menu_by_mouse_and_undone_by_mouse(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", offers())
    gone = titles(stage)[0]
    await stage.click(named(stage, "campaignMore"))
    await stage.until(lambda: any(item.objectName() == "menuHide" for item in stage.drawn()))
    await stage.click(named(stage, "menuHide"))
    assert gone not in titles(stage) and len(titles(stage)) == 3
    await stage.click(named(stage, "toastUndo"))
    assert titles(stage)[0] == gone
    assert stage.session.settings.state.hidden_campaigns == ()


async def test_the_menu_by_keyboard(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", offers())
    await stage.key(Key.Key_F10, with_=Mod.ShiftModifier)
    await stage.until(lambda: any(item.objectName() == "menuBlock" for item in stage.drawn()))
    await stage.key(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert stage.session.settings.state.blocked == (REQUESTER,)
    await stage.key(Key.Key_Return)  # the list has the keyboard again
    assert stage.find.selectedId == stage.find.campaigns.rows[0].campaignId


@pytest.mark.parametrize(("key", "left"), [("b", 1), ("h", 3)])
async def test_from_the_page_of_a_campaign(open_stage: OpenStage, key: str, left: int) -> None:
    stage = await open_stage("findWork", offers())
    await stage.key(Key.Key_Return, "w")
    assert stage.session.notices.watching == {REQUESTER: True} and stage.find.selectedId
    await stage.key(key)
    assert len(titles(stage)) == left
    assert stage.find.selectedId == ""
    await stage.key(Key.Key_Return)  # the keyboard goes on in the list
    assert stage.find.selectedId == stage.find.campaigns.rows[0].campaignId


async def test_what_is_away_is_listed_with_a_way_back(open_stage: OpenStage) -> None:
    session = offers()
    stage = await open_stage("findWork", session)
    assert not any(item.objectName() == "openSetAside" for item in stage.drawn())
    await stage.key("h", "b")
    stage.set_aside.pending.do()  # the time of Undo is over
    await stage.calm()
    assert stage.says("Requesters blocked: 1 · Campaigns hidden: 1")
    await stage.click(named(stage, "openSetAside"))
    rows = [row.name for row in stage.set_aside.rows.rows]
    assert len(rows) == 2 and rows[0].startswith("Requester 0x") and rows[1] == "Birds and boats"
    await stage.click(named(stage, "bringBack"))
    assert session.settings.state.blocked == ()
    await stage.key(Key.Key_Escape)
    assert len(titles(stage)) == 3
    assert stage.says("Campaigns hidden: 1")


async def test_letters_with_other_keys_or_in_the_search_do_nothing_of_it(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", offers())
    await stage.key(Key.Key_B, Key.Key_H, with_=Mod.AltModifier)
    await stage.key(Key.Key_F, with_=Mod.ControlModifier)
    await stage.key("b", "h", "w")
    state = stage.session.settings.state
    assert (state.blocked, state.hidden_campaigns, stage.session.notices.watching) == ((), (), {})
