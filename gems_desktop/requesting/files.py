# SPDX-License-Identifier: Apache-2.0
"""Reading what a requester wrote: JSON objects, lists of rows, and texts that name files beside them."""

from __future__ import annotations

import csv
import io
import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gems_protocol import canonical
from gems_protocol.errors import GemsError, MalformedMessage

TABLES = {".csv": ",", ".tsv": "\t"}
MOST_BYTES = 200_000_000  # of a file of tasks: it is read at once


class BadCampaignFile(GemsError):
    """A file of a campaign cannot be used."""


def bad(what: str) -> BadCampaignFile:
    """The error that says `what` is wrong with the campaign's files."""
    return BadCampaignFile(
        f"The campaign cannot be made: {what}.",
        safe="Nothing was sent and nothing was paid.",
        action="Mend the file and try again.",
    )


def read_text(path: Path) -> str:
    """The UTF-8 text of a file; raises BadCampaignFile."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise bad(f"{path.name} is larger than {MOST_BYTES} bytes; cut it into several files")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise bad(f"{path.name} cannot be read") from error


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file; raises BadCampaignFile."""
    try:
        value = loads(read_text(path))
    except MalformedMessage as error:
        raise bad(f"{path.name} is not JSON") from error
    if not isinstance(value, dict):
        raise bad(f"{path.name} is not an object")
    return value


def loads(text: str) -> Any:
    """JSON from a file that somebody else may have written; raises MalformedMessage."""
    return canonical.loads(text.encode("utf-8", "surrogatepass"), MOST_BYTES)


def _lines(text: str) -> list[Any]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(loads(line))
            except MalformedMessage as error:
                raise MalformedMessage(f"Line {number} is not valid JSON{_at(error)}.") from error
    return found


def _at(error: MalformedMessage) -> str:
    """What is wrong where, as far as the reader tells."""
    cause = error.__cause__
    if isinstance(cause, json.JSONDecodeError):
        line = f"line {cause.lineno}, " if "\n" in cause.doc else ""
        return f" ({cause.msg} at {line}column {cause.colno})"
    return f" ({cause or error.message.rstrip('.')})"


def check_fields(value: dict[str, Any], known: frozenset[str], where: str) -> None:
    """Raise BadCampaignFile for a field that nothing would read: mostly it is a known one, misspelt."""
    for name in sorted(value.keys() - known):
        near = get_close_matches(name, known, 1)
        meant = f'; did you mean "{near[0]}"?' if near else ""
        raise bad(f'"{name[:80]}" in {where} is not a field that it can have{meant}')


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects in a CSV, TSV, JSON (a list, or one object) or JSON Lines file; raises BadCampaignFile."""
    ending = path.suffix.lower()
    text = read_text(path)
    try:
        if ending in TABLES:
            # a cell may hold a whole dialogue; the library's own bound is 131,072 characters
            csv.field_size_limit(MOST_BYTES)
            lines = io.StringIO(text, newline="")
            rows: Any = list(csv.DictReader(lines, strict=True, delimiter=TABLES[ending]))
        elif ending == ".json":
            try:
                rows = loads(text)
            except MalformedMessage as error:
                raise MalformedMessage(f"It is not valid JSON{_at(error)}.") from error
            rows = [rows] if isinstance(rows, dict) else rows
        else:
            rows = _lines(text)
    except MalformedMessage as error:
        raise bad(f"{path.name} is not what its ending says. {error.message.rstrip('.')}") from error
    except csv.Error as error:
        raise bad(f"{path.name} is not what its ending says ({error})") from error
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        raise bad(f"{path.name} is not a list of objects")
    for number, row in enumerate(rows, 1):
        if ending in TABLES and (None in row or None in row.values()):
            raise bad(f"row {number} of {path.name} has not as many cells as there are columns")
    return rows
