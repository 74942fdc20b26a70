# SPDX-License-Identifier: Apache-2.0
"""What a reviewer reads of a verdict of their own in the outbox: what was said, and whether it stands."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_queue import Progress, Stage
from gems_desktop.viewmodels import outbox_row as outbox
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import outbox_item
from tests.qml.screens_b.conftest import OpenStage

REJECTED = {"verdict": "reject", "reason": "wrong_label"}


@pytest.mark.parametrize(
    ("state", "values", "said"),
    [
        (ItemState.FINISHED, {"verdict": "accept"}, "You accepted the answer."),
        (ItemState.SEALED, REJECTED, "You rejected the answer: The label is wrong."),
        (ItemState.DELIVERED, {"verdict": "reject"}, "You rejected the answer. Verifiers decide next."),
        (
            ItemState.PAID,
            REJECTED,
            "The label is wrong. The other verifiers agree with you. You can claim it",
        ),
        (ItemState.REJECTED, REJECTED, "The other verifiers judged otherwise, so this review is not paid."),
        (ItemState.PAID, {"blind": True, "verdict": "accept"}, "The other verifiers agree with you."),
    ],
)
def test_what_came_of_my_verdict(state: ItemState, values: dict[str, Any], said: str) -> None:
    stages = {ItemState.DELIVERED: ("verdict", Stage.DELIVERED), ItemState.PAID: ("", Stage.PAID)}
    then, stage = stages.get(state, ("", Stage.DRAFT))
    row = outbox.row_of(outbox_item(1, state, kind="review", **values), None, Progress(stage, "", then))
    assert said in row.next
    assert row.reason == ""  # it is what I said, not what is wrong with mine
    assert (
        outbox.row_of(outbox_item(1, state, **values)).next.find(said) < 0
    )  # the control: work says its own


def test_a_review_that_did_not_stand_is_not_called_rejected() -> None:
    assert outbox.row_of(outbox_item(1, ItemState.REJECTED, kind="review")).stateText == "Overturned"
    assert outbox.row_of(outbox_item(1, ItemState.REJECTED)).stateText == "Rejected"


async def test_it_stands_in_the_outbox(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.items = [outbox_item(1, ItemState.REJECTED, kind="review", **REJECTED)]
    stage = await open_stage("outbox", session)
    assert stage.says("You rejected the answer: The label is wrong. The other verifiers judged otherwise")
    assert stage.says("Overturned")
