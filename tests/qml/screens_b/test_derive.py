# SPDX-License-Identifier: Apache-2.0
"""Facts to words, without a window: rows and props of the screens where work is done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gems_desktop.services.errors import DiskFull
from gems_desktop.services.facts import (
    Connection,
    ConnectionFacts,
    ItemState,
    OutboxItem,
    ReviewFacts,
    ReviewQueueFacts,
    TaskFacts,
)
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage
from gems_desktop.viewmodels import find_work, outbox, review_props, work
from gems_desktop.viewmodels.campaign_row import batch_sentence, row_of, takeable
from gems_desktop.viewmodels.choosing import Choice, Order, arrange
from gems_desktop.viewmodels.outbox_words import redo_of
from gems_desktop.viewmodels.pump import Pump
from gems_desktop.viewmodels.reasons import REASONS, reason_text
from gems_protocol.amount import ZERO
from gems_protocol.errors import GemsError
from tests.helpers import sample_facts as sample
from tests.helpers.queue_facts import counts_of, queue_of
from tests.helpers.sample_facts import campaign, gem, outbox_item, task


def test_a_campaign_without_any_history() -> None:
    row = row_of(
        campaign(
            measured_seconds=None,
            expected_seconds=150,
            pay_per_hour=None,
            rejection_ppm=None,
            median_release_s=None,
            ends_at=0,
            stake=ZERO,
        )
    )
    assert (row.payPerHour, row.payNote) == ("–", "nobody has been paid yet")
    assert (row.minutes, row.timeNote) == ("2 min", "as the requester expects")
    assert (row.rejectionRate, row.paysWithin, row.endsAt) == ("–", "–", "")
    assert row.requesterSentence == "No judged work yet"
    assert not row.hasStake


def test_a_girm_campaign_says_fee_and_audit() -> None:
    row = row_of(campaign(policy="girm", stake=ZERO, fee_ppm=285_000, audit_ppm=500_000))
    assert (row.fee, row.audit) == ("28.5\u00a0% of the reward", "50\u00a0%")
    assert "28.5\u00a0% of the reward pays for checking" in row.policySentence


def test_an_unknown_policy_is_named() -> None:
    assert "“lottery”" in row_of(campaign(policy="lottery")).policySentence


@pytest.mark.parametrize(
    ("wanted", "open_", "most", "count"), [(10, 18, 50, 10), (10, 3, 50, 3), (99, 80, 50, 50), (0, 0, 50, 1)]
)
def test_no_more_is_taken_than_there_is(wanted: int, open_: int, most: int, count: int) -> None:
    assert takeable(campaign(tasks_open=open_), wanted, most) == count


def test_what_a_batch_brings_and_costs() -> None:
    assert (
        batch_sentence(campaign(), 10)
        == "up to 0.50 GEM · 0.10 GEM at stake · about 70 s · 840 KB to download · send within 2 days"
        " · paid within 3 days after sending"
    )
    assert "nothing at stake" in batch_sentence(campaign(stake=ZERO), 10)
    assert "download" not in batch_sentence(campaign(media_bytes_per_task=0), 10)


@pytest.mark.parametrize(
    ("weight", "summary", "each"),
    [(84_000, "18 open · 7 s each · 84 KB each", "84 KB"), (0, "18 open · 7 s each", "nothing")],
)
def test_the_line_of_a_row(weight: int, summary: str, each: str) -> None:
    row = row_of(campaign(media_bytes_per_task=weight))
    assert (row.summary, row.megabytes) == (summary, each)


@pytest.mark.parametrize(
    ("order", "first"),
    [("payPerHour", "b"), ("reward", "a"), ("shortest", "c"), ("smallestStake", "c")],
)
def test_sorting(order: str, first: str) -> None:
    offers = [
        campaign(1, title="a", reward=gem("9"), pay_per_hour=None),
        campaign(1, title="b", pay_per_hour=gem("90")),
        campaign(1, title="c", measured_seconds=1, stake=ZERO),
    ]
    assert arrange(offers, Choice(Order(order)), "")[0].title == first


@pytest.mark.parametrize(("words", "found"), [("", 3), ("BOATS", 1), ("photo mood", 1), ("nothing", 0)])
def test_searching(words: str, found: int) -> None:
    assert len(arrange([campaign(n) for n in (1, 2, 3)], Choice(Order.REWARD), words)) == found


def test_progress_while_leasing() -> None:
    link = ConnectionFacts(Connection.SYNCING, 3, 10, fetching=True)
    props = find_work.derive(find_work.FindWorkInputs((campaign(1),), link, leasing=True))
    assert (props.leaseText, props.leaseProgress) == ("Fetching 3 of 10", 0.3)
    assert not props.offline


@pytest.mark.parametrize(
    ("facts", "items", "stage"),
    [
        (task(1), (), "task"),
        (None, (), "empty"),
        (None, (outbox_item(1, ItemState.FINISHED),), "seal"),
        (None, (outbox_item(1, ItemState.FINISHED), outbox_item(2, ItemState.SEALED)), "seal"),
        (None, (outbox_item(1, ItemState.SENDING),), "sent"),
        (None, (outbox_item(1, ItemState.PAID),), "empty"),
        (None, (outbox_item(1, ItemState.FINISHED, kind="review"),), "empty"),
    ],
)
def test_the_faces_of_work(facts: TaskFacts | None, items: tuple[OutboxItem, ...], stage: str) -> None:
    assert work.derive(work.WorkInputs(ready=True, facts=facts, queue=queue_of(items))).stage == stage
    assert work.derive(work.WorkInputs(ready=False, facts=facts, queue=queue_of(items))).stage == "loading"


def test_problems_are_said_only_when_asked_for() -> None:
    inputs = work.WorkInputs(ready=True, facts=task(1), problems=("Choose one.", "Write something."))
    assert work.derive(inputs).problemsText == ""
    assert work.derive(replace(inputs, asked=True)).problemsText == "Choose one. · Write something."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ""),
        ({"saved": True}, "saved"),
        ({"saved": True, "saving": True}, "saving"),
        ({"saving": True, "stuck": True}, "stuck"),
    ],
)
def test_the_saved_mark(values: dict[str, bool], said: str) -> None:
    assert work.derive(work.WorkInputs(**values)).saving == said


@pytest.mark.parametrize(
    ("eligible", "facts", "decided", "stage"),
    [
        (True, sample.review(1), 0, "review"),
        (False, sample.review(1), 0, "review"),
        (True, None, 3, "seal"),
        (True, None, 0, "take"),
        (False, None, 0, "notYet"),
    ],
)
def test_the_faces_of_review(eligible: bool, facts: ReviewFacts | None, decided: int, stage: str) -> None:
    queue = ReviewQueueFacts(eligible, "", eligible, 0, decided)
    assert review_props.derive(review_props.ReviewInputs(ready=True, queue=queue, facts=facts)).stage == stage


@pytest.mark.parametrize(
    ("verdict", "text"),
    [("accept", "accepted"), ("reject", "The label is wrong"), ("skip", "skipped"), ("", "")],
)
def test_a_verdict_taken_back_is_remembered(verdict: str, text: str) -> None:
    facts = sample.review(1, verdict=verdict, reason="wrong_label")
    assert text in review_props.derive(review_props.ReviewInputs(facts=facts)).verdictText


@pytest.mark.parametrize("state", list(ItemState))
def test_every_state_of_the_outbox_has_its_sentence(state: ItemState) -> None:
    row = outbox.row_of(outbox_item(1, state))
    assert row.stateText == state.value
    assert row.canTakeBack is (state in (ItemState.FINISHED, ItemState.SEALED))
    assert not outbox.row_of(outbox_item(1, state, kind="review")).canTakeBack


def test_only_the_waiting_second_try_is_offered_for_correction() -> None:
    rejected = outbox_item(5, ItemState.REJECTED, redo_until=sample.NOW + 60)
    again = outbox_item(5, ItemState.LEASED, item_id=sample.item_id(9), attempt=1)
    assert redo_of(rejected, [rejected, again]) == again
    assert redo_of(rejected, [rejected, replace(again, state=ItemState.FINISHED)]) is None
    assert redo_of(rejected, [rejected, replace(again, index=6)]) is None
    assert redo_of(again, [rejected, again]) is None
    row = outbox.row_of(rejected, again)
    assert (row.canRedo, row.redoId, row.redoUntil) == (True, again.item_id, sample.NOW + 60)


@pytest.mark.parametrize(
    ("states", "offline", "summary"),
    [
        ([], False, ""),
        ([ItemState.SEALED, ItemState.DELIVERED], False, "1 to send, 1 waiting for a verdict"),
        ([ItemState.SEALED], True, "1 kept on this computer until there is a connection"),
        ([ItemState.DELIVERED], True, "Everything is sent; 1 waiting for a verdict"),
        ([ItemState.PAID], False, "Everything is sent and judged"),
    ],
)
def test_the_sentence_above_the_outbox(states: list[ItemState], offline: bool, summary: str) -> None:
    items = [outbox_item(at, state) for at, state in enumerate(states)]
    page = OutboxPage(counts=counts_of(items))
    assert outbox.derive(page, queue_of(items), OutboxFilter(), offline=offline).summary == summary


def test_every_reason_has_words_and_an_unknown_one_is_not_repeated() -> None:
    assert all(reason_text(code) for code in REASONS)
    assert reason_text("<b>x</b>") == "Another reason"
    assert reason_text("") == ""


async def test_a_pump_keeps_the_order_and_what_can_be_done_later() -> None:
    done: list[str] = []
    full = [True]

    async def save(name: str) -> None:
        if full[0]:
            raise DiskFull
        done.append(name)

    pump = Pump()
    pump.put(lambda: save("one"), keep=True)
    pump.put(lambda: save("two"), keep=True)
    with pytest.raises(DiskFull):
        await pump.run()
    full[0] = False
    await pump.run()
    assert done == ["one", "two"]
    assert pump.idle


async def test_a_pump_drops_what_will_never_be_done() -> None:
    async def never() -> None:
        raise GemsError("No.")

    pump = Pump()
    pump.put(never, keep=True)
    pump.put(never, keep=True)
    with pytest.raises(GemsError):
        await pump.run()
    assert pump.idle
