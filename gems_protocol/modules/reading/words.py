# SPDX-License-Identifier: Apache-2.0
"""Words, sentences and paragraphs of a sheet, so that what is marked can be widened to them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from gems_protocol.modules.reading.sheet import Sheet

Place = tuple[int, int]
# one letter of a shape for each UTF-16 unit: word, ideograph, quote inside a word, end of a sentence, space, break
_WORD = re.compile("w+(?:qw+)*|i|[pqe]")
_SENTENCE = re.compile(r"[^e\sn][^en]*e*|e+")
_ENDS = frozenset(".!?…。！？؟")
_APOSTROPHES = frozenset("'\u2019\u02bc")
_IDEOGRAPHS = re.compile("[\u2e80-\u312f\u31a0-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\uff66-\uff9f]")


class Words:
    """The words, sentences and paragraphs of one sheet, found once."""

    def __init__(self, sheet: Sheet) -> None:
        self._shape = "".join(_shape_of(char) * (2 if char > "\uffff" else 1) for char in sheet.text)
        self._found: dict[str, list[Place]] = {"paragraph": _paragraphs(sheet)}

    def at(self, place: int, granularity: str = "word") -> Place | None:
        """The word (or sentence, or paragraph) that covers a place, or ends there."""
        all_of_it = self._all(granularity)
        found = bisect_right(all_of_it, place, key=lambda one: one[0]) - 1
        if found >= 0 and place == all_of_it[found][0] and granularity == "word" and found > 0:
            before = all_of_it[found - 1]
            if before[1] == place and self._shape[place] not in "wi":
                return before  # at the end of a word, before a comma
        return all_of_it[found] if found >= 0 and place <= all_of_it[found][1] else None

    def widened(self, start: int, end: int, granularity: str = "symbol") -> Place | None:
        """A stretch without the white space at its ends, widened to whole words (…); None when nothing is left."""
        while start < end and self._shape[start] in " n":
            start += 1
        while end > start and self._shape[end - 1] in " n":
            end -= 1
        if start >= end:
            return None
        if granularity in ("word", "sentence", "paragraph"):
            first, last = self.at(start, granularity), self.at(end, granularity)
            start = first[0] if first is not None and first[0] < start < first[1] else start
            end = last[1] if last is not None and last[0] < end < last[1] else end
        return start, end

    def _all(self, granularity: str) -> list[Place]:
        if granularity not in self._found:
            pattern = _SENTENCE if granularity == "sentence" else _WORD
            self._found[granularity] = [match.span() for match in pattern.finditer(self._shape)]
        return self._found[granularity]


def _shape_of(char: str) -> str:
    if char == "\n":
        return "n"
    if char.isspace():
        return " "
    if char in _ENDS:
        return "e"
    if char in _APOSTROPHES:
        return "q"
    if char.isalnum() or char == "_":
        return "i" if char > "\u2e00" and (_IDEOGRAPHS.match(char) or char >= "\U00020000") else "w"
    return "w" if unicodedata.category(char).startswith("M") or char in "\u200c\u200d" else "p"


def _paragraphs(sheet: Sheet) -> list[Place]:
    """Each block; the lines of one turn together."""
    found: list[Place] = []
    group = -1
    for block in sheet.blocks:
        if block.group >= 0 and block.group == group:
            found[-1] = (found[-1][0], block.end)
        else:
            found.append((block.start, block.end))
        group = block.group
    return found
