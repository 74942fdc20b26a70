# SPDX-License-Identifier: Apache-2.0
"""What strangers write and leave behind, on PostgreSQL."""

from __future__ import annotations

from tests.platform.test_hostile8 import (
    serving,
    test_new_keys_for_the_same_act_fill_nothing,
    test_no_number_of_drafts_makes_a_look_at_the_chain_long,
    test_texts_that_a_store_cannot_keep_are_refused,
    test_who_never_pays_leaves_few_campaigns_and_not_for_ever,
)

__all__ = [
    "serving",
    "test_new_keys_for_the_same_act_fill_nothing",
    "test_no_number_of_drafts_makes_a_look_at_the_chain_long",
    "test_texts_that_a_store_cannot_keep_are_refused",
    "test_who_never_pays_leaves_few_campaigns_and_not_for_ever",
]
