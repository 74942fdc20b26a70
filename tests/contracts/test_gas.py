# SPDX-License-Identifier: Apache-2.0
"""Gas from real receipts: never above the stored snapshot, never above what the design asks for."""

import json

import pytest

from tests.contracts.gas_table import DESIGN, SNAPSHOT, measure


@pytest.fixture(scope="module")
def table() -> dict[str, int]:
    return measure()


def test_no_operation_costs_more_than_the_snapshot(table: dict[str, int]) -> None:
    stored = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    dearer = {name: (used, stored.get(name)) for name, used in table.items() if used > stored.get(name, 0)}
    assert not dearer, f"(now, stored): {dearer}; if wanted: python -m tests.contracts.gas_table"
    assert set(stored) == set(table)


def test_the_design_figures_are_met(table: dict[str, int]) -> None:
    assert {name: used for name, used in table.items() if used > DESIGN.get(name, used)} == {}
    assert set(DESIGN) <= set(table)
