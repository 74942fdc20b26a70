# SPDX-License-Identifier: Apache-2.0
"""Writes bench/gas.md from measured gas: what 1,000 paid tasks cost, and each operation."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.gas_peers import MARKS, PEER_OPERATIONS, PEERS

FILE = Path(__file__).with_name("gas.md")
TASKS = 1_000
BATCH = 100

_LIMIT = "3 batches without a voucher"

#: (what, rows of a new worker, rows of the steady state, how the one who pays could cheat).
_SCHEMES: tuple[tuple[str, tuple[str, str], tuple[str, str], str], ...] = (
    (
        "Channels, the hub pushes pay-day, 100 at once",
        ("open", "push"),
        ("top_up", "push"),
        _LIMIT,
    ),
    (
        "Channels, anybody claims for 100 at once",
        ("open", "claim_many"),
        ("top_up", "claim_many"),
        _LIMIT,
    ),
    ("Channels, the worker claims alone", ("open", "claim"), ("top_up", "claim"), _LIMIT),
    (
        "Channels, a relayer claims for a fee",
        ("open", "claim_with_fee"),
        ("top_up", "claim_with_fee"),
        _LIMIT,
    ),
)

_HEAD = """# Gas per 1,000 paid tasks

Written by `./dev bench gas`. From receipts of signed transactions on py-evm under the Prague rules, intrinsic gas,
calldata and its floor included. One worker, one opening or top-up and one payment per 1,000 tasks; channels are opened
in batches of 100. A *new worker* never held GEM (a new storage slot, 17,100 more); *steady* is every later time. All
rows are of one run.
"""


def gas_per_thousand(table: Mapping[str, int]) -> list[tuple[str, int, int, str]]:
    """(what, gas for a new worker, gas in the steady state, how the payer could cheat) from a table of operations."""
    transfers = table["transfer_cold"] + (TASKS - 1) * table["transfer"]
    found = [
        ("ERC-20 transfer per task", transfers, TASKS * table["transfer"], "not paying"),
        (
            "Batch payroll of 100, once per 1,000 tasks",
            table[f"payroll_{BATCH}_cold"],
            table[f"payroll_{BATCH}"],
            "not paying 1,000 tasks",
        ),
    ]
    for what, new, steady, cheat in _SCHEMES:
        found.append((what, _sum(table, new, "_cold"), _sum(table, steady, ""), cheat))
    return found


def text(table: Mapping[str, int]) -> str:
    """The whole of gas.md."""
    schemes = [
        (what, f"{new:,}", f"{steady:,}", f"{steady / TASKS:,.1f}", cheat)
        for what, new, steady, cheat in gas_per_thousand(table)
    ]
    parts = [
        _HEAD,
        _table(("Scheme", "New worker", "Steady", "Steady, per task", "The hub can cheat by"), schemes),
        "Pushing needs the hub; the worker holds its voucher meanwhile and can claim by any of the other three.\n",
        "## Operations\n\nPer channel or worker where a batch is meant.\n",
        _table(("Operation", "Cold", "Warm"), _operations(table)),
        "## Peers, per 1,000 paid tasks\n\n" + MARKS + "\n",
        _table(("Peer", "New worker", "Steady", "Source"), PEERS),
        "## Peers, per operation\n",
        _table(
            ("Peer", "Open", "Top-up", "First claim", "Later claim", "Closing", "Source"), PEER_OPERATIONS
        ),
    ]
    return "\n".join(parts)


def _sum(table: Mapping[str, int], names: tuple[str, str], suffix: str) -> int:
    first, payment = names
    many = f"{payment}_{BATCH}{suffix}"
    return table[f"{first}_{BATCH}"] + (table[many] if many in table else table[payment + suffix])


def _operations(table: Mapping[str, int]) -> Iterable[tuple[str, str, str]]:
    names = {
        "transfer": "ERC-20 transfer",
        "payroll_100": "batch payroll of 100",
        **{f"open_{n}": f"open, batch of {n}" for n in (1, 10, 50, 100)},
        **{f"top_up_{n}": f"top-up, batch of {n}" for n in (1, 10, 50, 100)},
        "claim": "claim",
        "claim_replayed": "claim, replayed (changes nothing)",
        "claim_with_fee": "claim by a relayer for a fee",
        "claim_with_fee_new_relayer": "claim by a relayer that never held GEM",
        **{f"claim_many_{n}": f"claim_many of {n}" for n in (1, 10, 50, 100)},
        **{f"push_{n}": f"push_many of {n}" for n in (1, 10, 100)},
        "start_close": "start_close, nothing new to pay",
        "start_close_paying": "start_close, voucher pays",
        "start_close_without_voucher": "start_close without a voucher",
        "close_auth": "start of closing by a relayer for a fee, voucher pays",
        "submit_debit": "submit_debit",
        "finish_close": "finish_close, both sides get a part",
    }
    for name, what in names.items():
        cold = table.get(f"{name}_cold")
        yield what, f"{cold:,}" if cold else "", f"{table[name]:,}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
