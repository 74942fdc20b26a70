# SPDX-License-Identifier: Apache-2.0
"""How promptly a requester's accepted work was paid, as a picture."""

from __future__ import annotations

from gems_desktop.services.facts import ReportFacts
from gems_desktop.viewmodels.charting import Chart, ChartPoint, ChartTick
from gems_desktop.viewmodels.words import number, percent, say
from gems_protocol.audit import MILLION


def promptness_chart(facts: ReportFacts, summary: str) -> Chart:
    """Accepted tasks by the time to their pay; nothing to show before the first, or where it is not told."""
    paid = sum(facts.waits)
    if not paid:
        return Chart()
    names = _groups()
    return Chart(
        tuple(_group(name, count, paid) for name, count in zip(names, facts.waits, strict=True)),
        (ChartTick(0.0, ""), ChartTick(1.0, "")),
        summary,
    )


def _groups() -> tuple[str, ...]:
    """The groups of gems_protocol.requester.WAIT_BOUNDS in words."""
    return (
        say("Within an hour"),
        say("Within a day"),
        say("Within three days"),
        say("Within a week"),
        say("Later than a week"),
    )


def _group(name: str, count: int, paid: int) -> ChartPoint:
    share = percent(count * MILLION // paid)
    return ChartPoint(
        label=name,
        value=count / paid,
        text=share,
        said=say("{when}: {n} of {all} tasks were paid ({share})", when=name, n=count, all=paid, share=share),
        cells=(name, number(count), share),
    )
