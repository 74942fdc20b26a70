# SPDX-License-Identifier: Apache-2.0
"""What may disturb: announced, covered until asked for, left at no cost, kept away when somebody wants that."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QCoreApplication, QPointF, Qt

from gems_platform.client.requesting.module_files import READY
from gems_protocol.content_warning import ContentWarning
from tests.helpers.fake_session import FakeSession
from tests.helpers.frame import items
from tests.helpers.sample_facts import campaign, item_id, review, task
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
WARNING = ContentWarning(("injury",), "Some photos show accidents.")
DONE = [
    {"id": "a", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["Positive"]}}
]


async def test_a_task_is_covered_until_it_is_asked_for(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.tasks = {item_id(n): task(n, content_warning=WARNING, answer=DONE) for n in (1, 2)}
    stage = await open_stage("work", session)
    assert stage.says("This task may disturb you") and stage.says("Some photos show accidents.")
    assert not stage.says("The ferry came late") and not stage.of_type("TaskView")
    await stage.key("2", Key.Key_Return)
    await stage.key(Key.Key_Return, with_=CONTROL)
    assert not session.asked("work.finish") and not session.asked("work.record")
    await stage.key(Key.Key_Space)
    assert stage.says("The ferry came late")
    await stage.key("2", Key.Key_Return)
    assert session.asked("work.finish")
    assert stage.says("This task may disturb you")  # each task for itself


async def test_a_covered_task_is_given_back(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.tasks = {item_id(n): task(n, content_warning=WARNING) for n in (1, 2)}
    stage = await open_stage("work", session)
    await stage.click(stage.button("Give back"))
    await stage.work.settle()
    assert session.asked("work.give_back")


async def test_a_covered_review_can_be_skipped_but_not_judged(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.review.reviews = [review(n, content_warning=WARNING) for n in (1, 2)]
    stage = await open_stage("review", session)
    await stage.key("a", "r")
    assert not session.asked("review.decide")
    await stage.key("s")
    assert session.asked("review.decide")[-1][2] == "skip"
    await stage.key(Key.Key_Space)
    await stage.key("a")
    assert session.asked("review.decide")[-1][2] == "accept"


async def test_campaigns_that_somebody_keeps_away_are_not_offered(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.sync.offers = [campaign(1, content_warning=WARNING), campaign(2)]
    await session.settings.change(hidden_content=("injury",))
    stage = await open_stage("findWork", session)
    assert not stage.says("Birds and boats") and stage.says("Boxes around ships")
    assert stage.says("1 kept away by your settings")
    await session.settings.change(hidden_content=())
    await stage.calm()
    assert stage.says("Birds and boats")


async def test_a_picture_never_reaches_below_the_window(
    open_stage: OpenStage, qt_messages: list[str]
) -> None:
    session = FakeSession()
    config = (READY / "image-polygons" / "config.xml").read_text("utf-8")
    values = {"config": config, "data": {"photo": "sha256:" + "ab" * 32}, "instructions": "Look well.\n" * 40}
    session.work.tasks = {item_id(1): task(1, content_warning=WARNING, **values)}
    stage = await open_stage("findWork", session)
    stage.window.resize(1366, 768)
    await stage.calm()
    stage.app.openPage("work")
    bottoms: list[float] = []

    async def watch() -> None:
        for _ in range(40):
            for item in items(stage.window.contentItem()):
                if item.metaObject().className().startswith("ImageCanvas"):
                    bottoms.append(item.mapToScene(QPointF(0, item.height())).y())
            await asyncio.sleep(0)
            QCoreApplication.processEvents()

    await watch()
    await stage.key(Key.Key_Space)
    await watch()
    assert stage.of_type("TaskView") and bottoms and max(bottoms) <= stage.window.height()
    qt_messages.clear()  # the picture is not on this computer
