# SPDX-License-Identifier: Apache-2.0
"""About how long something still takes, in words that do not flicker: rounded the more, the longer it is."""

from __future__ import annotations

from gems_desktop.viewmodels.words import say

_FEW_S, _MINUTE, _HOUR = 10, 60, 3600


def remaining_text(seconds: int | None) -> str:
    """Such as "about 2 min left"; empty where nothing is known."""
    if seconds is None:
        return ""
    if seconds < _FEW_S:
        return say("a few seconds left")
    if seconds < 90:
        return say("about {n} s left", n=-(-seconds // 10) * 10)
    if seconds < 2 * _HOUR:
        return say("about {n} min left", n=-(-seconds // _MINUTE))
    return say("about {n} h left", n=-(-seconds // _HOUR))


def with_remaining(text: str, seconds: int | None) -> str:
    """How far something is, and how long it still takes."""
    left = remaining_text(seconds)
    return f"{text} · {left}" if left else text
