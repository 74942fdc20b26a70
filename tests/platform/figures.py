# SPDX-License-Identifier: Apache-2.0
"""Figures of a platform with a past, for the pages that show them."""

from __future__ import annotations

from gems_platform.observing.figures import CampaignFigures, Figures, Money, Queue, StoreFigures
from gems_platform.observing.page import About
from gems_protocol.amount import UNIT

AT = 1_800_000_000
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>"\'</th></table>&lt;b&gt;'
ABOUT = About("Gems", False, "0.1.0", "PostgreSQL", "0019")


def campaign(number: int, title: str, state: str = "open", **tasks: int) -> CampaignFigures:
    return CampaignFigures(
        id=f"0x{number:064x}",
        title=title,
        state=state,
        ends=AT + 86_400,
        created_at=AT - number,
        tasks=tasks,
        funded=0 if state == "draft" else number * 1_250 * UNIT,
        paid=0 if state == "draft" else number * 311 * UNIT + 123_456_789_012_345_678 // number,
    )


def store(*more: CampaignFigures) -> StoreFigures:
    campaigns = (
        campaign(1, "Moods of short sentences", open=8_120, leased=240, in_review=31, paid=1_609),
        campaign(2, "Boxes around every tree in photos of streets", open=12, submitted=4, paid=9_984),
        campaign(3, "مراجعة ترجمات قصيرة", open=500, leased=20, appealed=2, redo=1, paid=77, answered=3),
        campaign(4, "Speech of two people, written down", "draft"),
        campaign(5, "Birdsong", "cancelled", cancelled=900, paid=100),
        *more,
    )
    return StoreFigures(
        at=AT,
        campaigns=campaigns,
        campaigns_total=len(campaigns),
        campaigns_by_state={"open": 3 + len(more), "draft": 1, "cancelled": 1},
        queue=Queue(8_632, 260, 37, 61, 4, 19, 1, 0, 2),
        money=Money(
            18_750 * UNIT,
            4_665 * UNIT + 1,
            4_600 * UNIT,
            4_500 * UNIT,
            400 * UNIT,
            388 * UNIT,
            300 * UNIT,
            UNIT // 3,
        ),
        late={
            "unconfirmed_batches": 0,
            "leases": 0,
            "reviews": 47,
            "rounds": 0,
            "verdicts": 1_260,
            "chain": 30,
        },
        version="0019",
    )


def figures(*more: CampaignFigures) -> Figures:
    return Figures(store(*more), True, 19_204_811, 54_027_460_608)
