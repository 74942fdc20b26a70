# SPDX-License-Identifier: Apache-2.0
"""How promptly pay came, as a platform tells it: counted in groups, left out by older ones, never taken malformed."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.report_facts import report_facts
from gems_desktop.viewmodels.report_charts import promptness_chart

REPORT: dict[str, Any] = {
    "requester": "0x" + "11" * 20,
    "practice": False,
    "paid_out": "0",
    "funded_now": "0",
    "pay_per_hour": None,
    **dict.fromkeys(("accepted", "rejected", "appealed", "overturned", "tasks_total"), 0),
}


def test_the_groups_are_taken_and_shown_as_shares() -> None:
    facts = report_facts(REPORT | {"release_waits": [3, 1, 0, 0, 0]})
    assert facts.waits == (3, 1, 0, 0, 0)
    chart = promptness_chart(facts, "fast")
    assert [point.value for point in chart.points] == [0.75, 0.25, 0, 0, 0]
    assert chart.points[0].cells[1:] == ("3", "75\u00a0%") and chart.summary == "fast"


def test_a_platform_of_before_says_nothing() -> None:
    facts = report_facts(REPORT)
    assert facts.waits == () and promptness_chart(facts, "").points == ()


@pytest.mark.parametrize("told", [[1, 2], [0, 0, 0, 0, -1], [True, 0, 0, 0, 0], "11111", {"0": 1}, [0.5] * 5])
def test_what_is_malformed_is_a_lie(told: Any) -> None:
    with pytest.raises(PlatformLied):
        report_facts(REPORT | {"release_waits": told})
