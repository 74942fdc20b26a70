# SPDX-License-Identifier: Apache-2.0
"""Which translations need a mark of their direction: a line takes it from its first letter, also from a foreign one."""

from __future__ import annotations

import re

MARK = "\u200f"  # right-to-left mark: takes no room, and is a letter to who lays out a line
_OWN = re.compile(r"[\u0590-\u08ff]")
# A foreign letter, or a place that may be filled with a foreign name; a %n is always a number.
_FOREIGN_FIRST = re.compile(r"[^\u0590-\u08ff\u200fA-Za-z%{]*([A-Za-z]|%L?\d|\{)")


def from_its_side(text: str) -> str:
    """`text`, marked as read from the right where it is in such letters but does not begin with one.

    >>> from_its_side("GEM لك وحدك")[0] == MARK
    True
    """
    return MARK + text if _OWN.search(text) and _FOREIGN_FIRST.match(text) else text
