# SPDX-License-Identifier: Apache-2.0
"""Own keys: the panel lists every option, a new key works at once and is kept, a clash is refused in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication

from gems_desktop.viewmodels.keys import refusal, rows_of
from gems_protocol.modules import parse
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import TEXT_CONFIG, item_id, task
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key
HOTKEYS = """<View><Text name="t" value="$t"/><Choices name="c" toName="t">
<Choice value="Yes" hotkey="y"/><Choice value="No"/></Choices>
<Taxonomy name="x" toName="t"><Choice value="A"/></Taxonomy>
</View>"""


def test_every_option_with_its_key() -> None:
    found = rows_of(parse(HOTKEYS), {("c", "No"): "n"})
    assert [(row.text, row.key, row.own) for row in found] == [("Yes", "Y", False), ("No", "N", True)]


def test_clashes_are_told_in_words() -> None:
    module = parse(HOTKEYS)
    assert "already the key of “Yes”" in refusal(module, {}, ("c", "No"), "Y")
    assert "screen uses" in refusal(module, {}, ("c", "No"), "+")
    assert "screen uses" in refusal(module, {}, ("c", "No"), " ")
    assert refusal(module, {}, ("c", "No"), "k") == ""
    assert refusal(module, {("c", "Yes"): "k"}, ("c", "No"), "y") == ""  # given up by its option
    assert "already" in refusal(module, {("c", "Yes"): "k"}, ("c", "No"), "K")


async def test_a_key_is_changed_with_the_keyboard_alone(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("work", session)
    await stage.key(Key.Key_F2)
    assert stage.says("Enter changes the key")
    assert stage.says("Finish and next")  # the screen's own keys stand there too
    await stage.key(Key.Key_Down, Key.Key_Return)
    assert stage.says("Press the key that it shall have.")
    await stage.key("k")
    assert session.asked("settings.keep_keys") == [
        ("settings.keep_keys", TEXT_CONFIG, (("mood", "Negative", "k"),))
    ]
    await stage.key(Key.Key_Return, "+")
    assert stage.says("The screen uses this key itself")
    await stage.key(Key.Key_Up, Key.Key_Return, "k")
    assert stage.says("already the key of “Negative”")
    await stage.key(Key.Key_Escape)
    await stage.key("k")
    assert session.work.tasks[item_id(1)].answer[0]["value"] == {"choices": ["Negative"]}
    await stage.key(Key.Key_Return, "k")  # the next task has the key too, though it was read before
    assert session.work.tasks[item_id(2)].answer[0]["value"] == {"choices": ["Negative"]}


async def test_kept_keys_count_and_can_be_given_back(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.tasks[item_id(1)] = task(1, wishes=(("mood", "Neutral", "n"),))
    stage = await open_stage("work", session)
    await stage.key("n")
    assert session.work.tasks[item_id(1)].answer[0]["value"] == {"choices": ["Neutral"]}
    await stage.key(Key.Key_Question, Key.Key_Down, Key.Key_Down, Key.Key_Delete)
    assert session.asked("settings.keep_keys")[-1] == ("settings.keep_keys", TEXT_CONFIG, ())
    await stage.key(Key.Key_Escape, "1", "n")
    assert session.work.tasks[item_id(1)].answer[0]["value"] == {"choices": ["Positive"]}


@pytest.mark.parametrize("to_left", [False, True])
async def test_the_main_button_stands_last(
    open_stage: OpenStage, qt_app: QGuiApplication, to_left: bool
) -> None:
    if to_left:
        qt_app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        stage = await open_stage("work", FakeSession(), rightToLeft=to_left)
        await stage.key(Key.Key_F2)
        places = [
            stage.button(text).mapToScene(QPointF(0, 0)).x() for text in ("Done", "All usual keys again")
        ]
        assert (places[0] < places[1]) is to_left
        stage.close()
    finally:
        qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
