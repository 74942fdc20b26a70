# SPDX-License-Identifier: Apache-2.0
"""A series of measurements from CSV: the columns that a TimeSeries shows go into the task itself."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from gems_protocol.campaign import MAX_TASK_BYTES
from gems_protocol.modules import limits
from gems_protocol.modules.tree import Node

_NUMBER = re.compile(r"[+-]?(\d{1,15}\.?\d{0,15}|\.\d{1,15})([eE][+-]?\d{1,3})?", re.ASCII)
_SEPARATORS = {"": ",", "tab": "\t", "\\t": "\t", "comma": ",", "space": " "}


def columns_of(text: str, node: Node) -> dict[str, list[Any]]:
    """{column: values} of CSV `text` for a TimeSeries; raises ValueError, in words.

    The first line names the columns, unless the module names all of them by number ("0" is the first). Only the
    columns that the module shows are kept; cells that are no numbers stay texts, empty ones become null.
    """
    given = node.get("sep")
    separator = _SEPARATORS.get(given.strip().lower(), given[:1]) or ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    except csv.Error as error:
        raise ValueError(f"its CSV cannot be read ({error})") from error
    wanted = [option.value for option in node.options]
    time = node.get("timeColumn")
    wanted = list(dict.fromkeys([*([time] if time else []), *wanted]))
    if not rows:
        raise ValueError("its CSV is empty")
    numbered = all(name.isascii() and name.isdigit() for name in wanted)
    heads = [str(place) for place in range(len(rows[0]))] if numbered else [cell.strip() for cell in rows[0]]
    lines = rows if numbered and not any(_is_word(cell) for cell in rows[0]) else rows[1:]
    if not 0 < len(lines) <= limits.SAMPLES:
        raise ValueError(f"its CSV does not have 1 to {limits.SAMPLES} rows")
    found = {name: [_cell(row, _place(name, heads)) for row in lines] for name in wanted}
    size = len(json.dumps(found, separators=(",", ":")))
    if size > MAX_TASK_BYTES:
        fits = len(lines) * MAX_TASK_BYTES // size
        raise ValueError(
            f"its series takes {size} bytes, and a task has at most {MAX_TASK_BYTES}: keep about {fits} of its "
            f"{len(lines)} rows, or cut it into several tasks"
        )
    return found


def _place(name: str, heads: list[str]) -> int:
    """Where a column stands; as in Label Studio the case of letters does not matter."""
    for place, head in enumerate(heads):
        if head == name:
            return place
    lower = [head.lower() for head in heads]
    if name.lower() in lower:
        return lower.index(name.lower())
    raise ValueError(f"its CSV has no column {name[:80]} (it has {', '.join(heads)[:200]})")


def _is_word(cell: str) -> bool:
    return bool(cell.strip()) and _NUMBER.fullmatch(cell.strip()) is None


def _cell(row: list[str], place: int) -> Any:
    cell = row[place].strip() if place < len(row) else ""
    if not cell:
        return None
    if _NUMBER.fullmatch(cell) is None:
        return cell
    number = float(cell)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
