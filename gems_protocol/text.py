# SPDX-License-Identifier: Apache-2.0
"""Makes a text from outside safe to show: it may say anything, but not hide, reorder or flood.

Drawing it as plain text is the other half of the rule and the window's duty (docs/adr/0041-window.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from gems_protocol.graphemes import graphemes

MAX_LENGTH = 2000  # characters: more than any title or note needs, less than what slows a text item
MAX_MARKS = 20  # combining marks on one letter: real scripts need fewer than ten
_SORTED = 4 * MAX_MARKS  # marks in a row that are composed: sorting takes their number squared
_KEPT_CONTROLS = frozenset("\n\t")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset(
    "\r\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\uffa0"
)
_JOINERS = frozenset("\u200c\u200d")  # needed by Persian, Indic scripts and emoji
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_REPLACED = "\ufffd"
CUT = "…"


def clean(text: str, *, max_length: int = MAX_LENGTH, multiline: bool = True) -> str:
    """`text` in NFC without what deceives the eye, at most `max_length` characters.

    Control and direction-override characters become U+FFFD, so that they are seen; invisible, tag and
    private-use characters and carriage returns are dropped; combining marks beyond MAX_MARKS on one letter are
    dropped. With `multiline` false, line breaks and tabs become spaces.
    """
    # composed after dropping: what stood between a letter and its mark may be gone
    shown = composed("".join(_shown(char, multiline) for char in text[: max_length * 4]))
    kept: list[str] = []
    marks = 0
    for char in shown:
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        if marks > MAX_MARKS:
            continue
        kept.append(char)
        if len(kept) > max_length:
            return "".join(kept[: max_length - 1]) + CUT
    return "".join(kept)


def composed(text: str) -> str:
    """`text` in NFC, without the marks of a row so long that putting them in order would take seconds."""
    return unicodedata.normalize("NFC", "".join(char for _, char in _sortable(enumerate(text))))


def signs(text: str, *, max_length: int = MAX_LENGTH) -> list[tuple[int, int, str]]:
    """What `clean` makes of `text`, sign by sign: where each comes from (code points) and how it is shown.

    Nothing is shown for what stands between signs and was dropped; the shown parts together are `clean(text)`.
    """
    kept = list(_sortable((at, _shown(raw, True)) for at, raw in enumerate(text[: max_length * 4])))
    found: list[tuple[int, int, str]] = []
    room = max_length
    for start, end in graphemes("".join(char for _, char in kept)):
        shown = _fewer_marks("".join(char for _, char in kept[start:end]))
        found.append((kept[start][0], kept[end - 1][0] + 1, shown))
        room -= len(shown)
        if room < 0:
            return _cut(found, max_length)
    return found


def _sortable(chars: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """What is shown at all, without the marks of a row so long that putting them in order would take seconds."""
    marks = 0
    for at, char in chars:
        if not char:
            continue
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        if marks <= _SORTED:
            yield at, char


def _fewer_marks(sign: str) -> str:
    """One sign composed, without the marks beyond those that a letter may have."""
    if len(sign) == 1:
        return unicodedata.normalize("NFC", sign)
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", sign):
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _cut(found: list[tuple[int, int, str]], max_length: int) -> list[tuple[int, int, str]]:
    """As many signs as fit before the mark that something is missing, which comes from nowhere in the text."""
    room = max_length - 1
    for at, (start, end, shown) in enumerate(found):
        room -= len(shown)
        if room < 0:
            left = shown[: len(shown) + room]
            part = [(start, end, left)] if left else []
            behind = end if left else start
            return [*found[:at], *part, (behind, behind, CUT)]
    return found


def _shown(char: str, lines: bool) -> str:
    if char in _KEPT_CONTROLS:
        return char if lines else " "
    if char in _JOINERS:
        return char
    if char in _BIDI:
        return _REPLACED
    point = ord(char)
    if char in _INVISIBLE or 0xE0000 <= point <= 0xE0FFF or 0xFFF9 <= point <= 0xFFFB:
        return ""
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Cn"):
        return _REPLACED
    if category in ("Zl", "Zp"):
        return "\n" if lines else " "
    return "" if category == "Co" else char


def line(text: str, limit: int = 200) -> str:
    """`text` cleaned for one line, such as a title."""
    return " ".join(clean(text, max_length=limit, multiline=False).split())


def cell(text: str) -> str:
    """`text` for a cell of a table, where a spreadsheet would take words from outside for a formula; numbers stay."""
    if not text.startswith(_FORMULAS) or _NUMBER.fullmatch(text):
        return text
    return "'" + text
