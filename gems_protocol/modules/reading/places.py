# SPDX-License-Identifier: Apache-2.0
"""Where a marked stretch lies: from what is shown to a value of an answer, and back.

Label Studio counts texts, and the whole of a text with markup, in code points; places inside one node of the markup
or one paragraph in UTF-16 units (its editor's models and DOM ranges).
"""

from __future__ import annotations

from typing import Any

from gems_protocol.graphemes import units
from gems_protocol.modules.reading.sheet import Sheet, Source

Value = dict[str, Any]


def value_of(sheet: Sheet, start: int, end: int) -> Value | None:
    """The geometry of a stretch of the shown text; None where there is nothing to mark."""
    raw = sheet.alignment.to_raw(start, end)
    if raw is None:
        return None
    first, last = sheet.source_at(raw[0]), sheet.source_at(raw[1], end=True)
    if first is None or last is None:
        return None
    if sheet.kind == "text":
        return {"start": raw[0], "end": raw[1], "text": first.text[raw[0] : raw[1]]}
    value: Value = {
        "start": first.path,
        "end": last.path,
        "startOffset": units(first.text[: raw[0] - first.start]),
        "endOffset": units(last.text[: raw[1] - last.start]),
    }
    if sheet.kind == "hypertext":
        value["globalOffsets"] = {"start": raw[0], "end": raw[1]}
        return {**value, "text": _shown(sheet, raw)}
    parts = [
        source.text[max(0, raw[0] - source.start) : raw[1] - source.start]
        for source in sheet.sources
        if source.end > raw[0] and source.start < raw[1]
    ]
    return {**value, "text": "\n".join(parts)}


def _shown(sheet: Sheet, raw: tuple[int, int]) -> str:
    """The words of a stretch of markup as they are read, since their white space means nothing."""
    place = sheet.alignment.to_shown(*raw)
    if place is None:
        return ""
    return sheet.text.encode("utf-16-le")[2 * place[0] : 2 * place[1]].decode("utf-16-le")


def place_of(sheet: Sheet, value: Value) -> tuple[int, int] | None:
    """Where the stretch of an answer's value is shown; None when this text has no such place."""
    raw = _raw(sheet, value)
    return sheet.alignment.to_shown(*raw) if raw is not None and raw[0] < raw[1] else None


def _raw(sheet: Sheet, value: Value) -> tuple[int, int] | None:
    start, end = value.get("start"), value.get("end")
    if sheet.kind == "text":
        return (start, end) if isinstance(start, int) and isinstance(end, int) else None
    found = [_inside(sheet, value, name) for name in ("start", "end")]
    if found[0] is not None and found[1] is not None:
        return found[0], found[1]
    whole = value.get("globalOffsets")
    if not isinstance(whole, dict):
        return None
    ends = (whole.get("start"), whole.get("end"))
    return (ends[0], ends[1]) if isinstance(ends[0], int) and isinstance(ends[1], int) else None


def _inside(sheet: Sheet, value: Value, name: str) -> int | None:
    """One end of a stretch by its node or paragraph."""
    source = next((one for one in sheet.sources if one.path == value.get(name)), None)
    offset = value.get(f"{name}Offset")
    if source is None or not isinstance(offset, int):
        return None
    return source.start + _points(source, offset)


def _points(source: Source, offset: int) -> int:
    """UTF-16 units of a source's text as code points."""
    seen = 0
    for at, char in enumerate(source.text):
        if seen >= offset:
            return at
        seen += 1 + (char > "\uffff")
    return len(source.text)
