# SPDX-License-Identifier: Apache-2.0
"""Where a page of my own history ends: a place that can be kept and asked on from, and that comes to an end."""

from __future__ import annotations

import re
from typing import Any

from gems_desktop.services.errors import PlatformLied

_PLACE = re.compile(r"\d{1,12}-(0x[0-9a-f]{64})?", re.ASCII)


def read_last(value: Any, after: str) -> str:
    """The place that a page with entries ends at; raises PlatformLied unless it is one, and behind `after`.

    Every page ends further on than the one before it, so that no list of pages is without an end.
    """
    if not isinstance(value, str) or not _PLACE.fullmatch(value):
        raise PlatformLied("a page of your history is malformed.")
    if after and _key(value) <= _key(after):
        raise PlatformLied("a page of your history does not end.")
    return value


def _key(place: str) -> tuple[int, str]:
    number, _, name = place.partition("-")
    return int(number), name
