# SPDX-License-Identifier: Apache-2.0
"""Audits over time: nothing is lost or invented by summing, and a stretch without work has its place."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.services.audit_spans import MOST_SPANS, audit_spans
from gems_desktop.services.facts_trust import AuditSpan
from gems_protocol.audit_record import Draw


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def draw(drawn: bool = False, chance: int = 250_000, revealed: bool = True) -> Draw:
    return Draw(chance, drawn, drawn, revealed, False)


def test_weeks_begin_on_monday_and_none_is_left_out() -> None:
    draws = [(at("2026-11-22"), draw(True)), (at("2026-11-16"), draw()), (at("2026-11-05"), draw())]
    assert audit_spans(draws) == (
        True,
        (
            AuditSpan("2026-11-02", 250_000, 0),
            AuditSpan("2026-11-09", 0, 0),
            AuditSpan("2026-11-16", 500_000, 1),
        ),
    )


def test_a_long_history_is_told_by_month() -> None:
    weekly, spans = audit_spans([(at("2026-11-22"), draw(True)), (at("2026-05-31"), draw())])
    assert not weekly and [span.first for span in spans][::6] == ["2026-05-01", "2026-11-01"]
    assert len(spans) == 7


def test_what_was_not_revealed_is_in_none() -> None:
    assert audit_spans([(at("2026-11-22"), draw(True, revealed=False))]) == (True, ())


@given(st.lists(st.tuples(st.integers(0, 80), st.booleans(), st.integers(1, 999_999)), min_size=1))
def test_the_weeks_add_up(found: list[tuple[int, bool, int]]) -> None:
    now = at("2026-11-22")
    draws = [(now - 86_400 * min(back, 70), draw(drawn, chance)) for back, drawn, chance in found]
    weekly, spans = audit_spans(draws)
    assert weekly and len(spans) <= MOST_SPANS
    assert sum(span.had for span in spans) == sum(drawn for _, drawn, _ in found)
    assert sum(span.expected_ppm for span in spans) == sum(chance for *_, chance in found)
