# SPDX-License-Identifier: Apache-2.0
"""Spans of time that movements of money are looked at over; UTC, as the days of the history are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

WEEK, MONTH, ALL_TIME = 0, 1, 2


def since(span: int, now: int) -> int:
    """Unix seconds at which this week (from Monday) or this month began; 0 for all time."""
    today = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if span == WEEK:
        return int((today - timedelta(days=today.weekday())).timestamp())
    return int(today.replace(day=1).timestamp()) if span == MONTH else 0
