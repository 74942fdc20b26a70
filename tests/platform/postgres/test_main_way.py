# SPDX-License-Identifier: Apache-2.0
"""From a campaign to GEM on chain, on PostgreSQL as on SQLite."""

from __future__ import annotations

from tests.platform.test_loop import *  # noqa: F403 - all of it again
from tests.platform.test_sign_in import *  # noqa: F403 - all of it again
