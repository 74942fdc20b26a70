# SPDX-License-Identifier: Apache-2.0
"""Reading what a requester wrote: JSON objects, lists of rows, and texts that name files beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TextIO

from gems_protocol import canonical
from gems_protocol.errors import GemsError, MalformedMessage

TABLES = {".csv": ",", ".tsv": "\t"}
MOST_BYTES = 200_000_000  # of a file of tasks: it is read at once


class BadCampaignFile(GemsError):
    """A file of a campaign cannot be used; `reason` says why without a full stop."""

    reason = ""


def bad(what: str) -> BadCampaignFile:
    """The error that says `what` is wrong with the campaign's files."""
    found = BadCampaignFile(
        f"The campaign cannot be made: {what}.",
        safe="Nothing was sent and nothing was paid.",
        action="Mend the file and try again.",
    )
    found.reason = what
    return found


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
    return [row for _, row in numbered_rows(path)]


def numbered_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same one by one, each with the line that it ends on; lines of a table and of JSON Lines are read as needed.

    JSON is read whole, since it means nothing before its end; there the number is that of the row.
    """
    ending = path.suffix.lower()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise bad(f"{path.name} is larger than {MOST_BYTES} bytes; cut it into several files")
        if ending == ".json":
            yield from enumerate(_whole(path), 1)
            return
        with path.open(encoding="utf-8-sig", newline="" if ending in TABLES else "\n") as file:
            yield from (
                _table(path.name, file, TABLES[ending]) if ending in TABLES else _lines(path.name, file)
            )
    except (OSError, UnicodeDecodeError) as error:
        raise bad(f"{path.name} cannot be read") from error


def _whole(path: Path) -> list[dict[str, Any]]:
    try:
        rows = loads(read_text(path))
    except MalformedMessage as error:
        raise bad(f"{path.name} is not what its ending says. It is not valid JSON{_at(error)}") from error
    rows = [rows] if isinstance(rows, dict) else rows
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        raise bad(f"{path.name} is not a list of objects")
    return rows


def _table(name: str, file: TextIO, sign: str) -> Iterator[tuple[int, dict[str, Any]]]:
    # a cell may hold a whole dialogue; the library's own bound is 131,072 characters
    csv.field_size_limit(MOST_BYTES)
    reader = csv.DictReader(file, strict=True, delimiter=sign)
    try:
        heads = list(reader.fieldnames or ())
        if len(set(heads)) != len(heads):
            twice = next(head for head in heads if heads.count(head) > 1)
            raise bad(f'{name} names the column "{twice[:80]}" twice in line 1')
        for number, row in enumerate(reader, 1):
            if None in row or None in row.values():
                raise bad(
                    f"row {number} of {name} has not as many cells as there are columns (line {reader.line_num})"
                )
            yield reader.line_num, row
    except csv.Error as error:
        raise bad(f"{name} is not what its ending says (near line {reader.line_num}: {error})") from error


def _lines(name: str, file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = loads(line.removesuffix("\n"))
        except MalformedMessage as error:
            why = f"Line {number} is not valid JSON{_at(error)}"
            raise bad(f"{name} is not what its ending says. {why}") from error
        if not isinstance(row, dict):
            raise bad(f"{name} is not a list of objects: line {number} is none")
        yield number, row
