# SPDX-License-Identifier: Apache-2.0
"""The requester report is arithmetic over evidence."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from gems_protocol.amount import ZERO, Amount
from gems_protocol.requester import (
    WAIT_BOUNDS,
    Rating,
    ReviewFact,
    TaskFact,
    grouped_waits,
    percentile,
    rated,
    report,
    share_fact,
)
from gems_protocol.trust.wilson import wilson


def test_waits_are_counted_in_groups() -> None:
    assert WAIT_BOUNDS == (3_600, 86_400, 259_200, 604_800)
    assert grouped_waits({}) == (0, 0, 0, 0, 0)
    assert grouped_waits(Counter([0, 3_600, 3_601, 86_400, 259_200, 604_800, 604_801])) == (2, 2, 1, 1, 1)


def fact(accepted: bool, wait: int | None, seconds: int | None = 36, **more: Any) -> TaskFact:
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
    assert percentile(Counter(range(1, 101)), 95) == 95
    assert percentile({7: 1}, 1) == 7


def test_appeals_and_decisions_are_counted_by_who_made_them() -> None:
    found = report(
        [
            fact(True, 1, appealed=True, appealed_by="miner", overturned=True, decisions=5, reverted=2),
            fact(False, 1, appealed=True, appealed_by="miner", decisions=3, reverted=1),
            fact(True, 1, appealed=True, appealed_by="requester", decisions=2),
        ]
    )
    assert (found.appealed, found.appealed_by_miners, found.appealed_by_requester) == (3, 2, 1)
    assert (found.appeals_won_by_workers, found.appeals_won_by_requester) == (1, 0)
    assert (found.decisions_accepted, found.decisions_reverted) == (7, 3)
    assert found.won_share == share_fact(1, 2) and found.reverted_share == share_fact(3, 10)
    assert (found.accept_share.lower, found.accept_share.upper) == wilson(2, 3)


def test_verifiers_pay_is_measured_like_miners_pay() -> None:
    found = report([], [ReviewFact(Amount(10), 10), ReviewFact(Amount(10), 20), ReviewFact(Amount(1), None)])
    assert (found.reviews, found.median_review_s, found.verifier_pay_per_hour) == (3, 10, Amount(1800))


def test_ratings_come_with_count_and_bound() -> None:
    found = rated([Rating(5, 1, 3, 4), Rating(4, 1, 3, 4), Rating(1, 1, 5, 4)])
    assert (found["pay"].count, found["pay"].good, found["pay"].median) == (3, 2, 4)
    assert found["clarity"].lower == 0 and found["fairness"].lower == wilson(3, 3)[0]
    assert rated([])["speed"].count == 0
    with pytest.raises(ValueError, match="1 to 5"):
        Rating(0, 1, 1, 1)
