# SPDX-License-Identifier: Apache-2.0
"""Which bytes of a file a request asks for (RFC 9110, section 14): one range, or the whole."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))", re.ASCII)


class OutOfRange(Exception):
    """The range lies behind the file's end."""


def asked(header: str | None, if_range: str | None, etag: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last, None for the whole file: also for several ranges, for what is no
    range, and for an If-Range that names another file. Raises OutOfRange."""
    match = _RANGE.fullmatch((header or "").strip().replace(" ", ""))
    if match is None or (if_range is not None and if_range != etag):
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < start:
            return None
    if start >= end:
        raise OutOfRange
    return start, end
