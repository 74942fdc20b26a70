# SPDX-License-Identifier: Apache-2.0
"""Runs a notebook's code cells in order, without Jupyter, and keeps what they print:
`python -m tests.helpers.notebook FILE FOLDER` runs it in FOLDER (where a network is in `net`) and stores the outputs.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any


def cells_of(path: Path) -> list[str]:
    """The code cells, in order."""
    book = json.loads(path.read_text("utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


def run(cells: list[str]) -> list[str]:
    """What each cell prints; raises what a cell raises."""
    found, names = list[str](), dict[str, Any]({"__name__": "__main__"})
    for number, source in enumerate(cells, 1):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(source, f"cell {number}", "exec"), names)  # noqa: S102 - our own notebook
        found.append(said.getvalue())
    return found


def store(path: Path, outputs: list[str]) -> None:
    """Write the outputs into the notebook."""
    book, texts = json.loads(path.read_text("utf-8")), iter(outputs)
    for number, cell in enumerate((one for one in book["cells"] if one["cell_type"] == "code"), 1):
        text = next(texts).splitlines(keepends=True)
        cell["execution_count"] = number
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": text}] if text else []
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    notebook = Path(sys.argv[1]).resolve()
    os.chdir(sys.argv[2])
    store(notebook, run(cells_of(notebook)))
