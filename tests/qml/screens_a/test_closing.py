# SPDX-License-Identifier: Apache-2.0
"""Nothing that was typed is lost when the window closes or another profile is opened the moment after."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from PySide6.QtCore import Signal
from shiboken6 import delete

from gems_desktop import startup_pages
from gems_desktop.viewmodels.base import ViewModel
from gems_protocol.errors import GemsError
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import item_id, task
from tests.qml.screens_a.conftest import MakeWindow

CONFIG = '<View><Text name="text" value="$text"/><TextArea name="why" toName="text"/></View>'


def typing_session() -> FakeSession:
    """With a task in which one types."""
    session = FakeSession()
    session.work.tasks = {item_id(1): task(1, config=CONFIG)}
    return session


def written(session: FakeSession) -> list[Any]:
    """The texts that were recorded."""
    return [call[2]["texts"] for call in session.asked("work.record")]


def test_what_was_typed_a_moment_ago_is_saved_when_the_window_closes(make_window: MakeWindow) -> None:
    session = typing_session()
    window = make_window(session=session)
    window.begin("work")
    work: Any = window.model.screenModel("work")
    work.task.typed("why", 0, "half a sent")
    assert written(session) == []
    window.run(window.startup.stop())
    assert written(session) == [["half a sent"]]
    assert session.closed


def test_and_when_another_profile_is_opened(make_window: MakeWindow) -> None:
    session = typing_session()
    window = make_window(session=session)
    window.begin("work")
    work: Any = window.model.screenModel("work")
    work.task.typed("why", 0, "half a sent")
    window.startup.switch_profile("practice-reviewer")
    window.until(lambda: session.closed)
    assert written(session) == [["half a sent"]]


def test_a_disk_that_does_not_answer_does_not_keep_the_window(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(startup_pages, "SETTLE_S", 0.05)
    session = typing_session()
    window = make_window(session=session)
    window.begin("work")
    never = asyncio.Event()

    async def hang(*_values: object) -> None:
        await never.wait()

    monkeypatch.setattr(session.work, "record", hang)
    work: Any = window.model.screenModel("work")
    work.task.typed("why", 0, "half a sent")
    with caplog.at_level(logging.ERROR):
        window.run(window.startup.stop())
    assert session.closed
    assert "could not be saved" in caplog.text


class _Screen(ViewModel):
    changed = Signal()


@pytest.mark.parametrize("end", ["closed", "returned", "refused", "shown"])
async def test_a_task_that_outlives_its_view_model_ends_in_silence(
    end: str, caplog: pytest.LogCaptureFixture
) -> None:
    faults: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: faults.append(what))
    go_on = asyncio.Event()
    screen = _Screen()

    async def work() -> None:
        await go_on.wait()
        if end == "refused":
            raise GemsError("No.", safe="All.", action="None.")
        if end == "shown":
            screen.show("something")

    task = screen.start(work())
    await asyncio.sleep(0)
    delete(screen)
    if end == "closed":
        screen.close()
    go_on.set()
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert faults == []
    assert not [one for one in caplog.records if one.levelno >= logging.INFO]
