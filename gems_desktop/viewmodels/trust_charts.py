# SPDX-License-Identifier: Apache-2.0
"""The pictures of the Trust page: the score within its bounds over time, and audits had against expected."""

from __future__ import annotations

from gems_desktop.services.facts import AuditRecordFacts, TrustFacts
from gems_desktop.services.facts_trust import AuditSpan
from gems_desktop.viewmodels.charting import Chart, ChartPoint, ChartTick, ticks
from gems_desktop.viewmodels.words import day_of, fixed, month_of, number, say
from gems_protocol.audit import MILLION


def score_chart(facts: TrustFacts) -> Chart:
    """The score after each checked answer with its bounds; nothing to show before the second."""
    if len(facts.history) < 2:
        return Chart()
    before = facts.checked - len(facts.history)
    bounds = facts.bounds or tuple((score, score) for score in facts.history)
    points = [
        _scored(before + at + 1, score, low, high)
        for at, (score, (low, high)) in enumerate(zip(facts.history, bounds, strict=True))
    ]
    return Chart(
        tuple(points),
        tuple(ChartTick(half / 2, fixed(half / 2, 1)) for half in range(3)),
        say(
            "The score went from {first} to {last}.",
            first=fixed(facts.history[0], 2),
            last=fixed(facts.history[-1], 2),
        ),
    )


def _scored(count: int, score: float, low: float, high: float) -> ChartPoint:
    shown, bounds = fixed(score, 2), (fixed(low, 2), fixed(high, 2))
    return ChartPoint(
        label=number(count),
        value=score,
        said=say(
            "After {n} checked answers: {score}, between {low} and {high}",
            n=count,
            score=shown,
            low=bounds[0],
            high=bounds[1],
        ),
        cells=(number(count), shown, *bounds),
        low=low,
        high=high,
    )


def audit_chart(facts: AuditRecordFacts, summary: str) -> Chart:
    """Audits had beside those expected, by week or month; `summary` is of all draws."""
    if not facts.spans:
        return Chart()
    top = max(max(span.expected_ppm, span.had * MILLION) for span in facts.spans)
    return Chart(
        tuple(_audited(span, facts.weekly, span is facts.spans[-1]) for span in facts.spans),
        ticks(-(-top // MILLION), number),
        summary,
    )


def _audited(span: AuditSpan, weekly: bool, newest: bool) -> ChartPoint:
    name = day_of(span.first) if weekly else month_of(span.first)
    expected = fixed(span.expected_ppm / MILLION, 1)
    if weekly:
        told = say(
            "Week from {day}: {had} audited, {expected} expected", day=name, had=span.had, expected=expected
        )
    else:
        told = say("{month}: {had} audited, {expected} expected", month=name, had=span.had, expected=expected)
    return ChartPoint(
        label=name,
        value=float(span.had),
        other=span.expected_ppm / MILLION,
        said=told,
        cells=(name, number(span.had), expected),
        marked=newest,
    )
