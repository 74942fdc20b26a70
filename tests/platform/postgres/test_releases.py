# SPDX-License-Identifier: Apache-2.0
"""Releases of what was paid, on PostgreSQL as on SQLite."""

from __future__ import annotations

import pytest

from tests.platform.test_releases import *  # noqa: F403 - all of it again

del test_what_was_paid_before_this_version_is_waited_for  # noqa: F821 - a SQLite file of an older version

pytestmark = pytest.mark.long
