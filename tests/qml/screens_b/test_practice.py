# SPDX-License-Identifier: Apache-2.0
"""The practice set of a campaign: done by key before the first lease, told what was right, never the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gems_desktop.services.errors import Offline
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import campaign, item_id
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key = Qt.Key
FIRST = "It asks you to pass its practice set first; that costs nothing."


def practice_first() -> FakeSession:
    """A session with one campaign that asks for its practice set."""
    session = FakeSession()
    session.sync.offers = [
        campaign(1, can_lease=False, why_not=FIRST, practice_ppm=660_000, practice_passed=False)
    ]
    return session


async def at_rest(stage: Stage) -> None:
    """Until the practice runs nothing either."""
    await stage.until(lambda: not stage.find.practice.busy)  # type: ignore[attr-defined]
    await stage.calm()


async def test_the_examples_are_done_by_key_and_open_the_campaign(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", practice_first())
    await stage.key(Key.Key_Return)
    assert stage.says(FIRST)
    assert stage.says("66\u00a0% of them must be right")
    await stage.key(Key.Key_Return)
    await at_rest(stage)
    assert stage.says("Example 1 of 3")
    assert stage.says("Late again.")
    for _ in range(3):
        await stage.key("1", Key.Key_Return)
    await at_rest(stage)
    [call] = stage.session.asked("sync.answer_practice")
    assert (call[1], sorted(call[2])) == (item_id(1001), [0, 1, 2])
    assert stage.says("You have passed")
    assert stage.says("2 of 3 right")
    assert stage.says("Example 2: Not right")
    assert stage.says("Look at the last word.")
    await stage.key(Key.Key_Return)
    await at_rest(stage)
    assert stage.says("You have passed its practice set.")
    await stage.click(stage.button("Take 10 task(s)"))
    assert stage.session.asked("sync.fetch_batch")


async def test_what_was_wrong_is_tried_again_with_the_answers_still_there(open_stage: OpenStage) -> None:
    session = practice_first()
    session.sync.practice_right = {0}
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return, Key.Key_Return)
    await at_rest(stage)
    for _ in range(3):
        await stage.key("1", Key.Key_Return)
    await at_rest(stage)
    assert stage.says("Not enough yet")
    await stage.key(Key.Key_Return)
    assert stage.says("Example 2 of 3")
    session.sync.practice_right = {0, 1}
    await stage.key(Key.Key_Return, Key.Key_Return)
    await at_rest(stage)
    assert stage.says("You have passed")


async def test_an_incomplete_example_says_what_is_missing_and_one_can_go_back(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork", practice_first())
    await stage.key(Key.Key_Return, Key.Key_Return)
    await at_rest(stage)
    await stage.key(Key.Key_Return)
    assert stage.says("Example 1 of 3")
    assert stage.find.practice.property("problemsText")  # type: ignore[attr-defined]
    await stage.key("2", Key.Key_Return)
    assert stage.says("Example 2 of 3")
    await stage.click(stage.button("Back"))
    assert stage.says("Example 1 of 3")
    await stage.key(Key.Key_Escape)
    assert stage.says("Do the examples")


async def test_a_practice_set_that_cannot_be_had_says_so(open_stage: OpenStage) -> None:
    session = practice_first()
    session.fail("sync.practice", Offline())
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return, Key.Key_Return)
    await at_rest(stage)
    assert stage.says(Offline().message)
    assert stage.says("Do the examples")


async def test_a_check_that_fails_keeps_the_answers(open_stage: OpenStage) -> None:
    session = practice_first()
    session.fail("sync.answer_practice", Offline())
    stage = await open_stage("findWork", session)
    await stage.key(Key.Key_Return, Key.Key_Return)
    await at_rest(stage)
    for _ in range(3):
        await stage.key("1", Key.Key_Return)
    await at_rest(stage)
    assert stage.says(Offline().message)
    session.fail("sync.answer_practice", None)
    await stage.key(Key.Key_Return)
    await at_rest(stage)
    assert stage.says("You have passed")
