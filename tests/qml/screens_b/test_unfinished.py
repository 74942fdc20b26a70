# SPDX-License-Identifier: Apache-2.0
"""What is half drawn is saved like anything else, and "saved" is only said when it is on the disk."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from gems_desktop.services.errors import DiskFull
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import item_id, task
from tests.qml.screens_b.conftest import OpenStage

OUTLINES = """<View><Text name="text" value="$text"/><Image name="photo" value="$image"/>
<PolygonLabels name="outline" toName="photo"><Label value="Boat"/></PolygonLabels>
<BrushLabels name="mask" toName="photo"><Label value="Sea"/></BrushLabels></View>"""
DATA = {"text": "x", "image": "sha256:" + "0" * 64}


async def corners(open_stage: OpenStage, session: FakeSession) -> Any:
    session.work.tasks[item_id(1)] = task(1, config=OUTLINES, data=DATA)
    stage = await open_stage("work", session)
    model = stage.work.task
    identity = model.add("photo", {"points": [[1, 1]], "closed": False})
    assert identity
    await stage.calm()
    assert model.change(identity, {"points": [[1, 1], [9, 1]], "closed": False})
    assert stage.work.saving != "saved"  # not said before it is true
    await stage.calm()
    return stage


async def test_a_polygon_that_is_being_drawn_is_saved(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await corners(open_stage, session)
    assert stage.work.saving == "saved"
    [region] = session.work.tasks[item_id(1)].answer
    assert region["value"]["points"] == [[1, 1], [9, 1]] and region["value"]["closed"] is False
    await stage.key(Qt.Key.Key_Return)
    assert not session.asked("work.finish")  # saved, but not finished


async def test_saved_is_not_said_of_what_is_not(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.fail("work.record", DiskFull())
    stage = await corners(open_stage, session)
    assert stage.work.saving == "stuck" and stage.says("Not saved yet")
    session.fail("work.record", None)
    stage.work.retrySaving()
    await stage.calm()
    assert stage.work.saving == "saved"
    assert session.work.tasks[item_id(1)].answer[0]["value"]["points"] == [[1, 1], [9, 1]]
