# SPDX-License-Identifier: Apache-2.0
"""Trust and what it is made of (gold, practice, ratings), and rates, on PostgreSQL as on SQLite.

One file for those whose tests make their platforms themselves; where a module has a fixture `live`, it has a file of
its own here, since the last one imported would hold for all.
"""

from __future__ import annotations

import pytest

from tests.platform.test_gold import *  # noqa: F403 - all of each again
from tests.platform.test_practice import *  # noqa: F403
from tests.platform.test_rates import *  # noqa: F403
from tests.platform.test_ratings import *  # noqa: F403
from tests.platform.test_trust import *  # noqa: F403

pytestmark = pytest.mark.long
