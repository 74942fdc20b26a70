# SPDX-License-Identifier: Apache-2.0
"""The Vyper judge is compiled once for all tests here."""

from collections.abc import Iterator

import boa
import pytest

from tests.judges.cases import kinds
from tests.judges.judge import Judge


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge for every message class."""
    with boa.env.anchor():
        yield Judge(tmp_path_factory.mktemp("judge"), kinds())
