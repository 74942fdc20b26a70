# SPDX-License-Identifier: Apache-2.0
"""The shape that a company runs: several processes, their rows in PostgreSQL and their media in S3."""

from __future__ import annotations

import pytest

from gems_platform.settings import Settings
from tests.helpers.s3 import S3
from tests.platform.storing import at
from tests.platform.test_media_shared import (
    both,
    test_each_goes_on_with_what_the_other_began,
    test_nobody_brings_what_is_being_swept_and_nobody_sweeps_what_is_brought,
    test_of_two_chunks_at_one_place_one_holds,
)

__all__ = [
    "both",
    "test_each_goes_on_with_what_the_other_began",
    "test_nobody_brings_what_is_being_swept_and_nobody_sweeps_what_is_brought",
    "test_of_two_chunks_at_one_place_one_holds",
]


@pytest.fixture
def settings(settings: Settings, s3: S3, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return at("s3", settings, s3, monkeypatch)
