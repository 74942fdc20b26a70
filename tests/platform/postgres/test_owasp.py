# SPDX-License-Identifier: Apache-2.0
"""What OWASP lists for interfaces, on PostgreSQL as on SQLite."""

from __future__ import annotations

import pytest

from tests.platform.test_owasp import *  # noqa: F403 - all of it again

pytestmark = pytest.mark.long
