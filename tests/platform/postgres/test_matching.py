# SPDX-License-Identifier: Apache-2.0
"""Matching on PostgreSQL: tasks that others are taking are passed over."""

from __future__ import annotations

from tests.platform.test_matching import (
    test_a_round_can_be_drawn_again_by_who_waited,
    test_asking_a_hundred_times_gives_no_more_than_once,
    test_no_task_is_leased_twice_by_64_who_ask_at_once,
)
from tests.platform.test_tallies import test_a_store_from_before_is_counted_and_scattered

__all__ = [
    "test_a_round_can_be_drawn_again_by_who_waited",
    "test_a_store_from_before_is_counted_and_scattered",
    "test_asking_a_hundred_times_gives_no_more_than_once",
    "test_no_task_is_leased_twice_by_64_who_ask_at_once",
]
