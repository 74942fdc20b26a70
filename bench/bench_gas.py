# SPDX-License-Identifier: Apache-2.0
"""Gas of 1,000 paid tasks, by channel and by a transfer per task; rewrites bench/gas.md."""

import importlib

from bench.gas_text import FILE, gas_per_thousand, text
from bench.result import CannotMeasure, Figure, Result


def run() -> Result:
    """Measure every operation once: gas has no spread. Raises CannotMeasure without the tests' py-evm and Vyper."""
    try:
        measure = importlib.import_module("tests.contracts.gas_table").measure
    except ImportError as missing:
        raise CannotMeasure(f"{missing.name} is needed, see the development dependencies") from missing
    table = measure()
    FILE.write_text(text(table), encoding="utf-8", newline="\n")
    method = (
        "Receipts of signed transactions on py-evm, Prague rules; per worker; one opening or top-up and one payment "
        "per 1,000 tasks, opened in batches of 100. New: the worker never held GEM. "
        "Peers' figures in gas.md are not of this run."
    )
    figures = tuple(
        Figure(f"{what}, {when}", "gas", (float(used),))
        for what, new, steady, _ in gas_per_thousand(table)
        for when, used in (("new", new), ("steady", steady))
    )
    return Result(method, figures)
