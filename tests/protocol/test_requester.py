# SPDX-License-Identifier: Apache-2.0
"""The requester report is arithmetic over evidence."""

from __future__ import annotations

from gems_protocol.amount import ZERO, Amount
from gems_protocol.requester import TaskFact, percentile, report


def fact(accepted: bool, wait: int | None, seconds: int | None = 36, **more: bool) -> TaskFact:
    released = None if wait is None else 100 + wait
    flags = {"appealed": False, "overturned": False, **more}
    return TaskFact(bytes(32), 0, 0, accepted, **flags, paid=Amount(14), reward=Amount(10), submitted_at=100,
                    released_at=released, miner_seconds=seconds)  # fmt: skip


def test_a_report_of_nothing_claims_nothing() -> None:
    found = report([])
    assert found.paid_out == ZERO
    assert (found.median_release_s, found.p95_release_s, found.pay_per_hour) == (None, None, None)


def test_a_report_counts_and_measures() -> None:
    found = report(
        [
            fact(True, 10),
            fact(True, 30, None),
            fact(True, None),
            fact(False, 5, appealed=True, overturned=True),
        ]
    )
    assert (found.accepted, found.rejected, found.appealed, found.overturned) == (3, 1, 1, 1)
    assert (found.median_release_s, found.p95_release_s) == (10, 30)
    assert (found.paid_out, found.pay_per_hour) == (Amount(56), Amount(1000))


def test_percentiles_are_values_that_occur() -> None:
    assert percentile(range(1, 101), 95) == 95
    assert percentile([7], 1) == 7
