# SPDX-License-Identifier: Apache-2.0
"""Work that is not paid is taken to the contract from the outbox: what it means is read before, then it is followed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_case import CaseFacts
from gems_desktop.viewmodels.case import CaseInputs, derive
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, item_id, outbox_item
from tests.qml.screens_b.conftest import OpenStage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def unpaid(case: str = "possible") -> FakeSession:
    session = FakeSession()
    session.work.items = [outbox_item(5, ItemState.DELIVERED, case=case, case_from=NOW + 90_000)]
    return session


async def test_a_case_by_keys_alone(open_stage: OpenStage) -> None:
    session = unpaid()
    stage = await open_stage("outbox", session)
    assert stage.says("Take it to the contract…")
    await stage.key("c")
    assert stage.outbox.caseModel.open
    for words in (
        "has brought no verdict",
        "0.50",
        "Anybody with a little gas coin",
        "everybody sees",
        "3 days",
    ):
        assert stage.says(words), words
    await stage.key(Key.Key_Return, with_=CONTROL)
    ((_, saved, path),) = session.asked("cases.write")
    assert saved == item_id(5) and path.endswith(".gems-case")
    assert stage.says("Saved as a file")
    await stage.key(Key.Key_Escape)
    assert not stage.outbox.caseModel.open


async def test_before_its_time_there_is_one_quiet_line(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", unpaid("later"))
    assert stage.says("on you can take it to the contract")
    assert not stage.says("Take it to the contract…")
    await stage.key("c")
    assert not stage.outbox.caseModel.open


@pytest.mark.parametrize(
    ("stage", "words", "can_save"),
    [
        ("", "cannot be asked", True),
        ("EARLY", "still has time", True),
        ("WAITS", "can pay after", True),
        ("APPEALED", "judged again", True),
        ("FINISH", "waiting is over", True),
        ("PAID", "into your wallet", False),
        ("TURNED", "Another verdict", False),
        ("ANSWERED", "owes nothing", False),
        ("LATE", "in time", False),
    ],
)
def test_every_stage_has_its_sentence(stage: str, words: str, can_save: bool) -> None:
    facts = CaseFacts("0x1", "claim", NOW, stage=stage, until=NOW)
    props = derive(CaseInputs("0x1", "Moods", "Task no. 1", facts))
    assert words in props.stageText and props.canSave is can_save
    nothing = derive(CaseInputs("0x1", facts=replace(facts, kind="")))
    assert nothing.none and not nothing.canSave and not nothing.stageText
