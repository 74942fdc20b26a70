# SPDX-License-Identifier: Apache-2.0
"""Moving, copying, putting back and comparing on PostgreSQL, as on SQLite, and from one to the other."""

from __future__ import annotations

import pytest

from tests.platform.test_moving import *  # noqa: F403 - all of it again
from tests.platform.test_reconcile import *  # noqa: F403 - all of it again
from tests.platform.test_restored import *  # noqa: F403 - all of it again

pytestmark = pytest.mark.long
