# SPDX-License-Identifier: Apache-2.0
"""Gas from real receipts: never above the stored snapshot, never above what the design asks for."""

import json

import pytest

from bench.gas_text import FILE, text
from tests.contracts.gas_table import DESIGN, SNAPSHOT, dearer, measure


@pytest.fixture(scope="module")
def table() -> dict[str, int]:
    return measure()


def test_no_operation_costs_more_than_the_snapshot(table: dict[str, int]) -> None:
    stored = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    found = dearer(table, stored)
    assert not found, f"(now, stored): {found}; if wanted: python -m tests.contracts.gas_table"
    assert set(stored) == set(table)


def test_the_design_figures_are_met_under_the_same_conditions(table: dict[str, int]) -> None:
    assert dearer({name: table[name] for name in DESIGN}, DESIGN) == {}


def test_control_one_unit_more_or_an_unknown_row_is_noticed() -> None:
    stored = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert dearer(stored, stored) == {}
    assert dearer(stored | {"claim": stored["claim"] + 1, "free": 1}, stored).keys() == {"claim", "free"}


def test_the_published_table_is_that_of_the_snapshot() -> None:
    stored = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert FILE.read_text(encoding="utf-8") == text(stored), "./dev bench gas"
    assert text(stored | {"claim": stored["claim"] + 1}) != text(stored)
