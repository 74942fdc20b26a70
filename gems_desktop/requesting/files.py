# SPDX-License-Identifier: Apache-2.0
"""Reading what a requester wrote: JSON objects, lists of rows, and texts that name files beside them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gems_protocol.errors import GemsError

_MEDIA_SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".gif",
    ".bmp",
    ".mp3",
    ".wav",
    ".ogg",
    ".mp4",
    ".webm",
    ".pdf",
)


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
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise bad(f"{path.name} cannot be read") from error


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file; raises BadCampaignFile."""
    try:
        value = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise bad(f"{path.name} is not JSON") from error
    if not isinstance(value, dict):
        raise bad(f"{path.name} is not an object")
    return value


def check_fields(value: dict[str, Any], known: frozenset[str], where: str) -> None:
    """Raise BadCampaignFile for a field that nothing would read: mostly it is a known one, misspelt."""
    for name in sorted(value.keys() - known):
        near = get_close_matches(name, known, 1)
        meant = f'; did you mean "{near[0]}"?' if near else ""
        raise bad(f'"{name[:80]}" in {where} is not a field that it can have{meant}')


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects in a CSV, JSON (a list) or JSON Lines file; raises BadCampaignFile."""
    text = read_text(path)
    try:
        if path.suffix.lower() == ".csv":
            rows: list[Any] = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        elif path.suffix.lower() == ".json":
            rows = json.loads(text)
        else:
            rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, csv.Error, RecursionError) as error:
        raise bad(f"{path.name} is not what its ending says") from error
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        raise bad(f"{path.name} is not a list of objects")
    for number, row in enumerate(rows, 1):
        if path.suffix.lower() == ".csv" and (None in row or None in row.values()):
            raise bad(f"row {number} of {path.name} has not as many cells as there are columns")
    return rows


def with_media(data: dict[str, Any], roots: tuple[Path, ...], media: dict[str, Path]) -> dict[str, Any]:
    """A task's data with the files that it names by hash; each file is noted in `media`."""
    return {name: _named(item, roots, media) for name, item in data.items()}


def _named(value: Any, roots: tuple[Path, ...], media: dict[str, Path]) -> Any:
    if isinstance(value, list):
        return [_named(item, roots, media) for item in value]
    if not isinstance(value, str) or not value.lower().endswith(_MEDIA_SUFFIXES) or len(value) > 500:
        return value
    for root in roots:
        file = root / value
        if file.is_file() and file.resolve().is_relative_to(root.resolve()):
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
            media[sha256] = file
            return f"sha256:{sha256}"
    raise bad(f"the file {value} of a task is not there")
