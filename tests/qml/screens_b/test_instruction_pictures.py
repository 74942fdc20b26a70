# SPDX-License-Identifier: Apache-2.0
"""Instructions beside the task: pictures by content hash between plain paragraphs, folded away for good if wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import item_id, task
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key
HASH = "ab" * 32
TEXT = f"Look well.\n![A <b>good</b> box](sha256:{HASH})\n![x](https://example.org/a.png)\nDone."


async def test_pictures_stand_between_the_words(open_stage: OpenStage, qt_messages: list[str]) -> None:
    session = FakeSession()
    session.work.tasks[item_id(1)] = task(1, instructions=TEXT)
    stage = await open_stage("work", session)
    shown = [str(item.property("source").toString()) for item in stage.drawn() if item.property("source")]
    assert f"image://task/{HASH}" in shown
    assert not [source for source in shown if "example.org" in source]
    words = stage.words()
    assert "A <b>good</b> box" in words and "Look well." in words
    assert "![x](https://example.org/a.png)\nDone." in words
    assert all("Failed to get image" in message for message in qt_messages)  # it is not on this computer
    qt_messages.clear()


async def test_folding_is_remembered(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.tasks[item_id(2)] = task(2, folded=True)
    stage = await open_stage("work", session)
    assert stage.says("Choose the mood that the writer shows.")
    await stage.key(Key.Key_F3)
    assert session.asked("settings.fold_instructions") == [
        ("settings.fold_instructions", item_id(1001), True)
    ]
    await stage.key("1", Key.Key_Return)
    assert stage.says("2 of 10") and not stage.says("Choose the mood that the writer shows.")
    await stage.key(Key.Key_F3)
    assert session.asked("settings.fold_instructions")[-1][2] is False
    assert stage.says("Choose the mood that the writer shows.")


async def test_what_was_open_before_stays_open(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.tasks = {item_id(n): task(n, folded=False) for n in (1, 2)}
    stage = await open_stage("work", session)
    await stage.key("1", Key.Key_Return)
    assert stage.says("Choose the mood that the writer shows.")
