# SPDX-License-Identifier: Apache-2.0
"""Where one written sign ends and the next begins, so that a mark is never cut off its letter or an emoji in two.

After Unicode's UAX 29 as far as the standard library's tables reach; signs are never smaller than there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_PLAIN = frozenset(map(chr, range(0x20, 0x7F)))


def graphemes(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sign of `text`, in code points, in order and without gaps."""
    start, flags = 0, 0
    for at in range(1, len(text) + 1):
        if at == len(text):
            yield start, at
            return
        before, char = text[at - 1], text[at]
        if char in _PLAIN:
            joined = False
        else:
            flags = flags + 1 if _is_flag(before) else 0
            joined = _joined(before, char, flags)
        if not joined:
            yield start, at
            start = at


def _joined(before: str, char: str, flags: int) -> bool:
    """Whether no sign ends between two neighbours; `flags` counts the flag letters up to `before`."""
    if before in "\r\n":
        return before == "\r" and char == "\n"
    if char == _JOINER or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    category = unicodedata.category(char)
    if category.startswith("M"):
        return unicodedata.category(before) != "Cc"
    if before == _JOINER:
        return category in ("So", "Sm")
    if _is_flag(char):
        return flags % 2 == 1
    return _is_syllable(before, char)


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_syllable(before: str, char: str) -> bool:
    """Whether two parts of a Hangul syllable stand side by side."""
    hangul = "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    if "\u1160" <= char <= "\u11ff":
        return hangul
    return "\u1100" <= before <= "\u115f" and ("\u1100" <= char <= "\u115f" or "\uac00" <= char <= "\ud7a3")


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units, as a browser and Qt count."""
    return len(text) + sum(char > "\uffff" for char in text)
