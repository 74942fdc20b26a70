# SPDX-License-Identifier: Apache-2.0
"""Trust as it is on the sample campaigns: a score some way from verifier, audits about as chance brings them."""

from __future__ import annotations

from gems_desktop.services.facts import (
    AuditRecordFacts,
    AuditRow,
    FamilyFacts,
    ForecastFacts,
    Said,
    ScenarioFacts,
    TrustFacts,
)
from gems_desktop.services.facts_trust import AuditSpan
from tests.helpers.sample_basics import NOW, item_id

HISTORY = (0.5, 0.55, 0.6, 0.58, 0.63, 0.66, 0.7, 0.69, 0.72, 0.74)


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
        history=HISTORY,
        bounds=tuple(
            (max(0.0, score - 0.24 + at / 90), min(1.0, score + 0.2 - at / 90))
            for at, score in enumerate(HISTORY)
        ),
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
    spans = tuple(
        AuditSpan(day, ppm, had)
        for day, ppm, had in (("2026-08-31", 0, 0), ("2026-09-07", 285_000, 0), ("2026-09-14", 570_000, 1))
    )
    return AuditRecordFacts(4, 86, 1, 1, 2, 1, "nothing", "Nothing unusual.", rows, True, spans)
