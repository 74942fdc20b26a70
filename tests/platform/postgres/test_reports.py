# SPDX-License-Identifier: Apache-2.0
"""Reports about requesters, on PostgreSQL as on SQLite."""

from __future__ import annotations

import pytest

from tests.platform.test_reports import *  # noqa: F403 - all of it again

pytestmark = pytest.mark.long
