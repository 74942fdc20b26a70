# SPDX-License-Identifier: Apache-2.0
"""Moments as the commands print them: they often come out of somebody else's message, whose numbers may be any."""

from __future__ import annotations

import time

_LAST = 1 << 36  # in the year 4147: what is later is no time that anybody meant


def utc(at: int) -> str:
    """Unix seconds as a date that people read, in UTC; what is too large for one as the number."""
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(at)) if at < _LAST else str(at)
