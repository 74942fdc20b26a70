# SPDX-License-Identifier: Apache-2.0
"""An appeal from the outbox: its price is read before, its reason is kept, and its way to the end is shown."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import ItemState
from gems_desktop.viewmodels.appeal import AppealInputs, derive
from gems_protocol.amount import ZERO
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, appeal, gem, item_id, outbox_item
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LATER = 4_000_000_000


def rejected_session(**values: Any) -> FakeSession:
    session = FakeSession()
    rejected = outbox_item(
        5, ItemState.REJECTED, final=False, appeal="open", open_until=LATER, reason="wrong_label", note="No."
    )
    session.work.items = [rejected]
    session.work.appeals[item_id(5)] = appeal(item_id(5), **values)
    return session


def field(stage: Stage) -> QQuickItem:
    return next(item for item in stage.drawn() if item.objectName() == "appealReason")


async def test_an_appeal_by_keys_alone(open_stage: OpenStage) -> None:
    session = rejected_session()
    stage = await open_stage("outbox", session)
    assert stage.says("You may appeal until")
    await stage.key("a")
    assert stage.outbox.appeal.open
    for words in ("3 other verifiers", "0.02 GEM", "0.05 GEM", "The label is wrong", "Bond you put up"):
        assert stage.says(words), words
    await stage.key("R", "i", "g", "h", "t")
    await stage.key(Key.Key_Return, with_=CONTROL)
    assert session.asked("work.appeal") == [("work.appeal", item_id(5), "Right")]
    assert stage.outbox.appeal.stage == "made"
    assert stage.says("It leaves as soon as there is a connection")
    assert stage.says("Right")
    await stage.key(Key.Key_Escape)
    assert not stage.outbox.appeal.open
    assert stage.says("Your appeal is written and signed")
    await stage.key("a")
    assert stage.outbox.appeal.stage == "made"


async def test_no_appeal_without_a_reason(open_stage: OpenStage) -> None:
    session = rejected_session()
    stage = await open_stage("outbox", session)
    await stage.click(stage.button("Appeal…"))
    assert not stage.button("Sign the appeal").isEnabled()
    await stage.key(" ")
    await stage.key(Key.Key_Return, with_=CONTROL)
    assert not session.asked("work.appeal")


async def test_what_was_written_is_kept_when_the_page_is_left(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", rejected_session())
    await stage.key("a", "o", "k", Key.Key_Escape, "a")
    assert field(stage).property("text") == "ok"


async def test_no_more_than_the_longest_reason(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", rejected_session())
    await stage.key("a")
    field(stage).setProperty("text", "x" * 700)
    await stage.calm()
    assert len(field(stage).property("text")) == 500


async def test_a_second_try_is_given_up_for_it_or_done_instead(open_stage: OpenStage) -> None:
    session = rejected_session(bond=ZERO, gives_up_redo=True)
    session.work.items.append(outbox_item(5, ItemState.LEASED, item_id=item_id(9), attempt=1, due_at=LATER))
    stage = await open_stage("outbox", session)
    assert stage.says("Correct it, or appeal until")
    await stage.key("a")
    assert stage.says("takes the place of the second try, which would pay 0.04 GEM")
    assert stage.says("Appeal and give up the second try")
    assert not stage.says("Bond you put up")
    await stage.click(stage.button("Correct it instead"))
    assert stage.app.opened == ["work"]
    assert stage.work.itemId == item_id(9)
    assert not stage.outbox.appeal.open


async def test_why_it_cannot_be_appealed(open_stage: OpenStage) -> None:
    stage = await open_stage(
        "outbox", rejected_session(possible=False, why_not="The time is over.", state="")
    )
    await stage.key("a")
    assert stage.says("The time is over.")
    assert not stage.says("Why your answer is right")


async def test_a_refused_appeal_is_told_and_the_words_stay(open_stage: OpenStage) -> None:
    session = rejected_session()
    session.fail("work.appeal", NothingToDo("Your bond pocket does not hold the bond of this appeal."))
    stage = await open_stage("outbox", session)
    await stage.key("a", "o", "k")
    await stage.key(Key.Key_Return, with_=CONTROL)
    assert stage.says("Your bond pocket does not hold the bond of this appeal.")
    assert stage.outbox.appeal.stage == "write"
    assert field(stage).property("text") == "ok"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sent", "The platform has it"),
        ("judging", "Other verifiers judge it again"),
        ("won", "Won: your answer is accepted."),
        ("lost", "Lost: other verifiers rejected it too."),
        ("late", "The platform did not take it."),
    ],
)
async def test_the_way_of_an_appeal(open_stage: OpenStage, state: str, words: str) -> None:
    session = rejected_session(possible=False, state=state, reason="It is a gull.", loses=gem("0.01"))
    kind = ItemState.DISPUTED if state == "judging" else ItemState.REJECTED
    session.work.items = [outbox_item(5, kind, appeal=state, dispute="It is a gull.", open_until=NOW)]
    stage = await open_stage("outbox", session)
    await stage.click(stage.button("Your appeal"))
    assert stage.says(words)
    assert stage.says("It is a gull.")


@pytest.mark.parametrize(
    ("values", "step", "said"),
    [
        ({"state": "made"}, 1, ""),
        ({"state": "judging"}, 2, ""),
        ({"state": "won"}, 4, "It brings you 0.05 GEM."),
        ({"state": "lost"}, 4, "The bond of 0.01 GEM is lost."),
        ({"state": "lost", "bond": ZERO}, 4, ""),
        ({"state": "late"}, 4, ""),
    ],
)
def test_how_far_it_is_and_what_it_brought(values: dict[str, Any], step: int, said: str) -> None:
    props = derive(AppealInputs(item_id(1), facts=appeal(item_id(1), possible=False, **values)))
    assert props.step == step
    assert said in props.endText
    assert bool(said) == bool(props.endText)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"loses": ZERO, "bond": ZERO}, "Nothing beyond the reward"),
        ({"gives_up_redo": True}, "The bond and the stake"),
        ({"gives_up_redo": True, "bond": ZERO}, "which a second try could have saved"),
        ({}, "The bond; the rejection stands."),
        ({"state": "made"}, "what you gave up"),
        ({"state": "made", "bond": ZERO}, "If you lose, the rejection stands."),
    ],
)
def test_what_losing_costs(values: dict[str, Any], said: str) -> None:
    assert said in derive(AppealInputs(item_id(1), facts=appeal(item_id(1), **values))).losesText
