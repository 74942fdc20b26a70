# SPDX-License-Identifier: Apache-2.0
"""One answer of the platform about a campaign's progress, before anybody worked."""

from typing import Any

VALUE: dict[str, Any] = {
    "campaign_id": "0x" + "ab" * 32,
    "at": 1_800_000_000,
    "state": "open",
    "ends": 1_802_592_000,
    "tasks_total": 10,
    "tasks": {"open": 10},
    "held": 0,
    "attempts": {"submitted": 0, "accepted": 0, "rejected": 0},
    "disagreement": {"part": 0, "whole": 0, "lower": 0.0, "upper": 1.0},
    "rejections": {},
    "money": {"funded": "3000000000000000000", "due": "0", "signed": "0", "redeemed": "0"},
    "last_hour": {"submitted": 0, "judged": 0},
    "first_submission_at": None,
    "last_submission_at": None,
    "median_seconds": None,
    "measured": 0,
    "expected_seconds": 10,
    "reward": "300000000000000000",
}
