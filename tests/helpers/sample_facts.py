# SPDX-License-Identifier: Apache-2.0
"""Facts as they are on the sample campaigns, for screens on fakes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gems_desktop.services.facts import (
    AppealFacts,
    CampaignFacts,
    ChainCheck,
    ClaimFacts,
    ClaimState,
    EarningsFacts,
    ItemState,
    LedgerLine,
    OutboxItem,
    PracticeFacts,
    PracticeTask,
    RatingFacts,
    ReportFacts,
    ReviewFacts,
    Said,
    ShareFacts,
    TaskFacts,
)
from gems_desktop.services.facts_story import MoneyFacts, RoundFacts, StoryFacts
from gems_desktop.services.facts_wage import WageDay, WageFacts
from gems_protocol.amount import Amount
from tests.helpers.sample_basics import ADDRESS as ADDRESS
from tests.helpers.sample_basics import KEY as KEY
from tests.helpers.sample_basics import NOW as NOW
from tests.helpers.sample_basics import PASSWORD as PASSWORD
from tests.helpers.sample_basics import RELAYER as RELAYER
from tests.helpers.sample_basics import REQUESTER as REQUESTER
from tests.helpers.sample_basics import WORDS as WORDS
from tests.helpers.sample_basics import gem as gem
from tests.helpers.sample_basics import item_id as item_id
from tests.helpers.sample_trust import audits as audits
from tests.helpers.sample_trust import families as families
from tests.helpers.sample_trust import trust as trust

PHOTO_CONFIG = """<View><Image name="photo" value="$image"/><Choices name="kind" toName="photo" choice="single">
<Choice value="Bird"/><Choice value="Boat"/><Choice value="Neither"/></Choices></View>"""
TEXT_CONFIG = """<View><Text name="text" value="$text"/><Choices name="mood" toName="text" choice="single">
<Choice value="Positive"/><Choice value="Negative"/><Choice value="Neutral"/></Choices></View>"""


def campaign(number: int = 1, **values: Any) -> CampaignFacts:
    """A campaign as the platform offers it."""
    facts = CampaignFacts(
        campaign_id=item_id(1000 + number),
        title=("Birds and boats", "Boxes around ships", "The mood of a sentence")[(number - 1) % 3],
        description="Say what each photo shows.",
        instructions="Look at the whole photo. Choose the one word that fits best.",
        module_name="image classification",
        policy="consensus",
        requester=REQUESTER,
        practice=True,
        reward=gem("0.05"),
        gross_reward=gem("0.05"),
        stake=gem("0.01"),
        fee_ppm=0,
        audit_ppm=0,
        worst_case=gem("0.01"),
        expected_seconds=8,
        measured_seconds=7,
        pay_per_hour=gem("22.5"),
        media_bytes_per_task=84_000,
        lease_s=2 * 86_400,
        ends_at=NOW + 20 * 86_400,
        tasks_open=18,
        tasks_total=24,
        rejection_ppm=41_000,
        median_release_s=5_400,
        content_warning=None,
        can_lease=True,
        fetched_at=NOW,
        penalty=gem("0.01"),
        hold_s=2 * 86_400,
        pays_within_s=3 * 86_400,
        has_redo=True,
        own_accuracy_ppm=853_000,
        expected_pay=gem("0.046"),
        expected_loss=gem("0.0007"),
        expected_accept_ppm=945_000,
        expected_per_hour=gem("20.7"),
    )
    return replace(facts, **values)


def task(number: int = 1, **values: Any) -> TaskFacts:
    """A leased task."""
    facts = TaskFacts(
        item_id=item_id(number),
        batch_id=item_id(500),
        campaign_id=item_id(1001),
        campaign_title="The mood of a sentence",
        instructions="Choose the mood that the writer shows.",
        config=TEXT_CONFIG,
        data={"text": "The ferry came late again, but the view made up for it."},
        answer=[],
        edits=(),
        undone=0,
        position=number,
        batch_size=10,
        done_in_batch=number - 1,
        reward=gem("0.05"),
        due_at=NOW + 86_400,
        state=ItemState.LEASED,
    )
    return replace(facts, **values)


def review(number: int = 1, **values: Any) -> ReviewFacts:
    """A submission to judge."""
    choices = {"choices": ["Positive"]}
    facts = ReviewFacts(
        item_id=item_id(200 + number),
        batch_id=item_id(600),
        campaign_id=item_id(1001),
        campaign_title="The mood of a sentence",
        instructions="Choose the mood that the writer shows.",
        config=TEXT_CONFIG,
        data={"text": "The ferry came late again, but the view made up for it."},
        answer=[{"id": "a1", "from_name": "mood", "to_name": "text", "type": "choices", "value": choices}],
        reward=gem("0.02"),
        stake=gem("0.02"),
        due_at=NOW + 86_400,
        position=number,
        batch_size=5,
    )
    return replace(facts, **values)


def outbox_item(number: int, state: ItemState, **values: Any) -> OutboxItem:
    """One row of the outbox."""
    facts = OutboxItem(
        item_id=item_id(number),
        batch_id=item_id(500),
        campaign_id=item_id(1001),
        campaign_title="The mood of a sentence",
        kind="work",
        index=number,
        attempt=0,
        state=state,
        reward=gem("0.05"),
        stake=gem("0.01"),
        due_at=NOW + 86_400,
        changed_at=NOW - number * 60,
    )
    return replace(facts, **values)


def appeal(item: str, **values: Any) -> AppealFacts:
    """What appealing a rejected task would mean."""
    facts = AppealFacts(
        item_id=item,
        possible=True,
        why_not="",
        verifiers=3,
        until=NOW + 8_000,
        decided_by=NOW + 90_000,
        bond=gem("0.01"),
        bond_free=gem("0.48"),
        loses=gem("0.02"),
        wins=gem("0.05"),
        gives_up_redo=False,
        redo_reward=gem("0.04"),
        state="open",
    )
    return replace(facts, **values)


def earnings() -> EarningsFacts:
    """Two weeks of earnings."""
    days = (
        "0.20",
        "0.00",
        "0.35",
        "0.60",
        "0.45",
        "0.00",
        "0.10",
        "0.80",
        "1.05",
        "0.70",
        "0.55",
        "0.90",
        "1.20",
        "0.65",
    )
    return EarningsFacts(
        owed=gem("0.15"),
        paid=gem("7.55"),
        claimed=gem("3.00"),
        claimable=gem("4.55"),
        bonded=gem("0.60"),
        at_stake=gem("0.12"),
        bond_free=gem("0.48"),
        in_review=gem("0.50"),
        deposit=gem("250"),
        wallet_gem=gem("2.96"),
        gas_coin=0,
        earned_today=gem("0.65"),
        earned_week=gem("5.85"),
        earned_total=gem("7.55"),
        bond_target=gem("1"),
        claims=(
            ClaimFacts(
                item_id(902), gem("1.00"), gem("0.02"), ClaimState.CONFIRMING, "0x" + "ab" * 32, NOW - 60
            ),
            ClaimFacts(
                item_id(901), gem("2.00"), gem("0.02"), ClaimState.CLAIMED, "0x" + "cd" * 32, NOW - 90_000
            ),
        ),
        by_day=tuple((f"2026-09-{8 + at:02d}", gem(value)) for at, value in enumerate(days)),
    )


def wage() -> WageFacts:
    """Two weeks of work, some days without any."""
    pay = ("1.10", "0", "2.35", "1.90", "0", "3.05", "0.80", "1.45", "2.20", "0", "0", "1.75", "2.60", "1.15")
    days = []
    for at, text in enumerate(pay):
        paid = Amount.gem(text).units * (26 + at % 5) * 60_000 // Amount.gem("1").units
        days.append(
            WageDay(f"2026-09-{8 + at:02d}", gem(text), paid, paid + paid // 9, paid + paid // 3 + 240_000)
        )
    return WageFacts(tuple(days))


def ledger() -> list[LedgerLine]:
    """A few movements, newest first."""
    title = "The mood of a sentence"
    return [
        LedgerLine(NOW - 60, "claim", "", "", "wallet", gem("0.98"), True),
        LedgerLine(NOW - 60, "relayer_fee", "", "", "fee", -gem("0.02"), True),
        LedgerLine(NOW - 600, "reward", title, item_id(1), "paid", gem("0.05"), True),
        LedgerLine(NOW - 600, "stake_back", title, item_id(1), "stake", gem("0.01"), True),
        LedgerLine(NOW - 700, "review_pay", title, item_id(201), "paid", gem("0.02"), True),
        LedgerLine(NOW - 4_000, "stake_lost", "Birds and boats", item_id(2), "stake", -gem("0.005"), True),
        LedgerLine(NOW - 9_000, "stake_put", "Birds and boats", item_id(2), "stake", -gem("0.01"), True),
    ]


def report() -> ReportFacts:
    """A requester report."""
    return ReportFacts(
        requester=REQUESTER,
        practice=True,
        paid_out=gem("41.30"),
        accepted=812,
        rejected=35,
        appealed=6,
        overturned=4,
        median_release_s=5_400,
        p95_release_s=86_400,
        waits=(12, 41, 6, 2, 0),
        pay_per_hour=gem("18.2"),
        funded_now=gem("120"),
        tasks_total=960,
        checked_on_chain=True,
        worker_appeals=5,
        worker_appeals_won=4,
        requester_appeals=1,
        requester_appeals_won=0,
        decisions_accepted=1_650,
        decisions_reverted=21,
        verifier_pay_per_hour=gem("24.1"),
        ratings=(
            RatingFacts("pay", 12, 4, 9, 467_000),
            RatingFacts("clarity", 12, 5, 11, 646_000),
            RatingFacts("speed", 12, 3, 5, 193_000),
            RatingFacts("fairness", 0, None, 0, 0),
        ),
        median_task_s=9,
        median_review_s=5,
        shares=(
            ShareFacts("accepted", 812, 847, 943_000, 970_000),
            ShareFacts("appeals_won_by_workers", 4, 5, 376_000, 964_000),
            ShareFacts("decisions_reverted", 21, 1_671, 8_200, 19_100),
        ),
        explanations=(
            Said(
                "rejects", (("rejected", 39), ("decisions", 847), ("percent", 5), ("low", 3), ("high", 6)), ""
            ),
        ),
        chain=(
            ChainCheck(item_id(1001), "funded", gem("160"), gem("160"), True),
            ChainCheck("", "paid_out", gem("41.30"), gem("40.10"), True),
        ),
    )


def practice() -> PracticeFacts:
    """A practice set of three sentences; two of three must be right."""
    words = ("Late again.", "What a view!", "The ferry leaves at nine.")
    return PracticeFacts(
        campaign_id=item_id(1001),
        campaign_title="The mood of a sentence",
        instructions="Choose the mood that the writer shows.",
        config=TEXT_CONFIG,
        tasks=tuple(PracticeTask(place, {"text": text}) for place, text in enumerate(words)),
        share_ppm=660_000,
        passed=False,
    )


def story(number: int, **values: Any) -> StoryFacts:
    """The way of one rejected task: two of three verifiers said no."""
    facts = StoryFacts(
        item_id=item_id(number),
        config=task(1).config,
        data=task(1).data,
        answer=[
            {
                "id": "a1",
                "from_name": "mood",
                "to_name": "text",
                "type": "choices",
                "value": {"choices": ["Positive"]},
            }
        ],
        finished_at=NOW - 9_000,
        received_at=NOW - 8_900,
        policy="consensus",
        seats=3,
        quorum=2,
        window_s=86_400,
        rounds=(RoundFacts(3, 2, 1, 2, NOW - 4_000),),
        basis="quorum",
        judged_at=NOW - 3_900,
        money=(MoneyFacts("stake_put", -gem("0.01"), NOW - 90_000, NOW - 90_000),),
        checked=9,
        fingerprint="0x" + "5c" * 32,
        exportable=False,
        stake=gem("0.01"),
    )
    return replace(facts, **values)
