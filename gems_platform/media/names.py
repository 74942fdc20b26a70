# SPDX-License-Identifier: Apache-2.0
"""Which media files a task's data names: whole texts that are a SHA-256, with or without a scheme before it, and
pictures in a piece of HTML (`<img src="sha256:…">`)."""

from __future__ import annotations

import re
from typing import Any

_NAME = re.compile(r"(?:(?:sha256:|media:|gems:|image://task/))?([0-9a-f]{64})", re.ASCII)


_INSIDE = re.compile(r"[\"']sha256:([0-9a-f]{64})[\"']", re.ASCII)


def media_of(data: Any) -> list[str]:
    """The SHA-256 names in JSON-like data, in order, each once."""
    found: dict[str, None] = {}
    _walk(data, found)
    return list(found)


def _walk(value: Any, found: dict[str, None]) -> None:
    if isinstance(value, str):
        match = _NAME.fullmatch(value)
        if match:
            found[match[1]] = None
        elif "sha256:" in value:
            found.update(dict.fromkeys(_INSIDE.findall(value)))
    elif isinstance(value, dict):
        for item in value.values():
            _walk(item, found)
    elif isinstance(value, list):
        for item in value:
            _walk(item, found)
