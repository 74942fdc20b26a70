# SPDX-License-Identifier: Apache-2.0
"""What is said about a requester: shares with their bounds, and nothing from too few decisions."""

from __future__ import annotations

from gems_protocol.trust.requesters import FEW, explain_requester
from gems_protocol.trust.words import sentence


def said(decisions: int, rejected: int, overturned: int) -> list[str]:
    return [sentence(reason) for reason in explain_requester(decisions, rejected, overturned)]


def test_a_requester_nobody_worked_for_says_nothing() -> None:
    assert said(0, 0, 0) == ["No judged work yet."]


def test_no_share_from_too_few_decisions() -> None:
    assert "%" not in said(FEW - 1, FEW - 1, 0)[0]
    assert len(said(40, FEW - 1, 1)) == 1
    assert len(said(40, FEW, 1)) == 2


def test_shares_with_bounds() -> None:
    assert said(40, 10, 4) == [
        "10 of 40 rejected – 25 %, probably 14–40 %.",
        "4 of 10 rejections overturned – 40 %, probably 17–69 %.",
    ]
