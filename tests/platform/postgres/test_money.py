# SPDX-License-Identifier: Apache-2.0
"""Money, on PostgreSQL as on SQLite."""

from __future__ import annotations

import pytest

from tests.platform.test_money import *  # noqa: F403 - all of it again

pytestmark = pytest.mark.long
