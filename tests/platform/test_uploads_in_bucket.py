# SPDX-License-Identifier: Apache-2.0
"""Uploads behave the same where their bytes lie in an S3-compatible store: the same tests, run over it."""

from __future__ import annotations

import pytest

from gems_platform.settings import Settings
from tests.helpers.s3 import S3
from tests.platform.storing import at
from tests.platform.test_uploads import (
    anna,
    test_content_that_is_not_what_its_name_says_begins_anew,
    test_two_at_once_store_one,
    test_what_came_of_a_cut_request_is_kept_but_only_sure_for_who_finds_it_right,
    test_wrong_offsets_lengths_and_checksums_change_nothing,
)

__all__ = [
    "anna",
    "test_content_that_is_not_what_its_name_says_begins_anew",
    "test_two_at_once_store_one",
    "test_what_came_of_a_cut_request_is_kept_but_only_sure_for_who_finds_it_right",
    "test_wrong_offsets_lengths_and_checksums_change_nothing",
]


@pytest.fixture
def settings(settings: Settings, s3: S3, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return at("s3", settings, s3, monkeypatch)
