# SPDX-License-Identifier: Apache-2.0
"""Each way a verdict can wait, change or end has its sentence, and the first deadline counts."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage
from gems_desktop.viewmodels import outbox
from gems_desktop.viewmodels.outbox_words import deadline_of, next_text, redo_of, stand_text
from gems_desktop.viewmodels.words import clock_time
from gems_protocol.amount import Amount
from tests.helpers.queue_facts import counts_of, queue_of
from tests.helpers.sample_facts import NOW, item_id, outbox_item

UNTIL = NOW + 7_200
OPEN: dict[str, Any] = {"final": False, "open_until": UNTIL}


@pytest.mark.parametrize(
    ("state", "values", "said"),
    [
        (ItemState.DELIVERED, {}, ""),
        (ItemState.PAID, {}, ""),
        (ItemState.ACCEPTED, {}, ""),
        (ItemState.REJECTED, {}, ""),
        (ItemState.ACCEPTED, OPEN, f"It is paid unless its requester objects by {clock_time(UNTIL)}."),
        (ItemState.ACCEPTED, {"final": False}, "It is paid unless its requester objects."),
        (ItemState.ACCEPTED, {**OPEN, "appeal": "won"}, "You appealed and won. It is paid unless"),
        (ItemState.DISPUTED, {**OPEN, "disputed_by": "requester"}, "Its requester objects."),
        (ItemState.DISPUTED, {**OPEN, "disputed_by": "requester"}, f"Judged by {clock_time(UNTIL)}."),
        (
            ItemState.DISPUTED,
            {**OPEN, "disputed_by": "miner"},
            "You appealed. Other verifiers judge it again.",
        ),
        (ItemState.DISPUTED, {**OPEN, "commissioned": True}, "pays two other verifiers to look"),
        (ItemState.REJECTED, {**OPEN, "appeal": "open"}, f"You may appeal until {clock_time(UNTIL)}."),
        (ItemState.REJECTED, {**OPEN, "appeal": "made"}, "leaves as soon as there is a connection"),
        (ItemState.REJECTED, {**OPEN, "appeal": "sent"}, "other verifiers will judge again"),
        (ItemState.REJECTED, {**OPEN, "appeal": "late"}, "did not take your appeal"),
        (ItemState.REJECTED, {"appeal": "lost"}, "You appealed and lost"),
        (ItemState.REJECTED, {"answered": True}, "The verifiers' answer is the task's answer"),
        (ItemState.REJECTED, {"disputed_by": "requester"}, "other verifiers rejected it."),
        (ItemState.PAID, {"disputed_by": "requester"}, "other verifiers accepted it again."),
        (ItemState.PAID, {"appeal": "won"}, "You appealed and won."),
        (ItemState.PAID, {"poor": True}, "part of the reward went back"),
        (ItemState.PAID, {"disputed_by": "requester", "commissioned": True}, ""),
    ],
)
def test_what_happens_next(state: ItemState, values: dict[str, Any], said: str) -> None:
    text = next_text(outbox_item(1, state, **values), None)
    assert said in text
    assert bool(said) == bool(text)
    assert next_text(outbox_item(1, state, kind="review", **values), None) == ""


def test_a_rejection_that_can_be_corrected_or_appealed() -> None:
    rejected = outbox_item(5, ItemState.REJECTED, appeal="open", redo_until=UNTIL + 60, **OPEN)
    again = outbox_item(5, ItemState.LEASED, item_id=item_id(9), attempt=1)
    assert next_text(rejected, redo_of(rejected, [rejected, again])).startswith("Correct it, or appeal until")
    assert deadline_of(rejected, again) == UNTIL
    assert deadline_of(outbox_item(5, ItemState.REJECTED, redo_until=UNTIL), again) == UNTIL
    assert deadline_of(outbox_item(5, ItemState.REJECTED), again) == again.due_at
    assert deadline_of(outbox_item(5, ItemState.REJECTED), None) is None
    assert deadline_of(outbox_item(5, ItemState.DISPUTED, **OPEN), None) is None
    assert outbox.row_of(rejected, again).answerUntil == UNTIL


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"disputed_by": "requester", "dispute": "It is a tern."}, "Its requester wrote:"),
        ({"disputed_by": "miner", "appeal": "judging", "dispute": "It is a gull."}, "You wrote:"),
        ({"disputed_by": "requester"}, ""),
        ({}, ""),
    ],
)
def test_who_wrote_the_reason_of_a_dispute(values: dict[str, Any], title: str) -> None:
    row = outbox.row_of(outbox_item(1, ItemState.DISPUTED, **OPEN, **values))
    assert (row.disputeTitle, row.dispute) == (title, values.get("dispute", "") if title else "")
    assert row.stateText == ItemState.DISPUTED.value


def test_held_work_waits_and_is_not_yet_accepted_for_good() -> None:
    items = [outbox_item(1, ItemState.ACCEPTED, **OPEN), outbox_item(2, ItemState.PAID)]
    props = outbox.derive(OutboxPage(counts=counts_of(items)), queue_of(items), OutboxFilter())
    assert (props.delivered, props.paid) == (1, 1)
    assert props.summary == "Everything is judged; 1 accepted, paid unless objected to"
    assert outbox.row_of(items[0]).tone == "info"


def test_a_blind_review_is_named_so() -> None:
    assert outbox.row_of(outbox_item(1, ItemState.DELIVERED, kind="review", blind=True)).place == (
        "Review no. 2, answered blind"
    )


def test_what_letting_a_rejection_stand_gives_up() -> None:
    redo = outbox_item(5, ItemState.LEASED, item_id=item_id(9), attempt=1)
    both = outbox_item(5, ItemState.REJECTED, appeal="open", stake=Amount(0), **OPEN)
    assert stand_text(both, redo).startswith("You give up the second try and the appeal")
    assert stand_text(both, None).startswith("You give up the appeal")
    only = outbox_item(5, ItemState.REJECTED, **OPEN)
    assert stand_text(only, redo).startswith("You give up the second try, and with it")
    staked = outbox_item(5, ItemState.REJECTED, appeal="open", stake=Amount(2 * 10**18), **OPEN)
    assert stand_text(staked, None).endswith("The 2.00 GEM that you staked on it may be lost.")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"final": False},
        {"final": False, "appeal": "made"},
        {"final": False, "appeal": "sent"},
        {"final": False, "appeal": "open", "kind": "review"},
        {"final": True, "appeal": "open"},
    ],
)
def test_nothing_stands_that_does_not_wait_for_me(values: dict[str, Any]) -> None:
    assert stand_text(outbox_item(5, ItemState.REJECTED, **values), None) == ""
