# SPDX-License-Identifier: Apache-2.0
"""The requesters' notebook is valid, holds what a real run printed, and runs from top to bottom on a local network."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path

import pytest

from tests.desktop.local.world import ROOT, Process
from tests.helpers.notebook import cells_of, run

BOOK = ROOT / "docs" / "guide" / "requesters.ipynb"


def test_it_is_a_notebook_with_the_outputs_of_a_run() -> None:
    book = json.loads(BOOK.read_text("utf-8"))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        source = "".join(cell["source"])
        ast.parse(source)
        assert cell["execution_count"] == number
        assert bool(cell["outputs"]) is ("print(" in source), source
        assert all(output["output_type"] == "stream" for output in cell["outputs"])
        assert str(Path.home()) not in json.dumps(cell["outputs"])


def test_a_cell_that_fails_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        run(["x = 0", "print(1 / x)"])


@pytest.mark.long
def test_it_runs_from_top_to_bottom(tmp_path: Path) -> None:
    network = Process.start(tmp_path / "net")
    before = Path.cwd()
    try:
        network.ready()
        os.chdir(tmp_path)
        said = run(cells_of(BOOK))
    finally:
        os.chdir(before)
        network.end()
    whole = "".join(said)
    assert "It is open: workers see it." in whole and "True" in whole and "cancelled" in whole
    assert "agreed" in whole and "signed for" in whole
