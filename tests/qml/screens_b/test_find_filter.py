# SPDX-License-Identifier: Apache-2.0
"""The filter of Find work: each rule, what it lets through and what not, its controls, and that it stays."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from gems_desktop.viewmodels.campaign_row import takeable, usual
from gems_desktop.viewmodels.choosing import Choice, Order, arrange, fits
from gems_protocol.amount import ZERO
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import campaign, gem
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.mark.parametrize(
    ("choice", "through", "not_through"),
    [
        (Choice(only=frozenset({"noStake"})), {"stake": ZERO}, {}),
        (Choice(only=frozenset({"fitsBond"})), {"stakes_fit": 1}, {"stakes_fit": 0}),
        (Choice(only=frozenset({"fitsBond"})), {"stakes_fit": None}, {"stakes_fit": 0}),
        (Choice(only=frozenset({"real"})), {"practice": False}, {"practice": True}),
        (Choice(only=frozenset({"watched"})), {"watched": True}, {}),
        (Choice(kind="sound"), {"kinds": ("text", "sound")}, {"kinds": ("text",)}),
        (Choice(language="pt"), {"languages": ("en", "pt-BR")}, {"languages": ("en",)}),
        (Choice(language="pt"), {"languages": ()}, {"languages": ("ptx",)}),
        (Choice(kilobytes=100), {"media_bytes_per_task": 100_000}, {"media_bytes_per_task": 100_001}),
        (Choice(pay=20), {"pay_per_hour": gem("20")}, {"pay_per_hour": gem("19.999")}),
        (Choice(pay=1), {"pay_per_hour": gem("1")}, {"pay_per_hour": None}),
    ],
)
def test_each_rule(choice: Choice, through: dict[str, Any], not_through: dict[str, Any]) -> None:
    assert choice.count == 1
    assert fits(campaign(**through), choice)
    assert not fits(campaign(**not_through), choice)
    assert fits(campaign(**not_through), Choice())  # the control


def test_watched_first_and_then_in_order() -> None:
    found = [
        campaign(1, reward=gem("1")),
        campaign(2, reward=gem("2")),
        campaign(3, watched=True, reward=gem("0.1")),
    ]
    by_reward = Choice(Order.REWARD)
    assert [one.reward for one in arrange(found, by_reward, "")] == [gem("0.1"), gem("2"), gem("1")]
    unwished = Choice(Order.REWARD, watched_first=False)
    assert [one.reward for one in arrange(found, unwished, "")] == [gem("2"), gem("1"), gem("0.1")]


@pytest.mark.parametrize(
    ("values", "offered", "most"),
    [
        ({"tasks_open": 200}, 10, 50),
        ({"tasks_open": 3}, 3, 3),
        ({"tasks_open": 200, "measured_seconds": 900}, 4, 50),  # an hour's work
        ({"tasks_open": 200, "measured_seconds": 9_000}, 1, 50),
        ({"tasks_open": 200, "stakes_fit": 7}, 7, 7),  # what the bond holds
        ({"tasks_open": 200, "stakes_fit": 0}, 1, 1),
    ],
)
def test_a_sensible_number_of_tasks(values: dict[str, Any], offered: int, most: int) -> None:
    found = campaign(**values)
    assert takeable(found, usual(found), 50) == offered
    assert takeable(found, 50, 50) == most


def shop() -> FakeSession:
    session = FakeSession()
    session.sync.offers = [
        campaign(1, kinds=("pictures",), languages=("en",)),
        campaign(2, kinds=("text",), languages=("sw",)),
        campaign(3, kinds=("text",), stake=ZERO, practice=False),
    ]
    return session


def titles(stage: Stage) -> list[str]:
    return [row.title for row in stage.find.campaigns.rows]


def named(stage: Stage, name: str) -> Any:
    return next(item for item in stage.drawn() if item.objectName() == name)


async def test_filtered_by_keyboard_and_remembered(open_stage: OpenStage) -> None:
    session = shop()
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_L, with_=Mod.ControlModifier)
    await stage.key(Key.Key_Down, Key.Key_Down)  # the kind: any, pictures, texts
    assert titles(stage) == ["Boxes around ships", "The mood of a sentence"]
    await stage.key(Key.Key_Tab, Key.Key_Down, Key.Key_Down)  # the language: any, English, Swahili
    assert titles(stage) == ["Boxes around ships", "The mood of a sentence"]  # one of them needs no language
    assert stage.says("Filter: 2")
    await stage.key(Key.Key_Escape)
    assert not any(item.objectName() == "filterKind" for item in stage.drawn())
    state = session.settings.state
    assert (state.find_kind, state.find_language) == ("text", "sw")
    stage.close()
    again = await open_stage("findWork", session)
    assert titles(again) == ["Boxes around ships", "The mood of a sentence"]
    assert again.says("Filter: 2")


async def test_filtered_by_mouse_until_nothing_fits_and_shown_again(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", shop())
    await stage.click(named(stage, "openFilter"))
    await stage.click(named(stage, "filterNoStake"))
    assert titles(stage) == ["The mood of a sentence"]
    await stage.click(named(stage, "filterWatched"))
    assert titles(stage) == [] and stage.says("No campaign fits your filter")
    await stage.click(named(stage, "clearFilter"))
    assert len(titles(stage)) == 3
    assert stage.find.filter.count == 0


async def test_practice_is_only_a_choice_where_there_is_other_work(open_stage: OpenStage) -> None:
    session = shop()
    stage = await open_stage("findWork", session)
    await stage.click(named(stage, "openFilter"))
    await stage.click(named(stage, "filterReal"))
    assert titles(stage) == ["The mood of a sentence"]
    stage.close()
    session = FakeSession()  # all of it is practice
    stage = await open_stage("findWork", session)
    await stage.click(named(stage, "openFilter"))
    assert not any(item.objectName() == "filterReal" for item in stage.drawn())


async def test_cards_by_mouse_and_the_same_keys(open_stage: OpenStage) -> None:
    session = shop()
    stage = await open_stage("findWork", session)
    await stage.click(stage.button("Cards"))
    assert session.settings.state.find_cards
    cards = stage.of_type("CampaignRowItem")
    assert len(cards) == 3 and len({card.y() for card in cards}) == 1  # beside each other
    stage.find.select("")
    await stage.click(cards[0])
    await stage.key(Key.Key_Right, Key.Key_Return)
    assert stage.find.selectedId == stage.find.campaigns.rows[1].campaignId
    await stage.key(Key.Key_Escape, "h")
    assert len(titles(stage)) == 2
    await stage.click(stage.button("Rows"))
    rows = stage.of_type("CampaignRowItem")
    assert len({row.x() for row in rows}) == 1 and not session.settings.state.find_cards
