# SPDX-License-Identifier: Apache-2.0
"""Measures the gas of every operation a user pays for; run it to rewrite gas.json after a wanted change.

`.venv/bin/python -m tests.contracts.gas_table` from the repository's root.
"""

import json
from pathlib import Path

from tests.contracts.chain import GasWorld
from tests.contracts.gas_campaigns import campaign_rows
from tests.contracts.gas_channels import channel_rows
from tests.contracts.gas_transfers import transfer_rows

SNAPSHOT = Path(__file__).with_name("gas.json")

#: The design's figures for the same conditions; per worker where a batch is paid.
DESIGN = {
    "transfer_cold": 51_275,
    "transfer": 34_175,
    "open_1": 70_650,
    "open_10": 32_913,
    "open_50": 29_559,
    "open_100": 29_139,
    "top_up_1": 53_550,
    "top_up_10": 15_813,
    "top_up_50": 12_459,
    "top_up_100": 12_039,
    "claim_cold": 70_999,
    "claim": 53_971,
    "claim_replayed": 33_900,
    "claim_with_fee_cold": 85_874,
    "claim_with_fee": 68_750,
    "claim_with_fee_new_relayer": 85_862,
    "claim_many_1": 64_054,
    "claim_many_10": 29_249,
    "claim_many_50": 26_155,
    "claim_many_100": 25_770,
    "claim_many_1_cold": 64_054 + 17_100,
    "claim_many_10_cold": 29_249 + 17_100,
    "claim_many_50_cold": 26_155 + 17_100,
    "claim_many_100_cold": 25_770 + 17_100,
    "push_1": 49_835,
    "push_10": 21_541,
    "push_100": 18_711,
    "push_100_cold": 35_811,
    "start_close": 60_034,
    "submit_debit": 34_291,
    "finish_close": 54_416,
}


def measure() -> dict[str, int]:
    """Gas by operation, from receipts; per worker where many are paid at once."""
    world = GasWorld()
    return transfer_rows(world) | channel_rows(world) | campaign_rows(world)


def dearer(table: dict[str, int], allowed: dict[str, int]) -> dict[str, tuple[int, int]]:
    """The rows that cost more than is allowed, or of which nothing is allowed: (now, allowed)."""
    rows = {name: (used, allowed.get(name, 0)) for name, used in table.items()}
    return {name: row for name, row in rows.items() if row[0] > row[1]}


if __name__ == "__main__":
    SNAPSHOT.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
