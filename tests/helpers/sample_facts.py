# SPDX-License-Identifier: Apache-2.0
"""Facts as they are on the sample campaigns, for screens on fakes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gems_desktop.services.facts import (
    AppealFacts,
    AuditRecordFacts,
    AuditRow,
    CampaignFacts,
    ChainCheck,
    ClaimFacts,
    ClaimState,
    EarningsFacts,
    FamilyFacts,
    ForecastFacts,
    ItemState,
    LedgerLine,
    OutboxItem,
    PracticeFacts,
    PracticeTask,
    RatingFacts,
    ReportFacts,
    ReviewFacts,
    Said,
    ScenarioFacts,
    ShareFacts,
    TaskFacts,
    TrustFacts,
)
from gems_protocol.amount import Amount

NOW = 1_790_000_000
ADDRESS = "0x52908400098527886e0f7030069857d2e4169ee7"
REQUESTER = "0x8617e340b3d01fa5f11f306f4090fd50e238070d"
RELAYER = "0xde709f2102306220921060314715629080e2fb77"
WORDS = "test test test test test test test test test test test junk"
PASSWORD = "three calm herons"
KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"  # of those words
PHOTO_CONFIG = """<View><Image name="photo" value="$image"/><Choices name="kind" toName="photo" choice="single">
<Choice value="Bird"/><Choice value="Boat"/><Choice value="Neither"/></Choices></View>"""
TEXT_CONFIG = """<View><Text name="text" value="$text"/><Choices name="mood" toName="text" choice="single">
<Choice value="Positive"/><Choice value="Negative"/><Choice value="Neutral"/></Choices></View>"""


def gem(text: str) -> Amount:
    """An amount in GEM."""
    return Amount.gem(text)


def item_id(number: int) -> str:
    """The id of the n-th item."""
    return f"0x{number:064x}"


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


def trust() -> TrustFacts:
    """A score some way from verifier."""
    return TrustFacts(
        score=0.74,
        lower=0.61,
        upper=0.84,
        checked=38,
        accepted=34,
        first_try=31,
        sentence="34 of your 38 checked answers were right.",
        to_verifier="About 12 more right answers until you may review.",
        verifier=False,
        platform_score=0.74,
        differs=False,
        history=(0.5, 0.55, 0.6, 0.58, 0.63, 0.66, 0.7, 0.69, 0.72, 0.74),
        outcomes=tuple(
            {
                "campaign_id": item_id(1001 + at),
                "judged_at": NOW - 9_000 + at * 600,
                "accepted": at != 1,
                "first_try": at == 0,
            }
            for at in range(3)
        ),
        practice=True,
        grade="C",
        newcomer=False,
        level="regular",
        level_number=3,
        to_next_level=62,
        families=families(),
        forecast=ForecastFacts(
            "B",
            9,
            19,
            (
                ScenarioFacts(10, 0.80, 0.97, "C"),
                ScenarioFacts(9, 0.78, 0.95, "C"),
                ScenarioFacts(0, 0.57, 0.80, "C"),
            ),
        ),
        explanations=(
            Said(
                "checked",
                (("right", 34), ("checked", 38), ("percent", 89), ("low", 76), ("high", 96)),
                "34 of 38 checked tasks right – 89 %, probably 76–96 %.",
            ),
            Said("grade", (("grade", "C"),), "Grade C."),
            Said("to_next_grade", (("more", 9), ("grade", "B")), "9 more right answers in a row to B."),
            Said("redone", (("redone", 7), ("last", 38)), "7 of your last 38 were redone."),
            Said("level", (("level", "regular"),), "Level: Regular."),
        ),
        next_ten=tuple(
            Said("next_ten", (("right", right), ("low", low), ("grade", "C")), "")
            for right, low in ((10, 80), (9, 78), (0, 57))
        ),
        passes=14,
        reviews=12,
        overturned=1,
    )


def families() -> tuple[FamilyFacts, ...]:
    """Two kinds of work: one well known, one hardly begun."""
    more = Said("verifier_bar", (("more", 9),), "9 more right answers in a row before you can review.")
    some = Said("verifier_evidence", (("more", 17),), "17 more checked tasks before you can review.")
    return (
        FamilyFacts("image classification", "C", 32, 35, 1_240, 0.76, 0.96, False, more),
        FamilyFacts("text classification", "C", 2, 3, 300, 0.21, 0.94, False, some),
    )


def audits() -> AuditRecordFacts:
    """Audits about as chance brings them."""
    rows = tuple(
        AuditRow(item_id(at), "The mood of a sentence", NOW - at * 900, 285_000, at == 2, at != 1, at == 2)
        for at in range(1, 5)
    )
    return AuditRecordFacts(4, 86, 1, 1, 2, 1, "nothing", "Nothing unusual.", rows)


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
