# SPDX-License-Identifier: Apache-2.0
"""Attacks on money, on PostgreSQL as on SQLite."""

from __future__ import annotations

import pytest

from tests.platform.test_attacks import *  # noqa: F403 - all of it again

pytestmark = pytest.mark.long
