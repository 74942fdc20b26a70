# SPDX-License-Identifier: Apache-2.0
"""Signing in, and what is noted of it, on PostgreSQL as on SQLite."""

from __future__ import annotations

import pytest

from tests.platform.test_accounts import *  # noqa: F403 - all of it again

pytestmark = pytest.mark.long
