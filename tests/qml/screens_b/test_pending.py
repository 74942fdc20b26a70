# SPDX-License-Identifier: Apache-2.0
"""A step that can be taken back: done once, later, or not at all, whatever comes in between."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from gems_desktop.services.errors import Offline
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.pending import Pending, Step
from gems_desktop.viewmodels.undo import UndoViewModel
from tests.qml.screens_b.conftest import OpenStage


class Log:
    """A view model with steps that write down what happens to them."""

    def __init__(self, after_ms: int = 60_000, fails: bool = False) -> None:
        self.owner = ViewModel()
        self.pending = Pending(self.owner, after_ms)
        self.fails = fails
        self.said: list[str] = []

    def offer(self, name: str) -> None:
        async def act() -> None:
            await asyncio.sleep(0)
            if self.fails:
                raise Offline
            self.said.append(f"did {name}")

        self.pending.offer(Step(name, f"Will {name}", act, lambda: self.said.append(f"back {name}")))


async def rest() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_it_is_done_once_or_taken_back(open_stage: OpenStage) -> None:
    log = Log()
    log.offer("a")
    assert log.pending.property("sentence") == "Will a" and log.pending.keys == {"a"}
    log.pending.undo()
    log.pending.do()
    await rest()
    assert log.said == ["back a"] and not log.pending.keys
    log.offer("b")
    log.pending.do()
    assert log.pending.keys == {"b"} and not log.pending.offered  # shown as done while it is being done
    log.pending.undo()  # too late
    await rest()
    assert log.said == ["back a", "did b"] and not log.pending.keys


async def test_the_next_step_and_the_end_do_the_one_that_waits(open_stage: OpenStage) -> None:
    log = Log()
    log.offer("a")
    log.offer("b")
    await rest()
    assert log.said == ["did a"]
    await log.pending.settle()
    await log.pending.settle()
    assert log.said == ["did a", "did b"]


async def test_its_time_runs_out_but_not_while_it_is_read(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox")
    log = Log(after_ms=1)
    log.offer("a")
    await stage.until(lambda: log.said == ["did a"])
    log.offer("b")
    log.pending.hold(True)
    assert not log.pending._timer.isActive()
    log.pending.hold(False)
    await stage.until(lambda: log.said == ["did a", "did b"])


async def test_what_fails_is_as_it_was_and_said(open_stage: OpenStage) -> None:
    log = Log(fails=True)
    log.offer("a")
    log.pending.do()
    await rest()
    assert log.said == ["back a"] and log.owner.problemMessage == Offline().message and not log.pending.keys
    log.offer("b")
    await log.pending.settle()
    assert log.said == ["back a", "back b"]


async def test_the_window_offers_one_step_at_a_time(open_stage: OpenStage) -> None:
    class Screen(QObject):
        def __init__(self, log: Log) -> None:
            super().__init__()
            self.pending = log.pending

    one, two = Log(), Log()
    undo = UndoViewModel()
    screens = [Screen(one), Screen(two), QObject()]
    undo.watch(screens)
    one.offer("a")
    assert undo.property("sentence") == "Will a"
    two.offer("b")
    await rest()
    assert one.said == ["did a"] and undo.property("sentence") == "Will b"
    undo.undo()
    assert two.said == ["back b"] and undo.property("sentence") == ""
    undo.undo()
